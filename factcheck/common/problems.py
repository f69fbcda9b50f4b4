"""Problem details (RFC 9457): how the API says that something went wrong.

Every answer is built from what we know of the error, never from its traceback, and repeats at most
a few words of the input. All 404s are the same, byte for byte: a draft must look like a claim that
does not exist, whoever raised the error and whatever its message says.

Addresses that speak as Google's APIs do have the same errors in that shape, see `rpc_errors`.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    DisallowedHost,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path
from rest_framework import exceptions
from rest_framework.fields import get_error_detail
from rest_framework.views import set_rollback

from factcheck.common.errors import (
    FactcheckError,
    FieldError,
    InvalidInput,
    NotReady,
    QuotaExceeded,
)
from factcheck.common.rpc_errors import rpc_response, speaks_rpc
from factcheck.common.text import excerpt

CONTENT_TYPE = "application/problem+json"
CODE = "urn:factcheck:problem:"
# The type that the IANA registers for it, with its member; draft-ietf-httpapi-ratelimit-headers.
QUOTA_EXCEEDED = "https://iana.org/assignments/http-problem-types#quota-exceeded"
NOTHING_HERE = "There is nothing at this address."
MAX_ERRORS = 50
# Messages of Django and DRF may repeat the input.
MAX_FOREIGN_MESSAGE = 120
MAX_PATH = 100
_NO_FIELD = ("non_field_errors", "__all__")


@dataclass(frozen=True)
class Problem:
    """The answer to an error, before it is written as JSON."""

    status: int
    detail: str
    title: str = ""
    type: str = "about:blank"
    errors: list[dict[str, str]] = field(default_factory=list)
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's EXCEPTION_HANDLER: the problem for an error, None for one that nobody expected."""
    request = context.get("request")
    problem = problem_of(error, request)
    if problem is None:
        return None
    set_rollback()
    return _response(problem, request)


def problem_response(error: Exception, request: HttpRequest | None) -> HttpResponse:
    """The answer to an error as application/problem+json, for code outside DRF's views.

    An error that is not meant for readers becomes a plain 500 that says nothing about it.
    """
    problem = problem_of(error, request)
    if problem is None:
        problem = Problem(500, "Something went wrong on our side; please try again later.")
    return _response(problem, request)


def problem_of(error: Exception, request: HttpRequest | None) -> Problem | None:
    """What may be said about an error, None if nothing may."""
    match error:
        case (
            Http404()
            | FactcheckError(status=HTTPStatus.NOT_FOUND)
            | exceptions.APIException(status_code=HTTPStatus.NOT_FOUND)
        ):
            return Problem(404, NOTHING_HERE)
        case QuotaExceeded():
            return Problem(
                error.status,
                error.message,
                title=error.title,
                type=QUOTA_EXCEEDED,
                more={"violated-policies": error.policies},
                headers=error.headers,
            )
        case FactcheckError():
            return Problem(
                error.status,
                error.message,
                title=error.title,
                type=f"{CODE}{error.code}",
                errors=_errors_of(error),
                headers=error.headers,
            )
        case exceptions.ValidationError():
            return _invalid(error.detail, request)
        case ValidationError():
            return _invalid(get_error_detail(error), request)
        case exceptions.Throttled():
            return _throttled(error)
        case exceptions.APIException():
            return _refused(error)
        case PermissionDenied():
            return Problem(403, "You may not do this.")
        case RequestDataTooBig():
            return Problem(413, "Send a smaller request.")
        case BadRequest() | SuspiciousOperation():
            return Problem(400, "This request is malformed.")
    return None


def _errors_of(error: FactcheckError) -> list[dict[str, str]]:
    match error:
        case InvalidInput():
            return [_located(one) for one in error.errors[:MAX_ERRORS]]
        case NotReady():
            return [{"detail": reason} for reason in error.reasons]
    return []


def _located(error: FieldError) -> dict[str, str]:
    if not error.pointer:
        return {"detail": error.message}
    if error.pointer.startswith("/"):
        # A pointer in a URI fragment, as RFC 9457 shows it.
        return {"pointer": "#" + quote(error.pointer, safe="/~"), "detail": error.message}
    return {"parameter": error.pointer, "detail": error.message}


