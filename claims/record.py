"""What is published of claims and events. Pure, like `sources.record`, where `quote` is told."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import models

from claims.models import Citation, Claim, Event, Figure, Topic
from claims.status_line import status_line
from factcheck.ledger import log
from factcheck.ledger.choices import PublicState, SubjectKind
from factcheck.ledger.subjects import Subject
from sources.models import ActorRole, Document
from sources.record import (
    PASSAGE_PARTS,
    Content,
    Quote,
    day,
    document_content,
    document_mentions,
    passage_content,
    passage_mentions,
    place_content,
)

CLAIM_OTHERS_WORDS = (
    "/content/original/words",
    "/content/figures/*/as_printed",
    "/content/citations/*/cue",
    "/content/citations/*/named_speaker",
    "/content/citations/*/place/ranges/*/exact",
    "/content/documents/*/title",
    "/content/documents/*/told_by/place/ranges/*/exact",
    "/content/relays/*/words",
)
EVENT_OTHERS_WORDS = ("/content/parties/*/passage/ranges/*/exact", "/content/place/as_printed")


# Events


def event_content(event: Event, quote: Quote) -> Content:
    """An Event's content."""
    return {
        "name": event.title,
        "happened": event.happened.as_record(),
        "place": {
            "name": event.place or None,
            "as_printed": event.place_as_printed or None,
            "latitude": number(event.latitude),
            "longitude": number(event.longitude),
            "precision": event.place_precision or None,
        },
        "summary": (
            {"text": event.summary, "as_of": day(event.summary_as_of)} if event.summary else None
        ),
        "part_of": quote(event.part_of) if event.part_of else None,
        "parties": [
            {
                "actor": quote(party.actor),
                "interest": party.interest,
                "party": quote(party.party) if party.party else None,
                "stake": party.stake,
                "passage": passage_content(party.passage, quote) if party.passage else None,
            }
            for party in event.parties.select_related("actor", "party", *PASSAGE_PARTS)
        ],
        "measures": [measure_content(measure) for measure in event.measures.all()],
    }


def event_mentions(event: Event) -> Iterator[models.Model]:
    """The subjects that the Event's content quotes."""
    if event.part_of:
        yield event.part_of
    for party in event.parties.select_related("actor", "party", *PASSAGE_PARTS):
        yield party.actor
        if party.party:
            yield party.party
        yield from passage_mentions(party.passage)


def measure_content(measure: Any) -> Content:
    """A Measure as records tell it."""
    return {"what": measure.what, "unit": measure.unit, "counting": measure.counting}


# Claims


def claim_content(claim: Claim, quote: Quote) -> Content:
    """A Claim's content: its whole file as the public may know it, status line included.

    Left out on purpose: the harm check (saying that a source is at risk puts it at more), notes,
    who worked on it, relations to claims that are not public.
    """
    content: Content = {
        "text": claim.text,
        "language": claim.language,
        "original": (
            {"words": claim.original_words or None, "language": claim.original_language}
            if claim.original_language
            else None
        ),
        "speaker": {
            "kind": claim.speaker,
            "claimant": quote(claim.claimant) if claim.claimant else None,
            "roles": [
                {"title": role.title, "body": quote(role.body) if role.body else None}
                for role in roles_at_the_time(claim)
            ],
            "voiced_by": quote(claim.voiced_by) if claim.voiced_by else None,
            "outlet": quote(claim.outlet) if claim.outlet else None,
        },
        "said": claim.said.as_record(),
        "event": quote(claim.event) if claim.event else None,
        "about": claim.about,
        "kind": claim.kind,
        "topics": [topic_content(topic) for topic in claim.topics.order_by("public_id")],
        "attribution": {
            "status": claim.attribution_status or None,
            "reason": claim.attribution_reason,
        },
        "verification": {
            "status": claim.verification_status,
            "rationale": claim.rationale,
            "as_of": day(claim.as_of),
            "review_by": day(claim.review_by),
        },
        "unknowns": claim.unknowns,
        "why_checked": claim.why_checked,
        "figures": [figure_content(figure) for figure in claim.figures.select_related("measure")],
        "documents": [
            {
                **document_content(document, quote),
                "hop": hop_content(document),
                "told_by": told_content(document),
            }
            for document in documents_of(claim)
        ],
        "citations": [citation_content(citation) for citation in citations_of(claim)],
        "relays": [
            {
                "carrier": relay.carrier.public_id,
                "taken_from": relay.taken_from.public_id,
                "manner": relay.manner,
                "words": relay.words,
            }
            for relay in claim.relays.select_related("carrier", "taken_from")
        ],
        "relations": [
            {"kind": relation.kind, "claim": relation.other.public_id, "note": relation.note}
            for relation in public_relations(claim)
        ],
    }
    return {"status_line": status_line(content), **content}


