"""Sending out what is pending of a subject that has no stages, or undoing it."""

from django.contrib.auth.models import User
from django.db import models, transaction

from factcheck.common.errors import Conflict
from factcheck.common.text import clean_text
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.history import acting
from factcheck.ledger.models import Decision, Publication
from sources.models import Actor, Source
from sources.publishing import Bundle, Kinds, Walk, bundle_of, lock, send_out, subject_of
from sources.steps import SUBJECT_STEPS
from sources.workflow.changes import last_sent
from sources.workflow.kinds import KINDS
from sources.workflow.opening import (
    check_not_behind,
    check_step,
    differs,
    has_pending_work,
    newest_of,
)
from sources.workflow.undoing import put_back

# What no edit has put into a row.
NOT_EDITED = ("edit_number", "merged_into_id")


def publish(subject: Actor | Source, *, by: User) -> Publication:
    """Publish an Actor or Source by itself, for the first time."""
    return send_subject(subject, PublicationKind.PUBLISH, kinds=KINDS, by=by)


def update(subject: Actor | Source, *, by: User, note: str) -> Publication:
    """Publish a pending change: the world changed."""
    return send_subject(subject, PublicationKind.UPDATE, kinds=KINDS, by=by, note=note)


def correct(subject: Actor | Source, *, by: User, note: str) -> Publication:
    """Publish a pending change: we were wrong."""
    return send_subject(subject, PublicationKind.CORRECT, kinds=KINDS, by=by, note=note)


def send_subject(
    subject: models.Model, kind: PublicationKind, *, kinds: Kinds, by: User, note: str = ""
) -> Publication:
    """Publish a subject that has no stages, by an editor who has not changed it since it last went
    out, so that two people stand behind the bytes.

    Raises NotAllowed, Conflict, NotReady and InvalidInput, as the ledger does.
    """
    step = SUBJECT_STEPS[kind.value]
    check_step(step, subject, newest_of(subject, kinds), by=by)
    note = clean_text(note, name="note") if note else ""
    with transaction.atomic(), acting(by):
        bundle = locked_bundle(subject, kinds)
        newest = newest_of(subject, kinds)
        check_step(step, subject, newest, by=by)
        if newest is not None and not differs(bundle, newest):
            raise Conflict("Nothing has changed since it was published.")
        check_not_behind(subject, by=by, kinds=kinds)
        return send_out(bundle, kinds, kind=kind, by=by, note=note)


def locked_bundle(subject: models.Model, kinds: Kinds) -> Bundle:
    """The bundle, with the rows of all that goes out or is mentioned locked.

    Raises Conflict where somebody publishes a part of it in this moment.
    """
    subjects = Walk(subject, kinds).mentions.keys()
    lock(subjects, kinds)
    subject.refresh_from_db()
    walk = Walk(subject, kinds)
    if not walk.mentions.keys() <= subjects:
        raise Conflict("What it mentions has just changed. Look at it again, then repeat the step.")
    return bundle_of(walk)


def discard(subject: models.Model, *, by: User, kinds: Kinds = KINDS) -> Decision:
    """Put the row, and the rows that belong to it, back to what they were when it last went out, so
    that nobody's pending work is left in it. The history keeps what is undone.
    """
    step, own = SUBJECT_STEPS["discard"], subject_of(subject, kinds)
    with transaction.atomic(), acting(by):
        lock([own], kinds)
        subject.refresh_from_db()
        check_step(step, subject, newest_of(subject, kinds), by=by)
        if not has_pending_work(subject, kinds):
            raise Conflict("Nothing has changed since it was published.")
        at = last_sent(own)
        assert at is not None
        put_back(subject, at=at, keep=NOT_EDITED)
        subject.refresh_from_db()
        return log.decide(subject=own, action=step.action, by=by)
