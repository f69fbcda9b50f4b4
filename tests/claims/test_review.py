"""What is reviewed is what is published."""

import pytest
from django.db import IntegrityError, transaction

from claims import event_workflow, workflow
from claims.choices import RelationKind, Stage
from claims.kinds import KINDS
from claims.models import Claim, ClaimRelation, Figure, PublicClaim
from factcheck.common.errors import Conflict, NotAllowed, NotReady
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.history import acting
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from factcheck.public_side import rebuild
from sources import workflow as sources_workflow
from sources.models import ActorName
from tests.factories import (
    add_figure,
    make_actor,
    make_approved_claim,
    make_claim,
    make_event,
    make_published_claim,
    make_ready_claim,
    make_topic,
    make_user,
    revise_and_publish,
    somebody,
    withhold,
)

pytestmark = pytest.mark.django_db


def published_kinds() -> list[str]:
    return [f"{p.kind} {p.subject_kind}" for p in Publication.objects.order_by("seq")]


# What goes out


def test_a_claim_takes_along_what_it_mentions_and_was_never_public():
    claim = make_approved_claim(event=make_event())

    workflow.publish(claim, by=make_user(Role.EDITOR))

    assert published_kinds() == [
        "publish actor",
        "publish event",
        "publish source",
        "publish claim",
    ]


def test_a_pending_change_of_a_public_actor_does_not_go_along():
    first = make_published_claim()
    actor = first.claimant
    published = actor.name
    actor.name = "Synthetic Actor, renamed in secret"
    actor.save()

    second = make_published_claim(claimant=actor)

    content = Publication.objects.of(workflow.subject_of_claim(second)).get().content
    assert content["speaker"]["claimant"] == {"id": actor.public_id, "name": published}


def test_the_record_quotes_exactly_the_approved_content():
    claim = make_approved_claim()
    pinned = claim.reviewed_hash

    workflow.publish(claim, by=make_user(Role.EDITOR))

    assert claim.decision.content_hash == pinned
    assert claim.decision.publication.content["text"] == claim.text


def test_the_harm_check_is_in_no_record():
    claim = make_published_claim(harm_check=["source-at-risk"], harm_note="Left out the street.")

    assert "source-at-risk" not in claim.decision.publication.record
    assert "Left out the street." not in claim.decision.publication.record


def test_a_private_person_is_a_description_in_every_record():
    claim = make_ready_claim()
    claim.claimant.__class__.objects.filter(pk=claim.claimant_id).update(
        kind="person", name="Synthetic Secret Name", is_private=True, description="a resident"
    )
    ActorName.objects.create(
        actor=claim.claimant,
        name="Synthetic Alias",
        language="en",
        form="alias",
        created_by=somebody(),
    )
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))

    workflow.publish(claim, by=make_user(Role.EDITOR))

    everything = "".join(Publication.objects.values_list("record", flat=True))
    assert "Synthetic Secret Name" not in everything
    assert "Synthetic Alias" not in everything
    assert PublicClaim.objects.get().claimant_name == "a resident"


def test_a_relation_is_public_only_while_the_other_claim_is():
    other = make_ready_claim()
    claim = make_ready_claim()
    ClaimRelation.objects.create(
        claim=claim, kind=RelationKind.REPEATS, other=other, created_by=somebody()
    )
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))

    workflow.publish(claim, by=make_user(Role.EDITOR))

    assert other.public_id not in claim.decision.publication.record


# What stands between approval and publication


def test_a_change_elsewhere_is_refused_and_named():
    claim = make_approved_claim()
    claim.claimant.description = "changed after approval"
    claim.claimant.save()

    with pytest.raises(Conflict, match=f"actor “{claim.claimant.name}”"):
        workflow.publish(claim, by=make_user(Role.EDITOR))

    assert Publication.objects.count() == 0
    assert Claim.objects.get(pk=claim.pk).stage == Stage.APPROVED


