"""The row before every change, kept by trigger, so that no way of writing gets around it."""

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
