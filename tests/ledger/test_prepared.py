"""A connection that is kept, and that the server has closed meanwhile."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from factcheck.ledger.prepared import rows

pytestmark = pytest.mark.django_db

PID = "SELECT pg_backend_pid()"


@pytest.fixture
def public() -> Iterator[Any]:
    """A connection of the alias `public` that is its own, and not that of the test's rows."""
    own = connections["default"].copy()
    own.settings_dict = own.settings_dict | {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 600}
    connections["public"] = own
    yield own
    own.close()


def end(pid: int) -> None:
    """Have the server close that connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)


def test_a_connection_that_the_server_has_closed_is_made_anew(public: Any):
    [[first]] = rows(PID)
    [[same]] = rows(PID)
    end(first)

    [[other]] = rows(PID)

    assert first == same != other
    assert rows("SELECT %s::int + 1", [2]) == [(3,)]


def test_within_a_transaction_nothing_is_sent_twice(public: Any):
    def lose_the_connection() -> None:
        with transaction.atomic(using="public"):
            [[pid]] = rows(PID)
            end(pid)
            rows(PID)

    with pytest.raises(OperationalError, match="terminat"):
        lose_the_connection()


def test_a_statement_that_takes_too_long_is_sent_once(public: Any):
    [[pid]] = rows(PID)
    rows("SELECT set_config('statement_timeout', '50', false)")

    with pytest.raises(OperationalError, match="statement timeout"):
        rows("SELECT pg_sleep(5)")

    assert rows(PID) == [(pid,)]


def test_whoever_counts_statements_counts_these():
    with CaptureQueriesContext(connections["public"]) as captured:
        assert rows("SELECT %s::text", ["boats"]) == [("boats",)]

    assert len(captured) == 1
