"""A claim with everything that a page can show, published twice. Everything here is synthetic."""

import datetime

from claims.choices import AttributionStatus, VerificationStatus
from claims.models import (
    Citation,
    Claim,
    ClaimRelation,
    ClaimTopic,
    Figure,
    Inquiry,
    Measure,
    Relay,
)
from factcheck.common.dates import DateBounds
from sources.models import ActorRole
from tests import factories
from tests.surfaces.ledgering import publish

TEXT = (
    "SYNTHETIC. The harbour ministry of Exampleland said this Monday, March 2nd, that it had "
    "“fired” 12 boats aimed at the port. “We counted more than 12 boats,” the ministry wrote on "
    "its channel. A fisherman, who counted them from the pier, told this site that there were "
    "about 9. The coast guard of Exampleland released a list of 14 registered boats."
)
SAID = "that it had “fired” 12 boats aimed at the port."
COUNTED = "“We counted more than 12 boats,” the ministry wrote on its channel."
ARABIC = "أحصينا أكثر من ١٢ قاربا"


def make_rich_draft(**values: object) -> Claim:
    """The claim before anybody has submitted it."""
    by = factories.somebody()
    ministry = factories.make_actor(kind="government-body", name="Harbour Ministry of Exampleland")
    speaker = factories.make_actor(kind="person", name="Amina Example")
    ActorRole.objects.create(
        actor=ministry,
        title="authority for harbours",
        created_by=by,
        body=factories.make_actor(kind="government-body", name="Exampleland"),
        held_from=datetime.date(2020, 3, 2),
        held_until=datetime.date(2020, 3, 9),
    )
    french = factories.make_document(
        title="Douze bateaux « tirés » selon le ministère",
        language="fr",
        published=DateBounds.on(datetime.date(2020, 3, 2)),
    )
    website = factories.make_document(
        title="Twelve boats “fired”, ministry says",
        url="https://news.example/boats",
        hop_of=french,
        hop_manner="translates",
        translator="machine",
        source=factories.make_source(kind="unnamed-website", name="an unnamed website"),
    )
    capture = factories.make_capture(website, TEXT)
    passage = factories.make_passage(capture, SAID, COUNTED)
    french.told_by = factories.make_passage(capture, "this Monday, March 2nd")
    french.save()
    post = factories.make_document(
        source=factories.make_source(kind="official-channel", name="Channel of the ministry"),
        kind="post",
        title="Post on the number of boats",
        language="ar",
        told_by=factories.make_passage(capture, "the ministry wrote on its channel"),
    )
    event = factories.make_event(title="Boats off the port of Exampleton")
    values = {
        "text": "The ministry counted more than 12 boats aimed at the port.",
        "original_words": ARABIC,
        "original_language": "ar",
        "claimant": ministry,
        "voiced_by": speaker,
        "said": DateBounds(
            datetime.date(2020, 3, 2),
            datetime.date(2020, 3, 2),
            "this Monday, March 2nd",
            "early-morning",
            "Exampleton time",
        ),
        "event": event,
        "kind": "quantitative",
        "attribution_status": AttributionStatus.REPORTED,
        "attribution_reason": "We read it in a machine translation and have not seen the post.",
        "verification_status": VerificationStatus.DISPUTED,
        "rationale": "The coast guard's list has 14 boats; a fisherman counted about 9.",
        "as_of": datetime.date(2020, 3, 9),
        "review_by": datetime.date(2020, 6, 1),
        "unknowns": "Whether boats were counted twice.\n\nWho counted for the ministry.",
        "would_settle": "The harbour master's book of that day.",
        "why_checked": "The number decides whether the port is closed.",
    } | values
    claim = factories.make_claim(**values)
    topic = factories.make_topic(name="Harbours", slug="harbours")
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=by)
    measure = Measure.objects.create(
        event=event, what="boats off the port", unit="boats", counting="per-period", created_by=by
    )
    Figure.objects.create(
        claim=claim,
        as_printed="more than 12 boats",
        counts="boats counted",
        low=12,
        unit="boats",
        qualifier="more-than",
        period="that day",
        measure=measure,
        created_by=by,
        counted_as_of=DateBounds.on(datetime.date(2020, 3, 2), as_printed="this Monday"),
    )
    Figure.objects.create(
        claim=claim,
        position=2,
        as_printed="12,000 to 15,000 people",
        counts="people in the port",
        qualifier="between",
        low=12000,
        high=15000,
        unit="people",
        basis="estimated",
        created_by=by,
    )
    add_citations(claim, website, passage, post)
    Inquiry.objects.create(
        claim=claim,
        asked_of=ministry,
        place="press office, by e-mail",
        question="On what day were the boats counted?",
        asked_on=datetime.date(2020, 3, 5),
        deadline=datetime.date(2020, 3, 7),
        result="no-answer",
        created_by=by,
    )
    claim.refresh_from_db()
    return claim


def add_citations(claim: Claim, website: object, passage: object, post: object) -> None:
    """The chain from the website to the post, and evidence for and against."""
    by = factories.somebody()
    read = Citation.objects.create(
        claim=claim,
        position=1,
        document=website,
        passage=passage,
        first_hand=False,
        cue="said",
        form="part-quote",
        named_speaker="The harbour ministry",
        fidelity="suspected",
        fidelity_words="“fired”",
        likely_reading="shot at",
        created_by=by,
        fidelity_reason="The French word means both, and boats are not fired.",
    )
    said = Citation.objects.create(
        claim=claim, position=2, document=post, first_hand=True, created_by=by
    )
    Relay.objects.create(
        claim=claim,
        carrier=read,
        taken_from=said,
        manner="quotes",
        words="on its channel",
        created_by=by,
    )
    for position, (stance, basis, words) in enumerate(
        [
            ("supports", "holds-record", "a list of 14 registered boats"),
            ("refutes", "saw-or-measured", "there were about 9"),
        ],
        start=3,
    ):
        evidence = factories.make_passage(factories.make_capture(text=TEXT), words)
        source = evidence.capture.document.source
        source.operator, source.operator_passage = factories.make_actor(), evidence
        source.save()
        Citation.objects.create(
            claim=claim,
            position=position,
            role="evidence",
            stance=stance,
            basis=basis,
            document=evidence.capture.document,
            passage=evidence,
            created_by=by,
        )


def make_rich_claim() -> Claim:
    """The claim as published, related to another one, corrected once."""
    other = factories.make_published_claim(text="Boats were off the port.", about="occurrence")
    claim = make_rich_draft()
    ClaimRelation.objects.create(
        claim=claim,
        kind="part-of",
        other=other,
        note="A number of boats says there were some.",
        created_by=factories.somebody(),
    )
    publish(claim)
    return factories.revise_and_publish(
        claim, text="The harbour ministry counted more than 12 boats aimed at the port."
    )
