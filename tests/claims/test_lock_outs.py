"""Several people at the same moment: nobody waits for somebody who waits for them.

A session that PostgreSQL ends as one of a deadlock, or that waits for too long, fails its test.
Everything here is synthetic.
"""

import datetime
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection, connections, transaction

from claims import workflow
from claims.choices import Stage
from claims.kinds import KINDS
from claims.models import Citation, Claim, Event
from claims.steps import STEPS, Note
from factcheck.common.errors import FactcheckError
from factcheck.common.roles import Role
from factcheck.integrity import find_all
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.history import acting
from factcheck.ledger.models import Publication
from factcheck.public_side import rebuild
from sources import services
from sources import workflow as sources_workflow
from sources.models import Actor, Document
from sources.steps import SUBJECT_STEPS
from tests.factories import (
    make_actor,
    make_approved_claim,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_user,
    somebody,
)

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed_db")]

NOTE = "Synthetic note."
ROUNDS = 3
Task = Callable[[], Any]


def at_once(*tasks: Task) -> list[Any]:
    """Run the tasks in sessions of their own, started together; what each returned, or how it was
    refused in our own words.
    """
    start = threading.Barrier(len(tasks))

    def run(task: Task) -> Any:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '20s'")
            start.wait(timeout=20)
            return task()
        except FactcheckError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def findings() -> list[str]:
    return [f"{check.name}: {finding}" for check, finding in find_all()]


def fresh(row: Any) -> Any:
    """The row as somebody else's session reads it."""
    return type(row).objects.get(pk=row.pk)


def approve_again(claim: Claim, text: str) -> None:
    """Take a live claim to where an update can go out."""
    reporter = make_user(Role.REPORTER)
    workflow.revise(claim, by=reporter)
    Claim.objects.filter(pk=claim.pk).update(text=text)
    workflow.submit(fresh(claim), by=reporter)
    workflow.approve(fresh(claim), by=make_user(Role.CHECKER))


def as_the_desk_saves(claim: Claim, change: Callable[[Claim], Any], *, by: User) -> str:
    """A form is saved: the claim's row is held first, whichever of its parts is changed. That of a
    settled claim is closed.
    """
    with transaction.atomic(), acting(by):
        held = Claim.objects.select_for_update().get(pk=claim.pk)
        if held.stage == Stage.SETTLED:
            return "closed"
        change(held)
    return "saved"


def test_two_claims_that_name_each_other_go_out_at_once():
    one, other = make_published_claim(), make_published_claim()
    for claim, named in ((one, other), (other, one)):
        workflow.revise(claim, by=make_user(Role.REPORTER))
        claim.relations.create(kind="denies", other=named, created_by=somebody())
        workflow.submit(fresh(claim), by=make_user(Role.REPORTER))
        workflow.approve(fresh(claim), by=make_user(Role.CHECKER))
        workflow.update(fresh(claim), by=make_user(Role.EDITOR), note=NOTE)
    editors = [make_user(Role.EDITOR) for _ in range(2)]
    for number in range(ROUNDS):
        for claim in (one, other):
            approve_again(fresh(claim), f"Synthetic text {number} of claim {claim.pk}.")

        results = at_once(
            *(
                partial(workflow.update, fresh(claim), by=by, note=NOTE)
                for claim, by in zip((one, other), editors, strict=True)
            )
        )

        # Whoever comes second mentions what the first has just changed: it has to look again.
        assert "Claim" in {type(result).__name__ for result in results}
        for claim in (one, other):
            if fresh(claim).stage != Stage.SETTLED:
                workflow.discard(fresh(claim), by=editors[0], note=NOTE)
    assert findings() == []


@pytest.mark.parametrize("action", ["suspend", "retract", "redact", "merge", "update"])
def test_a_claim_goes_out_while_its_claimant_changes(action):
    for _ in range(ROUNDS):
        actor, other = make_actor(), make_actor()
        for one in (actor, other):
            sources_workflow.publish(one, by=make_user(Role.EDITOR))
        Actor.objects.filter(pk=actor.pk).update(description="Synthetic.")
        claim = make_approved_claim(claimant=actor)
        by = make_user(Role.ADMINISTRATOR if action == "redact" else Role.EDITOR)
        extra = {"into": fresh(other)} if action == "merge" else {}

        published, changed = at_once(
            partial(workflow.publish, fresh(claim), by=make_user(Role.EDITOR)),
            partial(getattr(sources_workflow, action), fresh(actor), by=by, note=NOTE, **extra),
        )

        assert {type(published).__name__, type(changed).__name__} & {"Claim", "Publication"}
    assert findings() == []


