"""One row written: the claim, the citation that carries it here, its figure, topics and origin."""

from dataclasses import dataclass, field
from typing import Any

from claims.choices import CitationForm, CitationRole, ClaimKind, Speaker
from claims.models import Citation, Claim, ClaimTopic
from claims.sheet.cells import Cells
from claims.sheet.entering import check_may, enter, next_position, remove
from claims.sheet.figures import write_figure
from claims.sheet.offers import Defaults
from claims.sheet.opened import Sheet
from claims.sheet.origins import write_origin
from claims.sheet.placing import (
    Places,
    places_of_ranges,
    places_of_words,
    proposed_at,
    words_at,
)
from claims.sheet.problems import Problem, Refused, refused_input
from claims.sheet.proposals import form_of
from claims.sheet.settling import (
    settle_original_words,
    settle_speaker,
    settle_verification,
    text_from,
)
from factcheck.common.dates import DateBounds
from factcheck.common.errors import InvalidInput
from sources.models import Passage
from sources.services import anchor_ranges

CLAIM_CELLS = {f"said_{part}": "said" for part in ("not_before", "not_after", "as_printed")}
CITATION_CELLS = {"passage": "quote", "unfound_quote": "quote", "document": "quote"}
# The cells that are a column of the claim as they stand.
COLUMNS = ("text", "language", "about", "kind", "event", "original_words", "original_language")


@dataclass
class Written:
    """A row as it was written, and what was not found out on the way."""

    claim: Claim
    warnings: list[Problem] = field(default_factory=list)

    def warn(self, cell: str, message: str) -> None:
        """Say what the person has to look at. The row is kept all the same."""
        self.warnings.append(Problem(cell, message))


def write_new(sheet: Sheet, cells: Cells, defaults: Defaults) -> Written:
    """Enter a new claim with its citation. Raises Refused, NotAllowed."""
    claim = Claim(
        speaker="",
        attribution_status="",
        language=defaults.language,
        original_language=defaults.original_language,
        about=defaults.about,
        kind=ClaimKind.QUANTITATIVE if cells.get("figure") else defaults.kind,
        event=defaults.event,
    )
    claim.said = defaults.said
    written = Written(claim)
    words = Words.given(sheet, cells)
    if not cells.get("text"):
        claim.text = text_from(words.quote)
    if not claim.text and not cells.get("text"):
        raise Refused.at("quote", "Give the words of the document, or a text of ours.")
    write_claim(sheet, claim, cells if cells.get("text") else without(cells, "text"))
    citation = Citation(
        claim=claim,
        document=sheet.document,
        role=CitationRole.ATTRIBUTION,
        first_hand=False,
        position=1,
    )
    write_citation(sheet, citation, cells, words, written)
    write_parts(sheet, citation, {"topics": defaults.topics, **cells}, written)
    return written


def without(cells: Cells, name: str) -> Cells:
    """The cells but one."""
    return {key: value for key, value in cells.items() if key != name}


def write_changed(sheet: Sheet, claim: Claim, cells: Cells) -> Written:
    """Change a claim that is locked. Raises Refused, NotAllowed."""
    written = Written(claim)
    write_claim(sheet, claim, cells)
    rows = claim.citations.filter(document=sheet.document, role=CitationRole.ATTRIBUTION)
    citation = rows.first() or Citation(
        claim=claim,
        document=sheet.document,
        role=CitationRole.ATTRIBUTION,
        first_hand=False,
        position=next_position(claim.citations),
    )
    write_citation(sheet, citation, cells, Words.given(sheet, cells), written)
    write_parts(sheet, citation, cells, written)
    return written


def write_parts(sheet: Sheet, citation: Citation, cells: Cells, written: Written) -> None:
    """The rows beside the claim and its citation, as far as the cells speak of them."""
    if "figure" in cells and (warning := write_figure(sheet, written.claim, cells["figure"])):
        written.warn("figure", warning)
    if "topics" in cells:
        write_topics(sheet, written.claim, cells["topics"])
    if "origin" in cells or "manner" in cells:
        write_origin(sheet, citation, cells)


# The claim


