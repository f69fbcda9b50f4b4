"""The feed of changes: the ledger's bytes in their order, and null where they are withheld."""

import hashlib
import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from claims import workflow
from claims.api.changes import LIMIT, MOST, PAGE
from claims.api.examples import mirror
from claims.kinds import KINDS
from claims.published import is_withheld
from factcheck.common.roles import Role
from factcheck.ledger import feed, log
from factcheck.ledger.canonical import canonical_text
from factcheck.ledger.choices import FOLLOWS, STATE_AFTER, PublicationKind, PublicState
from factcheck.ledger.models import Publication
from factcheck.ledger.records import time_text
from factcheck.ledger.subjects import Subject
from sources import workflow as subjects
from tests.factories import make_actor, make_published_claim, make_user, revise_and_publish
from tests.ledger.conftest import draft_of

CHANGES = "/api/v1/changes/"
NOTE = "Synthetic note."
SUCCESSOR = Subject("actor", "0act0r0009")

database = pytest.mark.django_db


def results(reader: Client, **query: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = reader.get(CHANGES, query).json()["results"]
    return found


def told(publication: Publication, *, record: str | None = None) -> str:
    """A change as the feed should print it."""
    return (
        f'{{"seq":{publication.seq},"kind":"{publication.kind}"'
        f',"subject":"{publication.subject_kind}","id":"{publication.subject_id}"'
        f',"version":{publication.version},"published_at":"{time_text(publication.published_at)}"'
        f',"sha256":"{publication.record_sha256}","record":{record or publication.record}}}'
    )


def page(changes: list[str], *, next_after: int, head: int) -> bytes:
    text = ",".join(changes)
    return f'{{"results":[{text}],"next_after":{next_after},"head":{head}}}'.encode()


# What is in it


@database
def test_every_publication_of_every_kind_stands_there_in_its_order_as_it_was_logged(
    reader: Client,
):
    claim = revise_and_publish(make_published_claim(), text="Thirteen boats were counted.")
    workflow.retract(claim, by=make_user(Role.EDITOR), note=NOTE)
    rows = list(Publication.objects.order_by("seq"))

    response = reader.get(CHANGES)

    Draft202012Validator(PAGE).validate(response.json())
    assert {row.subject_kind for row in rows} == {"actor", "source", "claim"}
    assert [row.kind for row in rows][-3:] == ["publish", "correct", "retract"]
    head = rows[-1].seq
    assert response.content == page([told(row) for row in rows], next_after=head, head=head)
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Access-Control-Allow-Origin"] == "*"


@database
def test_nothing_published_yet_is_an_empty_page(reader: Client):
    assert reader.get(CHANGES).content == page([], next_after=0, head=0)


@database
def test_pages_lead_from_one_to_the_next_until_the_head(reader: Client):
    make_published_claim()
    rows = list(Publication.objects.order_by("seq"))
    head = rows[-1].seq

    pages, after = [], 0
    while after < head:
        pages.append(reader.get(CHANGES, {"after": after, "limit": 2}).content)
        after = json.loads(pages[-1])["next_after"]

    assert head == 3
    assert pages == [
        page([told(rows[0]), told(rows[1])], next_after=2, head=head),
        page([told(rows[2])], next_after=3, head=head),
    ]


@database
@pytest.mark.parametrize("beyond", [0, 1, 2**53 - 1 - 3])
def test_whoever_has_everything_is_sent_nothing_and_keeps_the_place(reader: Client, beyond: int):
    make_published_claim()

    response = reader.get(CHANGES, {"after": 3 + beyond})

    assert response.content == page([], next_after=3 + beyond, head=3)


@database
def test_a_page_ends_before_it_grows_too_heavy_but_has_one_change_at_least(
    reader: Client, monkeypatch: pytest.MonkeyPatch
):
    make_published_claim()
    rows = list(Publication.objects.order_by("seq"))
    two = len(rows[0].record.encode()) + len(rows[1].record.encode())

    sizes = []
    for bound in (1, two - len(rows[1].record.encode()), two, two + 1):
        monkeypatch.setattr(feed, "MOST_BYTES", bound)
        sizes.append(len(results(reader)))

    assert sizes == [1, 1, 2, 3]


# What is withheld


@database
def test_what_was_suspended_is_null_until_it_is_restored(reader: Client):
    claim = make_published_claim(text="Twelve boats were counted.")
    workflow.suspend(claim, by=make_user(Role.EDITOR), note=NOTE)
    suspended = reader.get(CHANGES)
    workflow.restore(claim, by=make_user(Role.EDITOR), note=NOTE)
    restored = reader.get(CHANGES)

    rows = list(Publication.objects.order_by("seq"))
    assert [row.kind for row in rows][-3:] == ["publish", "suspend", "restore"]
    [*others, publish, suspend, _] = rows
    assert suspended.content == page(
        [*map(told, others), told(publish, record="null"), told(suspend)],
        next_after=suspend.seq,
        head=suspend.seq,
    )
    assert b"boats" not in suspended.content
    assert restored.content == page(
        [told(row) for row in rows], next_after=len(rows), head=len(rows)
    )


@database
def test_what_was_redacted_is_null_for_ever_and_the_order_to_delete_follows(reader: Client):
    claim = revise_and_publish(make_published_claim(), text="A canarybird was counted.")
    workflow.redact(claim, by=make_user(Role.ADMINISTRATOR), note=NOTE)

    response = reader.get(CHANGES)

    own = [change for change in response.json()["results"] if change["subject"] == "claim"]
    rows = Publication.objects.filter(subject_kind="claim").order_by("seq")
    assert b"canarybird" not in response.content
    assert [change["record"] for change in own[:2]] == [None, None]
    assert own[2]["record"]["note"] == NOTE
    assert [change["sha256"] for change in own] == [row.record_sha256 for row in rows]


def histories(length: int) -> list[list[PublicationKind]]:
    """Every way in which a subject's publications can follow each other."""
    found: list[list[PublicationKind]] = [[]]
    for history in found:
        state = STATE_AFTER[history[-1]] if history else PublicState.NEVER
        if len(history) < length:
            found += [[*history, kind] for kind in sorted(FOLLOWS[state])]
    return found[1:]


@database
def test_a_record_is_null_exactly_where_its_own_address_withholds_it(reader: Client):
    by = User.objects.create(username="synthetic")
    drafts = [draft_of(SUCCESSOR)]
    ways = histories(5)
    for number, history in enumerate(ways):
        for kind in history:
            more = {"successor": SUCCESSOR} if kind == PublicationKind.MERGE else {}
            drafts.append(draft_of(Subject("actor", f"0act{number:06}"), kind, **more))
    with transaction.atomic():
        log.append(drafts, by=by)

    null, after, head = set(), 0, len(drafts)
    while after < head:
        answer = reader.get(CHANGES, {"after": after, "limit": MOST}).json()
        null |= {change["seq"] for change in answer["results"] if change["record"] is None}
        after = answer["next_after"]

    withheld = set()
    for number in range(len(ways)):
        versions = list(log.versions(Subject("actor", f"0act{number:06}")))
        withheld |= {version.seq for version in versions if is_withheld(version, versions)}
    assert len(withheld) > 100
    assert null == withheld


@database
def test_nobody_who_is_private_is_named(reader: Client):
    person = make_actor(
        kind="person", is_private=True, name="Canary Bird", description="a synthetic witness"
    )
    subjects.send_subject(person, PublicationKind.PUBLISH, kinds=KINDS, by=make_user(Role.EDITOR))

    response = reader.get(CHANGES)

    assert b"a synthetic witness" in response.content
    assert b"Canary" not in response.content


# Polling


@database
def test_whoever_has_the_page_is_told_so_after_one_query_until_something_is_published(
    reader: Client,
):
    make_published_claim()
    etag = reader.get(CHANGES)["ETag"]

    with CaptureQueriesContext(connections["public"]) as asked:
        kept = reader.get(CHANGES, headers={"if-none-match": etag})
        number = len(asked)
    make_published_claim()
    news = reader.get(CHANGES, headers={"if-none-match": etag})

    assert (kept.status_code, kept.content, kept["ETag"]) == (304, b"", etag)
    assert kept["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Content-Type" not in kept.headers
    assert number == 1
    assert (news.status_code, len(news.json()["results"])) == (200, 6)
    assert news["ETag"] != etag


@database
def test_each_page_has_an_etag_of_its_own(reader: Client):
    make_published_claim()

    etags = {reader.get(CHANGES, {"after": after})["ETag"] for after in range(4)}

    assert len(etags) == 4


@database
@pytest.mark.parametrize("limit", [1, 3])
def test_a_page_takes_one_query(reader: Client, limit: int):
    make_published_claim()

    with CaptureQueriesContext(connections["public"]) as asked:
        assert len(results(reader, limit=limit)) == limit

    assert len(asked) == 1


# What it refuses


@database
@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("after=-1", "after"),
        ("after=x", "after"),
        ("after=", "after"),
        ("after=9007199254740992", "after"),
        ("after=" + "9" * 5_000, "after"),
        ("after=%D9%A3", "after"),
        ("after=1&after=2", "after"),
        ("after=%00", "after"),
        ("limit=0", "limit"),
        (f"limit={MOST + 1}", "limit"),
        ("limit=1.5", "limit"),
        ("since=1", "since"),
    ],
)
def test_what_is_no_place_or_no_number_is_refused_by_name(reader: Client, query: str, name: str):
    response = reader.generic("GET", CHANGES, QUERY_STRING=query)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    if "%00" not in query:
        assert [error["parameter"] for error in response.json()["errors"]] == [name]


def test_there_is_a_bound_to_what_is_asked_for_and_a_smaller_default():
    assert (LIMIT, MOST) == (100, 1_000)


# The bytes again


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
names = st.text(st.characters(codec="ascii", min_codepoint=1))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(names, inner),
)


@given(values)
def test_what_python_reads_of_a_record_it_writes_again_byte_for_byte(value: Any):
    text = canonical_text(value)

    assert mirror.CANONICAL.encode(json.loads(text)) == text


@database
def test_records_of_the_feed_give_their_bytes_and_hashes_again(reader: Client):
    make_published_claim(text="Дванадцять “boats”\n\t\x7f \u2028 🛥 were counted.")

    for change in results(reader):
        again = mirror.CANONICAL.encode(change["record"]).encode()
        assert again == Publication.objects.get(seq=change["seq"]).record.encode()
        assert hashlib.sha256(again).hexdigest() == change["sha256"]
