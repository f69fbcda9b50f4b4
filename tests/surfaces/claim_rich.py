"""The rich claim with all that its page tells beside: interests, addresses. Synthetic."""

import datetime

from claims.models import Claim, ClaimRelation, EventParty
from factcheck.common.dates import DateBounds
from tests import factories
from tests.surfaces.ledgering import publish
from tests.surfaces.rich import make_rich_draft


def make_told_draft(**party: object) -> Claim:
    """The rich claim as a draft, with what its claimant's interest in the event is."""
    claim = make_rich_draft()
    add_party(claim, **party)
    ClaimRelation.objects.create(
        claim=claim,
        kind="part-of",
        other=factories.make_published_claim(text="Boats were off the port.", about="occurrence"),
        note="A number of boats says there were some.",
        created_by=factories.somebody(),
    )
    claim.refresh_from_db()
    return claim


def make_told_claim(**party: object) -> Claim:
    """The same, published and corrected once."""
    claim = publish(make_told_draft(**party))
    return factories.revise_and_publish(
        claim, text="The harbour ministry counted more than 12 boats aimed at the port."
    )


def add_party(claim: Claim, **values: object) -> EventParty:
    """The claimant's interest in the claim's event; by default it speaks for a party."""
    row: dict[str, object] = {
        "interest": "speaks-for",
        "party": factories.make_actor(kind="government-body", name="Exampleland Harbours"),
        "passage": factories.make_passage(
            factories.make_capture(
                factories.make_document(
                    title="Statute of the ministry",
                    url="https://law.example/statute#harbours",
                    published=DateBounds.on(datetime.date(2019, 1, 2)),
                )
            )
        ),
    }
    return EventParty.objects.create(
        event=claim.event,
        actor=claim.claimant,
        created_by=factories.somebody(),
        **row | values,
    )
