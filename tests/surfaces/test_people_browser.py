"""Pages of claimants and sources, of corrections and of policies, in a real browser."""

import pytest
from playwright.sync_api import Browser

from tests.in_browser import browser
from tests.surfaces.looking import check_pages
from tests.surfaces.people_rich import make_changes, make_people

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]


@pytest.fixture
def addresses() -> dict[str, str]:
    """One address of each kind of page."""
    people = make_people()
    make_changes(people)
    return {
        "claimant": f"/claimants/{people.office.public_id}/harbour-office-of-exampleton/",
        "person": f"/claimants/{people.person.public_id}/amina-example/",
        "source": f"/sources/{people.gazette.public_id}/harbour-gazette/",
        "corrections": "/corrections/",
        "updates": "/corrections/?show=updates",
        "policies": "/policies/",
        "methodology": "/methodology/",
        "french-policies": "/fr/policies/",
    }


def test_pages_are_accessible_quiet_and_no_wider_than_the_screen(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    check_pages(browser, public_server, addresses)


def test_how_we_know_opens_by_keyboard_without_script(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(public_server + addresses["source"])
    passage = page.locator(".known-by blockquote")
    assert not passage.is_visible()

    page.locator(".known-by summary").focus()
    page.keyboard.press("Enter")

    assert passage.is_visible()
    context.close()
