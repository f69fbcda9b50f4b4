"""Whether a worker runs, without which no job of the desk is done."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models.functions import Now
from procrastinate.contrib.django.models import ProcrastinateWorker


def worker_seen_at() -> datetime | None:
    """When a worker last gave a sign of life; None where none runs. A running one does so every ten
    seconds, one that was ended leaves nothing behind.
    """
    seen: datetime | None = ProcrastinateWorker.objects.aggregate(at=models.Max("last_heartbeat"))[
        "at"
    ]
    return seen


def worker_runs(*, within: timedelta = timedelta(minutes=1)) -> bool:
    """Whether a worker has given a sign of life of late, by the clock of the database."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=Now() - within).exists()
