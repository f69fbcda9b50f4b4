"""What the description of the whole API says of this one, taken from its discovery document."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from claims.api.google.discovery import VERSION, document
from claims.api.google.parameters import MAX_OFFSET, MAX_QUERY, MAX_SITE
from claims.api.google.selecting import MAX_FIELDS
from claims.api.shapes import ref
from factcheck.common.cursors import MAX_CURSOR
from factcheck.common.text import TEXT_PATTERN

NAME = "GoogleFactcheckingFactchecktoolsV1alpha1FactCheckedClaimSearchResponse"
NUMBERS = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
# What each parameter may be, more strictly than the discovery document can say it.
LIMITS: dict[str, dict[str, Any]] = {
    "query": {"maxLength": MAX_QUERY, "pattern": TEXT_PATTERN},
    "languageCode": {"pattern": "^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8})?$"},
    "reviewPublisherSiteFilter": {"maxLength": MAX_SITE, "pattern": TEXT_PATTERN},
    "maxAgeDays": NUMBERS,
    "pageSize": NUMBERS,
    "pageToken": {"maxLength": MAX_CURSOR},
    "offset": {**NUMBERS, "maximum": MAX_OFFSET},
    "fields": {"maxLength": MAX_FIELDS},
    "prettyPrint": {"default": True},
}
TAGS = ["Google Fact Check Tools"]
DISCOVERY = "/$discovery/rest"
MALFORMED = {"400": "The request cannot be read.", "429": "Too many requests."}

ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "status"],
            "properties": {
                "code": {"type": "integer"},
                "message": {"type": "string"},
                "status": {"type": "string"},
                "details": {"type": "array", "items": {"type": "object"}},
            },
        }
    },
}


def schema_of(name: str) -> dict[str, Any]:
    """A schema of the discovery document as JSON Schema, with those that it refers to in place."""
    return in_place(document()["schemas"][name])


def in_place(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without names and references. Nothing but what it lists may be in an object."""
    if "$ref" in schema:
        return schema_of(schema["$ref"])
    told = {name: schema[name] for name in ("type", "description") if name in schema}
    if schema.get("format") == "google-datetime":
        told["format"] = "date-time"
    if "items" in schema:
        told["items"] = in_place(schema["items"])
    if "properties" in schema:
        told["properties"] = {name: in_place(one) for name, one in schema["properties"].items()}
        told["additionalProperties"] = False
    return told


def parameters() -> list[OpenApiParameter]:
    """The parameters of the search, and those that every method has. The key is told as a way to
    say who asks.
    """
    own = document()["resources"]["claims"]["methods"]["search"]["parameters"]
    common = {name: document()["parameters"][name] for name in ("fields", "prettyPrint")}
    return [
        OpenApiParameter(
            name,
            {"type": told["type"], **LIMITS[name]},
            OpenApiParameter.QUERY,
            description=told["description"],
        )
        for name, told in {**own, **common}.items()
    ]


def refusal(sentence: str) -> OpenApiResponse:
    """An error in Google's shape."""
    return OpenApiResponse(ref("GoogleError"), sentence)


SEARCH: dict[str, Any] = {
    "operation_id": "factchecktools_claims_search",
    "summary": "Search reviews as at Google's Fact Check Tools API",
    "description": "Made for clients of that API; it needs a key, and its errors have that API's"
    " shape. Give a query or a site.",
    "tags": TAGS,
    "parameters": parameters(),
    "responses": {
        200: OpenApiResponse(schema_of(NAME), "A page of reviews, newest first."),
        304: OpenApiResponse(description="You have this page."),
        400: refusal("A parameter is wrong, or the key is not valid."),
        403: refusal("There is no key, or it is not for this."),
        429: refusal("Too many requests."),
    },
}
SEARCH_BY_POST: dict[str, Any] = {
    **SEARCH,
    "operation_id": "factchecktools_claims_search_long",
    "summary": "The same for a query that no address is long enough for",
    "parameters": [
        OpenApiParameter(
            "X-HTTP-Method-Override",
            {"type": "string", "enum": ["GET"]},
            OpenApiParameter.HEADER,
            required=True,
            description="That it is a GET: nothing can be changed here.",
        )
    ],
    "request": {
        "application/x-www-form-urlencoded": {
            "type": "object",
            "additionalProperties": False,
            "properties": {one.name: one.type for one in parameters()},
        }
    },
    "responses": {
        **{status: one for status, one in SEARCH["responses"].items() if status != 304},
        405: refusal("The header is missing: this is no address to post to."),
        413: refusal("The form is longer than any search needs."),
    },
}


def other_operations() -> dict[str, dict[str, Any]]:
    """By path and method, the discovery document and what is not offered here: methods of Google's
    API that are answered 501, whoever asks.
    """
    paths: dict[str, dict[str, Any]] = {
        DISCOVERY: {
            "get": {
                "operationId": "factchecktools_discovery",
                "summary": "The façade in the format in which Google describes its APIs",
                "tags": TAGS,
                "parameters": [
                    {
                        "name": "version",
                        "in": "query",
                        "schema": {"type": "string", "enum": [VERSION], "default": VERSION},
                        "description": "Of the API.",
                    }
                ],
                "responses": {
                    "200": {
                        "description": "The discovery document, which leads to this site.",
                        "content": {"application/json": {"schema": {"type": "object"}}},
                    },
                    "304": {"description": "You have it already."},
                    **{status: told_refusal(text) for status, text in MALFORMED.items()},
                    "404": told_refusal("There is no such version."),
                },
            }
        }
    }
    found = [
        (method["id"], method["httpMethod"].lower(), f"/{method['path']}")
        for resource in document()["resources"].values()
        for method in resource["methods"].values()
        if method["id"] != "factchecktools.claims.search"
    ]
    for name, method, path in [*found, ("factchecktools.batch", "post", f"/{VERSION}/batch")]:
        # Its name is that of a page, with the slash in it.
        path = path.replace("{+name}", "pages/{page}")
        paths.setdefault(path, {})[method] = not_offered(name, has_page="{page}" in path)
    return paths


def not_offered(name: str, *, has_page: bool) -> dict[str, Any]:
    """A method of Google's API that is none of ours."""
    page = {
        "name": "page",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": "^[0-9A-Za-z_-]+$"},
        "description": "Which page, at Google's.",
    }
    return {
        "operationId": name.replace(".", "_"),
        "summary": f"Not offered here: {name}",
        "tags": TAGS,
        **({"parameters": [page]} if has_page else {}),
        "responses": {
            **{status: told_refusal(text) for status, text in MALFORMED.items()},
            "501": told_refusal("This site offers claims:search and nothing else."),
        },
    }


def told_refusal(sentence: str) -> dict[str, Any]:
    """The same as `refusal`, as it stands in a finished document."""
    return {
        "description": sentence,
        "content": {"application/json": {"schema": ref("GoogleError")}},
    }
