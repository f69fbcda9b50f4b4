"""Every rule that goes beyond a single row, asked anew of all rows."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from factcheck.integrity import claims, ledger, projected, public, sources
from factcheck.integrity.check import Check

CHECKS: tuple[Check, ...] = (
    *ledger.CHECKS,
    *public.CHECKS,
    *sources.CHECKS,
    *claims.CHECKS,
    public.REBUILD,
)
# What `verify_log` asks besides the tree: all of it in seconds for a hundred thousand publications.
PUBLISHED: tuple[Check, ...] = (
    *ledger.CHECKS,
    *(check for check in sources.CHECKS if check.name == "captures"),
    *projected.CHECKS,
)


def find_all() -> Iterator[tuple[Check, str]]:
    """Every finding, as it is found, with the check that found it.

    All but the last check read one snapshot of the database and write nothing; what is published
    meanwhile is not looked at. The last one makes the public side anew and undoes it, so that
    publishing waits for its length. Must not run inside a transaction.
    """
    *reading, rebuilding = CHECKS
    yield from find_in_snapshot(reading)
    yield from findings_of(rebuilding)


def find_in_snapshot(checks: Iterable[Check]) -> Iterator[tuple[Check, str]]:
    """What the checks find in the database as it is at one moment. Must not run inside a
    transaction.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for check in checks:
            yield from findings_of(check)


def findings_of(check: Check) -> Iterator[tuple[Check, str]]:
    """What one check finds; that it could not go through to its end is a finding as well."""
    try:
        with transaction.atomic():
            for finding in check.find():
                yield check, finding
    except Exception as error:  # Whatever a broken row makes a check raise, the others go on.
        yield check, f"This check came to no end: {type(error).__name__}: {error}"
