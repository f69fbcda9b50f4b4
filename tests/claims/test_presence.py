"""Who else has a row open at the desk. All people here are synthetic."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models.functions import Now
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, Presence
from factcheck.common.roles import Role
from tests.admin_pages import address, signed_in
from tests.factories import (
    make_actor,
    make_claim,
    make_document,
    make_event,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

NOBODY: dict[str, Any] = {"others": [], "sentence": ""}


@pytest.fixture
def mira() -> User:
    return make_user(Role.REPORTER, "mira")


@pytest.fixture
def one() -> Client:
    return signed_in(make_user(Role.CHECKER, "one"))


def place(row: Any) -> str:
    return reverse("desk:presence", args=[row._meta.app_label, row._meta.model_name, row.pk])


def seen(person: User, ago: timedelta) -> None:
    Presence.objects.filter(user=person).update(seen_at=Now() - ago)


def test_who_opens_a_row_first_is_alone(one):
    response = one.post(place(make_claim()))

    assert (response.status_code, response.json()) == (200, NOBODY)


def test_who_comes_second_is_told_who_is_there_and_since_when(one, mira):
    claim = make_claim()
    signed_in(mira).post(place(claim))
    Presence.objects.update(opened_at="2026-03-02T14:02:30Z")

    answer = one.post(place(claim)).json()

    assert answer == {
        "others": [{"name": "mira", "since": "2026-03-02T14:02:30+00:00"}],
        "sentence": "Also open at the desk: mira (since 14:02). Times are in UTC.",
    }


def test_those_who_were_there_longer_stand_first(one, mira):
    claim = make_claim()
    for person in (make_user(Role.EDITOR, "late"), mira):
        signed_in(person).post(place(claim))
    Presence.objects.filter(user=mira).update(opened_at="2026-03-02T14:02:30Z")

    others = one.post(place(claim)).json()["others"]

    assert [other["name"] for other in others] == ["mira", "late"]


def test_each_row_is_a_place_of_its_own(one, mira):
    source, claim = make_source(), make_claim()
    Presence.objects.create(kind="sources.actor", row=source.pk, user=mira)
    signed_in(mira).post(place(make_claim()))

    assert one.post(place(source)).json() == NOBODY
    assert one.post(place(claim)).json() == NOBODY


@pytest.mark.parametrize(
    ("ago", "names"), [(timedelta(seconds=110), ["mira"]), (timedelta(seconds=130), [])]
)
def test_nobody_counts_who_was_not_heard_of_for_two_minutes(one, mira, ago, names):
    claim = make_claim()
    signed_in(mira).post(place(claim))
    seen(mira, ago)

    others = one.post(place(claim)).json()["others"]

    assert [other["name"] for other in others] == names


def test_what_is_forgotten_leaves_no_row_and_what_is_renewed_adds_none(one, mira):
    claim, other = make_claim(), make_claim()
    browser = signed_in(mira)
    for row in (claim, claim, other):
        browser.post(place(row))
    before = Presence.objects.count()
    seen(mira, timedelta(minutes=3))

    one.post(place(claim))

    assert before == 2
    assert [(row.row, row.user.username) for row in Presence.objects.all()] == [(claim.pk, "one")]


def test_who_stays_has_been_there_since_the_page_was_opened(one, mira):
    claim = make_claim()
    browser = signed_in(mira)
    browser.post(place(claim))
    Presence.objects.update(opened_at="2026-03-02T14:02:30Z")

    browser.post(place(claim))

    others = one.post(place(claim)).json()["others"]
    assert [other["since"] for other in others] == ["2026-03-02T14:02:30+00:00"]


@pytest.mark.parametrize(
    "make", [make_claim, make_event, make_topic, make_actor, make_source, make_document]
)
def test_every_form_with_an_edit_number_says_where_to_ask(one, make):
    row = make()

    page = one.get(address(row)).content.decode()

    assert f'data-url="{place(row)}"' in page
    assert one.post(place(row)).status_code == 200


def test_being_there_changes_nothing_of_the_row(one):
    claim = make_claim()

    one.post(place(claim))

    assert Claim.objects.get(pk=claim.pk).edit_number == claim.edit_number
    assert not claim.history.exists()


def test_asking_is_no_change_and_goes_by_post_alone(one):
    assert one.get(place(make_claim())).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "claims/claim/0",
        "claims/claim/99999999999999999999999",
        "claims/figure/1",
        "claims/nothing/1",
        "auth/user/1",
        "sources/capture/1",
    ],
)
def test_there_is_no_place_but_at_a_row_of_the_desk(one, path):
    assert one.post(f"/admin/presence/{path}/").status_code == 404
    assert not Presence.objects.exists()


def test_who_may_not_see_the_row_is_not_told_who_does(mira):
    stranger = User.objects.create_user("stranger", password="synthetic", is_staff=True)
    claim = make_claim()
    signed_in(mira).post(place(claim))

    assert signed_in(stranger).post(place(claim)).status_code == 403
    assert Client().post(place(claim)).status_code == 302
    assert Presence.objects.count() == 1


def test_a_stranger_to_the_form_cannot_say_it_in_somebodys_name(mira):
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = signed_in(mira).cookies

    assert browser.post(place(make_claim())).status_code == 403
    assert not Presence.objects.exists()


def test_where_nothing_can_be_written_it_is_still_told_who_is_there(one, mira):
    claim = make_claim()
    signed_in(mira).post(place(claim))
    path = place(claim)
    before = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")

    response = one.post(path)

    transaction.savepoint_rollback(before)
    assert response.status_code == 200
    assert [other["name"] for other in response.json()["others"]] == ["mira"]


@pytest.mark.parametrize("people", [1, 3])
def test_asking_costs_the_same_however_many_are_there(one, people):
    claim = make_claim()
    for _ in range(people):
        signed_in(make_user(Role.EDITOR)).post(place(claim))

    with CaptureQueriesContext(connection) as queries:
        one.post(place(claim))

    about_presence = [q["sql"] for q in queries if "claims_presence" in q["sql"]]
    assert len(about_presence) == 3
