"""Tests that commit for real, in a database whose ledger nobody can empty.

Django empties the database after such a test by TRUNCATE, which the ledger's tables refuse. Here
the owner switches their triggers off for the length of one transaction, after the test: during the
test every guard is in force. Import both fixtures into a conftest.py.
"""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connections, transaction
from django.test import TransactionTestCase
from psycopg.errors import DeadlockDetected

# What migrations made and no test should have to make again.
KEPT = [
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "ledger_head",
]
ALL_BUT_KEPT = """
    SELECT quote_ident(tablename) FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> ALL(%s)
"""
# pg_trigger.tgtype is a set of bits, 32 among them for TRUNCATE.
WITH_TRUNCATE_TRIGGER = """
    SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger
    WHERE NOT tgisinternal AND tgtype & 32 > 0
"""
RESTORE_HEAD = """
    INSERT INTO ledger_head (id, seq, at) VALUES (1, 0, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET seq = EXCLUDED.seq, at = EXCLUDED.at
"""
OTHERS_AT_WORK = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
      AND backend_type = 'client backend' AND state <> 'idle'
"""
PATIENCE = 20  # seconds


def empty_database(*, using: str = "default") -> None:
    """Remove all rows but those of KEPT, and take the head of the ledger back to zero.

    The connection must be the tables' owner's, as that of tests is. A request that a closed browser
    left behind at its server takes its locks in another order: it is waited for, and should it
    begin another transaction all the same, the deadlock is tried again.
    """
    for left in (2, 1, 0):
        wait_for_others(using=using)
        try:
            truncate(using=using)
        except OperationalError as error:
            if not (left and isinstance(error.__cause__, DeadlockDetected)):
                raise
        else:
            return


def truncate(*, using: str) -> None:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        # A test that leaves a transaction open in another thread fails here instead of hanging.
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        cursor.execute(WITH_TRUNCATE_TRIGGER)
        guarded = [table for [table] in cursor.fetchall()]
        cursor.execute(ALL_BUT_KEPT, [KEPT])
        tables = [table for [table] in cursor.fetchall()]
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
        cursor.execute(RESTORE_HEAD)
        for table in guarded:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def wait_for_others(*, using: str) -> None:
    """Until no other session of this database is at work, or patience ends."""
    end = time.monotonic() + PATIENCE
    with connections[using].cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute(OTHERS_AT_WORK)
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.02)


@pytest.fixture(scope="session", autouse=True)
def flush_by_owner() -> Iterator[None]:
    """Let every test that commits (`transactional_db`, `live_server`) be cleared up after so."""

    def teardown(case: Any) -> None:
        empty_database()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture
def committed_db(flush_by_owner: None, transactional_db: None) -> None:
    """A database in which this test commits, and other threads and connections see it."""
