"""A claimant and a source with everything that their pages can show. Everything is synthetic."""

import datetime
from dataclasses import dataclass

from claims.kinds import KINDS
from claims.models import Claim
from factcheck.common.dates import DateBounds
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind
from sources import workflow
from sources.models import Actor, ActorName, ActorRole, Control, Source, SourceAddress
from tests.factories import (
    QUOTE,
    TEXT,
    make_actor,
    make_capture,
    make_document,
    make_passage,
    make_published_claim,
    make_source,
    make_user,
    revise_and_publish,
    somebody,
    withhold,
)

OWNED = "Synthetic Holding owns the Harbour Gazette of Exampleton."
NOTE = "Synthetic note: the day of the role was wrong."


@dataclass(frozen=True)
class People:
    """Who is who: the person spoke for the office, whose parent is the city."""

    person: Actor
    office: Actor
    city: Actor
    gazette: Source
    claims: list[Claim]


def live(row: object) -> None:
    """Publish an actor, a source or an event by itself."""
    workflow.send_subject(row, PublicationKind.PUBLISH, kinds=KINDS, by=make_user(Role.EDITOR))


def make_office() -> Actor:
    """A body with names, controlled by a city."""
    office = make_actor(
        kind="government-body",
        name="Harbour Office of Exampleton",
        description="the office that counts boats",
        wikidata_id="Q4115189",
    )
    for name, language, form in (
        ("Портове управління Зразкова", "uk", "our-style"),
        ("مكتب الميناء", "ar", "as-printed"),
    ):
        ActorName.objects.create(
            actor=office, name=name, language=language, form=form, created_by=somebody()
        )
    return office


def make_people(*, claims: int = 3) -> People:
    """An office, a person who speaks for it, the city above it, and a gazette that the city runs;
    claims of the office on days of their own, the first of them corrected.
    """
    city = make_actor(kind="government-body", name="City of Exampleton")
    office = make_office()
    Control.objects.create(
        actor=office,
        parent=city,
        passage=make_passage(),
        held_from=datetime.date(2019, 1, 1),
        created_by=somebody(),
    )
    person = make_actor(kind="person", name="Amina Example", description="speaks for the office")
    ActorRole.objects.create(
        actor=person,
        title="spokeswoman of the harbour office",
        as_printed="the office's voice",
        body=office,
        held_from=datetime.date(2020, 3, 2),
        held_until=datetime.date(2020, 3, 9),
        passage=make_passage(),
        created_by=somebody(),
    )
    ActorRole.objects.create(actor=person, title="harbour pilot", created_by=somebody())
    gazette = make_gazette(city)
    passage = make_passage(make_capture(make_document(source=gazette), TEXT), QUOTE)
    made = [
        make_published_claim(
            claimant=office,
            voiced_by=person,
            passage=passage,
            text=f"The office counted {10 + number} boats.",
            said=DateBounds.on(datetime.date(2020, 3, 1 + number)),
        )
        for number in range(claims)
    ]
    make_published_claim(
        speaker="own-voice", claimant=None, outlet=gazette, text="The port is the largest of all."
    )
    revise_and_publish(made[0], text="The office counted ten boats.")
    return People(person, office, city, gazette, made)


def make_gazette(operator: Actor) -> Source:
    """A newspaper, and the passage that says who runs it."""
    capture = make_capture(make_document(title="Who owns whom"), f"SYNTHETIC. {OWNED} It says so.")
    gazette = make_source(
        kind="newspaper",
        name="Harbour Gazette",
        language="en",
        operator=operator,
        operator_passage=make_passage(capture, OWNED),
    )
    SourceAddress.objects.create(
        source=gazette, url="https://gazette.example/", created_by=somebody()
    )
    return gazette


def make_changes(people: People) -> None:
    """One of each kind of change, beside the correction that there is."""
    second, third = people.claims[1:3]
    revise_and_publish(second, "update", text="The office counted eleven boats by noon.")
    withhold(third, "retract", note="Synthetic note: nobody said it.")
    suspended = make_published_claim(text="Something to be withheld.", claimant=people.office)
    withhold(suspended, "suspend", note="Synthetic note: a source asked for time.")
    twin = make_actor(name="Harbour Office")
    live(twin)
    by = make_user(Role.EDITOR)
    workflow.merge(
        twin, into=people.office, by=by, note="Synthetic note: entered twice.", kinds=KINDS
    )
