"""The figures of an event for programs: side by side, and added up only where that says something.

The rows are made by the database from the ready-made summaries, newest claim first.
"""

from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connections
from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.described import subjects as described
from claims.api.ledgered import LedgerRead, list_response
from claims.api.parameters import PAGING, given_in, one_of, page_size_of
from claims.api.sums import sum_of
from claims.choices import FigureBasis
from claims.filters import merged_ids, moved
from claims.paging import Slice
from claims.published import is_public_id, newest_told
from factcheck.common import cursors
from factcheck.common.errors import Gone, InvalidInput
from factcheck.ledger.choices import PublicationKind, SubjectKind

FILTERS = ("measure", "basis", "claimant")
# More are not added up: a sum is there to be read with its figures.
MOST_ADDED = 1_000

# The figures of one claim come in its own order; "number" counts down, so that a place in the list
# is one comparison.
FIGURES = """
SELECT from_seq, place, told FROM (
    SELECT claim.from_seq, -figure.number AS place, json_build_object(
        'figure', figure.told -> 'id',
        'claim', claim.claim_id,
        'version', claim.version,
        'seq', claim.from_seq,
        'path', summary.told -> 'path',
        'speaker', claim.speaker,
        'claimant', summary.told #> '{speaker,claimant}',
        'voiced_by', summary.told #> '{speaker,voiced_by}',
        'outlet', summary.told #> '{speaker,outlet}',
        'said', summary.told -> 'said',
        'as_printed', figure.told -> 'as_printed',
        'counts', figure.told -> 'counts',
        'qualifier', figure.told -> 'qualifier',
        'low', figure.told -> 'low',
        'best', figure.told -> 'best',
        'high', figure.told -> 'high',
        'unit', coalesce(
            nullif(figure.told ->> 'unit', ''), figure.told #>> '{measure,unit}', ''
        ),
        'period', figure.told -> 'period',
        'counted_as_of', figure.told -> 'counted_as_of',
        'basis', figure.told -> 'basis',
        'measure', figure.told -> 'measure',
        'attribution_status', summary.told -> 'attribution_status',
        'verification_status', summary.told -> 'verification_status',
        'as_of', summary.told -> 'as_of'
    )::text AS told
    FROM claims_publicclaim AS claim
    CROSS JOIN LATERAL (SELECT claim.summary::jsonb AS told OFFSET 0) AS summary
    CROSS JOIN LATERAL jsonb_array_elements(summary.told -> 'figures')
        WITH ORDINALITY AS figure (told, number)
    WHERE claim.until_seq IS NULL AND claim.has_figures AND claim.event_id = ANY(%(events)s)
        AND (%(claimants)s::text[] IS NULL OR claim.claimant_id = ANY(%(claimants)s::text[]))
        AND (%(measure)s::text IS NULL OR figure.told #>> '{measure,id}' = %(measure)s::text)
        AND (%(basis)s::text IS NULL OR figure.told ->> 'basis' = %(basis)s::text)
) AS figure
"""
ONWARDS = """
WHERE (%(seq)s::bigint IS NULL OR (from_seq, place) < (%(seq)s::bigint, %(place)s::bigint))
ORDER BY from_seq DESC, place DESC LIMIT %(most)s
"""
BACKWARDS = """
WHERE (from_seq, place) > (%(seq)s::bigint, %(place)s::bigint)
ORDER BY from_seq, place LIMIT %(most)s
"""


@dataclass(frozen=True)
class Wanted:
    """Which figures: those of the live claims about an event, by its ids, narrowed."""

    events: list[str]
    claimants: list[str] | None
    measure: str | None
    basis: str | None

    def rows(
        self, most: int, *, place: tuple[int, int] | None = None, onwards: bool = True
    ) -> list[tuple[int, int, str]]:
        """So many of them beyond a place, each with its own place; in one query."""
        seq, number = place or (None, None)
        asked = {**self.__dict__, "seq": seq, "place": number, "most": most}
        with connections["public"].cursor() as cursor:
            cursor.execute(FIGURES + (ONWARDS if onwards else BACKWARDS), asked)
            return cursor.fetchall()

    def page(self, *, size: int, scope: str, cursor: str | None) -> Slice:
        """The page from the cursor on. Raises InvalidInput for a cursor of another list."""
        onwards, place = True, None
        if cursor is not None:
            direction, seq, number = cursors.decode(cursor, scope=scope, shape=[str, int, int])
            onwards, place = direction == "after", (int(seq), int(number))
        found = self.rows(size + 1, place=place, onwards=onwards)
        has_more, found = len(found) > size, found[:size]
        if not onwards:
            found.reverse()
        if not found:
            return Slice(rows=[], next=None, previous=None)
        has_next, has_previous = (has_more, place is not None) if onwards else (True, has_more)
        first, last = found[0], found[-1]
        return Slice(
            rows=[(told,) for _, _, told in found],
            next=cursors.encode(["after", *last[:2]], scope=scope) if has_next else None,
            previous=cursors.encode(["before", *first[:2]], scope=scope) if has_previous else None,
        )


class EventFigures(LedgerRead):
    """The figures of the live claims about an event, a row each, with both statuses of its claim.
    Never added up but by `sum=true`, and then only figures that are alike.
    """

    @described.event_figures
    def get(self, request: Request, public_id: str) -> HttpResponse:
        """A page of rows; with `sum` all of them and their sum. Gone (410) with an event that is
        not live, and led on (307) from one that was merged.
        """
        given = given_in(request.query_params, (*FILTERS, "sum", *PAGING))
        if "sum" in given:
            one_of(given, "sum", ["true"])
        size = page_size_of(given)
        event = newest_told(public_id, SubjectKind.EVENT)
        if event.kind == PublicationKind.MERGE:
            return led_on(request, public_id)
        if not event.is_live:
            note = orjson.loads(event.record)["note"]
            raise Gone(f"What stood here was taken back: {note}")
        wanted = wanted_of(given, merged_ids(SubjectKind.EVENT, public_id))
        if "sum" in given:
            rows = wanted.rows(MOST_ADDED + 1)
            total = sum_of([orjson.loads(told) for _, _, told in rows], given, most=MOST_ADDED)
            page = Slice(rows=[(told,) for _, _, told in rows], next=None, previous=None)
            return list_response(request, page, sum=total)
        asked = sorted((name, given[name]) for name in FILTERS if name in given)
        scope = f"figures {public_id} {asked}"
        return list_response(
            request, wanted.page(size=size, scope=scope, cursor=given.get("cursor"))
        )


def wanted_of(given: dict[str, str], events: list[str]) -> Wanted:
    """Which figures are asked for. Raises InvalidInput."""
    for name in ("measure", "claimant"):
        if name in given and not is_public_id(given[name]):
            raise InvalidInput.at(name, "Give an id of ten characters.")
    basis = one_of(given, "basis", FigureBasis.values) if "basis" in given else None
    claimants = None
    if "claimant" in given:
        final = moved({"claimant": given["claimant"]})["claimant"]
        claimants = merged_ids(SubjectKind.ACTOR, final)
    return Wanted(events, claimants, given.get("measure"), basis)


def led_on(request: Request, public_id: str) -> HttpResponse:
    """The way to the figures of what stands for a merged event; not for ever."""
    final: Any = moved({"event": public_id})["event"]
    query = request.META.get("QUERY_STRING", "")
    path = f"/api/v1/events/{final}/figures/" + (f"?{query}" if query else "")
    there = request.build_absolute_uri(path)
    return HttpResponse(status=307, headers={"Location": there, "Cache-Control": "no-store"})
