"""An event with everything that its page can show. Everything here is synthetic."""

import datetime
from typing import Any

from claims.models import Claim, Event, EventParty, Measure
from factcheck.common.dates import DateBounds
from sources.models import Actor
from tests import factories
from tests.surfaces.ledgering import publish

TEXT = (
    "SYNTHETIC. The navy of Northland speaks for Northland, its ministry wrote. Westland stands by "
    "Northland, its president declared. The port company of Exampleton is insured against the loss "
    "of boats. The harbour office of Southland speaks for Southland."
)


def march(day: int, **words: str) -> DateBounds:
    """A day of March 2020."""
    return DateBounds.on(datetime.date(2020, 3, day), **words)


def make_rich_event(**values: Any) -> Event:
    """Two parties, an ally, a stake, one who was not assessed; a part of a larger event."""
    event = factories.make_event(
        **{
            "title": "Boats off the port of Exampleton",
            "happened": march(2, as_printed="on Monday", part_of_day="night"),
            "place": "Exampleton",
            "place_as_printed": "the port of Exampletown",
            "latitude": "50.12345",
            "longitude": "-30.54321",
            "place_precision": "exact",
            "summary": "Boats were off the port. Both sides say so.\n\nHow many is disputed.",
            "summary_as_of": datetime.date(2020, 3, 9),
            "part_of": factories.make_event(title="The synthetic week of the boats"),
        }
        | values
    )
    capture = factories.make_capture(text=TEXT)
    sides = {name: make_body(name) for name in ("Northland", "Southland")}
    for actor, interest, party, words in (
        ("Navy of Northland", "speaks-for", "Northland", "The navy of Northland speaks for"),
        ("Westland", "declared-ally-of", "Northland", "Westland stands by Northland"),
        ("Harbour Office of Southland", "speaks-for", "Southland", "The harbour office of"),
        ("Port Company", "other-stake", None, "is insured against the loss of boats"),
        ("Coast Observers", "none-known", None, ""),
    ):
        EventParty.objects.create(
            event=event,
            actor=make_body(actor),
            interest=interest,
            party=sides[party] if party else None,
            stake="It is insured against the loss of boats." if interest == "other-stake" else "",
            passage=factories.make_passage(capture, words) if words else None,
            created_by=factories.somebody(),
        )
    for what in ("boats off the port", "people aboard"):
        Measure.objects.create(
            event=event,
            what=what,
            unit=what.split()[0],
            counting="per-period",
            created_by=factories.somebody(),
        )
    event.refresh_from_db()
    return event


def make_body(name: str) -> Actor:
    """A body under this name."""
    return factories.make_actor(kind="government-body", name=name)


def say(
    event: Event,
    text: str,
    *,
    who: str = "",
    figures: tuple[dict[str, Any], ...] = (),
    **values: Any,
) -> Claim:
    """A published claim about the event, by the party of this name, or by somebody else."""
    party = event.parties.filter(actor__name=who).first()
    claimant = party.actor if party else make_body(who or "A Fisherman’s Union")
    claim = factories.make_ready_claim(event=event, text=text, claimant=claimant, **values)
    for position, figure in enumerate(figures, start=1):
        measure = event.measures.filter(what=figure.get("counts", "boats off the port")).first()
        rest = {"best": None, "counts": "boats off the port", "measure": measure}
        factories.add_figure(claim, **{"position": position} | rest | figure)
    return publish(claim)


def make_told_event() -> Event:
    """The event with conflicting accounts, and a figure for every way to give one."""
    event = make_rich_event()
    north, south = "Navy of Northland", "Harbour Office of Southland"
    say(event, "Boats came to the port in the night.", who=north, about="occurrence", said=march(2))
    say(event, "The boats were fishing boats.", who=south, about="occurrence", said=march(3))
    say(event, "Southland sent the boats.", who=north, about="responsibility", said=march(4))
    say(
        event,
        "More than 12 boats came.",
        who=north,
        said=march(2),
        figures=(
            {
                "as_printed": "more than 12 boats",
                "qualifier": "more-than",
                "low": 12,
                "period": "that night",
                "counted_as_of": march(2),
            },
        ),
    )
    say(
        event,
        "Between 5 and 7 boats came, and at most 30 people were aboard.",
        who=south,
        said=march(3),
        figures=(
            {"as_printed": "5 to 7 boats", "qualifier": "between", "low": 5, "high": 7},
            {
                "as_printed": "at most 30 people",
                "qualifier": "up-to",
                "high": 30,
                "unit": "people",
                "counts": "people aboard",
            },
        ),
    )
    say(
        event,
        "Dozens of boats came; nine of them were counted, at least two more were heard.",
        said=DateBounds(),
        figures=(
            {"as_printed": "dozens of boats", "qualifier": "vague"},
            {"as_printed": "nine boats", "best": 9, "basis": "observed"},
            {"as_printed": "about 9 boats", "qualifier": "about", "best": 9},
            {"as_printed": "at least two boats", "qualifier": "at-least", "low": 2},
            {"as_printed": "3 ships", "best": 3, "unit": "ships", "measure": None},
        ),
    )
    return event
