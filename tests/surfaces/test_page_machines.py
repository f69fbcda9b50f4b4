"""What programs read on the pages of events, claimants, sources and documents."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from claims.kinds import KINDS
from claims.page_markup import covered, event_of
from claims.publisher import as_organisation
from factcheck.common.roles import Role
from factcheck.ledger.models import Publication
from factcheck.ledger.records import time_text
from sources import workflow
from tests.claims.test_redaction import live
from tests.factories import make_actor, make_event, make_source, make_user
from tests.surfaces.event_rich import make_told_event
from tests.surfaces.people_rich import make_people
from tests.surfaces.reading import current
from tests.surfaces.rich import make_rich_claim

pytestmark = pytest.mark.django_db

ORIGIN = "http://testserver"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
UNPLEASANT = "</script><script>alert(1)</script> <!-- & \u2028 “12 boats”"


def page_at(reader: Client, address: str) -> tuple[str, str]:
    """The address to which it leads, and the page there."""
    response = reader.get(address, follow=True)
    assert response.status_code == 200, address
    path = response.redirect_chain[-1][0] if response.redirect_chain else address
    return path, response.content.decode()


def markup_of(page: str) -> dict[str, Any]:
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    markup: dict[str, Any] = json.loads(text)
    return markup


def shared(page: str) -> dict[str, str]:
    """What a link to the page shows elsewhere."""
    found = re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)">', page)
    return {name: html.unescape(text) for name, text in found}


def first_at(row: Any) -> str:
    publication = Publication.objects.filter(subject_id=row.public_id).earliest("version")
    return time_text(publication.published_at)


def told(path: str, **values: Any) -> dict[str, Any]:
    """What every page tells."""
    return {
        "@context": "https://schema.org",
        "url": f"{ORIGIN}{path}",
        "inLanguage": "en",
        "publisher": as_organisation(ORIGIN),
        "license": LICENSE,
    } | values


def test_an_event_page_collects_the_addresses_of_claims(reader: Client):
    event = make_told_event()
    newest_first = sorted(
        (current(claim) for claim in event.claims.all()), key=lambda row: -row.from_seq
    )

    path, page = page_at(reader, f"/events/{event.public_id}/")

    assert markup_of(page) == told(
        path,
        **{"@type": "CollectionPage", "version": "1", "datePublished": first_at(event)},
        name="Boats off the port of Exampleton",
        description="6 claims about this event, with who said them and both of our answers. "
        "None of these has been checked yet.",
        about={
            "@type": "Event",
            "@id": f"{ORIGIN}/events/{event.public_id}/#event",
            "name": "Boats off the port of Exampleton",
            "startDate": "2020-03-02",
            # The spot itself was not released.
            "location": {"@type": "Place", "name": "Exampleton"},
        },
        temporalCoverage="2020-03-02/2020-03-02",
        mainEntity={
            "@type": "ItemList",
            "numberOfItems": 6,
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "url": f"{ORIGIN}{row.get_absolute_url()}",
                }
                for position, row in enumerate(newest_first, start=1)
            ],
        },
    )
    assert shared(page) == {
        "og:type": "website",
        "og:site_name": "Factcheck",
        "og:title": "Boats off the port of Exampleton",
        "og:description": "6 claims about this event, with who said them and both of our answers. "
        "None of these has been checked yet.",
        "og:url": f"{ORIGIN}{path}",
        "og:locale": "en_GB",
        "twitter:card": "summary",
    }
    for row in newest_first:
        assert row.text not in json.dumps(markup_of(page))


def happening(precision: str) -> dict[str, Any]:
    """An event's content whose point on the map is of this precision."""
    return {
        "name": "Synthetic event",
        "happened": {"not_before": "2020-03-02", "not_after": "2020-03-04"},
        "place": {
            "name": "Exampleton",
            "latitude": "50.1",
            "longitude": "-30.5",
            "precision": precision,
        },
    }


