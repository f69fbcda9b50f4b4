"""What is typed into a long form outlives the session in which it was opened."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from claims.models import Claim, Comment
from factcheck.common.roles import Role
from tests.admin_pages import address, signed_in
from tests.factories import make_claim, make_user, somebody
from tests.in_browser import browser, open_desk, serious, watched

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = "SYNTHETIC. Thirteen boats were counted, and two more at night."


def sign_in_again(page: Page, user: Any, url: str) -> None:
    """As in another tab: a new session, and with it another token."""
    cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_typed_over_a_lapsed_session_is_kept_and_sent_once_signed_in(
    browser: Browser, live_server: Any, scheme: Any
) -> None:
    claim, rita = make_claim(created_by=somebody()), make_user(Role.REPORTER, "rita")
    page = open_desk(browser, live_server, rita, color_scheme=scheme)
    complaints = watched(page)
    page.goto(f"{live_server.url}{address(claim)}")
    page.fill("#id_text", TYPED)
    page.context.clear_cookies()

    page.click("[name=_continue]")
    page.wait_for_selector("#not-sent")

    told = page.inner_text("#not-sent")
    assert "you are not signed in any more" in told
    assert page.get_attribute("#not-sent a", "target") == "_blank"
    assert page.input_value("#id_text") == TYPED
    assert serious(page) == []
    assert Claim.objects.get(pk=claim.pk).text != TYPED

    complaints.clear()
    sign_in_again(page, rita, live_server.url)
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")

    assert Claim.objects.get(pk=claim.pk).text == TYPED
    assert complaints == []
    page.context.close()


def test_a_note_outlives_it_as_well_and_a_desk_that_does_not_answer(
    browser: Browser, live_server: Any
) -> None:
    claim, rita = make_claim(created_by=somebody()), make_user(Role.REPORTER, "rita")
    page = open_desk(browser, live_server, rita)
    page.goto(f"{live_server.url}{address(claim)}")
    page.fill("#comment-text", TYPED)
    page.context.set_offline(True)

    page.click("#comments .desk-say button")
    page.wait_for_selector("text=the desk does not answer")
    page.context.set_offline(False)
    page.click("#comments .desk-say button")
    page.wait_for_selector("text=Commented.")

    assert [one.text for one in Comment.objects.all()] == [TYPED]
    page.context.close()
