"""Entering an article on its sheet, in a real browser."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from claims.models import Citation, Claim
from factcheck.common.roles import Role
from sources.models import Actor, Document
from tests.factories import make_actor, make_capture, make_document, make_event, make_user
from tests.in_browser import browser, open_desk, watched

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A machine that runs other tests beside may take its time over an answer.
expect.set_options(timeout=20_000)

MAYOR = "The mayor of Exampleton said on Monday that more than 12 boats were counted."
OFFICE = "“Twelve boats,” the harbour office wrote."
TEXT = f"SYNTHETIC.\n\n{MAYOR} {OFFICE}\n\nNobody else has counted them."
# Each place is one that counting in anything but code points would miss.
MIXED = "SYNTHETIC 🛶🛶 boats\n👨‍👩‍👧 saw the cafe\u0301 close.\nאמר ראש העיר: שלום 🛶 לכולם\n"


def open_sheet(page: Page, live_server: Any, document: Document) -> Page:
    page.goto(f"{live_server.url}/admin/sheet/{document.pk}/")
    page.wait_for_selector("#sheet-page[data-ready]")
    return page


@pytest.fixture
def desk(browser, live_server) -> Iterator[Page]:
    """A reporter's browser, signed in."""
    page = open_desk(browser, live_server, make_user(Role.REPORTER, "reporter"))
    yield page
    page.context.close()


def row(page: Page, number: int) -> Locator:
    """A row of the sheet, counted from 1."""
    return page.locator(".sheet-row").nth(number - 1)


def cell(page: Page, number: int, field: str) -> Locator:
    """What is written or chosen in of one cell."""
    return row(page, number).locator(f"[data-field='{field}'] :is(input, textarea, select)").first


def select_words(page: Page, words: str) -> None:
    """Select words of one line with the keyboard, as somebody without a mouse does."""
    text = page.locator("#sheet-text")
    text.focus()
    page.evaluate(
        """(words) => {
            for (const line of document.querySelectorAll('#sheet-text p')) {
                const at = line.textContent.indexOf(words);
                if (at < 0) continue;
                const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
                let left = at;
                let node = walker.nextNode();
                while (left >= node.length) { left -= node.length; node = walker.nextNode(); }
                document.getSelection().collapse(node, left);
                return;
            }
            throw new Error('not in the text: ' + words);
        }""",
        words,
    )
    # An arrow goes where it points: in words from right to left, that is back.
    forward = "Left" if "\u0590" <= words[0] <= "\u08ff" else "Right"
    count = "(words) => [...new Intl.Segmenter().segment(words)].length"
    for _ in range(page.evaluate(count, words)):
        page.keyboard.press(f"Shift+Arrow{forward}")


def settled(page: Page) -> None:
    """Wait until everything is saved."""
    expect(page.locator("#sheet-state")).to_have_text("all saved")


def ranges_of(claim: Claim) -> list[tuple[int, int, str]]:
    citation = Citation.objects.get(claim=claim)
    return [(one.start, one.end, one.exact) for one in citation.passage.ranges.all()]


