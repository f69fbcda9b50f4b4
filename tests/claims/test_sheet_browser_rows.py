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
