"""What the pages of events, claimants, sources and documents tell machines, as schema.org knows it.

Never a review: those stand on the pages of claims alone, one on each. Claims are told by their
addresses, without their words. What a record leaves open is left open: a date only where the day is
established, a point on the map only where it is the spot itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims.claimreview import LICENSE, WIKIDATA
from claims.publisher import as_organisation
from sources.choices import ActorKind, SourceKind

Content = dict[str, Any]
Markup = dict[str, Any]

# An anonymous voice is neither: nobody knows.
ACTORS = {
    ActorKind.PERSON: "Person",
    ActorKind.ORGANISATION: "Organization",
    ActorKind.GOVERNMENT_BODY: "GovernmentOrganization",
    ActorKind.ARMED_FORCE: "Organization",
    ActorKind.OUTLET: "Organization",
}
SOURCES = {
    SourceKind.AGENCY: "NewsMediaOrganization",
    SourceKind.NEWSPAPER: "NewsMediaOrganization",
    SourceKind.BROADCASTER: "NewsMediaOrganization",
    SourceKind.COURT: "Organization",
    SourceKind.DATASET: "Dataset",
}


@dataclass(frozen=True)
class Page:
    """The page that tells: its whole address, its language, and its title and description in it.
    `first_at` and `version` are those of the record, where it has one.
    """

    origin: str
    url: str
    language: str
    title: str
    description: str
    first_at: str = ""
    version: int | None = None


def page_of(page: Page, kind: str = "WebPage") -> Markup:
    """What is told of every page."""
    markup: Markup = {
        "@context": "https://schema.org",
        "@type": kind,
        "url": page.url,
        "name": page.title,
        "description": page.description,
        "inLanguage": page.language,
        "publisher": as_organisation(page.origin),
        "license": LICENSE,
    }
    if page.first_at:
        markup["datePublished"] = page.first_at
    if page.version is not None:
        markup["version"] = str(page.version)
    return markup


def event_page(page: Page, event_id: str, content: Content, claims: Sequence[str]) -> Markup:
    """The page of an event with the addresses of the claims that it collects, in its order."""
    return {
        **page_of(page, "CollectionPage"),
        "about": event_of(f"{page.origin}/events/{event_id}/#event", content),
        **covered(content["happened"]),
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(claims),
            "itemListElement": [
                {"@type": "ListItem", "position": position, "url": url}
                for position, url in enumerate(claims, start=1)
            ],
        },
    }


def event_of(name: str, content: Content) -> Markup:
    """What happened: when and where, as far as it is established."""
    event: Markup = {"@type": "Event", "@id": name, "name": content["name"]}
    if day := exact_day(content["happened"]):
        event["startDate"] = day
    place = content["place"]
    if place["name"]:
        event["location"] = {"@type": "Place", "name": place["name"]}
        if place["precision"] == "exact":
            event["location"]["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": place["latitude"],
                "longitude": place["longitude"],
            }
    return event


def covered(bounds: Content | None) -> Markup:
    """The days of which the page tells, where only these are known (ISO 8601, open as “..”)."""
    bounds = bounds or {}
    first, last = bounds.get("not_before"), bounds.get("not_after")
    return {"temporalCoverage": f"{first or '..'}/{last or '..'}"} if first or last else {}


def exact_day(bounds: Content | None) -> str:
    """The day, where there is but one that it can be."""
    bounds = bounds or {}
    day = bounds.get("not_before")
    return str(day) if day and day == bounds.get("not_after") else ""


def claimant_page(page: Page, actor_id: str, content: Content) -> Markup:
    """The page of who speaks. Roles are left out: a record says for which days they held."""
    kind = ACTORS.get(content["kind"])
    actor: Markup = {
        "@type": kind or "Thing",
        "@id": f"{page.origin}/claimants/{actor_id}/#claimant",
        "name": content["name"],
    }
    if content["description"]:
        actor["description"] = content["description"]
    if others := list(dict.fromkeys(name["name"] for name in content["names"])):
        actor["alternateName"] = others
    if content["wikidata_id"]:
        actor["sameAs"] = f"{WIKIDATA}{content['wikidata_id']}"
    if kind is None:
        return {**page_of(page), "about": actor}
    return {**page_of(page, "ProfilePage"), "mainEntity": actor}


def source_page(page: Page, source_id: str, content: Content) -> Markup:
    """The page of a source. Who runs it is left out: whether a person does, its record leaves to
    that of the operator.
    """
    kind = SOURCES.get(content["kind"], "WebSite")
    source: Markup = {
        "@type": kind,
        "@id": f"{page.origin}/sources/{source_id}/#source",
        "name": content["name"],
    }
    first, *others = content["addresses"] or [""]
    if first:
        source["url"] = first
    if others:
        source["sameAs"] = others
    if content["language"] and kind in ("WebSite", "Dataset"):
        source["inLanguage"] = content["language"]
    return {**page_of(page), "mainEntity": source}


def document_page(page: Page, document: Content) -> Markup:
    """The page of a document, which is somebody else's; its text stands nowhere here."""
    work: Markup = {
        "@type": "CreativeWork",
        "@id": f"{page.origin}/documents/{document['id']}/#document",
        "name": document["title"],
    }
    if document["url"]:
        work["url"] = document["url"]
    if document["language"]:
        work["inLanguage"] = document["language"]
    if day := exact_day(document["published"]):
        work["datePublished"] = day
    if document["source"]:
        work["publisher"] = {"@type": "Organization", "name": document["source"]["name"]}
    return {**page_of(page), "mainEntity": work}
