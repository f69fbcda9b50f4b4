"""Where people are signed in, and ending it."""

import re
import time
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django import Settings
from qsessions.models import Session

from factcheck.common.roles import Role
from factcheck.signing_in import sessions
from factcheck.signing_in.middleware import SEEN, SINCE
from tests.admin_pages import signed_in
from tests.factories import make_user
from tests.in_browser import browser, open_desk, serious, watched

__all__ = ["browser"]

pytestmark = pytest.mark.django_db

PAGE = "/admin/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)


def handles_on(client: Client) -> list[str]:
    return re.findall(r"/admin/sessions/(\w+)/end/", client.get(PAGE).content.decode())


def key_of(client: Client) -> str:
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_the_page_says_with_what_from_where_and_which_is_this_one() -> None:
    user = make_user(Role.EDITOR)
    here = signed_in(user, HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="192.0.2.1")
    there = signed_in(user, HTTP_USER_AGENT=SAFARI, REMOTE_ADDR="2001:db8::7")
    for client in (here, there):
        client.get("/admin/")

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", here.get(PAGE).content.decode()))

    assert "Firefox on Windows (this one) 192.0.2.1" in text
    assert "Mobile Safari on iOS 2001:db8::7" in text
    assert text.count(f"{timezone.now():%Y-%m-%d}") >= 4


def test_behind_a_proxy_the_page_says_the_address_without_its_port(settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    forwarded = "203.0.113.1, [2001:db8::7]:50123"
    client = signed_in(make_user(Role.EDITOR), HTTP_X_FORWARDED_FOR=forwarded)
    client.get("/admin/")

    page = client.get(PAGE)

    assert b"<td>2001:db8::7</td>" in page.content


@pytest.mark.parametrize("user_agent", ["", "x" * 500, "<script>alert(1)</script>", "()"])
def test_any_program_can_be_named(user_agent: str) -> None:
    client = signed_in(make_user(Role.EDITOR), HTTP_USER_AGENT=user_agent)

    page = client.get(PAGE)

    assert page.status_code == 200
    assert "An unknown program on an unknown system" in page.content.decode()
    assert b"<script>alert" not in page.content


def test_no_page_gives_a_key_away() -> None:
    user = make_user(Role.CHECKER)
    theirs = signed_in(user)
    theirs.get("/admin/")
    mine = signed_in(user)
    administrator = signed_in(make_user(Role.ADMINISTRATOR))

    pages = [mine.get(PAGE), administrator.get(f"/admin/auth/user/{user.pk}/change/")]

    assert all(key_of(theirs).encode() not in page.content for page in pages)
    assert b"unknown program" in pages[1].content


def test_one_session_is_ended_and_the_others_go_on() -> None:
    user = make_user(Role.EDITOR)
    here, there, elsewhere = (signed_in(user) for _ in range(3))

    here.post(f"{PAGE}{sessions.handle_of(key_of(there))}/end/")

    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, True)


def test_all_others_are_ended() -> None:
    user = make_user(Role.EDITOR)
    here, there, elsewhere = (signed_in(user) for _ in range(3))
    somebody_else = signed_in(make_user(Role.EDITOR))

    here.post(f"{PAGE}end-others/")

    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, False)
    assert is_in(somebody_else)


def test_nobody_ends_the_session_of_another() -> None:
    mine = signed_in(make_user(Role.EDITOR))
    theirs = signed_in(make_user(Role.EDITOR))

    response = mine.post(f"{PAGE}{sessions.handle_of(key_of(theirs))}/end/", follow=True)

    assert "had ended already" in response.content.decode()
    assert is_in(theirs)


def test_ending_takes_a_post_with_its_token() -> None:
    user = make_user(Role.EDITOR)
    here, there = signed_in(user, enforce_csrf_checks=True), signed_in(user)
    address = f"{PAGE}{sessions.handle_of(key_of(there))}/end/"

    assert here.get(address).status_code == 405
    assert here.post(address).status_code == 403
    assert is_in(there)


def test_an_administrator_ends_all_of_a_person_and_it_is_noted() -> None:
    user = make_user(Role.CHECKER)
    clients = [signed_in(user), signed_in(user)]

    signed_in(make_user(Role.ADMINISTRATOR)).post(f"/admin/auth/user/{user.pk}/end-sessions/")

    assert [is_in(client) for client in clients] == [False, False]
    assert LogEntry.objects.get().change_message == "Ended 2 sessions."


