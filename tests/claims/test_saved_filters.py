"""Filters of the claim list that somebody wants to use again."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.models import SavedFilter
from claims.services.desk_work import clean_query, delete_filter, save_filter
from factcheck.common.errors import Conflict, InvalidInput, NotAllowed
from factcheck.common.roles import Role
from tests.admin_pages import signed_in
from tests.factories import make_claim, make_user, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = "/admin/claims/claim/"


def names(user: User, query: str = "") -> list[str]:
    bar = signed_in(user).get(f"{LIST}?{query}").context["saved_filters"]
    return [filter["row"].name for filter in bar["rows"]]


def told(response: Any) -> str:
    return " ".join(str(message) for message in response.wsgi_request._messages)


def test_a_filter_is_kept_as_the_list_writes_it():
    rita = make_user(Role.REPORTER)

    row = save_filter(name=" Toll ", query="about__exact=toll&p=3&q=boats+%26+men", by=rita)

    assert (row.name, row.query) == ("Toll", "about__exact=toll&q=boats+%26+men")
    assert (row.created_by, row.is_shared) == (rita, False)


@pytest.mark.parametrize(
    "query", ["", "p=2", "_popup=1&p=1", "q=%00", "q=\x00", "q=" + "a" * 2_000, "&&"]
)
def test_what_is_no_filter_is_not_kept(query: str):
    with pytest.raises(InvalidInput):
        save_filter(name="Nothing", query=query, by=make_user())


@pytest.mark.parametrize(
    "query",
    ["q=http://elsewhere.example/", "q=%0d%0aSet-Cookie:+a", "#", "q=<script>", "q=Ї", "%F0%9F"],
)
def test_whatever_is_kept_is_plain_and_stays_on_the_list(query: str):
    cleaned = clean_query(query)

    assert cleaned.isascii()
    assert cleaned.isprintable()
    assert not set(cleaned) & set(" <>\"'#/:\\")


@pytest.mark.parametrize("name", ["", "  ", "a" * 81, "two\nlines"])
def test_a_filter_has_a_name(name: str):
    with pytest.raises(InvalidInput):
        save_filter(name=name, query="q=boats", by=make_user())


def test_a_name_means_one_filter_of_one_person():
    rita, rob = make_user(), make_user()
    save_filter(name="Mine", query="q=boats", by=rita)
    save_filter(name="Mine", query="q=boats", by=rob)

    with pytest.raises(Conflict, match="take another name"):
        save_filter(name="Mine", query="q=bridges", by=rita)


def test_the_database_keeps_no_empty_query():
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedFilter.objects.create(name="Empty", query="", created_by=somebody())


def test_others_see_what_is_for_everybody():
    rita, rob = make_user(), make_user()
    save_filter(name="For all", query="q=boats", is_shared=True, by=rita)
    save_filter(name="For me", query="q=boats", by=rita)

    assert names(rita) == ["For all", "For me"]
    assert names(rob) == ["For all"]


def test_a_filter_is_deleted_by_its_owner_and_a_shared_one_by_editors():
    rita, rob, edna = make_user(), make_user(), make_user(Role.EDITOR)
    shared = save_filter(name="For all", query="q=boats", is_shared=True, by=rita)
    own = save_filter(name="For me", query="q=boats", by=rita)

    for person, row in ((rob, shared), (rob, own), (edna, own)):
        with pytest.raises(NotAllowed):
            delete_filter(row, by=person)
    delete_filter(shared, by=edna)
    delete_filter(own, by=rita)

    assert not SavedFilter.objects.exists()


def test_an_administrator_saves_none():
    with pytest.raises(NotAllowed):
        save_filter(name="Mine", query="q=boats", by=make_user(Role.ADMINISTRATOR))


# The bar above the list


def test_the_bar_saves_what_is_filtered_now_and_leads_back_to_it():
    rita = make_user()
    browser = signed_in(rita)
    make_claim(text="Twelve boats.")
    bar = browser.get(f"{LIST}?q=boats&stage__exact=draft&p=0").context["saved_filters"]
    assert bar["query"] == "q=boats&stage__exact=draft"

    response = browser.post(
        "/admin/desk/filters/", {"name": "Boats", "query": bar["query"], "is_shared": "on"}
    )

    assert told(response) == "Saved as “Boats”."
    assert response["Location"] == f"{LIST}?q=boats&stage__exact=draft"
    page = browser.get(response["Location"])
    assert page.context["cl"].result_count == 1
    [shown] = page.context["saved_filters"]["rows"]
    assert (shown["is_current"], shown["row"].is_shared) == (True, True)
    assert f'href="{LIST}?q=boats&amp;stage__exact=draft" aria-current="page"' in (
        page.content.decode()
    )


def test_the_bar_deletes_ones_own_and_knows_no_other():
    rita, rob = make_user(), make_user()
    shared = save_filter(name="For all", query="q=boats", is_shared=True, by=rita)
    own = save_filter(name="For me", query="q=boats", by=rita)

    def delete(person: User, row: SavedFilter) -> int:
        return signed_in(person).post(f"/admin/desk/filters/{row.pk}/delete/").status_code

    assert (delete(rob, shared), delete(rob, own)) == (403, 404)
    assert (delete(rita, shared), delete(rita, own)) == (302, 302)
    assert not SavedFilter.objects.exists()


def test_a_refused_filter_is_told_in_a_sentence():
    response = signed_in(make_user()).post("/admin/desk/filters/", {"name": "x", "query": ""})

    assert (told(response), response["Location"]) == (
        "Choose a filter or search for something first.",
        LIST,
    )


def test_filters_are_saved_by_posts_of_who_may():
    row = save_filter(name="For all", query="q=boats", is_shared=True, by=make_user())
    stranger = signed_in(User.objects.create(username="reader"))
    administrator = signed_in(make_user(Role.ADMINISTRATOR))

    for at in ("/admin/desk/filters/", f"/admin/desk/filters/{row.pk}/delete/"):
        assert signed_in(make_user()).get(at).status_code == 405
        assert stranger.post(at)["Location"].startswith("/admin/login/")
        assert administrator.post(at, {"name": "x", "query": "q=x"}).status_code == 403
    assert SavedFilter.objects.get() == row


def test_a_filter_that_the_list_does_not_know_is_no_error():
    rita = make_user()
    save_filter(name="Odd", query="colour=blue&created_by__password__startswith=p", by=rita)
    browser = signed_in(rita)

    [shown] = browser.get(LIST).context["saved_filters"]["rows"]

    assert browser.get(shown["url"]).status_code == 400
