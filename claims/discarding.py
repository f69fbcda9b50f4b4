"""Taking a claim's working copy back to what was last published."""

from datetime import datetime

from django.db import models

from claims.models import Claim, MediaFinding, Relay
from claims.models.claim import NOT_OF_THE_FILE
from factcheck.common.history import rows_as_of
from sources.workflow import own_models

# They join citations of the same claim, so they go first and come last.
JOINTS: tuple[type[models.Model], ...] = (Relay, MediaFinding)


def put_back(claim: Claim, at: datetime) -> None:
    """Make the claim's file what it was at that time, from the history of its rows.

    Must run in a transaction that holds the claim's row. Rows keep their ids, public ones included;
    what was done in between stays in the history.
    """
    then = {
        model: rows_as_of(model, own=own, then=history, at=at)
        for model, own, history in own_models(claim)
    }
    [before] = then.pop(Claim).values()
    changed = {
        model: rows
        for model, rows in then.items()
        if [row for row in rows.values() if not is_there(row)]
        or model._default_manager.filter(claim=claim).exclude(pk__in=rows).exists()
    }
    if changed:
        # Which citations are joined depends on which there are: all joints are made anew.
        changed |= {model: then[model] for model in JOINTS}
    in_order = sorted(changed, key=lambda model: model in JOINTS)
    for model in reversed(in_order):
        model._default_manager.filter(claim=claim).delete()
    for model in in_order:
        model._default_manager.bulk_create(changed[model].values())
    file = [field.attname for field in Claim._meta.concrete_fields]
    values = {name: getattr(before, name) for name in file if name not in NOT_OF_THE_FILE}
    Claim.objects.filter(pk=claim.pk).update(**values)


def is_there(row: models.Model) -> bool:
    """Whether the row stands in the database just so."""
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)._default_manager.filter(pk=row.pk).values(*columns).first() == columns
