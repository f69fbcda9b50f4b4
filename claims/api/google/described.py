"""What the description of the whole API says of this one, taken from its discovery document."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from claims.api.google.discovery import document

NAME = "GoogleFactcheckingFactchecktoolsV1alpha1FactCheckedClaimSearchResponse"
NUMBERS = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
TAGS = ["Google Fact Check Tools"]

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
    """The parameters of the search, and those that every method has."""
    own = document()["resources"]["claims"]["methods"]["search"]["parameters"]
    common = {
        name: told
        for name, told in document()["parameters"].items()
        if name in ("key", "fields", "prettyPrint")
    }
    return [
        OpenApiParameter(
            name,
            NUMBERS if told["type"] == "integer" else {"type": told["type"]},
            OpenApiParameter.QUERY,
            description=told["description"],
        )
        for name, told in {**own, **common}.items()
    ]


def refusal(sentence: str) -> OpenApiResponse:
    """An error in Google's shape."""
    return OpenApiResponse(ERROR, sentence)


SEARCH: dict[str, Any] = {
    "operation_id": "factchecktools_claims_search",
    "summary": "Search reviews as at Google's Fact Check Tools API",
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
