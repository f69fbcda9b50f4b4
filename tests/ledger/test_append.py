import json
import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from factcheck.common.errors import Conflict, InvalidInput, NotReady
from factcheck.ledger import log
from factcheck.ledger.canonical import canonical_text, sha256_hex
from factcheck.ledger.choices import PublicationKind, PublicState, SubjectKind
from factcheck.ledger.models import Decision, Head, Mention, Publication
from factcheck.ledger.records import content_hash, review_hash, time_text
from factcheck.ledger.subjects import Subject
from tests.ledger.conftest import ACTOR, CLAIM, CONTENT_SCHEMA, OTHER_CLAIM, SOURCE, draft_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def test_the_record_is_the_canonical_json_of_the_whole_envelope(publish):
    publication = publish(CLAIM, others_words=("/text",))

    record = json.loads(publication.record)
    salt = record.pop("salt")
    assert re.fullmatch("[0-9a-f]{32}", salt)
    assert record == {
        "schema": 1,
        "seq": 1,
        "subject": {"kind": "claim", "id": "0c1a1m0001"},
        "version": 1,
        "publication": "publish",
        "published_at": time_text(publication.published_at),
        "note": None,
        "successor": None,
        "methodology": "2026-11-22",
        "rights": {"ours": "CC-BY-4.0", "others_words": ["/text"]},
        "content": {"text": "We hit the target."},
    }
    assert publication.record == canonical_text({**record, "salt": salt})
    assert publication.record_bytes == publication.record.encode()
    assert publication.record_sha256 == sha256_hex(publication.record)
    assert publication.content == {"text": "We hit the target."}


def test_the_entry_is_one_line_without_free_text(publish):
    publication = publish(CLAIM)

    assert publication.entry == (
        f'{{"decision_sha256":"{publication.decision.body_sha256}","kind":"publish",'
        f'"record_sha256":"{publication.record_sha256}","seq":1,'
        f'"subject":{{"id":"0c1a1m0001","kind":"claim"}},'
        f'"time":"{time_text(publication.published_at)}","version":1}}'
    )


def test_the_decision_says_who_did_what(publish, by):
    publication = publish(
        CLAIM,
        action="publish",
        stage_from="approved",
        stage_to="settled",
        content_hash="a" * 64,
        private_note="Checked by telephone.",
    )

    decision = Decision.objects.get()
    assert decision == publication.decision
    assert decision.at == publication.published_at
    assert json.loads(decision.body) == {
        "subject": {"kind": "claim", "id": "0c1a1m0001"},
        "action": "publish",
        "from": "approved",
        "to": "settled",
        "by": {"id": by.pk, "username": "olena"},
        "at": time_text(decision.at),
        "note": "Checked by telephone.",
        "content_hash": "a" * 64,
        "salt": decision.salt,
    }
    assert decision.body == canonical_text(json.loads(decision.body))
    assert decision.body_sha256 == sha256_hex(decision.body)
    assert "telephone" not in publication.record + publication.entry


def test_what_append_returns_is_what_is_stored(publish):
    publish(ACTOR)
    publication = publish(CLAIM, mentions=frozenset({ACTOR}))

    stored = Publication.objects.get(seq=2)
    fields = [field.attname for field in Publication._meta.concrete_fields]
    assert [getattr(stored, name) for name in fields] == [
        getattr(publication, name) for name in fields
    ]


def test_a_batch_goes_out_in_its_order_at_one_time(by):
    drafts = [draft_of(ACTOR), draft_of(CLAIM, mentions=frozenset({ACTOR})), draft_of(SOURCE)]

    with transaction.atomic():
        publications = log.append(drafts, by=by)

    assert [publication.seq for publication in publications] == [1, 2, 3]
    assert [publication.subject for publication in publications] == [ACTOR, CLAIM, SOURCE]
    assert {publication.published_at for publication in publications} == {Head.objects.get().at}
    assert Head.objects.get().seq == 3


