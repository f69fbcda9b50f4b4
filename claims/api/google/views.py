"""The addresses of Google's API, as far as there is something behind them."""

import hashlib
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request

from claims.api.google import described
from claims.api.google.answers import Publisher, answer_of, as_bytes
from claims.api.google.discovery import VERSION, discovery_bytes
from claims.api.google.keys import check_caller
from claims.api.google.parameters import Asked, asked_of
from claims.api.google.searching import page_of, place_of
from claims.api.google.selecting import selected
from claims.api.reading import PREFLIGHT, PublicRead, bytes_response
from claims.publisher import publisher_name
from claims.views.page import head_seq, is_kept, origin_of
from factcheck.common.errors import NotFound, NotOffered
from factcheck.common.release import release
from factcheck.common.rpc_errors import CONTENT_TYPE

# An answer is for who has a key: no cache in between may hand it out.
FOR_ONE = "private, max-age=0, must-revalidate"
OVERRIDE = "X-HTTP-Method-Override"
ASKED_BEFORE = {
    **PREFLIGHT,
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS, POST",
    "Access-Control-Allow-Headers": (
        f"Authorization, Content-Type, If-None-Match, {OVERRIDE}, X-Goog-Api-Client"
    ),
}


class Method(PublicRead):
    """A method that reads. What is too long for an address may come as a POST that says it is a
    GET; nothing can be changed here, so there is nothing to forge.
    """

    http_method_names = ["get", "head", "options", "post"]

    def post(self, request: Request, **names: Any) -> HttpResponse:
        """The answer to a GET that was too long."""
        if request.headers.get(OVERRIDE, "").strip().upper() != "GET":
            raise MethodNotAllowed("POST", f"Send {OVERRIDE}: GET with a POST, or send a GET.")
        return self.get(request, **names)

    def get(self, request: Request, **names: Any) -> HttpResponse:
        """The answer."""
        raise NotImplementedError

    def options(self, request: Any, *args: Any, **names: Any) -> Any:
        """What may be done here, the same for every address."""
        allowed = ASKED_BEFORE["Access-Control-Allow-Methods"]
        return HttpResponse(status=204, headers={"Allow": allowed, **ASKED_BEFORE})


class Search(Method):
    """The published reviews, by words, language and age."""

    @extend_schema(**described.SEARCH)
    def get(self, request: Request, **names: Any) -> HttpResponse:
        """A page of reviews, newest first; 304 after one query to who has it."""
        check_caller(request._request)
        asked = asked_of(request)
        place = place_of(asked)
        publisher = Publisher(publisher_name(), origin_of(request._request))
        # Read before the reviews are: what is published meanwhile is asked for again.
        etag = etag_of(asked, publisher.origin, place.since, head_seq())
        headers = {"ETag": etag, "Cache-Control": FOR_ONE}
        if request.method != "POST" and is_kept(request._request, etag):
            return HttpResponse(status=304, headers=headers)
        summaries, token = page_of(asked, place, site=publisher.site)
        answer = selected(answer_of(summaries, token, publisher), asked.selection)
        body = as_bytes(answer, is_pretty=asked.is_pretty)
        return HttpResponse(body, content_type=CONTENT_TYPE, headers=headers)

    @extend_schema(**described.SEARCH_BY_POST)
    def post(self, request: Request, **names: Any) -> HttpResponse:
        """The answer to a GET that was too long."""
        return super().post(request, **names)


class Elsewhere(Method):
    """A method of Google's API that is not offered here, whoever asks."""

    schema = None

    def get(self, request: Request, **names: Any) -> HttpResponse:
        """The refusal."""
        raise NotOffered(
            "This site offers claims:search of this API and nothing else. What it has published is"
            " at /api/v1/."
        )


class ElsewhereToWrite(Elsewhere):
    """The same, for methods that would change something."""

    def post(self, request: Request, **names: Any) -> HttpResponse:
        """The refusal."""
        return self.get(request)

    put = delete = post


class Discovery(PublicRead):
    """What the API is, for programs that build their calls from it."""

    schema = None  # It is a description itself.

    def get(self, request: Request) -> HttpResponse:
        """The discovery document, which leads to this site."""
        if request.query_params.get("version", VERSION) != VERSION:
            raise NotFound("There is no such version.")
        body = discovery_bytes(origin_of(request._request))
        return bytes_response(request, body, sha256=hashlib.sha256(body).hexdigest())


def etag_of(asked: Asked, origin: str, since: str, seq: int) -> str:
    """The answer's ETag: of what was asked, never of the address, which has the key."""
    parts = f"{release()}\n{origin}\n{asked.shown}\n{since}\n{seq}"
    return f'W/"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'
