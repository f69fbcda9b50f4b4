"""The codes of the records as data, for those who show or store them."""

import functools
import hashlib
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from rest_framework.request import Request

from claims.api.views import PublicRead
from claims.views.page import MAY_BE_KEPT
from claims.vocabulary import LISTS
from factcheck.common.errors import NotFound
from factcheck.ledger.choices import METHODOLOGY


class Vocabulary(PublicRead):
    """Every list of codes."""

    def get(self, request: Request) -> HttpResponse:
        """The lists in the order of the methodology page; asks nothing of the database."""
        return kept_response(request, vocabulary_bytes())


class VocabularyList(PublicRead):
    """One list of codes."""

    def get(self, request: Request, name: str) -> HttpResponse:
        """The list by its name. Raises NotFound for a name that is none."""
        if name not in LISTS:
            raise NotFound("There is no such list.")
        return kept_response(request, list_bytes(name))


# They change with the code alone, so each is written once.


@functools.cache
def vocabulary_bytes() -> bytes:
    """All lists, with the day from which the methodology holds."""
    lists = [codes.as_json() for codes in LISTS.values()]
    return orjson.dumps({"methodology": METHODOLOGY, "lists": lists})


@functools.cache
def list_bytes(name: str) -> bytes:
    """One list, as it stands among all of them."""
    return orjson.dumps(LISTS[name].as_json())


def kept_response(request: HttpRequest | Any, body: bytes) -> HttpResponse:
    """The bytes, whose SHA-256 is the ETag, or 304 to who has them."""
    etag = f'"{hashlib.sha256(body).hexdigest()}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in known or etag in [tag.removeprefix("W/") for tag in known]:
        response = HttpResponse(status=304)
        del response["Content-Type"]
    else:
        response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = MAY_BE_KEPT
    return response
