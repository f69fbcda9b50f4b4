"""Where in a request a key stands, and how it gets no further than here."""

from urllib.parse import unquote_plus

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict, UnreadablePostError

from factcheck.common.errors import InvalidInput
from factcheck.common.rpc_errors import speaks_rpc

PARAMETER = "key"
FORM = "application/x-www-form-urlencoded"
IN_A_HEADER = (
    "Send the key in a header, “Authorization: Bearer KEY”: addresses are kept in logs and "
    "histories, so treat this key as known and ask for another."
)


def take_key(request: HttpRequest) -> str | None:
    """The key that came along, None without one: of the headers, or at the façade, whose clients
    send it there, of the query or the form.

    It is taken out of the request, so that nothing behind can repeat it in a link, an ETag, a log
    or an error.
    """
    keys = [key_in_headers(request)]
    if speaks_rpc(request.path):
        keys += [key_in_query(request), key_in_form(request)]
    return next((key for key in keys if key is not None), None)


def check_address(request: HttpRequest) -> None:
    """Raise InvalidInput for a key in the address, but at the façade, where there is none any more
    by now.
    """
    if any(name_of(part) == PARAMETER for part in parts_of(request)):
        raise InvalidInput.at(PARAMETER, IN_A_HEADER)


def key_in_headers(request: HttpRequest) -> str | None:
    """The key of “Authorization: Bearer” or “X-API-Key”; empty where one of them is there without
    it, which is a mistake to be told of. Other ways to authorize are none of ours: a server in
    front may ask for a password.
    """
    other = request.META.pop("HTTP_X_API_KEY", None)
    scheme, _, key = request.META.get("HTTP_AUTHORIZATION", "").strip().partition(" ")
    if scheme.lower() == "bearer":
        del request.META["HTTP_AUTHORIZATION"]
        return str(key.strip())
    return None if other is None else str(other.strip())


def key_in_query(request: HttpRequest) -> str | None:
    """The key of the query."""
    parts = parts_of(request)
    keys = [part for part in parts if name_of(part) == PARAMETER]
    if not keys:
        return None
    request.META["QUERY_STRING"] = "&".join(part for part in parts if part not in keys)
    request.__dict__.pop("GET", None)  # in case somebody has read it already
    return unquote_plus(keys[-1].partition("=")[2])


def key_in_form(request: HttpRequest) -> str | None:
    """The key of a form that stands for a long query. One that cannot be read is the view's to
    answer.
    """
    if request.method != "POST" or request.content_type != FORM:
        return None
    try:
        form = request.POST
    except (BadRequest, SuspiciousOperation, UnreadablePostError):
        return None
    if PARAMETER not in form:
        return None
    rest = QueryDict(mutable=True, encoding=form.encoding)
    for name, values in form.lists():
        if name != PARAMETER:
            rest.setlist(name, values)
    rest._mutable = False
    request.POST = rest  # type: ignore[assignment]
    return form[PARAMETER]


def parts_of(request: HttpRequest) -> list[str]:
    """The parts of the query as they were sent."""
    query = request.META.get("QUERY_STRING", "")
    return query.split("&") if query else []


def name_of(part: str) -> str:
    """The parameter's name."""
    return unquote_plus(part.partition("=")[0])
