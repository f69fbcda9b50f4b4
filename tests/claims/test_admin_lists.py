from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, ClaimRelation, ClaimTopic, ImportedReview, ImportedRow, PublicClaim
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision, Mention, Publication
from sources.models import PublicActor
from tests import factories
from tests.admin_pages import add_row, address, open_form, opened_at, signed_in

# Searching is the database's work: it runs on PostgreSQL 15 as well.
pytestmark = [pytest.mark.django_db, pytest.mark.database]

LISTS = [
    "claims_claim",
    "claims_event",
    "claims_topic",
    "claims_importedreview",
    "claims_importedrow",
    "sources_actor",
    "sources_source",
    "sources_document",
    "sources_capture",
    "sources_passage",
    "ledger_decision",
    "ledger_publication",
    "ledger_mention",
]


def list_address(name: str) -> str:
    return reverse(f"admin:{name}_changelist")


@pytest.fixture
def browser() -> Client:
    return signed_in(factories.make_user(Role.EDITOR))


def number_of_queries(browser: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_many_questions_for_three_rows_as_for_one(
    browser: Client, name: str
) -> None:
    factories.make_published_claim(event=factories.make_event())
    factories.make_topic()
    browser.get(list_address(name))

    for_one = number_of_queries(browser, list_address(name))
    for _ in range(2):
        factories.make_published_claim(event=factories.make_event())
        factories.make_topic()
    for_three = number_of_queries(browser, list_address(name))

    assert for_three == for_one
    assert for_one <= 10


ANY_QUERIES = [
    "p=100000000000000000000000000",
    "p=-1",
    "p=nonsense",
    "q=%F0%9F%98%80",
    "q=" + "word+" * 1_000,
    "q=%25_%5C%27%22",
    "all=1",
    "o=99.-99",
    "e=1",
    "_facets=1",
]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_any_query(browser: Client, name: str) -> None:
    factories.make_published_claim()

    statuses = {
        query: browser.get(f"{list_address(name)}?{query}").status_code for query in ANY_QUERIES
    }

    assert {query for query, status in statuses.items() if status not in (200, 302)} == set()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("stage__exact=nonsense", 200),
        ("stage__exact=%00", 400),
        ("stage__exact=%ED%A0%80", 400),
        ("stage__exact=%zz", 400),
        ("claimant__name__startswith=S", 400),
        ("created_by__password__startswith=p", 400),
        ("id__exact=" + "9" * 30, 200),
        ("id__exact=nonsense", 302),
        ("stage__isnull=nonsense", 200),
        ("about__in=" + "toll," * 1_000, 200),
    ],
)
def test_a_filter_by_nonsense_is_no_error_of_ours(browser: Client, query: str, status: int) -> None:
    response = browser.get(f"{list_address('claims_claim')}?{query}")

    assert response.status_code == status


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("app_label=claims&model_name=claim&field_name=claimant&term=Synthetic", 200),
        ("app_label=claims&model_name=claim&field_name=claimant&term=%00", 400),
        ("app_label=claims&model_name=claim&field_name=claimant&page=nonsense", 404),
        ("app_label=claims&model_name=claim&field_name=text", 403),
        ("app_label=auth&model_name=user&field_name=password", 403),
        ("app_label=%00&model_name=claim&field_name=claimant", 400),
        ("", 403),
    ],
)
def test_autocomplete_answers_what_it_may(browser: Client, query: str, status: int) -> None:
    response = browser.get(f"{reverse('admin:autocomplete')}?{query}")

    assert response.status_code == status


@pytest.mark.parametrize(
    "query", ["claimant=nonsense", "claimant=" + "9" * 30, "event=1e999", "about=%F0%9F%98%80"]
)
def test_a_form_can_be_opened_with_nonsense_filled_in(browser: Client, query: str) -> None:
    response = browser.get(f"{reverse('admin:claims_claim_add')}?{query}")

    assert response.status_code == 200


def test_lists_and_autocomplete_need_the_permission_to_see() -> None:
    nobody = factories.make_user(Role.REPORTER)
    nobody.groups.clear()
    browser = signed_in(nobody)
    query = "app_label=claims&model_name=claim&field_name=claimant&term="

    lists = {browser.get(list_address(name)).status_code for name in LISTS}
    words = browser.get(
        reverse("admin:sources_passage_words")
        + "?app_label=sources&model_name=control&field_name=passage&term="
    )

    assert lists == {403}
    assert browser.get(f"{reverse('admin:autocomplete')}?{query}").status_code == 403
    assert words.status_code == 403


def test_nothing_is_deleted_in_bulk(browser: Client) -> None:
    claim = factories.make_claim()

    response = browser.post(
        list_address("claims_claim"),
        {"action": "delete_selected", "_selected_action": claim.pk, "post": "yes"},
    )

    assert response.status_code in (200, 302)
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_the_public_side_is_in_no_admin() -> None:
    assert not admin.site.is_registered(PublicClaim)
    assert not admin.site.is_registered(PublicActor)


