"""An order to delete: the words go, what proves that they were there stays."""

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from factcheck.database.grants import apply_grants
from factcheck.database.roles import APP, READER
from factcheck.ledger import log
from factcheck.ledger.models import APPEND_ONLY, FUNCTIONS_FOR_APP, READABLE, Publication
from tests.ledger.conftest import ACTOR, CLAIM, OTHER_CLAIM

pytestmark = pytest.mark.database

WORDS = "We hit the target."
NOTE = "The date was wrong."


@pytest.fixture
def redacted(publish) -> list[Publication]:
    """A claim with four versions, the last a redaction; beside it another one that is live."""
    publish(ACTOR)
    publish(OTHER_CLAIM)
    return [
        publish(CLAIM, mentions=frozenset({ACTOR})),
        publish(CLAIM, "update", note=NOTE),
        publish(CLAIM, "suspend", note=NOTE),
        publish(CLAIM, "redact", note="By order of a court."),
    ]


def refusal_of(statement: str, parameters: list[object] | None = None) -> str:
    """The constraint that refuses the statement."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        execute(statement, parameters)
    return caught.value.__cause__.diag.constraint_name


def execute(statement: str, parameters: list[object] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def words_of(subject) -> list[tuple[bool, str]]:
    return [(row.record != "", row.note) for row in log.versions(subject)]


# What is erased


@pytest.mark.django_db
def test_the_words_of_all_earlier_versions_go_and_their_proof_stays(redacted):
    with transaction.atomic():
        count = log.erase(CLAIM)

    rows = list(log.versions(CLAIM))
    assert count == 3
    assert [(row.record, row.note) for row in rows[:3]] == [("", "")] * 3
    for row, before in zip(rows[:3], redacted, strict=False):
        kept = ("seq", "version", "kind", "entry", "record_sha256", "published_at", "decision_id")
        assert [getattr(row, name) for name in kept] == [getattr(before, name) for name in kept]
        assert row.record_sha256 in row.entry
        assert (row.is_erased, row.content, row.record_bytes) == (True, None, b"")
    assert (rows[3].record, rows[3].note) == (redacted[3].record, "By order of a court.")
    assert not rows[3].is_erased
    assert [mention.subject for mention in rows[0].mentions.all()] == [ACTOR]


@pytest.mark.django_db
def test_nothing_else_is_erased(redacted):
    with transaction.atomic():
        log.erase(CLAIM)

    assert words_of(OTHER_CLAIM) == [(True, "")]
    assert words_of(ACTOR) == [(True, "")]


@pytest.mark.django_db
def test_what_is_erased_is_erased_once(redacted):
    with transaction.atomic():
        log.erase(CLAIM)
        again = log.erase(CLAIM)

    assert again == 0


@pytest.mark.django_db
@pytest.mark.parametrize("kinds", [[], ["suspend"], ["retract"], ["suspend", "restore"]])
def test_what_is_not_redacted_is_not_erased(publish, kinds):
    publish(CLAIM)
    for kind in kinds:
        publish(CLAIM, kind)
    before = words_of(CLAIM)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        log.erase(CLAIM)

    assert caught.value.__cause__.diag.constraint_name == "ledger_erase_follows_a_redaction"
    assert words_of(CLAIM) == before


@pytest.mark.django_db
def test_what_was_never_published_is_not_erased(publish):
    refusal = refusal_of("SELECT ledger_erase('claim', '0c1a1m0001')")

    assert refusal == "ledger_erase_follows_a_redaction"


@pytest.mark.django_db(transaction=True)
def test_words_are_erased_in_a_transaction_only(committed_db, redacted):
    with pytest.raises(TransactionManagementError):
        log.erase(CLAIM)


@pytest.mark.django_db
def test_a_temporary_table_is_not_taken_for_the_ledger(publish):
    publish(CLAIM)
    execute("CREATE TEMPORARY TABLE ledger_publication ON COMMIT DROP AS TABLE ledger_publication")
    execute("UPDATE pg_temp.ledger_publication SET kind = 'redact'")

    refusal = refusal_of("SELECT ledger_erase('claim', %s)", [CLAIM.id])
    execute("DROP TABLE pg_temp.ledger_publication")

    assert refusal == "ledger_erase_follows_a_redaction"


# What the owner may not do either


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "record = ''",
        "note = ''",
        "record = '', note = 'kept'",
        "record = '{}', note = ''",
        "record = record || ' ', note = ''",
        "record = '', note = '', entry = ''",
        "record = '', note = '', record_sha256 = repeat('0', 64)",
        "record = '', note = '', seq = seq + 1000",
        "record = '', note = '', kind = 'correct'",
        "record = '', note = '', version = version + 10",
        "record = '', note = '', subject_id = '0c1a1m0009'",
        "record = '', note = '', published_at = now()",
        "record = '', note = '', successor_id = '0c1a1m0002'",
        "record = '', note = '', decision_id = decision_id + 1000",
    ],
)
def test_of_a_redacted_subject_the_words_alone_go_and_all_of_them(redacted, change):
    refusal = refusal_of(
        f"UPDATE ledger_publication SET {change} WHERE seq = %s", [redacted[1].seq]
    )

    assert refusal == "ledger_publication_append_only"


@pytest.mark.django_db
@pytest.mark.parametrize("subject", [ACTOR, OTHER_CLAIM])
def test_the_words_of_what_is_not_redacted_do_not_go(redacted, subject):
    refusal = refusal_of(
        "UPDATE ledger_publication SET record = '', note = '' WHERE subject_id = %s", [subject.id]
    )

    assert refusal == "ledger_publication_append_only"


@pytest.mark.django_db
def test_the_redaction_itself_keeps_its_words(redacted):
    refusal = refusal_of(
        "UPDATE ledger_publication SET record = '', note = '' WHERE seq = %s", [redacted[3].seq]
    )

    assert refusal == "ledger_publication_append_only"


@pytest.mark.django_db
def test_words_that_are_erased_never_come_back(redacted):
    with transaction.atomic():
        log.erase(CLAIM)
    first = redacted[0]

    refusal = refusal_of(
        "UPDATE ledger_publication SET record = %s WHERE seq = %s", [first.record, first.seq]
    )

    assert refusal == "ledger_publication_append_only"


@pytest.mark.django_db
def test_the_owner_may_do_what_the_function_does(redacted):
    execute(
        "UPDATE ledger_publication SET record = '', note = ''"
        " WHERE subject_id = %s AND version < 4",
        [CLAIM.id],
    )

    assert words_of(CLAIM) == [
        (False, ""),
        (False, ""),
        (False, ""),
        (True, "By order of a court."),
    ]


# What the app and the reader may do


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["public", APP, READER])
def test_nobody_but_the_owner_has_words_erased_before_it_is_granted(role):
    execute("REVOKE ALL ON FUNCTION ledger_erase(text, text) FROM factcheck_app")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_function_privilege(%s, 'ledger_erase(text, text)', 'EXECUTE')", [role]
        )
        [may] = cursor.fetchone()

    assert may is False


@pytest.fixture
def as_role(committed_db) -> Iterator:
    """A function that makes a connection of one role to this test's database, with the grants."""
    tables = {model._meta.db_table for model in APPEND_ONLY}
    with connection.cursor() as cursor:
        apply_grants(
            cursor,
            app_role=APP,
            reader_role=READER,
            append_only=tables,
            readable={model._meta.db_table for model in READABLE},
            tables=tables,
            functions=FUNCTIONS_FOR_APP,
        )
    database = settings.DATABASES["default"]
    address = {"host": database["HOST"], "port": database["PORT"]}
    opened = []

    def connect(role: str) -> psycopg.Connection:
        name = connection.settings_dict["NAME"]
        opened.append(psycopg.connect(**address, user=role, dbname=name, autocommit=True))
        return opened[-1]

    yield connect
    for one in opened:
        one.close()


