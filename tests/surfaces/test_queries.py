"""How often pages ask the database, and what: a fixed number, and the public side alone."""

import re

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.addresses import document_path, subject_path
from claims.models import ClaimRelation, PublicClaim
from sources.projection import slug_of
from tests.api.asking_google import KEY, SEARCH
from tests.factories import (
    add_figure,
    make_event,
    make_published_claim,
    revise_and_publish,
    somebody,
)
from tests.surfaces.conftest import PUBLIC_TABLES
from tests.surfaces.ledgering import publish
from tests.surfaces.rich import make_rich_claim, make_rich_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


def queries_of(reader: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connections["public"]) as captured:
        response = reader.get(address)
    assert response.status_code in (200, 302, 404), address
    return [query["sql"] for query in captured]


# Of each address.
NUMBERS = [
    ("/", 6),
    ("/topics/", 2),
    ("/topics/harbours/", 5),
    ("/claims/", 4),
    ("/claims/?about=toll&kind=factual", 4),
    ("/claims/?event={event}", 7),
    ("/claims/?q=boats", 6),
    ("/claims/?q=boats&checked=no&page=1", 5),
    ("/claims/?sort=said", 3),
    ("/claims/?as_of=2020-03-02", 3),
    ("/claims/{claim}/", 5),
    ("{page}", 9),
    ("{page}?as_of={today}", 9),
    ("{page}?as_of=2020-01-01", 2),
    ("/claims/{claim}/versions/1/", 9),
    ("/claims/{claim}/versions/1/cite.json", 3),
    ("/claims/{claim}/embed/", 3),
    ("/oembed?url=http://testserver{page}", 3),
    ("/claims/zzzzzzzzzz/", 2),
    ("{event_page}", 8),
    ("/events/{event}/", 3),
    ("/events/{event}/figures.csv", 4),
    ("{document_page}", 6),
    ("/documents/zzzzzzzzzz/", 3),
    ("/methodology/", 2),
    ("/log/", 3),
    ("/log/keys", 1),
    ("/log/verify.py", 0),
    ("/policies/", 0),
    ("/claimants/zzzzzzzzzz/", 2),
    ("/api/v1/vocabulary/", 0),
    ("/api/v1/vocabulary/counting/", 0),
    ("/api/v1/openapi.json", 0),
    ("/api/docs/", 0),
    ("/api/examples/", 4),
    ("/nothing/", 0),
    ("/healthz", 0),
    ("/api/v1/", 0),
    ("/api/v1/claims/", 1),
    ("/api/v1/claims/?ordering=said&about=toll&published_on_or_after=2020-01-01", 2),
    ("/api/v1/claims/?domain=news.example&document=https://news.example/&min_origins=1", 2),
    ("/api/v1/claims/?source=zzzzzzzzzz&topic=harbours", 5),
    ("/api/v1/claims/?controlled_by=zzzzzzzzzz", 4),
    ("/api/v1/claims/?q=boats", 3),
    ("/api/v1/claims/?as_of={today}", 3),
    ("/api/v1/claims/{claim}/", 1),
    ("/api/v1/claims/{claim}/versions/", 2),
    ("/api/v1/claims/{claim}/versions/1/", 2),
    ("/api/v1/claims/{claim}/compare/1...1/", 4),
    ("/api/v1/claimants/", 2),
    ("/api/v1/claimants/?q=harbour&kind=organisation", 2),
    ("/api/v1/sources/?operator=zzzzzzzzzz", 4),
    ("/api/v1/events/", 2),
    ("/api/v1/events/{event}/", 1),
    ("/api/v1/events/{event}/figures/", 4),
    ("/api/v1/topics/", 2),
    ("/api/v1/topics/harbours/", 2),
    ("/api/v1/documents/?url=https://news.example/boats", 3),
    ("/api/v1/documents/{document}/", 3),
    ("/api/v1/claims/zzzzzzzzzz/", 1),
    ("/$discovery/rest", 0),
    ("/v1alpha1/nothing", 0),
    (f"{SEARCH}?query=boats&key={KEY}", 3),
    (f"{SEARCH}?query=boats&maxAgeDays=9&languageCode=en&key={KEY}", 4),
    (f"{SEARCH}?reviewPublisherSiteFilter=testserver&key={KEY}", 2),
    (f"{SEARCH}?reviewPublisherSiteFilter=other.example&key={KEY}", 1),
    ("/api/v1/changes/", 1),
    ("/api/v1/dumps/", 0),
    ("/api/v1/dumps/latest/claims.csv", 0),
    ("/api/v1/changes/?after=2&limit=1000", 1),
]


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(reader: Client, count: int):
    event = make_event()
    claim = make_rich_draft(event=event)
    claim.figures.all().delete()
    for _ in range(count):
        other = make_published_claim(event=event)
        add_figure(claim)
        ClaimRelation.objects.create(
            claim=claim, kind="repeats", other=other, created_by=somebody()
        )
    claim.refresh_from_db()
    publish(claim)
    for _ in range(count):
        revise_and_publish(other, text="Thirteen boats were counted.")
    page = PublicClaim.objects.get(claim_id=claim.public_id).get_absolute_url()
    document = claim.citations.order_by("position")[0].document
    names = {
        "claim": claim.public_id,
        "event": event.public_id,
        "page": page,
        "event_page": subject_path("event", event.public_id, slug_of(event.title)),
        "document_page": document_path(document.public_id, document.title),
        "document": document.public_id,
        "today": timezone.now().date(),
    }

    asked = [(address, queries_of(reader, address.format(**names))) for address, _ in NUMBERS]

    assert [(address, len(queries)) for address, queries in asked] == NUMBERS


