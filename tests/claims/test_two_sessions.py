"""What two people do at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from claims import workflow
from claims.models import Citation, Claim, PublicClaim, Relay
from factcheck.common.errors import FactcheckError
from factcheck.common.roles import Role
from factcheck.ledger.models import Publication
from factcheck.public_side import rebuild
from sources.models import Control
from tests.factories import (
    make_actor,
    make_approved_claim,
    make_claim,
    make_document,
    make_passage,
    make_ready_claim,
    make_user,
    somebody,
)

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed_db")]


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Run the tasks in sessions of their own, started together; what each returned or raised."""
    start = threading.Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return task()
        except (FactcheckError, IntegrityError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def relay_of(carrier: Citation, taken_from: Citation) -> Callable[[], Relay]:
    return lambda: Relay.objects.create(
        claim=carrier.claim,
        carrier=carrier,
        taken_from=taken_from,
        manner="quotes",
        created_by=somebody(),
    )


def test_two_sessions_cannot_close_a_circle_of_relays_together():
    for _ in range(10):
        claim = make_claim()
        one, two = (
            Citation.objects.create(
                claim=claim, document=make_document(), first_hand=False, created_by=somebody()
            )
            for _ in range(2)
        )

        results = at_once(relay_of(one, two), relay_of(two, one))

        assert sorted(type(result).__name__ for result in results) == ["IntegrityError", "Relay"]


def test_two_sessions_cannot_close_a_circle_of_control_together():
    passage = make_passage()
    for _ in range(10):
        one, two = make_actor(), make_actor()

        def control(actor, parent):
            return lambda: Control.objects.create(
                actor=actor, parent=parent, passage=passage, created_by=somebody()
            )

        results = at_once(control(one, two), control(two, one))

        assert sorted(type(result).__name__ for result in results) == ["Control", "IntegrityError"]


def test_a_claim_is_published_once_however_many_press_the_button():
    claim = make_approved_claim()
    editors = [make_user(Role.EDITOR) for _ in range(4)]

    results = at_once(
        *(lambda by=by: workflow.publish(Claim.objects.get(pk=claim.pk), by=by) for by in editors)
    )

    assert sorted(type(result).__name__ for result in results) == ["Claim"] + ["Conflict"] * 3
    assert PublicClaim.objects.count() == 1


def test_eight_writers_publish_claims_of_one_claimant_without_gap_or_deadlock():
    actor = make_actor()
    claims = [make_approved_claim(claimant=actor) for _ in range(16)]
    editors = [make_user(Role.EDITOR) for _ in range(8)]

    def publish_two(number: int) -> None:
        for claim in claims[2 * number : 2 * number + 2]:
            workflow.publish(Claim.objects.get(pk=claim.pk), by=editors[number])

    results = at_once(*(lambda number=number: publish_two(number) for number in range(8)))

    assert results == [None] * 8
    seqs = list(Publication.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
    times = list(Publication.objects.order_by("seq").values_list("published_at", flat=True))
    assert times == sorted(times)
    assert Publication.objects.filter(subject_id=actor.public_id).count() == 1
    assert PublicClaim.objects.current().count() == 16
    assert rebuild(check_only=True) == []


def test_an_edit_and_a_publication_at_once_end_in_one_or_the_other():
    for _ in range(10):
        claim, editor = make_approved_claim(), make_user(Role.EDITOR)

        def edit(claim=claim):
            with transaction.atomic():
                mine = Claim.objects.select_for_update().get(pk=claim.pk)
                mine.text = "Edited at the last moment."
                mine.save(update_fields=["text"])
                return "edited"

        results = at_once(
            edit,
            lambda claim=claim, editor=editor: workflow.publish(
                Claim.objects.get(pk=claim.pk), by=editor
            ),
        )

        claim.refresh_from_db()
        if claim.stage == "settled":
            assert claim.text != "Edited at the last moment."
            assert isinstance(results[0], IntegrityError)
        else:
            assert claim.stage == "draft"
            assert isinstance(results[1], FactcheckError)


def test_steps_and_edits_of_many_people_do_not_lock_each_other_out():
    claim = make_ready_claim()
    reporters = [make_user(Role.REPORTER) for _ in range(4)]

    def work(by):
        for number in range(5):
            Claim.objects.filter(pk=claim.pk, stage="draft").update(text=f"Text {number}.")
            try:
                workflow.submit(Claim.objects.get(pk=claim.pk), by=by)
            except FactcheckError:
                continue

    results = at_once(*(lambda by=by: work(by) for by in reporters))

    assert results == [None] * 4
