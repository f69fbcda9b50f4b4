"""The sitemap: every page, in parts that cannot grow too long, with when it was last published."""

import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from claims import sitemap
from claims.models import ClaimTopic, PublicEvent
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from sources.models import PublicActor, PublicSource
from tests.factories import (
    make_actor,
    make_event,
    make_published_claim,
    make_ready_claim,
    make_topic,
    revise_and_publish,
    somebody,
)
from tests.surfaces.conftest import PUBLIC_TABLES
from tests.surfaces.ledgering import bury, publish
from tests.surfaces.reading import current, text_of

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def told_in(reader: Client, address: str) -> dict[str, str | None]:
    """The addresses that a sitemap has, each with its lastmod."""
    response = reader.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    return {
        one.findtext(f"{NAMESPACE}loc") or "": one.findtext(f"{NAMESPACE}lastmod") for one in root
    }


def time(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_every_page_stands_in_it_with_when_it_was_last_published(reader: Client):
    event = make_event()
    claim = revise_and_publish(make_published_claim(event=event), text="Eleven boats were counted.")

    told = told_in(reader, "/sitemap-0.xml")

    row = current(claim)
    paths: dict[str, Any] = {row.get_absolute_url(): row.from_seq}
    for room, model in (
        ("claimants", PublicActor),
        ("sources", PublicSource),
        ("events", PublicEvent),
    ):
        for one in model.objects.all():
            paths[f"/{room}/{one.public_id}/{one.slug}/"] = one.seq
    assert len(paths) == 4
    assert told == {
        f"http://testserver{path}": time(Publication.objects.get(seq=seq).published_at)
        for path, seq in paths.items()
    }


def test_private_persons_and_what_went_are_not_in_it(reader: Client):
    person = make_actor(kind="person", name="Synthetic Name", is_private=True, description="a man")
    claim = publish(make_ready_claim(claimant=person))
    bury(make_published_claim(), PublicationKind.RETRACT)
    make_ready_claim()

    told = " ".join(told_in(reader, "/sitemap-0.xml"))

    assert person.public_id not in told
    assert re.findall("/claims/([^/]+)/", told) == [claim.public_id]


def test_the_index_has_each_part_that_has_pages(reader: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sitemap, "PART", 2)
    for _ in range(2):
        make_published_claim()
    newest = Publication.objects.order_by("-seq")[0]

    index = told_in(reader, "/sitemap.xml")

    parts = [address for address in index if "lists" not in address]
    assert f"http://testserver/sitemap-{newest.seq // 2}.xml" in parts
    assert index[parts[-1]] == time(newest.published_at)
    found = [told_in(reader, address.removeprefix("http://testserver")) for address in parts]
    assert all(1 <= len(part) <= 2 for part in found)
    assert sum(map(len, found)) == Publication.objects.count()


def test_lists_and_topics_are_as_new_as_what_is_in_them(reader: Client):
    claim = make_ready_claim()
    topic = make_topic(name="Harbours", slug="harbours")
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=somebody())
    published = time(current(publish(claim)).published_at)

    told = told_in(reader, "/sitemap-lists.xml")

    assert told == {
        "http://testserver/": published,
        "http://testserver/claims/": published,
        "http://testserver/topics/": published,
        "http://testserver/corrections/": published,
        "http://testserver/methodology/": None,
        "http://testserver/policies/": None,
        "http://testserver/topics/harbours/": published,
    }


@pytest.mark.parametrize("number", ["1", "99999", "99999999999999999999"])
def test_other_parts_are_nowhere(reader: Client, number: str):
    make_published_claim()

    assert reader.get(f"/sitemap-{number}.xml").status_code == 404


def test_the_sitemap_is_at_the_root_alone(reader: Client):
    assert reader.get("/fr/sitemap.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_sitemap_asks_the_public_side_a_fixed_number_of_questions(reader: Client, count: int):
    for _ in range(count):
        make_published_claim()

    numbers, asked = [], ""
    for address in ("/sitemap.xml", "/sitemap-lists.xml", "/sitemap-0.xml", "/robots.txt"):
        with CaptureQueriesContext(connections["public"]) as captured:
            reader.get(address)
        numbers.append(len(captured))
        asked += " ".join(query["sql"] for query in captured)

    assert numbers == [2, 3, 2, 0]
    tables = set(re.findall(r'(?:FROM|JOIN) "?((?:claims|sources|ledger)_\w+)', asked))
    assert {"claims_publicclaim", "sources_publicactor"} <= tables <= set(PUBLIC_TABLES)


# What else programs ask for at the root of the site


@override_settings(DEMONSTRATION=False)
def test_programs_are_told_where_the_sitemap_is(reader: Client):
    response = reader.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\n\nSitemap: http://testserver/sitemap.xml\n"
    )


@override_settings(DEMONSTRATION=True)
def test_a_demonstration_is_for_no_program(reader: Client):
    assert reader.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_nobody_is_named_for_holes_unless_the_publisher_names_them(reader: Client):
    response = reader.get("/.well-known/security.txt")

    assert response.status_code == 404
    assert "There is nothing at this address" in text_of(response)


@override_settings(
    PUBLISHER={
        "name": "Synthetic newsroom",
        "security_contact": "mailto:security@newsroom.example",
        "security_expires": datetime(2027, 11, 1, tzinfo=UTC),
    }
)
def test_whom_to_tell_of_holes_is_what_the_publisher_says(reader: Client):
    response = reader.get("/.well-known/security.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "Contact: mailto:security@newsroom.example\n"
        "Expires: 2027-11-01T00:00:00Z\n"
        "Preferred-Languages: en, fr, uk\n"
        "Canonical: http://testserver/.well-known/security.txt\n"
    )
