"""The pages of events and documents in a real browser."""

import pytest
from playwright.sync_api import Browser

from claims.addresses import document_path
from claims.kinds import KINDS
from factcheck.common.roles import Role
from sources import workflow
from tests.claims.test_redaction import live
from tests.factories import make_event, make_user
from tests.in_browser import browser, serious, watched
from tests.surfaces.event_rich import make_told_event
from tests.surfaces.rich import make_rich_claim

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]


@pytest.fixture
def addresses() -> dict[str, str]:
    """One address of each kind of page."""
    event, rich = make_told_event(), make_rich_claim()
    website, post = (one.document for one in rich.citations.order_by("position")[:2])
    gone = live(make_event())
    workflow.suspend(gone, by=make_user(Role.EDITOR), note="Synthetic note.", kinds=KINDS)
    return {
        "event": f"/events/{event.public_id}/boats-off-the-port-of-exampleton/",
        "document": document_path(website.public_id, website.title),
        "reported": document_path(post.public_id, post.title),
        "suspended": f"/events/{gone.public_id}/",
    }


def test_pages_are_accessible_quiet_and_no_wider_than_the_screen(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
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
                assert response.status == (410 if name == "suspended" else 200), where
                for table in page.locator("summary").all():
                    table.click()
                assert complaints == [], where
                assert page.evaluate("document.documentElement.scrollWidth") <= width, where
                if name == "event" or (width, scheme) == (390, "light"):
                    assert serious(page) == [], where
                complaints.clear()
            assert context.cookies() == []
            context.close()


def test_plot_is_read_out_and_its_table_opens_by_keyboard(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(public_server + addresses["event"])
    plot = page.locator("figure.plot").first

    plot.locator("summary").focus()
    page.keyboard.press("Enter")

    assert plot.get_by_role("img", name="Navy of Northland: more than 12").is_visible()
    assert plot.get_by_role("table").is_visible()
    assert plot.get_by_role("rowheader").count() == 5
    context.close()
