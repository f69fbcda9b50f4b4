"""The words at the top of a claim's page: what it says, and what was quoted for it, where."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest, Substr
from django.urls import reverse

from claims.choices import CitationRole
from claims.drafted import Drafted
from claims.models import Citation, Claim
from claims.presentation.in_paragraph import Run, in_paragraphs
from factcheck.common.marked import Piece
from sources.models import PassageRange

# So many code points are shown before and behind the words, at most.
AROUND = 500
# The quotes that stand open; further ones are behind a disclosure.
OPEN = 2


@dataclass(frozen=True)
class Quote:
    """What one document is cited for, and where it can be read as a whole."""

    document: Any
    paragraphs: list[list[Piece]]
    locator: str
    cue: str
    unfound: str
    sheet_url: str


def words_of(draft: Drafted) -> dict[str, Any]:
    """The status line, or what there is of one, and the quotes in the order of the citations."""
    file = draft.file
    cited = file.cited_as(CitationRole.ATTRIBUTION)
    runs = runs_of(cited)
    quotes = [
        Quote(
            document=file.document_of(citation),
            paragraphs=in_paragraphs(runs.get(citation.passage_id or 0, [])),
            locator=citation.passage.locator if citation.passage else "",
            cue=citation.cue,
            unfound=citation.unfound_quote,
            sheet_url=reverse("desk:sheet", args=[file.document_of(citation).pk]),
        )
        for citation in cited
        if citation.passage or citation.unfound_quote
    ]
    return {
        "line": draft.content["status_line"] if draft.content else line_of(file.claim),
        "quotes": quotes[:OPEN],
        "more": quotes[OPEN:],
    }


def line_of(claim: Claim) -> str:
    """Who says what, of a draft of which no status line can be made yet."""
    who = claim.claimant or claim.outlet
    return f"{who}: {claim.text}" if who else claim.text


def runs_of(citations: Iterable[Citation]) -> dict[int, list[Run]]:
    """The quoted words of the citations with the text around them, by passage. One query, which
    leaves the rest of the captured pages where it is.
    """
    rows = (
        PassageRange.objects.filter(passage__in={one.passage_id for one in citations} - {None})
        .annotate(at=Greatest(F("start") - AROUND, 0))
        .annotate(
            around=Substr("passage__capture__text", F("at") + 1, F("end") - F("at") + AROUND + 1)
        )
        .values_list("passage_id", "start", "end", "at", "around")
    )
    runs: dict[int, list[Run]] = {}
    for passage, start, end, at, around in rows:
        full = end - at + AROUND
        run = Run(start, end, at, around[:full], goes_on=len(around) > full)
        runs.setdefault(passage, []).append(run)
    return runs