def test_two_actors_are_merged_into_each_other_at_once():
    for _ in range(ROUNDS):
        one, other = make_actor(), make_actor()
        for actor in (one, other):
            sources_workflow.publish(actor, by=make_user(Role.EDITOR))

        results = at_once(
            *(
                partial(
                    sources_workflow.merge,
                    fresh(actor),
                    into=fresh(into),
                    by=make_user(Role.EDITOR),
                    note=NOTE,
                )
                for actor, into in ((one, other), (other, one))
            )
        )

        assert sorted(isinstance(result, Publication) for result in results) == [False, True]
    assert findings() == []


def test_a_merger_is_undone_while_claims_of_both_go_out():
    for _ in range(ROUNDS):
        one, other = make_actor(), make_actor()
        for actor in (one, other):
            sources_workflow.publish(actor, by=make_user(Role.EDITOR))
        sources_workflow.merge(one, into=other, by=make_user(Role.EDITOR), note=NOTE)
        claims = [make_approved_claim(claimant=actor) for actor in (one, other)]

        results = at_once(
            partial(sources_workflow.restore, fresh(one), by=make_user(Role.EDITOR), note=NOTE),
            *(
                partial(workflow.publish, fresh(claim), by=make_user(Role.EDITOR))
                for claim in claims
            ),
        )

        assert isinstance(results[0], Publication)
    assert findings() == []


def test_documents_are_merged_while_claims_of_both_go_out():
    for _ in range(ROUNDS):
        passages = [make_passage(), make_passage()]
        claims = [make_approved_claim(passage=passage) for passage in passages]
        one, other = (passage.capture.document for passage in passages)

        at_once(
            partial(
                services.merge_document, fresh(one), into=fresh(other), by=make_user(Role.EDITOR)
            ),
            *(
                partial(workflow.publish, fresh(claim), by=make_user(Role.EDITOR))
                for claim in claims
            ),
        )

    assert findings() == []


def test_a_claim_is_discarded_while_its_parts_are_saved():
    for number in range(ROUNDS):
        claim, by = make_published_claim(), make_user(Role.REPORTER)
        workflow.revise(claim, by=by)
        claim.citations.update(cue="wrote")

        def change_parts(mine: Claim, number: int = number) -> None:
            for citation in mine.citations.all():
                citation.cue = f"said {number}"
                citation.save()

        discarded, saved = at_once(
            partial(workflow.discard, fresh(claim), by=by, note=NOTE),
            partial(as_the_desk_saves, claim, change_parts, by=make_user(Role.REPORTER)),
        )

        assert type(discarded).__name__ == "Claim"
        assert saved in ("saved", "closed")
        assert not Citation.objects.filter(claim=claim, cue="wrote").exists()
    assert findings() == []


def test_imports_of_claims_that_share_everything_go_out_at_once():
    for _ in range(ROUNDS):
        actor, event = make_actor(), make_event(part_of=make_event())
        passage = make_passage()
        claims = [make_ready_claim(claimant=actor, event=event, passage=passage) for _ in range(4)]

        results = at_once(
            *(
                partial(workflow.publish_imported, fresh(claim), by=make_user(Role.ADMINISTRATOR))
                for claim in claims
            )
        )

        assert [type(result).__name__ for result in results if isinstance(result, Claim)]
    assert findings() == []


def test_claims_that_name_the_same_many_actors_go_out_at_once():
    for _ in range(ROUNDS):
        actors = [make_actor() for _ in range(6)]
        for actor in actors:
            sources_workflow.publish(actor, by=make_user(Role.EDITOR))
        claims = [make_ready_claim(claimant=actor) for actor in actors[:4]]
        for claim in claims:
            for actor in actors:
                ask(claim, actor)

        results = at_once(
            *(
                partial(workflow.publish_imported, fresh(claim), by=make_user(Role.ADMINISTRATOR))
                for claim in claims
            )
        )

        assert [type(result).__name__ for result in results] == ["Claim"] * 4
    assert findings() == []


def ask(claim: Claim, actor: Actor) -> None:
    """Have the actor asked about the claim, so that its record names them."""
    claim.inquiries.create(
        asked_of=actor,
        place="by e-mail",
        question="How many?",
        asked_on=datetime.date(2020, 3, 3),
        deadline=datetime.date(2020, 3, 5),
        created_by=somebody(),
    )


