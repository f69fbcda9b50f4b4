"""What the tests that commit leave behind: nothing, and every guard in force."""

import threading
import time

import psycopg
import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, connection, transaction

from factcheck.ledger import log
from factcheck.ledger.models import APPEND_ONLY, Head, Publication
from tests import ledger_flush
from tests.ledger.conftest import CLAIM, draft_of
from tests.ledger_flush import empty_database

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("committed_db"),
]


def test_emptying_leaves_the_head_and_what_migrations_made(by):
    permissions = Permission.objects.count()
    with transaction.atomic():
        log.append([draft_of(CLAIM)], by=by)

    empty_database()

    assert {model.objects.count() for model in (*APPEND_ONLY, User)} == {0}
    assert (Head.objects.count(), Head.objects.get().seq) == (1, 0)
    assert Permission.objects.count() == permissions > 0


def test_after_emptying_the_guards_are_in_force(by):
    empty_database()
    person = User.objects.create_user("olena")
    with transaction.atomic():
        log.append([draft_of(CLAIM)], by=person)

    with pytest.raises(IntegrityError, match="never changed or removed"):
        Publication.objects.update(note="changed")
    with pytest.raises(IntegrityError, match="never removed"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_head")


def test_a_session_that_takes_its_locks_in_another_order_does_not_stop_it(by, monkeypatch):
    monkeypatch.setattr(ledger_flush, "wait_for_others", lambda **_: None)
    had = []
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("LOCK TABLE auth_user IN ACCESS SHARE MODE")

        def want_the_ledger() -> None:
            time.sleep(0.3)  # less than the second after which PostgreSQL looks for a deadlock
            other.execute("LOCK TABLE ledger_publication IN ROW EXCLUSIVE MODE")
            had.append("the ledger")
            other.rollback()

        asking = threading.Thread(target=want_the_ledger)
        asking.start()
        empty_database()
        asking.join()

    assert (had, User.objects.count()) == (["the ledger"], 0)
