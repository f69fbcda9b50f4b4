"""Broken rows of claims."""

from claims import workflow as claims_workflow
from claims.models import Citation, MediaFinding
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision
from tests.factories import (
    add_figure,
    make_approved_claim,
    make_claim,
    make_document,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_user,
    somebody,
)
from tests.integrity.broken import Broken, breaks, place_of

UNPUBLISH_CLAIMS = (
    "DELETE FROM ledger_mention; DELETE FROM ledger_publication WHERE subject_kind = 'claim'"
)


@breaks("stages")
def stage_without_a_step() -> Broken:
    claim = make_claim()
    return (
        "UPDATE claims_claim SET stage = 'in_review', reviewed_hash = repeat('a', 64)",
        [
            f"claim {claim.public_id}: it is “in_review” and rests on the decision none; its "
            "newest step is the decision none, which led to “draft”."
        ],
    )


@breaks("stages")
def settled_taken_back_to_draft_without_a_step() -> Broken:
    claim = make_published_claim()
    return (
        "UPDATE claims_claim SET stage = 'draft'",
        [
            f"claim {claim.public_id}: it is “draft” and rests on the decision "
            f"{claim.decision_id}; its newest step is the decision {claim.decision_id}, which led "
            "to “settled”."
        ],
    )


@breaks("stages")
def settled_and_never_published() -> Broken:
    claim = make_published_claim()
    return (
        UNPUBLISH_CLAIMS,
        [f"claim {claim.public_id}: it is settled and was never published."],
    )


@breaks("pinned")
def pinned_to_something_else() -> Broken:
    claim = make_approved_claim()
    return (
        "UPDATE claims_claim SET reviewed_hash = repeat('a', 64)",
        [f"claim {claim.public_id}: it is not pinned to what was approved."],
    )


@breaks("two-people")
def approved_by_who_submitted_it() -> Broken:
    claim = make_approved_claim()
    submitted = Decision.objects.get(action="submit")
    return (
        f"UPDATE ledger_decision SET by_id = {submitted.by_id} WHERE action = 'approve'",
        [
            f"decision {claim.decision_id}: what it approved of the claim {claim.public_id} was "
            "not submitted by somebody else just before."
        ],
    )


@breaks("two-people")
def something_else_approved_than_submitted() -> Broken:
    claim = make_approved_claim()
    return (
        "UPDATE ledger_decision SET content_hash = repeat('a', 64) WHERE action = 'submit'",
        [
            f"decision {claim.decision_id}: what it approved of the claim {claim.public_id} was "
            "not submitted by somebody else just before."
        ],
    )


@breaks("two-people")
def something_else_published_than_approved() -> Broken:
    claim = make_published_claim()
    return (
        "UPDATE ledger_decision SET content_hash = repeat('a', 64) WHERE action = 'publish'",
        [
            f"publication {place_of(claim)}: what went out of the claim {claim.public_id} is not "
            "what was approved just before."
        ],
    )


@breaks("two-people")
def unreviewed_and_not_called_imported() -> Broken:
    claim = make_published_claim()
    return (
        f"UPDATE ledger_decision SET stage_from = 'draft' WHERE id = {claim.decision_id}",
        [
            f"publication {place_of(claim)}: it went out of “draft” and says that the claim "
            f"{claim.public_id} was not imported."
        ],
    )


@breaks("steps")
def step_that_published_nothing() -> Broken:
    claim = make_published_claim()
    return (
        UNPUBLISH_CLAIMS,
        [
            f"decision {claim.decision_id}: “publish” of the claim {claim.public_id} published "
            "nothing."
        ],
    )


@breaks("parts")
def relay_of_another_claim() -> Broken:
    make_ready_claim()
    other = make_claim()
    return (
        f"UPDATE claims_relay SET claim_id = {other.pk}",
        [f"claim {other.public_id}: a relay joins citations of other claims."],
    )


@breaks("parts")
def finding_that_rests_on_no_evidence() -> Broken:
    claim = make_ready_claim()
    evidence = Citation.objects.create(
        claim=claim,
        document=make_document(),
        role="evidence",
        stance="context",
        basis="was-told",
        created_by=somebody(),
    )
    finding = MediaFinding.objects.create(
        claim=claim,
        finding="original",
        evidence=evidence,
        explanation="Synthetic.",
        created_by=somebody(),
    )
    return (
        f"UPDATE claims_mediafinding SET evidence_id = {claim.citations.first().pk}",
        [
            f"claim {claim.public_id}: the finding {finding.public_id} does not rest on evidence "
            "of the claim."
        ],
    )


@breaks("parts")
def passage_of_another_document() -> Broken:
    claim, passage = make_ready_claim(), make_passage()
    citation = claim.citations.first()
    return (
        f"UPDATE claims_citation SET passage_id = {passage.pk} WHERE id = {citation.pk}",
        [
            f"claim {claim.public_id}: the citation {citation.public_id} points at a passage of "
            "another document."
        ],
    )


@breaks("settled")
def settled_text_changed() -> Broken:
    claim = make_published_claim()
    return (
        "UPDATE claims_claim SET text = 'Other words.', about = 'effect'",
        [
            f"claim {claim.public_id}: it is settled and differs from what was published, in "
            "text, about."
        ],
    )


@breaks("settled")
def settled_parts_gone() -> Broken:
    claim = make_ready_claim()
    add_figure(claim)
    claims_workflow.submit(claim, by=make_user(Role.REPORTER))
    claims_workflow.approve(claim, by=make_user(Role.CHECKER))
    claims_workflow.publish(claim, by=make_user(Role.EDITOR))
    return (
        "DELETE FROM claims_figure; DELETE FROM claims_relay",
        [
            f"claim {claim.public_id}: it is settled and differs from what was published, in "
            "figures, relays."
        ],
    )
