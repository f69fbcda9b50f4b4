"""Who else has a row open at the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import InternalError, OperationalError, models, transaction
from django.db.models.functions import Now

from claims.models import Presence

# Pages say every thirty seconds that they are still open.
FORGOTTEN_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Other:
    """Somebody else who has the row open, and since when."""

    name: str
    since: datetime


def say_open(row: models.Model, *, by: Any) -> None:
    """Note that the person has the row open, and forget who has not been heard of for a while.

    Nothing is noted where the database takes no writing: nobody's work depends on it.
    """
    try:
        with transaction.atomic():
            Presence.objects.filter(seen_at__lt=Now() - FORGOTTEN_AFTER).delete()
            Presence.objects.bulk_create(
                [Presence(kind=row._meta.label_lower, row=row.pk, user=by, seen_at=Now())],
                update_conflicts=True,
                unique_fields=["kind", "row", "user"],
                update_fields=["seen_at"],
            )
    except (InternalError, OperationalError):
        return


def others_at(row: models.Model, *, than: Any) -> list[Other]:
    """Who else has it open, the one who came first before the others."""
    here = (
        Presence.objects.filter(
            kind=row._meta.label_lower, row=row.pk, seen_at__gte=Now() - FORGOTTEN_AFTER
        )
        .exclude(user=than)
        .select_related("user")
    )
    return [Other(str(one.user), one.opened_at) for one in here.order_by("opened_at", "pk")]
