"""How addresses of the API are described to programs: pieces that OpenAPI is made from."""

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
NUMBER: Shape = {"type": "integer"}
MAYBE_TEXT: Shape = {"type": ["string", "null"]}
OBJECT: Shape = {"type": "object"}
PROBLEM: Shape = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": TEXT,
        "title": TEXT,
        "status": NUMBER,
        "detail": TEXT,
        "instance": TEXT,
        "errors": {"type": "array", "items": OBJECT},
    },
}
SUMMARY: Shape = {
    "type": "object",
    "required": ["id", "version", "seq", "published_at", "sha256", "path"],
    "properties": {
        "id": TEXT,
        "version": NUMBER,
        "seq": NUMBER,
        "published_at": {"type": "string", "format": "date-time"},
        "sha256": TEXT,
        "path": TEXT,
    },
}
CLAIM: Shape = {
    **SUMMARY,
    "required": [
        *SUMMARY["required"],
        *("status_line", "text", "speaker", "attribution_status", "verification_status"),
    ],
    "properties": {
        **SUMMARY["properties"],
        "status_line": TEXT,
        "text": TEXT,
        "language": TEXT,
        "speaker": OBJECT,
        "said": {"type": ["object", "null"]},
        "event": {"type": ["object", "null"]},
        "about": TEXT,
        "kind": TEXT,
        "topics": {"type": "array", "items": OBJECT},
        "attribution_status": MAYBE_TEXT,
        "verification_status": TEXT,
        "as_of": MAYBE_TEXT,
        "origins": OBJECT,
        "figures": {"type": "array", "items": OBJECT},
    },
}
RECORD: Shape = {
    "type": "object",
    "required": ["schema", "seq", "subject", "version", "publication", "published_at"],
    "properties": {"content": OBJECT},
}
PAGING = {
    "page_size": "How many there are on a page: 1 to 100, by default 20.",
    "cursor": "Where to go on, as a page of the same question gave it.",
}
# What each refusal means.
PROBLEMS = {
    400: "A parameter is unknown, given twice, empty, or no value; the errors say which.",
    404: "There is nothing at this address.",
    410: "It was public once and is withheld now; the detail says why.",
}


def list_of(items: Shape, **more: Shape) -> Shape:
    """A page of a list."""
    return {
        "type": "object",
        "required": ["next", "previous", "results", *more],
        "properties": {
            **more,
            "next": MAYBE_TEXT,
            "previous": MAYBE_TEXT,
            "results": {"type": "array", "items": items},
        },
    }


def described(
    operation_id: str,
    summary: str,
    shape: Shape,
    *,
    parameters: Mapping[str, str] | None = None,
    problems: tuple[int, ...] = (400,),
    path: Mapping[str, str] | None = None,
    media_types: tuple[str, ...] = ("application/json",),
) -> Callable[[Any], Any]:
    """The description of an address that is read: what it answers, and what it refuses."""
    refusals = {
        (status, "application/problem+json"): OpenApiResponse(PROBLEM, PROBLEMS[status])
        for status in problems
    }
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        parameters=[
            OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.PATH, description=told)
            for name, told in (path or {}).items()
        ]
        + [
            OpenApiParameter(name, OpenApiTypes.STR, description=told)
            for name, told in (parameters or {}).items()
        ],
        responses={
            **{(200, media_type): shape for media_type in media_types},
            304: OpenApiResponse(description="Nothing has changed since If-None-Match."),
            **refusals,
        },
    )
