"""Which steps are open to whom: the table, and what it cannot say."""

from typing import Any

from django.contrib.auth.models import User
from django.db import models

from factcheck.common.errors import Conflict, InvalidInput, NotAllowed, NotReady
from factcheck.common.roles import Role, roles_of
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

RESTORED_BY_OTHERS = "You took it off: somebody else has to restore it."


def open_steps(subject: models.Model, by: User, *, kinds: Kinds = KINDS) -> list[SubjectStep]:
    """The steps that this person may take with the subject now, whatever the ledger still asks."""
    return [step for step, bar in tabled_steps(subject, by, kinds=kinds) if not bar]


def barred_steps(
    subject: models.Model, by: User, *, kinds: Kinds = KINDS
) -> list[tuple[SubjectStep, str]]:
    """The steps that the table opens to the person's role now, but not to this person; each with
    the reason, a sentence.
    """
    return [(step, bar) for step, bar in tabled_steps(subject, by, kinds=kinds) if bar]


def tabled_steps(
    subject: models.Model, by: User, *, kinds: Kinds = KINDS
) -> list[tuple[SubjectStep, str]]:
    """The steps that the table opens to the person's role now, each with what bars this very
    person from it, or an empty text. What is pending is compared once for all of them.
    """
    newest, roles = newest_of(subject, kinds), roles_of(by)
    tabled = []
    for step in SUBJECT_STEPS.values():
        try:
            check_table(step, subject, newest, roles=roles)
        except (NotAllowed, Conflict):
            continue
        is_shut_out = step.action == "restore" and took_it_off(newest, by)
        tabled.append((step, RESTORED_BY_OTHERS if is_shut_out else ""))
    if not any(step.action in OF_PENDING for step, _ in tabled):
        return tabled
    try:
        may_discard = may_send = is_pending(subject, newest, kinds)
        is_behind = may_send and by.pk in people_behind(subject, kinds)
    except NotReady:
        # What cannot go out as it is can still be put back.
        may_discard, may_send, is_behind = True, False, False
    closed = {*(() if may_discard else ("discard",)), *(() if may_send else SENDING)}
    return [
        (step, BEHIND_IT if is_behind and step.action in SENDING else bar)
        for step, bar in tabled
        if step.action not in closed
    ]


def check_step(
    step: SubjectStep, subject: models.Model, newest: Publication | None, *, by: User
) -> None:
    """Raise NotAllowed or Conflict unless the table opens the step to this person now."""
    check_table(step, subject, newest, roles=roles_of(by))
    if step.action == "restore" and took_it_off(newest, by):
        raise NotAllowed(RESTORED_BY_OTHERS)


def check_table(
    step: SubjectStep, subject: models.Model, newest: Publication | None, *, roles: frozenset[Role]
) -> None:
    """Raise NotAllowed or Conflict unless the table opens the step to these roles now."""
    if step.role not in roles:
        raise NotAllowed(f"“{step.button}” is for the role {step.role}.")
    state = log.public_state(newest)
    if newest is None and is_merged(subject):
        # Nothing of it is public, so there is nothing but the merger to be undone.
        if step.action != "restore":
            raise Conflict(f"“{step.button}” is not open to what was merged into another.")
    elif state not in step.states:
        raise Conflict(f"“{step.button}” is not open here: its public state is “{state}”.")


def took_it_off(newest: Publication | None, by: User) -> bool:
    """Whether it was this person who took off what is to be restored."""
    return newest is not None and newest.decision.by_id == by.pk


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
    return is_pending(subject, newest_of(subject, kinds), kinds)


def is_pending(subject: models.Model, newest: Publication | None, kinds: Kinds) -> bool:
    """The same, where the newest publication is known."""
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
