"""Who changed what since when: whose work it is that would go out."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from django.db import models
from django.db.models import Max, Q

from factcheck.common import history
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Decision
from factcheck.ledger.subjects import Subject
from sources.choices import HELD_STATUSES
from sources.models import Document
from sources.models.merging import chain, stood_for
from sources.publishing import Kinds, Walk, subject_of

SENT = (PublicationKind.PUBLISH, PublicationKind.UPDATE, PublicationKind.CORRECT)


def last_sent(subject: Subject) -> datetime | None:
    """When the row as it then was went out last; None if it never did. What was restored since is
    no newer than that.
    """
    sent = log.versions(subject).filter(kind__in=SENT).order_by("-version")
    return sent.values_list("published_at", flat=True).first()


def clean_since(subject: Subject) -> datetime | None:
    """When nobody's pending work was in the row: it went out, or was put back to that since."""
    sent = last_sent(subject)
    if sent is None:
        return None
    discards = Decision.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, action="discard", at__gt=sent
    )
    return discards.aggregate(at=Max("at"))["at"] or sent


def people_behind(subject: models.Model, kinds: Kinds) -> set[int]:
    """Whose work would go out: who entered or changed the row since it last did, what goes along
    with it, or a document that any of these tell of.
    """
    own = subject_of(subject, kinds)
    people = people_since(subject, clean_since(own))
    for part, row in Walk(subject, kinds).rows.items():
        if part != own:
            people |= people_since(row, None)
        for document in kinds[part.kind].documents(row):
            for told in chain(document):
                people |= people_since(told, last_sent(own))
    return people


def people_since(subject: models.Model, since: datetime | None) -> set[int]:
    """Who entered or changed the row, or a row that belongs to it, after that time."""
    people = {row.created_by_id for row in entered_rows(subject, since)}
    for events in history_of(subject, since):
        ordered = events.select_related("pgh_context").order_by("pgh_obj_id", "pgh_id")
        for _, of_one in groupby(ordered, key=lambda event: event.pgh_obj_id):
            people |= people_of(list(of_one), was_known=since is not None)
    return people - {None}


def people_of(events: list[Any], *, was_known: bool) -> set[Any]:
    """Who made these changes of one row, each of which keeps the row as it was before.

    A step of the workflow is no change of the row. A Document has no steps, but what was changed in
    it and changed back counts no more, if the row `was_known` before.
    """
    model = events[0].pgh_tracked_model
    now = model._default_manager.filter(pk=events[0].pgh_obj_id).first()
    is_document = model is Document
    names = {field.attname for field in model._meta.concrete_fields}
    names -= {"edit_number"} if is_document else {"merged_into_id"}
    states = [
        {name: getattr(row, name) for name in names} if row is not None else None
        for row in [*events, now]
    ]
    undone = 0
    if is_document and was_known:
        undone = max(number for number, state in enumerate(states) if state == states[0])
    contexts = [
        event.pgh_context
        for event, (before, after) in list(zip(events, pairwise(states), strict=True))[undone:]
        if before != after
    ]
    return {context.metadata.get("user") for context in contexts if context is not None}


def changed_after(row: models.Model, at: datetime) -> bool:
    """Whether the row, one that belongs to it, a copy of it, or what was merged into it, came or
    changed after that time.
    """
    return any(
        (isinstance(one, Document) and one.captures.filter(seen_or_erased_after(at)).exists())
        or entered_rows(one, at)
        or any(events.exists() for events in history_of(one, at))
        for one in (row, *stood_for(row))
    )


def seen_or_erased_after(at: datetime) -> Q:
    """Captures that may have made a difference to whether their document is held."""
    return Q(created_at__gt=at, status__in=HELD_STATUSES) | Q(erased_at__gt=at)


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
        events = history.history_of(model).filter(then)
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
