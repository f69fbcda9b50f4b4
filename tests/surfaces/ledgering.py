"""Publishing what a test has put together; and tombstones, which the ledger can hold."""

from django.db import transaction

from claims import projection, workflow
from claims.models import Claim
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from tests.factories import make_user

NOTE = "Synthetic note: a source asked for time."


def publish(claim: Claim) -> Claim:
    """Take a draft through review to its first publication."""
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user("reporter"))
    workflow.approve(claim, by=make_user("checker"))
    return workflow.publish(claim, by=make_user("editor"))


def bury(claim: Claim, kind: PublicationKind, *, successor: Claim | None = None) -> Publication:
    """Put a tombstone over a live claim, and take it off the lists."""
    draft = log.Draft(
        subject=Subject(SubjectKind.CLAIM, claim.public_id),
        kind=kind,
        action=kind,
        note=NOTE,
        successor=Subject(SubjectKind.CLAIM, successor.public_id) if successor else None,
    )
    with transaction.atomic():
        [publication] = log.append([draft], by=make_user("editor"))
        projection.project_claim(publication)
    return publication
