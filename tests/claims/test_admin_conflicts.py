from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import workflow
from claims.choices import Stage
from claims.models import Claim
from factcheck.common.roles import Role
from tests import factories
from tests.admin_pages import add_row, address, open_form, opened_at, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Any:
    return signed_in(factories.make_user(Role.REPORTER))


@pytest.fixture
def other() -> Any:
    return signed_in(factories.make_user(Role.REPORTER))


def test_the_second_of_two_open_forms_overwrites_nothing_and_shows_both_sides(
    one: Any, other: Any
) -> None:
    claim = factories.make_claim(text="The base.")
    mine, theirs = open_form(one, claim), open_form(other, claim)

    first = other.post(address(claim), theirs | {"text": "Their <words>."})
    second = one.post(address(claim), mine | {"text": "My <words>."})

    claim.refresh_from_db()
    page = second.content.decode()
    assert (first.status_code, second.status_code) == (302, 409)
    assert claim.text == "Their <words>."
    assert "Their &lt;words&gt;." in page
    assert "My &lt;words&gt;." in page
    assert address(claim) in page


def test_a_form_is_saved_again_and_again_while_nobody_else_saves(one: Any) -> None:
    claim = factories.make_claim()

    statuses = [
        one.post(address(claim), open_form(one, claim) | {"text": text}).status_code
        for text in ("First.", "Second.", "Third.")
    ]

    claim.refresh_from_db()
    assert statuses == [302, 302, 302]
    assert claim.text == "Third."


def test_two_people_who_change_the_same_row_of_an_inline_are_a_conflict(
    one: Any, other: Any
) -> None:
    claim = factories.make_ready_claim()
    mine, theirs = open_form(one, claim), open_form(other, claim)

    other.post(address(claim), theirs | {"citations-0-cue": "alleged"})
    response = one.post(address(claim), mine | {"citations-0-cue": "claimed"})

    page = response.content.decode()
    assert response.status_code == 409
    assert claim.citations.get(position=1).cue == "alleged"
    assert "alleged" in page
    assert "claimed" in page


def test_two_people_who_add_rows_are_a_conflict(one: Any, other: Any) -> None:
    claim = factories.make_claim()
    figure = {
        "position": "1",
        "counts": "boats counted",
        "qualifier": "bare",
        "best": "12",
        "basis": "claimed",
    }
    mine, theirs = open_form(one, claim), open_form(other, claim)

    other.post(address(claim), add_row(theirs, "figures", as_printed="a dozen", **figure))
    response = one.post(address(claim), add_row(mine, "figures", as_printed="twelve", **figure))

    page = response.content.decode()
    assert response.status_code == 409
    assert [row.as_printed for row in claim.figures.all()] == ["a dozen"]
    assert "a dozen" in page
    assert "twelve" in page


def test_a_row_that_was_deleted_meanwhile_is_shown_and_not_made_again(one: Any, other: Any) -> None:
    claim = factories.make_ready_claim()
    mine, theirs = open_form(one, claim), open_form(other, claim)

    other.post(address(claim), theirs | {"citations-1-DELETE": "on"})
    response = one.post(address(claim), mine | {"citations-1-cue": "my cue"})

    assert response.status_code == 409
    assert claim.citations.count() == 1
    assert "Deleted meanwhile" in response.content.decode()
    assert "my cue" in response.content.decode()


def test_a_change_by_a_service_is_a_conflict_as_well(one: Any) -> None:
    claim = factories.make_claim()
    mine = open_form(one, claim)
    Claim.objects.filter(pk=claim.pk).update(text="Changed by a query.")

    response = one.post(address(claim), mine | {"text": "Mine."})

    claim.refresh_from_db()
    assert response.status_code == 409
    assert claim.text == "Changed by a query."


def test_a_form_opened_on_a_draft_does_not_undo_a_review(one: Any) -> None:
    claim = factories.make_ready_claim()
    mine = open_form(one, claim)
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))

    response = one.post(address(claim), mine | {"text": "Mine."})

    claim.refresh_from_db()
    assert response.status_code == 409
    assert claim.stage == Stage.IN_REVIEW
    assert claim.text != "Mine."


def test_a_form_opened_before_publication_shows_what_was_submitted(one: Any) -> None:
    claim = factories.make_approved_claim()
    mine = open_form(one, claim)
    workflow.publish(claim, by=factories.make_user(Role.EDITOR))

    response = one.post(address(claim), mine | {"text": "Mine."})

    claim.refresh_from_db()
    assert response.status_code == 409
    assert claim.stage == Stage.SETTLED
    assert "Mine." in response.content.decode()


def test_saving_a_claim_in_review_takes_it_back_to_draft(one: Any) -> None:
    claim = factories.make_ready_claim()
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))
    values = open_form(one, claim)

    response = one.post(address(claim), values | {"text": "Mended."})

    claim.refresh_from_db()
    assert response.status_code == 302
    assert (claim.stage, claim.reviewed_hash) == (Stage.DRAFT, "")


def test_saving_a_claim_in_review_unchanged_leaves_it_there(one: Any) -> None:
    claim = factories.make_ready_claim()
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))
    values = open_form(one, claim)

    response = one.post(address(claim), values)

    claim.refresh_from_db()
    assert response.status_code == 302
    assert claim.stage == Stage.IN_REVIEW
    assert claim.edit_number == int(values["edit_number"])


@pytest.mark.parametrize("number", [None, "", "-1", "1.0", "x", "٣", "9" * 4_000])
def test_a_form_that_does_not_say_its_edit_is_refused(one: Any, number: str | None) -> None:
    claim = factories.make_claim(text="The base.")
    values = open_form(one, claim) | {"text": "Mine."}
    values.pop("edit_number")

    response = one.post(
        address(claim), values | ({} if number is None else {"edit_number": number})
    )

    claim.refresh_from_db()
    assert response.status_code == 400
    assert "does not say at which edit it was opened" in response.content.decode()
    assert claim.text == "The base."


def test_a_stale_page_moves_no_stage(one: Any) -> None:
    claim = factories.make_ready_claim()
    stale = opened_at(open_form(one, claim))
    Claim.objects.filter(pk=claim.pk).update(text="Changed meanwhile.")

    response = one.post(address(claim, "step", "submit"), stale)

    claim.refresh_from_db()
    assert response.status_code == 409
    assert claim.stage == Stage.DRAFT


def test_a_question_to_delete_that_is_stale_deletes_nothing(one: Any) -> None:
    claim = factories.make_claim()
    stale = opened_at(open_form(one, claim))
    Claim.objects.filter(pk=claim.pk).update(text="Changed meanwhile.")

    response = one.post(address(claim, "delete"), stale | {"post": "yes"})

    assert response.status_code == 409
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_the_row_is_locked_before_it_is_compared(one: Any) -> None:
    claim = factories.make_claim()
    values = open_form(one, claim)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        one.post(address(claim), values)

    locking = [q["sql"] for q in queries if "FOR NO KEY UPDATE" in q["sql"]]
    assert len(locking) == 1
    assert '"claims_claim"' in locking[0]
