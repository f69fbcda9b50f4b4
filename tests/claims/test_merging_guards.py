"""The column that says what stands for a row: no hand writes it, and no two hands at once."""

from typing import Any

import pytest

from claims import workflow as claims_workflow
from claims.kinds import KINDS
from claims.models import Event
from factcheck.common.errors import FactcheckError
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.public_side import rebuild
from sources import workflow
from sources.models import Actor, Document, Source
from sources.publishing import subject_of
from tests.claims.mergers import NOTE, execute, live, merge, newest_content, refusal_of
from tests.claims.test_two_sessions import at_once
from tests.factories import (
    make_actor,
    make_approved_claim,
    make_event,
    make_source,
    make_user,
    somebody,
)

pytestmark = pytest.mark.django_db


# The column


@pytest.mark.parametrize("make", [make_actor, make_source, make_event])
def test_no_hand_merges_a_row(make):
    one, other = make(), make()
    table = one._meta.db_table

    attempts = [
        lambda: type(one).objects.filter(pk=one.pk).update(merged_into=other),
        lambda: execute(f"UPDATE {table} SET merged_into_id = {other.pk} WHERE id = {one.pk}"),
        lambda: make(merged_into=other),
    ]

    for attempt in attempts:
        assert refusal_of(attempt) == f"{table}_merges_by_a_decision"


@pytest.mark.parametrize("action", ["restore", "publish", "suspend"])
def test_another_decision_merges_no_row(action):
    one, other = make_actor(), make_actor()
    log.decide(subject=subject_of(one, KINDS), action=action, by=somebody())

    refusal = refusal_of(lambda: Actor.objects.filter(pk=one.pk).update(merged_into=other))

    assert refusal == "sources_actor_merges_by_a_decision"


def test_a_decision_about_another_row_merges_no_row():
    one, other = make_actor(), make_actor()
    log.decide(subject=subject_of(other, KINDS), action="merge", by=somebody())

    refusal = refusal_of(lambda: Actor.objects.filter(pk=one.pk).update(merged_into=other))

    assert refusal == "sources_actor_merges_by_a_decision"


@pytest.mark.parametrize("action", ["merge", "redact"])
def test_a_decision_to_merge_undoes_no_merger(action):
    one, other = make_actor(), make_actor()
    merge(one, other)
    log.decide(subject=subject_of(one, KINDS), action=action, by=somebody())

    refusal = refusal_of(lambda: Actor.objects.filter(pk=one.pk).update(merged_into=None))

    assert refusal == "sources_actor_merges_by_a_decision"


@pytest.mark.parametrize("make", [make_actor, make_source, make_event])
def test_no_row_is_merged_into_itself_or_in_a_circle(make):
    one, other = make(), make()
    table = one._meta.db_table
    merge(one, other)

    def point(row: Any, at: Any) -> Any:
        log.decide(subject=subject_of(row, KINDS), action="merge", by=somebody())
        return type(row).objects.filter(pk=row.pk).update(merged_into=at)

    assert refusal_of(lambda: point(other, one)) == f"{table}_acyclic"
    assert refusal_of(lambda: point(other, other)) == f"{table}_acyclic"


@pytest.mark.parametrize("model", [Actor, Source, Event, Document])
def test_a_row_that_stands_for_itself_is_refused_by_a_constraint_of_its_own(model):
    names = {constraint.name for constraint in model._meta.constraints}

    assert f"{model._meta.model_name}_is_not_merged_into_itself" in names


def test_a_merger_is_no_edit_and_is_kept_in_the_history():
    one, other, editor = make_actor(), make_actor(), make_user(Role.EDITOR)

    workflow.merge(one, into=other, by=editor, note=NOTE)

    stored = Actor.objects.get(pk=one.pk)
    [event] = one.history.all()
    assert stored.edit_number == 0
    assert (event.merged_into_id, event.pgh_context.metadata["user"]) == (None, editor.pk)


def test_an_edit_beside_a_merger_is_counted():
    one, other = make_actor(), make_actor()
    log.decide(subject=subject_of(one, KINDS), action="merge", by=somebody())

    Actor.objects.filter(pk=one.pk).update(merged_into=other, name="Changed as well")

    assert Actor.objects.get(pk=one.pk).edit_number == 1


# At the same moment, and later


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_decision_of_another_transaction_moves_no_row(committed_db):
    one, other, third = make_actor(), make_actor(), make_actor()
    merge(one, other)

    refusal = refusal_of(lambda: Actor.objects.filter(pk=one.pk).update(merged_into=third))

    assert refusal == "sources_actor_merges_by_a_decision"
    assert Actor.objects.get(pk=one.pk).merged_into == other


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("are_public", [True, False])
def test_two_people_who_merge_each_into_the_other_make_no_circle(committed_db, are_public):
    editors = [make_user(Role.EDITOR), make_user(Role.EDITOR)]
    for _ in range(5):
        one, other = make_actor(), make_actor()
        if are_public:
            for row in (one, other):
                live(row)

        def task(number: int, row: Any, into: Any) -> Any:
            return lambda: workflow.merge(
                Actor.objects.get(pk=row.pk),
                into=Actor.objects.get(pk=into.pk),
                by=editors[number],
                note=NOTE,
            )

        results = at_once(task(0, one, other), task(1, other, one))

        refused = [result for result in results if isinstance(result, FactcheckError)]
        merged = [bool(Actor.objects.get(pk=row.pk).merged_into_id) for row in (one, other)]
        assert len(refused) == 1
        assert sorted(merged) == [False, True]
    assert rebuild(check_only=True) == []


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_a_merger_and_a_publication_that_names_the_row_take_turns(committed_db):
    editors = [make_user(Role.EDITOR), make_user(Role.EDITOR)]
    for _ in range(5):
        claimant, twin = live(make_actor()), live(make_actor())
        claim = make_approved_claim(claimant=claimant)

        published, merged = at_once(
            lambda claim=claim: claims_workflow.publish(
                type(claim).objects.get(pk=claim.pk), by=editors[0]
            ),
            lambda claimant=claimant, twin=twin: workflow.merge(
                Actor.objects.get(pk=claimant.pk),
                into=Actor.objects.get(pk=twin.pk),
                by=editors[1],
                note=NOTE,
            ),
        )

        # It went out with what stood then, or not at all: it was no longer what was approved.
        assert not isinstance(merged, Exception)
        if isinstance(published, FactcheckError):
            assert log.newest([subject_of(claim, KINDS)]) == {}
        else:
            named = newest_content(claim)["speaker"]["claimant"]["id"]
            assert named == claimant.public_id
    assert rebuild(check_only=True) == []
