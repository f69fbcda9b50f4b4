"""The article sheet among several people, in a real browser: conflicts, steps, pastes, orphans."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from claims.models import Citation, Claim
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision
from tests.claims.test_sheet_browser import (
    MAYOR,
    OFFICE,
    TEXT,
    cell,
    open_sheet,
    row,
    select_words,
    settled,
)
from tests.factories import (
    make_actor,
    make_capture,
    make_passage,
    make_ready_claim,
    make_user,
)
from tests.in_browser import browser, open_desk, serious, watched

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def desk_of(browser: Any, live_server: Any, role: Role, name: str) -> Page:
    page: Page = open_desk(browser, live_server, make_user(role, name))
    return page


def test_a_pasted_table_is_looked_at_first_and_a_bad_row_stays_with_its_reason(
    browser, live_server
):
    capture = make_capture(text=TEXT)
    mayor = make_actor(name="Synthetic Mayor")
    page = desk_of(browser, live_server, Role.REPORTER, "reporter")
    open_sheet(page, live_server, capture.document)

    two_lines = MAYOR.replace(" said", "\nsaid")
    page.click("#sheet-paste-open")
    page.fill(
        "#sheet-pasted",
        "Quote\tClaimant\tAbout\tDate\tMood\n"
        f'"{two_lines}"\tsynthetic mayor\tToll or size\t2020-03-02\tx\n'
        f"{OFFICE}\tNobody We Know\teffect\tuntil 2020-03-02\ty\n"
        "Nobody else has counted them.\t\tbackground\t\tz\n",
    )
    dialog = page.get_by_role("dialog", name="Paste from a spreadsheet")
    expect(dialog).to_contain_text("Not known, and left out unless you say what they are: Mood.")
    expect(dialog.locator("tbody tr")).to_have_count(3)
    assert Claim.objects.count() == 0
    page.get_by_role("button", name="Add 3 rows").click()
    expect(page.locator("#sheet-live")).to_have_text("2 rows saved, 1 not: each says why.")

    expect(row(page, 2).locator("[data-field='claimant'] .sheet-error")).to_contain_text(
        "Nothing here has the name “Nobody We Know”"
    )
    expect(cell(page, 2, "quote")).to_have_value(OFFICE)
    expect(row(page, 2)).to_contain_text("refused: see what is marked")
    first, third = Claim.objects.order_by("pk")
    assert (first.claimant, first.about, str(first.said.not_before)) == (
        mayor,
        "toll",
        "2020-03-02",
    )
    assert (third.claimant, third.about) == (None, "background")

    # Mended, it is saved like any other.
    cell(page, 2, "claimant").fill("")
    page.keyboard.press("Control+S")
    settled(page)
    assert [claim.about for claim in Claim.objects.order_by("pk")] == [
        "toll",
        "background",
        "effect",
    ]
    page.context.close()


def test_who_saves_second_keeps_their_words_and_sees_all_three_sides(browser, live_server):
    capture = make_capture(text=TEXT)
    claim = make_ready_claim(
        passage=make_passage(capture, MAYOR), text="Twelve boats were counted."
    )
    page = desk_of(browser, live_server, Role.REPORTER, "reporter")
    complaints = watched(page)
    open_sheet(page, live_server, capture.document)
    theirs = Claim.objects.get(pk=claim.pk)
    theirs.text, theirs.about = "A dozen boats were counted.", "occurrence"
    theirs.save()

    cell(page, 1, "text").fill("Boats were counted: twelve.")
    cell(page, 1, "cue").fill("told")
    page.keyboard.press("Control+S")

    conflict = row(page, 1).get_by_role("group", name="Changed by somebody else")
    expect(conflict).to_be_visible()
    sides = {
        line.locator("th").inner_text(): [one.inner_text() for one in line.locator("td").all()[:3]]
        for line in conflict.locator("tbody tr").all()
    }
    assert sides["Text"] == [
        "Twelve boats were counted.",
        "A dozen boats were counted.",
        "Boats were counted: twelve.",
    ]
    assert sides["About"][1:] == ["Occurrence", "Toll or size"]
    expect(cell(page, 1, "text")).to_have_value("Boats were counted: twelve.")
    expect(conflict.get_by_role("button", name="Go on with these")).to_be_disabled()
    assert serious(page) == []
    conflict.get_by_role("button", name="Keep mine: Text").click()
    conflict.get_by_role("button", name="Go on with these").click()
    page.keyboard.press("Control+S")
    settled(page)

    claim.refresh_from_db()
    assert (claim.text, claim.about) == ("Boats were counted: twelve.", "occurrence")
    assert claim.citations.get(position=1).cue == "told"
    assert complaints == []
    page.context.close()


def test_who_comes_back_to_the_sheet_finds_what_others_have_done(browser, live_server):
    capture = make_capture(text=TEXT)
    claim = make_ready_claim(passage=make_passage(capture, MAYOR))
    page = desk_of(browser, live_server, Role.REPORTER, "reporter")
    open_sheet(page, live_server, capture.document)
    claim.text = "A dozen boats were counted."
    claim.save()
    make_ready_claim(passage=make_passage(capture, OFFICE), text="It was a dozen.")

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(cell(page, 1, "text")).to_have_value("A dozen boats were counted.")
    expect(cell(page, 2, "text")).to_have_value("It was a dozen.")
    expect(row(page, 1)).to_contain_text("saved")
    page.context.close()


def test_claims_are_submitted_on_the_sheet_and_approved_or_returned_by_a_second_person(
    browser, live_server
):
    capture = make_capture(text=TEXT)
    first = make_ready_claim(passage=make_passage(capture, MAYOR))
    second = make_ready_claim(passage=make_passage(capture, OFFICE))
    lame = make_ready_claim(passage=make_passage(capture, "Nobody else has counted them."))
    lame.harm_check = []
    lame.save()

    page = desk_of(browser, live_server, Role.REPORTER, "reporter")
    open_sheet(page, live_server, capture.document)
    expect(row(page, 3).locator(".sheet-unmet summary")).to_have_text("1 thing missing")
    page.get_by_role("button", name="All", exact=True).click()
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.locator("#sheet-steps")).to_contain_text(
        "2 claims submitted, 1 not: each says why."
    )
    expect(row(page, 1)).to_contain_text("in review")
    expect(row(page, 3).locator(".sheet-outcome li")).to_have_count(1)
    page.context.close()

    page = desk_of(browser, live_server, Role.CHECKER, "checker")
    open_sheet(page, live_server, capture.document)
    row(page, 1).get_by_role("checkbox", name="Claim 1").check()
    page.get_by_role("button", name="Approve").click()
    expect(row(page, 1)).to_contain_text("approved")
    page.get_by_role("button", name="Tick what waits for me").click()
    page.get_by_role("button", name="Return…").click()
    page.get_by_label("What to mend").fill("Which day was it?")
    page.get_by_role("button", name="Return with this note").click()
    expect(page.locator("#sheet-steps")).to_contain_text("1 claim returned.")
    expect(row(page, 2)).to_contain_text("Returned: Which day was it?")
    page.context.close()

    stages = [Claim.objects.get(pk=claim.pk).stage for claim in (first, second, lame)]
    assert stages == ["approved", "draft", "draft"]
    decisions = Decision.objects.filter(subject_kind="claim").order_by("pk")
    assert [(one.action, one.subject_id, one.by.username, one.note) for one in decisions] == [
        ("submit", first.public_id, "reporter", ""),
        ("submit", second.public_id, "reporter", ""),
        ("approve", first.public_id, "checker", ""),
        ("return", second.public_id, "checker", "Which day was it?"),
    ]


def test_quotes_are_highlighted_and_an_orphan_is_anchored_anew(browser, live_server):
    old = make_capture(text=TEXT)
    document = old.document
    claim = make_ready_claim(passage=make_passage(old, OFFICE))
    kept = make_ready_claim(passage=make_passage(old, MAYOR))
    inner = make_ready_claim(passage=make_passage(old, "more than 12 boats were counted"))
    changed = TEXT.replace("“Twelve boats,”", "“At least twelve boats,”")
    make_capture(document, text=changed)
    page = desk_of(browser, live_server, Role.REPORTER, "reporter")
    open_sheet(page, live_server, document)

    # What stands there still is found; one quote in another is marked in both. Rows go as the text
    # goes, and what stands nowhere comes last.
    marks = page.locator("#sheet-text mark")
    assert "".join(marks.all_text_contents()) == MAYOR
    inside = page.locator("#sheet-text mark.is-shared")
    expect(inside).to_have_text("more than 12 boats were counted")
    inside.click()
    expect(cell(page, 1, "quote")).to_be_focused()
    expect(page.locator("#sheet-text mark.is-current").first).to_be_visible()
    inside.click()
    expect(cell(page, 2, "quote")).to_be_focused()
    assert [cell(page, number, "text").input_value() for number in (1, 2, 3)] == [
        kept.text,
        inner.text,
        claim.text,
    ]

    orphan = page.locator("#sheet-orphans li")
    expect(orphan).to_contain_text(OFFICE)
    assert serious(page) == []
    new = "“At least twelve boats,” the harbour office wrote."
    select_words(page, new)
    page.get_by_role("button", name="Anchor at the selection: claim 3").click()
    expect(page.locator("#sheet-orphans")).to_be_hidden()

    [(start, end, exact)] = [
        (one.start, one.end, one.exact)
        for one in Citation.objects.get(claim=claim, position=1).passage.ranges.all()
    ]
    assert (changed[start:end], exact) == (new, new)
    expect(cell(page, 3, "quote")).to_have_value(new)
    page.context.close()


def test_the_sheet_is_accessible_and_no_wider_than_the_screen(browser, live_server):
    capture = make_capture(text=TEXT)
    for words in (MAYOR, "more than 12 boats were counted", OFFICE):
        make_ready_claim(passage=make_passage(capture, words))
    page = desk_of(browser, live_server, Role.REPORTER, "reporter")
    complaints = watched(page)
    open_sheet(page, live_server, capture.document)
    page.locator("#sheet-facts summary").click()
    page.locator(".sheet-more summary").first.click()
    cell(page, 2, "claimant").fill("Synthetic")
    expect(row(page, 2).locator(".sheet-options [role=option]").first).to_be_visible()

    for width, height in ((1280, 800), (820, 1100)):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            # Links fade from one colour to the other.
            page.wait_for_timeout(500)
            assert serious(page) == [], (width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#sheet-keys-open")
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.click("#sheet-paste-open")
    page.fill("#sheet-pasted", "quote\tclaim\nwords\tIt is so.")
    assert serious(page) == []
    assert complaints == []
    page.context.close()


def test_what_is_said_of_the_document_is_set_once(browser, live_server):
    capture = make_capture(text=TEXT)
    claim = make_ready_claim(passage=make_passage(capture, MAYOR))
    Claim.objects.filter(pk=claim.pk).update(said_not_before=None, said_not_after=None)
    page = desk_of(browser, live_server, Role.REPORTER, "reporter")
    open_sheet(page, live_server, capture.document)

    page.locator("#sheet-facts summary").click()
    page.get_by_role("textbox", name="Published", exact=True).fill("until 2020-03-03")
    page.get_by_role("button", name="Save these facts").click()

    expect(page.locator("#sheet-facts summary")).to_contain_text("published until 2020-03-03")
    expect(cell(page, 1, "said")).to_have_value("until 2020-03-03")
    capture.document.refresh_from_db()
    assert str(capture.document.published.not_after) == "2020-03-03"
    page.context.close()


def test_saving_the_documents_facts_settles_no_conflict_of_a_row(browser, live_server):
    capture = make_capture(text=TEXT)
    claim = make_ready_claim(passage=make_passage(capture, MAYOR))
    Claim.objects.filter(pk=claim.pk).update(said_not_before=None, said_not_after=None)
    page = desk_of(browser, live_server, Role.REPORTER, "reporter")
    open_sheet(page, live_server, capture.document)
    theirs = Claim.objects.get(pk=claim.pk)
    theirs.text = "Theirs."
    theirs.save()
    cell(page, 1, "text").fill("Mine.")
    page.keyboard.press("Control+S")
    conflict = row(page, 1).get_by_role("group", name="Changed by somebody else")
    expect(conflict).to_be_visible()

    page.locator("#sheet-facts summary").click()
    page.get_by_role("textbox", name="Published", exact=True).fill("until 2020-03-03")
    page.get_by_role("button", name="Save these facts").click()
    expect(page.locator("#sheet-facts summary")).to_contain_text("published until 2020-03-03")
    page.keyboard.press("Control+S")

    expect(conflict).to_be_visible()
    expect(cell(page, 1, "text")).to_have_value("Mine.")
    page.context.close()
    kept = Claim.objects.get()
    assert (kept.text, str(kept.said.not_after)) == ("Theirs.", "2020-03-03")
