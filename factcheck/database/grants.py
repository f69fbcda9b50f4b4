"""What the app and the reader may do with the tables: given by the owner after every migration."""

from collections.abc import Collection, Iterable
from typing import Any, Protocol

from psycopg import sql

from factcheck.database.roles import ADVISORY_LOCK

# pg_class.relkind of everything that is granted like a table: ordinary and partitioned tables,
# views, materialised views, foreign tables. "S" is a sequence.
TABLE_KINDS = frozenset("rpvmf")


class Cursor(Protocol):
    """A cursor of Django's or of psycopg's."""

    def execute(self, query: Any, params: Any = None, /) -> Any: ...

    def fetchall(self) -> list[Any]: ...


def apply_grants(
    cursor: Cursor,
    *,
    app_role: str,
    reader_role: str,
    append_only: Collection[str],
    readable: Collection[str],
    tables: Collection[str],
    functions: Collection[str] = (),
) -> None:
    """Give the two roles exactly what they need in the current schema, and take away all else.

    The app reads and writes `tables`, but only reads and adds to those that are `append_only`; the
    reader reads `readable`. Nobody but the owner truncates. What is named nowhere is closed to both
    roles and to PUBLIC, column by column too. Functions that run with the owner's rights are called
    by nobody but the app, and by it only if they are among `functions`, which are written as
    PostgreSQL writes them: "name(type, type)". All others are left as they are, since they can do
    no more than their caller. Run it as the owner; all of it takes effect at once, and running it
    again changes nothing.

    Raises ValueError for a name that is no table, or no such function, of the owner's, and for an
    append-only table that is not among `tables`.
    """
    cursor.execute(
        "SELECT relname, relkind::text FROM pg_class"
        " WHERE relnamespace = current_schema()::regnamespace"
        " AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')"
        " AND pg_has_role(current_user, relowner, 'USAGE')"
        " ORDER BY relname"
    )
    kinds: dict[str, str] = dict(cursor.fetchall())
    existing = {name for name, kind in kinds.items() if kind in TABLE_KINDS}
    sequences = kinds.keys() - existing
    unknown = {*append_only, *readable, *tables} - existing
    if unknown:
        raise ValueError(f"No such table of the owner's: {', '.join(sorted(unknown))}.")
    if not set(append_only) <= set(tables):
        raise ValueError("Every append-only table must be among the tables of the app.")
    signatures = _functions_with_the_owners_rights(cursor)
    if unknown := set(functions) - signatures.keys():
        raise ValueError(f"No such function with the owner's rights: {', '.join(sorted(unknown))}.")

    everybody = sql.SQL("PUBLIC, {}, {}").format(
        sql.Identifier(app_role), sql.Identifier(reader_role)
    )
    app, reader = sql.Identifier(app_role), sql.Identifier(reader_role)
    statements = [
        # Two at once would stumble over each other's rows in the catalogue.
        sql.SQL("SELECT pg_advisory_xact_lock({})").format(ADVISORY_LOCK),
        *_for_all("REVOKE ALL ON TABLE {} FROM {}", existing, everybody),
        *_for_all("REVOKE ALL ON SEQUENCE {} FROM {}", sequences, everybody),
        *_for_all("GRANT SELECT, INSERT ON TABLE {} TO {}", tables, app),
        *_for_all("GRANT UPDATE, DELETE ON TABLE {} TO {}", {*tables} - {*append_only}, app),
        *_for_all("GRANT USAGE, SELECT ON SEQUENCE {} TO {}", sequences, app),
        *_for_all("GRANT SELECT ON TABLE {} TO {}", readable, reader),
        *(
            sql.SQL("REVOKE ALL ON FUNCTION {} FROM {}").format(signature, everybody)
            for signature in signatures.values()
        ),
        *(
            sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(signatures[name], app)
            for name in sorted(functions)
        ),
    ]
    # One message to the server is one transaction: nobody meets a table between its two states.
    cursor.execute(sql.SQL(";\n").join(statements).as_string())


def _functions_with_the_owners_rights(cursor: Cursor) -> dict[str, sql.Composable]:
    """Each SECURITY DEFINER function of the owner's by signature, with the SQL that names it."""
    cursor.execute(
        "SELECT proname, pg_get_function_identity_arguments(oid), oidvectortypes(proargtypes)"
        " FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        " AND prosecdef AND prokind = 'f' AND pg_has_role(current_user, proowner, 'USAGE')"
        " ORDER BY oid"
    )
    return {
        f"{name}({types})": sql.SQL("{}({})").format(sql.Identifier(name), sql.SQL(arguments))
        for name, arguments, types in cursor.fetchall()
    }


def _for_all(
    statement: str, names: Iterable[str], roles: sql.Composable
) -> Iterable[sql.Composable]:
    listed = [sql.Identifier(name) for name in sorted(names)]
    if listed:
        yield sql.SQL(statement).format(sql.SQL(", ").join(listed), roles)
