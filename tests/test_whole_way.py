"""One claim all the way in a real browser: from a quote in an article to its correction."""

from base64 import b32decode
from collections.abc import Iterator
from typing import Any

import pytest
from django_otp.oath import totp
from playwright.sync_api import Browser, Page, expect

from claims.choices import HarmCheck
from claims.models import Claim
from factcheck.common.roles import Role
from tests.claims.test_sheet_browser import cell, open_sheet, row, select_words, settled
from tests.factories import make_actor, make_capture, make_event, make_user
from tests.in_browser import browser, open_desk, serious, watched
from tests.surfaces.conftest import public_server

__all__ = ["browser", "public_server"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]

QUOTE = "The mayor of Exampleton said on Monday that 12 boats were counted."
TEXT = f"SYNTHETIC.\n\n{QUOTE}\n\nNobody else has counted them."
PASSWORD = "synthetic-password"


@pytest.fixture
def people(browser: Browser, live_server: Any) -> Iterator[dict[str, Page]]:
    """A browser each; the reporter has yet to sign in, the others have."""
    pages = {
        "reporter": browser.new_context(viewport={"width": 1280, "height": 900}).new_page(),
        "checker": open_desk(browser, live_server, make_user(Role.CHECKER, "checker")),
        "editor": open_desk(browser, live_server, make_user(Role.EDITOR, "editor")),
        "reader": browser.new_context().new_page(),
    }
    make_user(Role.REPORTER, "reporter")
    yield pages
    for page in pages.values():
        page.context.close()


def sign_in(page: Page, address: str) -> None:
    """With the password, then with a second factor that is set up on the way."""
    page.goto(f"{address}/admin/")
    page.fill("#id_username", "reporter")
    page.fill("#id_password", PASSWORD)
    page.click("[type=submit]")
    key = b32decode(page.inner_text(".desk-secret").replace(" ", ""))
    page.fill("#id_code", f"{totp(key):06d}")
    page.click("text=Use this authenticator")
    page.click(".desk-onwards a")


def from_home(page: Page, address: str, section: str) -> None:
    """One click from home to the claim that waits in the section."""
    page.goto(f"{address}/admin/")
    page.click(f"#{section} .desk-waiting li a")
    page.wait_for_selector("#steps")


def take(page: Page, button: str, *, note: str = "") -> None:
    """Take a step on the claim's page."""
    step = page.locator(".desk-step", has=page.get_by_role("button", name=button, exact=True))
    if note:
        step.locator("textarea").fill(note)
    step.get_by_role("button", name=button, exact=True).click()
    page.wait_for_selector(".messagelist .success")


def save(page: Page, **fields: str) -> None:
    """Change fields of the claim's form, and stay on it."""
    for name, value in fields.items():
        page.fill(f"#id_{name}", value)
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")


def test_a_claim_goes_from_a_quote_to_its_correction_in_public(
    people: dict[str, Page], live_server: Any, public_server: str
) -> None:
    address = public_server
    reporter, checker, editor, reader = people.values()
    document = make_capture(text=TEXT).document
    make_actor(name="Synthetic Mayor")
    make_event(title="Synthetic count of boats")
    complaints = {name: watched(page) for name, page in people.items()}
    found, heard = {}, []

    def look_at(screen: str, person: str) -> None:
        """Note what the browser complained of so far, then what axe finds, whose own styles the
        policy refuses.
        """
        heard.extend(complaints[person])
        found[screen] = serious(people[person])
        complaints[person].clear()

    sign_in(reporter, address)
    open_sheet(reporter, live_server, document)
    reporter.keyboard.press("F8")
    select_words(reporter, QUOTE)
    reporter.keyboard.press("Enter")
    cell(reporter, 1, "text").fill("Twelve synthetic boats were counted.")
    cell(reporter, 1, "claimant").fill("Synthetic Mayor")
    row(reporter, 1).get_by_role("option", name="Synthetic Mayor").first.click()
    cell(reporter, 1, "about").select_option("toll")
    cell(reporter, 1, "event").fill("count of")
    row(reporter, 1).get_by_role("option", name="Synthetic count of boats").click()
    # The number is proposed from the words, and confirmed by passing over it.
    expect(cell(reporter, 1, "figure.as_printed")).to_have_value("12 boats")
    cell(reporter, 1, "figure.as_printed").focus()
    reporter.keyboard.press("Tab")
    row(reporter, 1).get_by_label(HarmCheck.NONE.label).check()
    reporter.keyboard.press("Control+s")
    settled(reporter)
    look_at("sheet", "reporter")
    reporter.click("text=Tick drafts that are ready")
    reporter.click("#sheet-steps [data-action=submit]")
    expect(row(reporter, 1)).to_contain_text("in review")
    claim = Claim.objects.get()
    assert claim.citations.get().passage.ranges.get().exact == QUOTE

    from_home(checker, address, "approve")
    look_at("claim under review", "checker")
    take(checker, "Return to draft", note="Who counted? Say what is open.")

    reporter.goto(f"{address}/admin/")
    expect(reporter.locator("#returned")).to_contain_text("Who counted? Say what is open.")
    look_at("home", "reporter")
    from_home(reporter, address, "returned")
    save(reporter, unknowns="Nobody says who counted.")
    take(reporter, "Submit for review")

    from_home(checker, address, "approve")
    take(checker, "Approve")
    from_home(editor, address, "publish")
    take(editor, "Publish")

    reader.goto(f"{address}/claims/{claim.public_id}/")
    expect(reader.locator(".status-line")).to_contain_text("Synthetic Mayor said")
    expect(reader.locator("h1")).to_have_text("Twelve synthetic boats were counted.")
    expect(reader.locator("main")).to_contain_text("Nobody says who counted.")

    take(editor, "Revise")
    save(editor, text="Twelve synthetic boats were counted on Monday.")
    take(editor, "Submit for review")
    from_home(checker, address, "approve")
    expect(checker.locator("#changes")).to_contain_text("on Monday")
    look_at("revision under review", "checker")
    take(checker, "Approve")
    from_home(editor, address, "publish")
    take(editor, "Publish as a correction", note="We had left out the day.")

    reader.goto(f"{address}/claims/{claim.public_id}/")
    expect(reader.locator("h1")).to_have_text("Twelve synthetic boats were counted on Monday.")
    expect(reader.locator(".versions")).to_contain_text("We had left out the day.")
    reader.click("text=what changed")
    expect(reader.locator(".differences ins").first).to_contain_text("on Monday")
    look_at("comparison", "reader")
    reader.goto(f"{address}/claims/{claim.public_id}/versions/1/")
    expect(reader.locator("h1")).to_have_text("Twelve synthetic boats were counted.")

    assert {name: violations for name, violations in found.items() if violations} == {}
    assert heard == complaints["editor"] == []
