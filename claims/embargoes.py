"""Embargoes: an editor says when, the worker publishes exactly what was approved, or nothing.

What goes out at its time goes through `claims.workflow` like everything else, as the editor who
set it. Its time in the ledger is when it went out, never the time that was planned.
"""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from claims import workflow
from claims.desk_choices import EmbargoState
from claims.kinds import KINDS
from claims.models import Claim, Embargo
from claims.models.embargo import ACTIONS, FIRING
from claims.opening import check_step
from claims.steps import STEPS, Step
from factcheck.common.errors import Conflict, FactcheckError, InvalidInput, NotAllowed, NotReady
from factcheck.common.roles import Role, roles_of
from factcheck.common.text import clean_text
from factcheck.ledger.history import acting
from sources.publishing import lock

# The job that publishes what is due, by its name: claims.tasks, which has it, imports this module.
PUBLISH_DUE = "claims.publish_due"
# What cannot be meant but by a slip of the keyboard.
FARTHEST = timedelta(days=366)
# Somebody may be publishing a part of the same bundle in the same moment.
ATTEMPTS = 3
LIFTED = "It was lifted."


# Setting and lifting


def steps_at_a_time(claim: Claim, *, by: User) -> list[Step]:
    """The steps that this person may set for a time, with the claim as it stands now."""
    return [step for step in workflow.open_steps(claim, by) if step.action in ACTIONS]


def set_embargo(
    claim: Claim, *, action: str, publish_at: datetime, note: str = "", by: User
) -> Embargo:
    """Have an approved claim published at a time, as this editor, if it is then still the same.

    `note` is the public one of *update* and *correct*. Publishing by hand stays possible meanwhile,
    and withdraws the embargo; whatever takes the claim back to draft makes it fail. Raises what the
    step itself would raise now, InvalidInput for a time that has passed or lies more than a year
    ahead, and Conflict where an embargo waits already.
    """
    if action not in ACTIONS:
        raise InvalidInput.at("action", "Choose to publish, to update or to correct.")
    note = clean_text(note, name="note")
    check_time(publish_at)
    with transaction.atomic(), acting(by):
        lock([workflow.subject_of_claim(claim)], KINDS)
        claim.refresh_from_db()
        check_step(STEPS[action], claim, by=by, note=note)
        if claim.embargoes.waiting().exists():
            raise Conflict("An embargo is waiting already: lift it first.")
        if changes := workflow.reviewed_changes(claim):
            raise Conflict(
                "It is no longer what was reviewed. Return it to draft and submit it again. "
                f"Changed since: {'; '.join(changes)}."
            )
        for failed in claim.embargoes.failed():
            close(failed, EmbargoState.WITHDRAWN, reason=failed.reason)
        embargo = Embargo.objects.create(
            claim=claim,
            action=action,
            publish_at=publish_at,
            note=note,
            content_hash=claim.reviewed_hash,
            created_by=by,
        )
        # Along with the row or not at all: the job is a row in the same database.
        app.configure_task(PUBLISH_DUE, schedule_at=publish_at).defer(
            timestamp=int(publish_at.timestamp())
        )
    return embargo


def lift_embargo(embargo: Embargo, *, by: User) -> Embargo:
    """Withdraw an embargo that waits, or put away one that failed. The claim stays as it is.

    Raises NotAllowed for who is no editor, Conflict where it has come to its end already.
    """
    if Role.EDITOR not in roles_of(by):
        raise NotAllowed("Lifting an embargo is for the role editor.")
    with transaction.atomic(), acting(by):
        lock([workflow.subject_of_claim(embargo.claim)], KINDS)
        embargo.refresh_from_db()
        if embargo.state not in (EmbargoState.WAITING, EmbargoState.FAILED):
            raise Conflict(f"This embargo is {embargo.get_state_display()}: nothing to lift.")
        close(embargo, EmbargoState.WITHDRAWN, reason=embargo.reason or LIFTED)
    return embargo


def check_time(publish_at: datetime) -> None:
    """Raise InvalidInput unless the time lies ahead, and not too far."""
    now = timezone.now()
    if publish_at <= now:
        raise InvalidInput.at(
            "publish_at", "That time has passed: give one that is still to come, in UTC."
        )
    if publish_at > now + FARTHEST:
        raise InvalidInput.at("publish_at", "Give a time within a year from now.")


# When the time has come


def publish_due() -> list[Embargo]:
    """Publish all whose time has come, each in a transaction of its own; what became of each.

    Two at once publish once, and one that is killed has published what it had committed: the claim
    and its embargo move together. One that cannot even fail holds up no other, and is tried again
    the next time. Raises ExceptionGroup at the end where there was any.
    """
    closed, errors = [], []
    for pk in Embargo.objects.due().values_list("pk", flat=True):
        try:
            closed.append(publish_at_its_time(pk))
        except Exception as error:  # Raised below, when the others have had their turn.
            errors.append(error)
    if errors:
        raise ExceptionGroup("Not every embargo could be looked at.", errors)
    return closed


def publish_at_its_time(pk: int) -> Embargo:
    """Publish one embargo's claim, or close the embargo with the reason why not."""
    reason = ""
    for _ in range(ATTEMPTS):
        embargo = Embargo.objects.select_related("claim__decision", "created_by").get(pk=pk)
        if embargo.state != EmbargoState.WAITING:
            return embargo
        try:
            return publish_pinned(embargo)
        except FactcheckError as error:
            reason = reason_of(error)
            if not isinstance(error, Conflict):
                break
    return fail(embargo, reason)


def publish_pinned(embargo: Embargo) -> Embargo:
    """Take the step as the editor who set it. Raises FactcheckError, and publishes nothing, where
    the editor may no longer take it or the claim is not the one that was pinned.
    """
    by, claim = embargo.created_by, embargo.claim
    if Role.EDITOR not in roles_of(by):
        raise NotAllowed(f"{by} set it, and is no longer an editor.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [FIRING, str(embargo.pk)])
        workflow.take(embargo.action, claim, by=by, note=embargo.note)
        # Closed by trigger along with the step, with the claim locked: if it is not done, it was
        # closed before, or stood for other content.
        embargo.refresh_from_db()
        if embargo.state != EmbargoState.DONE:
            raise Conflict("The claim is no longer what was approved when it was set.")
    return embargo


def fail(embargo: Embargo, reason: str) -> Embargo:
    """Close it with the reason, unless it has come to its end meanwhile. Nobody's hand does it, and
    so the history names nobody.
    """
    with transaction.atomic():
        lock([workflow.subject_of_claim(embargo.claim)], KINDS)
        embargo.refresh_from_db()
        if embargo.state == EmbargoState.WAITING:
            close(embargo, EmbargoState.FAILED, reason=f"Nothing was published. {reason}")
    return embargo


def close(embargo: Embargo, state: EmbargoState, *, reason: str) -> None:
    """Write how it ended. The claim is locked already."""
    embargo.state, embargo.reason, embargo.closed_at = state, reason, timezone.now()
    embargo.save(update_fields=["state", "reason", "closed_at"])


def reason_of(error: FactcheckError) -> str:
    """The refusal in one text."""
    reasons = error.reasons if isinstance(error, NotReady) else []
    return " ".join([error.message, *reasons])
