"""Keys at the desk: given by administrators, shown once, revoked by a button."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from factcheck.common.roles import Role
from factcheck.partners.keys import KNOWN, revoke
from factcheck.partners.models import ApiKey
from tests.admin_pages import address, errors_of, signed_in
from tests.factories import make_key, make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/partners/apikey/add/"
LIST = "/admin/partners/apikey/"
GIVEN = {"name": "Synthetic Partner", "contact": "partner@mail.example", "scopes": ["read"]}
KEY = re.compile(r"fc_[0-9a-z]{8}_[A-Za-z0-9_-]{43}")


@pytest.fixture
def desk() -> Client:
    return signed_in(make_user(Role.ADMINISTRATOR))


def test_a_key_is_shown_once_and_works(desk: Client, reader: Client):
    response = desk.post(ADD, GIVEN)

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    [text] = set(KEY.findall(response.content.decode()))
    key = ApiKey.objects.get()
    assert (key.prefix, key.name, key.scopes) == (text[3:11], "Synthetic Partner", ["read"])
    assert reader.get("/api/v1/", headers={"X-API-Key": text}).status_code == 200
    for page in (LIST, address(key), address(key, "history"), "/admin/"):
        shown = desk.get(page).content.decode()
        assert not KEY.search(shown), page
        assert key.sha256 not in shown, page
    assert not KEY.search(str(list(LogEntry.objects.values())))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"contact": ""}, "This field is required."),
        ({"scopes": []}, "This field is required."),
        ({"scopes": ["write"]}, "Select a valid choice."),
        ({"expires_on": "2020-01-01"}, "Give a day that is not over yet."),
        ({"name": "a\u200bb"}, "Remove"),
    ],
    ids=str,
)
def test_a_form_that_says_too_little_makes_no_key(
    desk: Client, wrong: dict[str, Any], sentence: str
):
    response = desk.post(ADD, GIVEN | wrong)

    assert sentence in errors_of(response)
    assert not KEY.search(response.content.decode())
    assert not ApiKey.objects.exists()


def test_nothing_that_is_posted_chooses_the_secret(desk: Client):
    desk.post(ADD, GIVEN | {"prefix": "aaaaaaaa", "sha256": "0" * 64, "text": "mine"})

    key = ApiKey.objects.get()
    assert key.prefix != "aaaaaaaa"
    assert key.sha256 != "0" * 64


def test_the_list_says_how_each_key_stands(desk: Client):
    make_key(name="Synthetic One")
    revoked, _ = make_key(name="Synthetic Two")
    revoke(revoked, by=make_user(Role.ADMINISTRATOR))

    page = desk.get(LIST).content.decode()

    states = dict(
        re.findall(r'field-name"><a[^>]*>([^<]+)</a>.*?field-state">([^<]+)<', page, re.DOTALL)
    )
    assert states == {"Synthetic One": "in use", "Synthetic Two": "revoked"}


def test_revoking_takes_effect_and_is_said_once(
    desk: Client, reader: Client, django_capture_on_commit_callbacks: Any
):
    key, text = make_key()
    headers = {"X-API-Key": text}
    assert reader.get("/api/v1/", headers=headers).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post(address(key, "revoke"), follow=True)

    page = response.content.decode()
    assert "The key of Synthetic Partner opens nothing any more." in page
    assert 'id="revoke-form"' not in page
    assert reader.get("/api/v1/", headers=headers).status_code == 401
    again = desk.post(address(key, "revoke"), follow=True).content.decode()
    assert "was revoked before" in again
    assert [str(one.change_message) for one in LogEntry.objects.all()] == ["Revoked."]


def test_the_page_says_how_soon_it_takes_effect(desk: Client):
    key, _ = make_key()

    page = desk.get(address(key)).content.decode()

    assert "every process of the server knows it within 30 seconds" in page


def test_revoking_is_a_post_of_an_administrator(desk: Client):
    key, text = make_key()

    assert desk.get(address(key, "revoke")).status_code == 403
    assert signed_in(make_user(Role.EDITOR)).post(address(key, "revoke")).status_code == 403
    assert desk.post("/admin/partners/apikey/999999/revoke/").status_code == 404
    strict = signed_in(make_user(Role.ADMINISTRATOR), enforce_csrf_checks=True)
    assert strict.post(address(key, "revoke")).status_code == 403
    assert KNOWN.caller(text).key_prefix == key.prefix


def test_a_key_is_never_changed_by_its_form(desk: Client):
    key, _ = make_key()

    response = desk.post(address(key), GIVEN | {"name": "Somebody Else"})

    key.refresh_from_db()
    assert response.status_code == 403
    assert key.name == "Synthetic Partner"
