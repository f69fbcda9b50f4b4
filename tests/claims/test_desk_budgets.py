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


SCREENS = {
    CLAIMS: 7,
    f"{CLAIMS}?q=synthetic+boats": 14,
    f"{CLAIMS}?q=https://gazette.example/": 9,
    f"{CLAIMS}?stage__exact=draft&public=never": 7,
    f"{CLAIMS}?said_from=2020-01-01&changed_from=2020-01-01": 7,
    f"{CLAIMS}?q=nothing+of+the+kind": 13,
    f"{CLAIMS}add/": 10,
    "/admin/sources/actor/": 6,
    "/admin/sources/actor/?q=synthetic": 7,
    "/admin/sources/source/": 6,
    "/admin/sources/source/?q=synthetic": 7,
    "/admin/sources/document/": 6,
    "/admin/sources/document/?q=synthetic": 7,
    "/admin/sources/capture/": 6,
    "/admin/sources/capture/?q=synthetic": 7,
    "/admin/sources/passage/": 7,
    "/admin/sources/passage/?q=mayor": 8,
    "/admin/claims/event/": 6,
    "/admin/claims/event/?q=synthetic": 7,
    "/admin/claims/topic/": 6,
    choosing("claims.claim", "claimant"): 6,
    choosing("claims.claim", "event"): 6,
    choosing("claims.claim", "outlet"): 6,
    choosing("claims.citation", "document"): 6,
    choosing("claims.claimtopic", "topic"): 5,
    choosing("claims.claimrelation", "other"): 12,
    choosing("sources.passage", "capture"): 6,
    "/admin/similar/?text=Synthetic+claim:+twelve+boats+were+counted": 7,
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
    "claim": 65,
    "actor": 38,
    "source": 31,
    "document": 9,
    "capture": 8,
    "passage": 6,
    "event": 34,
    "topic": 6,
}
DELETIONS = {"claim": 26, "actor": 23, "document": 13, "event": 15, "topic": 9}


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

    assert (first, second) == (7, 8)
