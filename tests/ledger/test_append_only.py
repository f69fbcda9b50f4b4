"""Nothing in the ledger is changed or removed, by whatever way; each way is tried by the owner."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from factcheck.ledger import log
from factcheck.ledger.models import Decision, Head, Mention, Publication
from tests.ledger.conftest import ACTOR, CLAIM, SOURCE

pytestmark = [pytest.mark.database, pytest.mark.django_db]

# What is signed is tried in test_signing.py.
COLUMNS = {Decision: "note", Publication: "note", Mention: "subject_id"}


@pytest.fixture(autouse=True)
def something_published(publish, by):
    publish(ACTOR)
    publish(CLAIM, mentions=frozenset({ACTOR}))
    # The last row of each table is one that no foreign key protects.
    publish(SOURCE)
    log.decide(subject=CLAIM, action="revise", by=by)
    # Checks that wait for the commit are made now, as they would have been.
    execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def refused(name):
    """What is done inside is refused, and by the constraint of this name."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert caught.value.__cause__.diag.constraint_name == name


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("model", COLUMNS)
def test_no_row_is_changed_or_removed(model):
    table, column = model._meta.db_table, COLUMNS[model]
    name = f"{table}_append_only"
    before = list(model.objects.values())
    row = model.objects.last()

    with refused(name):
        row.save()
    with refused(name):
        row.delete()
    with refused(name):
        model.objects.bulk_update([row], [column])
    with refused(name):
        model.objects.update(**{column: "changed"})
    with refused(name):
        model.objects.filter(pk=row.pk)._raw_delete("default")
    with refused(name):
        execute(f"UPDATE {table} SET {column} = {column}")
    if model is not Publication:
        # Words that were redacted are erased, so there each row is asked about, and not the table.
        with refused(name):
            execute(f"UPDATE {table} SET {column} = {column} WHERE false")
    with refused(name):
        execute(f"DELETE FROM {table}")
    # A publication that takes a place which is taken is refused before it could change anything.
    taken = "ledger_publication_seq_has_no_gap"
    with refused(taken if model is Publication else name):
        execute(
            f"INSERT INTO {table} SELECT * FROM {table}"
            f" ON CONFLICT ({model._meta.pk.column}) DO UPDATE SET {column} = 'changed'"
        )

    assert list(model.objects.values()) == before


def test_no_table_is_emptied():
    # The first trigger to be asked is the named table's own.
    for table in ["ledger_decision", "ledger_publication", "ledger_mention"]:
        with refused(f"{table}_append_only"):
            execute(f"TRUNCATE {table} CASCADE")
    with refused("ledger_head_stays"):
        execute("TRUNCATE ledger_head")

    assert [model.objects.count() for model in (*COLUMNS, Head)] == [4, 3, 1, 1]


@pytest.mark.parametrize("statement", ["DELETE FROM {0}", "UPDATE {0} SET id = id"])
@pytest.mark.parametrize("table", ["ledger_decision", "ledger_mention"])
def test_a_session_cannot_switch_the_guard_off(table, statement):
    execute(
        "SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true)"
        " FROM pg_trigger WHERE NOT tgisinternal"
    )

    with refused(f"{table}_append_only"):
        execute(statement.format(table))


def test_the_head_is_one_row_that_stays():
    with refused("ledger_head_stays"):
        execute("DELETE FROM ledger_head")
    with refused("ledger_head_pkey"):
        execute("INSERT INTO ledger_head (id, seq, at) VALUES (1, 9, now())")
    with refused("ledger_head_is_one_row"):
        execute("INSERT INTO ledger_head (id, seq, at) VALUES (2, 9, now())")


@pytest.mark.parametrize("seq", ["seq - 1", "seq", "0", "-1", "NULL"])
def test_the_head_only_moves_forward(seq):
    with refused("ledger_head_only_grows"):
        execute(f"UPDATE ledger_head SET seq = {seq}")


@pytest.mark.parametrize("at", ["'2000-01-01'", "'2100-01-01'"])
def test_nobody_tells_the_head_the_time(at):
    before = Head.objects.get().at

    with transaction.atomic():
        execute(f"UPDATE ledger_head SET seq = seq + 1, at = {at}")
        after = Head.objects.get().at
        transaction.set_rollback(True)

    assert before < after
    assert (after - before).total_seconds() < 60


def test_the_head_never_goes_back_in_time():
    execute("ALTER TABLE ledger_head DISABLE TRIGGER USER")
    execute("UPDATE ledger_head SET at = '2100-01-01'")
    execute("ALTER TABLE ledger_head ENABLE TRIGGER USER")

    with transaction.atomic():
        execute("UPDATE ledger_head SET seq = seq + 1")
        at = Head.objects.get().at
        transaction.set_rollback(True)

    assert at == datetime(2100, 1, 1, tzinfo=UTC)


def test_the_head_gives_out_no_place_that_stays_empty():
    with refused("ledger_head_leaves_no_gap"):
        execute("UPDATE ledger_head SET seq = seq + 1")
        execute("SET CONSTRAINTS ALL IMMEDIATE")
