"""The rules of a new row, in the database: the right row goes in, each wrong one is refused.

Every wrong row is wrong in one thing, and the rest of it says the same, so that no other rule
stands in for the one that is tested.
"""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from factcheck.ledger import log
from factcheck.ledger.canonical import canonical_text, sha256_hex
from factcheck.ledger.drafts import decision_of, publication_of
from factcheck.ledger.models import Decision, Mention, Publication
from factcheck.ledger.records import Place, entry_text
from tests.ledger.conftest import ACTOR, CLAIM, OTHER_CLAIM, SOURCE, draft_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SALT = "0" * 32


def insert(row):
    """The row as it is, in SQL, past every check in Python."""
    fields = [
        field for field in row._meta.concrete_fields if getattr(row, field.attname) is not None
    ]
    columns = ", ".join(field.column for field in fields)
    values = ", ".join(["%s"] * len(fields))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({columns}) VALUES ({values})",
            [getattr(row, field.attname) for field in fields],
        )


def name_of_refusal(row):
    with pytest.raises(IntegrityError) as caught:
        insert(row)
    return caught.value.__cause__.diag.constraint_name


# Publications: the second version of a claim that is live, in the third place


@pytest.fixture
def place(publish):
    publish(CLAIM)
    publish(ACTOR)
    with transaction.atomic():
        seq, at = log.take_places(1)
        yield Place(seq=seq, version=2, at=at)
        # Most of these tests leave the place empty, which must not be committed.
        transaction.set_rollback(True)


@pytest.fixture
def row(by, place):
    """A function that makes the row, of another draft or in another place."""

    def make(draft=None, *, decided=CLAIM, **other_place):
        decision = decision_of(
            subject=decided,
            action="update",
            by=by,
            at=place.at,
            note="",
            stage_from="",
            stage_to="",
            content_hash="",
        )
        decision.save()
        draft = draft or draft_of(CLAIM, "update")
        return publication_of(
            draft, place=replace(place, **other_place), salt=SALT, decision=decision
        )

    return make


def test_the_right_publication_goes_in(row):
    insert(row())

    assert Publication.objects.get(seq=3).version == 2


@pytest.mark.parametrize("seq", [1, 2, 4, 2**53 - 1])
def test_a_publication_takes_the_next_place(row, seq):
    assert name_of_refusal(row(seq=seq)) == "ledger_publication_seq_has_no_gap"


def test_a_publication_takes_only_a_place_that_the_head_gave_out(row):
    insert(row())

    fourth = row(draft_of(ACTOR, "update"), decided=ACTOR, seq=4)
    assert name_of_refusal(fourth) == "ledger_publication_seq_has_no_gap"


def test_a_temporary_table_is_not_taken_for_the_ledger(row):
    insert(row())
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE ledger_head ON COMMIT DROP AS TABLE ledger_head")
        cursor.execute("UPDATE pg_temp.ledger_head SET seq = 100")

    fourth = row(draft_of(ACTOR, "update"), decided=ACTOR, seq=4)
    assert name_of_refusal(fourth) == "ledger_publication_seq_has_no_gap"


@pytest.mark.parametrize("moved", [timedelta(microseconds=1), -timedelta(microseconds=1)])
def test_a_publication_has_the_time_of_the_head(row, place, moved):
    assert name_of_refusal(row(at=place.at + moved)) == "ledger_publication_time_is_the_heads"


@pytest.mark.parametrize("version", [0, 1, 3])
def test_a_publication_is_the_next_version(row, version):
    assert name_of_refusal(row(version=version)) == "ledger_publication_version_has_no_gap"


@pytest.mark.parametrize("kind", ["publish", "restore"])
def test_a_publication_follows_what_was_public(row, kind):
    draft = draft_of(CLAIM, kind)

    assert name_of_refusal(row(draft)) == "ledger_publication_kind_follows"


def test_the_first_publication_is_a_publish(row):
    draft = draft_of(OTHER_CLAIM, "update")

    refusal = name_of_refusal(row(draft, decided=OTHER_CLAIM, version=1))
    assert refusal == "ledger_publication_kind_follows"


@pytest.mark.parametrize("note", ["", " \n"])
def test_every_publication_but_the_first_says_what_changed(row, note):
    draft = draft_of(CLAIM, "update", note=note)

    assert name_of_refusal(row(draft)) == "ledger_publication_says_what_changed"