def claim_mentions(claim: Claim) -> Iterator[models.Model]:
    """The subjects that the Claim's content quotes."""
    for named in (claim.claimant, claim.voiced_by, claim.outlet, claim.event):
        if named:
            yield named
    for role in roles_at_the_time(claim):
        if role.body:
            yield role.body
    for document in documents_of(claim):
        yield from document_mentions(document)
    for relation in public_relations(claim):
        yield relation.other


def claim_name(claim: Claim) -> str:
    """What the public calls a Claim, which is never shown without its statuses."""
    return claim.public_id


def citations_of(claim: Claim) -> Any:
    """The claim's citations with all that its content reads of them."""
    return claim.citations.select_related(
        "document__source", "document__author", "compared_with", *PASSAGE_PARTS
    ).prefetch_related("passage__ranges")


def documents_of(claim: Claim) -> list[Document]:
    """Every Document of the claim's chain: cited, carried by a hop, told of by a passage, or laid
    beside as the original; each once, by public id.
    """
    found: dict[str, Document] = {}
    waiting: list[Document | None] = []
    for citation in citations_of(claim):
        waiting += [citation.document, citation.compared_with]
    while waiting:
        document = waiting.pop()
        if document is None or document.public_id in found:
            continue
        found[document.public_id] = document
        waiting.append(document.hop_of)
        if document.told_by:
            waiting.append(document.told_by.capture.document)
    return [found[public_id] for public_id in sorted(found)]


def roles_at_the_time(claim: Claim) -> list[ActorRole]:
    """The claimant's roles established for the day it was said; none where the day is open."""
    claimant, said = claim.claimant, claim.said
    if claimant is None or claimant.is_private or not (said.not_before and said.not_after):
        return []
    return [
        role
        for role in claimant.roles.select_related("body")
        if (role.held_from is None or role.held_from <= said.not_before)
        and (role.held_until is None or role.held_until >= said.not_after)
    ]


def public_relations(claim: Claim) -> list[Any]:
    """The claim's relations to claims that are live."""
    relations = list(claim.relations.select_related("other"))
    subjects = {Subject(SubjectKind.CLAIM, relation.other.public_id) for relation in relations}
    live = {
        subject.id
        for subject, newest in log.newest(subjects).items()
        if log.public_state(newest) == PublicState.LIVE
    }
    return [relation for relation in relations if relation.other.public_id in live]


def topic_content(topic: Topic) -> Content:
    """A Topic with its names, English first."""
    further = [
        {"language": name.language, "name": name.name, "slug": name.slug}
        for name in topic.names.all()
    ]
    return {
        "id": topic.public_id,
        "names": [{"language": "en", "name": topic.name, "slug": topic.slug}, *further],
    }


def figure_content(figure: Figure) -> Content:
    """A Figure: the words as printed and, beside them, numbers as decimal strings."""
    return {
        "as_printed": figure.as_printed,
        "counts": figure.counts,
        "qualifier": figure.qualifier,
        "low": number(figure.low),
        "best": number(figure.best),
        "high": number(figure.high),
        "unit": figure.unit,
        "period": figure.period,
        "counted_as_of": figure.counted_as_of.as_record(),
        "basis": figure.basis,
        "measure": measure_content(figure.measure) if figure.measure else None,
    }


def citation_content(citation: Citation) -> Content:
    """A Citation; its Document stands among the claim's documents."""
    return {
        "id": citation.public_id,
        "document": citation.document.public_id,
        "place": place_content(citation.passage) if citation.passage else None,
        "role": citation.role,
        "stance": citation.stance or None,
        "cue": citation.cue,
        "form": citation.form or None,
        "named_speaker": citation.named_speaker,
        "first_hand": citation.first_hand,
        "basis": citation.basis or None,
        "fidelity": {
            "finding": citation.fidelity,
            "words": citation.fidelity_words,
            "likely_reading": citation.likely_reading,
            "reason": citation.fidelity_reason,
            "compared_with": (citation.compared_with.public_id if citation.compared_with else None),
        },
    }


def hop_content(document: Document) -> Content | None:
    """Which whole Document this one carries, and how."""
    if document.hop_of is None:
        return None
    return {
        "of": document.hop_of.public_id,
        "manner": document.hop_manner,
        "translator": document.translator or None,
    }


def told_content(document: Document) -> Content | None:
    """For a Document known by report: where we read of it."""
    if document.told_by is None:
        return None
    return {
        "document": document.told_by.capture.document.public_id,
        "place": place_content(document.told_by),
    }


def number(value: Decimal | None) -> str | None:
    """A decimal as the shortest string without exponent, such as “36” or “1.5”."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
