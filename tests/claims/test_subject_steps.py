"""The steps of actors, sources and events: the full product of kind × state × action × role."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from claims.kinds import KINDS
from claims.models import PublicEvent
from factcheck.common.errors import Conflict, InvalidInput, NotAllowed, NotReady
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.history import acting
from factcheck.ledger.models import Decision, Publication
from factcheck.public_side import rebuild
from sources import workflow
from sources.models import PublicActor, PublicSource
from sources.publishing import subject_of
from sources.steps import SUBJECT_STEPS
from tests import factories
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NOTE = "Synthetic note: the desk says why."
EDITOR, ADMINISTRATOR = {"editor"}, {"administrator"}
KIND_NAMES = ["actor", "source", "event"]

# Written by hand, beside the table in sources.steps and without looking at it.
ALLOWED: dict[str, dict[str, set[str]]] = {
    "never": {"publish": EDITOR, "merge": EDITOR},
    "live": {
        "suspend": EDITOR,
        "retract": EDITOR,
        "merge": EDITOR,
        "redact": ADMINISTRATOR,
    },
    "pending": {
        "update": EDITOR,
        "correct": EDITOR,
        "discard": EDITOR,
        "suspend": EDITOR,
        "retract": EDITOR,
        "merge": EDITOR,
        "redact": ADMINISTRATOR,
    },
    "suspended": {"retract": EDITOR, "restore": EDITOR, "redact": ADMINISTRATOR},
    "retracted": {"restore": EDITOR, "redact": ADMINISTRATOR},
    "merged": {"restore": EDITOR, "redact": ADMINISTRATOR},
    "merged unpublished": {"restore": EDITOR},
    "redacted": {},
}
LEADS_TO = {
    "publish": "live",
    "update": "live",
    "correct": "live",
    "discard": "live",
    "suspend": "suspended",
    "retract": "retracted",
    "restore": "live",
    "merge": "retracted",
    "redact": "redacted",
}


def make(kind: str) -> Any:
    """A row that was never published."""
    return getattr(factories, f"make_{kind}")()


def change(row: Any, words: str = "Changed by somebody.") -> None:
    """Change the row, by nobody known."""
    setattr(row, "title" if hasattr(row, "title") else "name", words)
    row.save()
    row.refresh_from_db()


def published(kind: str) -> Any:
    """A live row."""
    row = make(kind)
    workflow.send_subject(row, PublicationKind.PUBLISH, kinds=KINDS, by=make_user(Role.EDITOR))
    return row


def row_in(kind: str, state: str) -> Any:
    """A row in this state."""
    row = make(kind) if state in ("never", "merged unpublished") else published(kind)
    by, editor = make_user(Role.EDITOR), {"kinds": KINDS, "note": NOTE}
    if state == "pending":
        change(row)
    if state == "suspended":
        workflow.suspend(row, by=by, **editor)
    if state == "retracted":
        workflow.retract(row, by=by, **editor)
    if state in ("merged", "merged unpublished"):
        workflow.merge(row, into=published(kind), by=by, **editor)
    if state == "redacted":
        workflow.redact(row, by=make_user(Role.ADMINISTRATOR), **editor)
    return row


def take(action: str, row: Any, kind: str, by: User) -> Any:
    """Take the step as the desk does."""
    if action in ("publish", "update", "correct"):
        note = "" if action == "publish" else NOTE
        return workflow.send_subject(row, PublicationKind(action), kinds=KINDS, by=by, note=note)
    if action == "discard":
        return workflow.discard(row, by=by, kinds=KINDS)
    if action == "merge":
        return workflow.merge(row, into=published(kind), by=by, note=NOTE, kinds=KINDS)
    return getattr(workflow, action)(row, by=by, note=NOTE, kinds=KINDS)


def people() -> dict[str, User]:
    """One person of each role, one of none, and a superuser of none."""
    nobody = User.objects.create_user("of no role", is_staff=True)
    root = User.objects.create_superuser("root")
    return {role.value: make_user(role) for role in Role} | {"none": nobody, "superuser": root}


@pytest.mark.parametrize("state", ALLOWED)
@pytest.mark.parametrize("kind", KIND_NAMES)
def test_each_step_is_open_to_exactly_those_that_the_list_says(kind, state):
    row = row_in(kind, state)

    found = {
        name: {step.action for step in workflow.open_steps(row, by, kinds=KINDS)}
        for name, by in people().items()
    }

    assert found == {
        name: {action for action, roles in ALLOWED[state].items() if name in roles}
        for name in found
    }


@pytest.mark.parametrize("state", ALLOWED)
@pytest.mark.parametrize("kind", KIND_NAMES)
def test_each_step_is_taken_by_exactly_those_that_the_list_says(kind, state):
    row = row_in(kind, state)
    everybody = people()

    for action in SUBJECT_STEPS:
        for name, by in everybody.items():
            with transaction.atomic():
                row.refresh_from_db()
                if name in ALLOWED[state].get(action, set()):
                    take(action, row, kind, by)
                    after = log.newest([subject_of(row, KINDS)]).get(subject_of(row, KINDS))
                    unpublished = state in ("never", "merged unpublished") and action != "publish"
                    expected = "never" if unpublished else LEADS_TO[action]
                    assert log.public_state(after) == expected
                    assert Decision.objects.latest("pk").action == action
                else:
                    before = Publication.objects.of(subject_of(row, KINDS)).count()
                    # Nothing to update is a refusal as well.
                    with pytest.raises((NotAllowed, Conflict)):
                        take(action, row, kind, by)
                    assert Publication.objects.of(subject_of(row, KINDS)).count() == before
                transaction.set_rollback(True)


@pytest.mark.parametrize("action", ["suspend", "retract", "restore", "merge", "redact"])
@pytest.mark.parametrize("note", ["", " \n"])
def test_a_step_that_readers_see_says_why(action, note):
    row = published("actor")
    by = make_user(Role.ADMINISTRATOR if action == "redact" else Role.EDITOR)
    if action == "restore":
        workflow.suspend(row, by=make_user(Role.EDITOR), note=NOTE)
    further = {"into": published("actor")} if action == "merge" else {}

    with pytest.raises(InvalidInput) as refused:
        getattr(workflow, action)(row, by=by, note=note, **further)

    assert refused.value.errors[0].pointer == "note"


# What readers see


@pytest.mark.parametrize(
    ("kind", "model"), [("actor", PublicActor), ("source", PublicSource), ("event", PublicEvent)]
)
def test_what_is_taken_off_and_brought_back_is_what_readers_last_saw(kind, model):
    row = published(kind)
    before = model.objects.get(public_id=row.public_id)
    change(row, "Unpublished words.")
    content = log.newest([subject_of(row, KINDS)])[subject_of(row, KINDS)].content

    workflow.suspend(row, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)
    gone = model.objects.filter(public_id=row.public_id).exists()
    restored = workflow.restore(row, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)

    assert not gone
    assert restored.content == content
    assert model.objects.get(public_id=row.public_id).name == before.name
    assert rebuild(check_only=True) == []
    row.refresh_from_db()
    assert workflow.pending_change(row, kinds=KINDS)


@pytest.mark.parametrize("action", ["suspend", "retract", "merge"])
def test_who_took_something_off_does_not_bring_it_back(action):
    row, editor = published("source"), make_user(Role.EDITOR)
    further = {"into": published("source")} if action == "merge" else {}
    getattr(workflow, action)(row, by=editor, note=NOTE, **further)

    with pytest.raises(NotAllowed, match="somebody else has to restore it"):
        workflow.restore(row, by=editor, note=NOTE)
    workflow.restore(row, by=make_user(Role.EDITOR), note=NOTE)

    assert log.public_state(log.newest([subject_of(row, KINDS)])[subject_of(row, KINDS)]) == "live"


def test_an_actor_is_not_retracted_while_a_live_claim_names_it():
    claim = factories.make_published_claim()

    with pytest.raises(NotReady) as refused:
        workflow.retract(claim.claimant, by=make_user(Role.EDITOR), note=NOTE)
    workflow.suspend(claim.claimant, by=make_user(Role.EDITOR), note=NOTE)

    assert refused.value.reasons == [f"The claim {claim.public_id} mentions it."]


# Whose work goes out


def test_what_was_changed_before_a_restoration_is_still_somebodys_work():
    actor, changer = published("actor"), make_user(Role.EDITOR)
    with acting(changer):
        change(actor)
    workflow.suspend(actor, by=changer, note=NOTE)
    workflow.restore(actor, by=make_user(Role.EDITOR), note=NOTE)

    with pytest.raises(NotAllowed, match="You have changed it"):
        workflow.update(actor, by=changer, note=NOTE)
    workflow.update(actor, by=make_user(Role.EDITOR), note=NOTE)


def test_two_editors_who_both_changed_it_find_a_way_out_by_discarding():
    actor, one, two = published("actor"), make_user(Role.EDITOR), make_user(Role.EDITOR)
    before = actor.name
    for by, words in ((one, "A name by one."), (two, "A name by the other.")):
        with acting(by):
            change(actor, words)
    stuck = [names_of(workflow.open_steps(actor, by)) for by in (one, two)]

    workflow.discard(actor, by=two)
    after = actor.name
    with acting(one):
        change(actor, "A name by one.")
    with pytest.raises(NotAllowed):
        workflow.correct(actor, by=one, note=NOTE)
    sent = workflow.correct(actor, by=two, note=NOTE)

    assert all("discard" in names and "correct" not in names for names in stuck)
    assert after == before
    assert sent.content["name"] == "A name by one."


def test_a_document_that_was_changed_back_is_nobodys_work():
    source, document, editor = told_by_a_document()
    before = document.title
    with acting(editor):
        change(document, "A slip of the pen.")
        change(document, before)
    change(source, "A better name.")

    workflow.correct(source, by=editor, note=NOTE)

    assert PublicSource.objects.get(public_id=source.public_id).name == "A better name."


def test_a_document_that_stays_changed_is_somebodys_work():
    source, document, editor = told_by_a_document()
    before = document.title
    with acting(editor):
        document.url = "https://example.org/synthetic"
        change(document, "A slip of the pen.")
        change(document, before)
    change(source, "A better name.")

    with pytest.raises(NotAllowed, match="You have changed it"):
        workflow.correct(source, by=editor, note=NOTE)


def test_a_merger_and_its_undoing_are_nobodys_change_of_the_row():
    source, one, two = published("source"), make_user(Role.EDITOR), make_user(Role.EDITOR)
    workflow.merge(source, into=published("source"), by=one, note=NOTE)
    workflow.restore(source, by=two, note=NOTE)
    change(source)

    for by in (one, two):
        assert "correct" in names_of(workflow.open_steps(source, by))


@pytest.mark.parametrize("what", ["added", "changed", "deleted"])
def test_discarding_puts_the_rows_of_an_actor_back_with_their_keys(what):
    actor = make("actor")
    kept = actor.names.create(
        name="Alias", language="en", form="alias", created_by=factories.somebody()
    )
    key = kept.pk
    workflow.publish(actor, by=make_user(Role.EDITOR))
    if what == "added":
        actor.names.create(
            name="Other", language="en", form="alias", created_by=factories.somebody()
        )
    if what == "changed":
        kept.name = "Misspelt"
        kept.save()
    if what == "deleted":
        actor.names.all().delete()
    assert workflow.pending_change(actor)

    decision = workflow.discard(actor, by=make_user(Role.EDITOR))

    assert [(row.pk, row.name) for row in actor.names.all()] == [(key, "Alias")]
    assert not workflow.pending_change(actor)
    assert (decision.action, Publication.objects.count()) == ("discard", 1)


def test_an_event_is_put_back_with_its_measures_ids():
    event = make("event")
    measure = event.measures.create(
        what="boats", unit="boats", counting="cumulative", created_by=factories.somebody()
    )
    measure.refresh_from_db()
    workflow.send_subject(event, PublicationKind.PUBLISH, kinds=KINDS, by=make_user(Role.EDITOR))
    event.measures.all().delete()

    workflow.discard(event, by=make_user(Role.EDITOR), kinds=KINDS)

    assert event.measures.get().public_id == measure.public_id
    assert not workflow.pending_change(event, kinds=KINDS)


def test_there_is_nothing_to_discard_of_what_was_never_published():
    with pytest.raises(Conflict):
        workflow.discard(make("actor"), by=make_user(Role.EDITOR))


def test_discarding_helps_nobody_to_send_out_what_they_change_next():
    actor, editor = published("actor"), make_user(Role.EDITOR)
    with acting(editor):
        change(actor)
    workflow.discard(actor, by=editor)
    with acting(editor):
        change(actor)

    with pytest.raises(NotAllowed, match="You have changed it"):
        workflow.correct(actor, by=editor, note=NOTE)


def names_of(steps) -> set[str]:
    return {step.action for step in steps}


def told_by_a_document() -> tuple[Any, Any, User]:
    """A live source whose operator a document tells of, that document, and an editor."""
    passage = factories.make_passage()
    source = factories.make_source(operator=factories.make_actor(), operator_passage=passage)
    workflow.publish(source, by=make_user(Role.EDITOR))
    return source, passage.capture.document, make_user(Role.EDITOR)
