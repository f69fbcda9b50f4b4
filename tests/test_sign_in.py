"""Signing in: password, code, the first set-up, lock-out."""

import re
import time
from base64 import b32decode
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from factcheck.common.roles import Role
from factcheck.signing_in import second_factor
from tests.admin_pages import signed_in
from tests.factories import make_user
from tests.in_browser import browser, open_desk, serious, watched

__all__ = ["browser"]

pytestmark = pytest.mark.django_db

PASSWORD = "synthetic-password"
LOGIN = "/admin/login/"
CODE = "/admin/sign-in/code/"
SET_UP = "/admin/sign-in/second-factor/"
NEW_CODES = "/admin/sign-in/recovery-codes/"
WRONG = "Please enter the correct username and password for a staff account."


def give_password(client: Client, user: User | str, password: str = PASSWORD, **more: Any) -> Any:
    """Send the first form."""
    return client.post(LOGIN, {"username": str(user), "password": password}, **more)


def make_device(user: User) -> TOTPDevice:
    """A device that the person has set up before."""
    device: TOTPDevice = TOTPDevice.objects.create(user=user, name="Synthetic")
    return device


def code_of(device: TOTPDevice, *, steps: int = 0) -> str:
    """The code of the moment, or of some half-minutes later."""
    return f"{totp(device.bin_key, t0=-30 * steps):06d}"


def shown_again(device: TOTPDevice, **changed: str) -> dict[str, str]:
    """What the desk asks for once more before a second factor is changed."""
    return {"password": PASSWORD, "current_code": code_of(device)} | changed


def secret_on(response: HttpResponse) -> bytes:
    """The secret that the page offers, as an authenticator keeps it."""
    [text] = re.findall(r'class="desk-secret">([A-Z2-7 ]+)<', response.content.decode())
    return b32decode(text.replace(" ", ""))


# The way in


def test_a_password_alone_opens_nothing() -> None:
    user, client = make_user(Role.EDITOR), Client()
    make_device(user)

    assert give_password(client, user).status_code == 302
    index = client.get("/admin/")
    claims = client.get("/admin/claims/claim/")
    sessions = client.get("/admin/sessions/")

    assert [page.status_code for page in (index, claims, sessions)] == [302, 302, 302]
    assert all(page["Location"].startswith(LOGIN) for page in (index, claims, sessions))


def test_the_password_leads_to_the_code_and_the_code_to_where_one_wanted() -> None:
    user, client = make_user(Role.EDITOR), Client()
    device = make_device(user)
    wanted = "/admin/claims/claim/?q=boats"

    give_password(client, user)
    at_code = client.get(f"{LOGIN}?next={wanted.replace('?', '%3F')}")
    page = client.get(at_code["Location"])
    opened = client.post(CODE, {"code": code_of(device), "next": wanted})

    assert at_code["Location"].startswith(CODE)
    assert b'autocomplete="one-time-code"' in page.content
    assert b'inputmode="numeric"' in page.content
    assert opened["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_the_code_gives_the_session_another_key() -> None:
    user, client = make_user(Role.EDITOR), Client()
    device = make_device(user)
    give_password(client, user)
    before = client.session.session_key

    client.post(CODE, {"code": code_of(device)})

    assert client.session.session_key != before
    assert client.get("/admin/").status_code == 200


def test_a_code_opens_once() -> None:
    user = make_user(Role.EDITOR)
    device = make_device(user)
    code = code_of(device)
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, user)

    opened = first.post(CODE, {"code": code})
    again = second.post(CODE, {"code": code})

    assert opened.status_code == 302
    assert again.status_code == 200
    assert b"can be used only once" in again.content


def test_who_guesses_codes_has_to_wait_even_for_the_right_one() -> None:
    user, client = make_user(Role.EDITOR), Client()
    device = make_device(user)
    give_password(client, user)
    TOTPDevice.objects.filter(pk=device.pk).update(
        throttling_failure_count=8, throttling_failure_timestamp=timezone.now()
    )

    response = client.post(CODE, {"code": code_of(device)})

    assert re.search(rb"Too many wrong codes. Wait until \d\d:\d\d:\d\d UTC", response.content)
    assert client.get("/admin/").status_code == 302


