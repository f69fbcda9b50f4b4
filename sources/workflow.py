"""The steps of actors and sources, which have no stages: what is pending goes out, or does not.

`subject_steps` serves events as well, which `claims.workflow` hands in with its own kinds.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction

from factcheck.common.errors import Conflict, NotAllowed
from factcheck.common.roles import Role, roles_of
from factcheck.common.text import clean_text
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, PublicState, SubjectKind
from factcheck.ledger.history import acting
from factcheck.ledger.models import Publication
from sources import projection, record
from sources.models import Actor, Document, Source
from sources.publishing import Bundle, Kind, Kinds, Walk, gather, lock, send_out, subject_of

SCHEMAS = Path(__file__).parent / "schemas"

KINDS: Kinds = {
    SubjectKind.ACTOR.value: Kind(
        model=Actor,
        load=record.load_actor,
        name=record.actor_name,
        content=record.actor_content,
        mentions=record.actor_mentions,
        documents=record.actor_documents,
        secrets=record.actor_secrets,
        schema=json.loads((SCHEMAS / "actor.1.json").read_text()),
        others_words=record.ACTOR_OTHERS_WORDS,
        project=projection.project_actor,
    ),
    SubjectKind.SOURCE.value: Kind(
        model=Source,
        load=record.load_source,
        name=lambda source: source.name,
        content=record.source_content,
        mentions=record.source_mentions,
        documents=record.source_documents,
        schema=json.loads((SCHEMAS / "source.1.json").read_text()),
        others_words=record.SOURCE_OTHERS_WORDS,
        project=projection.project_source,
    ),
}

STATES = {
    PublicationKind.PUBLISH: PublicState.NEVER,
    PublicationKind.UPDATE: PublicState.LIVE,
    PublicationKind.CORRECT: PublicState.LIVE,
}


def publish(subject: Actor | Source, *, by: User) -> Publication:
    """Publish an Actor or Source by itself, for the first time."""
    return send_subject(subject, PublicationKind.PUBLISH, kinds=KINDS, by=by)


def update(subject: Actor | Source, *, by: User, note: str) -> Publication:
    """Publish a pending change: the world changed."""
    return send_subject(subject, PublicationKind.UPDATE, kinds=KINDS, by=by, note=note)


def correct(subject: Actor | Source, *, by: User, note: str) -> Publication:
    """Publish a pending change: we were wrong."""
    return send_subject(subject, PublicationKind.CORRECT, kinds=KINDS, by=by, note=note)


def pending_change(subject: models.Model, *, kinds: Kinds = KINDS) -> bool:
    """Whether the row differs from its newest publication, or was never published."""
    newest = log.newest([subject_of(subject, kinds)]).get(subject_of(subject, kinds))
    return newest is None or differs(gather(subject, kinds), newest)


def open_kinds(subject: models.Model, by: User, *, kinds: Kinds = KINDS) -> list[PublicationKind]:
    """The kinds of publication this person may make of the subject now."""
    newest = log.newest([subject_of(subject, kinds)]).get(subject_of(subject, kinds))
    if Role.EDITOR not in roles_of(by) or not pending_change(subject, kinds=kinds):
        return []
    if by.pk in people_behind(subject, newest, kinds):
        return []
    return [kind for kind, state in STATES.items() if state == log.public_state(newest)]


def send_subject(
    subject: models.Model, kind: PublicationKind, *, kinds: Kinds, by: User, note: str = ""
) -> Publication:
    """Publish a subject that has no stages, by an editor who has not changed it since its newest
    publication, so that two people stand behind the bytes.

    Raises NotAllowed, Conflict, NotReady and InvalidInput, as the ledger does.
    """
    if Role.EDITOR not in roles_of(by):
        raise NotAllowed("Only an editor can publish this.")
    note = clean_text(note, name="note") if note else ""
    with transaction.atomic(), acting(by):
        bundle = locked_bundle(subject, kinds)
        newest = log.newest([bundle.root.subject]).get(bundle.root.subject)
        if log.public_state(newest) != STATES[kind]:
            raise Conflict(f"Cannot {kind}: its public state is “{log.public_state(newest)}”.")
        if newest is not None and not differs(bundle, newest):
            raise Conflict("Nothing has changed since it was published.")
        if by.pk in people_behind(subject, newest, kinds):
            raise NotAllowed(
                "You have changed it, or what goes out with it, since it was last published: "
                "another editor sends it out."
            )
        return send_out(bundle, kinds, kind=kind, by=by, note=note)


def locked_bundle(subject: models.Model, kinds: Kinds) -> Bundle:
    """The bundle, with the rows of all that goes out or is mentioned locked.

    Raises Conflict where somebody publishes a part of it in this moment.
    """
    subjects = Walk(subject, kinds).mentions.keys()
    lock(subjects, kinds)
    subject.refresh_from_db()
    if not Walk(subject, kinds).mentions.keys() <= subjects:
        raise Conflict("What it mentions has just changed. Look at it again, then repeat the step.")
    return gather(subject, kinds)


def differs(bundle: Bundle, newest: Publication) -> bool:
    """Whether publishing the bundle would change what the public reads."""
    return bundle.root.content != newest.content


def people_behind(subject: models.Model, newest: Publication | None, kinds: Kinds) -> set[int]:
    """Whose work would go out: who entered or changed the row since that publication, what goes
    along with it, or a document that any of these tell of.
    """
    people = people_since(subject, newest)
    for part, row in Walk(subject, kinds).rows.items():
        if part != subject_of(subject, kinds):
            people |= people_since(row, None)
        for document in kinds[part.kind].documents(row):
            people |= people_since(document, newest)
    return people


def people_since(subject: models.Model, newest: Publication | None) -> set[int]:
    """Who entered or changed the row, or a row that belongs to it, after that publication."""
    since = newest.published_at if newest else None
    people = {row.created_by_id for row in entered_rows(subject, since)}
    for events in history_of(subject, since):
        known = events.exclude(pgh_context=None)
        people |= set(known.values_list("pgh_context__metadata__user", flat=True))
    return people - {None}


def changed_after(row: models.Model, at: datetime) -> bool:
    """Whether the row, one that belongs to it, or a copy of it, came or changed after that time."""
    if isinstance(row, Document) and row.captures.filter(created_at__gt=at).exists():
        return True
    return bool(entered_rows(row, at)) or any(events.exists() for events in history_of(row, at))


def entered_rows(subject: models.Model, since: datetime | None) -> list[Any]:
    """The subject and the rows that belong to it, as far as they were entered after `since`."""
    rows: list[Any] = []
    for model, own, _ in own_models(subject):
        found = model._default_manager.filter(own)
        rows += found.filter(created_at__gt=since) if since else found
    return rows


def history_of(subject: models.Model, since: datetime | None) -> Iterator[models.QuerySet[Any]]:
    """The history after `since` of the subject and of the rows that belong or belonged to it."""
    for model, _, then in own_models(subject):
        events = model.history.rel.related_model.objects.filter(then)  # type: ignore[attr-defined]
        yield events.filter(pgh_created_at__gt=since) if since else events


def own_models(subject: models.Model) -> list[tuple[type[models.Model], models.Q, models.Q]]:
    """The subject's model and those of rows that belong to it; for each, what selects its rows, and
    what selects its history.
    """
    found = [(type(subject), models.Q(pk=subject.pk), models.Q(pgh_obj_id=subject.pk))]
    for relation in subject._meta.related_objects:
        model: type[models.Model] = relation.related_model  # type: ignore[assignment]
        if relation.on_delete is models.CASCADE and hasattr(model, "history"):
            own = models.Q((relation.field.attname, subject.pk))
            found.append((model, own, own))
    return found
