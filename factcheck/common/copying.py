"""Many new rows at once, by COPY: with their keys known beforehand, so that rows can name each
other.

Indexes, constraints and triggers hold as for any other INSERT; a model's `full_clean` is not asked.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """So many primary keys of the table that nobody else gets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [row[0] for row in cursor.fetchall()]


def new_public_ids(count: int) -> list[str]:
    """So many public ids, as the database gives them to rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public_id() FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]


def copy_in(rows: Sequence[models.Model]) -> None:
    """Add rows of one model, none of which is saved yet.

    Columns for which no row has a value of its own are left to the database.
    """
    if not rows:
        return
    fields: list[Any] = [
        field
        for field in rows[0]._meta.local_concrete_fields
        if not field.generated and any(_has_own(field, row) for row in rows)
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    table = quote(rows[0]._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([_prepared(field, getattr(row, field.attname)) for field in fields])


def _has_own(field: Any, row: models.Model) -> bool:
    value = getattr(row, field.attname)
    return not isinstance(value, DatabaseDefault) and not (field.primary_key and value is None)


def _prepared(field: Any, value: Any) -> Any:
    if isinstance(value, str):
        return str(value)  # A code is written as its value.
    if value is None or isinstance(value, int | date):
        return value
    return field.get_db_prep_save(value, connection)
