"""Existing claims that say nearly the same as what is typed. All rows are synthetic."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Page

from claims.rare_words import common_words, rarest, words_of
from claims.similar import COLUMN, MAX_CANDIDATES, similar_claims
from factcheck.common.roles import Role
from tests import factories
from tests.admin_pages import address, signed_in
from tests.in_browser import browser, open_desk, serious, watched

__all__ = ["browser"]

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = "Synthetic: air defence destroyed and intercepted 36 unmanned boats over Exampleton."
NEARLY = "Synthetic: the air defence has destroyed and intercepted 40 unmanned boats at Exampleton"


@pytest.fixture(autouse=True)
def forgotten() -> None:
    cache.clear()


def found(text: str, **options: Any) -> list[str]:
    return [similar.claim.text for similar in similar_claims(text, **options)]


def test_a_claim_in_nearly_the_same_words_is_found() -> None:
    factories.make_claim(text=TEXT)
    factories.make_claim(text="Synthetic: a bridge was closed in Exampleton on Monday morning.")

    assert found(NEARLY) == found(TEXT.upper()) == [TEXT]


def test_other_numbers_are_told() -> None:
    factories.make_claim(text=TEXT)

    ((other,), (same,)) = (similar_claims(NEARLY), similar_claims(TEXT))

    assert other.numbers == ("36",)
    assert same.numbers == ()


def test_the_most_alike_comes_first_and_five_are_shown() -> None:
    ends = ["", " At noon.", " At noon on Monday.", " At noon on Monday, and over its harbour."]
    ends += [
        f"{ends[-1]} Nobody else has counted.",
        f"{ends[-1]} Nobody knows who has counted them.",
    ]
    for end in ends:
        factories.make_claim(text=f"{TEXT}{end}")

    assert found(TEXT) == [f"{TEXT}{end}" for end in ends[:5]]


def test_the_claim_that_is_edited_is_not_like_itself() -> None:
    claim = factories.make_claim(text=TEXT)

    assert found(TEXT, leaving_out=claim.pk) == []


@pytest.mark.parametrize("text", ["", "  ", "!?", "x", "'", "\\", "😀", "a " * 5_000, "'):* & |"])
def test_no_text_is_too_odd_to_compare(text: str) -> None:
    factories.make_claim(text=TEXT)

    assert found(text) == []


def test_another_script_is_compared_as_well() -> None:
    factories.make_claim(text="Синтетичне: пошкоджено дванадцять човнів у порту.", language="uk")

    assert len(found("Синтетичне: пошкоджено тринадцять човнів у порту")) == 1


def test_what_the_planner_knows_to_be_common_is_not_looked_for() -> None:
    for number in range(60):
        factories.make_claim(text=f"Synthetic common words number{number}.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_findingaid")

    assert common_words(COLUMN)["common"] == 1.0
    [words] = words_of(["synthetic common words unheard of by anybody here"])
    assert rarest(words, common=common_words(COLUMN)) == [
        "anybody",
        "unheard",
        "here",
        "by",
        "of",
        "synthetic",
    ]


def test_it_takes_few_questions_however_many_claims_there_are() -> None:
    similar_claims(TEXT)
    for _ in range(3):
        factories.make_claim(text=TEXT)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(similar_claims(TEXT)) == 3

    assert len(queries) == 3
    assert f"LIMIT {MAX_CANDIDATES}" in queries[1]["sql"]


# The view


@pytest.fixture
def reporter() -> Client:
    return signed_in(factories.make_user(Role.REPORTER))


def test_the_view_never_tells_words_alone(reporter: Client) -> None:
    claim = factories.make_claim(text=TEXT)

    response = reporter.get(reverse("desk:similar"), {"text": NEARLY})

    (similar,) = response.json()["similar"]
    assert similar == {
        "id": claim.public_id,
        "url": address(claim),
        "text": TEXT,
        "language": "en",
        "said_by": str(claim.claimant),
        "attribution": claim.get_attribution_status_display(),
        "verification": claim.get_verification_status_display(),
        "stage": "draft",
        "other_numbers": ["36"],
        "alike": similar["alike"],
    }
    assert 0.3 <= similar["alike"] < 1


@pytest.mark.parametrize("edited", ["", "nonsense", "9" * 30, "-1", "1e9"])
def test_the_view_takes_any_query(reporter: Client, edited: str) -> None:
    factories.make_claim(text=TEXT)

    response = reporter.get(reverse("desk:similar"), {"text": TEXT, "except": edited})

    assert len(response.json()["similar"]) == 1
    assert reporter.get(reverse("desk:similar")).json() == {"similar": []}


def test_the_view_is_for_who_may_see_claims_and_for_reading(reporter: Client) -> None:
    nobody = factories.make_user(Role.REPORTER)
    nobody.groups.clear()

    assert signed_in(nobody).get(reverse("desk:similar")).status_code == 403
    assert Client().get(reverse("desk:similar")).status_code == 302
    assert reporter.post(reverse("desk:similar")).status_code == 405


# The form and the list, in a browser


@pytest.fixture(params=[(1280, "light"), (820, "dark")], ids=["wide", "narrow"])
def desk(request: Any, browser: Any, live_server: Any, transactional_db: None) -> Iterator[Page]:
    width, scheme = request.param
    page = open_desk(
        browser,
        live_server,
        factories.make_user(Role.REPORTER),
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    yield page
    page.context.close()


@pytest.mark.browser
def test_whoever_types_a_claim_is_shown_those_that_say_nearly_the_same(
    desk: Page, live_server: Any
) -> None:
    claim = factories.make_claim(text=TEXT)
    complaints = watched(desk)
    desk.goto(f"{live_server.url}/admin/claims/claim/add/")
    desk.fill("#id_text", NEARLY)

    desk.wait_for_selector(".desk-similar li")

    shown = desk.inner_text(".desk-similar")
    assert "One existing claim says nearly the same" in shown
    assert f"{claim.claimant}: {TEXT}" in shown
    assert "Other numbers than yours: 36" in shown
    assert claim.public_id in shown
    desk.fill("#id_text", "Quite another thing altogether")
    desk.wait_for_selector(".desk-similar-none", state="attached")
    assert desk.inner_text(".desk-similar") == ""
    desk.fill("#id_text", NEARLY)
    desk.wait_for_selector(".desk-similar li")
    assert complaints == []
    assert serious(desk) == []


@pytest.mark.browser
def test_the_list_can_be_used_by_everybody_empty_filtered_and_full(
    desk: Page, live_server: Any
) -> None:
    complaints = watched(desk)
    address = f"{live_server.url}/admin/claims/claim/"
    desk.goto(address)
    assert "There are no claims yet." in desk.inner_text("#changelist")
    assert complaints == []
    assert serious(desk) == []
    for _ in range(3):
        factories.make_ready_claim(event=factories.make_event())

    desk.goto(address)
    assert desk.locator("#result_list tbody tr").count() == 3
    assert serious(desk) == []
    desk.goto(f"{address}?stage__exact=draft&said_from=2020-01-01&q=boats")
    assert desk.locator("#result_list tbody tr").count() == 3
    assert serious(desk) == []
    desk.click("text='Remove all'")
    assert desk.url == address + "?" or desk.url == address
    desk.click(".desk-filters > summary")
    assert serious(desk) == []
    desk.fill("#filter_said_to", "2001-01-01")
    desk.click("#detail-filter button")
    desk.wait_for_selector("text=No claim matches.")
    assert serious(desk) == []
