"""The rules on how we handle it: who looked, and what publishing could harm."""

from claims.choices import HarmCheck, Stage
from claims.claim_file import ClaimFile
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.models import Decision


def two_people_stand_behind_it(file: ClaimFile) -> bool:
    """What is approved was approved by somebody else than who submitted it."""
    if file.claim.stage != Stage.APPROVED:
        return True
    people = Decision.objects.filter(
        subject_kind=SubjectKind.CLAIM,
        subject_id=file.claim.public_id,
        action__in=["submit", "approve"],
    ).order_by("-pk")
    approved, submitted = people[:2]
    return (approved.action, submitted.action) == ("approve", "submit") and (
        approved.by_id != submitted.by_id
    )


def harm_is_checked(file: ClaimFile) -> bool:
    """Somebody has looked at what publishing could harm and, where it could, says what was done."""
    found = set(file.claim.harm_check)
    return found == {HarmCheck.NONE} or bool(found and file.claim.harm_note)
