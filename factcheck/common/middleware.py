"""What every request must be and every response must carry, whichever view is behind it."""

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.http import parse_header_parameters

from factcheck.common.errors import FactcheckError, InvalidInput, UnsupportedCharset
from factcheck.common.problems import Problem, as_rpc, problem_response
from factcheck.common.rpc_errors import speaks_rpc

MAX_QUERY = 8_192
API_PREFIX = "/api/"
# Where `request.META` has the id that the response will carry as X-Request-Id, for the logs.
REQUEST_ID = "factcheck.request_id"

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_CONTROLS_BUT_TAB = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_BAD_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")

# No inline script or style anywhere, the admin included (it has none, unless a list shows its
# actions neither above nor below). A view that needs more sets the header itself.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
    " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(),"
        " payment=(), usb=()"
    ),
}

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class Request(WSGIRequest):
    """A request whose Content-Type may be nonsense.

    Django reads that header before any middleware runs and lets some values (`charset*=x''%00`)
    end the request in a 500. Such a header is read as empty here, for RefuseMalformedRequests to
    answer. The WSGI application uses this class as its `request_class`.
    """

    def _set_content_type_params(self, meta: Mapping[str, Any]) -> None:
        try:
            super()._set_content_type_params(meta)  # type: ignore[misc]
        except ValueError:
            self.content_type, self.content_params = "", {}


class RefuseMalformedRequests:
    """Answers 400 (or 415) to what no view could read: NUL, broken escapes, other encodings.

    Problem details under /api/, Google's shape at the addresses that speak so, a page elsewhere.
    Looks at the path, the query, the headers and the cookies; bodies are the parsers' business.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The view's response, or the refusal."""
        try:
            check_request(request)
        except FactcheckError as error:
            return _refusal(error, request)
        return self.get_response(request)


class SecurityHeaders:
    """Puts the security headers and a request id on every response, errors and static files too.

    Stands first in MIDDLEWARE. A header that the view has set is kept.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response with its headers."""
        request_id = uuid.uuid4().hex
        request.META[REQUEST_ID] = request_id
        response = self.get_response(request)
        for name, value in SECURITY_HEADERS.items():
            response.setdefault(name, value)
        if not getattr(response, "xframe_options_exempt", False):
            response.setdefault("X-Frame-Options", "DENY")
        if settings.DEMONSTRATION:
            response.setdefault("X-Robots-Tag", "noindex")
        response["X-Request-Id"] = request_id
        return response


def check_request(request: HttpRequest) -> None:
    """Raises InvalidInput or UnsupportedCharset for a request that cannot be read in one way."""
    meta = request.META
    _check_content_type(meta.get("CONTENT_TYPE", ""))
    _check_length(str(meta.get("CONTENT_LENGTH") or "0"))
    _check_path(request.path)
    _check_query(meta.get("QUERY_STRING", ""))
    for name, value in meta.items():
        if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            _check_header(str(value))
    # Quoted cookies may hold escapes such as \000, which end as a key in a query.
    if any(_CONTROLS.search(name + value) for name, value in request.COOKIES.items()):
        raise InvalidInput("Delete the cookies of this site: one has a control character.")


def _check_content_type(header: str) -> None:
    try:
        parameters = parse_header_parameters(header)[1]
    except ValueError:
        raise UnsupportedCharset("Send a Content-Type that is well formed.") from None
    if parameters.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise UnsupportedCharset("Send the body in UTF-8.")


def _check_length(header: str) -> None:
    # Reading the body, Django takes it for a number, whatever it is.
    if not (header.isascii() and header.isdigit() and len(header) < 20):
        raise InvalidInput("Send a Content-Length that is a whole number.")


def _check_path(path: str) -> None:
    # The server has undone the percent escapes. One that is left was broken, escaped twice, or put
    # back by Django for bytes that are not UTF-8; no address here has a percent sign.
    if "%" in path or _CONTROLS.search(path):
        raise InvalidInput("Write the address in UTF-8, with whole % escapes, without controls.")


def _check_query(query: str) -> None:
    if len(query) > MAX_QUERY:
        raise InvalidInput(f"Shorten the query to at most {MAX_QUERY:,} bytes.")
    if _BAD_ESCAPE.search(query):
        raise InvalidInput('Write "%" as "%25" in the query.')
    try:
        text = unquote_to_bytes(query.encode("latin-1")).decode()
    except ValueError:
        raise InvalidInput("Write the query in UTF-8.") from None
    if "\0" in text:
        raise InvalidInput("Remove the NUL character (%00) from the query.")


def _check_header(value: str) -> None:
    if _CONTROLS_BUT_TAB.search(value):
        raise InvalidInput("Remove control characters from the headers.")
    try:
        value.encode("latin-1").decode()
    except ValueError:
        raise InvalidInput("Write the headers in ASCII or UTF-8.") from None


def _refusal(error: FactcheckError, request: HttpRequest) -> HttpResponse:
    # Without the request, so that neither its path is repeated nor a context processor reads it.
    if speaks_rpc(request.path):
        return as_rpc(Problem(error.status, error.message))
    if request.path.startswith(API_PREFIX):
        return problem_response(error, None)
    context = {"status": error.status, "title": error.title, "detail": error.message}
    response = HttpResponse(status=error.status, headers={"Cache-Control": "no-store"})
    try:
        response.content = render_to_string("400.html", context)
    except TemplateDoesNotExist:
        response.content = f"{error.title}: {error.message}\n"
        response["Content-Type"] = "text/plain; charset=utf-8"
    return response
