"""What is typed into a long form outlives the session in which it was opened."""

from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from claims.choices import Stage
from claims.models import Claim, Comment
from factcheck import read_only
from factcheck.common.roles import Role
from tests.admin_pages import address, signed_in
from tests.factories import make_claim, make_ready_claim, make_user, somebody
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


def test_what_was_typed_outlives_a_read_only_hour(browser: Browser, live_server: Any) -> None:
    claim, rita = make_claim(created_by=somebody()), make_user(Role.REPORTER, "rita")
    page = open_desk(browser, live_server, rita)
    page.goto(f"{live_server.url}{address(claim)}")
    page.fill("#id_text", TYPED)
    read_only.switch(on=True, why="Synthetic attack.", by=None)

    page.click("[name=_continue]")
    page.wait_for_selector("text=the desk is read-only now")
    read_only.switch(on=False, why="It is over.", by=None)
    assert page.input_value("#id_text") == TYPED
    page.click("[name=_continue]")
    page.wait_for_selector(".messagelist .success")

    assert Claim.objects.get(pk=claim.pk).text == TYPED
    page.context.close()


def test_a_step_or_a_comment_that_is_pressed_twice_is_sent_once(
    browser: Browser, live_server: Any
) -> None:
    claim, rita = make_ready_claim(), make_user(Role.REPORTER, "rita")
    page = open_desk(browser, live_server, rita)
    page.goto(f"{live_server.url}{address(claim)}")
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)

    page.get_by_role("button", name="Submit for review").dblclick()
    page.wait_for_selector("text=Submitted for review.")
    page.fill("#comment-text", TYPED)
    page.locator("#comments .desk-say button").dblclick()
    page.wait_for_selector("text=Commented.")

    assert Claim.objects.get(pk=claim.pk).stage == Stage.IN_REVIEW
    assert [one.text for one in Comment.objects.all()] == [TYPED]
    assert len([url for url in posts if "/presence/" not in url]) == 2
    page.context.close()
