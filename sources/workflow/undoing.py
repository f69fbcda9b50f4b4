"""Taking a row, and the rows that belong to it, back to what they were."""

from collections.abc import Collection
from datetime import datetime

from django.db import models

from factcheck.common.history import rows_as_of
from sources.workflow.changes import own_models


def put_back(subject: models.Model, *, at: datetime, keep: Collection[str]) -> None:
    """Make the rows what the history says they were at that time, with the keys and ids that they
    had; columns named in `keep` stay as they are.

    Must run in a transaction that holds the subject's row. What is undone stays in the history.
    """
    for model, own, then in own_models(subject):
        before = rows_as_of(model, own=own, then=then, at=at)
        now = {row.pk: row for row in model._default_manager.filter(own)}
        model._default_manager.filter(pk__in=now.keys() - before.keys()).delete()
        names = [field.attname for field in model._meta.concrete_fields]
        for pk in before.keys() & now.keys():
            values = {name: getattr(before[pk], name) for name in names if name not in keep}
            if any(getattr(now[pk], name) != value for name, value in values.items()):
                model._default_manager.filter(pk=pk).update(**values)
        missing = [before[pk] for pk in before.keys() - now.keys()]
        model._default_manager.bulk_create(missing)