def test_a_row_added_to_what_it_mentions_is_refused_and_named():
    claim = make_approved_claim()
    ActorName.objects.create(
        actor=claim.claimant,
        name="Synthetic Alias",
        language="en",
        form="alias",
        created_by=somebody(),
    )

    with pytest.raises(Conflict, match=claim.claimant.name):
        workflow.publish(claim, by=make_user(Role.EDITOR))


def test_approval_looks_at_what_it_mentions_too():
    claim = make_ready_claim()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    claim.claimant.description = "changed by the checker"
    claim.claimant.save()

    with pytest.raises(Conflict, match="no longer what was reviewed"):
        workflow.approve(claim, by=make_user(Role.CHECKER))


def test_a_topic_renamed_after_approval_is_refused():
    claim = make_ready_claim()
    topic = make_topic()
    claim.claim_topics.create(topic=topic, created_by=somebody())
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))
    topic.name = "Synthetic topic, renamed"
    topic.save()

    with pytest.raises(Conflict, match="topic “Synthetic topic, renamed”"):
        workflow.publish(claim, by=make_user(Role.EDITOR))


@pytest.mark.parametrize("make", [make_ready_claim, make_approved_claim])
def test_an_edit_of_the_file_takes_a_claim_back_to_draft(make):
    claim = make()
    if claim.stage == Stage.DRAFT:
        workflow.submit(claim, by=make_user(Role.REPORTER))

    Claim.objects.filter(pk=claim.pk).update(text="Changed in plain SQL.")

    claim.refresh_from_db()
    assert (claim.stage, claim.reviewed_hash) == (Stage.DRAFT, "")


def test_an_edit_of_a_child_takes_a_claim_back_to_draft():
    claim = make_ready_claim()
    figure = add_figure(claim)
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user(Role.REPORTER))

    Figure.objects.filter(pk=figure.pk).update(best=13)

    claim.refresh_from_db()
    assert (claim.stage, claim.reviewed_hash) == (Stage.DRAFT, "")


@pytest.mark.parametrize("rows", ["citations", "relays", "figures", "relations", "claim_topics"])
def test_deleting_a_child_raises_the_edit_number(rows):
    claim = make_ready_claim()
    add_figure(claim)
    claim.claim_topics.create(topic=make_topic(), created_by=somebody())
    ClaimRelation.objects.create(
        claim=claim, kind="repeats", other=make_claim(), created_by=somebody()
    )
    claim.refresh_from_db()
    before = claim.edit_number

    getattr(claim, rows).last().delete()

    claim.refresh_from_db()
    assert claim.edit_number > before


def test_a_settled_claim_is_read_only_in_the_database():
    claim = make_published_claim()

    with pytest.raises(IntegrityError, match="read-only"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(text="Changed behind everybody's back.")
    with pytest.raises(IntegrityError, match="read-only"), transaction.atomic():
        add_figure(claim)


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "approved", "reviewed_hash": "0" * 64},
        {"stage": "settled", "reviewed_hash": ""},
        {"reviewed_hash": "0" * 64},
    ],
)
def test_no_stage_moves_without_its_decision(change):
    claim = make_ready_claim()
    workflow.submit(claim, by=make_user(Role.REPORTER))

    with pytest.raises(IntegrityError, match="by a step of the workflow"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**change)


def test_another_claims_decision_moves_no_stage():
    settled, claim = make_published_claim(), make_ready_claim()

    with pytest.raises(IntegrityError, match="by a step of the workflow"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(stage="settled", decision=settled.decision)


def test_a_claim_begins_as_a_draft():
    with pytest.raises(IntegrityError, match="begins as a draft"), transaction.atomic():
        make_claim(stage="settled")


def test_a_published_claim_is_never_deleted():
    claim = make_published_claim()

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk)._raw_delete("default")
    with pytest.raises(IntegrityError), transaction.atomic():
        claim.delete()


