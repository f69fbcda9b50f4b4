"""Several filters by codes, each of which may be common while all together are rare or nothing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import workflow
from claims.admin.claim_filters import FACTS
from claims.models import FindingAid
from claims.search import TOGETHER
from factcheck.common.roles import Role
from tests import factories
from tests.admin_pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = "/admin/claims/claim/"


@pytest.fixture
def browser() -> Client:
    return signed_in(factories.make_user(Role.EDITOR))


def listed(browser: Client, **query: Any) -> tuple[list[str], list[str]]:
    """The claims, and the questions by which they were found."""
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(LIST, query)
    assert response.status_code == 200
    asked = [query["sql"] for query in queries.captured_queries if " @@ " in query["sql"]]
    return [claim.text for claim in response.context["cl"].result_list], asked


def test_of_codes_that_nothing_has_together_no_claim_is_looked_at(browser: Client) -> None:
    factories.make_claim(text="A draft.")
    factories.make_published_claim(text="A live one.")

    for query in (
        {"stage__exact": "draft", "public": "live"},
        {"stage__exact": "settled", "public": "never", "attribution_status__exact": "reported"},
        {"stage__exact": "draft", "public": "live", "verification_status__exact": "unchecked"},
        {"stage__exact": "draft", "public": "nonsense"},
    ):
        assert listed(browser, **query) == ([], []), query


def test_codes_that_some_have_together_are_asked_for_together(browser: Client) -> None:
    factories.make_claim(text="A draft.")
    factories.make_published_claim(text="A live one.")
    revised = factories.make_published_claim(text="A live one that is revised.")
    workflow.revise(revised, by=factories.make_user())
    codes = FindingAid.objects.get(claim=revised).codes

    texts, asked = listed(browser, stage__exact="draft", public="live")

    assert texts == ["A live one that is revised."]
    assert asked
    assert all(f"\"codes\" IN ('{codes}')" in sql for sql in asked)
    assert listed(browser, stage__exact="draft", public="never")[0] == ["A draft."]
    assert listed(browser, stage__exact="draft", public="live", q="revised")[0] == texts
    assert listed(browser, stage__exact="draft", public="live", q="otherwise")[0] == []


def test_one_filter_alone_asks_for_nothing_more(browser: Client) -> None:
    factories.make_claim(text="A draft.")

    texts, asked = listed(browser, stage__exact="draft")

    assert texts == ["A draft."]
    assert not any('"codes" IN' in sql for sql in asked)


def test_every_fact_that_a_filter_asks_for_is_among_the_codes() -> None:
    factories.make_published_claim()

    codes = FindingAid.objects.get().codes.split(" ")

    assert [code.split(":")[0] for code in codes] == sorted(f"={spec.fact}" for spec in FACTS)


def test_what_occurs_together_is_read_from_the_index_alone() -> None:
    factories.make_claim()
    factories.make_published_claim()

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        # Without ANALYZE the step from one value to the next is not shown.
        cursor.execute(f"EXPLAIN ANALYZE {TOGETHER}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert plan.count("findingaid_codes") == 2
    assert "Seq Scan" not in plan
    assert "Sort" not in plan
