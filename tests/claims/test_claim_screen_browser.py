"""The screen of one claim, and its preview, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from claims import workflow
from claims.models import Claim
from factcheck.common.roles import Role
from tests.factories import make_claim, make_user, somebody
from tests.in_browser import browser, open_desk, serious, watched
from tests.surfaces.conftest import public_server
from tests.surfaces.rich import make_rich_claim

__all__ = ["browser", "public_server"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]

LAPTOP = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
TABLET = {"viewport": {"width": 820, "height": 1180}, "color_scheme": "dark"}


@pytest.fixture
def revision(db: Any) -> Claim:
    """A revision of a claim with everything, in review."""
    claim, reporter = make_rich_claim(), make_user(Role.REPORTER, "mira")
    workflow.revise(claim, by=reporter)
    claim.text = "The ministry of harbours counted over 12 boats aimed at the port."
    claim.save()
    claim.refresh_from_db()
    return workflow.submit(claim, by=reporter)


@pytest.mark.parametrize("options", [LAPTOP, TABLET], ids=["laptop", "tablet"])
def test_the_screen_of_a_revision_in_review_has_no_serious_fault(
    browser: Browser, live_server: Any, revision: Claim, options: Any
) -> None:
    page = open_desk(browser, live_server, make_user(Role.CHECKER), **options)
    complaints = watched(page)

    page.goto(f"{live_server.url}/admin/claims/claim/{revision.pk}/change/")
    for details in page.query_selector_all(".claim-panel details, .drawing-list"):
        details.evaluate("element => element.open = true")

    assert complaints == []
    assert serious(page) == []
    assert page.locator("#changes ins").first.is_visible()
    assert page.locator("svg.drawing-chain .drawing-node.not-seen").count() == 2
    # Nothing but the drawing, which scrolls by itself, is wider than the page.
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.context.close()


def test_the_checklist_leads_to_the_field_that_mends_it(browser: Browser, live_server: Any) -> None:
    claim = make_claim(harm_check=[], created_by=somebody())
    page = open_desk(browser, live_server, make_user(Role.REPORTER))
    page.goto(f"{live_server.url}/admin/claims/claim/{claim.pk}/change/")

    page.click("text=See what")
    page.click("#readiness a:has-text('Check what publishing could harm')")

    assert page.evaluate("location.hash") == "#id_harm_check"
    assert page.locator("#id_harm_check").is_visible()
    assert serious(page) == []
    page.context.close()


def test_a_claim_is_retracted_only_once_the_warning_is_ticked(
    browser: Browser, live_server: Any
) -> None:
    claim = make_rich_claim()
    page = open_desk(browser, live_server, make_user(Role.EDITOR))
    page.goto(f"{live_server.url}/admin/claims/claim/{claim.pk}/change/")
    page.click("summary:has-text('Take off or take back')")
    page.fill("#step-retract-note", "Synthetic note.")

    page.click("button:has-text('Retract')")
    before = workflow.public_state_of(claim)
    page.check("#step-retract-known")
    page.click("button:has-text('Retract')")
    page.wait_for_selector("text=Retracted. Readers see it marked so")

    assert (before, workflow.public_state_of(claim)) == ("live", "retracted")
    page.context.close()


@pytest.mark.parametrize("options", [LAPTOP, TABLET], ids=["laptop", "tablet"])
def test_the_preview_is_marked_and_has_no_serious_fault(
    browser: Browser, live_server: Any, public_server: str, revision: Claim, options: Any
) -> None:
    page = open_desk(browser, live_server, make_user(Role.REPORTER), **options)
    complaints = watched(page)

    page.goto(f"{live_server.url}/admin/claims/claim/{revision.pk}/change/")
    page.click(".claim-panel >> text=Preview")

    assert page.locator("text=Preview of a draft. Not published.").is_visible()
    assert page.locator("h1").inner_text() == revision.text
    assert complaints == []
    assert serious(page) == []
    page.context.close()
