"""Addresses whose answers change with the ledger alone: who has one is told so after one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from rest_framework.request import Request

from claims.api.reading import PublicRead
from claims.paging import Slice
from claims.views.page import MAY_BE_KEPT, etag_of, head_seq, is_kept


class LedgerRead(PublicRead):
    """An address for reading whose answer release, address and ledger determine, and nothing else,
    the clock neither. Whoever has it is told so (304) after one query, before any work.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer under its ETag."""
        if request.method not in ("GET", "HEAD"):
            return super().dispatch(request, *args, **kwargs)
        # Read before the answer is: what is published meanwhile may be in it, and is asked for
        # again.
        etag = etag_of(request, seq=head_seq())
        if is_kept(request, etag):
            response: HttpResponseBase = HttpResponseNotModified()
        else:
            response = super().dispatch(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.setdefault("ETag", etag)
            response.setdefault("Cache-Control", MAY_BE_KEPT)
        return response


@dataclass(frozen=True)
class Links:
    """The addresses of the pages beside a page of a list."""

    next: str | None
    previous: str | None

    def around(self, texts: Iterable[str], **more: Any) -> bytes:
        """The page: ready-made JSON texts pasted together, and what stands before them."""
        before = orjson.dumps({**more, "next": self.next, "previous": self.previous})
        return b'%b,"results":[%b]}' % (before[:-1], ",".join(texts).encode())

    @property
    def header(self) -> str:
        """The same as the header Link says it (RFC 8288); empty where there is one page alone."""
        relations = {"next": self.next, "prev": self.previous}
        return ", ".join(f'<{url}>; rel="{name}"' for name, url in relations.items() if url)


def list_response(
    request: Request, page: Slice, rows: Iterable[str] | None = None, **more: Any
) -> HttpResponse:
    """A page of a list from ready-made JSON texts, by default the only column of the page; `more`
    stands before it.
    """
    texts = (text for [text] in page.rows) if rows is None else rows
    links = Links(link(request, page.next), link(request, page.previous))
    response = HttpResponse(links.around(texts, **more), content_type="application/json")
    if header := links.header:
        response["Link"] = header
    return response


def link(request: Request, cursor: str | None) -> str | None:
    """The same question from another place on."""
    if cursor is None:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))