def test_the_number_of_queries_does_not_grow_with_the_batch(by, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(4):
        log.append([draft_of(ACTOR)], by=by)
    with transaction.atomic(), django_assert_num_queries(5):
        log.append(
            [draft_of(CLAIM, mentions=frozenset({ACTOR})), draft_of(SOURCE), draft_of(OTHER_CLAIM)],
            by=by,
        )


def test_nothing_to_publish_takes_no_place(by, django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(0):
        assert log.append([], by=by) == []


def test_versions_count_per_subject_and_places_over_all(publish):
    publish(CLAIM)
    publish(ACTOR)
    publish(CLAIM, "update")
    publish(CLAIM, "suspend")

    assert list(Publication.objects.values_list("seq", "subject_id", "version")) == [
        (1, CLAIM.id, 1),
        (2, ACTOR.id, 1),
        (3, CLAIM.id, 2),
        (4, CLAIM.id, 3),
    ]
    assert [publication.kind for publication in log.versions(CLAIM)] == [
        "publish",
        "update",
        "suspend",
    ]


def test_one_subject_may_appear_twice_in_a_batch(by):
    with transaction.atomic():
        publications = log.append([draft_of(CLAIM), draft_of(CLAIM, "retract")], by=by)

    assert [publication.version for publication in publications] == [1, 2]


def test_a_tombstone_says_why_and_nothing_else(publish):
    publish(CLAIM)
    publish(OTHER_CLAIM)

    merged = publish(CLAIM, "merge", successor=OTHER_CLAIM, note="They were one claim.")

    record = json.loads(merged.record)
    assert "content" not in record
    assert record["note"] == "They were one claim."
    assert record["successor"] == {"kind": "claim", "id": "0c1a1m0002"}
    assert merged.content is None
    assert Mention.objects.count() == 0


def test_two_records_of_the_same_content_have_hashes_of_their_own(publish):
    first = publish(CLAIM)
    second = publish(OTHER_CLAIM)

    assert first.content == second.content
    assert json.loads(first.record)["salt"] != json.loads(second.record)["salt"]
    assert content_hash(first.content) == content_hash(second.content)


STATES = {
    "never": [],
    "live": ["publish"],
    "live again": ["publish", "suspend", "restore"],
    "suspended": ["publish", "suspend"],
    "retracted": ["publish", "retract"],
    "merged": ["publish", "merge"],
    "redacted": ["publish", "redact"],
}
ALLOWED = {
    "never": {"publish"},
    "live": {"update", "correct", "suspend", "retract", "merge", "redact"},
    "live again": {"update", "correct", "suspend", "retract", "merge", "redact"},
    "suspended": {"restore", "retract", "redact"},
    "retracted": {"restore", "redact"},
    "merged": {"restore", "redact"},
    "redacted": set(),
}


@pytest.mark.parametrize("kind", PublicationKind.values)
@pytest.mark.parametrize("state", STATES)
def test_a_kind_follows_only_a_public_state_that_allows_it(publish, state, kind):
    publish(OTHER_CLAIM)
    for step in STATES[state]:
        publish(CLAIM, step, successor=OTHER_CLAIM if step == "merge" else None)
    successor = OTHER_CLAIM if kind == "merge" else None

    if kind in ALLOWED[state]:
        publish(CLAIM, kind, successor=successor)
    else:
        with pytest.raises(Conflict, match="its public state is now “"):
            publish(CLAIM, kind, successor=successor)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], PublicState.NEVER),
        (["publish", "update"], PublicState.LIVE),
        (["publish", "suspend"], PublicState.SUSPENDED),
        (["publish", "redact"], PublicState.REDACTED),
        (["publish", "retract", "restore"], PublicState.LIVE),
    ],
)
def test_the_public_state_is_that_of_the_newest_publication(publish, steps, expected):
    for step in steps:
        publish(CLAIM, step)

    assert log.public_state(log.newest([CLAIM]).get(CLAIM)) == expected


def test_newest_answers_for_many_subjects_in_one_query(publish, django_assert_num_queries):
    publish(CLAIM)
    publish(ACTOR)
    publish(CLAIM, "update")

    with django_assert_num_queries(1):
        newest = log.newest([CLAIM, ACTOR, SOURCE])

    assert {subject: publication.seq for subject, publication in newest.items()} == {
        CLAIM: 3,
        ACTOR: 2,
    }
    with django_assert_num_queries(0):
        assert log.newest([]) == {}


def test_live_mentions_are_those_of_the_newest_live_records(publish):
    publish(ACTOR)
    publish(CLAIM, mentions=frozenset({ACTOR}))
    publish(OTHER_CLAIM, mentions=frozenset({ACTOR}))
    publish(SOURCE, mentions=frozenset({ACTOR}))

    publish(CLAIM, "update")
    publish(SOURCE, "retract")

    assert [publication.subject for publication in log.live_mentions(ACTOR)] == [OTHER_CLAIM]
    assert list(log.live_mentions(OTHER_CLAIM)) == []


