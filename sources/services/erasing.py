"""Erasing what we hold, on the day that was set for it."""

from django.db import connection, transaction
from django.utils import timezone

from sources.models import Capture, CaptureDeletion


def erase_due() -> list[int]:
    """Erase bytes and text of every capture whose deletion date has come; their primary keys.

    Hash, time, status and the words of passages stay. A capture that something published rests on
    is kept until that is published without it, or retracted: readers are told that we hold it.
    Words that only drafts quote do not keep it; the person who set the date is told of them.
    """
    due = CaptureDeletion.objects.filter(
        delete_on__lte=timezone.now().date(), capture__erased_at=None
    )
    keys = list(due.order_by("capture_id").values_list("capture_id", flat=True))
    return [key for key in keys if erase(key)]


def erase(key: int) -> bool:
    """Whether it was erased: by a function of the database, since nobody may change a capture."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT capture_erase(%s)", [key])
        [erased] = cursor.fetchone()
    return bool(erased)


def is_rested_on(capture: Capture) -> bool:
    """Whether something published quotes from it, which keeps it from being erased."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT capture_is_rested_on(%s)", [capture.pk])
        [rested_on] = cursor.fetchone()
    return bool(rested_on)