def test_a_publication_rests_on_a_decision_of_its_subject(row):
    assert name_of_refusal(row(decided=ACTOR)) == "ledger_publication_decision_is_its_own"


def test_a_decision_publishes_once(row):
    with transaction.atomic():
        insert(row())
        decision = Publication.objects.get(seq=3).decision
        seq, at = log.take_places(1)
        place = Place(seq=seq, version=3, at=at)
        draft = draft_of(CLAIM, "update")
        again = publication_of(draft, place=place, salt=SALT, decision=decision)

        assert name_of_refusal(again) == "ledger_publication_decision_id_key"
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "field", ["seq", "version", "publication", "published_at", "note", "subject"]
)
def test_a_record_says_what_its_row_says(row, field):
    right, other = row(), {"subject": ACTOR.as_json(), "note": "Another."}.get(field, 7)

    wrong = with_record(right, {field: other})
    assert name_of_refusal(wrong) == "ledger_publication_record_describes_it"


def test_only_a_tombstone_has_no_content(row):
    live = row()
    record = as_values(live)
    del record["content"]
    assert name_of_refusal(with_text(live, record)) == "ledger_publication_record_describes_it"

    tombstone = with_record(row(draft_of(CLAIM, "retract")), {"content": {"text": "Here."}})
    assert name_of_refusal(tombstone) == "ledger_publication_record_describes_it"


def test_the_hash_is_that_of_the_record(row):
    wrong = row()
    right_hash, wrong.record_sha256 = wrong.record_sha256, "0" * 64
    wrong.entry = wrong.entry.replace(right_hash, wrong.record_sha256)

    assert name_of_refusal(wrong) == "ledger_publication_hash_is_records"


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "correct"},
        {"record_sha256": "0" * 64},
        {"decision_sha256": "0" * 64},
        {"subject": ACTOR},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_entry_says_what_its_row_says(row, place, change):
    wrong = row()
    said = {
        "place": place,
        "subject": CLAIM,
        "kind": "update",
        "record_sha256": wrong.record_sha256,
        "decision_sha256": wrong.decision.body_sha256,
    }
    wrong.entry = entry_text(**said | change)

    assert name_of_refusal(wrong) == "ledger_publication_entry_describes_it"


@pytest.mark.parametrize("added", [" ", "\n"])
def test_an_entry_is_the_exact_line(row, added):
    wrong = row()
    wrong.entry += added

    assert name_of_refusal(wrong) == "ledger_publication_entry_describes_it"


def as_values(publication):
    return json.loads(publication.record)


def with_record(publication, changes):
    return with_text(publication, {**as_values(publication), **changes})


def with_text(publication, record):
    """The row with another record, its hash and the entry right for that record."""
    old = publication.record_sha256
    publication.record = canonical_text(record)
    publication.record_sha256 = sha256_hex(publication.record)
    publication.entry = publication.entry.replace(old, publication.record_sha256)
    return publication


# What stands in its place


@pytest.mark.parametrize("kind", ["merge", "redact"])
def test_a_successor_is_live(row, publish, kind):
    draft = draft_of(CLAIM, kind, successor=OTHER_CLAIM)

    assert name_of_refusal(row(draft)) == "ledger_publication_successor_is_live"


def test_a_successor_is_what_the_record_says(row):
    merged = row(draft_of(CLAIM, "redact"))
    merged.successor_id = OTHER_CLAIM.id

    assert name_of_refusal(merged) == "ledger_publication_record_describes_it"


def test_a_record_does_not_name_a_successor_that_the_row_hides(row):
    merged = row(draft_of(CLAIM, "redact", successor=OTHER_CLAIM))
    merged.successor_id = ""

    assert name_of_refusal(merged) == "ledger_publication_record_describes_it"


def test_a_merge_has_a_successor(row):
    merged = row(draft_of(CLAIM, "merge", successor=None))

    assert name_of_refusal(merged) == "ledger_publication_merge_has_a_successor"


def test_no_row_comes_in_erased(row):
    erased = row()
    erased.record = ""

    with pytest.raises(DatabaseError):
        insert(erased)


# Mentions


