"""Keys: what is kept of them, what they open, and until when."""

import datetime
import hashlib
import hmac
import re
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck.common.callers import Caller, Scope
from factcheck.common.roles import Role
from factcheck.database.grants import apply_grants
from factcheck.database.roles import APP, READER
from factcheck.database.tables import append_only_tables, editing_tables, readable_tables
from factcheck.partners.keys import KEPT_FOR, KNOWN, REFUSED, KnownKeys, revoke
from factcheck.partners.models import ApiKey
from tests.factories import make_key, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SOME_DAY = datetime.date(2020, 3, 2)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def known(clock: Clock) -> KnownKeys:
    return KnownKeys(clock=clock)


# Made


def test_a_key_has_256_random_bits_and_a_shape_that_scanners_know():
    texts = {make_key()[1] for _ in range(3)}

    assert len(texts) == 3
    for text in texts:
        assert re.fullmatch(r"fc_[0-9a-z]{8}_[A-Za-z0-9_-]{43}", text)


def test_only_the_beginning_and_the_hash_are_kept():
    key, text = make_key()

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(k)::text FROM partners_apikey k WHERE id = %s", [key.pk])
        [row] = cursor.fetchone()

    assert key.prefix == text[3:11]
    assert key.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert text[12:] not in row


# What they open


def test_a_key_says_who_asks_and_what_for(known: KnownKeys):
    key, text = make_key(scopes=["read", "fact-check"])

    assert known.caller(text) == Caller(key.prefix, frozenset({Scope.READ, Scope.FACT_CHECK}))


@pytest.mark.parametrize(
    "wrong", ["", "nothing", "fc_", "fc_aaaaaaaa_" + "a" * 43, "é\ud800", "\0"]
)
def test_what_is_no_key_is_refused(known: KnownKeys, wrong: str):
    make_key()

    assert known.caller(wrong) == REFUSED


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + chr(ord(t[-1]) ^ 1), str.upper, "{} ".format]
)
def test_a_key_that_differs_in_one_place_is_refused(known: KnownKeys, change: Any):
    _, text = make_key()

    assert known.caller(change(text)) == REFUSED


def test_another_secret_behind_the_beginning_of_a_key_is_refused(known: KnownKeys):
    key, _ = make_key()

    assert known.caller(f"fc_{key.prefix}_{'a' * 43}") == REFUSED


def test_hashes_are_compared_in_constant_time(known: KnownKeys, monkeypatch: Any):
    key, text = make_key()
    compared = []
    right = hmac.compare_digest

    def compare(one: str, other: str) -> bool:
        compared.append((one, other))
        return right(one, other)

    monkeypatch.setattr("hmac.compare_digest", compare)
    known.caller(text)
    known.caller("fc_aaaaaaaa_" + "a" * 43)

    assert compared[0] == (key.sha256, key.sha256)
    assert len(compared) == 2  # who guesses a beginning learns nothing from the time it takes


@pytest.mark.parametrize(("days", "opens"), [(None, True), (1, True), (0, True), (-1, False)])
def test_a_key_opens_until_the_end_of_its_last_day(known: KnownKeys, days: int | None, opens: bool):
    today = timezone.now().date()
    last_day = None if days is None else today + datetime.timedelta(days=days)
    key, text = make_key(expires_on=last_day)

    assert known.caller(text).is_refused is not opens
    assert key.state == ("in use" if opens else "expired")


# Revoked


def test_a_revoked_key_opens_nothing(django_capture_on_commit_callbacks: Any):
    key, text = make_key()
    administrator = make_user(Role.ADMINISTRATOR)
    assert KNOWN.caller(text).key_prefix == key.prefix

    with django_capture_on_commit_callbacks(execute=True):
        assert revoke(key, by=administrator) is True

    key.refresh_from_db()
    assert KNOWN.caller(text) == REFUSED
    assert (key.state, key.revoked_by) == ("revoked", administrator)
    assert revoke(key, by=make_user(Role.ADMINISTRATOR)) is False


def test_another_process_knows_of_it_after_half_a_minute(known: KnownKeys, clock: Clock):
    key, text = make_key()
    assert known.caller(text).key_prefix == key.prefix

    revoke(key, by=make_user(Role.ADMINISTRATOR))

    clock.now += KEPT_FOR
    assert known.caller(text).key_prefix == key.prefix
    clock.now += 0.1
    assert known.caller(text) == REFUSED


