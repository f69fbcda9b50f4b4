import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.choices import Stage
from claims.models import Citation, Claim, Relay
from factcheck.common.roles import Role
from tests import factories
from tests.admin_pages import add_row, address, errors_of, open_form, signed_in, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reporter() -> User:
    return factories.make_user(Role.REPORTER)


@pytest.fixture
def browser(reporter: User) -> Any:
    return signed_in(reporter)


def test_a_claim_is_entered_by_the_person_signed_in(browser: Any, reporter: User) -> None:
    claimant = factories.make_actor()
    page = browser.get(reverse("admin:claims_claim_add"))
    values = values_of(page, "claim_form") | {
        "text": "Twelve boats were counted.",
        "claimant": str(claimant.pk),
        "about": "toll",
        "said_not_before": "2020-03-02",
        "said_not_after": "2020-03-02",
        "created_by": str(factories.somebody().pk),
        "stage": "settled",
    }

    response = browser.post(reverse("admin:claims_claim_add"), values)

    assert response.status_code == 302
    claim = Claim.objects.get()
    assert claim.created_by == reporter
    assert claim.stage == Stage.DRAFT
    assert claim.said.not_before == datetime.date(2020, 3, 2)


def test_rows_of_inlines_are_entered_by_the_person_signed_in(browser: Any, reporter: User) -> None:
    claim = factories.make_claim()
    topic = factories.make_topic()
    values = add_row(open_form(browser, claim), "claim_topics", topic=topic.pk)
    values = add_row(
        values,
        "figures",
        position="1",
        as_printed="12 boats",
        counts="boats counted",
        qualifier="bare",
        best="12",
        basis="claimed",
    )

    response = browser.post(address(claim), values)

    assert response.status_code == 302
    assert claim.claim_topics.get().created_by == reporter
    assert claim.figures.get().created_by == reporter


def test_a_quote_typed_into_a_citation_is_anchored_in_the_documents_own_characters(
    browser: Any, reporter: User
) -> None:
    claim = factories.make_claim()
    capture = factories.make_capture()
    values = add_row(
        open_form(browser, claim),
        "citations",
        position="1",
        role="attribution",
        document=capture.document_id,
        first_hand="false",
        fidelity="not-compared",
        quote='"Twelve boats,"\r\nthe harbour office wrote.',
    )

    response = browser.post(address(claim), values)

    assert response.status_code == 302
    citation = claim.citations.get()
    assert citation.passage is not None
    assert [row.exact for row in citation.passage.ranges.all()] == [
        "“Twelve boats,” the harbour office wrote."
    ]
    assert citation.passage.created_by == reporter


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("Thirteen boats", "does not stand in what we hold"),
        ("counted", "stands there more than once"),
    ],
)
def test_a_quote_that_is_not_found_once_is_a_form_error(
    browser: Any, quote: str, sentence: str
) -> None:
    claim = factories.make_claim()
    capture = factories.make_capture()
    values = add_row(
        open_form(browser, claim),
        "citations",
        position="1",
        role="attribution",
        document=capture.document_id,
        first_hand="false",
        fidelity="not-compared",
        quote=quote,
    )

    response = browser.post(address(claim), values)

    assert response.status_code == 200
    assert sentence in errors_of(response)
    assert not claim.citations.exists()


def test_the_occurrence_says_which_of_several_places_is_meant(browser: Any) -> None:
    claim = factories.make_claim()
    capture = factories.make_capture()
    values = add_row(
        open_form(browser, claim),
        "citations",
        position="1",
        role="attribution",
        document=capture.document_id,
        first_hand="false",
        fidelity="not-compared",
        quote="counted",
        occurrence="2",
    )

    browser.post(address(claim), values)

    passage = claim.citations.get().passage
    assert passage is not None
    assert passage.ranges.get().start == factories.TEXT.rindex("counted")


def test_another_document_takes_its_old_words_from_a_citation(browser: Any) -> None:
    claim = factories.make_ready_claim()
    other = factories.make_document()
    values = open_form(browser, claim) | {"citations-0-document": str(other.pk)}

    response = browser.post(address(claim), values)

    assert response.status_code == 302
    citation = claim.citations.get(position=1)
    assert citation.document == other
    assert citation.passage is None


