"""Triggers that no session can switch off, for the rules that hold whoever writes."""

from typing import Any

import pgtrigger
from pgtrigger import compiler


class GuardSql(compiler.UpsertTriggerSql):
    """pgtrigger's SQL without its `pgtrigger.ignore`, which any session may set.

    Migrations refer to this class: change the template only under a new name.
    """

    def get_template(self) -> str:
        # The fixed search path keeps a session from passing off a temporary table as the ledger.
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS trigger LANGUAGE plpgsql
                SET search_path = pg_catalog, public, pg_temp AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$;

            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE FUNCTION {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Guard(pgtrigger.Trigger):
    """A pgtrigger trigger that only the table's owner can switch off."""

    def compile(self, model: Any) -> compiler.Trigger:
        return guarded(super().compile(model))


def guarded(compiled: compiler.Trigger) -> compiler.Trigger:
    """The compiled trigger as one that no session can switch off."""
    return compiler.Trigger(name=compiled.name, sql=GuardSql(**compiled.sql.kwargs))


def refuse(*, name: str, message: str) -> str:
    """PL/pgSQL that refuses what is being done: an IntegrityError with the constraint's `name`."""
    return (
        f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation',"
        f" CONSTRAINT = '{name}', TABLE = TG_TABLE_NAME;"
    )


def insist(condition: str, *, name: str, message: str) -> str:
    """PL/pgSQL that refuses unless the SQL `condition` is true; NULL is not true."""
    return f"IF ({condition}) IS NOT TRUE THEN {refuse(name=name, message=message)} END IF;\n"


def touches(*, table: str, column: str) -> Guard:
    """A change of this row is a change of the row of `table` that `column` points at: it raises
    that row's edit_number, and so waits for whoever holds that row.
    """
    touch = f"UPDATE {table} SET edit_number = edit_number + 1 WHERE id = "
    return Guard(
        name=f"touches_{table}",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
                RETURN NULL;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                {touch} OLD.{column};
            END IF;
            IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.{column} <> OLD.{column}) THEN
                {touch} NEW.{column};
            END IF;
            RETURN NULL;
        """,
    )
