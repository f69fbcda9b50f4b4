"""How many questions each screen of the desk may ask of the database: a number, whatever it shows.

The first question is the session's and the second the account's. All rows are synthetic.
"""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import ClaimTopic
from factcheck.common.roles import Role
from sources.models import Actor, Capture, Document, Passage, Source
from tests import factories
from tests.admin_pages import address, signed_in

pytestmark = [pytest.mark.django_db]

CLAIMS = "/admin/claims/claim/"


def choosing(model: str, name: str) -> str:
    app, model = model.split(".")
    query = f"app_label={app}&model_name={model}&field_name={name}&term=synthetic"
    return f"/admin/autocomplete/?{query}"


# Two of each number, one of an autocomplete's, ask who is signed in and whether the desk is open.
SCREENS = {
    CLAIMS: 10,
    f"{CLAIMS}?q=synthetic+boats": 17,
    f"{CLAIMS}?q=https://gazette.example/": 12,
    f"{CLAIMS}?stage__exact=draft": 10,
    f"{CLAIMS}?stage__exact=draft&public=never": 11,
    f"{CLAIMS}?said_from=2020-01-01&changed_from=2020-01-01": 10,
    f"{CLAIMS}?q=nothing+of+the+kind": 16,
    f"{CLAIMS}add/": 12,
    "/admin/sources/actor/": 8,
    "/admin/sources/actor/?q=synthetic": 9,
    "/admin/sources/source/": 8,
    "/admin/sources/source/?q=synthetic": 9,
    "/admin/sources/document/": 8,
    "/admin/sources/document/?q=synthetic": 9,
    "/admin/sources/capture/": 8,
    "/admin/sources/capture/?q=synthetic": 9,
    "/admin/sources/passage/": 9,
    "/admin/sources/passage/?q=mayor": 10,
    "/admin/claims/event/": 8,
    "/admin/claims/event/?q=synthetic": 9,
    "/admin/claims/topic/": 8,
    choosing("claims.claim", "claimant"): 7,
    choosing("claims.claim", "event"): 7,
    choosing("claims.claim", "outlet"): 7,
    choosing("claims.citation", "document"): 7,
    choosing("claims.claimtopic", "topic"): 6,
    choosing("claims.claimrelation", "other"): 13,
    choosing("sources.passage", "capture"): 7,
    "/admin/similar/?text=Synthetic+claim:+twelve+boats+were+counted": 8,
}


@pytest.fixture
def browser() -> Client:
    return signed_in(factories.make_user(Role.EDITOR))


def questions(browser: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


def fill(number: int) -> None:
    for _ in range(number):
        claim = factories.make_ready_claim(event=factories.make_event())
        ClaimTopic.objects.create(
            claim=claim,
            topic=factories.make_topic(name=f"Synthetic {claim.pk}", slug=f"s-{claim.pk}"),
            created_by=factories.somebody(),
        )


@pytest.mark.parametrize("url", SCREENS)
def test_a_screen_asks_no_more_than_its_budget(browser: Client, url: str) -> None:
    cache.clear()
    fill(1)
    browser.get(url)

    for_one = questions(browser, url)
    fill(2)
    for_three = questions(browser, url)

    assert (for_one, for_three) == (SCREENS[url], SCREENS[url])


FORMS = {
    "claim": 78,
    "actor": 31,
    "source": 24,
    "document": 13,
    "capture": 23,
    "passage": 8,
    "event": 27,
    "topic": 8,
}
DELETIONS = {"claim": 32, "actor": 25, "document": 18, "event": 17, "topic": 11}


def rows() -> dict[str, Any]:
    claim = factories.make_ready_claim(event=factories.make_event())
    return {
        "claim": claim,
        "actor": Actor.objects.get(pk=claim.claimant_id),
        "source": Source.objects.get(),
        "document": Document.objects.exclude(source=None).get(),
        "capture": Capture.objects.get(),
        "passage": Passage.objects.get(),
        "event": claim.event,
        "topic": factories.make_topic(),
    }


@pytest.mark.parametrize("name", FORMS)
def test_a_form_asks_no_more_than_its_budget(browser: Client, name: str) -> None:
    row = rows()[name]
    browser.get(address(row))

    before = questions(browser, address(row))
    fill(2)

    assert (before, questions(browser, address(row))) == (FORMS[name], FORMS[name])


@pytest.mark.parametrize("name", DELETIONS)
def test_a_question_before_deleting_asks_no_more_than_its_budget(
    browser: Client, name: str
) -> None:
    row = rows()[name]
    browser.get(address(row, "delete"))

    assert questions(browser, address(row, "delete")) == DELETIONS[name]


def test_a_page_behind_the_first_asks_for_keys_and_then_for_rows(browser: Client) -> None:
    for _ in range(52):
        factories.make_claim()
    browser.get(CLAIMS)

    first, second = questions(browser, CLAIMS), questions(browser, f"{CLAIMS}?p=2")

    assert (first, second) == (10, 11)
