"""The triggers that keep the ledger what it is."""

from typing import Any

import pgtrigger

from factcheck.common.acyclic import acyclic
from factcheck.common.guards import Guard, refuse

EVERY_CHANGE = pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate


def append_only(table: str, *, operation: Any = EVERY_CHANGE) -> Guard:
    """Refuses UPDATE, DELETE and TRUNCATE, even of no rows. Constraint: `<table>_append_only`.

    With `operation` only those; the table then has another guard for the rest.
    """
    return Guard(
        name="append_only",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=operation,
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


MERGED_IN_CIRCLE = "This would close a circle: what stands for another is not merged into it."

# The newest decision about the row, taken in this transaction, has to be the step that moves it.
MOVES_BY_A_DECISION = """
    IF TG_OP = 'INSERT' THEN
        IF NEW.merged_into_id IS NULL THEN
            RETURN NEW;
        END IF;
    ELSIF NEW.merged_into_id IS NOT DISTINCT FROM OLD.merged_into_id THEN
        RETURN NEW;
    END IF;
    IF (
        SELECT CASE WHEN NEW.merged_into_id IS NULL
            THEN action = 'restore' ELSE action IN ('merge', 'redact') END
        FROM ledger_decision
        WHERE subject_kind = '{kind}' AND subject_id = NEW.public_id
            AND at >= transaction_timestamp()
        ORDER BY id DESC LIMIT 1
    ) IS NOT TRUE THEN
        {refusal}
    END IF;
    {counted}
    RETURN NEW;
"""
# A step is no edit: forms that were opened before it show the same content. This trigger's name
# comes after that of the one that counts, and PostgreSQL runs triggers in the order of their names.
NO_EDIT = """
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - ARRAY['merged_into_id', 'edit_number'])
            = (to_jsonb(OLD) - ARRAY['merged_into_id', 'edit_number']) THEN
        NEW.edit_number := OLD.edit_number;
    END IF;
"""


def merges(*, table: str, kind: str) -> list[Guard]:
    """The triggers of a subject's column `merged_into_id`: it moves by a step of the workflow only,
    and never in a circle. Constraints: `<table>_merges_by_a_decision` and `<table>_acyclic`.
    """
    refusal = refuse(
        name=f"{table}_merges_by_a_decision",
        message="What a row was merged into changes only by a step of the workflow.",
    )
    by_a_decision = Guard(
        name="merges_by_a_decision",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=MOVES_BY_A_DECISION.format(kind=kind, refusal=refusal, counted=NO_EDIT),
    )
    return [by_a_decision, merges_in_line(table)]


def merges_in_line(table: str) -> Guard:
    """Refuses to merge a row into what it stands for itself, under a name of its own, since the
    table may have other edges that must not close a circle either.
    """
    guard = acyclic(table=table, child="id", parent="merged_into_id", message=MERGED_IN_CIRCLE)
    guard.name = "merges_in_line"
    return guard
