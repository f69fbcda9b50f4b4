"""Which steps are open to whom: the table, and what it cannot say."""

from typing import Any

from django.contrib.auth.models import User
from django.db import models

from factcheck.common.errors import Conflict, InvalidInput, NotAllowed, NotReady
from factcheck.common.roles import roles_of
from factcheck.common.text import clean_text
from factcheck.ledger import log
from factcheck.ledger.choices import PublicState
from factcheck.ledger.models import Publication
from sources.publishing import Bundle, Kinds, gather, subject_of
from sources.steps import SUBJECT_STEPS, SubjectStep
from sources.workflow.changes import people_behind
from sources.workflow.kinds import KINDS

SENDING = ("publish", "update", "correct")
OF_PENDING = (*SENDING, "discard")
BEHIND_IT = (
    "You have changed it, or what goes out with it, since it was last published: "
    "another editor sends it out."
)


def open_steps(subject: models.Model, by: User, *, kinds: Kinds = KINDS) -> list[SubjectStep]:
    """The steps that this person may take with the subject now, whatever the ledger still asks."""
    newest = newest_of(subject, kinds)
    steps = [step for step in SUBJECT_STEPS.values() if is_tabled(step, subject, newest, by=by)]
    if not any(step.action in OF_PENDING for step in steps):
        return steps
    try:
        may_discard = pending_change(subject, kinds=kinds)
        may_send = may_discard and by.pk not in people_behind(subject, kinds)
    except NotReady:
        # What cannot go out as it is can still be put back.
        may_discard, may_send = True, False
    closed = {*(() if may_discard else ("discard",)), *(() if may_send else SENDING)}
    return [step for step in steps if step.action not in closed]


def barred_steps(
    subject: models.Model, by: User, *, kinds: Kinds = KINDS
) -> list[tuple[SubjectStep, str]]:
    """The steps that the table opens to the person's role now, but not to this person; each with
    the reason, a sentence.
    """
    newest, roles = newest_of(subject, kinds), roles_of(by)
    barred, tabled = [], []
    for step in SUBJECT_STEPS.values():
        try:
            check_step(step, subject, newest, by=by)
        except NotAllowed as error:
            barred += [(step, error.message)] if step.role in roles else []
        except Conflict:
            continue
        else:
            tabled.append(step)
    sending = [step for step in tabled if step.action in SENDING]
    if sending and is_behind(subject, by=by, kinds=kinds):
        barred += [(step, BEHIND_IT) for step in sending]
    return barred


def is_behind(subject: models.Model, *, by: User, kinds: Kinds) -> bool:
    """Whether something is pending and this person's own work would go out with it."""
    try:
        return pending_change(subject, kinds=kinds) and by.pk in people_behind(subject, kinds)
    except NotReady:
        return False


def is_tabled(
    step: SubjectStep, subject: models.Model, newest: Publication | None, *, by: User
) -> bool:
    """Whether the table opens the step to this person now."""
    try:
        check_step(step, subject, newest, by=by)
    except (NotAllowed, Conflict):
        return False
    return True


def check_step(
    step: SubjectStep, subject: models.Model, newest: Publication | None, *, by: User
) -> None:
    """Raise NotAllowed or Conflict unless the table opens the step to this person now."""
    if step.role not in roles_of(by):
        raise NotAllowed(f"“{step.button}” is for the role {step.role}.")
    state = log.public_state(newest)
    if newest is None and is_merged(subject):
        # Nothing of it is public, so there is nothing but the merger to be undone.
        if step.action != "restore":
            raise Conflict(f"“{step.button}” is not open to what was merged into another.")
    elif state not in step.states:
        raise Conflict(f"“{step.button}” is not open here: its public state is “{state}”.")
    if step.action == "restore" and newest is not None and newest.decision.by_id == by.pk:
        raise NotAllowed("You took it off: somebody else has to restore it.")


def check_not_behind(subject: models.Model, *, by: User, kinds: Kinds) -> None:
    """Raise NotAllowed for a person whose own work would go out: two stand behind the bytes."""
    if by.pk in people_behind(subject, kinds):
        raise NotAllowed(BEHIND_IT)


def public_note(note: str) -> str:
    """The note, cleaned. Raises InvalidInput for an empty one."""
    if not note.strip():
        raise InvalidInput.at("note", "Write a note: this step needs one.")
    return clean_text(note, name="note")


def newest_of(subject: models.Model, kinds: Kinds) -> Publication | None:
    """The newest publication of the row."""
    own = subject_of(subject, kinds)
    return log.newest([own]).get(own)


def is_merged(subject: Any) -> bool:
    """Whether another row stands for this one."""
    return subject.merged_into_id is not None


def pending_change(subject: models.Model, *, kinds: Kinds = KINDS) -> bool:
    """Whether the row differs from its newest publication, or was never published."""
    newest = newest_of(subject, kinds)
    return newest is None or differs(gather(subject, kinds), newest)


def has_pending_work(subject: models.Model, kinds: Kinds) -> bool:
    """Whether there is something to send out or to put back, ready or not."""
    try:
        return pending_change(subject, kinds=kinds)
    except NotReady:
        return True


def differs(bundle: Bundle, newest: Publication) -> bool:
    """Whether publishing the bundle would change what the public reads."""
    return bundle.root.content != newest.content


def state_of(subject: models.Model, kinds: Kinds) -> PublicState:
    """What the public sees of the row."""
    return log.public_state(newest_of(subject, kinds))
