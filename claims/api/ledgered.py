"""Addresses whose answers change with the ledger alone: who has one is told so after one query."""

from collections.abc import Iterable
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


def list_response(
    request: Request, page: Slice, rows: Iterable[str] | None = None, **more: Any
) -> HttpResponse:
    """A page of a list from ready-made JSON texts, by default the only column of the page; `more`
    stands before it.
    """
    texts = (text for [text] in page.rows) if rows is None else rows
    links = {"next": link(request, page.next), "previous": link(request, page.previous)}
    body = b'%b,"results":[%b]}' % (
        orjson.dumps({**more, **links})[:-1],
        ",".join(texts).encode(),
    )
    response = HttpResponse(body, content_type="application/json")
    relations = {"next": links["next"], "prev": links["previous"]}
    if any(relations.values()):
        response["Link"] = ", ".join(
            f'<{url}>; rel="{relation}"' for relation, url in relations.items() if url
        )
    return response


def link(request: Request, cursor: str | None) -> str | None:
    """The same question from another place on."""
    if cursor is None:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return str(request.build_absolute_uri(f"{request.path}?{query.urlencode()}"))
