"""Lists of actors, sources, events, topics and documents for programs."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from claims.models import ClaimTopic, PublicEvent
from factcheck.public_side import rebuild
from sources.models import PublicActor, PublicSource
from tests.claims.mergers import live, merge
from tests.factories import (
    make_actor,
    make_capture,
    make_document,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_source,
    make_topic,
    somebody,
    withhold,
)
from tests.surfaces.ledgering import publish
from tests.surfaces.listing import make_claim_on, make_named_actor
from tests.surfaces.people_rich import make_people

pytestmark = pytest.mark.django_db

API = "/api/v1/"
ACTORS, SOURCES, EVENTS = f"{API}claimants/", f"{API}sources/", f"{API}events/"


def ids(reader: Client, address: str, **query: Any) -> list[str]:
    response = reader.get(address, query)
    assert response.status_code == 200, response.content.decode()
    return [one["id"] for one in response.json()["results"]]


def refused(reader: Client, address: str, **query: Any) -> list[str]:
    response = reader.get(address, query)
    assert response.status_code == 400, response.content.decode()
    return [error["parameter"] for error in response.json()["errors"]]


def walk(reader: Client, address: str | None, way: str) -> Iterator[list[str]]:
    while address:
        answer = reader.get(address).json()
        yield [one["id"] for one in answer["results"]]
        address = answer[way]


# Lists of subjects


def test_actor_is_told_with_names_and_control(reader: Client):
    people = make_people(claims=1)
    office = people.office

    [told] = reader.get(ACTORS, {"q": "Harbour Office"}).json()["results"]

    row = PublicActor.objects.get(public_id=office.public_id)
    record = reader.get(f"{ACTORS}{office.public_id}/").json()
    assert told == {
        "id": office.public_id,
        "version": 1,
        "seq": row.seq,
        "published_at": record["published_at"],
        "sha256": told["sha256"],
        "path": f"/claimants/{office.public_id}/harbour-office-of-exampleton/",
        "kind": "government-body",
        "name": "Harbour Office of Exampleton",
        "description": "the office that counts boats",
        "names": record["content"]["names"],
        "wikidata_id": "Q4115189",
        "controls": [
            {
                "parent": {"id": people.city.public_id, "name": "City of Exampleton"},
                "held_from": "2019-01-01",
                "held_until": None,
            }
        ],
    }
    assert reader.get(told["path"]).status_code == 200


@pytest.mark.parametrize("q", ["Prykladova", "prykl", "Аміна Прикл", '"Amina Prykladova"'])
def test_actors_are_found_by_their_names_in_every_script(reader: Client, q: str):
    actor = make_named_actor("Amina Prykladova", ("uk", "Аміна Прикладова"), kind="person")
    live(actor)
    live(make_actor())

    assert ids(reader, ACTORS, q=q) == [actor.public_id]
    assert ids(reader, ACTORS, kind="person") == [actor.public_id]


def test_private_person_is_in_no_list(reader: Client):
    private = make_actor(
        kind="person", name="Amina Example", is_private=True, description="a resident of the port"
    )
    make_published_claim(claimant=private)

    assert PublicActor.objects.get(public_id=private.public_id).is_private
    assert private.public_id not in ids(reader, ACTORS, page_size=100)
    for q in ("Amina", "resident of the port"):
        assert ids(reader, ACTORS, q=q) == []


def test_source_is_told_with_its_operator(reader: Client):
    people = make_people(claims=1)

    [told] = reader.get(SOURCES, {"operator": people.city.public_id}).json()["results"]

    assert (told["id"], told["kind"], told["language"]) == (
        people.gazette.public_id,
        "newspaper",
        "en",
    )
    assert told["operator"] == {"id": people.city.public_id, "name": "City of Exampleton"}
    assert told["addresses"] == ["https://gazette.example/"]
    assert ids(reader, SOURCES, q="harbour gaz") == [told["id"]]
    assert ids(reader, SOURCES, kind="newspaper") == [told["id"]]
    assert ids(reader, SOURCES, operator=people.office.public_id) == []


def test_operator_is_known_through_mergers(reader: Client):
    people = make_people(claims=1)
    into = make_actor(kind="government-body")
    live(into)

    merge(people.city, into)

    for operator in (people.city, into):
        assert ids(reader, SOURCES, operator=operator.public_id) == [people.gazette.public_id]


def test_event_is_told_with_days_and_measures(reader: Client):
    event = make_event(title="Boats off the port of Exampleton")
    live(event)

    [told] = reader.get(EVENTS, {"q": "boats off"}).json()["results"]

    assert told["happened"]["not_before"] == told["happened"]["not_after"] == "2020-03-02"
    assert told["name"] == "Boats off the port of Exampleton"
    assert told["measures"] == []
    for name, day, found in (
        ("happened_on_or_after", "2020-03-02", [event.public_id]),
        ("happened_on_or_after", "2020-03-03", []),
        ("happened_on_or_before", "2020-03-02", [event.public_id]),
        ("happened_on_or_before", "2020-03-01", []),
    ):
        assert ids(reader, EVENTS, **{name: day}) == found


@pytest.mark.parametrize("ordering", ["-published", "published"])
def test_lists_of_subjects_lead_to_the_end_and_back(reader: Client, ordering: str):
    sources = [make_source() for _ in range(3)]
    for source in sources:
        live(source)
    wanted = [source.public_id for source in sources]
    wanted = wanted if ordering == "published" else wanted[::-1]
    first = f"{SOURCES}?page_size=1&ordering={ordering}"
    second = reader.get(first).json()["next"]
    live(make_source())

    newest_at_the_end = ordering == "published"
    there = list(walk(reader, second, "next"))
    back = list(walk(reader, second, "previous"))

    assert [page[0] for page in there][:2] == wanted[1:]
    assert len(there) == (3 if newest_at_the_end else 2)
    assert back[:2] == [[wanted[1]], [wanted[0]]]


@pytest.mark.parametrize(
    ("address", "query", "parameter"),
    [
        (ACTORS, {"kind": "ministry"}, "kind"),
        (ACTORS, {"ordering": "name"}, "ordering"),
        (ACTORS, {"page_size": "101"}, "page_size"),
        (ACTORS, {"cursor": "x"}, "cursor"),
        (ACTORS, {"q": "a\nb"}, "q"),
        (ACTORS, {"q": "a" * 201}, "q"),
        (ACTORS, {"is_private": "true"}, "is_private"),
        (SOURCES, {"operator": "Amina"}, "operator"),
        (SOURCES, {"kind": ""}, "kind"),
        (EVENTS, {"happened_on_or_after": "2020-02-30"}, "happened_on_or_after"),
        (f"{API}topics/", {"q": "a"}, "q"),
        (f"{API}topics/", {"cursor": "x"}, "cursor"),
        (f"{API}documents/", {}, "url"),
        (f"{API}documents/", {"url": "news.example"}, "url"),
        (f"{API}documents/", {"url": "https://news.example/", "colour": "red"}, "colour"),
    ],
)
def test_bad_value_is_refused_by_its_parameter(
    reader: Client, address: str, query: dict[str, str], parameter: str
):
    assert refused(reader, address, **query) == [parameter]


def test_cursor_is_good_for_its_own_list_only(reader: Client):
    for _ in range(2):
        live(make_source())
    following = reader.get(f"{SOURCES}?page_size=1").json()["next"]

    assert reader.get(f"{following}&kind=news-site").status_code == 400
    assert reader.get(following.replace("/sources/", "/claimants/")).status_code == 400


def test_old_rows_are_listed_after_a_rebuild(reader: Client):
    rows = {ACTORS: make_actor(), SOURCES: make_source(), EVENTS: make_event()}
    for row in rows.values():
        live(row)
    for model in (PublicActor, PublicSource, PublicEvent):
        assert model._default_manager.update(summary="") == 1
    for address in rows:
        assert ids(reader, address) == []

    assert len(rebuild()) == 3

    for address, row in rows.items():
        assert ids(reader, address) == [row.public_id]


# Topics


def test_topics_are_listed_with_the_number_of_their_claims(reader: Client):
    topics = [make_topic(name="Harbours", slug="harbours"), make_topic()]
    claim = make_claim_on(topics[0])
    make_claim_on(topics[0])
    make_claim_on(topics[1])

    pages = list(walk(reader, f"{API}topics/?page_size=1", "next"))
    detail = reader.get(f"{API}topics/harbours/").json()

    assert pages == [[one] for one in sorted(topic.public_id for topic in topics)]
    assert detail["claims"] == 2
    assert detail["names"] == [{"language": "en", "name": "Harbours", "slug": "harbours"}]
    assert claim.public_id in ids(reader, detail["claims_url"])
    [listed] = [
        one
        for one in reader.get(f"{API}topics/").json()["results"]
        if one["id"] == topics[0].public_id
    ]
    assert listed == {name: detail[name] for name in ("id", "seq", "slug", "names", "claims")}


# Documents


def test_documents_at_an_address_lead_to_the_claims_that_cite_them(reader: Client):
    url = "https://www.news.example/boats?utm_source=feed"
    document = make_document(url=url, title="Boats were counted")
    passage = make_passage(make_capture(document))
    claims = [make_published_claim(passage=passage).public_id for _ in range(3)]
    gone = make_published_claim(passage=passage)
    withhold(gone, "retract")
    make_ready_claim(passage=passage)

    answer = reader.get(f"{API}documents/", {"url": "http://news.example/boats#top"}).json()
    pages = list(walk(reader, f"{API}documents/?page_size=2&url={url}", "next"))

    assert answer["url"] == "http://news.example/boats#top"
    assert answer["documents"] == [
        {
            "id": document.public_id,
            "title": "Boats were counted",
            "url": url,
            "is_held": True,
            "path": f"/documents/{document.public_id}/boats-were-counted/",
        }
    ]
    assert [one["id"] for one in answer["results"]] == claims[::-1]
    assert pages == [claims[:0:-1], claims[:1]]
    for claim in answer["results"]:
        assert claim["attribution_status"]
        assert claim["verification_status"]


def test_address_that_nobody_cites_is_an_empty_list(reader: Client):
    answer = reader.get(f"{API}documents/", {"url": "https://news.example/nothing"})

    assert (answer.status_code, answer.json()) == (
        200,
        {
            "url": "https://news.example/nothing",
            "documents": [],
            "next": None,
            "previous": None,
            "results": [],
        },
    )


def test_document_is_told_as_the_newest_record_has_it(reader: Client):
    document = make_document(url="https://news.example/boats", title="Boats were counted")
    passage = make_passage(make_capture(document))
    first = make_published_claim(passage=passage)
    document.title = "Boats were counted twice"
    document.save()
    second = make_published_claim(passage=passage)

    answer = reader.get(f"{API}documents/{document.public_id}/").json()

    assert answer["document"]["title"] == "Boats were counted twice"
    assert answer["document"]["source"]["name"] == document.source.name
    assert [one["id"] for one in answer["results"]] == [second.public_id, first.public_id]
    withhold(second, "suspend")
    withhold(first, "suspend")
    assert reader.get(f"{API}documents/{document.public_id}/").status_code == 404


def test_topic_is_found_by_each_of_its_claims(reader: Client):
    topic, claim = make_topic(), make_ready_claim()
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=somebody())
    publish(claim)

    assert ids(reader, f"{API}claims/", topic=topic.slug) == [claim.public_id]
