"""Claims that are proposed from the text, looked at one by one in a real browser."""

import datetime

import pytest
from playwright.sync_api import Page, expect

from claims.models import Citation, Claim, RejectedProposal
from factcheck.common.dates import DateBounds
from tests.claims.test_sheet_browser import cell, desk, open_sheet, settled
from tests.factories import make_actor, make_capture
from tests.in_browser import browser, serious, watched

__all__ = ["browser", "desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MINISTRY = "The Synthetic Ministry said on Tuesday that more than 12 boats were counted."
OFFICE = "“Twelve boats are too many,” the harbour office wrote."
OWN = "The harbour was closed in April."
TEXT = f"SYNTHETIC 🛶\n\n{MINISTRY} {OFFICE}\n\nRead more: boats of the world\n\n{OWN}"


def proposal(page: Page, words: str):
    return page.locator(".sheet-proposed-list > li").filter(has_text=words)


def test_a_proposal_is_accepted_edited_or_rejected_and_nothing_is_there_before(desk, live_server):
    ministry = make_actor(name="Synthetic Ministry")
    capture = make_capture(text=TEXT)
    document = capture.document
    document.published = DateBounds.on(datetime.date(2031, 5, 14))
    document.save()
    complaints = watched(desk)
    page = open_sheet(desk, live_server, document)

    page.get_by_role("button", name="Propose claims").click()
    expect(page.locator(".sheet-proposed-list > li")).to_have_count(3)
    first = proposal(page, MINISTRY)
    expect(first).to_contain_text("Synthetic Ministry (“The Synthetic Ministry”)")
    expect(first).to_contain_text("“more than 12 boats”, More than, low 12")
    expect(first).to_contain_text("2031-05-13 (“Tuesday”)")
    expect(proposal(page, "Read more")).to_have_count(0)
    assert not Claim.objects.exists()
    assert serious(page) == []

    # Accepted by a key: a row with all that was shown, saved as any row is.
    first.focus()
    expect(page.locator("#sheet-text mark.is-chosen").first).to_have_text(MINISTRY)
    page.keyboard.press("a")
    settled(page)
    expect(page.locator(".sheet-row")).to_have_count(1)
    claim = Claim.objects.get()
    assert (claim.text, claim.claimant, claim.speaker) == (MINISTRY, ministry, "actor")
    assert (claim.kind, claim.stage, claim.event, claim.harm_check) == (
        "quantitative",
        "draft",
        None,
        [],
    )
    assert claim.said == DateBounds.on(datetime.date(2031, 5, 13), as_printed="Tuesday")
    [figure] = claim.figures.all()
    assert (figure.as_printed, figure.qualifier, figure.low) == (
        "more than 12 boats",
        "more-than",
        12,
    )
    citation = Citation.objects.get()
    assert (citation.cue, citation.form, citation.named_speaker) == (
        "said",
        "indirect",
        "The Synthetic Ministry",
    )
    start = TEXT.index(MINISTRY)
    [run] = citation.passage.ranges.all()
    assert (run.start, run.end) == (start, start + len(MINISTRY))

    # Edited: the claimant is open, and nothing is saved before the row is left.
    proposal(page, OFFICE).get_by_role("button", name="Edit").click()
    expect(cell(page, 2, "text")).to_be_focused()
    expect(cell(page, 2, "cue")).to_have_value("wrote")
    assert Claim.objects.count() == 1
    page.keyboard.type("Twelve boats are too many.")
    page.keyboard.press("Control+S")
    settled(page)
    assert Claim.objects.latest("pk").text == "Twelve boats are too many."
    assert Claim.objects.latest("pk").claimant is None

    # Rejected: it stays away after a reload, and comes back if somebody wants it.
    proposal(page, OWN).get_by_role("button", name="Reject").click()
    expect(proposal(page, OWN)).to_have_count(0)
    page.reload()
    page.wait_for_selector("#sheet-page[data-ready]")
    page.get_by_role("button", name="Propose claims").click()
    expect(page.locator(".sheet-proposed-list")).to_be_visible()
    assert RejectedProposal.objects.count() == 1
    for words in (MINISTRY, OFFICE, OWN):
        expect(proposal(page, words)).to_have_count(0)
    page.locator("#sheet-proposals select").select_option("rejected")
    proposal(page, OWN).get_by_role("button", name="Bring back").click()
    page.locator("#sheet-proposals select").select_option("own")
    expect(proposal(page, OWN)).to_be_visible()
    assert not RejectedProposal.objects.exists()
    assert Claim.objects.count() == 2
    assert complaints == []