def test_keys_are_read_once_in_half_a_minute_and_a_new_one_is_found_after_a_second(
    known: KnownKeys, clock: Clock
):
    _, text = make_key()

    with CaptureQueriesContext(connection) as captured:
        for _ in range(5):
            known.caller(text)
            known.caller("fc_aaaaaaaa_" + "a" * 43)
    assert len(captured) == 1

    clock.now += 1.1
    with CaptureQueriesContext(connection) as captured:
        known.caller(text)
    assert len(captured) == 0
    new, new_text = make_key()
    with CaptureQueriesContext(connection) as captured:
        assert known.caller(new_text).key_prefix == new.prefix
        known.caller("fc_aaaaaaaa_" + "a" * 43)
    assert len(captured) == 1


# The rules in the database


def insert(**values: Any) -> ApiKey:
    row = {
        "prefix": "abcd2345",
        "sha256": "0" * 64,
        "name": "Synthetic Partner",
        "contact": "partner@mail.example",
        "scopes": ["read"],
        "created_by": make_user(Role.ADMINISTRATOR),
    }
    with transaction.atomic():
        return ApiKey.objects.create(**row | values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"prefix": "ABCD2345"}, "apikey_is_prefix_and_hash"),
        ({"prefix": "abc"}, "apikey_is_prefix_and_hash"),
        ({"sha256": "the key itself"}, "apikey_is_prefix_and_hash"),
        ({"name": " "}, "apikey_is_somebodys"),
        ({"contact": ""}, "apikey_is_somebodys"),
        ({"scopes": []}, "apikey_is_good_for_something"),
        ({"scopes": ["write"]}, "apikey_is_good_for_something"),
        (
            {"revoked_at": datetime.datetime(2020, 3, 2, tzinfo=datetime.UTC)},
            "apikey_revoked_has_somebody",
        ),
    ],
    ids=str,
)
def test_the_database_refuses_a_key_that_is_none(values: dict[str, Any], constraint: str):
    insert()

    with pytest.raises(IntegrityError, match=constraint):
        insert(**{"prefix": "abcd2346"} | values)


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "1" * 64},
        {"prefix": "abcd2346"},
        {"scopes": ["read", "fact-check"]},
        {"expires_on": SOME_DAY},
        {"name": "Somebody Else"},
    ],
    ids=str,
)
def test_a_key_is_never_made_into_another(change: dict[str, Any]):
    key = insert()

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ApiKey.objects.filter(pk=key.pk).update(**change)


def test_a_revoked_key_stays_revoked_and_its_contact_can_be_erased():
    key, _ = make_key()
    revoke(key, by=make_user(Role.ADMINISTRATOR))
    row = ApiKey.objects.filter(pk=key.pk)

    row.update(contact="erased")

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        row.update(revoked_at=None, revoked_by=None)


def test_the_history_names_who_revoked_it_and_has_no_secret():
    key, text = make_key()
    administrator = make_user(Role.ADMINISTRATOR)

    revoke(key, by=administrator)

    event = ApiKey.history.rel.related_model.objects.get(pgh_obj_id=key.pk)
    assert event.pgh_context.metadata["user"] == administrator.pk
    assert text[12:] not in str(event.__dict__)


def test_the_app_reads_the_keys_and_readers_and_their_pages_do_not():
    with connection.cursor() as cursor:
        apply_grants(
            cursor,
            app_role=APP,
            reader_role=READER,
            append_only=append_only_tables(),
            readable=readable_tables(),
            tables=editing_tables("default"),
        )

        assert may(cursor, READER, "claims_publicclaim") == {"SELECT"}
        assert may(cursor, READER, "partners_apikey") == set()
        assert may(cursor, READER, "partners_apikeyevent") == set()
        assert may(cursor, APP, "partners_apikey") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
        assert may(cursor, APP, "partners_apikeyevent") == {"SELECT", "INSERT"}


def may(cursor: Any, role: str, table: str) -> set[str]:
    """What the database lets the role do with the table."""
    allowed = set()
    for privilege in ("SELECT", "INSERT", "UPDATE", "DELETE"):
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, privilege])
        if cursor.fetchone() == (True,):
            allowed.add(privilege)
    return allowed
