"""The cells of a posted row, read strictly: each at its name, all problems at once."""

from collections.abc import Callable
from typing import Any

from django.db.models import TextChoices

from claims.choices import (
    NOT_SAID,
    About,
    AttributionStatus,
    CitationForm,
    ClaimKind,
    HarmCheck,
    Qualifier,
    RelayManner,
    Speaker,
)
from claims.sheet.naming import referred_to
from claims.sheet.problems import Problem, Refused, refused_input
from factcheck.common.dates import DateBounds
from factcheck.common.errors import InvalidInput
from factcheck.common.languages import LANGUAGE_NAMES
from factcheck.common.numbers import parse_date, parse_decimal, parse_int
from factcheck.common.text import clean_line, clean_quote, clean_text
from sources.services import MAX_QUOTE_IN_PASSAGE, MAX_RANGES

Cells = dict[str, Any]
Reader = Callable[[str, Any], Any]

MAX_TOPICS = 20
# What a row is known by, and what the page may send back as it got it.
NOT_CELLS = frozenset(
    {"key", "id", "edit_number", "stage", "public_id", "stage_label", "public_state", "url"}
    | {"found", "locator", "unfound_quote", "citation", "figures_more", "verification_status"}
    | {"steps", "unmet", "returned", "editable", "why_not", "removable"}
)


def read_cells(posted: dict[str, Any]) -> Cells:
    """What was posted, cell by cell, as it is stored. Raises Refused."""
    cells: Cells = {}
    problems: list[Problem] = []
    for field, value in posted.items():
        if field in NOT_CELLS:
            continue
        if field not in READERS:
            problems.append(Problem(field[:60], "A row has no such cell."))
            continue
        try:
            cells[field] = READERS[field](field, value)
        except InvalidInput as error:
            problems += refused_input(field, error).problems
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return cells


# Readers, each for one sort of cell


def line(field: str, value: Any) -> str:
    """One line; empty for null."""
    return clean_line("" if value is None else value, name=field)


def text(field: str, value: Any) -> str:
    """Our own prose; empty for null."""
    return clean_text("" if value is None else value, name=field)


def words(field: str, value: Any) -> str:
    """Other people's words, as they were pasted: browsers make CRLF of every line break."""
    limit = MAX_QUOTE_IN_PASSAGE
    cleaned = clean_quote("" if value is None else value, name=field, max_length=limit)
    return cleaned.replace("\r\n", "\n")


def ranges(field: str, value: Any) -> list[tuple[int, int]]:
    """Ranges of code points; an empty list says nothing."""
    if not isinstance(value, list) or len(value) > MAX_RANGES:
        raise InvalidInput.at(field, f"Give a list of at most {MAX_RANGES} ranges.")
    return [one_range(field, item) for item in value]


def one_range(field: str, value: Any) -> tuple[int, int]:
    """The first code point, and the one after the last."""
    if not isinstance(value, list) or len(value) != 2:
        raise InvalidInput.at(field, "A range is a pair of whole numbers.")
    start, end = (parse_int(number, name=field, low=0) for number in value)
    return start, end


def occurrence(field: str, value: Any) -> int | None:
    """Which of several places, counted from 1."""
    return None if value is None else parse_int(value, name=field, low=1, high=10_000)


def code_of(choices: type[TextChoices], *, is_blank: bool) -> Reader:
    """One of these codes, or nothing where that is allowed."""

    def read(field: str, value: Any) -> str:
        if is_blank and value in (None, ""):
            return NOT_SAID
        if not isinstance(value, str) or value not in choices.values:
            raise InvalidInput.at(field, f"Choose one of {', '.join(choices.values)}.")
        return value

    return read


def language_of(*, is_blank: bool) -> Reader:
    """The code of a language that the project knows."""

    def read(field: str, value: Any) -> str:
        if is_blank and value in (None, ""):
            return ""
        if not isinstance(value, str) or value not in LANGUAGE_NAMES:
            raise InvalidInput.at(field, "Choose a language of the list.")
        return value

    return read


def reference(kind: str) -> Reader:
    """A row of that kind, or none."""
    return lambda field, value: referred_to(kind, value, field=field)


def topics(field: str, value: Any) -> list[Any]:
    """Several topics, each once."""
    if not isinstance(value, list) or len(value) > MAX_TOPICS or None in value:
        raise InvalidInput.at(field, f"Give a list of at most {MAX_TOPICS} topics.")
    found = [referred_to("topic", item, field=field) for item in value]
    return list(dict.fromkeys(found))


def said(field: str, value: Any) -> DateBounds:
    """When it was said: both bounds and the words, the whole of it anew."""
    value = {} if value is None else value
    if not isinstance(value, dict):
        raise InvalidInput.at(field, "Give the first and the last possible day.")
    days = [value.get(name) for name in ("not_before", "not_after")]
    first, last = (parse_date(day, name=field) if day not in (None, "") else None for day in days)
    return DateBounds(first, last, line(field, value.get("as_printed")))


def figure(field: str, value: Any) -> Cells | None:
    """A number as printed, with as much of our reading of it as was given."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise InvalidInput.at(field, "Give the number as printed.")
    given: Cells = {name: line(field, value.get(name)) for name in ("as_printed", "counts", "unit")}
    if not given["as_printed"]:
        raise InvalidInput.at(field, "Give the number in the source's words.")
    given["qualifier"] = code_of(Qualifier, is_blank=True)(field, value.get("qualifier"))
    for name in ("low", "best", "high"):
        number = value.get(name)
        given[name] = parse_decimal(number, name=field) if number not in (None, "") else None
    return given


def harm_check(field: str, value: Any) -> list[str]:
    """What publishing could harm, each once."""
    if not isinstance(value, list) or len(value) > len(HarmCheck):
        raise InvalidInput.at(field, "Give a list of findings.")
    read = code_of(HarmCheck, is_blank=False)
    return list(dict.fromkeys(read(field, item) for item in value))


READERS: dict[str, Reader] = {
    "text": text,
    "language": language_of(is_blank=False),
    "quote": words,
    "ranges": ranges,
    "occurrence": occurrence,
    "speaker": code_of(Speaker, is_blank=True),
    "claimant": reference("actor"),
    "voiced_by": reference("actor"),
    "outlet": reference("source"),
    "cue": line,
    "form": code_of(CitationForm, is_blank=True),
    "named_speaker": line,
    "about": code_of(About, is_blank=True),
    "kind": code_of(ClaimKind, is_blank=False),
    "event": reference("event"),
    "topics": topics,
    "figure": figure,
    "said": said,
    "original_words": words,
    "original_language": language_of(is_blank=True),
    "harm_check": harm_check,
    "origin": reference("document"),
    "manner": code_of(RelayManner, is_blank=True),
    "attribution_status": code_of(AttributionStatus, is_blank=True),
}
