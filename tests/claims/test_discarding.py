"""Discarding: a working copy goes back to what was last published, whatever was done to it."""

import pytest

from claims import workflow
from claims.choices import Stage
from claims.kinds import KINDS
from claims.models import Citation, Claim, Relay
from factcheck.common.errors import Conflict, InvalidInput
from factcheck.common.roles import Role
from factcheck.ledger import log
from factcheck.ledger.models import Decision
from factcheck.ledger.subjects import Subject
from sources.publishing import gather
from tests.factories import (
    add_figure,
    make_actor,
    make_published_claim,
    make_ready_claim,
    make_topic,
    make_user,
    somebody,
    withhold,
)

# The history is dated by transactions, so each step has to be one of its own.
pytestmark = [pytest.mark.database, pytest.mark.usefixtures("committed_db")]


def published_content(claim: Claim) -> object:
    subject = Subject("claim", claim.public_id)
    return log.newest([subject])[subject].content


def rich_published_claim() -> Claim:
    claim = make_ready_claim()
    add_figure(claim)
    claim.topics.add(make_topic(), through_defaults={"created_by": somebody()})
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))
    return workflow.publish(claim, by=make_user(Role.EDITOR))


def rewritten(claim: Claim) -> Claim:
    """The claim revised, with nearly everything about it changed."""
    workflow.revise(claim, by=make_user(Role.REPORTER))
    claim.text = "Synthetic: thirteen boats were counted."
    claim.claimant = make_actor()
    claim.harm_check = ["victim"]
    claim.save()
    claim.figures.update(best=13)
    claim.claim_topics.all().delete()
    origin = claim.citations.get(position=2)
    origin.delete()
    Citation.objects.create(
        claim=claim,
        position=3,
        document=claim.citations.get(position=1).document,
        first_hand=False,
        created_by=somebody(),
    )
    claim.refresh_from_db()
    return claim


def test_everything_stands_again_as_it_was_published():
    claim = rich_published_claim()
    published = published_content(claim)
    relay = claim.relays.get()

    workflow.discard(rewritten(claim), by=make_user(Role.REPORTER), note="The first was right.")

    claim.refresh_from_db()
    assert claim.stage == Stage.SETTLED
    assert gather(claim, KINDS).root.content == published
    assert claim.harm_check == ["none"]
    assert Relay.objects.get(claim=claim).pk == relay.pk


def test_what_was_done_in_between_stays_in_the_history():
    claim = rewritten(rich_published_claim())

    workflow.discard(claim, by=make_user(Role.REPORTER), note="The first was right.")

    history = Claim.history.rel.related_model.objects.filter(pgh_obj_id=claim.pk)
    assert history.filter(text="Synthetic: thirteen boats were counted.").exists()
    decision = Decision.objects.filter(subject_id=claim.public_id).latest("pk")
    assert (decision.action, decision.note) == ("discard", "The first was right.")


@pytest.mark.parametrize("stage", ["draft", "in_review", "approved"])
def test_a_revision_can_be_discarded_at_every_stage(stage):
    claim = make_published_claim()
    workflow.revise(claim, by=make_user(Role.REPORTER))
    claim.unknowns = "Where they came from."
    claim.save()
    if stage != "draft":
        workflow.submit(claim, by=make_user(Role.REPORTER))
    if stage == "approved":
        workflow.approve(claim, by=make_user(Role.CHECKER))

    workflow.discard(claim, by=make_user(Role.REPORTER), note="Not needed.")

    claim.refresh_from_db()
    assert (claim.stage, claim.unknowns, claim.reviewed_hash) == ("settled", "", "")


def test_the_second_revision_goes_back_to_the_second_version():
    claim = make_published_claim()
    workflow.revise(claim, by=make_user(Role.REPORTER))
    claim.unknowns = "Where they came from."
    claim.save()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))
    workflow.update(claim, by=make_user(Role.EDITOR), note="Synthetic note.")
    workflow.revise(claim, by=make_user(Role.REPORTER))
    claim.unknowns = "Nothing."
    claim.save()

    workflow.discard(claim, by=make_user(Role.REPORTER), note="Not needed.")

    claim.refresh_from_db()
    assert claim.unknowns == "Where they came from."


def test_a_discarded_claim_can_be_revised_and_discarded_again():
    claim = rich_published_claim()
    published = published_content(claim)
    workflow.discard(rewritten(claim), by=make_user(Role.REPORTER), note="Once.")

    workflow.discard(rewritten(claim), by=make_user(Role.REPORTER), note="Twice.")

    claim.refresh_from_db()
    assert gather(claim, KINDS).root.content == published


def test_a_suspended_claim_can_be_discarded_and_restored():
    claim = make_published_claim()
    withhold(claim, "suspend")
    workflow.revise(claim, by=make_user(Role.REPORTER))

    workflow.discard(claim, by=make_user(Role.REPORTER), note="Not needed.")
    workflow.restore(claim, by=make_user(Role.EDITOR), note="Synthetic note.")

    claim.refresh_from_db()
    assert claim.stage == Stage.SETTLED


def test_what_was_never_published_cannot_be_discarded():
    claim = make_ready_claim()

    with pytest.raises(Conflict):
        workflow.discard(claim, by=make_user(Role.REPORTER), note="Not needed.")

    claim.refresh_from_db()
    assert claim.stage == Stage.DRAFT


def test_who_discards_says_why():
    claim = make_published_claim()
    workflow.revise(claim, by=make_user(Role.REPORTER))

    with pytest.raises(InvalidInput):
        workflow.discard(claim, by=make_user(Role.REPORTER), note=" ")
