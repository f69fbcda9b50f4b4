"""The codes of the records as data, for those who show or store them."""

import functools
import hashlib

import orjson
from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.described import others as described
from claims.api.reading import PublicRead, bytes_response
from claims.vocabulary import LISTS
from factcheck.common.errors import NotFound
from factcheck.ledger.choices import METHODOLOGY


class Vocabulary(PublicRead):
    """Every list of codes."""

    @described.vocabulary
    def get(self, request: Request) -> HttpResponse:
        """The lists in the order of the methodology page; asks nothing of the database."""
        return as_json(request, vocabulary_bytes())


class VocabularyList(PublicRead):
    """One list of codes."""

    @described.vocabulary_list
    def get(self, request: Request, name: str) -> HttpResponse:
        """The list by its name. Raises NotFound for a name that is none."""
        if name not in LISTS:
            raise NotFound("There is no such list.")
        return as_json(request, list_bytes(name))


def as_json(request: Request, body: bytes) -> HttpResponse:
    """The bytes under their own hash."""
    return bytes_response(request, body, sha256=hashlib.sha256(body).hexdigest())


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
