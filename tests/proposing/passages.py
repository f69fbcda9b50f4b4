"""The passages and what should be found in them: the gold, read from its files."""

import datetime
import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from claims.proposing.proposal import KnownName, Range
from sources.services import Quote, find_quote
from tests.seed.article import CLAIMS, ROWS, TEXT, furniture_ranges

GOLD = Path(__file__).parent / "gold"
PARTS = ("", "held-out/", "later/")
MARK = re.compile(r"⟦([\w-]+)\||⟧")


@dataclass(frozen=True)
class Wanted:
    """A claim that should be found."""

    ranges: tuple[Range, ...]
    named: str = ""
    actor: str | None = None
    form: str = ""
    cue: str = ""
    figure: tuple[Any, ...] | None = None
    """As printed, qualifier, low, best, high."""
    said: str = ""


@dataclass(frozen=True)
class Passage:
    """A text with all that should be found in it."""

    name: str
    language: str
    text: str
    wanted: list[Wanted]
    known: list[KnownName]
    published_on: datetime.date
    furniture: list[Range] = field(default_factory=list)
    part: str = ""
    """Empty for what the rules were tuned on; “held-out”; “later”, written after the rules."""


def passages() -> list[Passage]:
    """The invented ones, then the first article."""
    files = [file for part in PARTS for file in sorted(GOLD.glob(f"{part}*.toml"))]
    return [*(read_passage(path) for path in files), first_article()]


def read_passage(path: Path) -> Passage:
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    text, places = unmarked(given["text"])
    return Passage(
        name=path.stem,
        language=given["language"],
        text=text,
        wanted=[wanted_of(claim, places) for claim in given["claims"]],
        known=[
            KnownName(key, name, is_person=is_persons_name(key))
            for key, others in given["known"].items()
            for name in [key, *others]
        ],
        published_on=datetime.date.fromisoformat(given["published"]),
        furniture=places.get("-", []),
        part=path.parent.name if path.parent != GOLD else "",
    )


def is_persons_name(name: str) -> bool:
    """In the invented passages a person has a first and a last name, and no body has just two."""
    bodies = ("Model Front", "Placebo Motors", "Sample Woods", "IG Beispiel")
    bodies += ("Sampleford Council", "Vzirtsiv Council")
    return len(name.split()) == 2 and name not in bodies


def unmarked(marked: str) -> tuple[str, dict[str, list[Range]]]:
    """The text without ⟦name|…⟧, and where each name stood. Marks may stand within marks."""
    text, places, opened, at = "", {}, [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            opened.append((mark[1], len(text)))
        else:
            name, start = opened.pop()
            places.setdefault(name, []).append((start, len(text)))
    assert not opened
    return text + marked[at:], places


def wanted_of(claim: dict[str, Any], places: dict[str, list[Range]]) -> Wanted:
    names = claim["at"] if isinstance(claim["at"], list) else [claim["at"]]
    return Wanted(
        ranges=tuple(place for name in names for place in places[name]),
        named=claim.get("named", ""),
        actor=claim.get("actor") or None,
        form=claim["form"],
        cue=claim.get("cue", ""),
        figure=figure_of(claim["figure"]) if "figure" in claim else None,
        said=claim.get("said", ""),
    )


def figure_of(given: str) -> tuple[Any, ...]:
    printed, qualifier, *numbers = given.split("|")
    values = [Decimal(number) for number in numbers]
    low = best = high = None
    if qualifier == "between":
        low, high = values
    elif qualifier in ("at-least", "more-than"):
        [low] = values
    elif qualifier in ("up-to", "fewer-than"):
        [high] = values
    elif values:
        [best] = values
    return printed, qualifier, low, best, high


def first_article() -> Passage:
    """The seed: its claims are the gold, as they were entered by people before any of this."""
    actors = {row["key"]: row for row in ROWS if row["kind"] == "actor"}
    wanted = []
    for claim in CLAIMS.values():
        citation = claim["citations"][0]
        ranges = tuple(find_quote(TEXT, Quote(quote)) for quote in citation["quotes"])
        figures = [
            (
                figure["as_printed"],
                figure.get("qualifier", "bare"),
                *(
                    Decimal(str(figure[name])) if figure.get(name) is not None else None
                    for name in ("low", "best", "high")
                ),
            )
            for figure in claim.get("figures", [])
        ]
        for figure in figures or [None]:
            wanted.append(
                Wanted(
                    ranges=ranges,
                    named=citation.get("named_speaker") or "",
                    actor=claim.get("claimant"),
                    form=citation.get("form", ""),
                    cue=citation.get("cue") or "",
                    figure=figure,
                )
            )
    return Passage(
        name="the first article",
        language="en",
        text=TEXT,
        wanted=wanted,
        known=[
            KnownName(key, name, is_person=row["actor_kind"] == "person")
            for key, row in actors.items()
            for name in [row["name"], *(one["name"] for one in row.get("names", []))]
        ],
        published_on=datetime.date(2024, 1, 5),
        furniture=furniture_ranges(),
    )