def test_another_password_ends_the_other_sessions() -> None:
    user = make_user(Role.EDITOR)
    here, there = signed_in(user), signed_in(user)
    new = "another synthetic password"

    here.post(
        "/admin/password_change/",
        {"old_password": "synthetic-password", "new_password1": new, "new_password2": new},
    )

    assert (is_in(here), is_in(there)) == (True, False)
    assert Session.objects.filter(user=user).count() == 1


def test_a_password_that_is_not_changed_ends_nothing() -> None:
    user = make_user(Role.EDITOR)
    here, there = signed_in(user), signed_in(user)

    here.post("/admin/password_change/", {"old_password": "wrong", "new_password1": "x"})

    assert (is_in(here), is_in(there)) == (True, True)


def test_a_password_set_by_an_administrator_ends_all_sessions() -> None:
    user, new = make_user(Role.EDITOR), "another synthetic password"
    theirs = signed_in(user)

    signed_in(make_user(Role.ADMINISTRATOR)).post(
        f"/admin/auth/user/{user.pk}/password/",
        {"password1": new, "password2": new, "usable_password": "true"},
    )

    assert not is_in(theirs)
    assert not Session.objects.filter(user=user).exists()


@pytest.mark.parametrize("kept", ["is_active", "is_staff"])
def test_who_does_not_belong_to_the_desk_any_more_is_signed_out(kept: str) -> None:
    user = make_user(Role.EDITOR)
    theirs = signed_in(user)

    signed_in(make_user(Role.ADMINISTRATOR)).post(
        f"/admin/auth/user/{user.pk}/change/",
        {"username": user.username, kept: "on", "groups": str(user.groups.get().pk)},
    )

    assert not is_in(theirs)
    assert not Session.objects.filter(user=user).exists()


def aged(client: Client, *, since: int = 0, seen: int = 0) -> Client:
    store = client.session
    store[SINCE] = int(time.time()) - since
    store[SEEN] = int(time.time()) - seen
    store.save()
    return client


def test_a_session_ends_twelve_hours_after_the_sign_in_however_busy() -> None:
    user = make_user(Role.EDITOR)

    assert is_in(aged(signed_in(user), since=12 * 3600 - 60))
    assert not is_in(aged(signed_in(user), since=12 * 3600 + 60))


def test_a_session_ends_four_hours_after_it_was_last_seen() -> None:
    client = signed_in(make_user(Role.EDITOR))
    row = Session.objects.get(session_key=key_of(client))

    assert (row.expire_date - timezone.now()).total_seconds() == pytest.approx(4 * 3600, abs=60)


def test_being_seen_is_written_once_a_minute_at_most() -> None:
    user = make_user(Role.EDITOR)
    fresh, older = signed_in(user), aged(signed_in(user), seen=61)
    before = dict(Session.objects.values_list("session_key", "updated_at"))

    fresh.get("/admin/")
    older.get("/admin/")

    after = dict(Session.objects.values_list("session_key", "updated_at"))
    assert after[key_of(fresh)] == before[key_of(fresh)]
    assert after[key_of(older)] > before[key_of(older)]


def test_readers_pages_ask_for_no_session() -> None:
    client = aged(signed_in(make_user(Role.EDITOR)), since=13 * 3600)

    response = client.get("/claims/")

    assert response.status_code == 200
    assert not response.cookies
    assert Session.objects.filter(session_key=key_of(client)).exists()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_accessible(browser: Browser, live_server: Any, width: int) -> None:
    user = make_user(Role.EDITOR)
    signed_in(user)
    page = open_desk(browser, live_server, user, viewport={"width": width, "height": 800})
    complaints = watched(page)

    page.goto(f"{live_server.url}{PAGE}")
    found = serious(page)
    page.click("text=End all others")

    assert found == []
    assert "1 other session" in page.inner_text(".messagelist")
    assert page.locator(".desk-table tbody tr").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []
    page.context.close()


# Pages and API


@pytest.mark.parametrize(
    "address", ["/claims/", "/uk/", "/api/v1/claims/", "/no-such-page/", "/healthz"]
)
def test_outside_the_desk_nobody_is_known(address: str):
    client = signed_in(make_user(Role.EDITOR))

    request = client.get(address).wsgi_request
    at_desk = client.get("/admin/").wsgi_request

    known = [getattr(request, name, None) for name in ("session", "user", "_messages")]
    assert known == [None, None, None]
    assert at_desk.session
    assert at_desk.user.is_authenticated