# The public side


def test_a_correction_adds_a_version_and_keeps_the_first():
    claim = make_published_claim()
    first = Publication.objects.of(workflow.subject_of_claim(claim)).get()

    revise_and_publish(claim, "correct", text="Thirteen boats were counted.")

    versions = Publication.objects.of(workflow.subject_of_claim(claim)).order_by("version")
    assert [(p.version, p.kind) for p in versions] == [(1, "publish"), (2, "correct")]
    assert versions[0].record == first.record
    assert [(row.version, row.until_seq) for row in PublicClaim.objects.order_by("version")] == [
        (1, versions[1].seq),
        (2, None),
    ]


def test_a_revision_under_way_changes_nothing_in_public():
    claim = make_published_claim()
    before = list(PublicClaim.objects.values())
    workflow.revise(claim, by=make_user(Role.REPORTER))
    claim.text = "Unpublished words."
    claim.save()

    assert list(PublicClaim.objects.values()) == before


def test_the_public_side_can_be_made_anew_from_the_ledger():
    claim = make_published_claim(event=make_event())
    revise_and_publish(claim, "update", text="Thirteen boats were counted.")
    withhold(make_published_claim(), PublicationKind.RETRACT)

    assert rebuild(check_only=True) == []


def test_a_rebuild_finds_and_mends_what_differs():
    claim = make_published_claim()
    PublicClaim.objects.filter(claim_id=claim.public_id).update(verification_status="confirmed")

    found = [str(difference) for difference in rebuild(check_only=True)]
    rebuild()

    assert [text.split(": ")[1] for text in found] == ["verification_status"]
    assert rebuild(check_only=True) == []


def test_a_claim_that_mentions_a_retracted_actor_is_refused():
    claim = make_published_claim()
    actor = claim.claimant
    second = make_approved_claim(claimant=actor)
    with transaction.atomic():
        [publication] = log.append(
            [
                log.Draft(
                    subject=Subject("actor", actor.public_id),
                    kind=PublicationKind.SUSPEND,
                    action="suspend",
                    note="Synthetic note.",
                )
            ],
            by=make_user(Role.EDITOR),
        )
        KINDS["actor"].project(publication)

    with pytest.raises(NotReady) as refused:
        workflow.publish(second, by=make_user(Role.EDITOR))

    assert refused.value.reasons == [f"The actor “{actor}” is suspended in public."]


# Actors, sources and events by themselves


def test_an_editor_who_entered_an_actor_does_not_send_it_out_alone():
    editor = make_user(Role.EDITOR)
    actor = make_actor(created_by=editor)

    with pytest.raises(NotAllowed, match="another editor"):
        sources_workflow.publish(actor, by=editor)

    sources_workflow.publish(actor, by=make_user(Role.EDITOR))
    assert published_kinds() == ["publish actor"]


def test_a_pending_change_goes_out_by_an_editor_who_did_not_make_it():
    actor, changer, editor = make_actor(), make_user(Role.EDITOR), make_user(Role.EDITOR)
    sources_workflow.publish(actor, by=editor)
    assert not sources_workflow.pending_change(actor)
    with acting(changer):
        actor.description = "described anew"
        actor.save()
    assert sources_workflow.pending_change(actor)

    with pytest.raises(NotAllowed):
        sources_workflow.update(actor, by=changer, note="Synthetic note.")
    sources_workflow.update(actor, by=editor, note="Synthetic note.")

    assert published_kinds() == ["publish actor", "update actor"]
    assert not sources_workflow.pending_change(actor)


def test_nothing_pending_is_nothing_to_publish():
    event = make_event()
    event_workflow.publish_event(event, by=make_user(Role.EDITOR))

    with pytest.raises(Conflict, match="Nothing has changed"):
        event_workflow.update_event(event, by=make_user(Role.EDITOR), note="Synthetic note.")
