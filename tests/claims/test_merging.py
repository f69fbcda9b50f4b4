"""Rows entered twice: what stands for which, in new records and in those that are out already."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from claims import workflow as claims_workflow
from claims.kinds import KINDS
from claims.models import Event, PublicClaim
from factcheck.common.errors import (
    Conflict,
    FactcheckError,
    InvalidInput,
    NotAllowed,
    NotReady,
)
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.history import acting
from factcheck.ledger.models import Decision, Publication
from factcheck.public_side import rebuild
from sources import workflow
from sources.models import Actor, Control, Document, PublicActor, PublicSuccessor, Source
from sources.models.merging import chain, resolved, stood_for
from sources.publishing import gather, subject_of
from sources.services import merge_document, unmerge_document
from tests import factories
from tests.admin_pages import address, signed_in
from tests.claims.test_two_sessions import at_once
from tests.factories import (
    make_actor,
    make_approved_claim,
    make_capture,
    make_claim,
    make_document,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_source,
    make_user,
    revise_and_publish,
    somebody,
)

pytestmark = pytest.mark.django_db

NOTE = "Synthetic note: it was entered twice."


def live(row: Any) -> Any:
    """The row, published by an editor of its own."""
    workflow.send_subject(row, PublicationKind.PUBLISH, kinds=KINDS, by=make_user(Role.EDITOR))
    return row


def merge(row: Any, into: Any) -> Publication | None:
    return workflow.merge(row, into=into, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)


def restore(row: Any) -> Publication | None:
    return workflow.restore(row, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS)


def newest_content(row: Any) -> dict[str, Any]:
    subject = subject_of(row, KINDS)
    content = log.newest([subject])[subject].content
    assert content is not None
    return content


# In public


@pytest.mark.parametrize("kind", ["actor", "source", "event"])
def test_a_merger_puts_another_in_the_place_of_what_was_public(kind):
    one, other = (live(getattr(factories, f"make_{kind}")()) for _ in range(2))

    merged = merge(one, other)

    assert (merged.kind, merged.note, merged.content) == ("merge", NOTE, None)
    assert merged.successor == subject_of(other, KINDS)
    assert one.merged_into == other
    successors = PublicSuccessor.objects.using("public")
    assert successors.final(kind, one.public_id) == other.public_id
    assert successors.standing_for(kind, other.public_id) == {one.public_id, other.public_id}
    assert rebuild(check_only=True) == []


def test_what_is_out_already_keeps_the_id_and_what_goes_out_next_tells_the_other():
    twin, claim = live(make_actor()), make_published_claim()
    merge(claim.claimant, twin)

    before = newest_content(claim)
    revise_and_publish(claim, text="Thirteen boats were counted.")
    after = newest_content(claim)

    assert before["speaker"]["claimant"]["id"] == claim.claimant.public_id
    assert after["speaker"]["claimant"] == {"id": twin.public_id, "name": twin.name}
    assert PublicClaim.objects.current().get().claimant_id == twin.public_id


def test_mergers_in_a_row_lead_to_the_last_one():
    one, two, three = (live(make_actor()) for _ in range(3))
    merge(one, two)
    merge(two, three)

    one.refresh_from_db()
    claim = make_published_claim(claimant=one)

    assert newest_content(claim)["speaker"]["claimant"]["id"] == three.public_id
    assert [row.pk for row in chain(one)] == [one.pk, two.pk, three.pk]
    assert stood_for(three) == [two, one]
    successors = PublicSuccessor.objects.using("public")
    assert successors.final("actor", one.public_id) == three.public_id
    assert successors.standing_for("actor", three.public_id) == {
        row.public_id for row in (one, two, three)
    }


def test_what_a_live_record_names_is_met_as_what_stands_for_it():
    operator, twin = make_actor(), live(make_actor())
    passage = make_passage()
    source = live(make_source(operator=operator, operator_passage=passage))
    merge(operator, twin)

    claim = make_claim(speaker="own-voice", outlet=source)
    bundle = gather(claim, KINDS)

    assert bundle.root.content["speaker"]["outlet"]["id"] == source.public_id
    assert subject_of(operator, KINDS) not in {part.subject for part in bundle.along}


def test_what_was_never_published_goes_out_as_the_other_and_never_itself():
    draft, twin = make_actor(), make_actor()
    merge(draft, twin)

    claim = make_published_claim(claimant=draft)

    assert newest_content(claim)["speaker"]["claimant"]["id"] == twin.public_id
    assert list(PublicActor.objects.values_list("public_id", flat=True)) == [twin.public_id]
    with pytest.raises(Conflict, match="merged into another"):
        live(draft)


def test_a_merger_of_what_was_never_published_is_a_decision_alone_and_undone_by_anybody():
    draft, twin, editor = make_source(), make_source(), make_user(Role.EDITOR)

    merged = workflow.merge(draft, into=twin, by=editor, note=NOTE)
    stood = draft.merged_into
    restored = workflow.restore(draft, by=editor, note=NOTE)

    assert (merged, restored, stood, draft.merged_into) == (None, None, twin, None)
    assert [row.action for row in Decision.objects.order_by("pk")] == ["merge", "restore"]
    assert not Publication.objects.exists()
    assert not PublicSuccessor.objects.exists()


def test_undoing_a_merger_brings_back_what_readers_last_saw():
    one, other = live(make_actor()), live(make_actor())
    content = newest_content(one)
    merge(one, other)

    restored = restore(one)

    one.refresh_from_db()
    assert restored.content == content
    assert one.merged_into is None
    assert not PublicSuccessor.objects.exists()
    assert PublicActor.objects.filter(public_id=one.public_id).exists()
    assert rebuild(check_only=True) == []


def test_what_stands_for_something_mentioned_is_not_retracted():
    twin, claim = live(make_actor()), make_published_claim()
    merge(claim.claimant, twin)

    with pytest.raises(NotReady) as refused:
        workflow.retract(twin, by=make_user(Role.EDITOR), note=NOTE)
    revise_and_publish(claim, claimant=live(make_actor()))
    workflow.retract(twin, by=make_user(Role.EDITOR), note=NOTE)

    assert refused.value.reasons == [f"The claim {claim.public_id} mentions it."]


def test_a_claim_comes_back_with_the_id_of_what_was_merged_meanwhile():
    twin, claim = live(make_actor()), make_published_claim()
    claims_workflow.suspend(claim, by=make_user(Role.EDITOR), note=NOTE)
    merge(claim.claimant, twin)

    claims_workflow.restore(claim, by=make_user(Role.EDITOR), note=NOTE)

    claimant = newest_content(claim)["speaker"]["claimant"]
    assert claimant["id"] == claim.claimant.public_id


def test_a_claim_does_not_come_back_while_what_stands_now_is_withheld():
    twin, claim = live(make_actor()), make_published_claim()
    claims_workflow.suspend(claim, by=make_user(Role.EDITOR), note=NOTE)
    merge(claim.claimant, twin)
    workflow.suspend(twin, by=make_user(Role.EDITOR), note=NOTE)

    with pytest.raises(NotReady):
        claims_workflow.restore(claim, by=make_user(Role.EDITOR), note=NOTE)


def test_a_merger_is_a_change_of_what_was_reviewed():
    claim = make_ready_claim()
    claims_workflow.submit(claim, by=make_user())
    claims_workflow.approve(claim, by=make_user(Role.CHECKER))
    merge(claim.claimant, live(make_actor()))

    with pytest.raises(Conflict, match="no longer what was reviewed"):
        claims_workflow.publish(claim, by=make_user(Role.EDITOR))


def test_an_event_is_merged_and_redacted_by_its_buttons():
    event, twin = live(make_event()), live(make_event())
    values = {"note": NOTE, "successor": twin.public_id}

    merged = signed_in(make_user(Role.EDITOR)).post(
        address(event, "step", "merge"), values | {"edit_number": event.edit_number}
    )
    redacted = signed_in(make_user(Role.ADMINISTRATOR)).post(
        address(event, "step", "redact"),
        {"note": NOTE, "edit_number": event.edit_number, "opened_merged": twin.pk, "known": "on"},
    )

    kinds = log.versions(subject_of(event, KINDS)).values_list("kind", "successor_id")
    assert (merged.status_code, redacted.status_code) == (302, 302)
    assert list(kinds) == [("publish", ""), ("merge", twin.public_id), ("redact", twin.public_id)]


# What can stand for what


@pytest.mark.parametrize("kind", ["suspend", "retract"])
def test_nothing_withheld_stands_for_anything(kind):
    withheld = live(make_actor())
    getattr(workflow, kind)(withheld, by=make_user(Role.EDITOR), note=NOTE)

    for row in (live(make_actor()), make_actor()):
        with pytest.raises(Conflict, match="cannot stand for anything"):
            merge(row, withheld)


def test_nothing_unpublished_stands_for_what_is_public():
    draft = make_actor()

    with pytest.raises(Conflict, match="it would stand for something that is public"):
        merge(live(make_actor()), draft)


def test_what_was_merged_stands_for_nothing_new():
    one, other = live(make_actor()), live(make_actor())
    merge(one, other)

    with pytest.raises(InvalidInput, match="choose what stands for it"):
        merge(live(make_actor()), one)


def test_nothing_stands_for_itself_or_for_another_kind():
    actor = live(make_actor())

    for into in (actor, live(make_source())):
        with pytest.raises(InvalidInput, match="another one of the same kind"):
            merge(actor, into)


def test_a_private_person_is_not_told_by_a_name_through_a_merger():
    private = {"kind": "person", "is_private": True, "description": "a fisherman"}
    hidden, named = live(make_actor(**private)), live(make_actor(kind="person"))

    with pytest.raises(InvalidInput, match="who a private person is"):
        merge(hidden, named)
    merge(hidden, live(make_actor(**private)))

    assert hidden.merged_into is not None


def test_the_names_of_a_private_person_are_secret_under_whichever_row():
    private = {"kind": "person", "is_private": True, "description": "a fisherman"}
    one = make_actor(name="Synthetic Fisherman", **private)
    other = make_actor(name="Another Spelling", **private)
    merge(one, other)

    claim = make_claim(claimant=other, text="It was Synthetic Fisherman who counted.")

    with pytest.raises(NotReady, match="private person"):
        gather(claim, KINDS)


def test_nobody_controls_itself_after_a_merger():
    parent, child = live(make_actor()), make_actor()
    Control.objects.create(
        actor=child, parent=parent, passage=make_passage(), created_by=somebody()
    )
    live(child)
    merge(parent, child)

    workflow.update(child, by=make_user(Role.EDITOR), note=NOTE)

    assert newest_content(child)["controls"] == []


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


# Documents


def test_a_document_stands_for_another_in_what_is_published_from_now_on():
    claim, twin = make_ready_claim(), make_document()
    carried = claim.citations.get(position=1).document

    merge_document(carried, into=twin, by=make_user(Role.EDITOR))
    content = gather(claim, KINDS).root.content

    ids = {document["id"] for document in content["documents"]}
    assert twin.public_id in ids
    assert carried.public_id not in ids
    [first, _] = content["citations"]
    assert first["document"] == twin.public_id
    [told] = [document for document in content["documents"] if document["id"] == twin.public_id]
    assert told["is_held"]


def test_a_passage_is_told_in_the_document_that_stands_now():
    passage, twin = make_passage(), make_document()
    source = make_source(operator=make_actor(), operator_passage=passage)
    merge_document(passage.capture.document, into=twin, by=make_user(Role.EDITOR))

    content = gather(source, KINDS).root.content

    assert content["operator_passage"]["document"]["id"] == twin.public_id
    assert content["operator_passage"]["document"]["source"]["id"] == twin.source.public_id
    assert content["operator_passage"]["capture"]["sha256"] == passage.capture.sha256


def test_a_document_is_held_through_all_that_was_merged_into_it():
    one, two, three, four = (make_document() for _ in range(4))
    make_capture(one)
    editor = make_user(Role.EDITOR)
    merge_document(one, into=two, by=editor)
    merge_document(two, into=three, by=editor)

    held = dict(Document.objects.for_records().values_list("pk", "is_held"))

    assert held == {one.pk: True, two.pk: True, three.pk: True, four.pk: False}
    assert resolved(one) == three


def test_who_merged_a_document_does_not_send_out_what_it_tells_alone():
    passage, twin, editor = make_passage(), make_document(), make_user(Role.EDITOR)
    source = make_source(operator=make_actor(), operator_passage=passage)
    live(source)
    merge_document(passage.capture.document, into=twin, by=editor)

    with pytest.raises(NotAllowed, match="You have changed it"):
        workflow.correct(source, by=editor, note=NOTE)
    workflow.correct(source, by=make_user(Role.EDITOR), note=NOTE)


def test_who_changed_the_document_that_stands_does_not_send_it_out_alone():
    passage, twin, editor = make_passage(), make_document(), make_user(Role.EDITOR)
    source = make_source(operator=make_actor(), operator_passage=passage)
    merge_document(passage.capture.document, into=twin, by=make_user(Role.EDITOR))
    live(source)
    with acting(editor):
        twin.title = "Changed"
        twin.save()

    with pytest.raises(NotAllowed, match="You have changed it"):
        workflow.correct(source, by=editor, note=NOTE)


def test_a_documents_merger_is_undone():
    one, other, editor = make_document(), make_document(), make_user(Role.EDITOR)
    merge_document(one, into=other, by=editor)

    unmerge_document(one, by=editor)

    assert Document.objects.get(pk=one.pk).merged_into is None
    assert [event.merged_into_id for event in one.history.order_by("pgh_id")] == [None, other.pk]
    with pytest.raises(Conflict, match="was not merged"):
        unmerge_document(one, by=editor)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.ADMINISTRATOR])
def test_documents_are_merged_by_editors_alone(role):
    one, other = make_document(), make_document()

    with pytest.raises(NotAllowed):
        merge_document(one, into=other, by=make_user(role))
    merge_document(one, into=other, by=make_user(Role.EDITOR))
    with pytest.raises(NotAllowed):
        unmerge_document(one, by=make_user(role))


def test_documents_that_carry_each_other_are_two():
    inner = make_document()
    middle = make_document(hop_of=inner, hop_manner="republishes")
    outer = make_document(hop_of=middle, hop_manner="republishes")
    editor = make_user(Role.EDITOR)

    for one, other in ((inner, outer), (outer, inner), (middle, inner)):
        with pytest.raises(InvalidInput, match="carries the other"):
            merge_document(one, into=other, by=editor)


def test_a_document_is_merged_once_and_into_what_stands():
    one, two, three = make_document(), make_document(), make_document()
    editor = make_user(Role.EDITOR)
    merge_document(one, into=two, by=editor)

    with pytest.raises(Conflict, match="merged already"):
        merge_document(one, into=three, by=editor)
    with pytest.raises(InvalidInput, match="choose what stands for it"):
        merge_document(three, into=one, by=editor)
    with pytest.raises(InvalidInput, match="another document"):
        merge_document(three, into=three, by=editor)


def test_no_document_is_merged_in_a_circle():
    one, other = make_document(), make_document()
    merge_document(one, into=other, by=make_user(Role.EDITOR))

    refusal = refusal_of(lambda: Document.objects.filter(pk=other.pk).update(merged_into=one))

    assert refusal == "sources_document_acyclic"


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


def refusal_of(attempt: Any) -> str:
    """The constraint that refuses what is attempted."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        attempt()
    cause: Any = caught.value.__cause__
    return str(cause.diag.constraint_name)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"kind": "photo"}, "they are two documents"),
        ({"source": None}, "Enter there first what this one says: source"),
        ({"language": ""}, "Enter there first what this one says: language"),
    ],
    ids=["kind", "source", "language"],
)
def test_a_document_is_not_merged_into_one_that_tells_less(told, reason):
    document, other = make_document(), make_document(**told)

    with pytest.raises(InvalidInput, match=reason):
        merge_document(document, into=other, by=make_user(Role.EDITOR))

    document.refresh_from_db()
    assert document.merged_into is None
