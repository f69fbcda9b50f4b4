"""Errors in the shape of Google's APIs (google.rpc.Status as JSON), on the addresses that speak so.

Their client reads nothing else: of problem details it would show the bare HTTP phrase.
"""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

CONTENT_TYPE = "application/json; charset=UTF-8"
PREFIXES = ("/v1alpha1/", "/$discovery/")
EXACTLY = tuple(prefix.removesuffix("/") for prefix in PREFIXES)

# The names of google.rpc.Code. What has none of its own is the nearest of its hundred.
STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    409: "ABORTED",
    410: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


def speaks_rpc(path: str) -> bool:
    """Whether errors at this path have Google's shape."""
    return path.startswith(PREFIXES) or path in EXACTLY


def rpc_response(
    status: int,
    message: str,
    *,
    reason: str = "",
    domain: str = "",
    violations: Sequence[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer to an error: `reason` is a code for programs (API_KEY_INVALID) within `domain`,
    `violations` are the parameters at fault, each with what to do about it.
    """
    details: list[dict[str, Any]] = []
    if reason:
        info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason}
        details.append({**info, **({"domain": domain} if domain else {}), "metadata": {}})
    if violations:
        details.append(
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [
                    {"field": field, "description": sentence} for field, sentence in violations
                ],
            }
        )
    error: dict[str, Any] = {"code": status, "message": message, "status": status_name(status)}
    if details:
        error["details"] = details
    return HttpResponse(
        # A lone surrogate that slipped into a message must not break the answer about it.
        json.dumps({"error": error}, ensure_ascii=False).encode("utf-8", "replace"),
        status=status,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def status_name(status: int) -> str:
    """The name of an HTTP status among google.rpc's codes."""
    nearest = "INTERNAL" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "INVALID_ARGUMENT"
    return STATUSES.get(status, nearest)
