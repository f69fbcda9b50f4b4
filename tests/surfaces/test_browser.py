"""Pages in a real browser: readable by everybody, on any screen, under a strict policy."""

import json

import pytest
from playwright.sync_api import Browser

from claims.models import PublicClaim
from factcheck.ledger.choices import PublicationKind
from tests.factories import make_published_claim
from tests.in_browser import browser
from tests.surfaces.ledgering import bury
from tests.surfaces.looking import check_pages
from tests.surfaces.rich import make_rich_claim

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]


@pytest.fixture
def addresses() -> dict[str, str]:
    """One address of every kind of page."""
    claim, gone = make_rich_claim(), make_published_claim()
    bury(gone, PublicationKind.SUSPEND)
    return {
        "home": "/",
        "claim": PublicClaim.objects.current().get(claim_id=claim.public_id).get_absolute_url(),
        "earlier version": f"/claims/{claim.public_id}/versions/1/",
        "suspended": f"/claims/{gone.public_id}/",
        "list": "/claims/",
        "filtered list": f"/claims/?about=toll&event={claim.event.public_id}",
        "empty list": "/claims/?about=intent",
        "refused list": "/claims/?about=nonsense",
        "methodology": "/methodology/",
        "not found": "/nothing/",
    }


def test_pages_are_accessible_quiet_and_no_wider_than_the_screen(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    statuses = {"suspended": 410, "refused list": 400, "not found": 404}
    check_pages(browser, public_server, addresses, statuses=statuses)


def test_pages_ask_nobody_else(browser: Browser, public_server: str, addresses: dict[str, str]):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for address in addresses.values():
        page.goto(public_server + address)

    assert asked
    assert [url for url in asked if not url.startswith(public_server)] == []
    page.close()


def test_claim_page_works_without_script_and_by_keyboard(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(public_server + addresses["claim"])

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.url.endswith("#main")
    assert page.locator("h1").count() == 1
    assert page.locator("[aria-labelledby=chain] ol.chain > li").count() == 3
    context.close()


def test_list_is_filtered_with_the_form(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    page = browser.new_page()
    page.goto(public_server + "/claims/")

    page.get_by_label("Is it so?", exact=True).select_option("disputed")
    page.get_by_role("button", name="Show").click()

    assert page.locator(".lines > li").count() == 1
    assert page.get_by_label("Is it so?", exact=True).input_value() == "disputed"
    page.close()


def test_record_that_a_page_points_at_has_the_hash_on_the_page(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    page = browser.new_page()
    page.goto(public_server + addresses["claim"])
    link = page.locator(".record a[href*='/versions/']").get_attribute("href")

    response = page.request.get(link or "")

    # A browser unpacks what comes packed, and such an answer has the same hash as a weak one.
    assert (
        response.headers["etag"].removeprefix("W/").strip('"')
        in page.locator(".record", has_text="SHA-256").first.inner_text()
    )
    assert json.loads(response.body())["version"] == 2
    page.close()


def test_claim_page_prints_dark_on_white(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(public_server + addresses["claim"])

    style = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
    )

    assert style == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    context.close()
