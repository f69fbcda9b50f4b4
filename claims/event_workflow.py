"""The steps of events, which have no stages: they go out as actors and sources do."""

from django.contrib.auth.models import User
from django.db import transaction

from claims.choices import PlacePrecision
from claims.kinds import KINDS
from claims.models import Event
from factcheck.common.errors import Conflict, InvalidInput, NotAllowed
from factcheck.common.roles import Role, roles_of
from factcheck.common.text import clean_text
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.history import acting
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from sources import workflow as sources_workflow
from sources.publishing import lock


def publish_event(event: Event, *, by: User) -> Publication:
    """Publish an Event by itself, for the first time."""
    return sources_workflow.send_subject(event, PublicationKind.PUBLISH, kinds=KINDS, by=by)


def update_event(event: Event, *, by: User, note: str) -> Publication:
    """Publish a pending change of an Event: the world changed."""
    return sources_workflow.send_subject(
        event, PublicationKind.UPDATE, kinds=KINDS, by=by, note=note
    )


def correct_event(event: Event, *, by: User, note: str) -> Publication:
    """Publish a pending change of an Event: we were wrong."""
    return sources_workflow.send_subject(
        event, PublicationKind.CORRECT, kinds=KINDS, by=by, note=note
    )


def release_place(event: Event, *, by: User, note: str) -> Event:
    """Let the Event's exact place go out with its next publication, by another editor.

    Raises NotAllowed for who is no editor, Conflict where there is nothing to release.
    """
    if Role.EDITOR not in roles_of(by):
        raise NotAllowed("Only an editor can release an exact place.")
    if not note.strip():
        raise InvalidInput.at("note", "Say why the exact place harms nobody.")
    with transaction.atomic(), acting(by):
        subject = Subject(SubjectKind.EVENT, event.public_id)
        lock([subject], KINDS)
        event.refresh_from_db()
        if event.place_released or event.place_precision != PlacePrecision.EXACT:
            raise Conflict("There is no exact place to release, or it is released already.")
        log.decide(subject=subject, action="release_place", by=by, note=clean_text(note))
        event.place_released = True
        event.save(update_fields=["place_released"])
        event.refresh_from_db()
    return event
