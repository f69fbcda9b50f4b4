"""The words at the top of a claim's screen: what is claimed, and what was quoted for it."""

from typing import Any

import pytest
from django.urls import reverse

from claims import workflow
from claims.models import Citation, Claim
from claims.presentation.in_paragraph import QUOTED, Run, in_paragraphs
from factcheck.common.roles import Role
from tests.admin_pages import address, signed_in
from tests.factories import (
    make_capture,
    make_claim,
    make_passage,
    make_ready_claim,
    make_user,
    somebody,
)

TEXT = "First.\nOf twelve boats, 🚢 two were counted. Three left.\n\nLast of all."


def run_of(words: str, *, around: int = 500, text: str = TEXT) -> Run:
    start = text.index(words)
    end, at = start + len(words), max(start - around, 0)
    return Run(start, end, at, text[at : end + around], goes_on=len(text) > end + around)


def told(*runs: Run) -> list[str]:
    """The paragraphs, with the quoted words in brackets."""
    return [
        "".join(f"[{one.text}]" if one.how == QUOTED else one.text for one in pieces)
        for pieces in in_paragraphs(runs)
    ]


# Where words stand in their paragraph


def test_words_are_marked_in_their_paragraph():
    assert told(run_of("two")) == ["Of twelve boats, 🚢 [two] were counted. Three left."]
    assert told(run_of("First.")) == ["[First.]"]
    assert told(run_of("of all")) == ["Last [of all]."]


@pytest.mark.parametrize("around", [500, 20])
def test_words_of_one_paragraph_stand_in_it_together(around: int):
    runs = [run_of(words, around=around) for words in ("Three", "boats", "two")]

    assert told(*runs) == ["Of twelve [boats], 🚢 [two] were counted. [Three] left."]


def test_words_too_far_apart_stand_by_themselves():
    runs = [run_of(words, around=5) for words in ("boats", "two", "Three")]

    assert told(*runs) == ["…elve [boats], 🚢 [two] were…", "…ted. [Three] left…"]


def test_words_of_two_paragraphs_stand_in_both():
    assert told(run_of("Last"), run_of("First")) == ["[First].", "[Last] of all."]


def test_words_across_a_line_break_keep_both_their_lines():
    assert told(run_of("left.\n\nLast")) == [
        "Of twelve boats, 🚢 two were counted. Three [left.\n\nLast] of all."
    ]


def test_a_long_paragraph_is_cut_and_says_so():
    assert told(run_of("two", around=4)) == ["…, 🚢 [two] wer…"]
    assert told(run_of("all", around=3)) == ["…of [all]."]


# On the screen


def screen(claim: Claim, by: Any = None) -> Any:
    response = signed_in(by or make_user(Role.CHECKER)).get(address(claim))
    assert response.status_code == 200
    return response


@pytest.mark.django_db
def test_a_reviewer_reads_line_quote_and_paragraph_above_the_steps():
    capture = make_capture(text=f"SYNTHETIC. Nothing.\n{'Much else. ' * 400}\n{TEXT}")
    claim = make_ready_claim(passage=make_passage(capture, "two were counted"))
    workflow.submit(claim, by=make_user(Role.REPORTER))

    page = screen(claim)

    text = page.content.decode()
    line = page.context["panel"]["words"]["line"]
    assert line.startswith(str(claim.claimant))
    assert claim.text in line
    marked = "<p>Of twelve boats, 🚢 <mark>two were counted</mark>. Three left.</p>"
    sheet = f'<a href="{reverse("desk:sheet", args=[capture.document_id])}">'
    assert marked in text
    assert sheet in text
    assert text.index(marked) < text.index('id="readiness"') < text.index('id="steps"')
    assert "Much else." not in text


@pytest.mark.django_db
def test_a_draft_says_what_there_is_of_it():
    claim = make_claim(speaker="", claimant=None, attribution_status="")

    text = screen(claim).content.decode()

    assert f'<p class="claim-line" dir="auto">{claim.text}</p>' in text
    assert "Nobody has entered the words of a document for it yet." in text


@pytest.mark.django_db
def test_the_third_quote_stands_behind_a_disclosure():
    claim = make_ready_claim()
    for position in (3, 4):
        passage = make_passage()
        Citation.objects.create(
            claim=claim,
            position=position,
            document=passage.capture.document,
            passage=passage,
            first_hand=False,
            created_by=somebody(),
        )

    words = screen(claim).context["panel"]["words"]

    assert (len(words["quotes"]), len(words["more"])) == (2, 1)
