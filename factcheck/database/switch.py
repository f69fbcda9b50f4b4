"""Triggers by which the read-only switch holds whoever writes, put on by the owner like grants.

Every table of the desk, the ledger and the public side has one. They run once a statement, before
it, and read one row. The app owns no table: it cannot take them off, only flip the switch, which
leaves a row for ever.
"""

from collections.abc import Collection

from psycopg import sql

from factcheck.database.grants import Cursor

CONSTRAINT = "desk_read_only"
MESSAGE = (
    "The desk is read-only for the time being: nothing was saved. An administrator can open it"
    " again."
)
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION desk_read_only() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp AS $$
    BEGIN
        IF (SELECT is_on FROM factcheck_readonlyswitch ORDER BY id DESC LIMIT 1) THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = '{CONSTRAINT}', TABLE = TG_TABLE_NAME;
        END IF;
        RETURN NULL;
    END;
    $$
"""
# Its name comes before those of pgtrigger's triggers, and PostgreSQL runs them in that order.
TRIGGER = """
    CREATE OR REPLACE TRIGGER desk_read_only BEFORE INSERT OR UPDATE OR DELETE ON {}
        FOR EACH STATEMENT EXECUTE FUNCTION desk_read_only()
"""


def obey_switch(cursor: Cursor, *, tables: Collection[str]) -> None:
    """Let nobody write to the tables while the desk is read-only. Run it as their owner, after the
    migrations; running it again changes nothing.
    """
    statements = [
        sql.SQL(FUNCTION),
        *(sql.SQL(TRIGGER).format(sql.Identifier(table)) for table in sorted(tables)),
    ]
    cursor.execute(sql.SQL(";\n").join(statements).as_string())
