"""What is published of claims and events. Pure, like `sources.record`, where `quote` is told."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import models

from claims.claim_file import ClaimFile
from claims.models import Citation, Claim, Event, Figure, Topic
from claims.status_line import status_line
from sources.models import Document
from sources.record import (
    Content,
    Quote,
    day,
    document_content,
    document_mentions,
    in_order,
    passage_content,
    passage_mentions,
    passages,
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


def load_event(event: Event) -> Event:
    """The Event anew, with all that its content is made from."""
    return (
        Event.objects.select_related("part_of")
        .prefetch_related(
            "parties__actor", "parties__party", passages("parties__passage"), "measures"
        )
        .get(pk=event.pk)
    )


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
            for party in event.parties.all()
        ],
        "measures": [measure_content(measure) for measure in event.measures.all()],
    }


def event_mentions(event: Event) -> Iterator[models.Model]:
    """The subjects that the Event's content quotes."""
    if event.part_of:
        yield event.part_of
    for party in event.parties.all():
        yield party.actor
        if party.party:
            yield party.party
        yield from passage_mentions(party.passage)


def measure_content(measure: Any) -> Content:
    """A Measure as records tell it."""
    return {"what": measure.what, "unit": measure.unit, "counting": measure.counting}


# Claims


def claim_content(file: ClaimFile, quote: Quote) -> Content:
    """A Claim's content: its whole file as the public may know it, status line included.

    Left out on purpose: the harm check (saying that a source is at risk puts it at more), notes,
    who worked on it, relations to claims that are not public.
    """
    claim = file.claim
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
                for role in file.roles_at_the_time
            ],
            "voiced_by": quote(claim.voiced_by) if claim.voiced_by else None,
            "outlet": quote(claim.outlet) if claim.outlet else None,
        },
        "said": claim.said.as_record(),
        "event": quote(claim.event) if claim.event else None,
        "about": claim.about,
        "kind": claim.kind,
        "topics": [topic_content(topic) for topic in in_order(claim.topics.all(), "public_id")],
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
        "figures": [figure_content(figure) for figure in claim.figures.all()],
        "documents": [
            {
                **document_content(document, quote, is_held=document.is_held),
                "hop": hop_content(document),
                "told_by": told_content(document),
            }
            for document in file.sorted_documents
        ],
        "citations": [citation_content(citation) for citation in file.citations],
        "relays": [
            {
                "carrier": relay.carrier.public_id,
                "taken_from": relay.taken_from.public_id,
                "manner": relay.manner,
                "words": relay.words,
            }
            for relay in claim.relays.all()
        ],
        "relations": [
            {"kind": relation.kind, "claim": relation.other.public_id, "note": relation.note}
            for relation in file.public_relations
        ],
    }
    return {"status_line": status_line(content), **content}


def claim_mentions(file: ClaimFile) -> Iterator[models.Model]:
    """The subjects that the Claim's content quotes."""
    claim = file.claim
    for named in (claim.claimant, claim.voiced_by, claim.outlet, claim.event):
        if named:
            yield named
    for role in file.roles_at_the_time:
        if role.body:
            yield role.body
    for document in file.sorted_documents:
        yield from document_mentions(document)
    for relation in file.public_relations:
        yield relation.other


def claim_name(claim: Claim) -> str:
    """What the public calls a Claim, which is never shown without its statuses."""
    return claim.public_id


def topic_content(topic: Topic) -> Content:
    """A Topic with its names, English first."""
    further = [
        {"language": name.language, "name": name.name, "slug": name.slug}
        for name in in_order(topic.names.all(), "language")
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
