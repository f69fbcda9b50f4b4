"""The row before every change, kept by trigger, so that no way of writing gets around it."""

from typing import TypeVar

import pghistory
from django.db import models

Model = TypeVar("Model", bound=type[models.Model])


def tracked(model: Model) -> Model:
    """Class decorator: an UPDATE or DELETE leaves the old row in `<table>event`, with the person.

    The person is the one signed in, or the one given to `acting`. Raw SQL and `.update()` are seen
    as well; without either of the two, the history says that nobody is known.
    """
    track = pghistory.track(
        pghistory.UpdateEvent("changed", row=pghistory.Old),
        pghistory.DeleteEvent("deleted", row=pghistory.Old),
        obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="+"),
    )
    return track(model)
