"""How every address of the API answers: JSON, for reading, open to pages of other sites."""

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.views.page import MAY_BE_KEPT, ignore_cookies
from factcheck.ledger.models import Publication

METHODS = "GET, HEAD, OPTIONS"
# What a page of another site may send along; that it may read every answer, and which headers, is
# said by a middleware, which answers in place of a view as well.
PREFLIGHT = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match, X-API-Key",
    "Access-Control-Max-Age": "86400",
}


class OnlyJson(BaseContentNegotiation):
    """JSON, whatever is asked for: an answer that can be read is better than none."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        """The only parser."""
        return parsers[0]

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        """The only renderer."""
        return renderers[0], renderers[0].media_type


class PublicRead(APIView):
    """An address for reading. Problems are application/problem+json, see factcheck.common."""

    http_method_names = ["get", "head", "options"]
    content_negotiation_class = OnlyJson

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer, which no cookie changes."""
        ignore_cookies(request)
        return super().dispatch(request, *args, **kwargs)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """What may be done here, the same for every address: nothing that tells of what it has."""
        return HttpResponse(status=204, headers={"Allow": METHODS, **PREFLIGHT})


def record_response(
    request: Request, publication: Publication, *, status: int = 200
) -> HttpResponse:
    """The record's bytes, exactly as logged."""
    return bytes_response(
        request, publication.record_bytes, sha256=publication.record_sha256, status=status
    )


def known_hashes(request: Request) -> list[str]:
    """The hashes of what the asker has already; “*” is anything."""
    header = request.META.get("HTTP_IF_NONE_MATCH")
    return [tag.removeprefix("W/").strip('"') for tag in parse_etags(header)] if header else []


def bytes_response(
    request: Request, body: bytes, *, sha256: str, status: int = 200
) -> HttpResponse:
    """Exactly the bytes whose SHA-256 is the ETag, or 304 to who has them."""
    etag = f'"{sha256}"'
    known = known_hashes(request)
    if status == 200 and ("*" in known or sha256 in known):
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        response = HttpResponse(body, status=status, content_type="application/json")
    response["ETag"] = etag
    # A withheld record can come back, so nobody may remember a 410.
    response["Cache-Control"] = MAY_BE_KEPT if status == 200 else "no-store"
    return response


def json_response(value: Any) -> HttpResponse:
    """A value as JSON."""
    return HttpResponse(
        orjson.dumps(value),
        content_type="application/json",
        headers={"Cache-Control": MAY_BE_KEPT},
    )