@pytest.mark.parametrize("model", [Decision, Mention, Publication, ImportedRow, ImportedReview])
def test_what_is_written_by_services_alone_is_read_only_for_everybody(
    django_user_model: Any, model: Any
) -> None:
    factories.make_published_claim()
    if model is ImportedReview:
        factories.make_imported_review()
    if model is ImportedRow:
        values = {"collection": "c", "key": "k", "kind": "claim", "object_id": "0" * 10}
        ImportedRow.objects.create(
            **values, row_sha256="0" * 64, edit_number=0, created_by=factories.somebody()
        )
    browser = signed_in(
        django_user_model.objects.create_superuser("root-of-all", password="synthetic-password")
    )
    row = model.objects.first()
    add = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")

    statuses = [
        browser.get(address(row)).status_code,
        browser.post(address(row), {}).status_code,
        browser.post(address(row, "delete"), {"post": "yes"}).status_code,
        browser.post(add, {}).status_code,
    ]

    assert statuses == [200, 403, 403, 403]


def test_a_draft_is_deleted_by_who_may(browser: Client) -> None:
    claim = factories.make_ready_claim()
    asked = browser.get(address(claim, "delete"))

    response = browser.post(
        address(claim, "delete"), opened_at(open_form(browser, claim)) | {"post": "yes"}
    )

    assert asked.status_code == 200
    assert response.status_code == 302
    assert not Claim.objects.filter(pk=claim.pk).exists()


@pytest.mark.parametrize("is_revised", [False, True])
def test_what_was_published_is_not_deleted(browser: Client, is_revised: bool) -> None:
    claim = factories.make_published_claim()
    if is_revised:
        step = address(claim, "step", "revise")
        browser.post(step, {"edit_number": claim.edit_number, "opened_stage": "settled"})
    assert claim.claimant is not None

    statuses = [
        browser.post(
            address(row, "delete"), {"post": "yes", "edit_number": str(row.edit_number)}
        ).status_code
        for row in (claim, claim.claimant)
    ]

    assert statuses == [403, 403]
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_a_claim_in_review_is_not_deleted(browser: Client) -> None:
    claim = factories.make_approved_claim()

    response = browser.post(address(claim, "delete"), {"post": "yes", "edit_number": "0"})

    assert response.status_code == 403


def test_what_others_refer_to_is_not_deleted(browser: Client) -> None:
    first, second = factories.make_claim(), factories.make_claim()
    ClaimRelation.objects.create(
        claim=first, other=second, kind="repeats", created_by=factories.somebody()
    )

    page = browser.post(
        address(second, "delete"), opened_at(open_form(browser, second)) | {"post": "yes"}
    )

    assert page.status_code == 200
    assert Claim.objects.filter(pk=second.pk).exists()


def test_rows_of_an_inline_need_the_permission_for_their_own_model() -> None:
    person = factories.make_user(Role.REPORTER)
    person.groups.clear()
    person.user_permissions.set(
        Permission.objects.filter(codename__in=["view_claim", "change_claim"])
    )
    claim = factories.make_ready_claim()
    topic = factories.make_topic()
    browser = signed_in(person)
    values = open_form(browser, claim) | {
        "claim_topics-TOTAL_FORMS": "0",
        "claim_topics-INITIAL_FORMS": "0",
        "citations-TOTAL_FORMS": "1",
        "citations-INITIAL_FORMS": "1",
        "citations-0-id": str(claim.citations.get(position=1).pk),
        "citations-0-DELETE": "on",
    }
    forged = add_row(values, "claim_topics", topic=topic.pk)

    response = browser.post(address(claim), forged)

    assert response.status_code == 302
    assert not ClaimTopic.objects.exists()
    assert claim.citations.count() == 2


@pytest.mark.parametrize("name", ["_saveasnew", "_popup"])
def test_a_copy_is_made_by_no_hidden_button(browser: Client, name: str) -> None:
    claim = factories.make_claim()

    browser.post(address(claim), open_form(browser, claim) | {name: "1"})

    assert Claim.objects.count() == 1


def test_no_page_of_ours_has_inline_scripts_or_styles(browser: Client) -> None:
    claim = factories.make_published_claim(event=factories.make_event())
    stale = open_form(browser, factories.make_claim())
    conflict = browser.post(address(Claim.objects.first()), stale | {"edit_number": "999"})  # type: ignore[arg-type]

    pages = [browser.get(address(row)) for row in (claim, claim.claimant, claim.event)] + [
        browser.get(list_address("claims_claim")),
        browser.get(reverse("admin:index")),
        conflict,
    ]

    for page in pages:
        text = page.content.decode()
        assert "default-src 'none'" in page["Content-Security-Policy"]
        assert "<script>" not in text
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text


def add_topic(claim: Claim) -> None:
    ClaimTopic.objects.create(
        claim=claim, topic=factories.make_topic(), created_by=factories.somebody()
    )


def test_a_claims_page_asks_as_often_for_three_rows_as_for_one(browser: Client) -> None:
    claim = factories.make_ready_claim()
    add_topic(claim)
    browser.get(address(claim))

    with_one = number_of_queries(browser, address(claim))
    add_topic(claim)
    add_topic(claim)
    with_three = number_of_queries(browser, address(claim))

    assert with_three == with_one
