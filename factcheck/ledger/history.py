"""Who is acting: the person that the history triggers write beside every change."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from pghistory import runtime
from psycopg.pq import TransactionStatus


@contextmanager
def acting(by: AbstractBaseUser) -> Iterator[None]:
    """Every change inside, on the editing side, is recorded as made by `by`.

    Used again inside by the same person it changes nothing; by another, the inner block is the
    other's and what comes after it the first one's again.
    """
    outer: Any = getattr(runtime._tracker, "value", None)
    if outer is None:
        try:
            with pghistory.context(user=by.pk):
                yield
        finally:
            forget_person()
    elif outer.metadata.get("user") == by.pk:
        yield
    else:
        # pghistory merges nested contexts into one row, which would put the outer person's changes
        # on the inner one. A context of its own keeps the two apart.
        runtime._tracker.value = runtime.Context(
            id=uuid.uuid4(), metadata={**outer.metadata, "user": by.pk}
        )
        try:
            yield
        finally:
            runtime._tracker.value = outer


def tell_person() -> None:
    """Tell the database who acts before something that Django does not send, such as COPY: with all
    else it goes along by itself. Inside `acting`, in a transaction.
    """
    context: Any = runtime._tracker.value
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true),"
            " set_config('pghistory.context_metadata', %s, true)",
            [str(context.id), json.dumps(context.metadata)],
        )


def forget_person() -> None:
    """Clear what pghistory leaves set until the transaction ends, if there is one to go on in."""
    database = connection.connection
    if connection.needs_rollback or database is None:
        return
    if database.info.transaction_status == TransactionStatus.INTRANS:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
