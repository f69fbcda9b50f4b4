"""The only writer of a claim's stage and of everything public about claims.

`take` checks a step against the table in `claims.steps`, and does it in one transaction.
"""

from django.contrib.auth.models import User
from django.db import models, transaction

from claims.choices import Stage
from claims.claim_file import ClaimFile, load_file
from claims.kinds import KINDS
from claims.models import Claim
from claims.models.claim import NOT_OF_THE_FILE
from claims.opening import (
    barred_steps,
    check_step,
    next_steps,
    open_steps,
    public_state_of,
    subject_of_claim,
    tabled_steps,
)
from claims.rules import unmet_by
from claims.steps import STEPS, Note, Step
from factcheck.common.errors import Conflict, NotReady
from factcheck.common.text import clean_text
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.history import acting
from factcheck.ledger.models import Decision, Publication
from sources import workflow as sources_workflow
from sources.publishing import (
    Bundle,
    Walk,
    gather,
    last_mentions,
    lock,
    send_again,
    send_out,
    take_off,
)
from sources.workflow.undoing import put_back

__all__ = [
    "STEPS",
    "Note",
    "approve",
    "barred_steps",
    "changes_since",
    "correct",
    "discard",
    "next_steps",
    "open_steps",
    "public_state_of",
    "publish",
    "publish_imported",
    "redact",
    "restore",
    "retract",
    "return_to_draft",
    "reviewed_changes",
    "revise",
    "subject_of_claim",
    "submit",
    "suspend",
    "tabled_steps",
    "take",
    "update",
]

# Taking steps


def take(action: str, claim: Claim, *, by: User, note: str = "") -> Claim:
    """Take one step with a claim, and return it as it then stands.

    `note` is private for *return*, public for *update* and *correct*. Raises NotAllowed for a
    person who may not, Conflict where the claim is not in a state for it or no longer what was
    reviewed, NotReady for unmet rules, InvalidInput for a missing note.
    """
    step = STEPS[action]
    note = clean_text(note, name="note") if note.strip() else ""
    check_step(step, claim, by=by, note=note)
    with transaction.atomic(), acting(by):
        if step.to_stage is None:
            publish_or_withhold(step, claim, by=by, note=note)
            return claim
        if step.publishes is not None:
            decision, pinned = publication_by(step, claim, by=by, note=note), ""
        else:
            lock([subject_of_claim(claim)], KINDS)
            claim.refresh_from_db()
            check_step(step, claim, by=by, note=note)
            if step.action == "discard":
                put_back(claim, at=last_settled(claim).at, keep=NOT_OF_THE_FILE)
                claim.refresh_from_db()
            pinned = pinned_by(step, claim)
            decision = log.decide(
                subject=subject_of_claim(claim),
                action=step.action,
                by=by,
                note=note,
                stage_from=claim.stage,
                stage_to=step.to_stage,
                content_hash=pinned,
            )
        claim.stage, claim.reviewed_hash, claim.decision = step.to_stage, pinned, decision
        claim.save(update_fields=["stage", "reviewed_hash", "decision"])
        if claim.was_imported:
            # Revising ends it, by trigger.
            claim.refresh_from_db(fields=["was_imported"])
    return claim


def submit(claim: Claim, *, by: User) -> Claim:
    """Draft → in review: pins what was submitted."""
    return take("submit", claim, by=by)


def return_to_draft(claim: Claim, *, by: User, note: str) -> Claim:
    """In review or approved → draft, with a note on what to mend."""
    return take("return", claim, by=by, note=note)


def approve(claim: Claim, *, by: User) -> Claim:
    """In review → approved, by somebody who did not submit it."""
    return take("approve", claim, by=by)


def publish(claim: Claim, *, by: User) -> Claim:
    """Approved → settled and live, for the first time."""
    return take("publish", claim, by=by)


def update(claim: Claim, *, by: User, note: str) -> Claim:
    """Approved → settled and live: the world or the evidence has changed."""
    return take("update", claim, by=by, note=note)


def correct(claim: Claim, *, by: User, note: str) -> Claim:
    """Approved → settled and live: we were wrong."""
    return take("correct", claim, by=by, note=note)


def suspend(claim: Claim, *, by: User, note: str) -> Claim:
    """Live → suspended, at once; the working copy stays as it is."""
    return take("suspend", claim, by=by, note=note)


def retract(claim: Claim, *, by: User, note: str) -> Claim:
    """Live or suspended → retracted. Raises NotReady while something live mentions it."""
    return take("retract", claim, by=by, note=note)


def restore(claim: Claim, *, by: User, note: str) -> Claim:
    """Suspended or retracted → live with what readers last saw, by another person."""
    return take("restore", claim, by=by, note=note)


def revise(claim: Claim, *, by: User) -> Claim:
    """Settled → draft; the public version stays."""
    return take("revise", claim, by=by)


def discard(claim: Claim, *, by: User, note: str) -> Claim:
    """Draft, in review or approved → settled, as it was last published. Once published only."""
    return take("discard", claim, by=by, note=note)