def test_a_mention_goes_out_with_its_publication_only(publish):
    publish(ACTOR)
    earlier = publish(CLAIM)
    newest = publish(OTHER_CLAIM)

    insert(mention(newest, ACTOR))
    late = mention(earlier, ACTOR)
    assert name_of_refusal(late) == "ledger_mention_goes_out_with_its_publication"


def test_a_mention_is_of_something_published(publish):
    newest = publish(CLAIM)

    refusal = name_of_refusal(mention(newest, SOURCE))
    assert refusal == "ledger_mention_is_of_something_published"


def test_a_subject_is_mentioned_once_in_a_publication(publish):
    publish(ACTOR)
    newest = publish(CLAIM, mentions=frozenset({ACTOR}))

    assert name_of_refusal(mention(newest, ACTOR)) == "ledger_mention_once_in_a_publication"


def mention(publication, subject):
    return Mention(publication=publication, subject_kind=subject.kind, subject_id=subject.id)


# Decisions


@pytest.fixture
def decision(by):
    """A decision that was not stored yet, right in everything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [at] = cursor.fetchone()

    def make(**changes):
        said = {
            "subject": CLAIM,
            "action": "submit",
            "by": by,
            "at": at,
            "note": "Two sources.",
            "stage_from": "draft",
            "stage_to": "in_review",
            "content_hash": "a" * 64,
        }
        return decision_of(**said | changes)

    make.at = at
    return make


def test_the_right_decision_goes_in(decision):
    insert(decision())
    insert(decision(content_hash="", note="", stage_from="", stage_to=""))

    assert Decision.objects.count() == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("subject_kind", "actor"),
        ("subject_id", "0c1a1m0002"),
        ("action", "approve"),
        ("stage_from", "in_review"),
        ("stage_to", "approved"),
        ("note", ""),
        ("content_hash", "b" * 64),
        ("salt", "0" * 32),
    ],
)
def test_a_decision_changes_nothing_that_its_body_does_not_say(decision, column, value):
    wrong = decision()
    setattr(wrong, column, value)

    assert name_of_refusal(wrong) == "ledger_decision_body_describes_it"


def test_a_decision_is_of_the_person_that_its_body_names(decision, django_user_model):
    wrong = decision()
    wrong.by = django_user_model.objects.create_user("marta")

    assert name_of_refusal(wrong) == "ledger_decision_body_describes_it"


@pytest.mark.parametrize("body", ['{"action":"submit"}', "null", '"submit"', "{}"])
def test_a_body_that_says_less_is_refused(decision, body):
    wrong = decision()
    wrong.body, wrong.body_sha256 = body, sha256_hex(body)

    assert name_of_refusal(wrong) == "ledger_decision_body_describes_it"


def test_a_body_names_the_person(decision):
    wrong = decision()
    wrong.body = wrong.body.replace(',"username":"olena"', "")
    wrong.body_sha256 = sha256_hex(wrong.body)

    assert name_of_refusal(wrong) == "ledger_decision_body_describes_it"


def test_the_hash_of_a_decision_is_that_of_its_body(decision):
    wrong = decision()
    wrong.body_sha256 = "0" * 64

    assert name_of_refusal(wrong) == "ledger_decision_hash_is_bodys"


@pytest.mark.parametrize("moved", [-timedelta(days=1), timedelta(days=1)])
def test_a_decision_is_dated_when_it_is_taken(decision, moved):
    assert name_of_refusal(decision(at=decision.at + moved)) == "ledger_decision_is_dated_now"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"subject": replace(CLAIM, kind="topic")}, "ledger_decision_has_a_subject"),
        ({"subject": replace(CLAIM, id="0c1a1m000")}, "ledger_decision_has_a_subject"),
        ({"subject": replace(CLAIM, id="0C1A1M0001")}, "ledger_decision_has_a_subject"),
        ({"action": ""}, "ledger_decision_has_an_action"),
        ({"content_hash": "abc"}, "ledger_decision_content_hash_is_one"),
    ],
)
def test_a_decision_is_well_formed(decision, changes, name):
    assert name_of_refusal(decision(**changes)) == name


def test_a_decision_is_salted(decision):
    wrong = decision()
    wrong.body = wrong.body.replace(wrong.salt, "pepper")
    wrong.salt, wrong.body_sha256 = "pepper", sha256_hex(wrong.body)

    assert name_of_refusal(wrong) == "ledger_decision_is_salted"
