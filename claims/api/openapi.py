"""The API's description of itself: OpenAPI 3.1, written once for a release."""

import functools
import hashlib
from typing import Any

import orjson
from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from claims.api.components import components
from claims.api.google.described import ERROR, other_operations
from claims.api.reading import PublicRead, bytes_response
from claims.api.shapes import NOT_CHANGED, PROBLEM, Schema, ok, ref
from factcheck.common.costs import MATCH, ORDINARY, SEARCH
from factcheck.common.rpc_errors import speaks_rpc

PREFIX = "/api/v1/"
ADDRESS = f"{PREFIX}openapi.json"

# Markdown, for the page with the description as for whoever reads the document.
INTRODUCTION = f"""
Claims that fact-checkers attributed and checked, with the figures, events, actors and sources that
they name. Read-only, JSON, open to everybody within limits; a key gives more. The page
[For partners](/api/examples/) has examples to copy.

**Two statuses.** A claim has an *attribution* status (did they say it?) and a *verification* status
(is it so?). Show both, and who said it: `status_line` is one sentence with all of that.

**Records are bytes.** The address of a record serves exactly the bytes that were logged; their
SHA-256 is the `ETag`, and stands in the log. Nothing is edited in place: what changed is a new
version, what was taken back a tombstone with its reason (410).

**Ids** are ten characters, and stay. What was merged into something else leads there (307).

**Lists** are `{{"next", "previous", "results"}}`, the links in the `Link` header as well. Follow
`next` as it is until it is null: cursors are signed, keep their place while others publish, and
end.

**Conditional requests.** Send the `ETag` as `If-None-Match`: who has the newest is told 304, at
little cost to both sides. Every answer may be kept and has to be asked for anew.

**As of a day.** `as_of=2026-05-14` lists what stood then, by the order of publication;
versions have addresses of their own.

**Problems** are `application/problem+json` (RFC 9457), with a sentence that says what to do. A
parameter that does not exist, is empty or is given twice is refused (400), and so is every method
but GET, HEAD and OPTIONS where no other is described (405). What was never published, drafts
included, is 404 in the same bytes.

**Limits.** Everybody has a bucket that fills up again steadily, a network without a key as well as
each key. `RateLimit-Policy` says what it holds and within how many seconds it is full again,
`RateLimit` what is left; who asks for more is answered 429 with `Retry-After`. A request costs:

| request | cost |
|---|---|
| anything else, whether the answer is new or a 304 | {ORDINARY} |
| a search: any list with `q`, and `/v1alpha1/claims:search` | {SEARCH} |
| `/api/v1/match/` | {MATCH} |
| `OPTIONS` | 0 |

**People.** A private person has no name here, is in no list and cannot be searched for.

**Rights.** Our words are CC BY 4.0; other people's words are theirs, and each record says in
`rights` which fields those are.
"""

IF_NONE_MATCH: Schema = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "The ETag of what you have.",
}
REFUSALS = {
    "400": ("BadRequest", "The request cannot be read, or its parameters not be used."),
    "401": ("UnknownKey", "This key opens nothing. No key is needed to read."),
    "403": ("WrongKey", "This key is good for something else."),
    "429": ("TooMany", "Too much in too short a time: `Retry-After` says when again."),
}
HEADERS: dict[str, Schema] = {
    "ETag": {"description": "Of this answer, for If-None-Match.", "schema": {"type": "string"}},
    "Link": {
        "description": "The pages beside this one (`next`, `prev`).",
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": "What is left (RateLimit header fields for HTTP).",
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {"description": "What the limit is.", "schema": {"type": "string"}},
    "Retry-After": {
        "description": "In how many seconds again.",
        "schema": {"type": "integer", "minimum": 1},
    },
}
SCHEMES: dict[str, Schema] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "Your key, for higher limits."},
    "key": {
        "type": "apiKey",
        "in": "header",
        "name": "X-API-Key",
        "description": "The same in a header of its own.",
    },
}
# At the façade a key may stand in the address, where its clients put it.
FACADE_SCHEMES: dict[str, Schema] = {
    **SCHEMES,
    "google": {"type": "apiKey", "in": "query", "name": "key", "description": "As at Google's."},
}


class OpenApi(PublicRead):
    """The document, the same for everybody until the next release."""

    @extend_schema(
        operation_id="getOpenApi",
        tags=["about"],
        summary="This document",
        responses={
            200: ok(
                {"type": "object", "required": ["openapi"]}, "OpenAPI 3.1, browsable at /api/docs/."
            ),
            304: NOT_CHANGED,
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """The document under its own hash; asks nothing of the database."""
        body = document_bytes()
        return bytes_response(request, body, sha256=hashlib.sha256(body).hexdigest())


@functools.cache
def document_bytes() -> bytes:
    """The document as it is served."""
    return orjson.dumps(document())


def document() -> dict[str, Any]:
    """The document, made from the addresses and what their views say of themselves."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


# What drf-spectacular calls


def of_this_version(endpoints: list[Any]) -> list[Any]:
    """The addresses that are described: those under /api/v1/, and those of the façade."""
    return [one for one in endpoints if one[0].startswith(PREFIX) or speaks_rpc(one[0])]


def finished(result: dict[str, Any], **context: Any) -> dict[str, Any]:
    """The document with what all addresses have in common."""
    result["info"]["description"] = INTRODUCTION.strip()
    result["info"]["license"] = {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}
    result["servers"] = [{"url": "/", "description": "This installation."}]
    result["security"] = [{}, *({name: []} for name in SCHEMES)]
    result["paths"] |= other_operations()
    for path, operations in result["paths"].items():
        for operation in operations.values():
            if speaks_rpc(path):
                operation["security"] = [{name: []} for name in FACADE_SCHEMES]
            complete(operation, refusals={} if speaks_rpc(path) else REFUSALS)
    result["components"] = {
        "schemas": {**components(), "GoogleError": ERROR},
        "parameters": {"IfNoneMatch": IF_NONE_MATCH},
        "headers": HEADERS,
        "responses": {name: refusal(status) for status, (name, _) in REFUSALS.items()},
        "securitySchemes": {**SCHEMES, **FACADE_SCHEMES},
    }
    return result


def complete(operation: dict[str, Any], *, refusals: dict[str, tuple[str, str]]) -> None:
    """Add what every operation takes and may answer; the façade has refusals of its own."""
    responses = operation["responses"]
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
    is_kept = "304" in responses
    if is_kept:
        parameter = {"$ref": "#/components/parameters/IfNoneMatch"}
        operation.setdefault("parameters", []).append(parameter)
    is_list = any(one.get("name") == "cursor" for one in operation.get("parameters", []))
    limits = ["RateLimit", "RateLimit-Policy"]
    own = {
        "200": [*limits, *["ETag"] * is_kept, *["Link"] * is_list],
        "304": [*limits, "ETag"],
        "429": [*limits, "Retry-After"],
    }
    for status in own.keys() & responses.keys():
        headers = responses[status].setdefault("headers", {})
        for name in own[status]:
            headers.setdefault(name, {"$ref": f"#/components/headers/{name}"})
    for status, (name, _) in refusals.items():
        responses.setdefault(status, {"$ref": f"#/components/responses/{name}"})
    operation["responses"] = dict(sorted(responses.items()))


def refusal(status: str) -> Schema:
    """A problem that every address may have."""
    headers = {"RateLimit", "RateLimit-Policy", *({"Retry-After"} if status == "429" else ())}
    return {
        "description": REFUSALS[status][1],
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in sorted(headers)},
        "content": {PROBLEM: {"schema": ref("Problem")}},
    }
