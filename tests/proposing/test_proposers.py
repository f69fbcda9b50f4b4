"""Proposers that are plugged in: asked by their paths, and nothing of theirs is taken on trust."""

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from claims.choices import CitationForm, Qualifier, Speaker
from claims.proposing.proposal import KnownName, Proposal, ProposedFigure
from claims.proposing.proposers import LONGEST_TEXT, Proposed, ask_proposers
from factcheck.common.dates import DateBounds

TEXT = "Synthetic words about boats."
GOOD = Proposal(((0, 9),), Speaker.OWN_VOICE, CitationForm.OWN_VOICE)
FIGURE = ProposedFigure("12 boats", Qualifier.BARE, best=Decimal(12))
DAY = datetime.date(2031, 5, 14)


class Returning:
    """A proposer that returns what it is told to."""

    answer: Any = ()

    def propose(self, text: str, **given: Any) -> Any:
        return list(self.answer)


class Failing:
    def propose(self, text: str, **given: Any) -> Any:
        raise RuntimeError("synthetic")


class Later:
    def propose(self, text: str, **given: Any) -> Any:
        return [replace(GOOD, ranges=((10, 15),)), GOOD]


returning = Returning()
HERE = "tests.proposing.test_proposers"


def ask(*paths: str, text: str = TEXT) -> Proposed:
    return ask_proposers(
        [f"{HERE}.{path}" for path in paths],
        text,
        language="en",
        published_on=None,
        title="",
        known_names=[KnownName(7, "Somebody", is_person=True)],
    )


def test_what_all_of_them_propose_comes_once_and_in_the_order_of_the_text(monkeypatch):
    monkeypatch.setattr(returning, "answer", [GOOD], raising=False)

    answer = ask("Later", "returning")

    assert [one.ranges for one in answer.proposals] == [((0, 9),), ((10, 15),)]
    assert answer.problems == []


@pytest.mark.parametrize("path", ["Failing", "Missing", "TEXT"])
def test_one_that_fails_is_told_and_takes_nothing_with_it(path, caplog):
    answer = ask(path, "Later")

    assert len(answer.proposals) == 2
    assert answer.problems == [f"The proposer {HERE}.{path} failed; the log says how."]
    assert "failed" in caplog.text


NONSENSE = {
    "no proposal": "words",
    "no ranges": replace(GOOD, ranges=()),
    "ranges beyond the text": replace(GOOD, ranges=((0, len(TEXT) + 1),)),
    "ranges before it": replace(GOOD, ranges=((-3, 4),)),
    "a range that is empty": replace(GOOD, ranges=((4, 4),)),
    "ranges that overlap": replace(GOOD, ranges=((0, 9), (5, 12))),
    "a range of white space": replace(GOOD, ranges=((9, 10),)),
    "no numbers": replace(GOOD, ranges=(("0", "9"),)),  # type: ignore[arg-type]
    "truth for a number": replace(GOOD, ranges=((False, True),)),
    "a list": replace(GOOD, ranges=[(0, 9)]),  # type: ignore[arg-type]
    "an unknown speaker": replace(GOOD, speaker="nobody at all"),  # type: ignore[arg-type]
    "an unknown form": replace(GOOD, form="sung"),  # type: ignore[arg-type]
    "an unknown kind": replace(GOOD, kind=None),  # type: ignore[arg-type]
    "somebody who was not offered": replace(GOOD, actor=8),
    "a line break in the cue": replace(GOOD, cue="said\n"),
    "a cue without end": replace(GOOD, cue="said" * 100),
    "a name that is none": replace(GOOD, named_speaker=12),  # type: ignore[arg-type]
    "a number that does not fit": replace(GOOD, figure=replace(FIGURE, low=Decimal(1))),
    "no number": replace(GOOD, figure=replace(FIGURE, best=None)),
    "a figure without words": replace(GOOD, figure=replace(FIGURE, as_printed=" ")),
    "numbers in no order": replace(
        GOOD,
        figure=ProposedFigure("2 to 1", Qualifier.BETWEEN, low=Decimal(2), high=Decimal(1)),
    ),
    "days in no order": replace(GOOD, said=DateBounds(DAY, DAY.replace(day=1))),
    "a day that nobody can mean": replace(GOOD, said=DateBounds.on(DAY.replace(year=9999))),
    "no day": replace(GOOD, said=DateBounds("2031-05-14")),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_is_left_out_and_told(what, monkeypatch):
    monkeypatch.setattr(returning, "answer", [NONSENSE[what], GOOD], raising=False)

    answer = ask("returning")

    assert answer.proposals == [GOOD]
    assert answer.problems == [f"1 proposals of {HERE}.returning make no sense and were left out."]


def test_whatever_makes_sense_is_taken(monkeypatch):
    good = replace(GOOD, actor=7, figure=FIGURE, said=DateBounds.on(DAY), ranges=((0, 9), (10, 15)))
    monkeypatch.setattr(returning, "answer", [good], raising=False)

    assert ask("returning") == Proposed([good], [])


def test_of_a_long_text_the_beginning_is_read():
    answer = ask("Later", text=TEXT + "x" * LONGEST_TEXT)

    assert answer.problems == ["The text is long: its first 200,000 characters were read."]
