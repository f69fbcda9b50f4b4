"""Public answers, packed for who can unpack them, under validators that stay right.

The strong ETag of a record is the SHA-256 of its bytes. Packed ones are other bytes, so the packed
answer carries the same ETag as a weak one: the same record, not the same bytes. If-None-Match asks
for no more than that (RFC 9110, 13.1.2), so both get their 304, and the proof still holds:
`curl … | sha256sum` gives the ETag, with `--compressed` what is inside the W/"…".

How long a packed answer is gives away what repeats itself in it (BREACH), which is an attack only
where something secret stands beside what a stranger chose. Public pages, records, feeds and static
files are the same for everybody, know no session and carry no token that is anybody's. The desk,
where secrets stand beside what was typed, is never packed; nor is what answers a form, or sets a
cookie.
"""

import gzip
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from factcheck.common.middleware import GetResponse

LEVEL = 5
SMALLEST = 1_000
DESK = "/admin/"
PACKS_WELL = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml|yaml|x-ndjson|javascript)\b")
_NONE_MATCH = "HTTP_IF_NONE_MATCH"


class Compress:
    """Packs what is worth it by gzip, and says that the answer depends on it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, packed or not."""
        if request.method not in ("GET", "HEAD") or request.path.startswith(DESK):
            return self.get_response(request)
        known = parse_etags(request.META.get(_NONE_MATCH, ""))
        is_static = request.path.startswith(settings.STATIC_URL)
        if known and any(tag.startswith("W/") for tag in known):
            # Who answers may compare the ETags as they are written, WhiteNoise the whole header.
            strong = [tag.removeprefix("W/") for tag in known]
            request.META[_NONE_MATCH] = ", ".join(strong if is_static else [*known, *strong])
        response = self.get_response(request)
        if response.cookies:
            return response
        if response.status_code == 304:
            patch_vary_headers(response, ["Accept-Encoding"])
            etag = response.get("ETag", "")
            if accepts_gzip(request.META) and etag not in known and f"W/{etag}" in known:
                response["ETag"] = f"W/{etag}"
        elif may_be_packed(response):
            if is_static and isinstance(response, FileResponse):
                response = read_whole(response)
            if isinstance(response, HttpResponse):
                patch_vary_headers(response, ["Accept-Encoding"])
                if accepts_gzip(request.META):
                    pack(response)
        return response


def read_whole(response: FileResponse) -> HttpResponse:
    """A static file as an answer that is not streamed.

    An installation has them packed by `collectstatic`; what serves them from where they lie, a
    demonstration, does not.
    """
    whole = HttpResponse(b"".join(response), status=response.status_code, headers=response.headers)
    response.close()
    return whole


def accepts_gzip(meta: Mapping[str, Any]) -> bool:
    """Whether the client names gzip, and not in order to refuse it."""
    for part in meta.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in ("gzip", "x-gzip"):
            return not re.fullmatch(r"\s*q\s*=\s*0(?:\.0*)?\s*", weight)
    return False


def may_be_packed(response: HttpResponseBase) -> bool:
    """Whether the answer, were it long enough, could be packed: then it varies, short or long."""
    return (
        PACKS_WELL.match(response.get("Content-Type", "")) is not None
        and not response.has_header("Content-Encoding")
        and not response.has_header("Content-Range")
        and "no-transform" not in response.get("Cache-Control", "")
    )


def pack(response: HttpResponse) -> None:
    """Pack the body where that makes it shorter. The same body is packed into the same bytes."""
    body = packed(response.content)
    if body is None:
        return
    response.content = body
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(body))
    if etag := response.get("ETag", ""):
        response["ETag"] = weak(etag)


def packed(body: bytes) -> bytes | None:
    """The body packed, None where that makes it no shorter or is not worth it."""
    if len(body) < SMALLEST:
        return None
    shorter = gzip.compress(body, LEVEL, mtime=0)
    return shorter if len(shorter) < len(body) else None


def weak(etag: str) -> str:
    """The ETag as one that says: the same, if not byte for byte."""
    return etag if etag.startswith("W/") else f"W/{etag}"