def test_what_is_mentioned_must_be_public_or_go_out_with_it(publish):
    with pytest.raises(NotReady) as caught:
        publish(CLAIM, mentions=frozenset({ACTOR, SOURCE}))

    assert caught.value.reasons == [
        "The actor 0act0r0001 is mentioned and was never published.",
        "The source 0s0vrce001 is mentioned and was never published.",
    ]
    assert Head.objects.get().seq == 0


def test_a_successor_must_be_public(publish):
    publish(CLAIM)

    with pytest.raises(NotReady):
        publish(CLAIM, "merge", successor=OTHER_CLAIM)


@pytest.mark.parametrize(
    ("kind", "changes", "error"),
    [
        ("publish", {"content": {"text": ""}}, InvalidInput),
        ("publish", {"content": {"text": "a", "verdict": "false"}}, InvalidInput),
        ("publish", {"content": {"text": "a", "on": "yesterday"}}, InvalidInput),
        ("publish", {"content": {"text": "a\0b"}}, ValueError),
        ("publish", {"content": None, "schema": None}, ValueError),
        ("publish", {"schema": None}, ValueError),
        ("publish", {"mentions": frozenset({CLAIM})}, ValueError),
        ("publish", {"successor": OTHER_CLAIM}, InvalidInput),
        ("publish", {"subject": Subject("claim", "short")}, InvalidInput),
        ("publish", {"subject": Subject("topic", "0c1a1m0001")}, InvalidInput),
        ("update", {"note": " \n"}, InvalidInput),
        ("suspend", {"note": ""}, InvalidInput),
        ("suspend", {"mentions": frozenset({ACTOR})}, ValueError),
        ("suspend", {"others_words": ("/text",)}, ValueError),
        ("suspend", {"content": {"text": "a"}, "schema": CONTENT_SCHEMA}, ValueError),
        ("merge", {}, InvalidInput),
        ("merge", {"successor": CLAIM}, ValueError),
        ("merge", {"successor": ACTOR}, ValueError),
        ("suspend", {"successor": OTHER_CLAIM}, InvalidInput),
        ("retract", {"successor": OTHER_CLAIM}, InvalidInput),
    ],
)
def test_a_bad_draft_is_refused_before_anything_is_asked_or_locked(by, kind, changes, error):
    drafts = [draft_of(ACTOR), draft_of(**{"subject": CLAIM, "kind": kind, **changes})]

    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        with pytest.raises(error):
            log.append(drafts, by=by)
        assert len(queries) == 0

    assert Publication.objects.count() == 0


def test_a_kind_that_does_not_exist_is_no_draft():
    with pytest.raises(ValueError, match="unpublish"):
        draft_of(CLAIM, "unpublish")


def test_a_decision_without_a_publication_is_dated_now(by):
    before = Head.objects.get().at

    with transaction.atomic():
        decision = log.decide(
            subject=CLAIM, action="submit", by=by, stage_from="draft", stage_to="in_review"
        )

    stored = Decision.objects.get()
    assert stored == decision
    assert json.loads(stored.body)["to"] == "in_review"
    assert stored.body_sha256 == sha256_hex(stored.body)
    assert before < stored.at < before + timedelta(days=1)
    assert Head.objects.get().seq == 0


def test_the_review_hash_is_of_the_content_and_all_it_mentions():
    content = {"text": "We hit the target."}
    hashes = {ACTOR: "a" * 64, SOURCE: "b" * 64}
    pinned = review_hash(content, hashes)

    assert review_hash(dict(content), dict(reversed(hashes.items()))) == pinned
    assert review_hash({"text": "We missed."}, hashes) != pinned
    assert review_hash(content, {**hashes, SOURCE: "c" * 64}) != pinned
    assert review_hash(content, {ACTOR: "a" * 64}) != pinned
    assert review_hash(content, {**hashes, OTHER_CLAIM: "d" * 64}) != pinned
    assert pinned == sha256_hex(
        '{"content":{"text":"We hit the target."},"mentions":'
        f'[["actor","0act0r0001","{"a" * 64}"],["source","0s0vrce001","{"b" * 64}"]]}}'
    )


def test_a_subject_is_the_same_however_its_kind_is_written():
    assert {Subject(SubjectKind.CLAIM, "0c1a1m0001")} == {Subject("claim", "0c1a1m0001")}


@pytest.mark.django_db(transaction=True)
def test_the_ledger_is_written_in_a_transaction_only(committed_db, by):
    with pytest.raises(TransactionManagementError):
        log.append([draft_of(CLAIM)], by=by)
    with pytest.raises(TransactionManagementError):
        log.decide(subject=CLAIM, action="submit", by=by)

    assert Decision.objects.count() == 0