def redact(claim: Claim, *, by: User, note: str) -> Claim:
    """Erase the words of every version, and order mirrors to do so. Nothing follows it."""
    return take("redact", claim, by=by, note=note)


def publish_imported(claim: Claim, *, by: User) -> Claim:
    """Draft → settled and live, without review here, which its record says."""
    return take("publish_imported", claim, by=by)


def reviewed_changes(claim: Claim) -> list[str]:
    """What differs now from what was pinned at submission; empty while nothing does."""
    if not claim.reviewed_hash or gather(claim, KINDS).review_hash == claim.reviewed_hash:
        return []
    return changes_since(claim)


# What the steps check


def check_ready(file: ClaimFile, *, is_import: bool = False) -> None:
    """Raise NotReady, with a sentence each, unless the claim meets every publication rule."""
    reasons = [rule.sentence for rule in unmet_by(file, is_import=is_import)]
    if reasons:
        raise NotReady("The claim does not meet the publication rules yet.", reasons=reasons)


def check_unchanged(claim: Claim, bundle: Bundle) -> None:
    """Raise Conflict, listing the differences, unless the bundle is what was reviewed."""
    if bundle.review_hash != claim.reviewed_hash:
        raise Conflict(
            "It is no longer what was reviewed. Return it to draft and submit it again. Changed "
            f"since: {'; '.join(changes_since(claim))}."
        )


def changes_since(claim: Claim) -> list[str]:
    """What the claim mentions, or draws on, that was changed after it was submitted."""
    submitted = Decision.objects.filter(
        subject_kind=SubjectKind.CLAIM, subject_id=claim.public_id, action="submit"
    ).latest("id")
    changed = [
        f"{row._meta.verbose_name} “{row}”"
        for row in drawn_on(claim)
        if sources_workflow.changed_after(row, submitted.at)
    ]
    return changed or ["something published in the meantime that it mentions"]


def drawn_on(claim: Claim) -> list[models.Model]:
    """The rows outside the claim's own file that its record is made from."""
    walk = Walk(claim, KINDS)
    documents = {
        document.pk: document
        for subject, row in walk.rows.items()
        for document in KINDS[subject.kind].documents(row)
    }
    named = [row for row in walk.named.values() if not isinstance(row, Claim)]
    return [*named, *documents.values(), *claim.topics.all()]


def pinned_by(step: Step, claim: Claim) -> str:
    """The hash that a step without publication leaves on the claim."""
    if step.to_stage not in (Stage.IN_REVIEW, Stage.APPROVED):
        return ""
    file = load_file(claim)
    check_ready(file)
    bundle = gather(claim, KINDS, loaded=file)
    if step.to_stage == Stage.APPROVED:
        check_unchanged(claim, bundle)
    return bundle.review_hash


def publication_by(step: Step, claim: Claim, *, by: User, note: str) -> Decision:
    """Publish what was approved; the claim is locked, with all that goes out along with it."""
    assert step.publishes is not None
    if step.in_bulk:
        # Before all else that is locked: nobody waits for what was never published.
        lock([subject_of_claim(claim)], KINDS)
        claim.refresh_from_db()
        check_step(step, claim, by=by, note=note)
        mark_as_imported(claim)
    bundle = sources_workflow.locked_bundle(claim, KINDS)
    check_step(step, claim, by=by, note=note)
    if not step.in_bulk:
        check_unchanged(claim, bundle)
    check_ready(bundle.loaded, is_import=step.in_bulk)
    publication = send_out(
        bundle,
        KINDS,
        kind=step.publishes,
        action=step.action,
        by=by,
        note=note,
        stage_from=claim.stage,
        stage_to=step.to_stage or claim.stage,
    )
    return publication.decision


def mark_as_imported(claim: Claim) -> None:
    """Make the record say that nobody here has reviewed it."""
    claim.was_imported = True
    claim.save(update_fields=["was_imported"])


def last_settled(claim: Claim) -> Decision:
    """The decision that last published the working copy, when it was what readers got."""
    published = {step.action for step in STEPS.values() if step.publishes and step.to_stage}
    return Decision.objects.filter(
        subject_kind=SubjectKind.CLAIM, subject_id=claim.public_id, action__in=published
    ).latest("pk")


def publish_or_withhold(step: Step, claim: Claim, *, by: User, note: str) -> Publication:
    """Change the public state alone: take the claim off, or bring back what readers last saw."""
    assert step.publishes is not None
    subject = subject_of_claim(claim)
    if step.publishes == PublicationKind.RESTORE:
        lock([subject, *last_mentions(subject)], KINDS)
    else:
        lock([subject], KINDS)
    claim.refresh_from_db()
    check_step(step, claim, by=by, note=note)
    stage = claim.stage
    if step.publishes == PublicationKind.RESTORE:
        return send_again(subject, KINDS, by=by, note=note, stage=stage)
    publication = take_off(subject, KINDS, kind=step.publishes, by=by, note=note, stage=stage)
    if step.publishes == PublicationKind.REDACT:
        log.erase_history(subject)
    return publication
