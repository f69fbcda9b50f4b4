"""Rows entered twice: what stands for which, in new records and in those that are out already."""

import pytest

from claims import workflow as claims_workflow
from claims.kinds import KINDS
from claims.models import PublicClaim
from factcheck.common.errors import Conflict, InvalidInput, NotReady
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.ledger.models import Decision, Publication
from factcheck.public_side import rebuild
from sources import workflow
from sources.models import Control, PublicActor, PublicSuccessor
from sources.models.merging import chain, stood_for
from sources.publishing import gather, subject_of
from tests import factories
from tests.admin_pages import address, signed_in
from tests.claims.mergers import NOTE, live, merge, newest_content, restore
from tests.factories import (
    make_actor,
    make_claim,
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
