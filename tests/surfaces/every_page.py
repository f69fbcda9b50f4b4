"""A site with a page of every type that readers can meet, and the addresses. All synthetic."""

import datetime

from django.utils import timezone

from claims import workflow
from claims.kinds import KINDS
from claims.models import (
    Citation,
    Claim,
    ClaimRelation,
    Depiction,
    Event,
    Inquiry,
    MediaFinding,
    Override,
)
from claims.publisher import publisher_name
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind
from sources import workflow as subjects
from sources.models import Actor, Source
from tests import factories
from tests.surfaces.claim_rich import make_told_claim
from tests.surfaces.event_rich import make_told_event
from tests.surfaces.ledgering import NOTE, bury, publish
from tests.surfaces.people_rich import live, make_changes, make_people
from tests.surfaces.reading import current

DAY = datetime.date(2020, 3, 3)
# What is called by the same name in every language.
NAMES_OF_THINGS = frozenset(
    {"API", "ClaimReview", "MediaReview", "CC BY", "CSL-JSON", "CSV", "SHA-256", "UTC", "Wikidata"}
    | {"C2SP", "Python", "RFC 6962", "cryptography", "signed-note", "tlog-checkpoint", "tlog-tiles"}
    | {"?from=SIZE", "origin"}
)


def make_site() -> dict[str, str]:
    """Everything published, and where it stands: what kind of page, and its English address."""
    claim, event, people = make_told_claim(), make_told_event(), make_people()
    make_changes(people)
    pictured, imported = make_pictured_claim(), factories.make_claim()
    workflow.publish_imported(imported, by=factories.make_user(Role.ADMINISTRATOR))
    voice = factories.make_published_claim(
        speaker="own-voice", claimant=None, outlet=people.gazette, text="The port is shut."
    )
    nobody = factories.make_published_claim(
        speaker="nobody-named", claimant=None, attribution_status=""
    )
    make_correcting_claim(nobody)
    documents = [citation.document for citation in claim.citations.order_by("position")]
    today = timezone.now().date().isoformat()
    addresses = {
        "home": "/",
        "claim": current(claim).get_absolute_url(),
        "claim, image": current(pictured).get_absolute_url(),
        "claim, imported": current(imported).get_absolute_url(),
        "claim, own voice": current(voice).get_absolute_url(),
        "claim, superseded": current(nobody).get_absolute_url(),
        "version": f"/claims/{claim.public_id}/versions/1/",
        "compare": f"/claims/{claim.public_id}/compare/1...2/",
        "as of": f"/claims/{claim.public_id}/?as_of={today}",
        "not yet": f"/claims/{claim.public_id}/?as_of=1999-12-31",
        "card": f"/claims/{claim.public_id}/embed/",
        "list": "/claims/",
        "list, narrowed": f"/claims/?event={claim.event.public_id}&topic=harbours&about=toll",
        "list, of a claimant": f"/claims/?claimant={claim.claimant.public_id}&has_figures=true",
        "list, checked": "/claims/?checked=yes&said_on_or_after=2020-01-01",
        "list, as of": f"/claims/?as_of={today}",
        "list, empty": "/claims/?about=intent",
        "search": "/claims/?q=boats",
        "search, phrase": '/claims/?q="twelve boats" -ministry',
        "search, near": "/claims/?q=Harbor Ministri",
        "search, empty": "/claims/?q=nonesuch",
        "search, unwanted": "/claims/?q=-boats",
        "event": f"/events/{event.public_id}/",
        "event, bare": f"/events/{claim.event.public_id}/",
        "document": f"/documents/{documents[0].public_id}/",
        "document, not held": f"/documents/{documents[1].public_id}/",
        "claimant": f"/claimants/{people.office.public_id}/",
        "claimant, person": f"/claimants/{people.person.public_id}/",
        "claimant, above": f"/claimants/{people.city.public_id}/",
        "source": f"/sources/{people.gazette.public_id}/",
        "topics": "/topics/",
        "topic": "/topics/harbours/",
        "corrections": "/corrections/",
        "updates": "/corrections/?show=updates",
        "methodology": "/methodology/",
        "log": "/log/",
        "policies": "/policies/",
        "answer": "/answer/",
        "answer, about": f"/answer/?kind=error&claim={claim.public_id}",
        "not found": "/nothing/",
        "malformed": "/claims/?about=nonsense",
    }
    return addresses | make_tombstones(successor=claim)


def make_pictured_claim() -> Claim:
    """A claim about an image, which somebody examined."""
    claim = factories.make_ready_claim(
        kind="image-or-video",
        verification_status="misleading",
        as_of=DAY,
        rationale="It shows another harbour.",
        why_checked="Many shared it.",
    )
    by = factories.somebody()
    Inquiry.objects.create(
        claim=claim,
        asked_of=claim.claimant,
        place="by e-mail",
        question="Where was it taken?",
        asked_on=DAY,
        result="no-answer",
        created_by=by,
    )
    Depiction.objects.create(
        claim=claim,
        media=factories.make_document(kind="photo", told_by=factories.make_passage()),
        shows="Twelve boats off the quay.",
        place="the quay of the old town",
        created_by=by,
    )
    passage = factories.make_passage()
    source = passage.capture.document.source
    source.operator, source.operator_passage = factories.make_actor(), passage
    source.save()
    MediaFinding.objects.create(
        claim=claim,
        finding="wrong-place-or-time",
        evidence=Citation.objects.create(
            claim=claim,
            position=5,
            role="evidence",
            stance="refutes",
            basis="holds-record",
            document=passage.capture.document,
            passage=passage,
            created_by=by,
        ),
        explanation="The quay in it stands in another town.",
        created_by=by,
    )
    return publish(claim)


def make_correcting_claim(other: Claim) -> Claim:
    """A claim that corrects the other, published although one of our rules is not met."""
    claim = factories.make_ready_claim(
        text="There were twelve boats after all.",
        verification_status="unverified",
        as_of=DAY,
        rationale="Open.",
        why_checked="Many asked.",
    )
    Override.objects.create(
        claim=claim,
        rule="would-settle",
        reason="Nothing can: the harbour burnt down.",
        created_by=factories.make_user(Role.EDITOR),
    )
    ClaimRelation.objects.create(
        claim=claim,
        kind="corrects",
        other=other,
        note="It names another number.",
        created_by=factories.somebody(),
    )
    return publish(claim)


def make_tombstones(*, successor: Claim) -> dict[str, str]:
    """One of each kind, of claims and of other subjects."""
    found = {}
    for kind in ("suspend", "retract", "redact", "merge"):
        claim = factories.make_published_claim()
        other = successor if kind == "merge" else None
        bury(claim, PublicationKind(kind), successor=other)
        found[f"claim, {kind}"] = f"/claims/{claim.public_id}/"
        found[f"version, {kind}"] = f"/claims/{claim.public_id}/versions/1/"
        found[f"card, {kind}"] = f"/claims/{claim.public_id}/embed/"
    for kind, take in {"suspend": subjects.suspend, "retract": subjects.retract}.items():
        event = factories.make_event()
        live(event)
        take(event, by=factories.make_user(Role.EDITOR), note=NOTE, kinds=KINDS)
        found[f"event, {kind}"] = f"/events/{event.public_id}/"
    return found


def names() -> set[str]:
    """The names of all who have one, which are the same in every language."""
    people = Actor.objects.values_list("name", flat=True)
    outlets = Source.objects.values_list("name", flat=True)
    places = Event.objects.exclude(place="").values_list("place", flat=True)
    return {*people, *outlets, *places, *NAMES_OF_THINGS, publisher_name()}