@pytest.mark.django_db(transaction=True)
def test_the_app_changes_no_row_and_has_redacted_words_erased(as_role, redacted):
    app = as_role(APP)

    for change in ("record = '', note = ''", "record = ''", "note = note"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(f"UPDATE ledger_publication SET {change} WHERE seq = {redacted[0].seq}")
    for statement in (
        "DELETE FROM ledger_publication",
        "TRUNCATE ledger_publication CASCADE",
        "ALTER TABLE ledger_publication DISABLE TRIGGER USER",
        "CREATE OR REPLACE FUNCTION ledger_erase(kind text, id text) RETURNS bigint"
        " LANGUAGE sql AS 'SELECT 1'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute(statement)
    erased = app.execute("SELECT ledger_erase('claim', %s)", [CLAIM.id]).fetchone()

    assert erased == (3,)
    assert words_of(CLAIM) == [
        (False, ""),
        (False, ""),
        (False, ""),
        (True, "By order of a court."),
    ]


@pytest.mark.django_db(transaction=True)
def test_the_app_has_nothing_erased_that_is_not_redacted(as_role, redacted):
    app = as_role(APP)

    for subject in (ACTOR, OTHER_CLAIM):
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
            app.execute("SELECT ledger_erase(%s, %s)", [subject.kind, subject.id])

    assert [words_of(subject) for subject in (ACTOR, OTHER_CLAIM)] == [[(True, "")]] * 2


@pytest.mark.django_db(transaction=True)
def test_a_session_of_the_app_deceives_the_function_with_no_table_of_its_own(as_role, redacted):
    app = as_role(APP)
    app.execute("CREATE TEMPORARY TABLE ledger_publication AS TABLE ledger_publication")
    app.execute("UPDATE pg_temp.ledger_publication SET kind = 'redact'")
    app.execute("SET search_path = pg_temp, public")

    with pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        app.execute("SELECT ledger_erase('claim', %s)", [OTHER_CLAIM.id])

    assert words_of(OTHER_CLAIM) == [(True, "")]


@pytest.mark.django_db(transaction=True)
def test_the_reader_has_nothing_erased(as_role, redacted):
    reader = as_role(READER)
    reader.execute("SET default_transaction_read_only = off")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute("SELECT ledger_erase('claim', %s)", [CLAIM.id])

    assert all(has_words for has_words, _ in words_of(CLAIM))
