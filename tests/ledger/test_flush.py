"""What the tests that commit leave behind: nothing, and every guard in force."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, connection, transaction

from factcheck.ledger import log
from factcheck.ledger.models import APPEND_ONLY, Head, Publication
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

    assert [model.objects.count() for model in (*APPEND_ONLY, User)] == [0, 0, 0, 0]
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
