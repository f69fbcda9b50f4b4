"""The proposers that are plugged in, and the check of all that they return."""

import datetime
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

from django.utils.module_loading import import_string

from claims.choices import CitationForm, ClaimKind, Qualifier, Speaker
from claims.proposing.proposal import Key, KnownName, Proposal, ProposedFigure, Proposer
from factcheck.common.dates import DateBounds
from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import EARLIEST, LATEST
from factcheck.common.text import MAX_LINE, MAX_NAME, clean_line

logger = logging.getLogger(__name__)

LONGEST_TEXT = 200_000
MOST_PROPOSALS = 3_000
MOST_RANGES = 20
LONGEST_CUE = 100

_NUMBERS_OF = {
    Qualifier.AT_LEAST: {"low"},
    Qualifier.MORE_THAN: {"low"},
    Qualifier.UP_TO: {"high"},
    Qualifier.FEWER_THAN: {"high"},
    Qualifier.BETWEEN: {"low", "high"},
    Qualifier.VAGUE: set(),
}


@dataclass
class Proposed:
    """What came of asking all proposers."""

    proposals: list[Proposal] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """A sentence for each thing that went wrong, for who asked."""


def ask_proposers(
    paths: Sequence[str],
    text: str,
    *,
    language: str,
    published_on: datetime.date | None,
    title: str,
    known_names: Sequence[KnownName],
) -> Proposed:
    """What the proposers at these dotted paths find, each once and in the order of the text.
    Whatever a proposer does wrong becomes a problem that is told, and takes nothing else with it.
    """
    answer = Proposed()
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT]
        answer.problems.append(
            f"The text is long: its first {LONGEST_TEXT:,} characters were read."
        )
    keys = {one.key for one in known_names}
    found: dict[object, Proposal] = {}
    for path in paths:
        try:
            returned = list(
                made(path).propose(
                    text,
                    language=language,
                    published_on=published_on,
                    title=title,
                    known_names=known_names,
                )
            )
        except Exception:
            # Somebody else's code: whatever it raises, the sheet and the other proposers go on.
            logger.exception("The proposer %s failed.", path)
            answer.problems.append(f"The proposer {path} failed; the log says how.")
            continue
        good = [one for one in returned[:MOST_PROPOSALS] if is_sound(one, text, keys)]
        if bad := len(returned) - len(good):
            answer.problems.append(f"{bad} proposals of {path} make no sense and were left out.")
        for one in good:
            found.setdefault((one.ranges, one.speaker, one.named_speaker, one.figure), one)
    answer.proposals = sorted(found.values(), key=lambda one: one.ranges[-1])
    return answer


def made(path: str) -> Proposer:
    """The proposer at this dotted path: a class without arguments, or an object."""
    named = import_string(path)
    proposer: Proposer = named() if isinstance(named, type) else named
    return proposer


def is_sound(one: object, text: str, keys: Iterable[Key]) -> bool:
    """Whether a proposal could be a row: places in the text, codes, lines, numbers, days."""
    try:
        return (
            isinstance(one, Proposal)
            and _are_places(one.ranges, text)
            and one.speaker in Speaker.values
            and one.form in CitationForm.values
            and one.kind in ClaimKind.values
            and _is_line(one.cue, LONGEST_CUE)
            and _is_line(one.named_speaker, MAX_LINE)
            and (one.actor is None or one.actor in set(keys))
            and (one.figure is None or _is_figure(one.figure))
            and _are_days(one.said)
        )
    except (TypeError, AttributeError, ValueError):
        return False


def _are_places(ranges: object, text: str) -> bool:
    if not isinstance(ranges, tuple) or not 0 < len(ranges) <= MOST_RANGES:
        return False
    at = 0
    for start, end in ranges:
        are_numbers = type(start) is int and type(end) is int
        if not are_numbers or not at <= start < end <= len(text):
            return False
        if not text[start:end].strip():
            return False
        at = end
    return True


def _is_line(words: object, longest: int) -> bool:
    try:
        clean_line(words, max_length=longest)
    except InvalidInput:
        return False
    return True


def _is_figure(figure: ProposedFigure) -> bool:
    given = {name for name in ("low", "best", "high") if getattr(figure, name) is not None}
    wanted = _NUMBERS_OF.get(Qualifier(figure.qualifier), {"best"})
    in_order = figure.low is None or figure.high is None or figure.low <= figure.high
    lines = (figure.as_printed, figure.counts)
    return (
        bool(figure.as_printed.strip())
        and given == wanted
        and in_order
        and all(_is_line(words, MAX_NAME) for words in lines)
    )


def _are_days(said: DateBounds) -> bool:
    days = [day for day in (said.not_before, said.not_after) if day is not None]
    return (
        all(isinstance(day, datetime.date) and EARLIEST <= day <= LATEST for day in days)
        and days == sorted(days)
        and all(isinstance(getattr(said, one.name), str) for one in fields(said)[2:])
        and _is_line(said.as_printed, MAX_NAME)
    )
