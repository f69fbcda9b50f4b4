"""Pages as of a day in the past, and those of versions, in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from claims.kinds import KINDS
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind
from sources import workflow
from tests.factories import make_user
from tests.in_browser import browser
from tests.surfaces.event_rich import make_told_event
from tests.surfaces.looking import check_pages
from tests.surfaces.people_rich import make_people

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]

NOTE = "Synthetic note: the description was wrong."


@pytest.fixture
def addresses() -> dict[str, str]:
    """One address of each kind of page."""
    event, people = make_told_event(), make_people()
    people.office.description = "the office that counts boats and people"
    people.office.save()
    editor = make_user(Role.EDITOR)
    workflow.send_subject(people.office, PublicationKind.CORRECT, kinds=KINDS, by=editor, note=NOTE)
    today = timezone.now().date()
    return {
        "event": f"/events/{event.public_id}/?as_of={today}",
        "version": f"/claimants/{people.office.public_id}/versions/1/",
        "claimant": f"/claimants/{people.office.public_id}/harbour-office-of-exampleton/",
        "source": f"/sources/{people.gazette.public_id}/?as_of={today}",
        "not-yet": f"/events/{event.public_id}/?as_of=2020-01-01",
        "refused": "/topics/?as_of=2020-01-01",
        "french": f"/fr/claimants/{people.office.public_id}/versions/1/",
    }


def test_pages_are_accessible_quiet_and_no_wider_than_the_screen(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    check_pages(browser, public_server, addresses, statuses={"not-yet": 404, "refused": 400})
