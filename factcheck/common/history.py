"""The row before every change, kept by trigger, so that no way of writing gets around it."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from pghistory import trigger

from factcheck.common.guards import guarded

Model = TypeVar("Model", bound=type[models.Model])


class GuardedEvent(trigger.Event):
    """pghistory's trigger without `pgtrigger.ignore`, which any session may set."""

    def compile(self, model: Any) -> Any:
        return guarded(super().compile(model))


class Kept:
    """Makes one of pghistory's row events keep its row whatever the session has set."""

    def add_event_trigger(self, event_model: Any) -> None:
        event: Any = self
        pgtrigger.register(
            GuardedEvent(
                event_model=event_model,
                label=event.label,
                name=event.trigger_name,
                row=event.row,
                operation=event.operation,
                condition=event.condition,
                level=event.level,
            )
        )(event_model.pgh_tracked_model)


class Changed(Kept, pghistory.UpdateEvent):
    """An UPDATE leaves the row before it."""


class Deleted(Kept, pghistory.DeleteEvent):
    """A DELETE leaves the row before it."""


def tracked(model: Model) -> Model:
    """Class decorator: an UPDATE or DELETE leaves the old row in `<table>event`, with the person.

    The person is the one signed in, or the one given to `acting`. Raw SQL and `.update()` are seen
    as well; without either of the two, the history says that nobody is known.
    """
    track = pghistory.track(
        Changed("changed", row=pghistory.Old),
        Deleted("deleted", row=pghistory.Old),
        obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="+"),
    )
    return track(model)


def history_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """The rows before every change of a tracked model."""
    tracked_model: Any = model  # The decorator adds `history`, which no type knows.
    events: models.QuerySet[Any] = tracked_model.history.rel.related_model.objects.all()
    return events


def rows_as_of(
    model: type[models.Model], *, own: models.Q, then: models.Q, at: datetime
) -> dict[Any, models.Model]:
    """The rows of a tracked model as they were at that time, by primary key, not saved.

    `own` selects the rows that there are now, `then` their history, which also has those that are
    deleted by now.
    """
    # Every tracked model is an Entered one, with the time at which a row came.
    rows: dict[Any, Any] = {
        row.pk: row for row in model._default_manager.filter(own, created_at__lte=at)
    }
    events = history_of(model).filter(then, pgh_created_at__gt=at)
    # The last one met is the first after that time: it keeps the row as it was until then.
    for event in events.order_by("-pgh_id"):
        row = model(
            **{field.attname: getattr(event, field.attname) for field in model._meta.fields}
        )
        rows[event.pgh_obj_id] = row
    return {pk: row for pk, row in rows.items() if row.created_at <= at}


def last_known(model: type[models.Model], pk: Any) -> Any:
    """A row that is deleted, as it was until then, not saved; None where there was none."""
    event: Any = history_of(model).filter(pgh_obj_id=pk).order_by("-pgh_id").first()
    if event is None:
        return None
    return model(**{one.attname: getattr(event, one.attname) for one in model._meta.fields})


def edit_began_at(row: Any, edit_number: int) -> datetime | None:
    """When the row of an Identified model came to this edit; None for one it never had.

    With `rows_as_of` it gives what somebody saw who opened the row at that edit: what belongs to a
    row raises its number after it has changed, so nothing of the next edit is older than this.
    """
    if edit_number == 0:
        began: datetime = row.created_at
        return began
    before = history_of(type(row)).filter(pgh_obj_id=row.pk, edit_number=edit_number - 1)
    found: datetime | None = before.aggregate(at=models.Max("pgh_created_at"))["at"]
    return found


@dataclass(frozen=True)
class Touch:
    """Who changed something last, by primary key (None where nobody is known), and when."""

    user: int | None
    at: datetime


@dataclass(frozen=True)
class Past:
    """One row as it was at a time and as it is now; None where there was, or is, no such row.

    `touches` has the last change of each column since then, by attname; `gone` the deletion.
    """

    base: Any = None
    now: Any = None
    touches: dict[str, Touch] = field(default_factory=dict)
    gone: Touch | None = None

    @property
    def is_changed(self) -> bool:
        """Whether anything of the row is not as it was."""
        return self.base is None or self.now is None or bool(self.touches)


def pasts_since(
    model: type[models.Model], *, own: models.Q, then: models.Q, at: datetime
) -> dict[Any, Past]:
    """What was, at that time, each row that there was then or is now, by primary key.

    `own` and `then` as for `rows_as_of`. A row that came and went since is not among them.
    """
    base = rows_as_of(model, own=own, then=then, at=at)
    now: dict[Any, Any] = {row.pk: row for row in model._default_manager.filter(own)}
    states: dict[Any, list[Any]] = {}
    events = history_of(model).filter(then, pgh_created_at__gt=at).select_related("pgh_context")
    for event in events.order_by("pgh_id"):
        states.setdefault(event.pgh_obj_id, []).append(event)
    return {pk: past_of(base.get(pk), now.get(pk), states.get(pk, [])) for pk in {**base, **now}}


def past_of(base: Any, now: Any, events: list[Any]) -> Past:
    """The row with who changed what in it: each event keeps the row before a change."""
    names = [field.attname for field in (now or base)._meta.concrete_fields]
    touches: dict[str, Touch] = {}
    for before, after in pairwise([*events, *([now] if now is not None else [])]):
        touches |= {
            name: touch_of(before)
            for name in names
            if getattr(before, name) != getattr(after, name)
        }
    return Past(base, now, touches, touch_of(events[-1]) if now is None else None)


def touch_of(event: Any) -> Touch:
    """Who made the change that the event has kept the row of."""
    context = event.pgh_context
    return Touch(context.metadata.get("user") if context else None, event.pgh_created_at)
