"""Which status a fact-checker's label suggests: one table, which editors see, and nothing guessed.

A label is met as it stands, but for case and marks; one that goes on into a second sentence by its
first. The row of a site comes before one for every site. A label in a language that the review does
not give is looked up in all languages, and taken where they agree.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims.choices import VerificationStatus
from claims.reviews.review import words_of

TABLE = Path(__file__).parent / "labels.csv"

_FIRST_SENTENCE = re.compile(r"(.+?)[.!…。](?:\s|$)", re.DOTALL)


@dataclass(frozen=True)
class Label:
    """One row: a label in a language, on one site or (empty) on every one, and what it suggests."""

    site: str
    language: str
    label: str
    status: str


@cache
def table() -> tuple[Label, ...]:
    """All rows, in the order of the file. Raises ValueError for a status that we do not have."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = tuple(Label(**row) for row in csv.DictReader(file))
    for row in rows:
        VerificationStatus(row.status)
    return rows


def suggested_status(label: str, *, site: str, language: str) -> str:
    """The status that the table suggests for the label; empty where it has no row for it."""
    for words in spellings(label):
        for asked in (site, ""):
            rows = by_words().get((asked, words), ())
            found = {row.status for row in rows if language in ("und", row.language)}
            if len(found) == 1:
                return found.pop()
    return ""


def spellings(label: str) -> Iterable[str]:
    """The words of the label, and of its first sentence where it has several."""
    yield words_of(label)
    found = _FIRST_SENTENCE.match(label)
    if found and found[1] != label.rstrip(" .!…。"):
        yield words_of(found[1])


@cache
def by_words() -> dict[tuple[str, str], tuple[Label, ...]]:
    """The rows by site and words."""
    found: dict[tuple[str, str], tuple[Label, ...]] = {}
    for row in table():
        place = (row.site, words_of(row.label))
        found[place] = (*found.get(place, ()), row)
    return found