def test_pages_ask_the_public_side_alone(reader: Client):
    claim = make_rich_claim()
    page = PublicClaim.objects.current().get(claim_id=claim.public_id).get_absolute_url()
    event = claim.event.public_id
    document = claim.citations.order_by("position")[0].document
    asked = []

    for address in (
        "/",
        f"/claims/?event={event}&source={event}&claimant={event}&outlet={event}&topic=harbours",
        "/claims/?q=boats&sort=said",
        "/claims/?as_of=2020-03-02&about=toll",
        "/topics/",
        "/topics/harbours/",
        page,
        f"/claims/{claim.public_id}/versions/1/",
        subject_path("event", event, slug_of(claim.event.title)),
        f"/events/{event}/figures.csv",
        document_path(document.public_id, document.title),
        f"/claims/{claim.public_id}/embed/",
        f"/claims/{claim.public_id}/versions/1/cite.json",
        f"/oembed?url=http://testserver{page}",
        "/feed.atom",
        "/corrections/feed.atom",
        f"/events/{event}/feed.atom",
        f"/claimants/{claim.claimant.public_id}/feed.atom",
        "/topics/harbours/feed.atom",
        f"/answer/?claim={claim.public_id}",
        f"/api/v1/claims/?event={event}&source={event}&topic=harbours&has_figures=true",
        f"/api/v1/claims/?controlled_by={event}&domain=news.example&min_origins=1&q=boats",
        f"/api/v1/claims/?as_of=2020-03-02&claimant={event}&published_on_or_after=2020-01-01",
        f"/api/v1/claims/{claim.public_id}/",
        f"/api/v1/claims/{claim.public_id}/versions/",
        f"/api/v1/claims/{claim.public_id}/compare/1...2/",
        "/api/v1/claimants/?q=harbour",
        f"/api/v1/sources/?operator={claim.claimant.public_id}",
        "/api/v1/events/?q=boats",
        f"/api/v1/events/{event}/figures/",
        "/api/v1/topics/",
        "/api/v1/topics/harbours/",
        "/api/v1/documents/?url=https://news.example/boats",
        f"/api/v1/documents/{document.public_id}/",
        f"/api/v1/claims/{claim.public_id}/versions/1/",
        f"{SEARCH}?query=boats&maxAgeDays=9&key={KEY}",
        "/api/v1/changes/",
    ):
        asked += queries_of(reader, address)

    tables = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', " ".join(asked)))
    assert "claims_publicclaim" in tables
    assert tables <= set(PUBLIC_TABLES)
