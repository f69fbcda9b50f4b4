"""Quotes that point into an older capture and are not found again, or were never found."""

from claims.models import Citation
from claims.sheet.opened import Sheet
from claims.sheet.reading import Data, only_places
from sources.services import GAP, find_places, runs_of

MAX_SUGGESTIONS = 5
# What is left of a quote is looked for, down to so many words.
SHORTEST = 3


def orphans_of(sheet: Sheet) -> list[Data]:
    """Citations of the document, of whatever role, whose words are not at one place in the newest
    capture; and those whose words were never found. Each with the places where they may stand now.
    """
    citations = (
        Citation.objects.filter(document=sheet.document)
        .select_related("passage__capture")
        .defer("passage__capture__content", "passage__capture__text")
        .prefetch_related("passage__ranges")
        .order_by("claim_id", "position", "pk")
    )
    return [orphan for one in citations if (orphan := orphan_of(sheet, one)) is not None]


def orphan_of(sheet: Sheet, citation: Citation) -> Data | None:
    """The citation as an orphan; None where its words stand where they should."""
    runs, captured_at = [], None
    passage = citation.passage
    if citation.unfound_quote:
        runs = runs_of(citation.unfound_quote)
    elif passage is not None and sheet.capture is not None:
        if passage.capture_id == sheet.capture.pk:
            return None
        runs = [one.exact for one in passage.ranges.all()]
        captured_at = passage.capture.captured_at.isoformat()
        if only_places(sheet.text, runs):
            return None
    if not runs:
        return None
    return {
        "claim": citation.claim_id,
        "citation": citation.public_id,
        "quote": GAP.join(runs),
        "captured_at": captured_at,
        "suggestions": suggestions_for(sheet.text, runs),
    }


def suggestions_for(text: str, runs: list[str]) -> list[list[int]]:
    """Where the words may stand now: their places, else those of their halves, and so on."""
    parts = [run.split() for run in runs]
    while parts:
        hits = [
            [start, end]
            for words in parts
            for start, end in find_places(text, " ".join(words), limit=MAX_SUGGESTIONS)
        ]
        if hits:
            return hits[:MAX_SUGGESTIONS]
        parts = [
            half
            for words in parts
            for half in (words[: len(words) // 2], words[len(words) // 2 :])
            if len(half) >= SHORTEST
        ]
    return []
