"""Who the history says has acted; asked of the function that every history trigger asks."""

import pytest
from django.contrib.auth.models import User
from django.db import DataError, connection, transaction
from django.db.models import Value
from pghistory.models import Context

from factcheck.ledger.history import acting
from factcheck.ledger.models import Head

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def olena() -> User:
    return User.objects.create_user("olena")


@pytest.fixture
def marta() -> User:
    return User.objects.create_user("marta")


def context_of_a_change():
    """What a history row written now would refer to."""
    with connection.cursor() as cursor:
        # pghistory sets nothing before a statement that begins with SELECT.
        cursor.execute("WITH now AS (SELECT _pgh_attach_context() AS id) SELECT id FROM now")
        return cursor.fetchone()[0]


def person_in(context):
    return None if context is None else Context.objects.get(pk=context).metadata["user"]


def test_a_change_is_that_of_the_person_acting(olena):
    with acting(olena):
        context = context_of_a_change()

    assert person_in(context) == olena.pk


def test_a_change_outside_is_nobodys_even_in_the_same_transaction(olena):
    before = context_of_a_change()
    with acting(olena):
        context_of_a_change()
    after = context_of_a_change()

    assert (before, after) == (None, None)


def test_the_same_person_again_changes_nothing(olena):
    with acting(olena):
        outer = context_of_a_change()
        with acting(olena):
            inner = context_of_a_change()
        after = context_of_a_change()

    assert outer == inner == after
    assert person_in(outer) == olena.pk


def test_another_person_acts_in_the_inner_block_alone(olena, marta):
    with acting(olena):
        before = context_of_a_change()
        with acting(marta):
            inner = context_of_a_change()
        after = context_of_a_change()

    assert [person_in(context) for context in (before, inner, after)] == [
        olena.pk,
        marta.pk,
        olena.pk,
    ]


def fail_after_a_change(by):
    with acting(by):
        context_of_a_change()
        raise ZeroDivisionError


def test_an_error_inside_ends_the_block_all_the_same(olena, marta):
    with acting(olena):
        with pytest.raises(ZeroDivisionError):
            fail_after_a_change(marta)
        after_inner = context_of_a_change()
    with pytest.raises(ZeroDivisionError):
        fail_after_a_change(marta)
    outside = context_of_a_change()

    assert person_in(after_inner) == olena.pk
    assert outside is None


def test_a_broken_transaction_keeps_its_own_error(olena):
    with pytest.raises(DataError), transaction.atomic(), acting(olena):
        Head.objects.update(seq=Value(1) / 0)

    assert context_of_a_change() is None


def test_nothing_is_asked_outside_a_transaction(committed_db, olena, django_assert_num_queries):
    with django_assert_num_queries(0), acting(olena):
        pass
