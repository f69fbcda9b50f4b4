"""Pages of claimants and sources, of corrections and of policies, in a real browser."""

import os

import pytest
from playwright.sync_api import Browser

from tests.in_browser import browser, serious, watched
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
    shots = os.environ.get("SHOTS")
    for width in (390, 1280):
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": 844}, color_scheme=scheme
            )
            page = context.new_page()
            complaints = watched(page)
            for name, address in addresses.items():
                where = (name, width, scheme)
                response = page.goto(public_server + address)
                assert response is not None
                assert response.status == 200, where
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                if shots:
                    page.screenshot(path=f"{shots}/{name}-{width}-{scheme}.png", full_page=True)
                assert complaints == [], where
                assert page.evaluate("document.documentElement.scrollWidth") <= width, where
                assert serious(page) == [], where
                complaints.clear()
            assert context.cookies() == []
            context.close()


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
