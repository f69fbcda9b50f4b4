"""What is published of events. Pure, like `sources.record`, where `quote` is told."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import models

from claims.choices import PlacePrecision
from claims.models import Event, EventParty
from claims.record.numbers import number
from sources.models import Document
from sources.models.merging import resolved
from sources.record import (
    PASSAGE_WORDS,
    Content,
    Quote,
    day,
    in_order,
    passage_content,
    passage_mentions,
    passages,
)

EVENT_OTHERS_WORDS = (
    "/content/happened/as_printed",
    "/content/place/as_printed",
    *(f"/content/parties/*/passage/{words}" for words in PASSAGE_WORDS),
)
SETTLEMENT = Decimal("0.01")


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
        # A larger event can have been merged into a part of it, which is no part of itself.
        "part_of": (
            quote(event.part_of)
            if event.part_of and resolved(event.part_of) != resolved(event)
            else None
        ),
        "parties": [
            {
                "actor": quote(party.actor),
                "interest": party.interest,
                "party": quote(party.party) if party.party else None,
                "stake": party.stake,
                "passage": passage_content(party.passage, quote) if party.passage else None,
            }
            for party in sorted(event.parties.all(), key=party_order)
        ],
        "measures": [
            measure_content(measure) for measure in in_order(event.measures.all(), "public_id")
        ],
    }


def coordinates(event: Event) -> Content:
    """Where the Event is: at settlement level (about a kilometre) unless an editor released it."""
    if event.latitude is None or event.longitude is None:
        return {"latitude": None, "longitude": None, "precision": None}
    if event.place_released:
        return {
            "latitude": number(event.latitude),
            "longitude": number(event.longitude),
            "precision": event.place_precision,
        }
    is_exact = event.place_precision == PlacePrecision.EXACT
    return {
        "latitude": number(event.latitude.quantize(SETTLEMENT)),
        "longitude": number(event.longitude.quantize(SETTLEMENT)),
        "precision": PlacePrecision.SETTLEMENT.value if is_exact else event.place_precision,
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


def party_order(party: EventParty) -> str:
    """Interests by the public id under which their Actor is told."""
    return str(resolved(party.actor).public_id)


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
