"""Steps on the public state alone: taking a subject off, bringing it back, putting another in its
place. They serve events as well, which `claims.workflow` hands in with its own kinds.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from factcheck.common.errors import Conflict, InvalidInput
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, PublicState
from factcheck.ledger.history import acting
from factcheck.ledger.models import Publication
from sources.models import Actor, Source
from sources.models.merging import chain, resolved
from sources.publishing import Kinds, last_mentions, lock, send_again, subject_of, take_off
from sources.steps import SUBJECT_STEPS
from sources.workflow.kinds import KINDS
from sources.workflow.opening import check_step, is_merged, newest_of, public_note, state_of


def suspend(subject: Any, *, by: User, note: str, kinds: Kinds = KINDS) -> Publication:
    """Live → suspended, at once. `note` is public, here and in all the other steps."""
    return withhold(subject, PublicationKind.SUSPEND, by=by, note=note, kinds=kinds)


def retract(subject: Any, *, by: User, note: str, kinds: Kinds = KINDS) -> Publication:
    """Live or suspended → retracted. Raises NotReady while something live mentions the subject, or
    what was merged into it.
    """
    return withhold(subject, PublicationKind.RETRACT, by=by, note=note, kinds=kinds)


def withhold(
    subject: Any, kind: PublicationKind, *, by: User, note: str, kinds: Kinds
) -> Publication:
    """Put a notice in the place of what readers saw."""
    step, own = SUBJECT_STEPS[kind.value], subject_of(subject, kinds)
    with transaction.atomic(), acting(by):
        lock([own], kinds)
        subject.refresh_from_db()
        check_step(step, subject, newest_of(subject, kinds), by=by)
        return take_off(own, kinds, kind=kind, by=by, note=public_note(note))


def restore(subject: Any, *, by: User, note: str, kinds: Kinds = KINDS) -> Publication | None:
    """Suspended or retracted → live with what readers last saw, by another person. A merger is
    undone; that of something never published by any editor, as a Decision alone (None).
    """
    step, own = SUBJECT_STEPS["restore"], subject_of(subject, kinds)
    with transaction.atomic(), acting(by):
        # Whoever publishes something that names the row holds what stands for it.
        ends = {subject_of(row, kinds) for row in chain(subject)}
        mentions = last_mentions(own) if newest_of(subject, kinds) is not None else []
        lock({*ends, *mentions}, kinds)
        subject.refresh_from_db()
        newest = newest_of(subject, kinds)
        check_step(step, subject, newest, by=by)
        note, publication = public_note(note), None
        if newest is None:
            log.decide(subject=own, action=step.action, by=by, note=note)
        else:
            publication = send_again(own, kinds, by=by, note=note)
        if is_merged(subject):
            point_at(subject, None)
    return publication


def merge(
    subject: Any, *, into: Any, by: User, note: str, kinds: Kinds = KINDS
) -> Publication | None:
    """Let another row of the same kind stand for this one, which was entered twice. What names it
    in public goes on naming it, and leads on.

    What was never published is merged by a Decision alone (None). Raises InvalidInput at
    `successor` for one that cannot stand for it.
    """
    step, own = SUBJECT_STEPS["merge"], subject_of(subject, kinds)
    with transaction.atomic(), acting(by):
        lock_both(subject, into, kinds)
        newest = newest_of(subject, kinds)
        check_step(step, subject, newest, by=by)
        check_successor(subject, into, kinds)
        note, publication = public_note(note), None
        if newest is None:
            log.decide(subject=own, action=step.action, by=by, note=note)
        else:
            publication = take_off(
                own,
                kinds,
                kind=PublicationKind.MERGE,
                by=by,
                note=note,
                successor=subject_of(into, kinds),
            )
        point_at(subject, into)
    return publication


def redact(
    subject: Any, *, by: User, note: str, successor: Any = None, kinds: Kinds = KINDS
) -> Publication:
    """Erase the public words of all versions for good, by an administrator who has an order to
    delete. Nothing can follow. A successor may stand for the subject; without one it keeps the one
    that it has.

    Its history keeps who changed it when, and no words. The working row and the decisions stay as
    they are, and so do backups, and what other records say of the subject.
    """
    step, own = SUBJECT_STEPS["redact"], subject_of(subject, kinds)
    with transaction.atomic(), acting(by):
        lock_both(subject, successor or subject, kinds)
        check_step(step, subject, newest_of(subject, kinds), by=by)
        if successor is not None:
            check_successor(subject, successor, kinds)
        publication = take_off(
            own,
            kinds,
            kind=PublicationKind.REDACT,
            by=by,
            note=public_note(note),
            successor=subject_of(successor, kinds) if successor is not None else None,
        )
        if successor is not None and subject.merged_into_id != successor.pk:
            point_at(subject, successor)
        log.erase_history(own)
    return publication


def lock_both(subject: Any, other: Any, kinds: Kinds) -> None:
    """Lock both rows in one go, in the order that all keep, and read them anew."""
    lock({subject_of(subject, kinds), subject_of(other, kinds)}, kinds)
    subject.refresh_from_db()
    other.refresh_from_db()


def check_successor(subject: Any, into: Any, kinds: Kinds) -> None:
    """Raise InvalidInput or Conflict unless the other row can stand for the subject."""
    kind = kinds[subject_of(subject, kinds).kind]
    if type(into) is not type(subject) or into.pk == subject.pk:
        raise InvalidInput.at("successor", "Choose another one of the same kind.")
    if is_merged(into):
        raise InvalidInput.at(
            "successor", f"“{into}” was merged itself: choose what stands for it."
        )
    if bool(list(kind.secrets(subject))) != bool(list(kind.secrets(into))):
        raise InvalidInput.at(
            "successor", "This would say who a private person is: both must be private, or none."
        )
    if isinstance(subject, Source) and operator_of(subject) != operator_of(into):
        raise InvalidInput.at(
            "successor",
            "They have different operators: make them agree first, or claims would count another "
            "origin.",
        )
    state, own = state_of(into, kinds), state_of(subject, kinds)
    if state == PublicState.NEVER and own != PublicState.NEVER:
        raise Conflict(f"Publish “{into}” first: it would stand for something that is public.")
    if state not in (PublicState.NEVER, PublicState.LIVE):
        raise Conflict(f"“{into}” cannot stand for anything: its public state is “{state}”.")


def operator_of(source: Source) -> Actor | None:
    """Who runs the Source, mergers included."""
    return resolved(source.operator) if source.operator else None


def point_at(subject: Any, into: Any) -> None:
    """Set what stands for the row. A trigger asks for the decision that was just taken."""
    subject.merged_into = into
    subject.save(update_fields=["merged_into"])
    # The database may have raised the number, or not.
    subject.refresh_from_db(fields=["edit_number"])