@pytest.mark.parametrize("precision", ["settlement", "region", "country"])
def test_a_point_that_is_not_the_spot_is_on_no_map(precision: str):
    assert event_of("x", happening(precision)) == {
        "@type": "Event",
        "@id": "x",
        "name": "Synthetic event",
        "location": {"@type": "Place", "name": "Exampleton"},
    }


def test_the_spot_itself_is_on_the_map_where_it_was_released():
    assert event_of("x", happening("exact"))["location"] == {
        "@type": "Place",
        "name": "Exampleton",
        "geo": {"@type": "GeoCoordinates", "latitude": "50.1", "longitude": "-30.5"},
    }


@pytest.mark.parametrize(
    ("bounds", "days"),
    [
        ({"not_before": "2020-03-02", "not_after": "2020-03-04"}, "2020-03-02/2020-03-04"),
        ({"not_before": "2020-03-02", "not_after": None}, "2020-03-02/.."),
        ({"not_before": None, "not_after": "2020-03-04"}, "../2020-03-04"),
    ],
)
def test_days_between_which_it_lies_are_those_that_the_page_covers(bounds: Any, days: str):
    assert covered(bounds) == {"temporalCoverage": days}


def test_nothing_is_covered_where_no_day_is_known():
    assert covered(None) == covered({"not_before": None, "not_after": None}) == {}


def test_a_claimants_page_is_the_profile_of_an_organisation(reader: Client):
    people = make_people()
    office = people.office

    path, page = page_at(reader, f"/claimants/{office.public_id}/")

    description = (
        "3 claims of theirs, with both of our answers. Which ones we take up is our choice."
    )
    assert markup_of(page) == told(
        path,
        **{"@type": "ProfilePage", "version": "1", "datePublished": first_at(office)},
        name="Harbour Office of Exampleton",
        description=description,
        mainEntity={
            "@type": "GovernmentOrganization",
            "@id": f"{ORIGIN}/claimants/{office.public_id}/#claimant",
            "name": "Harbour Office of Exampleton",
            "description": "the office that counts boats",
            "alternateName": ["مكتب الميناء", "Портове управління Зразкова"],
            "sameAs": "https://www.wikidata.org/wiki/Q4115189",
        },
    )
    assert shared(page)["og:title"] == "Harbour Office of Exampleton"
    assert shared(page)["og:description"] == description


@pytest.mark.parametrize(
    ("kind", "page_type", "key", "entity"),
    [
        ("person", "ProfilePage", "mainEntity", "Person"),
        ("organisation", "ProfilePage", "mainEntity", "Organization"),
        ("armed-force", "ProfilePage", "mainEntity", "Organization"),
        ("outlet", "ProfilePage", "mainEntity", "Organization"),
        ("anonymous-voice", "WebPage", "about", "Thing"),
    ],
)
def test_what_a_claimant_is_stands_as_the_record_says(
    reader: Client, kind: str, page_type: str, key: str, entity: str
):
    actor = live(make_actor(kind=kind, name="Synthetic Name"))

    _, page = page_at(reader, f"/claimants/{actor.public_id}/")

    markup = markup_of(page)
    assert (markup["@type"], markup[key]["@type"]) == (page_type, entity)
    assert markup["description"].startswith("We have published no claim by this claimant.")


def test_a_sources_page_tells_the_source(reader: Client):
    gazette = make_people().gazette

    path, page = page_at(reader, f"/sources/{gazette.public_id}/")

    description = (
        "1 claim in its own voice, with both of our answers. Which ones we take up is our choice."
    )
    assert markup_of(page) == told(
        path,
        **{"@type": "WebPage", "version": "1", "datePublished": first_at(gazette)},
        name="Harbour Gazette",
        description=description,
        mainEntity={
            "@type": "NewsMediaOrganization",
            "@id": f"{ORIGIN}/sources/{gazette.public_id}/#source",
            "name": "Harbour Gazette",
            "url": "https://gazette.example/",
        },
    )
    assert shared(page)["og:description"] == description