def test_a_wrong_code_counts() -> None:
    user, client = make_user(Role.EDITOR), Client()
    device = make_device(user)
    give_password(client, user)

    client.post(CODE, {"code": "000000"})

    device.refresh_from_db()
    assert device.throttling_failure_count == 1


@pytest.mark.parametrize(
    "code",
    ["", "12", "１２３４５６", "00000000000000000000", "a\u0301bcdef", "'--", "abcd\0efg"],
)
def test_what_is_no_code_is_refused_in_words(code: str) -> None:
    user, client = make_user(Role.EDITOR), Client()
    make_device(user)
    second_factor.new_recovery_codes(user)
    give_password(client, user)

    response = client.post(CODE, {"code": code})

    assert response.status_code == 200
    assert b"This is not the code." in response.content


def test_another_persons_code_does_not_open() -> None:
    user, other, client = make_user(Role.EDITOR), make_user(Role.EDITOR), Client()
    make_device(user)
    theirs = make_device(other)
    give_password(client, user)

    client.post(CODE, {"code": code_of(theirs), "otp_device": theirs.persistent_id})

    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("page", [CODE, SET_UP, LOGIN])
@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_no_step_of_the_way_leads_elsewhere(page: str, target: str) -> None:
    user, client = make_user(Role.EDITOR), Client()
    if page != SET_UP:
        device = make_device(user)
    responses = [give_password(client, user, QUERY_STRING=f"next={target}")]
    responses.append(client.get(f"{page}?next={target}"))
    if page == CODE:
        responses.append(client.post(CODE, {"code": code_of(device), "next": target}))

    for response in responses:
        assert "evil" not in response.get("Location", "").partition("?")[0]
        assert not response.get("Location", "").startswith(("javascript", "//", "http"))
        assert f'href="{target}"'.encode() not in response.content
        assert f'value="{target}"'.encode() not in response.content


def test_who_is_half_signed_in_can_leave() -> None:
    user, client = make_user(Role.EDITOR), Client()
    make_device(user)
    give_password(client, user)

    client.post("/admin/logout/")

    assert client.get(CODE)["Location"].startswith(LOGIN)


def test_who_does_not_belong_to_the_staff_gets_nowhere() -> None:
    reader, client = User.objects.create_user("reader", password=PASSWORD), Client()
    staff = make_user(Role.EDITOR)

    outsider = give_password(client, reader)
    wrong = give_password(client, staff, "wrong-password")
    nobody = give_password(client, "nobody-of-this-name", "wrong-password")

    assert [WRONG in page.content.decode() for page in (outsider, wrong, nobody)] == [True] * 3
    assert client.get(SET_UP)["Location"].startswith(LOGIN)


# Setting up


def test_the_first_sign_in_leads_to_setting_up_and_nowhere_else() -> None:
    user, client = make_user(Role.REPORTER), Client()
    give_password(client, user)

    led = client.get(client.get("/admin/")["Location"])
    page = client.get(SET_UP)

    assert led["Location"].startswith(SET_UP)
    assert b"<svg" in page.content
    assert b"viewBox=" in page.content, "a picture that is scaled, not cut"
    assert client.get("/admin/claims/claim/").status_code == 302
    assert TOTPDevice.objects.count() == 0
    assert "no-store" in page["Cache-Control"]


def test_a_device_is_taken_by_its_first_code_and_ten_recovery_codes_are_shown_once() -> None:
    user, client = make_user(Role.REPORTER), Client()
    give_password(client, user)
    key = secret_on(client.get(SET_UP))

    refused = client.post(SET_UP, {"code": "000000"})
    page = client.post(SET_UP, {"code": f"{totp(key):06d}"})

    shown = re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", page.content.decode())
    assert b"not the code of the moment" in refused.content
    assert len(shown) == len(set(shown)) == 10
    assert "no-store" in page["Cache-Control"]
    assert client.get("/admin/").status_code == 200
    assert not any(code.encode() in client.get(SET_UP).content for code in shown)


def test_the_code_that_set_a_device_up_does_not_sign_in_again() -> None:
    user, client = make_user(Role.REPORTER), Client()
    give_password(client, user)
    key = secret_on(client.get(SET_UP))
    client.post(SET_UP, {"code": f"{totp(key):06d}"})
    elsewhere = Client()
    give_password(elsewhere, user)

    elsewhere.post(CODE, {"code": f"{totp(key):06d}"})

    assert elsewhere.get("/admin/").status_code == 302