def test_three_claims_are_entered_by_keyboard_alone_from_an_empty_sheet(desk, live_server):
    capture = make_capture(text=TEXT)
    event = make_event(title="Synthetic count of boats")
    mayor = make_actor(name="Synthetic Mayor")
    complaints = watched(desk)
    page = open_sheet(desk, live_server, capture.document)
    expect(page.locator("#sheet-empty")).to_contain_text("No claims yet.")

    # A quote from the text; the claimant from what is there already; the event as well.
    page.keyboard.press("F8")
    expect(page.locator("#sheet-text")).to_be_focused()
    select_words(page, MAYOR)
    page.keyboard.press("Enter")
    expect(cell(page, 1, "text")).to_be_focused()
    page.keyboard.type("More than 12 boats were counted.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Synth")
    expect(row(page, 1).get_by_role("option", name="Synthetic Mayor")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(cell(page, 1, "claimant")).to_have_value("Synthetic Mayor")
    page.keyboard.press("Tab")
    expect(cell(page, 1, "cue")).to_be_focused()
    expect(cell(page, 1, "cue")).to_have_value("said")
    page.keyboard.press("Tab")
    page.keyboard.type("Toll")
    page.keyboard.press("Tab")
    page.keyboard.type("count of")
    page.keyboard.press("ArrowDown")
    expect(row(page, 1).get_by_role("option", name="Synthetic count of boats")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("more than 12 boats")
    page.keyboard.press("Tab")
    page.keyboard.type("2 March 2020")

    # Beneath the last row stands a new one, which proposes claimant, event and date.
    page.keyboard.press("Enter")
    expect(cell(page, 2, "quote")).to_be_focused()
    expect(cell(page, 2, "claimant")).to_have_value("Synthetic Mayor")
    expect(cell(page, 2, "event")).to_have_value("Synthetic count of boats")
    expect(row(page, 2).locator("[data-field='event'] .sheet-proposed")).to_be_visible()
    # Somebody who is not there yet is created in the row.
    page.keyboard.type('"Twelve boats," the harbour office wrote.')
    cell(page, 2, "claimant").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("Synthetic Mayor's office")
    expect(row(page, 2).get_by_role("option", name="Create")).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(row(page, 2).get_by_role("group", name="New actor")).to_be_visible()
    page.keyboard.type("Gov")
    page.keyboard.press("Enter")
    similar = row(page, 2).get_by_role("group", name="New actor")
    expect(similar.get_by_role("button", name="Synthetic Mayor", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(similar.get_by_text("None of them: create it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell(page, 2, "claimant")).to_be_focused()
    expect(cell(page, 2, "claimant")).to_have_value("Synthetic Mayor's office")

    # A quote alone is a draft.
    page.keyboard.press("Control+Enter")
    expect(cell(page, 3, "quote")).to_be_focused()
    page.keyboard.type("Nobody else has counted them.")
    page.keyboard.press("Control+S")
    settled(page)

    office = Actor.objects.get(name="Synthetic Mayor's office")
    first, second, third = Claim.objects.order_by("pk")
    assert (first.text, first.claimant, first.event, first.about) == (
        "More than 12 boats were counted.",
        mayor,
        event,
        "toll",
    )
    assert str(first.said.not_before) == str(first.said.not_after) == "2020-03-02"
    figure = first.figures.get()
    assert (figure.as_printed, figure.qualifier, figure.low) == (
        "more than 12 boats",
        "more-than",
        12,
    )
    at = TEXT.index(MAYOR)
    assert ranges_of(first) == [(at, at + len(MAYOR), MAYOR)]
    at = TEXT.index(OFFICE)
    assert ranges_of(second) == [(at, at + len(OFFICE), OFFICE)]
    assert (second.claimant, second.event) == (office, event)
    assert third.text == "Nobody else has counted them."
    assert complaints == []


def test_a_selection_is_anchored_at_its_code_points(desk, live_server):
    chosen = ["🛶 boats", "👨‍👩‍👧 saw", "cafe\u0301", "ראש העיר: שלום 🛶", "לכולם"]
    capture = make_capture(text=MIXED)
    page = open_sheet(desk, live_server, capture.document)

    for number, words in enumerate(chosen, start=1):
        select_words(page, words)
        page.keyboard.press("Enter")
        expect(cell(page, number, "quote")).to_have_value(words)
    page.keyboard.press("Control+S")
    settled(page)

    places = [(MIXED.index(words), words) for words in chosen]
    assert [ranges_of(claim) for claim in Claim.objects.order_by("pk")] == [
        [(at, at + len(words), words)] for at, words in places
    ]
    assert page.locator("#sheet-text mark").all_text_contents() == chosen


def test_a_second_run_is_added_and_a_place_among_several_is_the_one_chosen(desk, live_server):
    capture = make_capture(text="SYNTHETIC. Boats came. Nobody counted.\nBoats came. It rained.")
    page = open_sheet(desk, live_server, capture.document)

    page.keyboard.press("Shift+F8")
    page.keyboard.type("Boats came.")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet-found")).to_contain_text("Place 1 of 2")
    page.keyboard.press("Enter")
    expect(page.locator("#sheet-found")).to_contain_text("Place 2 of 2")
    page.keyboard.press("Control+Enter")
    expect(cell(page, 1, "quote")).to_have_value("Boats came.")
    select_words(page, "Nobody counted.")
    page.keyboard.press("Shift+Enter")
    expect(cell(page, 1, "quote")).to_have_value("Nobody counted.\n[…]\nBoats came.")
    page.keyboard.press("Control+S")
    settled(page)

    assert ranges_of(Claim.objects.get()) == [
        (23, 38, "Nobody counted."),
        (39, 50, "Boats came."),
    ]


def test_words_that_are_not_found_are_kept_with_places_near_by(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    page.click("#sheet-new")
    cell(page, 1, "quote").fill("The mayor of Exampleton wrote nothing at all that day, and so on")
    page.keyboard.press("Control+S")
    settled(page)

    note = row(page, 1).locator("[data-field='quote'] .sheet-warning")
    expect(note).to_be_visible()
    expect(cell(page, 1, "quote")).to_have_value(
        "The mayor of Exampleton wrote nothing at all that day, and so on"
    )
    row(page, 1).get_by_role("button", name="Take this place").first.click()
    page.keyboard.press("Control+S")
    settled(page)

    [(start, end, exact)] = ranges_of(Claim.objects.get())
    assert TEXT[start:end] == exact
    assert exact.startswith("The mayor of")
    expect(note).to_be_hidden()


def test_what_is_not_saved_survives_a_reload(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    page.route("**/rows/", lambda route: route.abort())
    page.click("#sheet-new")
    cell(page, 1, "quote").fill(MAYOR)
    cell(page, 1, "said").fill("2020-03-02")
    page.keyboard.press("Control+S")
    expect(row(page, 1)).to_contain_text("The server did not answer.")
    expect(page.locator("#sheet-state")).to_have_text("1 row not saved")
    page.on("dialog", lambda dialog: dialog.accept())

    page.unroute("**/rows/")
    page.reload()

    expect(page.locator("#sheet-restored")).to_contain_text("1 row that was not saved last time")
    expect(cell(page, 1, "quote")).to_have_value(MAYOR)
    page.keyboard.press("Control+S")
    settled(page)
    assert str(Claim.objects.get().said.not_after) == "2020-03-02"
    page.reload()
    page.wait_for_selector("#sheet-page[data-ready]")
    assert page.locator(".sheet-row").count() == 1
    expect(page.locator("#sheet-restored")).to_be_hidden()


def test_a_change_that_is_not_saved_survives_a_reload_and_a_new_sign_in(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    page.click("#sheet-new")
    cell(page, 1, "quote").fill(MAYOR)
    page.keyboard.press("Control+S")
    settled(page)
    # Who signs in anew has another token than the page that is open.
    page.context.clear_cookies(name="csrftoken")
    page.route("**/rows/", lambda route: route.abort())
    cell(page, 1, "text").fill("Changed, and not saved.")
    page.keyboard.press("Control+S")
    expect(row(page, 1)).to_contain_text("The server did not answer.")
    page.on("dialog", lambda dialog: dialog.accept())

    page.unroute("**/rows/")
    page.reload()

    expect(cell(page, 1, "text")).to_have_value("Changed, and not saved.")
    page.context.clear_cookies(name="csrftoken")
    page.keyboard.press("Control+S")
    settled(page)
    assert Claim.objects.get().text == "Changed, and not saved."


def test_a_row_whose_answer_was_lost_is_not_entered_twice(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/rows/", lose)
    page.click("#sheet-new")
    cell(page, 1, "quote").fill(MAYOR)
    page.keyboard.press("Control+S")
    expect(row(page, 1)).to_contain_text("The server did not answer.")
    assert Claim.objects.count() == 1

    page.unroute("**/rows/")
    cell(page, 1, "cue").fill("said so")
    page.keyboard.press("Control+S")
    settled(page)

    assert Citation.objects.get(claim=Claim.objects.get()).cue == "said so"


def test_a_sheet_without_a_capture_says_what_to_do_first(desk, live_server):
    page = open_sheet(desk, live_server, make_document())

    expect(page.locator("#sheet-no-text")).to_contain_text("We hold no text of this document.")
    expect(page.get_by_role("link", name="supply a capture")).to_be_visible()
    expect(page.locator("#sheet-text")).to_be_hidden()
    expect(page.locator("#sheet-empty")).to_contain_text("No claims yet.")


def test_all_keys_are_told_in_a_dialog_and_moving_around_needs_no_mouse(desk, live_server):
    capture = make_capture(text=TEXT)
    page = open_sheet(desk, live_server, capture.document)
    page.locator("#sheet-text").focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys of the sheet")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    # Elsewhere the same key leads to the help of the whole desk.
    page.locator("#sheet-new").focus()
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    page.click("#sheet-new")
    cell(page, 1, "quote").fill(MAYOR)
    cell(page, 1, "cue").fill("said")
    page.keyboard.press("Control+Shift+Enter")
    expect(cell(page, 2, "text")).to_be_focused()
    expect(cell(page, 2, "cue")).to_have_value("said")
    cell(page, 2, "cue").fill("claimed")
    page.keyboard.press("ArrowUp")
    expect(cell(page, 1, "cue")).to_be_focused()
    page.keyboard.press("Control+ArrowDown")
    expect(cell(page, 2, "cue")).to_be_focused()
    page.keyboard.press("Control+d")
    expect(cell(page, 2, "cue")).to_have_value("said")
    page.keyboard.press("F8")
    expect(page.locator("#sheet-text")).to_be_focused()
    page.keyboard.press("F8")
    expect(cell(page, 2, "cue")).to_be_focused()
    page.keyboard.press("Control+S")
    settled(page)
