"""Statements to the public side that stay prepared, without what Django does around its own.

Before its first statement of a request, Django asks a connection that it has kept whether it still
lives: one more way to the server and back. Here the statement itself finds that out, and is sent
once more over a new connection.
"""

from collections.abc import Sequence
from typing import Any

from django.db import OperationalError, connections
from psycopg import Cursor

Rows = list[tuple[Any, ...]]


def rows(sql: str, params: Sequence[Any] = ()) -> Rows:
    """What the statement reads through the alias `public`. It must change nothing, since it may be
    sent twice. Raises the errors of django.db.
    """
    connection = connections["public"]
    if connection.queries_logged or connection.execute_wrappers:
        # Whoever counts Django's statements, counts these too.
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return list(cursor.fetchall())
    try:
        return _read(connection, sql, params)
    except OperationalError:
        is_lost = connection.connection is not None and connection.connection.closed
        if not is_lost or connection.in_atomic_block:
            raise
    connection.close()
    return _read(connection, sql, params)


def _read(connection: Any, sql: str, params: Sequence[Any]) -> Rows:
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(sql, params, prepare=True).fetchall()