def test_a_recovery_code_opens_once_however_it_is_typed() -> None:
    user = make_user(Role.EDITOR)
    make_device(user)
    code = second_factor.new_recovery_codes(user)[0]
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, user)

    opened = first.post(CODE, {"code": f" {code.upper().replace('-', ' ')} "}, follow=True)
    again = second.post(CODE, {"code": code})

    assert "9 are left" in opened.content.decode()
    assert b"This is not the code" in again.content
    assert second_factor.recovery_codes_left(user) == 9


def test_who_has_used_up_the_last_recovery_code_is_told_who_helps() -> None:
    user, client = make_user(Role.EDITOR), Client()
    make_device(user)
    code, *others = second_factor.new_recovery_codes(user)
    StaticToken.objects.exclude(token=code.replace("-", "")).delete()
    give_password(client, user)

    opened = client.post(CODE, {"code": code}, follow=True)

    assert len(others) == 9
    assert "ask an administrator to remove your second factor" in opened.content.decode()


def test_a_password_alone_does_not_replace_a_device() -> None:
    user, client = make_user(Role.EDITOR), Client()
    device = make_device(user)
    give_password(client, user)

    page = client.get(SET_UP)
    posted = client.post(SET_UP, {"code": "000000"})
    codes = client.post(NEW_CODES)

    assert page["Location"].startswith(CODE)
    assert posted["Location"].startswith(CODE)
    assert codes["Location"].startswith(LOGIN)
    assert list(TOTPDevice.objects.values_list("pk", "key")) == [(device.pk, device.key)]


def test_another_telephone_makes_the_first_worthless_and_ends_other_sessions() -> None:
    user = make_user(Role.EDITOR)
    here, there = signed_in(user), signed_in(user)
    first = TOTPDevice.objects.get(user=user)
    key = secret_on(here.get(SET_UP))

    here.post(SET_UP, {"code": f"{totp(key):06d}", **shown_again(first)})

    assert here.get("/admin/").status_code == 200
    assert there.get("/admin/").status_code == 302
    assert not TOTPDevice.objects.filter(pk=first.pk).exists()
    assert TOTPDevice.objects.get(user=user).confirmed


def test_new_recovery_codes_make_the_old_ones_worthless() -> None:
    user = make_user(Role.EDITOR)
    client = signed_in(user)
    old = second_factor.new_recovery_codes(user)

    page = client.post(NEW_CODES, shown_again(TOTPDevice.objects.get(user=user)))

    assert page.content.count(b"<code>") == 10
    left = set(StaticToken.objects.values_list("token", flat=True))
    assert not left & {code.replace("-", "") for code in old}


def factors_of(user: User) -> list[Any]:
    """Device and recovery codes of the person."""
    return [
        *TOTPDevice.objects.filter(user=user).values_list("pk", "key"),
        *StaticToken.objects.filter(device__user=user).values_list("token").order_by("pk"),
    ]


@pytest.mark.parametrize("page", [SET_UP, NEW_CODES])
@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"password": ""}, "Give your password."),
        ({"password": "wrong"}, "This is not your password."),
        ({"current_code": ""}, "This is not the code."),
        ({"current_code": "000000"}, "This is not the code."),
        ({"current_code": "abcd-efgh"}, "This is not the code."),
    ],
)
def test_a_full_session_alone_does_not_change_the_second_factor(
    page: str, changed: dict[str, str], message: str
) -> None:
    user = make_user(Role.EDITOR)
    client, other = signed_in(user), signed_in(user)
    device = TOTPDevice.objects.get(user=user)
    second_factor.new_recovery_codes(user)
    before = factors_of(user)
    code = f"{totp(secret_on(client.get(SET_UP))):06d}"

    response = client.post(page, {"code": code, **shown_again(device, **changed)})

    assert f"{message} " in response.content.decode()
    assert "Nothing was changed." in response.content.decode()
    assert factors_of(user) == before
    assert other.get("/admin/").status_code == 200


