"""“Has this been checked?”, for programs."""

from typing import Any

import orjson
from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.described import match as described
from claims.api.ledgered import LedgerRead
from claims.api.parameters import given_in
from claims.api.reading import METHODS, PREFLIGHT
from claims.matching import MAX_TEXT, Match, matches
from factcheck.common.errors import InvalidInput
from factcheck.common.json_input import parse_json
from factcheck.common.text import clean_quote

MAX_BODY = 40_000
GIVE_TEXT = "Give the sentence, post or paragraph to look for."


class MatchText(LedgerRead):
    """The public claims that say nearly the same as a text. A long text can be posted."""

    http_method_names = ["get", "head", "post", "options"]

    @described.get_matches
    def get(self, request: Request) -> HttpResponse:
        """The matches for `text`, most alike first; none where nothing is alike enough."""
        return answer(checked(given_in(request.query_params, ["text"]).get("text"), at="text"))

    @described.post_matches
    def post(self, request: Request) -> HttpResponse:
        """The same for `{"text": …}`, which no address is long enough for."""
        given = parse_json(request._request.body, max_bytes=MAX_BODY)
        if not isinstance(given, dict) or set(given) != {"text"}:
            raise InvalidInput.at("/text", 'Send {"text": "…"} and nothing else.')
        response = answer(checked(given["text"], at="/text"))
        response["Cache-Control"] = "no-store"
        return response

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """As everywhere, with the one method more."""
        methods = f"{METHODS}, POST"
        headers = {**PREFLIGHT, "Access-Control-Allow-Methods": methods, "Allow": methods}
        return HttpResponse(status=204, headers=headers)


def checked(text: Any, *, at: str) -> str:
    """The text. Raises InvalidInput for none, and for what no quote could be."""
    if not isinstance(text, str) or not text.strip():
        raise InvalidInput.at(at, GIVE_TEXT)
    return clean_quote(text, name=at, max_length=MAX_TEXT)


def answer(text: str) -> HttpResponse:
    """The matches as JSON, with what is ready-made pasted in unread."""
    found = b",".join(as_json(match) for match in matches(text))
    return HttpResponse(b'{"results":[%b]}' % found, content_type="application/json")


def as_json(match: Match) -> bytes:
    """One match."""
    return b'{"alike":%.2f,"other_numbers":%b,"claim":%b}' % (
        match.alike,
        orjson.dumps(match.numbers),
        match.summary.encode(),
    )
