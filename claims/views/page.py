"""What all pages for readers have in common."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import (
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from claims.as_of import PARAMETER as AS_OF
from factcheck.common.errors import FactcheckError, InvalidInput, NotFound
from factcheck.common.page_language import here, in_english, in_language
from factcheck.common.release import release
from factcheck.ledger.prepared import rows

# A page may be kept, but is asked for anew each time: a publication is seen at once.
MAY_BE_KEPT = "public, max-age=0, must-revalidate"
ERROR_TEMPLATES = {400: "400.html", 403: "403.html", 404: "404.html", 500: "500.html"}
NOT_FOUND = NotFound("There is nothing at this address.")


@dataclass(frozen=True)
class Frame:
    """What a page says of itself: where it stands, and where in other languages.

    `canonical` is its one address for machines; `languages` are (code, name, path, address).
    """

    origin: str
    path: str
    canonical: str
    languages: list[tuple[str, str, str, str]]


# Nothing can be changed here, so there is nothing to forge: who posts is told 405, not 403.
@method_decorator(csrf_exempt, name="dispatch")
class PublicPage(View):
    """A page for readers: the same bytes for everybody, drawn from the public side alone.

    Whoever has the page is told so (304) after one query, or none where `reads_ledger` is False:
    nothing but release, address and ledger may change what it says, the clock neither. Errors of
    the project's family become pages with their status. Only a page that `knows_past` may be asked
    for a day in it (`as_of`): the others refuse, so that nobody takes today's for it.
    """

    http_method_names = ["get", "head", "options"]
    reads_ledger = True
    knows_past = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or the page that says why there is none."""
        ignore_cookies(request)
        if request.method not in ("GET", "HEAD"):
            return super().dispatch(request, *args, **kwargs)
        # Read before the page is: what is published meanwhile may be in it, and is asked for again.
        etag = etag_of(request, seq=self.newest_change())
        if is_kept(request, etag):
            response: HttpResponseBase = HttpResponseNotModified()
        else:
            try:
                if not self.knows_past:
                    check_not_past(request)
                response = super().dispatch(request, *args, **kwargs)
            except FactcheckError as error:
                return error_page(error)
        if response.status_code in (200, 304):
            response.setdefault("ETag", etag)
        response.setdefault("Cache-Control", MAY_BE_KEPT)
        return response

    def newest_change(self) -> int:
        """What changes whenever the page may: the ledger's newest place, or nothing."""
        return head_seq() if self.reads_ledger else 0


def check_not_past(request: HttpRequest) -> None:
    """Raise InvalidInput for a question after a day in the past."""
    if str(request.GET.get(AS_OF, "")).strip():
        raise InvalidInput.at(
            AS_OF,
            _(
                "This page does not know what stood on a day in the past: leave as_of out. Claims, "
                "events, claimants, sources, topics and the list of claims do know it."
            ),
        )


def head_seq() -> int:
    """The ledger's newest place."""
    [[seq]] = rows("SELECT seq FROM ledger_head")
    return int(seq)


def etag_of(request: HttpRequest, *, seq: int) -> str:
    """The page's ETag. Weak, since a server in front may pack the page."""
    return etag_at(f"{origin_of(request)}{request.get_full_path()}", get_language(), seq=seq)


def etag_at(address: str, language: str | None, *, seq: int) -> str:
    """The ETag of the page at an address, in a language."""
    parts = f"{release()}\n{language}\n{address}\n{seq}"
    return f'W/"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'


def is_kept(request: HttpRequest, etag: str) -> bool:
    """Whether the reader's program has this page. “*” is no page of ours."""
    return etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))


def origin_of(request: HttpRequest) -> str:
    """Scheme and host under which the pages are known."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"


def frame_of(request: HttpRequest, *, canonical: str = "") -> Frame:
    """The frame of the page that is asked for. `canonical` is the path of its one address, in
    English, where that is another than the one asked for.
    """
    origin, path = origin_of(request), in_english(request.path)
    one = canonical or path
    query = request.META.get("QUERY_STRING", "")
    tail = f"?{query}" if query else ""
    return Frame(
        origin=origin,
        path=path,
        canonical=f"{origin}{here(one)}",
        languages=[
            (code, name, in_language(path, code) + tail, origin + in_language(one, code))
            for code, name in settings.LANGUAGES
        ],
    )


def page(
    template: str,
    context: Mapping[str, Any],
    *,
    request: HttpRequest | None = None,
    canonical: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page without the request's context, in which a session or a person could hide. With the
    request it has a frame: its canonical address, and links to it in other languages.
    """
    frame = frame_of(request, canonical=canonical) if request else None
    text = render_to_string(template, {**context, "frame": frame})
    return HttpResponse(text, status=status)


def moved_to(request: HttpRequest, path: str, *, for_good: bool) -> HttpResponse | None:
    """The way to the page's right address, in the language asked for; None for who is there."""
    address = here(path)
    if request.path == address:
        return None
    query = request.META.get("QUERY_STRING", "")
    way = HttpResponsePermanentRedirect if for_good else HttpResponseRedirect
    return way(f"{address}?{query}" if query else address)


def error_page(error: FactcheckError) -> HttpResponse:
    """The page for an error. All 404s are the same, whatever was looked for."""
    if error.status == NOT_FOUND.status:
        error = NOT_FOUND
    context = {"status": error.status, "title": error.title, "detail": error.message}
    response = page(ERROR_TEMPLATES.get(error.status, "400.html"), context, status=error.status)
    # Some errors, 404 and 410 among them, may otherwise be kept by caches.
    response["Cache-Control"] = "no-store"
    return response


def ignore_cookies(request: HttpRequest) -> None:
    """Make the answer independent of cookies that came along, broken ones included.

    Otherwise the middlewares for sessions and forms would mend a broken one in their answer, and a
    cache in front would hand that out to everybody.
    """
    request.COOKIES = {}
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