@pytest.mark.parametrize("page", [SET_UP, NEW_CODES])
def test_a_recovery_code_stands_for_the_code_of_a_lost_telephone(page: str) -> None:
    user = make_user(Role.EDITOR)
    client = signed_in(user)
    recovery = second_factor.new_recovery_codes(user)[0]
    before = factors_of(user)
    code = f"{totp(secret_on(client.get(SET_UP))):06d}"

    response = client.post(page, {"code": code, "password": PASSWORD, "current_code": recovery})

    assert response.content.count(b"<code>") == 10
    assert not set(factors_of(user)[1:]) & set(before[1:])


@pytest.mark.parametrize("page", [SET_UP, NEW_CODES])
def test_wrong_passwords_there_count_as_those_of_signing_in(page: str) -> None:
    user = make_user(Role.EDITOR)
    client = signed_in(user)
    device = TOTPDevice.objects.get(user=user)
    before = factors_of(user)
    code = f"{totp(secret_on(client.get(SET_UP))):06d}"
    wrong = {"code": code, **shown_again(device, password="wrong")}

    statuses = [client.post(page, wrong).status_code for _ in range(5)]
    right = client.post(page, {"code": code, **shown_again(device)})
    signing_in = give_password(Client(), user)

    assert statuses == [200, 200, 200, 200, 429]
    assert (right.status_code, signing_in.status_code) == (429, 429)
    assert factors_of(user) == before


def test_wrong_codes_there_count_as_those_after_the_password() -> None:
    user = make_user(Role.EDITOR)
    client = signed_in(user)
    device = TOTPDevice.objects.get(user=user)

    client.post(NEW_CODES, shown_again(device, current_code="000000"))
    waiting = client.post(NEW_CODES, shown_again(device))

    device.refresh_from_db()
    assert device.throttling_failure_count == 1
    assert "Too many wrong codes." in waiting.content.decode()


def test_a_slip_in_the_new_code_does_not_cost_the_present_one() -> None:
    user = make_user(Role.EDITOR)
    client = signed_in(user)
    shown = shown_again(TOTPDevice.objects.get(user=user))
    key = secret_on(client.get(SET_UP))

    refused = client.post(SET_UP, {"code": "000000", **shown})
    taken = client.post(SET_UP, {"code": f"{totp(key):06d}", **shown})

    assert b"not the code of the moment" in refused.content
    assert taken.content.count(b"<code>") == 10


def test_a_failure_keeps_nothing_that_opens_the_desk() -> None:
    user = make_user(Role.EDITOR)
    client = signed_in(user)
    recovery = second_factor.new_recovery_codes(user)[0]

    client.post(NEW_CODES, {"password": "not the password", "current_code": recovery})

    [kept] = AccessAttempt.objects.values_list("post_data", flat=True)
    assert "current_code=****" in kept
    assert not any(word in kept for word in (recovery, "not the password"))


def test_the_page_says_that_it_asks_again_and_what_happens_then() -> None:
    page = signed_in(make_user(Role.EDITOR)).get(SET_UP).content.decode()
    first = Client()
    give_password(first, make_user(Role.EDITOR))

    assert "asks for your password and a code once more" in page
    assert "after 5, wait 15 minutes" in page
    assert "your other sessions end" in page
    assert 'name="password"' not in first.get(SET_UP).content.decode(), "it was given just now"


def test_a_demonstration_asks_for_the_password_before_the_first_device(settings: Settings) -> None:
    settings.SECOND_FACTOR = False
    user, client = make_user(Role.EDITOR), Client()
    give_password(client, user)
    code = f"{totp(secret_on(client.get(SET_UP))):06d}"

    refused = client.post(SET_UP, {"code": code})
    taken = client.post(SET_UP, {"code": code, "password": PASSWORD})

    assert b"Give your password." in refused.content
    assert taken.content.count(b"<code>") == 10
    assert client.get("/admin/").status_code == 200


def test_a_demonstration_offers_the_second_factor(settings: Settings) -> None:
    settings.SECOND_FACTOR = False
    without, with_device = make_user(Role.EDITOR), make_user(Role.EDITOR)
    make_device(with_device)
    clients = [Client(), Client()]
    for client, user in zip(clients, (without, with_device), strict=True):
        give_password(client, user)

    opened, asked = (client.get("/admin/") for client in clients)

    assert opened.status_code == 200
    assert b"Second factor" in opened.content
    assert asked.status_code == 302
    assert b"offered, not asked for" in clients[0].get(SET_UP).content


