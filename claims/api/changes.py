"""Every publication in its order, for whoever keeps a copy."""

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request

from claims.api.parameters import given_in
from claims.api.reading import PublicRead
from claims.views.page import MAY_BE_KEPT, etag_of, head_seq, is_kept
from factcheck.common.numbers import MAX_INTEGER, parse_int
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.feed import MOST_BYTES, page_after

PARAMETERS = ("after", "limit")
LIMIT, MOST = 100, 1_000

CHANGE = {
    "type": "object",
    "required": ["seq", "kind", "subject", "id", "version", "published_at", "sha256", "record"],
    "additionalProperties": False,
    "properties": {
        "seq": {"type": "integer", "minimum": 1, "description": "Its place in the ledger."},
        "kind": {
            "enum": [kind.value for kind in PublicationKind],
            "description": "What became of the subject. After *redact* every copy of its words"
            " has to be deleted, earlier versions included.",
        },
        "subject": {"enum": [kind.value for kind in SubjectKind]},
        "id": {"type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{10}$"},
        "version": {"type": "integer", "minimum": 1},
        "published_at": {"type": "string", "format": "date-time"},
        "sha256": {
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
            "description": "Of the bytes that were published, whether or not they are here.",
        },
        "record": {
            "type": ["object", "null"],
            "description": "The record as it was published, in canonical JSON (RFC 8785); null"
            " where it may not be read now.",
        },
    },
}
PAGE = {
    "type": "object",
    "required": ["results", "next_after", "head"],
    "additionalProperties": False,
    "properties": {
        "results": {"type": "array", "maxItems": MOST, "items": CHANGE},
        "next_after": {
            "type": "integer",
            "minimum": 0,
            "description": "Ask from here on next time.",
        },
        "head": {
            "type": "integer",
            "minimum": 0,
            "description": "The newest place. Whoever has `next_after` = `head` has everything.",
        },
    },
}
DESCRIPTION = f"""
Every publication of every claim, event, actor and source in the order of its place in the ledger,
tombstones and orders to delete (*redact*) included. No place is ever left out, and none comes into
being behind one that was served: ask with `after` = the last `next_after`, and nothing is missed
and nothing comes twice.

A page ends after `limit` changes or about {MOST_BYTES // 2**20} MiB, whichever comes first. A page
without results means that there is nothing new. `after` beyond `head` is answered so as well: a
copy of the database that you were sent to may lag behind for a moment.

`record` is null in exactly two cases: the subject was redacted after this publication, or it was
suspended after it and is so still (or was retracted then). What stands in its place follows further
on: the tombstone, or the publication that restored it. `sha256` stands in every case, and is that
of the bytes that went out. They can be had again from the record here: written with sorted keys,
no spaces, and in UTF-8 without escapes, it is the same bytes.

To poll, repeat the request with the `ETag` in `If-None-Match`: until something is published the
answer is 304.
"""


class Changes(PublicRead):
    """The ledger from a place on."""

    @extend_schema(
        operation_id="listChanges",
        tags=["changes"],
        summary="Everything that was published, in order",
        description=DESCRIPTION,
        parameters=[
            OpenApiParameter(
                "after",
                {"type": "integer", "minimum": 0, "maximum": MAX_INTEGER, "default": 0},
                description="The place after which to begin.",
            ),
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
                description="How many changes a page has at most.",
            ),
        ],
        responses={
            200: OpenApiResponse(
                PAGE,
                description="The changes, oldest first; none where nothing follows.",
                examples=[
                    OpenApiExample(
                        "Nothing published yet",
                        description="GET /api/v1/changes/",
                        value={"results": [], "next_after": 0, "head": 0},
                    )
                ],
            ),
            304: OpenApiResponse(description="Nothing was published since."),
        },
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of changes, pasted together unread; 304 after one query to who has it."""
        after, limit = asked(request)
        if "If-None-Match" in request.headers:
            etag = etag_of(request, seq=head_seq())
            if is_kept(request, etag):
                response = HttpResponse(status=304)
                del response["Content-Type"]
                return with_headers(response, etag)
        page = page_after(after, limit=limit)
        body = (
            f'{{"results":[{",".join(page.changes)}],"next_after":{page.last},"head":{page.head}}}'
        )
        # Head and rows are of one moment, so this page is all that the ledger then had to say.
        etag = etag_of(request, seq=page.head)
        return with_headers(HttpResponse(body, content_type="application/json"), etag)


def asked(request: Request) -> tuple[int, int]:
    """The place to begin after, and how many changes to send. Raises InvalidInput."""
    given = given_in(request.query_params, PARAMETERS)
    after = parse_int(given.get("after", "0"), name="after", low=0)
    limit = parse_int(given.get("limit", str(LIMIT)), name="limit", low=1, high=MOST)
    return after, limit


def with_headers(response: HttpResponse, etag: str) -> HttpResponse:
    """The answer, with what lets it be kept and asked for anew."""
    response["ETag"] = etag
    response["Cache-Control"] = MAY_BE_KEPT
    return response
