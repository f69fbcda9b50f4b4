"""What a row proposes, asks and answers, in a real browser."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims import workflow
from claims.models import Claim
from factcheck.common.roles import Role
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
from tests.factories import make_actor, make_capture, make_passage, make_ready_claim, make_user
from tests.in_browser import browser, open_desk

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
    expect(waiting).to_have_text("to confirm")
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
    expect(row(page, 2)).to_contain_text("Not taken: it has proposals that nobody has confirmed.")
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
    # Nobody has looked at the figure yet.
    page.keyboard.press("Control+S")
    settled(page)
    assert not Claim.objects.get().figures.exists()
    cell(page, 1, "figure.as_printed").focus()
    page.keyboard.press("Tab")

    # Typed words propose the same, and what was typed by hand stays.
    page.keyboard.press("Control+Enter")
    cell(page, 2, "cue").fill("told us")
    cell(page, 2, "quote").focus()
    page.keyboard.type(MAYOR)
    page.keyboard.press("Tab")
    expect(cell(page, 2, "figure.as_printed")).to_have_value("more than 12 boats")
    expect(cell(page, 2, "cue")).to_have_value("told us")
    cell(page, 2, "figure.as_printed").focus()
    page.keyboard.press("Control+S")
    settled(page)

    first, second = Claim.objects.order_by("pk")
    assert [str(one.figures.get().as_printed) for one in (first, second)] == [
        "Twelve boats",
        "more than 12 boats",
    ]
    assert [one.citations.get().form for one in (first, second)] == ["direct", "indirect"]


def test_what_an_outlet_says_itself_is_proposed_as_its_own_voice(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    select_words(page, MAYOR)
    page.keyboard.press("Enter")
    expect(cell(page, 1, "text")).to_be_focused()
    cell(page, 1, "speaker").select_option("own-voice")
    select_words(page, "Nobody else has counted them.")
    page.keyboard.press("Enter")
    expect(cell(page, 2, "text")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+S")
    settled(page)

    assert [one.citations.get().form for one in Claim.objects.all()] == ["own-voice"] * 2


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


# Words that are looked for


def test_words_typed_to_be_found_make_a_claim_of_themselves_and_of_nothing_else(desk, live_server):
    capture = make_capture(text="SYNTHETIC. Boats came. Nobody counted.\nBoats came. It rained.")
    page = open_sheet(desk, live_server, capture.document)
    found = page.locator("#sheet-found")
    select_words(page, "Nobody counted.")
    page.keyboard.press("Shift+F8")
    page.keyboard.type("There was snow.")
    page.keyboard.press("Control+Enter")
    expect(found).not_to_be_empty()
    assert page.locator(".sheet-row").count() == 0

    page.keyboard.press("Control+A")
    page.keyboard.type("Boats came.")
    page.keyboard.press("Control+Enter")
    expect(found).to_contain_text("Place 1 of 2")
    assert page.locator(".sheet-row").count() == 0
    page.keyboard.press("Control+A")
    page.keyboard.type("It rained.")
    page.keyboard.press("Control+Enter")
    expect(cell(page, 1, "quote")).to_have_value("It rained.")


def test_enter_in_the_text_without_a_selection_says_what_to_do(desk, live_server):
    page = open_sheet(desk, live_server, make_capture(text=TEXT).document)
    page.locator("#sheet-text").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sheet-found")).to_contain_text("Select words in the text first")
    assert page.locator(".sheet-row").count() == 0


# What is refused, and what is like it


def test_a_pasted_word_that_is_on_no_list_stays_at_its_cell_with_the_reason(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    page.click("#sheet-paste-open")
    page.fill("#sheet-pasted", f"Quote\tAbout\tForm\n{MAYOR}\twhereabouts\tsung\n")
    page.get_by_role("button", name="Add 1 row").click()

    for field, word in (("about", "whereabouts"), ("form", "sung")):
        place = row(page, 1).locator(f"[data-field='{field}']")
        expect(place.locator(".sheet-error")).to_contain_text("Choose one of")
        expect(place.locator(".sheet-error")).to_be_visible()
        expect(cell(page, 1, field)).to_have_value(word)
        expect(place.locator("option:checked")).to_have_text(f"“{word}”: not on the list")
    cell(page, 1, "about").select_option("toll")
    cell(page, 1, "form").select_option("direct")
    page.keyboard.press("Control+S")
    settled(page)
    assert Claim.objects.get().about == "toll"


def test_existing_claims_that_say_nearly_the_same_are_shown_while_a_row_is_typed(desk, live_server):
    make_ready_claim(text="Twelve boats were counted in the harbour of Exampleton on Monday.")
    page = open_sheet(desk, live_server, make_capture(text=TEXT).document)
    page.click("#sheet-new")
    cell(page, 1, "text").focus()
    page.keyboard.type("Thirteen boats were counted in the harbour of Exampleton on Monday.")
    alike = row(page, 1).get_by_role("region", name="Similar claims")
    expect(alike).to_contain_text("1 existing claim says nearly the same:")
    expect(alike.get_by_role("link")).to_have_text(
        "Twelve boats were counted in the harbour of Exampleton on Monday."
    )
    page.keyboard.press("Control+A")
    page.keyboard.type("Quite another statement altogether.")
    expect(alike).to_be_hidden()


# What is lost on the way, and what is taken away


def test_an_orphan_of_a_row_that_somebody_else_changed_shows_the_conflict(desk, live_server):
    old = make_capture(text=TEXT)
    claim = make_ready_claim(passage=make_passage(old, OFFICE))
    make_capture(old.document, text=TEXT.replace("“Twelve boats,”", "“At least twelve boats,”"))
    page = open_sheet(desk, live_server, old.document)
    theirs = Claim.objects.get(pk=claim.pk)
    theirs.text = "Theirs."
    theirs.save()

    select_words(page, "“At least twelve boats,” the harbour office wrote.")
    page.get_by_role("button", name="Anchor at the selection: claim 1").click()
    orphan = page.locator("#sheet-orphans li")
    expect(orphan).to_contain_text("Settle it in the row, then anchor the quote again.")
    conflict = row(page, 1).get_by_role("group", name="Changed by somebody else")
    expect(conflict).to_contain_text("Theirs.")
    conflict.get_by_role("button", name="Go on with these").click()
    page.get_by_role("button", name="Anchor at the selection: claim 1").click()
    expect(page.locator("#sheet-orphans")).to_be_hidden()
    assert Claim.objects.get(pk=claim.pk).text == "Theirs."


def test_a_row_in_review_says_what_a_change_in_it_undoes(desk, live_server):
    capture = make_capture(text=TEXT)
    claim = make_ready_claim(passage=make_passage(capture, MAYOR))
    workflow.submit(claim, by=make_user(Role.REPORTER))
    page = open_sheet(desk, live_server, capture.document)
    told = row(page, 1).get_by_text("Saving this change takes the claim back to draft")
    cue = cell(page, 1, "cue")
    before = cue.input_value()
    expect(told).to_have_count(0)

    cue.fill("typed by mistake")
    expect(told).to_be_visible()
    cue.fill(before)
    expect(told).to_have_count(0)
    cell(page, 1, "quote").focus()

    claim.refresh_from_db()
    assert claim.stage == "in_review"


def test_a_draft_that_was_never_submitted_is_deleted_from_its_row(desk, live_server):
    page = open_sheet(desk, live_server, make_capture(text=TEXT).document)
    page.click("#sheet-new")
    cell(page, 1, "quote").fill(MAYOR)
    page.keyboard.press("Control+S")
    settled(page)
    with page.context.expect_page() as opened:
        row(page, 1).get_by_role("link", name="Delete this draft").click()
    other = opened.value
    other.locator("#content form input[type=submit]").click()
    other.wait_for_url("**/claim/")
    assert Claim.objects.count() == 0
    page.bring_to_front()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".sheet-row")).to_have_count(0)


def test_facts_and_a_note_that_were_not_sent_are_there_after_a_reload(browser, live_server):
    capture = make_capture(text=TEXT)
    claim = make_ready_claim(passage=make_passage(capture, MAYOR))
    workflow.submit(claim, by=make_user(Role.REPORTER))
    page = open_desk(browser, live_server, make_user(Role.CHECKER, "checker"))
    open_sheet(page, live_server, capture.document)
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#sheet-facts summary").click()
    page.get_by_role("textbox", name="Published", exact=True).fill("until 2020-03-03")
    row(page, 1).locator("input[type=checkbox]").first.check()
    page.get_by_role("button", name="Return…").click()
    page.fill("#sheet-note", "Which day was it?")

    page.reload()
    page.wait_for_selector("#sheet-page[data-ready]")
    published = page.get_by_role("textbox", name="Published", exact=True)
    expect(published).to_have_value("until 2020-03-03")
    expect(page.locator("#sheet-note")).to_have_value("Which day was it?")
    page.get_by_role("button", name="Save these facts").click()
    expect(page.locator("#sheet-facts summary")).to_contain_text("published until 2020-03-03")
    row(page, 1).locator("input[type=checkbox]").first.check()
    page.get_by_role("button", name="Return with this note").click()
    expect(page.locator("#sheet-steps")).to_contain_text("1 claim returned.")

    kept = "Object.keys(localStorage).filter((name) => name.startsWith('factcheck-sheet'))"
    assert page.evaluate(kept) == []
    page.context.close()


def test_what_was_typed_is_let_go_of_when_somebody_signs_out_or_somebody_else_in(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    page.on("dialog", lambda dialog: dialog.accept())
    page.route("**/rows/", lambda route: route.abort())
    page.click("#sheet-new")
    cell(page, 1, "quote").fill(MAYOR)
    kept = "Object.keys(localStorage).filter((name) => name.startsWith('factcheck-sheet'))"
    assert len(page.evaluate(kept)) == 1
    own = page.evaluate(kept)[0]
    page.evaluate("localStorage.setItem('factcheck-sheet:document-x:999999:new-1', '{}')")

    page.goto(f"{live_server.url}/admin/")
    assert page.evaluate(kept) == [own]
    page.locator("#logout-form button").click()
    page.wait_for_url("**/logout/")
    assert page.evaluate(kept) == []


def test_a_read_only_day_is_said_in_the_row_and_nothing_typed_is_lost(desk, live_server):
    page = open_sheet(desk, live_server, make_capture(text=TEXT).document)
    sentence = "The desk is read-only now, so nothing can be saved."
    page.route(
        "**/rows/",
        lambda route: route.fulfill(
            status=503, content_type="application/json", body=json.dumps({"error": "Synthetic."})
        ),
    )
    page.click("#sheet-new")
    cell(page, 1, "quote").fill(MAYOR)
    page.keyboard.press("Control+S")
    expect(row(page, 1)).to_contain_text(sentence)
    expect(page.locator("#sheet-state")).to_have_text("1 row not saved")
    page.unroute("**/rows/")
    page.keyboard.press("Control+S")
    settled(page)
    assert Claim.objects.count() == 1


def test_a_row_that_was_saved_meanwhile_is_not_shown_as_like_itself(desk, live_server):
    page = open_sheet(desk, live_server, make_capture(text=TEXT).document)
    page.click("#sheet-new")
    cell(page, 1, "quote").focus()
    page.keyboard.insert_text(MAYOR)
    with page.expect_response("**/similar/*") as asked:
        page.keyboard.press("Control+S")
        settled(page)
    own = Claim.objects.get().public_id
    assert [claim["id"] for claim in asked.value.json()["similar"] if claim["id"] != own] == []
    expect(row(page, 1).locator(".sheet-alike")).to_be_hidden()