def _invalid(detail: Any, request: HttpRequest | None) -> Problem:
    """What DRF or a form found wrong: names of parameters in a query, pointers into a body."""
    in_query = request is None or request.method in ("GET", "HEAD", "OPTIONS")
    found = [
        FieldError(_place(path, in_query), _shortened(message)) for path, message in _leaves(detail)
    ]
    where = found[0].pointer.strip("/") if found else ""
    sentence = found[0].message if found else "This request is malformed."
    return Problem(
        400,
        f"{where}: {sentence}" if where else sentence,
        title=InvalidInput.title,
        type=f"{CODE}{InvalidInput.code}",
        errors=[_located(one) for one in found[:MAX_ERRORS]],
    )


def _leaves(detail: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each message in the tree of messages that DRF makes, with the way to it."""
    match detail:
        case dict():
            for key, value in detail.items():
                yield from _leaves(value, path if key in _NO_FIELD else (*path, str(key)))
        case list():
            for position, value in enumerate(detail):
                # A list of strings are messages about one field, other lists are its items.
                is_message = isinstance(value, str)
                yield from _leaves(value, path if is_message else (*path, str(position)))
        case _:
            yield path, str(detail)


def _place(path: tuple[str, ...], in_query: bool) -> str:
    names = [excerpt(name) for name in path]
    if in_query:
        return ".".join(names)
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in names)


def _throttled(error: exceptions.Throttled) -> Problem:
    wait = getattr(error, "wait", None)
    if wait is None:
        return Problem(429, "Too many requests; please try again later.")
    seconds = max(1, math.ceil(wait))
    return Problem(
        429,
        f"Too many requests; please try again in {seconds} s.",
        headers={"Retry-After": str(seconds)},
    )


def _refused(error: exceptions.APIException) -> Problem:
    phrase = _phrase(error.status_code)
    sentence = next((message for _, message in _leaves(error.detail)), phrase)
    # Set by DRF when the answer is 401.
    challenge = getattr(error, "auth_header", None)
    return Problem(
        error.status_code,
        phrase if error.status_code >= 500 else _shortened(sentence),
        headers={"WWW-Authenticate": challenge} if challenge else {},
    )


def _response(problem: Problem, request: HttpRequest | None) -> HttpResponse:
    if request is not None and speaks_rpc(request.path):
        return as_rpc(problem, domain=host_of(request))
    body: dict[str, Any] = {
        "type": problem.type,
        "title": problem.title or _phrase(problem.status),
        "status": problem.status,
        "detail": problem.detail,
    }
    # The address would be the one difference between two 404s.
    if request is not None and problem.status != HTTPStatus.NOT_FOUND:
        path = escape_uri_path(request.path)
        if len(path) <= MAX_PATH:
            body["instance"] = path
    if problem.errors:
        body["errors"] = problem.errors
    body |= problem.more
    return HttpResponse(
        # A lone surrogate that slipped into a message must not break the answer about it.
        json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"),
        status=problem.status,
        content_type=CONTENT_TYPE,
        # Some errors, 404 and 410 among them, may otherwise be kept by caches.
        headers={"Cache-Control": "no-store", **problem.headers},
    )


def as_rpc(problem: Problem, *, domain: str = "") -> HttpResponse:
    """The problem in the shape of Google's APIs; `domain` is whose codes for reasons they are."""
    code = problem.type.removeprefix(CODE)
    return rpc_response(
        problem.status,
        problem.detail,
        reason="" if code == problem.type else code.replace("-", "_").upper(),
        domain=domain,
        violations=[
            (one["parameter"], one["detail"]) for one in problem.errors if "parameter" in one
        ],
        headers=problem.headers,
    )


def host_of(request: HttpRequest) -> str:
    """The host under which the site is known; empty where it is asked for under a foreign one."""
    if settings.SITE_URL:
        return urlsplit(settings.SITE_URL).hostname or ""
    try:
        return urlsplit(f"//{request.get_host()}").hostname or ""
    except DisallowedHost:
        return ""


def _shortened(message: str) -> str:
    return excerpt(message, limit=MAX_FOREIGN_MESSAGE)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
