"""Bytes and text that go on the day that was set, and what keeps them."""

import datetime

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from claims.models import Claim
from factcheck.database.grants import apply_grants
from factcheck.database.tables import (
    append_only_tables,
    editing_tables,
    functions_for_app,
    readable_tables,
)
from sources.models import Capture, CaptureDeletion, Document
from sources.services import erase_due, is_rested_on, newest_capture
from tests.factories import (
    make_capture,
    make_passage,
    make_published_claim,
    make_ready_claim,
    somebody,
    withhold,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

APP, READER = "factcheck_app", "factcheck_reader"
LONG_AGO = datetime.date(2020, 3, 2)
AT = datetime.datetime(2020, 3, 2, tzinfo=datetime.UTC)
FAR_OFF = datetime.date(2999, 3, 2)


def set_deletion(capture: Capture, day: datetime.date = LONG_AGO) -> CaptureDeletion:
    return CaptureDeletion.objects.create(
        capture=capture, delete_on=day, reason="Synthetic wish.", created_by=somebody()
    )


def test_on_the_day_bytes_and_text_go_and_the_rest_stays():
    capture, later = make_capture(), make_capture()
    set_deletion(capture), set_deletion(later, FAR_OFF)
    before = facts_of(capture)

    erased = erase_due()

    after = facts_of(Capture.objects.get(pk=capture.pk))
    assert erased == [capture.pk]
    assert {name for name in before if before[name] != after[name]} == {"text", "erased_at"}
    assert (bytes(Capture.objects.get(pk=capture.pk).content), after["text"]) == (b"", "")
    assert newest_capture(capture.document) is None
    assert set(Document.objects.held()) == {later.document}
    assert erase_due() == []


def facts_of(capture: Capture) -> dict[str, object]:
    names = {field.attname for field in Capture._meta.fields} - {"content"}
    return {name: getattr(capture, name) for name in names}


def cited_capture(claim: Claim) -> Capture:
    return claim.citations.exclude(passage=None).first().passage.capture


def test_what_something_published_rests_on_is_kept_until_that_is_retracted():
    claim = make_published_claim()
    capture = cited_capture(claim)
    set_deletion(capture)

    live = (is_rested_on(capture), erase_due())
    withhold(claim, "suspend")
    suspended = (is_rested_on(capture), erase_due())
    withhold(claim, "retract")

    assert (live, suspended) == ((True, []), (True, []))
    assert not is_rested_on(capture)
    assert erase_due() == [capture.pk]


def test_words_of_a_draft_keep_nothing_and_stay_themselves():
    claim = make_ready_claim(passage=make_passage())
    capture = cited_capture(claim)
    set_deletion(capture)

    assert erase_due() == [capture.pk]
    assert claim.citations.first().passage.ranges.get().exact.startswith("The mayor")


@pytest.mark.parametrize("day", [None, FAR_OFF])
def test_nothing_is_erased_before_its_day_by_whatever_way(day):
    capture = make_capture()
    if day:
        set_deletion(capture, day)

    with connection.cursor() as cursor:
        cursor.execute("SELECT capture_erase(%s)", [capture.pk])
        assert cursor.fetchone() == (False,)
    with pytest.raises(IntegrityError, match="What was captured never"), transaction.atomic():
        Capture.objects.filter(pk=capture.pk).update(content=b"", text="", erased_at=AT)


@pytest.mark.parametrize(
    "change",
    [
        {"content": b"Other."},
        {"text": "Other."},
        {"content": b"", "text": ""},
        {"content": b"", "text": "", "erased_at": AT, "status": "gone"},
    ],
)
def test_on_the_day_nothing_else_changes(change):
    capture = make_capture()
    set_deletion(capture)

    with pytest.raises(IntegrityError, match="What was captured never"), transaction.atomic():
        Capture.objects.filter(pk=capture.pk).update(**change)
    with pytest.raises(IntegrityError, match="What was captured never"), transaction.atomic():
        capture.delete()


def test_the_date_of_what_is_erased_stays_with_its_reason():
    deletion = set_deletion(make_capture())
    erase_due()

    with pytest.raises(IntegrityError, match="erased already"), transaction.atomic():
        deletion.delete()
    with pytest.raises(IntegrityError, match="erased already"), transaction.atomic():
        CaptureDeletion.objects.update(delete_on=FAR_OFF)


# What the app may do itself


@pytest.fixture
def granted(committed_db):
    """The grants of an installation, for the length of a test."""
    with connection.cursor() as cursor:
        apply_grants(
            cursor,
            app_role=APP,
            reader_role=READER,
            append_only=append_only_tables(),
            readable=readable_tables(),
            tables=editing_tables("default"),
            functions=functions_for_app(),
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP}, {READER}")
        cursor.execute(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {APP}, {READER}")
        cursor.execute(f"REVOKE ALL ON FUNCTION capture_erase(bigint) FROM {APP}")


@pytest.mark.usefixtures("granted")
@pytest.mark.django_db(transaction=True)
def test_the_app_changes_no_capture_and_has_one_erased_on_its_day():
    capture = make_capture()
    set_deletion(capture)
    database = connection.settings_dict
    address = {"host": database["HOST"], "port": database["PORT"], "dbname": database["NAME"]}

    with psycopg.connect(**address, user=APP, autocommit=True) as app:
        for statement in (
            "UPDATE sources_capture SET content = '', text = '', erased_at = now()",
            "DELETE FROM sources_capture",
            "UPDATE sources_capturestamp SET token = ''",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)
        erased = app.execute("SELECT capture_erase(%s)", [capture.pk]).fetchone()
    with psycopg.connect(**address, user=READER, autocommit=True) as reader:
        for statement in ("SELECT text FROM sources_capture", "SELECT capture_erase(1)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(statement)

    assert erased == (True,)
    assert Capture.objects.get().text == ""
