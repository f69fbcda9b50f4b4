"""What is published of claims and events. Pure, like `sources.record`, where `quote` is told."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import models

from claims.choices import PlacePrecision
from claims.claim_file import ClaimFile
from claims.models import Citation, Claim, Event, Figure, Topic
from claims.status_line import status_line
from factcheck.common.errors import NotReady
from sources.models import Document
from sources.record import (
    PASSAGE_WORDS,
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

PLACE_WORDS = ("ranges/*/exact", "ranges/*/prefix", "ranges/*/suffix")
CLAIM_OTHERS_WORDS = (
    "/content/original/words",
    "/content/said/as_printed",
    "/content/figures/*/as_printed",
    "/content/figures/*/counts",
    "/content/figures/*/period",
    "/content/figures/*/counted_as_of/as_printed",
    "/content/documents/*/title",
    "/content/documents/*/published/as_printed",
    *(f"/content/documents/*/told_by/place/{words}" for words in PLACE_WORDS),
    "/content/citations/*/cue",
    "/content/citations/*/named_speaker",
    "/content/citations/*/fidelity/words",
    *(f"/content/citations/*/place/{words}" for words in PLACE_WORDS),
    "/content/relays/*/words",
)
EVENT_OTHERS_WORDS = (
    "/content/happened/as_printed",
    "/content/place/as_printed",
    *(f"/content/parties/*/passage/{words}" for words in PASSAGE_WORDS),
)
SETTLEMENT = Decimal("0.01")


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
            **coordinates(event),
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
            for party in in_order(event.parties.all(), "actor.public_id")
        ],
        "measures": [
            measure_content(measure) for measure in in_order(event.measures.all(), "public_id")
        ],
    }


def coordinates(event: Event) -> Content:
    """Where the Event is, at settlement level at the finest: about a kilometre."""
    if event.latitude is None or event.longitude is None:
        return {"latitude": None, "longitude": None, "precision": None}
    exact = event.place_precision == PlacePrecision.EXACT
    return {
        "latitude": number(event.latitude.quantize(SETTLEMENT)),
        "longitude": number(event.longitude.quantize(SETTLEMENT)),
        "precision": PlacePrecision.SETTLEMENT.value if exact else event.place_precision,
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
    return {
        "id": measure.public_id,
        "what": measure.what,
        "unit": measure.unit,
        "counting": measure.counting,
    }


def event_documents(event: Event) -> list[Document]:
    """The documents that the Event's content tells of."""
    passages_told = [party.passage for party in event.parties.all()]
    return [passage.capture.document for passage in passages_told if passage is not None]


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
            "roles": [{"title": role["title"]} for role in roles_at_the_time(claim, quote)],
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
        "figures": [
            figure_content(figure, claim, quote)
            for figure in in_order(claim.figures.all(), "position", "public_id")
        ],
        "documents": [
            {
                **document_content(document, quote, is_held=document.is_held),
                "hop": hop_content(document),
                "told_by": told_content(document),
            }
            for document in file.sorted_documents
        ],
        "citations": [
            citation_content(citation)
            for citation in in_order(file.citations, "position", "public_id")
        ],
        "relays": [
            {
                "carrier": relay.carrier.public_id,
                "taken_from": relay.taken_from.public_id,
                "manner": relay.manner,
                "words": relay.words,
            }
            for relay in in_order(claim.relays.all(), "carrier.public_id", "taken_from.public_id")
        ],
        "relations": [
            {"kind": relation.kind, "claim": relation.other.public_id, "note": relation.note}
            for relation in in_order(file.public_relations, "kind", "other.public_id")
        ],
    }
    return {"status_line": status_line(content), **content}


def claim_mentions(file: ClaimFile) -> Iterator[models.Model]:
    """The subjects that the Claim's content quotes."""
    claim = file.claim
    for named in (claim.claimant, claim.voiced_by, claim.outlet, claim.event):
        if named:
            yield named
    for document in file.sorted_documents:
        yield from document_mentions(document)
    for relation in file.public_relations:
        yield relation.other


def claim_documents(file: ClaimFile) -> list[Document]:
    """The documents that the Claim's content tells of."""
    return file.sorted_documents


def roles_at_the_time(claim: Claim, quote: Quote) -> list[Content]:
    """The claimant's published roles that are established for the day it was said, both their days
    known; none where that day is open.
    """
    said = claim.said
    if claim.claimant is None or not (said.not_before and said.not_after):
        return []
    return [
        role
        for role in quote.content(claim.claimant)["roles"]
        if role["held_from"]
        and role["held_until"]
        and role["held_from"] <= said.not_before.isoformat()
        and said.not_after.isoformat() <= role["held_until"]
    ]


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


def figure_content(figure: Figure, claim: Claim, quote: Quote) -> Content:
    """A Figure: the words as printed and, beside them, numbers as decimal strings."""
    return {
        "id": figure.public_id,
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
        "measure": public_measure(figure, claim, quote),
    }


def public_measure(figure: Figure, claim: Claim, quote: Quote) -> Content | None:
    """The figure's Measure as the Event's public side has it. Raises NotReady where it has not."""
    if figure.measure is None or claim.event is None:
        return None
    for measure in quote.content(claim.event)["measures"]:
        if measure["id"] == figure.measure.public_id:
            return dict(measure)
    raise NotReady(
        "A figure is counted in a measure that is not public.",
        reasons=[f"Publish the change of the event “{claim.event}” first: it counts anew."],
    )


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
