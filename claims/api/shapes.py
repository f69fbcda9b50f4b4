"""The pieces that descriptions of addresses share, for the OpenAPI document.

Descriptions are plain JSON Schema (2020-12). What is named here stands once, among the document's
components, see `claims.api.components`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from claims.api.parameters import MAX_PAGE_SIZE, PAGE_SIZE
from claims.filters import PUBLIC_ID
from factcheck.common.cursors import MAX_CURSOR
from factcheck.common.text import LINE_PATTERN

Schema = dict[str, Any]

ID: Schema = {"type": "string", "pattern": f"^{PUBLIC_ID}$"}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
PLACE: Schema = {"type": "integer", "minimum": 1}
URI: Schema = {"type": "string", "format": "uri"}
# A record's code where the record does not have to name one.
RECORD, JSON_LD, PROBLEM = (
    "application/json",
    "application/ld+json",
    "application/problem+json",
)


def line(most: int) -> Schema:
    """One line, without characters that nobody sees."""
    return {"type": "string", "minLength": 1, "maxLength": most, "pattern": LINE_PATTERN}


def ref(name: str, *parts: str) -> Schema:
    """A component, or a part of one."""
    return {"$ref": "/".join([f"#/components/schemas/{name}", *parts])}


def told(component: str, *names: str) -> Schema:
    """A field of a record's content, as that record's own schema has it."""
    return ref(component, "properties", "content", *(f"properties/{name}" for name in names))


def shape(properties: Mapping[str, Schema], description: str = "") -> Schema:
    """An object with these fields, all of them and no others."""
    closed: Schema = {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": dict(properties),
    }
    return {"description": description, **closed} if description else closed


def nullable(schema: Schema) -> Schema:
    """The same, or null."""
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema, most: int | None = None) -> Schema:
    """A list of them."""
    return {"type": "array", "items": schema, **({"maxItems": most} if most else {})}


def page_of(schema: Schema, *, most: int = MAX_PAGE_SIZE, **more: Schema) -> Schema:
    """A page of a list; `more` stands before the rows."""
    links = {
        name: {**nullable(URI), "description": f"The {name} page; null where there is none."}
        for name in ("next", "previous")
    }
    return shape({**more, **links, "results": many(schema, most)})


# Parameters


def in_query(name: str, schema: Schema, description: str, **more: Any) -> OpenApiParameter:
    """A parameter of the query. `example` is a value that makes sense."""
    if "example" in more:
        schema = {**schema, "examples": [more.pop("example")]}
    return OpenApiParameter(name, typed(schema), description=description, **more)


def in_path(name: str, schema: Schema, description: str) -> OpenApiParameter:
    """A part of the address."""
    return OpenApiParameter(
        name,
        typed(schema),
        location=OpenApiParameter.PATH,
        required=True,
        description=description,
    )


def typed(schema: Schema) -> Schema:
    """The schema with its type, which tools show: codes are strings."""
    return {"type": "string", **schema} if "enum" in schema else schema


def ordering(names: Iterable[str], description: str) -> OpenApiParameter:
    """What a list can be ordered by; the first is what it has anyhow."""
    codes = list(names)
    return in_query("ordering", {"enum": codes, "default": codes[0]}, description)


PAGING = [
    in_query(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE},
        "How many rows a page has at most.",
    ),
    in_query(
        "cursor",
        {"type": "string", "minLength": 1, "maxLength": MAX_CURSOR},
        "Where to go on, as `next` and `previous` have it. Signed, and good for the same list with"
        " the same filters and order alone.",
    ),
]


# Answers


def ok(
    schema: Schema, description: str, examples: Iterable[OpenApiExample] = ()
) -> OpenApiResponse:
    """An answer with a body."""
    return OpenApiResponse(schema, description=description, examples=list(examples))


def problem(description: str, *examples: OpenApiExample) -> OpenApiResponse:
    """A problem (RFC 9457)."""
    return ok(ref("Problem"), description, examples)


def shown(request: str, value: Any, *, summary: str, **more: Any) -> OpenApiExample:
    """An example that holds on every installation: what is asked, and the exact answer."""
    return OpenApiExample(summary, value=value, description=f"GET {request}", **more)


NOT_CHANGED = OpenApiResponse(description="You have it already: see `If-None-Match`.")
NOT_FOUND = problem(
    "There is nothing at this address. Drafts are answered in the same bytes.",
    shown(
        "/api/v1/claims/zzzzzzzzzz/",
        {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": "There is nothing at this address.",
        },
        summary="Nothing here",
        media_type=PROBLEM,
        status_codes=[404],
    ),
)
GONE = ok(
    ref("Tombstone"),
    "What stood here was taken back: the tombstone, exactly as it is in the public log.",
)
