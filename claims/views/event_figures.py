"""All figures that were given in an event, as CSV."""

from collections.abc import Iterator
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from claims.as_of import as_of
from claims.exporting import line
from claims.presentation.accounts import account_of
from claims.presentation.plot import Given, given_order, unit_of
from claims.published import NOTHING_HERE, is_withheld, versions_of
from claims.views.event import claims_about
from claims.views.page import PublicPage, origin_of
from claims.views.past import ids_at
from claims.views.subjects import way_to, way_to_successor
from claims.views.tombstone import withheld_by
from factcheck.common.errors import Gone, NotFound
from factcheck.common.page_language import here
from factcheck.ledger.choices import TOMBSTONES, PublicationKind, SubjectKind

COLUMNS = (
    "claim_id",
    "claim_url",
    "seq",
    "claimant",
    "claimant_id",
    "as_printed",
    "counts",
    "qualifier",
    "low",
    "best",
    "high",
    "unit",
    "period",
    "counted_not_before",
    "counted_not_after",
    "counted_as_printed",
    "basis",
    "measure",
    "measure_id",
    "counting",
    "attribution_status",
    "verification_status",
    "verified_as_of",
    "said_not_before",
    "said_not_after",
    "said_as_printed",
)


class EventFigures(PublicPage):
    """The figures of an event, a row each, never added up; each with both statuses of its claim."""

    knows_past = True

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """In the order in which they were said; as of a day those of the claims that stood then.
        Gone (410) with an event that is, or was then, not live.
        """
        versions = versions_of(public_id, SubjectKind.EVENT)
        asked = as_of(request.GET)
        stood = [one for one in versions if asked is None or one.published_at < asked.until]
        if not stood:
            raise NotFound(NOTHING_HERE)
        version = stood[-1]
        if version.kind == PublicationKind.MERGE:
            if asked is not None:
                return way_to(request, f"/events/{version.successor_id}/figures.csv")
            return way_to_successor(request, version, "figures.csv")
        if is_withheld(version, versions):
            version = withheld_by(version, versions)
        if version.kind in TOMBSTONES:
            raise Gone(f"What stood here was taken back: {version.note}")
        # Without a bound: figures are typed by people, and half of them would be a wrong answer.
        seq = asked.seq() if asked else None
        ids = ids_at(SubjectKind.EVENT, public_id, seq)
        claims = claims_about(ids, seq).filter(has_figures=True)
        given = [
            Given(account, figure)
            for account in (
                account_of(orjson.loads(summary))
                for summary in claims.values_list("summary", flat=True)
            )
            for figure in account.claim["figures"]
        ]
        text = "".join(lines_of(sorted(given, key=given_order), origin_of(request)))
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
        name = f"figures-{public_id}-{asked.day}" if asked else f"figures-{public_id}"
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        response["X-Robots-Tag"] = "noindex"
        return response


def lines_of(given: list[Given], origin: str) -> Iterator[str]:
    """The lines of the file, the header first."""
    yield line(COLUMNS)
    for one in given:
        row = row_of(one, origin)
        yield line(row[name] for name in COLUMNS)


def row_of(given: Given, origin: str) -> dict[str, Any]:
    """One figure by column, in the codes of the record."""
    claim, figure = given.account.claim, given.figure
    speaker, measure = claim["speaker"], figure["measure"] or {}
    said, counted = claim["said"] or {}, figure["counted_as_of"] or {}
    named = speaker["claimant"] or speaker["outlet"] or {}
    return {
        **{name: figure[name] for name in ("as_printed", "counts", "qualifier", "period", "basis")},
        **{name: figure[name] for name in ("low", "best", "high")},
        "claim_id": claim["id"],
        "claim_url": f"{origin}{here(claim['path'])}",
        "seq": claim["seq"],
        "claimant": named.get("name", "nobody named"),
        "claimant_id": named.get("id"),
        "unit": unit_of(figure),
        "counted_not_before": counted.get("not_before"),
        "counted_not_after": counted.get("not_after"),
        "counted_as_printed": counted.get("as_printed"),
        "measure": measure.get("what"),
        "measure_id": measure.get("id"),
        "counting": measure.get("counting"),
        "attribution_status": claim["attribution_status"],
        "verification_status": claim["verification_status"],
        "verified_as_of": claim["as_of"],
        "said_not_before": said.get("not_before"),
        "said_not_after": said.get("not_after"),
        "said_as_printed": said.get("as_printed"),
    }
