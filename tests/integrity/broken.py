"""What every broken row needs: a place in the list, and a way past the guards."""

import re
from collections.abc import Callable

from django.db import connection

from claims.models import Claim
from factcheck.common.roles import Role
from factcheck.integrity import CHECKS, findings_of
from factcheck.ledger.models import Publication
from sources import workflow
from sources.models import Actor
from tests.factories import make_actor, make_user

NOTE = "Synthetic note."
BY_NAME = {check.name: check for check in CHECKS}

# What one test breaks: the SQL that does it, and the sentences that then say so.
Broken = tuple[str, list[str]]
BROKEN: dict[str, tuple[str, Callable[[], Broken]]] = {}


def breaks(check: str) -> Callable[[Callable[[], Broken]], Callable[[], Broken]]:
    """Decorator: what the function breaks has to be found by this check."""

    def enlist(function: Callable[[], Broken]) -> Callable[[], Broken]:
        BROKEN[function.__name__] = (check, function)
        return function

    return enlist


def found_by(check: str) -> list[str]:
    return [finding for _, finding in findings_of(BY_NAME[check])]


def run_with_guards_off(sql: str) -> None:
    """Change tables as only their owner can, who switches triggers off and drops constraints."""
    tables = sorted(set(re.findall(r"(?:UPDATE|FROM|INTO|TABLE) ((?:\w+)_\w+)", sql)))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def publish_actor(**values: object) -> Actor:
    actor = make_actor(**values)
    workflow.publish(actor, by=make_user(Role.EDITOR))
    return actor


def place_of(subject: Actor | Claim) -> int:
    """Where the newest publication of the row stands."""
    newest = Publication.objects.filter(subject_id=subject.public_id).latest("seq")
    return newest.seq


def new_record(seq: int, expression: str) -> str:
    """SQL that changes a record and its hash together."""
    return (
        f"UPDATE ledger_publication SET record = {expression}, "
        f"record_sha256 = encode(sha256(convert_to({expression}, 'UTF8')), 'hex') "
        f"WHERE seq = {seq};"
    )
