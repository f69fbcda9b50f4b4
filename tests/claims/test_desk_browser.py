"""The desk in a real browser, where forms stand beside each other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Page

from claims import workflow
from claims.models import Claim
from factcheck.common.roles import Role
from tests.factories import make_ready_claim, make_user
from tests.in_browser import browser, open_desk

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(browser, live_server) -> Iterator[Page]:
    """A reporter's browser, signed in."""
    page = open_desk(browser, live_server, make_user(Role.REPORTER, "reporter"))
    yield page
    page.context.close()


def answering(page: Page, *, accept: bool) -> list[str]:
    """Answer what the page asks, and note it."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        if accept:
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", answer)
    return asked


@pytest.mark.parametrize(("accept", "stage"), [(False, "draft"), (True, "in_review")])
def test_a_step_asks_before_unsaved_words_are_lost(desk, live_server, accept, stage):
    claim = make_ready_claim()
    asked = answering(desk, accept=accept)
    desk.goto(f"{live_server.url}/admin/claims/claim/{claim.pk}/change/")
    desk.fill("#id_why_checked", "Typed and not saved.")

    desk.get_by_role("button", name="Submit for review").click()
    desk.wait_for_timeout(1000)

    assert asked == ["What you have changed on this page is not saved. Leave it behind?"]
    assert Claim.objects.get(pk=claim.pk).stage == stage
    if not accept:
        assert desk.input_value("#id_why_checked") == "Typed and not saved."


def test_a_step_on_an_untouched_page_asks_nothing(desk, live_server):
    claim = make_ready_claim()
    asked = answering(desk, accept=True)
    desk.goto(f"{live_server.url}/admin/claims/claim/{claim.pk}/change/")

    desk.get_by_role("button", name="Submit for review").click()
    desk.wait_for_selector("text=Submitted for review.")

    assert asked == []
    assert workflow.STEPS["submit"].to_stage == Claim.objects.get(pk=claim.pk).stage
