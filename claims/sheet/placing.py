"""Where words stand in the sheet's text: by the words, or by a selection."""

from collections.abc import Sequence

from claims.choices import CitationForm
from claims.sheet.opened import Sheet
from claims.sheet.proposals import cue_of, figure_in, form_of, is_within_marks
from claims.sheet.reading import Data
from factcheck.common.errors import InvalidInput
from sources.services import (
    GAP,
    MAX_RANGES,
    Quote,
    find_places,
    find_quote,
    runs_of,
    whole_ranges,
)

Places = list[tuple[int, int]]

NOTHING_HELD = "Nothing is held of this document: supply a capture of it first."
MAX_HITS = 50


def places_of_words(sheet: Sheet, words: str, *, occurrence: int | None = None) -> Places:
    """Where the words stand, run by run. Raises InvalidInput at `quote`."""
    if sheet.capture is None:
        raise InvalidInput.at("quote", NOTHING_HELD)
    runs = runs_of(words)
    if not runs or len(runs) > MAX_RANGES:
        raise InvalidInput.at("quote", f"Give at least one and at most {MAX_RANGES} runs of words.")
    if len(runs) > 1 and occurrence is not None:
        raise InvalidInput.at("quote", "An occurrence can be given for a single run of words.")
    places = [find_quote(sheet.text, Quote(run, occurrence), name="quote") for run in runs]
    return whole_ranges(sheet.text, places)


def places_of_ranges(sheet: Sheet, ranges: Sequence[tuple[int, int]]) -> Places:
    """A selection, widened to whole characters. Raises InvalidInput at `ranges`."""
    if sheet.capture is None:
        raise InvalidInput.at("ranges", NOTHING_HELD)
    return whole_ranges(sheet.text, ranges)


def hits_of(sheet: Sheet, words: str) -> list[list[int]]:
    """Every place of words that stand in the text more than once; none for several runs."""
    runs = runs_of(words)
    if len(runs) != 1 or sheet.capture is None:
        return []
    try:
        return [list(place) for place in find_places(sheet.text, runs[0], limit=MAX_HITS)]
    except InvalidInput:
        return []  # What cannot be looked for has been refused with its reason.


def words_at(sheet: Sheet, places: Places) -> str:
    """The document's own characters there."""
    return GAP.join(sheet.text[start:end] for start, end in places)


def located(sheet: Sheet, places: Places) -> Data:
    """The words at these places, with what they propose."""
    return {
        "quote": words_at(sheet, places),
        "ranges": [list(place) for place in places],
        "proposed": {
            **proposed_at(sheet, places),
            "figure": figure_in(words_at(sheet, places), language=sheet.document.language),
        },
    }


def proposed_at(sheet: Sheet, places: Places) -> dict[str, str]:
    """The form and the cue that the words there propose."""
    start, end = places[0][0], places[-1][1]
    is_direct = all(is_within_marks(sheet.text, *place) for place in places)
    form = CitationForm.DIRECT if is_direct else form_of(words_at(sheet, places))
    return {
        "form": form.value,
        "cue": cue_of(sheet.text, start, end, language=sheet.document.language),
    }
