"""What a row proposes, asks and answers, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims.models import Claim
from tests.claims.test_sheet_browser import (
    MAYOR,
    OFFICE,
    TEXT,
    cell,
    desk,
    open_sheet,
    row,
    select_words,
    settled,
)
from tests.factories import make_actor, make_capture
from tests.in_browser import browser

__all__ = ["browser", "desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def entered_by(page: Page, words: str, claimant: Any, number: int) -> None:
    """Enter a claim from the text, and choose who says it."""
    select_words(page, words)
    page.keyboard.press("Enter")
    expect(cell(page, number, "text")).to_be_focused()
    cell(page, number, "claimant").focus()
    page.keyboard.type(claimant.name)
    expect(row(page, number).get_by_role("option", name=claimant.name).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


# Whose word it is


def test_a_claimant_of_the_row_above_is_no_ones_before_somebody_confirms_it(desk, live_server):
    capture = make_capture(text=TEXT)
    mayor = make_actor(name="Synthetic Mayor")
    page = open_sheet(desk, live_server, capture.document)
    entered_by(page, MAYOR, mayor, 1)

    select_words(page, OFFICE)
    page.keyboard.press("Enter")
    expect(cell(page, 2, "claimant")).to_have_value("Synthetic Mayor")
    waiting = row(page, 2).locator("[data-field='claimant'] .sheet-proposed")
    expect(waiting).to_have_text("proposed: confirm")
    page.keyboard.press("Control+S")
    settled(page)
    second = Claim.objects.order_by("pk")[1]
    assert (second.claimant, second.speaker, second.attribution_status) == (None, "", "")
    expect(cell(page, 2, "claimant")).to_have_value("Synthetic Mayor")
    expect(waiting).to_be_visible()

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(cell(page, 2, "claimant")).to_be_focused()
    expect(waiting).to_be_visible()
    page.keyboard.press("Tab")
    expect(waiting).to_be_hidden()
    page.keyboard.press("Control+S")
    settled(page)
    second.refresh_from_db()
    assert (second.claimant, second.speaker) == (mayor, "actor")


def test_a_claimant_that_nobody_confirmed_is_gone_after_a_reload_and_is_not_copied_as_sure(
    desk, live_server
):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    entered_by(page, MAYOR, make_actor(name="Synthetic Mayor"), 1)
    page.keyboard.press("Control+Shift+Enter")
    expect(cell(page, 2, "claimant")).to_have_value("Synthetic Mayor")
    expect(row(page, 2).locator("[data-field='claimant'] .sheet-proposed")).to_be_visible()
    page.keyboard.press("Control+S")
    settled(page)

    assert [one.claimant_id is None for one in Claim.objects.order_by("pk")] == [False, True]
    row(page, 2).locator("input[type=checkbox]").first.check()
    page.click("#sheet-steps > .sheet-actions [data-action=submit]")
    expect(row(page, 2)).to_contain_text("Not taken: confirm whose word it is first.")
    page.reload()
    page.wait_for_selector("#sheet-page[data-ready]")
    expect(cell(page, 2, "claimant")).to_have_value("")


def test_a_word_of_nobody_or_of_the_outlet_is_carried_as_a_proposal_too(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    select_words(page, MAYOR)
    page.keyboard.press("Enter")
    cell(page, 1, "speaker").select_option("nobody-named")
    select_words(page, OFFICE)
    page.keyboard.press("Enter")
    expect(cell(page, 2, "speaker")).to_have_value("nobody-named")
    page.keyboard.press("Control+S")
    settled(page)
    assert [one.speaker for one in Claim.objects.order_by("pk")] == ["nobody-named", ""]

    page.keyboard.press("Tab")
    expect(cell(page, 2, "speaker")).to_be_focused()
    page.keyboard.press("Control+S")
    expect(row(page, 2).locator("[data-field='speaker'] .sheet-proposed")).to_be_hidden()
    settled(page)
    assert [one.speaker for one in Claim.objects.order_by("pk")] == ["nobody-named"] * 2


# What the words propose


def test_a_figure_and_direct_speech_are_proposed_from_the_words(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    select_words(page, "Twelve boats,")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "figure.as_printed")).to_have_value("Twelve boats")
    expect(row(page, 1).locator(".sheet-told")).to_contain_text("Direct")

    # Typed words propose the same, and what was typed by hand stays.
    page.keyboard.press("Control+Enter")
    cell(page, 2, "cue").fill("told us")
    cell(page, 2, "quote").focus()
    page.keyboard.type(MAYOR)
    page.keyboard.press("Tab")
    expect(cell(page, 2, "figure.as_printed")).to_have_value("more than 12 boats")
    expect(cell(page, 2, "cue")).to_have_value("told us")
    page.keyboard.press("Control+S")
    settled(page)

    first, second = Claim.objects.order_by("pk")
    assert [str(one.figures.get().as_printed) for one in (first, second)] == [
        "Twelve boats",
        "more than 12 boats",
    ]
    assert [one.citations.get().form for one in (first, second)] == ["direct", "indirect"]


# What each claim is asked for itself


def test_the_harm_check_is_answered_by_one_key_and_never_carried(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    select_words(page, MAYOR)
    page.keyboard.press("Enter")
    expect(cell(page, 1, "text")).to_be_focused()
    cell(page, 1, "said").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("n")
    nothing = row(page, 1).get_by_role("checkbox", name="nothing found")
    expect(nothing).to_be_checked()
    page.keyboard.press("2")
    expect(nothing).not_to_be_checked()
    expect(row(page, 1).get_by_role("checkbox", name="a child")).to_be_checked()

    page.keyboard.press("Control+Shift+Enter")
    expect(cell(page, 2, "text")).to_be_focused()
    page.keyboard.press("Control+S")
    settled(page)
    cell(page, 2, "harm_check").focus()
    page.keyboard.press("Control+d")
    expect(page.locator("#sheet-live")).to_contain_text("it is never copied")
    page.keyboard.press("Control+S")
    settled(page)
    assert [one.harm_check for one in Claim.objects.order_by("pk")] == [["child"], []]


def test_what_is_missing_leads_to_its_cell_in_the_row(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    entered_by(page, MAYOR, make_actor(name="Synthetic Mayor"), 1)
    page.keyboard.press("Control+S")
    settled(page)
    missing = row(page, 1).locator(".sheet-unmet")
    missing.locator("summary").click()
    missing.get_by_role("button", name="Check what publishing could harm").click()
    expect(row(page, 1).get_by_role("checkbox", name="nothing found")).to_be_focused()
    page.keyboard.press("n")
    page.keyboard.press("Control+S")
    expect(missing.locator("summary")).to_have_text("1 thing missing")
    missing.locator("summary").click()
    missing.locator("summary").click()
    expect(cell(page, 1, "about")).to_be_focused()
