"""Answers to programs, packed for who can unpack them, under validators that stay right.

The strong ETag of a record is the SHA-256 of its bytes. Packed ones are other bytes, so the packed
answer carries the same ETag as a weak one: the same record, not the same bytes. If-None-Match asks
for no more than that (RFC 9110, 13.1.2), so both get their 304, and the proof still holds:
`curl … | sha256sum` gives the ETag, with `--compressed` what is inside the W/"…".

Nothing here is secret, so nobody learns anything from how well it packs. The desk, where there are
secrets beside what was typed, is never packed; nor is what is streamed.
"""

import gzip
import re

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from factcheck.common.middleware import GetResponse
from factcheck.partners.doors import is_for_programs

LEVEL = 5
SMALLEST = 1_000
PACKS_WELL = re.compile(r"text/|application/(?:[\w.-]+\+)?(?:json|xml|yaml|x-ndjson|javascript)\b")
_NONE_MATCH = "HTTP_IF_NONE_MATCH"


class Compress:
    """Packs what is worth it by gzip, and says that the answer depends on it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, packed or not."""
        if not is_for_programs(request.path):
            return self.get_response(request)
        known = parse_etags(request.META.get(_NONE_MATCH, ""))
        if weak := [tag for tag in known if tag.startswith("W/")]:
            # The view may compare the ETags as they are written.
            request.META[_NONE_MATCH] = ", ".join([*known, *(tag[2:] for tag in weak)])
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or response.streaming:
            return response
        if response.status_code == 304:
            patch_vary_headers(response, ["Accept-Encoding"])
            etag = response.get("ETag", "")
            if accepts_gzip(request) and etag not in known and f"W/{etag}" in known:
                response["ETag"] = f"W/{etag}"
        elif may_be_packed(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            if accepts_gzip(request):
                pack(response)
        return response


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether the client names gzip, and not in order to refuse it."""
    for part in request.META.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() in ("gzip", "x-gzip"):
            return not re.fullmatch(r"\s*q\s*=\s*0(?:\.0*)?\s*", weight)
    return False


def may_be_packed(response: HttpResponse) -> bool:
    """Whether the answer, were it long enough, could be packed: then it varies, short or long."""
    return (
        PACKS_WELL.match(response.get("Content-Type", "")) is not None
        and not response.has_header("Content-Encoding")
        and not response.has_header("Content-Range")
        and "no-transform" not in response.get("Cache-Control", "")
    )


def pack(response: HttpResponse) -> None:
    """Pack the body where that makes it shorter. The same body is packed into the same bytes."""
    if len(response.content) < SMALLEST:
        return
    packed = gzip.compress(response.content, LEVEL, mtime=0)
    if len(packed) >= len(response.content):
        return
    response.content = packed
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(packed))
    etag = response.get("ETag", "")
    if etag and not etag.startswith("W/"):
        response["ETag"] = f"W/{etag}"