def write_claim(sheet: Sheet, claim: Claim, cells: Cells) -> None:
    """The claim's own columns, with what each says of the others."""
    before = {name: getattr(claim, name) for name in column_names(claim)}
    for name in COLUMNS:
        if name in cells:
            setattr(claim, name, cells[name])
    if "harm_check" in cells:
        claim.harm_check = cells["harm_check"]
    if "said" in cells:
        claim.said = with_clock(cells["said"], claim.said)
    settle_speaker(claim, cells, sheet.document)
    settle_verification(claim)
    settle_original_words(claim, sheet.document)
    if claim._state.adding or any(getattr(claim, name) != old for name, old in before.items()):
        enter(claim, by=sheet.by, cells=CLAIM_CELLS)


def column_names(claim: Claim) -> list[str]:
    """The claim's columns."""
    return [one.attname for one in claim._meta.concrete_fields]


def with_clock(said: DateBounds, before: DateBounds) -> DateBounds:
    """The date, with part of day and time zone as they were: a row has no cells for them."""
    return DateBounds(
        said.not_before, said.not_after, said.as_printed, before.part_of_day, before.time_zone
    )


# The citation


@dataclass(frozen=True)
class Words:
    """The words that a row quotes: where they stand, or why they are not found."""

    is_given: bool
    quote: str = ""
    places: Places = field(default_factory=list)
    why_not: str = ""

    @classmethod
    def given(cls, sheet: Sheet, cells: Cells) -> "Words":
        """A selection goes before words: it is exact. Raises Refused for what cannot be one."""
        if ranges := cells.get("ranges"):
            try:
                places = places_of_ranges(sheet, ranges)
            except InvalidInput as error:
                raise refused_input("ranges", error) from error
            return cls(True, words_at(sheet, places), places)
        quote = cells.get("quote", "")
        if not quote.strip():
            return cls("quote" in cells)
        try:
            places = places_of_words(sheet, quote, occurrence=cells.get("occurrence"))
        except InvalidInput as error:
            return cls(True, quote, [], refused_input("quote", error).problems[0].message)
        return cls(True, words_at(sheet, places), places)


def write_citation(
    sheet: Sheet, citation: Citation, cells: Cells, words: Words, written: Written
) -> None:
    """Where the words stand, and how the document gives them."""
    before = {one.attname: getattr(citation, one.attname) for one in Citation._meta.fields}
    if words.is_given:
        point_at(sheet, citation, words)
        if words.why_not:
            written.warn("quote", words.why_not)
    for name in ("cue", "form", "named_speaker"):
        if name in cells:
            setattr(citation, name, cells[name])
    if words.quote:
        propose_for(sheet, citation, cells, words)
    if citation._state.adding or any(getattr(citation, n) != old for n, old in before.items()):
        enter(citation, by=sheet.by, cells=CITATION_CELLS)


def point_at(sheet: Sheet, citation: Citation, words: Words) -> None:
    """Anchor the citation at the words, unless it is there; or keep the words for later."""
    citation.unfound_quote = words.quote if words.why_not else ""
    if not words.places or sheet.capture is None:
        citation.passage = None
        return
    passage = citation.passage
    if passage is not None and passage.capture_id == sheet.capture.pk:
        ranges = [(one.start, one.end) for one in passage.ranges.all()]
        if ranges == words.places:
            return
    check_may(sheet.by, "add", Passage)
    try:
        citation.passage = anchor_ranges(sheet.capture, words.places, by=sheet.by)
    except InvalidInput as error:
        raise refused_input("quote", error) from error


def propose_for(sheet: Sheet, citation: Citation, cells: Cells, words: Words) -> None:
    """Form and cue from the words, where nobody has said them."""
    proposed = (
        proposed_at(sheet, words.places)
        if words.places
        else {"form": form_of(words.quote).value, "cue": ""}
    )
    if proposed["form"] == CitationForm.INDIRECT and citation.claim.speaker == Speaker.OWN_VOICE:
        proposed["form"] = CitationForm.OWN_VOICE.value
    for name, value in proposed.items():
        if name not in cells and not getattr(citation, name):
            setattr(citation, name, value)


# Topics


def write_topics(sheet: Sheet, claim: Claim, topics: list[Any]) -> None:
    """Just these topics."""
    wanted = {topic.pk for topic in topics}
    standing = {row.topic_id: row for row in claim.claim_topics.all()}
    for key in standing.keys() - wanted:
        remove(standing[key], by=sheet.by)
    for topic in topics:
        if topic.pk not in standing:
            enter(ClaimTopic(claim=claim, topic=topic), by=sheet.by, cells={"topic": "topics"})
