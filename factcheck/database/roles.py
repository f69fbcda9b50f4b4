"""The three database roles and the database, made by a superuser and not by a migration."""

from typing import Any

import psycopg
from psycopg import sql

DATABASE = "factcheck"
OWNER = "factcheck_owner"  # Migrates; owns everything.
APP = "factcheck_app"  # Edits; changes no schema and nothing that is append-only.
READER = "factcheck_reader"  # Reads the public side.

EXTENSIONS = ("pg_trgm", "unaccent")

# What each role may do beside logging in.
CREATES_DATABASES = {OWNER: True, APP: False, READER: False}
SETTINGS = {
    APP: {"idle_in_transaction_session_timeout": "60s"},
    READER: {"default_transaction_read_only": "on", "statement_timeout": "3s"},
}

# Any constant will do, as long as everybody who prepares a server takes the same.
ADVISORY_LOCK = 0x66616374

Superuser = psycopg.Connection[Any]


def prepare_cluster(superuser: Superuser) -> None:
    """Make roles, database and extensions, or mend what is not as it should be.

    Idempotent, and safe when several processes do it at once. `superuser` must be in autocommit
    mode and connected to the database "postgres". Sets no passwords: on a server that asks for
    them, whoever runs it gives them.
    """
    if not superuser.autocommit:
        raise ValueError("A database cannot be made inside a transaction: connect with autocommit.")
    superuser.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
    try:
        for role in CREATES_DATABASES:
            _ensure_role(superuser, role)
        _ensure_database(superuser)
        here: dict[str, Any] = {**superuser.info.get_parameters(), "dbname": DATABASE}
        if superuser.info.password:
            here["password"] = superuser.info.password
        with psycopg.connect(**here, autocommit=True) as inside:
            _ensure_inside(inside)
    finally:
        superuser.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _ensure_role(superuser: Superuser, role: str) -> None:
    name = sql.Identifier(role)
    creates_databases = CREATES_DATABASES[role]
    wanted = (True, False, creates_databases, False, False, False)
    found = superuser.execute(
        "SELECT rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls"
        " FROM pg_roles WHERE rolname = %s",
        [role],
    ).fetchone()
    if found is None:
        superuser.execute(sql.SQL("CREATE ROLE {}").format(name))
    # Only if needed: naming some attributes takes a right that managed servers do not give.
    if found != wanted:
        attributes = "LOGIN" + (" CREATEDB" if creates_databases else "")
        if found is not None:
            attributes += " NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS"
            attributes += "" if creates_databases else " NOCREATEDB"
        superuser.execute(sql.SQL("ALTER ROLE {} {}").format(name, sql.SQL(attributes)))
    for setting, value in SETTINGS.get(role, {}).items():
        superuser.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(name, sql.Identifier(setting), value)
        )


def _ensure_database(superuser: Superuser) -> None:
    database, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER)
    exists = superuser.execute(
        "SELECT true FROM pg_database WHERE datname = %s", [DATABASE]
    ).fetchone()
    if not exists:
        superuser.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                database, owner
            )
        )
    superuser.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(database, owner))
    superuser.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    superuser.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(
            database, sql.Identifier(APP), sql.Identifier(READER)
        )
    )


def _ensure_inside(inside: Superuser) -> None:
    for extension in EXTENSIONS:
        inside.execute(
            sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public").format(
                sql.Identifier(extension)
            )
        )
    # PostgreSQL's own default since 15, but not for a server upgraded from an older release.
    inside.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    inside.execute(
        sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(sql.Identifier(OWNER))
    )
    inside.execute(
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}, {}").format(
            sql.Identifier(APP), sql.Identifier(READER)
        )
    )