# A lost telephone


def test_an_administrator_removes_a_second_factor_and_it_is_noted() -> None:
    user, administrator = make_user(Role.CHECKER), make_user(Role.ADMINISTRATOR)
    theirs = signed_in(user)
    second_factor.new_recovery_codes(user)

    response = signed_in(administrator).post(f"/admin/auth/user/{user.pk}/remove-second-factor/")

    assert response.status_code == 302
    assert not TOTPDevice.objects.filter(user=user).exists()
    assert not StaticToken.objects.exists()
    assert theirs.get("/admin/").status_code == 302
    [entry] = LogEntry.objects.all()
    assert (entry.user, entry.object_id) == (administrator, str(user.pk))
    assert entry.change_message == "Removed the second factor."


@pytest.mark.parametrize("button", ["remove-second-factor", "end-sessions"])
def test_nobody_else_does_so(button: str) -> None:
    user = make_user(Role.CHECKER)
    theirs = signed_in(user)
    boss = User.objects.create_superuser("boss", password=PASSWORD)
    administrator = make_user(Role.ADMINISTRATOR)
    address = f"/admin/auth/user/{user.pk}/{button}/"

    for role in (Role.REPORTER, Role.CHECKER, Role.EDITOR):
        assert signed_in(make_user(role)).post(address).status_code == 403
    by_get = signed_in(administrator).get(address)
    of_a_superuser = signed_in(administrator).post(f"/admin/auth/user/{boss.pk}/{button}/")
    of_oneself = signed_in(administrator).post(f"/admin/auth/user/{administrator.pk}/{button}/")

    assert (by_get.status_code, of_a_superuser.status_code, of_oneself.status_code) == (403,) * 3
    assert theirs.get("/admin/").status_code == 200


def test_a_device_removed_by_whatever_way_closes_the_desk() -> None:
    user = make_user(Role.EDITOR)
    client = signed_in(user)

    TOTPDevice.objects.filter(user=user).delete()

    assert client.get("/admin/").status_code == 302


# Lock-out


def test_after_five_failures_the_right_password_waits_too() -> None:
    user, client = make_user(Role.EDITOR), Client()

    statuses = [give_password(client, user, "wrong").status_code for _ in range(5)]
    right = give_password(client, user)

    assert statuses == [200, 200, 200, 200, 429]
    assert right.status_code == 429
    assert right["Retry-After"] == "900"
    assert b"for the next 15 minutes" in right.content


def test_the_page_says_the_same_of_an_account_that_does_not_exist() -> None:
    user = make_user(Role.EDITOR)
    pages = []
    for name in (user.username, "nobody-of-this-name"):
        client = Client(REMOTE_ADDR=f"192.0.2.{len(pages) + 1}")
        pages.append([give_password(client, name, "wrong") for _ in range(6)])

    known, unknown = pages

    assert [page.status_code for page in known] == [page.status_code for page in unknown]
    assert known[-1].content == unknown[-1].content


def test_a_person_is_not_shut_out_from_afar() -> None:
    user = make_user(Role.EDITOR)
    make_device(user)
    for number in range(8):
        attacker = Client(REMOTE_ADDR=f"192.0.2.{number}")
        for _ in range(6):
            give_password(attacker, user, "wrong")

    assert give_password(Client(REMOTE_ADDR="198.51.100.7"), user).status_code == 302


def test_an_address_that_tries_many_names_waits_for_all_of_them() -> None:
    user, client = make_user(Role.EDITOR), Client(REMOTE_ADDR="192.0.2.9")

    statuses = [give_password(client, f"name-{n}", "wrong").status_code for n in range(30)]

    assert statuses == [200] * 29 + [429]
    assert give_password(client, user).status_code == 429
    assert give_password(Client(REMOTE_ADDR="192.0.2.10"), user).status_code == 302


def test_all_addresses_of_one_ipv6_network_count_together() -> None:
    user = make_user(Role.EDITOR)
    for number in range(5):
        give_password(Client(REMOTE_ADDR=f"2001:db8::{number + 1}"), user, "wrong")

    assert give_password(Client(REMOTE_ADDR="2001:db8::ffff"), user).status_code == 429
    assert give_password(Client(REMOTE_ADDR="2001:db8:0:1::1"), user).status_code == 302


