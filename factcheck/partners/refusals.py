"""How programs are refused before any view is asked: in the words that their API knows."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from factcheck.common.errors import FactcheckError
from factcheck.common.problems import problem_response
from factcheck.partners.doors import is_facade

# Of google.rpc.Code, by the HTTP status that it is told with.
GOOGLE_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    429: "RESOURCE_EXHAUSTED",
}


def refusal(error: FactcheckError, request: HttpRequest) -> HttpResponse:
    """The answer to the error: problem details, in the façade the shape of its own errors."""
    return facade_error(error) if is_facade(request.path) else problem_response(error, request)


def facade_error(error: FactcheckError) -> HttpResponse:
    """The error as Google's APIs tell it."""
    body: dict[str, Any] = {
        "code": error.status,
        "message": error.message,
        "status": GOOGLE_STATUS.get(error.status, "UNKNOWN"),
    }
    return HttpResponse(
        json.dumps({"error": body}, ensure_ascii=False, indent=2) + "\n",
        status=error.status,
        content_type="application/json; charset=UTF-8",
        headers={"Cache-Control": "no-store", **error.headers},
    )
