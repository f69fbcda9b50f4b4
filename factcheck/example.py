"""The worked example: a flood in an invented country, shown with all that the first article lacks.

Fiction throughout. `seeds/example/claims.jsonl` says what was said; what followed, an update, a
correction, a retraction and an override, no import can do: it is done here, step by step through
the workflow, as people at the desk would do it.
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

from claims import workflow
from claims.choices import InquiryResult, VerificationStatus
from claims.importing import ImportReport, import_file
from claims.models import Claim, ImportedRow, Override
from factcheck.common.errors import InvalidInput
from factcheck.ledger.history import acting
from sources.models import Document
from sources.services import Quote, anchor_passage

FILE = settings.SEEDS_DIR / "example" / "claims.jsonl"
COLLECTION = "worked-example"

CORRECTED = (
    "Correction (fiction): the first version had 1,400 homes. The notice has 1,040; we had turned "
    "two digits round."
)
UPDATED = (
    "Update (fiction): on 8 April the National Water Office, which keeps the siren, said itself "
    "that it had not sounded."
)
RETRACTED = (
    "Retraction (fiction): the Sorrel Power Company has shown us that the letter is not its own. "
    "We had published the claim without asking the company first."
)
NOT_HEARD = (
    "Nobody can be asked: the committee dissolved itself on 20 March, its account is closed, and "
    "no member of it ever spoke by name."
)


@dataclass(frozen=True)
class Desk:
    """The three people who take the steps."""

    reporter: User
    checker: User
    editor: User


def load_example(*, by: User, review_by: User, publish_by: User) -> ImportReport:
    """Load the example in one transaction: import it, then play what followed.

    `by` enters and submits, `review_by` approves, `publish_by`, an editor, publishes. What followed
    is played only with the claims that this run has entered, so that loading again changes nothing,
    and nothing that somebody has changed since is touched. Raises InvalidInput where the files do
    not fit the project any more.
    """
    with transaction.atomic():
        before = claims_by_key()
        report = import_file(FILE, by=by, review_by=review_by, publish_by=publish_by)
        if report.rejected:
            first = report.rejected[0]
            raise InvalidInput(
                f"The worked example is refused in row {first.row}, {first.column}: {first.reason}"
            )
        desk = Desk(reporter=by, checker=review_by, editor=publish_by)
        for key, follow in WHAT_FOLLOWED.items():
            claim_id = claims_by_key().get(key)
            if claim_id is not None and key not in before:
                follow(Claim.objects.get(public_id=claim_id), desk)
    return report


def claims_by_key() -> dict[str, str]:
    """The public ids of the example's claims, by their keys in its file."""
    rows = ImportedRow.objects.filter(collection=COLLECTION, kind="claim")
    return dict(rows.values_list("key", "object_id"))


# What followed


def publish_unheard(claim: Claim, desk: Desk) -> None:
    """An editor lets a claim go out although its claimant cannot be heard, and says why."""
    with acting(desk.editor):
        override = Override(claim=claim, rule="heard", reason=NOT_HEARD, created_by=desk.editor)
        override.full_clean()
        override.save()
    review(claim, desk)
    workflow.publish(claim, by=desk.editor)


def update_with_concession(claim: Claim, desk: Desk) -> None:
    """The other side has answered, and concedes: what was open is confirmed."""
    day = datetime.date(2025, 4, 8)
    with revised(claim, desk):
        notice = Document.objects.get(
            source__name="Water Office (fiction)", published_not_before=day, published_not_after=day
        )
        inquiry = claim.inquiries.get()
        inquiry.result, inquiry.answered_on = InquiryResult.ANSWERED, day
        inquiry.answer = "The office answered with a notice: the siren did not sound."
        inquiry.passage = anchor_passage(
            notice.captures.get(), [Quote("did not sound on 11 March")], by=desk.reporter
        )
        inquiry.full_clean()
        inquiry.save()
        claim.refresh_from_db()
        claim.verification_status = VerificationStatus.CONFIRMED
        claim.as_of, claim.would_settle = datetime.date(2025, 4, 9), ""
        claim.rationale = (
            "The National Water Office, which keeps the siren and would be to blame, concedes it."
        )
    review(claim, desk)
    workflow.update(claim, by=desk.editor, note=UPDATED)


def correct_slip(claim: Claim, desk: Desk) -> None:
    """We had read a number wrongly, and say so."""
    with revised(claim, desk):
        figure = claim.figures.get()
        figure.best = 1040
        figure.full_clean()
        figure.save()
        claim.refresh_from_db()
        claim.text = "In Quenbury 1,040 homes are flooded."
    review(claim, desk)
    workflow.correct(claim, by=desk.editor, note=CORRECTED)


def retract_letter(claim: Claim, desk: Desk) -> None:
    """We no longer stand behind it."""
    workflow.retract(claim, by=desk.editor, note=RETRACTED)


WHAT_FOLLOWED: dict[str, Callable[[Claim, Desk], None]] = {
    "wall": publish_unheard,
    "siren": update_with_concession,
    "homes": correct_slip,
    "letter": retract_letter,
}


# Steps that belong together


@contextmanager
def revised(claim: Claim, desk: Desk) -> Iterator[None]:
    """Open the claim's working copy to the reporter, and save what was changed in it."""
    workflow.revise(claim, by=desk.reporter)
    with acting(desk.reporter):
        yield
        claim.full_clean()
        claim.save()
    claim.refresh_from_db()


def review(claim: Claim, desk: Desk) -> None:
    """Two people stand behind the claim as it is now."""
    claim.refresh_from_db()
    workflow.submit(claim, by=desk.reporter)
    workflow.approve(claim, by=desk.checker)
