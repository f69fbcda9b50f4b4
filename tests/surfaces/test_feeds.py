"""Feeds: what is new and what went, as well-formed Atom, never with bare words."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ClaimTopic
from claims.presentation.atom import NEVER, Deleted, Entry, Feed, as_xml
from claims.presentation.claim import title_of
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from tests.factories import (
    make_actor,
    make_event,
    make_published_claim,
    make_ready_claim,
    make_topic,
    revise_and_publish,
    somebody,
    withhold,
)
from tests.surfaces.ledgering import NOTE, bury, publish
from tests.surfaces.reading import current

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}"


def feed_of(reader: Client, address: str) -> Any:
    response = reader.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries_of(feed: Any) -> list[dict[str, str]]:
    """The entries, each with the words of its elements, and where it leads."""
    return [
        {
            **{part.tag.removeprefix(ATOM): part.text or "" for part in entry},
            "link": entry.find(f"{ATOM}link").get("href"),
        }
        for entry in feed.findall(f"{ATOM}entry")
    ]


def deleted_in(feed: Any) -> list[tuple[str, str]]:
    return [
        (gone.get("ref"), gone.find(f"{GONE}comment").text)
        for gone in feed.findall(f"{GONE}deleted-entry")
    ]


def tag_of(claim: Claim) -> str:
    first = Publication.objects.get(subject_id=claim.public_id, version=1)
    return f"tag:testserver,{first.published_at:%Y-%m-%d}:claims/{claim.public_id}"


def test_a_claim_is_an_entry_with_who_and_both_statuses(reader: Client):
    claim = make_published_claim()
    row = current(claim)

    feed = feed_of(reader, "/feed.atom")

    [entry] = entries_of(feed)
    at = row.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    newest = Publication.objects.get(subject_id=claim.public_id)
    assert entry == {
        "id": tag_of(claim),
        "title": title_of(newest.content or {}),
        "link": f"http://testserver{row.get_absolute_url()}",
        "published": at,
        "updated": at,
        "summary": row.status_line,
        "category": "",
    }
    assert row.claimant_name in entry["title"]
    assert feed.find(f"{ATOM}updated").text == at
    assert feed.find(f"{ATOM}id").text == "http://testserver/feed.atom"
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["self", "alternate"]
    terms = [one.get("term") for one in feed.iter(f"{ATOM}category")]
    assert terms == ["reported", "unchecked"]


def test_a_correction_keeps_the_name_and_says_what_was_wrong(reader: Client):
    claim = make_published_claim()
    before = entries_of(feed_of(reader, "/feed.atom"))[0]
    revise_and_publish(claim, text="Eleven boats were counted.")

    [entry] = entries_of(feed_of(reader, "/feed.atom"))

    assert entry["id"] == before["id"]
    assert entry["published"] == before["published"]
    assert entry["content"].startswith("Corrected: Synthetic note: the text was wrong.\n\n")
    assert entry["content"].endswith(current(claim).status_line)


@pytest.mark.parametrize("kind", [PublicationKind.SUSPEND, PublicationKind.RETRACT])
def test_what_went_is_told_to_be_deleted(reader: Client, kind: PublicationKind):
    claim = make_published_claim(text="Words that are not to be read.")
    actor = claim.claimant.public_id
    bury(claim, kind)

    for address in ("/feed.atom", f"/claimants/{actor}/feed.atom"):
        feed = feed_of(reader, address)

        assert entries_of(feed) == []
        [(ref, why)] = deleted_in(feed)
        assert ref == tag_of(claim)
        assert why.endswith(f": {NOTE}")
        assert "not to be read" not in ElementTree.tostring(feed, encoding="unicode")


def test_a_redaction_is_told_in_the_feed_of_everything_alone(reader: Client):
    claim = make_published_claim()
    actor = claim.claimant.public_id
    bury(claim, PublicationKind.REDACT)

    assert [ref for ref, _ in deleted_in(feed_of(reader, "/feed.atom"))] == [tag_of(claim)]
    assert deleted_in(feed_of(reader, f"/claimants/{actor}/feed.atom")) == []


def test_each_feed_has_its_own_claims(reader: Client):
    event, topic = make_event(title="Synthetic flood"), make_topic(name="Harbours", slug="harbours")
    claim = make_ready_claim(event=event)
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=somebody())
    publish(claim)
    make_published_claim()
    actor = claim.claimant

    titles = {}
    for address in (
        f"/claimants/{actor.public_id}/feed.atom",
        f"/events/{event.public_id}/feed.atom",
        "/topics/harbours/feed.atom",
    ):
        feed = feed_of(reader, address)
        assert [entry["id"] for entry in entries_of(feed)] == [tag_of(claim)], address
        titles[address] = feed.find(f"{ATOM}title").text

    assert list(titles.values()) == [
        f"Factcheck: what {actor.name} said",
        "Factcheck: claims about Synthetic flood",
        "Factcheck: claims on Harbours",
    ]


def test_a_claim_that_is_somebody_elses_by_now_leaves_the_feed(reader: Client):
    claim = make_published_claim()
    before, after = claim.claimant, make_actor()
    revise_and_publish(claim, claimant=after)

    assert entries_of(feed_of(reader, f"/claimants/{before.public_id}/feed.atom")) == []
    assert len(entries_of(feed_of(reader, f"/claimants/{after.public_id}/feed.atom"))) == 1


def test_what_has_no_page_has_no_feed(reader: Client):
    person = make_actor(kind="person", name="Synthetic Name", is_private=True, description="a man")
    claim = publish(make_ready_claim(claimant=person))
    draft = make_ready_claim()

    for address in (
        f"/claimants/{person.public_id}/feed.atom",
        f"/claimants/{draft.claimant.public_id}/feed.atom",
        f"/events/{claim.public_id}/feed.atom",
        "/claimants/nonsense/feed.atom",
        "/topics/nothing/feed.atom",
        f"/topics/{'a' * 200}/feed.atom",
    ):
        assert reader.get(address).status_code == 404, address


def test_corrections_are_told_one_by_one(reader: Client):
    claim = make_published_claim()
    revise_and_publish(claim, text="Eleven boats were counted.")
    revise_and_publish(claim, "update", text="Ten boats were counted.")

    [entry] = entries_of(feed_of(reader, "/corrections/feed.atom"))

    assert entry["id"] == f"{tag_of(claim)}/2"
    assert entry["title"].startswith("Corrected: ")
    assert "Eleven boats" in entry["title"]
    assert entry["link"].endswith(f"/claims/{claim.public_id}/versions/2/")
    assert "Synthetic note: the text was wrong." in entry["content"]


def test_corrections_of_what_is_withheld_have_no_words(reader: Client):
    claim = make_published_claim()
    revise_and_publish(claim, text="Eleven boats were counted.")
    withhold(claim, PublicationKind.SUSPEND, note="A source asked for time.")

    feed = feed_of(reader, "/corrections/feed.atom")

    [entry] = entries_of(feed)
    assert entry["title"] == "Suspended: A claim that is not to be read here now"
    assert entry["summary"] == "Suspended: A source asked for time."
    assert deleted_in(feed) == [(f"{tag_of(claim)}/2", "Suspended: A source asked for time.")]
    assert "Eleven" not in ElementTree.tostring(feed, encoding="unicode")


def test_corrections_of_what_is_retracted_have_their_note_alone(reader: Client):
    claim = make_published_claim()
    revise_and_publish(claim, text="Eleven boats were counted.")
    withhold(claim, PublicationKind.RETRACT, note="It was another harbour.")

    retracted, corrected = entries_of(feed_of(reader, "/corrections/feed.atom"))

    assert retracted["summary"] == "Retracted: It was another harbour."
    assert corrected["title"] == "Corrected: A claim that is not to be read here now"
    assert corrected["summary"] == "Corrected: Synthetic note: the text was wrong."


def test_a_feed_is_well_formed_whatever_the_words():
    words = "a\x00b\x0bc\ufffe ]]> <b>&amp; \U0001f6a2 “12”"
    entry = Entry("tag:x,2020:1", words, "http://x/?a=1&b=2", NEVER, NEVER, words, words)
    gone = Deleted("tag:x,2020:2", NEVER, words)

    xml = as_xml(Feed(words, "http://x/", "http://x/", "en", words, "http://x/", [entry, gone]))

    feed = ElementTree.fromstring(xml)
    seen = words.replace("\x00", "\ufffd").replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd")
    assert entries_of(feed)[0]["title"] == seen
    assert deleted_in(feed) == [("tag:x,2020:2", seen)]


def test_an_empty_feed_is_one(reader: Client):
    feed = feed_of(reader, "/feed.atom")

    assert entries_of(feed) == []
    assert feed.find(f"{ATOM}updated").text == "1970-01-01T00:00:00Z"


def test_feeds_speak_the_language_of_their_address(reader: Client):
    row = current(make_published_claim())

    feed = feed_of(reader, "/uk/feed.atom")

    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "uk"
    assert entries_of(feed)[0]["link"] == f"http://testserver/uk{row.get_absolute_url()}"


def test_a_feed_is_kept_until_something_is_published(reader: Client):
    make_published_claim()
    etag = reader.get("/feed.atom")["ETag"]

    with CaptureQueriesContext(connections["public"]) as captured:
        kept = reader.get("/feed.atom", headers={"if-none-match": etag})
    asked = len(captured)
    make_published_claim()
    changed = reader.get("/feed.atom", headers={"if-none-match": etag})

    assert (kept.status_code, asked, changed.status_code) == (304, 1, 200)


@pytest.mark.parametrize("count", [1, 3])
def test_feeds_ask_a_fixed_number_of_questions(reader: Client, count: int):
    event, actor = make_event(), make_actor()
    for _ in range(count):
        claim = make_published_claim(event=event, claimant=actor)
        revise_and_publish(claim, text="Eleven boats were counted.")

    numbers = {}
    for address in (
        "/feed.atom",
        "/corrections/feed.atom",
        f"/claimants/{actor.public_id}/feed.atom",
        f"/events/{event.public_id}/feed.atom",
    ):
        with CaptureQueriesContext(connections["public"]) as captured:
            assert len(entries_of(feed_of(reader, address))) == count
        numbers[address] = len(captured)

    assert list(numbers.values()) == [3, 3, 6, 6]