def test_without_a_proxy_nobody_chooses_an_address() -> None:
    user = make_user(Role.EDITOR)
    for number in range(5):
        give_password(Client(), user, "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")

    response = give_password(Client(), user, HTTP_X_FORWARDED_FOR="203.0.113.99")

    assert response.status_code == 429


def test_behind_a_proxy_the_address_that_the_proxy_wrote_counts(settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    user = make_user(Role.EDITOR)
    for number in range(5):
        claimed = f"203.0.113.{number}, 192.0.2.1"
        give_password(Client(), user, "wrong", HTTP_X_FORWARDED_FOR=claimed)

    same = give_password(Client(), user, HTTP_X_FORWARDED_FOR="203.0.113.99, 192.0.2.1")
    other = give_password(Client(), user, HTTP_X_FORWARDED_FOR="192.0.2.2")

    assert (same.status_code, other.status_code) == (429, 302)


@pytest.mark.parametrize("form", ["192.0.2.1:{}", "[2001:db8::1]:{}"])
def test_another_port_is_no_other_address(settings: Settings, form: str) -> None:
    settings.BEHIND_PROXY = True
    user = make_user(Role.EDITOR)
    for number in range(5):
        give_password(Client(), user, "wrong", HTTP_X_FORWARDED_FOR=form.format(50_000 + number))

    same = give_password(Client(), user, HTTP_X_FORWARDED_FOR=form.format(443))
    other = give_password(Client(), user, HTTP_X_FORWARDED_FOR="192.0.2.2:50000")

    assert (same.status_code, other.status_code) == (429, 302)


def test_wrong_old_passwords_count_where_one_is_changed() -> None:
    user = make_user(Role.EDITOR)
    client = signed_in(user)
    change, new = "/admin/password_change/", "another synthetic password"
    wrong = {"old_password": "wrong", "new_password1": new, "new_password2": new}

    statuses = [client.post(change, wrong).status_code for _ in range(5)]
    right = client.post(change, {**wrong, "old_password": PASSWORD})

    user.refresh_from_db()
    assert statuses == [200, 200, 200, 200, 429]
    assert right.status_code == 429
    assert user.check_password(PASSWORD)
    [kept] = AccessAttempt.objects.values_list("post_data", flat=True)
    assert new not in kept


def test_going_on_trying_does_not_make_the_wait_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    user, client = make_user(Role.EDITOR), Client()
    for _ in range(5):
        give_password(client, user, "wrong")
    now = timezone.now()

    for minutes, status in ((10, 429), (16, 302)):
        later = now + timezone.timedelta(minutes=minutes)
        monkeypatch.setattr("axes.handlers.proxy.now", lambda later=later: later)
        assert give_password(client, user).status_code == status


def test_an_administrator_ends_the_waiting_and_nobody_else_sees_who_waits() -> None:
    user, client = make_user(Role.EDITOR), Client()
    for _ in range(5):
        give_password(client, user, "wrong")
    attempts = "/admin/axes/accessattempt/"
    administrator = signed_in(make_user(Role.ADMINISTRATOR))

    shown = administrator.get(attempts)
    [pk] = re.findall(r'name="_selected_action" value="(\d+)"', shown.content.decode())
    action = {"action": "let_try_again", "_selected_action": pk}
    refused = signed_in(make_user(Role.EDITOR)).post(attempts, action)
    still = give_password(client, user)
    administrator.post(attempts, action)

    assert user.username in shown.content.decode()
    assert (refused.status_code, still.status_code) == (403, 429)
    assert give_password(client, user).status_code == 302


# Rights


def form_of(client: Client, account: User) -> str:
    return client.get(f"/admin/auth/user/{account.pk}/change/").content.decode()


def test_nobody_raises_their_own_rights() -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    client = signed_in(administrator)
    editors = make_user(Role.EDITOR).groups.get()

    page = form_of(client, administrator)
    client.post(
        f"/admin/auth/user/{administrator.pk}/change/",
        {
            "username": administrator.username,
            "is_active": "on",
            "is_staff": "on",
            "is_superuser": "on",
            "groups": [str(editors.pk)],
        },
    )

    administrator.refresh_from_db()
    assert 'name="groups"' not in page
    assert not administrator.is_superuser
    assert [group.name for group in administrator.groups.all()] == ["administrator"]


def test_an_administrator_makes_no_superuser_and_touches_none() -> None:
    boss = User.objects.create_superuser("boss", password=PASSWORD)
    user = make_user(Role.REPORTER)
    client = signed_in(make_user(Role.ADMINISTRATOR))

    client.post(
        f"/admin/auth/user/{user.pk}/change/",
        {"username": user.username, "is_active": "on", "is_staff": "on", "is_superuser": "on"},
    )
    password = client.post(
        f"/admin/auth/user/{boss.pk}/password/", {"password1": "x" * 20, "password2": "x" * 20}
    )

    user.refresh_from_db()
    assert not user.is_superuser
    assert user.groups.count() == 0, "the rest of the form was saved"
    assert password.status_code == 403
    assert 'name="username"' not in form_of(client, boss)


def test_a_superuser_makes_another_and_not_more_of_oneself() -> None:
    boss = User.objects.create_superuser("boss", password=PASSWORD)
    client = signed_in(boss)

    assert 'name="is_superuser"' in form_of(client, make_user(Role.REPORTER))
    assert 'name="groups"' not in form_of(client, boss)


def test_an_account_without_role_is_warned_of() -> None:
    user = make_user(Role.REPORTER)

    page = signed_in(make_user(Role.ADMINISTRATOR)).post(
        f"/admin/auth/user/{user.pk}/change/",
        {"username": user.username, "is_active": "on", "is_staff": "on", "_continue": "1"},
        follow=True,
    )

    assert f"To work at the desk, {user} also needs a role (group)." in page.content.decode()


# In a browser


@pytest.fixture
def page(browser: Browser, live_server: Any, request: pytest.FixtureRequest) -> Any:
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


def enter(page: Page, live_server: Any, username: str, password: str = PASSWORD) -> None:
    page.goto(f"{live_server.url}/admin/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("[type=submit]")


@pytest.mark.browser
@pytest.mark.parametrize("page", [1280, 390], indirect=True)
def test_setting_up_and_coming_back_is_possible_and_accessible(
    page: Page, live_server: Any
) -> None:
    user = make_user(Role.REPORTER)
    complaints = watched(page)
    page.goto(f"{live_server.url}/admin/")
    found = {"login": serious(page)}

    enter(page, live_server, user.username)
    found["set up"] = serious(page)
    assert page.locator(".desk-qr svg").bounding_box()["width"] > 100
    key = b32decode(page.inner_text(".desk-secret").replace(" ", ""))
    page.fill("#id_code", f"{totp(key):06d}")
    page.click("text=Use this authenticator")
    found["recovery codes"] = serious(page)
    recovery = page.inner_text(".desk-codes li:first-child code")
    page.click(".desk-onwards a")
    assert page.url == f"{live_server.url}/admin/"

    page.context.clear_cookies()
    enter(page, live_server, user.username)
    found["code"] = serious(page)
    page.fill("#id_code", "000000")
    page.click("text=Open the desk")
    found["wrong code"] = serious(page)
    time.sleep(1.1)
    page.fill("#id_code", recovery)
    page.click("text=Open the desk")
    assert page.url == f"{live_server.url}/admin/"
    page.goto(f"{live_server.url}/admin/sign-in/second-factor/")
    found["second factor"] = serious(page)
    page.fill("#recovery_password", "wrong")
    page.fill("#recovery_current_code", "000000")
    page.click("#recovery-form [type=submit]")
    page.wait_for_selector("#error")
    assert page.get_attribute("#recovery_password", "aria-describedby") == "error"
    found["not the person"] = serious(page)

    page.context.clear_cookies()
    for _ in range(5):
        enter(page, live_server, "nobody-of-this-name", "wrong")
    assert "15 minutes" in page.inner_text("#content")
    found["locked out"] = serious(page)

    assert [name for name, violations in found.items() if violations] == []
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.browser
def test_the_account_page_is_accessible(browser: Browser, live_server: Any) -> None:
    user = make_user(Role.CHECKER)
    signed_in(user)
    page = open_desk(browser, live_server, make_user(Role.ADMINISTRATOR))
    complaints = watched(page)

    page.goto(f"{live_server.url}/admin/auth/user/{user.pk}/change/")

    assert complaints == []
    assert serious(page) == []
    page.context.close()
