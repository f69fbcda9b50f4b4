"""The triggers that keep the ledger what it is."""

import pgtrigger

from factcheck.common.guards import Guard, refuse


def append_only(table: str) -> Guard:
    """Refuses UPDATE, DELETE and TRUNCATE, even of no rows. Constraint: `<table>_append_only`."""
    return Guard(
        name="append_only",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        func=refuse(
            name=f"{table}_append_only",
            message=f"Rows of {table} are never changed or removed; append a new one.",
        ),
    )


def utc_text(column: str) -> str:
    """SQL of a time as records and entries write it: 2026-11-22T12:00:00.123456Z."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def quoted_list(words: frozenset[str]) -> str:
    """SQL of a list of our own code words, in a fixed order so that the trigger's hash is."""
    return ", ".join(f"'{word}'" for word in sorted(words))


def published_is_kept(kind: str) -> Guard:
    """Refuses to delete a subject that was ever published, so that its id is never free again."""
    return Guard(
        name="published_is_kept",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=f"""
            IF EXISTS (
                SELECT 1 FROM ledger_publication
                WHERE subject_kind = '{kind}' AND subject_id = OLD.public_id
            ) THEN
                {
            refuse(
                name=f"{kind}_published_is_kept",
                message="What was published is never deleted: retract it.",
            )
        }
            END IF;
            RETURN OLD;
        """,
    )