def test_the_public_side_is_made_anew_while_people_publish():
    claims = [make_approved_claim() for _ in range(6)]

    results = at_once(
        *(partial(workflow.publish, fresh(claim), by=make_user(Role.EDITOR)) for claim in claims),
        rebuild,
        findings,
    )

    assert [type(result).__name__ for result in results[:6]] == ["Claim"] * 6
    assert results[6:] == [[], []]
    assert findings() == []


# Everything at once


class Desk:
    """One of many people, who does whatever comes to mind, in an order of their own."""

    def __init__(self, number: int, rows: dict[type, list[Any]], people: list[User]) -> None:
        self.chance = random.Random(number)
        self.rows = rows
        self.people = people

    def work(self) -> list[str]:
        """What was done, or refused in our own words."""
        deeds = [self.step, self.go_on, self.subject_step, self.edit, self.merge_documents]
        done = []
        for deed in self.chance.choices(deeds, weights=[2, 4, 4, 3, 1], k=14):
            try:
                deed()
                done.append(deed.__name__)
            except FactcheckError as error:
                done.append(f"{deed.__name__}: {error.message}")
        return done

    def one(self, model: type) -> Any:
        return fresh(self.chance.choice(self.rows[model]))

    def by(self) -> User:
        return self.chance.choice(self.people)

    def step(self) -> None:
        step = self.chance.choice(list(STEPS.values()))
        note = "" if step.note is Note.NONE else NOTE
        workflow.take(step.action, self.one(Claim), by=self.by(), note=note)

    def go_on(self) -> None:
        claim, by = self.one(Claim), self.by()
        if steps := workflow.open_steps(claim, by):
            step = self.chance.choice(steps)
            note = "" if step.note is Note.NONE else NOTE
            workflow.take(step.action, claim, by=by, note=note)

    def subject_step(self) -> None:
        model = self.chance.choice([Actor, Event])
        subject, other, by = self.one(model), self.one(model), self.by()
        action = self.chance.choice(list(SUBJECT_STEPS))
        if action in ("publish", "update", "correct"):
            note = "" if action == "publish" else NOTE
            sources_workflow.send_subject(
                subject, PublicationKind(action), kinds=KINDS, by=by, note=note
            )
        elif action == "discard":
            sources_workflow.discard(subject, by=by, kinds=KINDS)
        elif action == "merge":
            sources_workflow.merge(subject, into=other, by=by, note=NOTE, kinds=KINDS)
        else:
            getattr(sources_workflow, action)(subject, by=by, note=NOTE, kinds=KINDS)

    def edit(self) -> None:
        claim, by = self.one(Claim), self.by()
        text = f"Synthetic text {self.chance.random()}."
        as_the_desk_saves(claim, partial(self.change, text=text), by=by)

    @staticmethod
    def change(claim: Claim, *, text: str) -> None:
        claim.text = text
        claim.save(update_fields=["text"])
        for citation in claim.citations.all():
            citation.named_speaker = text[:40]
            citation.save()

    def merge_documents(self) -> None:
        document, other, by = self.one(Document), self.one(Document), self.by()
        if document.merged_into_id is None:
            services.merge_document(document, into=other, by=by)
        else:
            services.unmerge_document(document, by=by)


def test_a_whole_newsroom_works_on_the_same_few_things():
    passages = [make_passage() for _ in range(2)]
    actors = [make_actor() for _ in range(3)]
    events = [make_event(), make_event()]
    claims = [
        make_ready_claim(claimant=actor, passage=passages[number % 2], event=events[number % 2])
        for number, actor in enumerate(actors)
    ]
    claims.append(make_published_claim(claimant=actors[0]))
    claims[0].relations.create(kind="repeats", other=claims[3], created_by=somebody())
    rows: dict[type, list[Any]] = {
        Actor: actors,
        Event: events,
        Claim: claims,
        Document: [passage.capture.document for passage in passages],
    }
    people = [make_user(Role.ADMINISTRATOR), *(make_user(Role.EDITOR) for _ in range(4))]
    for person in people[1:]:
        person.groups.set(Group.objects.exclude(name=Role.ADMINISTRATOR))

    results = at_once(*(Desk(number, rows, people).work for number in range(6)))

    assert [len(done) for done in results] == [14] * 6
    assert findings() == []
