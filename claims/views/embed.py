"""A claim on other people's pages: the card, the code that puts it there, and oEmbed."""

import re
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.html import format_html
from django.utils.translation import override

from claims.models import PublicClaim
from claims.presentation.claim import title_in_list
from claims.published import version_of, versions_of
from claims.views.lists import Line, line_of
from claims.views.page import NOT_FOUND, PublicPage, origin_of, page
from claims.views.tombstone import GONE
from factcheck.common.errors import FactcheckError, InvalidInput
from factcheck.common.page_language import here, in_english
from factcheck.common.problems import problem_response
from factcheck.ledger.choices import PublicState
from factcheck.ledger.log import public_state

WIDTH, HEIGHT = 600, 320
# The card stands in anybody's page, runs nothing, and belongs to no origin: neither the page
# around it nor another of ours can reach into it. Its links may open.
SANDBOX = "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
CARD_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none';"
    f" frame-ancestors *; sandbox {SANDBOX}"
)
_CLAIM_PATH = re.compile(
    r"/claims/(?P<claim_id>[0-9a-hjkmnp-tv-z]{10})/(?:versions/(?P<number>[1-9][0-9]{0,8})/|[^/]+/)?"
)
_WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


class EmbedPage(PublicPage):
    """The card: who, the words and both statuses, always as they stand now."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The card, which may stand in any page. A 304 says so too: its headers take the place of
        those that the browser has kept.
        """
        response = super().dispatch(request, *args, **kwargs)
        response["Content-Security-Policy"] = CARD_POLICY
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.xframe_options_exempt = True  # type: ignore[attr-defined]
        return response

    def get(self, request: HttpRequest, claim_id: str) -> HttpResponse:
        """The claim as it stands now, or that it does not, and why."""
        newest = versions_of(claim_id)[-1]
        is_live = public_state(newest) == PublicState.LIVE
        line = current_line(claim_id) if is_live else None
        context = {
            "claim_id": claim_id,
            "newest": newest,
            "line": line,
            "title": title_in_list(line.claim) if line else "",
            "claim_url": f"{origin_of(request)}{here(f'/claims/{claim_id}/')}",
        }
        status = 410 if newest.kind in GONE else 200
        response = page("claims/embed.html", context, status=status)
        if status != 200:
            response["Cache-Control"] = "no-store"
        return response


class OEmbed(PublicPage):
    """Where programs ask for the card of an address of ours (oembed.com, 1.0)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The card's code as JSON. 404 for what is no live claim of ours, 501 for another format;
        an address that is not ours is neither asked nor repeated.
        """
        if request.GET.get("format", "json") != "json":
            return HttpResponse(
                "This service answers in JSON only.\n",
                status=501,
                content_type="text/plain; charset=utf-8",
                headers={"Cache-Control": "no-store"},
            )
        try:
            return HttpResponse(
                orjson.dumps(oembed_of(request)), content_type="application/json; charset=utf-8"
            )
        except FactcheckError as error:
            response = problem_response(error, request)
            response["Cache-Control"] = "no-store"
            return response


def oembed_of(request: HttpRequest) -> dict[str, Any]:
    """The answer to an address. Raises NotFound and InvalidInput."""
    path = path_of_ours(request, request.GET.get("url", ""))
    match = _CLAIM_PATH.fullmatch(in_english(path))
    if match is None:
        raise NOT_FOUND
    versions = versions_of(match["claim_id"])
    if match["number"]:
        version_of(versions, match["number"])
    if public_state(versions[-1]) != PublicState.LIVE:
        raise NOT_FOUND
    width = min(WIDTH, size_of(request, "maxwidth"))
    height = min(HEIGHT, size_of(request, "maxheight"))
    # In the language of the address that was asked for.
    with override(language_of(path)):
        title = title_in_list(current_line(match["claim_id"]).claim)
        return {
            "version": "1.0",
            "type": "rich",
            "provider_name": settings.PUBLISHER["name"],
            "provider_url": f"{origin_of(request)}{here('/')}",
            "title": title,
            "html": embed_code(request, match["claim_id"], title, width=width, height=height),
            "width": width,
            "height": height,
        }


def path_of_ours(request: HttpRequest, url: str) -> str:
    """The path of an address that is under our own origin. Raises NotFound for any other."""
    try:
        parts = urlsplit(url)
        path = unquote(parts.path, errors="strict")
    except ValueError:
        raise NOT_FOUND from None
    if f"{parts.scheme}://{parts.netloc}" != origin_of(request):
        raise NOT_FOUND
    return path


def language_of(path: str) -> str:
    """The language of the page with this path."""
    english = in_english(path)
    return settings.LANGUAGE_CODE if english == path else path.split("/")[1]


def size_of(request: HttpRequest, name: str) -> int:
    """The largest size that whoever asks has room for. Raises InvalidInput for what is none."""
    given = request.GET.get(name, "")
    if not given:
        return max(WIDTH, HEIGHT)
    if not _WHOLE_NUMBER.fullmatch(given):
        raise InvalidInput.at(name, "Give a whole number of pixels.")
    return int(given)


def current_line(claim_id: str) -> Line:
    """The claim as lists show it. Raises NotFound where it was withheld meanwhile."""
    claims = PublicClaim.objects.using("public").current().filter(claim_id=claim_id)
    row = claims.values_list("summary", "published_at").first()
    if row is None:
        raise NOT_FOUND
    return line_of(*row)


def embedding_of(request: HttpRequest, claim: PublicClaim, title: str) -> dict[str, str]:
    """What the claim's page says of its card: the code, and where oEmbed asks."""
    address = f"{origin_of(request)}{here(claim.get_absolute_url())}"
    return {
        "embed_code": embed_code(request, claim.claim_id, title, width=WIDTH, height=HEIGHT),
        "oembed_url": f"{origin_of(request)}/oembed?{urlencode({'url': address})}",
    }


def embed_code(request: HttpRequest, claim_id: str, title: str, *, width: int, height: int) -> str:
    """The HTML that puts the card into another page; the title is for who cannot see it."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" sandbox="{}"'
        ' referrerpolicy="no-referrer" style="border:0;max-width:100%"></iframe>',
        f"{origin_of(request)}{here(f'/claims/{claim_id}/embed/')}",
        title,
        width,
        height,
        SANDBOX,
    )