@pytest.mark.parametrize(
    ("kind", "entity", "language"),
    [
        ("agency", "NewsMediaOrganization", None),
        ("court", "Organization", None),
        ("dataset", "Dataset", "uk"),
        ("social-account", "WebSite", "uk"),
        ("unnamed-website", "WebSite", "uk"),
    ],
)
def test_what_a_source_is_stands_as_the_record_says(
    reader: Client, kind: str, entity: str, language: str | None
):
    source = live(make_source(kind=kind, language="uk"))

    _, page = page_at(reader, f"/sources/{source.public_id}/")

    told = markup_of(page)["mainEntity"]
    assert (told["@type"], told.get("inLanguage")) == (entity, language)


def test_a_documents_page_tells_somebody_elses_work(reader: Client):
    claim = make_rich_claim()
    document = claim.citations.order_by("position")[0].document

    path, page = page_at(reader, f"/documents/{document.public_id}/")

    markup = markup_of(page)
    work = markup.pop("mainEntity")
    assert markup == told(
        path,
        **{"@type": "WebPage"},
        name=f"What this document says: {document.title}",
        description="1 claim in this document, with who said it and both of our answers.",
    )
    assert work["@type"] == "CreativeWork"
    assert work["@id"] == f"{ORIGIN}/documents/{document.public_id}/#document"
    assert work["name"] == document.title
    assert work["url"] == document.url
    assert "text" not in work
    assert shared(page)["og:title"] == f"What this document says: {document.title}"
    assert '<meta name="robots" content="noindex">' not in page


@pytest.mark.parametrize("name", ["events", "claimants", "sources"])
def test_words_cannot_leave_the_script(reader: Client, name: str):
    make = {"events": make_event, "claimants": make_actor, "sources": make_source}[name]
    row = live(make(**{"title" if name == "events" else "name": UNPLEASANT}))

    _, page = page_at(reader, f"/{name}/{row.public_id}/")

    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not re.search("[<>&\u2028\u2029]", script)
    assert page.count("<script") == 1
    assert json.loads(script)["name"] == UNPLEASANT
    assert shared(page)["og:title"] == UNPLEASANT


@pytest.mark.parametrize(("code", "locale"), [("fr", "fr_FR"), ("uk", "uk_UA")])
def test_pages_in_other_languages_tell_it_in_theirs(reader: Client, code: str, locale: str):
    event = make_told_event()
    english = markup_of(page_at(reader, f"/events/{event.public_id}/")[1])

    path, page = page_at(reader, f"/{code}/events/{event.public_id}/")

    markup = markup_of(page)
    assert markup["inLanguage"] == code
    assert markup["url"] == f"{ORIGIN}{path}"
    assert markup["about"] == english["about"]
    assert markup["description"] != english["description"]
    first = markup["mainEntity"]["itemListElement"][0]["url"]
    assert first.startswith(f"{ORIGIN}/{code}/claims/")
    assert shared(page)["og:locale"] == locale


def test_no_page_but_a_claims_has_a_review(reader: Client):
    claim = make_rich_claim()
    document = claim.citations.order_by("position")[0].document

    pages = [
        page_at(reader, address)[1]
        for address in (
            f"/events/{claim.event.public_id}/",
            f"/claimants/{claim.claimant.public_id}/",
            f"/documents/{document.public_id}/",
        )
    ]

    assert all("ClaimReview" not in page for page in pages)
    assert "ClaimReview" in page_at(reader, f"/claims/{claim.public_id}/")[1]


@pytest.mark.parametrize("step", ["suspend", "retract"])
def test_pages_without_words_tell_machines_nothing(reader: Client, step: str):
    event = live(make_event())
    by = make_user(Role.EDITOR)
    getattr(workflow, step)(event, by=by, note="Synthetic note.", kinds=KINDS)

    page = reader.get(f"/events/{event.public_id}/").content.decode()

    assert "application/ld+json" not in page
    assert "og:title" not in page


def test_a_private_person_is_told_to_no_machine(reader: Client):
    person = live(make_actor(kind="person", is_private=True, description="a synthetic neighbour"))

    page = reader.get(f"/claimants/{person.public_id}/").content.decode()

    assert "application/ld+json" not in page
    assert "og:title" not in page
