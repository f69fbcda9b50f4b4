"""Days between publications, for tests that read the past: the ledger's clock cannot be set."""

import datetime

from django.db import connection
from django.utils import timezone

from tests.integrity.broken import run_with_guards_off


def a_day_later() -> None:
    """Let all that was published so far have gone out a day earlier than it did."""
    run_with_guards_off(
        "UPDATE ledger_publication SET published_at = published_at - interval '1 day'"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def days_ago(count: int) -> str:
    """A day in the past as an address asks for it."""
    today = timezone.now().astimezone(datetime.UTC).date()
    return (today - datetime.timedelta(days=count)).isoformat()