def test_a_quote_stays_when_nothing_is_typed(browser: Any) -> None:
    claim = factories.make_ready_claim()
    before = claim.citations.get(position=1).passage_id
    values = open_form(browser, claim) | {"citations-0-cue": "claimed"}

    browser.post(address(claim), values)

    citation = claim.citations.get(position=1)
    assert (citation.cue, citation.passage_id) == ("claimed", before)


def test_a_relay_offers_the_citations_of_its_claim_alone(browser: Any) -> None:
    claim = factories.make_ready_claim()
    foreign = factories.make_ready_claim().citations.get(position=2)
    relay = claim.relays.get()
    values = open_form(browser, claim) | {"relays-0-taken_from": str(foreign.pk)}

    response = browser.post(address(claim), values)

    assert response.status_code == 200
    assert "Select a valid choice" in errors_of(response)
    assert Relay.objects.get(pk=relay.pk).taken_from == relay.taken_from


def test_a_relay_without_ends_is_a_form_error(browser: Any) -> None:
    claim = factories.make_ready_claim()
    values = add_row(
        open_form(browser, claim), "relays", manner="quotes", carrier="", taken_from=""
    )

    response = browser.post(address(claim), values)

    assert response.status_code == 200
    assert "This field is required." in errors_of(response)


def test_what_only_the_database_can_see_is_a_form_error(browser: Any) -> None:
    claim = factories.make_ready_claim()
    first, second = claim.citations.order_by("position")
    Relay.objects.all().delete()
    values = open_form(browser, claim)
    values = add_row(
        values, "relays", carrier=first.pk, taken_from=second.pk, manner="quotes", words=""
    )
    values = add_row(
        values, "relays", carrier=second.pk, taken_from=first.pk, manner="quotes", words=""
    )

    response = browser.post(address(claim), values | {"text": "My text."})

    assert response.status_code == 200
    assert "This relay would close a circle" in errors_of(response)
    assert "My text." in response.content.decode()
    assert not Relay.objects.exists()


def test_a_citation_that_is_deleted_takes_its_relays_along(browser: Any) -> None:
    claim = factories.make_ready_claim()
    values = open_form(browser, claim) | {"citations-1-DELETE": "on"}

    response = browser.post(address(claim), values)

    assert response.status_code == 302
    assert Citation.objects.filter(claim=claim).count() == 1
    assert not Relay.objects.filter(claim=claim).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"text": "NUL \x00 byte"},
        {"text": "switched \u202e direction"},
        {"said_not_before": "0001-01-01"},
        {"said_not_before": "2021-01-01", "said_not_after": "2020-01-01"},
        {"claimant": "nonsense"},
        {"claimant": "9" * 30},
        {"event": "1e999"},
        {"about": "nonsense"},
        {"harm_check": ["none", "child"]},
        {"harm_check": ["nonsense"]},
        {"language": "tlh"},
        {"figures-TOTAL_FORMS": "nonsense"},
        {"figures-TOTAL_FORMS": "1", "figures-0-best": "9" * 400},
        {"citations-0-id": "nonsense"},
        {"citations-0-id": "9" * 30},
        {"citations-0-document": "-1"},
        {"citations-0-occurrence": "9" * 30},
        {"relays-0-carrier": "\x00"},
    ],
)
def test_bad_input_is_a_form_error(browser: Any, change: dict[str, Any]) -> None:
    claim = factories.make_ready_claim()
    values = open_form(browser, claim) | change

    response = browser.post(address(claim), values)

    assert response.status_code == 200
    assert response.context["errors"] or response.context["adminform"].form.errors
    claim.refresh_from_db()
    assert claim.edit_number == int(values["edit_number"])


def test_a_number_is_shown_without_empty_decimals_and_is_then_unchanged(browser: Any) -> None:
    claim = factories.make_claim()
    figure = factories.add_figure(claim, best=1200)
    values = open_form(browser, claim)

    browser.post(address(claim), values)

    claim.refresh_from_db()
    figure.refresh_from_db()
    assert values["figures-0-best"] == "1200"
    assert figure.best == 1200
    assert claim.edit_number == int(values["edit_number"])


def test_text_is_stored_in_one_normal_form(browser: Any) -> None:
    claim = factories.make_claim()
    values = open_form(browser, claim) | {"text": "  Cafe\u0301s were counted.\r\nAll of them. "}

    browser.post(address(claim), values)

    claim.refresh_from_db()
    assert claim.text == "Caf\u00e9s were counted.\nAll of them."
