"""The pages of events and documents in a real browser."""

import pytest
from playwright.sync_api import Browser

from claims.addresses import document_path
from claims.kinds import KINDS
from factcheck.common.roles import Role
from sources import workflow
from tests.claims.test_redaction import live
from tests.factories import make_event, make_user
from tests.in_browser import browser
from tests.surfaces.event_rich import make_told_event
from tests.surfaces.looking import check_pages
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
    check_pages(browser, public_server, addresses, statuses={"suspended": 410})


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
