"""Rows of what is said: topics, events, claims."""

from claims.choices import (
    About,
    AttributionStatus,
    ClaimKind,
    Counting,
    HarmCheck,
    Interest,
    PlacePrecision,
    Speaker,
    VerificationStatus,
)
from claims.importing.claim_parts import (
    citation,
    depiction,
    figure,
    inquiry,
    media_finding,
    override,
    relation,
    relay,
)
from claims.importing.fields import Fields
from claims.importing.things import Group, Part, Thing
from claims.models import (
    Citation,
    Claim,
    ClaimRelation,
    ClaimTopic,
    Depiction,
    Event,
    EventParty,
    Figure,
    Inquiry,
    Measure,
    MediaFinding,
    Override,
    Relay,
    Topic,
    TopicName,
)

# How far a row may ask its claim to be taken, and the steps on the way.
STEPS_TO = {
    "draft": (),
    "in_review": ("submit",),
    "approved": ("submit", "approve"),
    "published": ("submit", "approve", "publish"),
}


def topic(fields: Fields) -> Thing:
    """What readers browse."""
    names = [
        Part(
            {
                "language": part.line("language", required=True),
                "name": part.line("name", required=True),
                "slug": part.line("slug", required=True),
            },
            part.at,
        )
        for part in fields.parts("names")
    ]
    return Thing(
        kind="topic",
        key=fields.key(),
        model=Topic,
        values={
            "name": fields.line("name", required=True),
            "slug": fields.line("slug", required=True),
        },
        groups=[Group(TopicName, "topic", names)],
    )


def event(fields: Fields) -> Thing:
    """What claims are about."""
    return Thing(
        kind="event",
        key=fields.key(),
        model=Event,
        values={
            "title": fields.line("title", required=True),
            "happened": fields.bounds("happened"),
            "place_as_printed": fields.line("place_as_printed"),
            "place": fields.line("place"),
            "latitude": fields.number("latitude"),
            "longitude": fields.number("longitude"),
            "place_precision": fields.code("place_precision", PlacePrecision),
            "summary": fields.text("summary"),
            "summary_as_of": fields.day("summary_as_of"),
            "part_of": fields.ref("part_of", "event"),
        },
        groups=[
            Group(EventParty, "event", [party(part) for part in fields.parts("parties")]),
            Group(Measure, "event", [measure(part) for part in fields.parts("measures")]),
        ],
    )


def party(fields: Fields) -> Part:
    """An Actor's interest in an Event."""
    values = {
        "actor": fields.ref("actor", "actor", required=True),
        "interest": fields.code("interest", Interest, default=Interest.NOT_ASSESSED),
        "party": fields.ref("party", "actor"),
        "stake": fields.line("stake"),
        "passage": fields.place("passage"),
    }
    return Part(values, fields.at)


def measure(fields: Fields) -> Part:
    """A thing counted in an Event; figures name it by its key."""
    values = {
        "what": fields.line("what", required=True),
        "unit": fields.line("unit", required=True),
        "counting": fields.code("counting", Counting, required=True),
    }
    return Part(values, fields.at, key=fields.key())


def claim(fields: Fields) -> Thing:
    """What somebody said, with all that belongs to its file."""
    speaker = fields.code("speaker", Speaker, default=Speaker.ACTOR)
    nobody = speaker == Speaker.NOBODY_NAMED
    citations = [citation(part, number) for number, part in enumerate(fields.parts("citations"), 1)]
    figures = [figure(part, number) for number, part in enumerate(fields.parts("figures"), 1)]
    inquiries = [inquiry(part, number) for number, part in enumerate(fields.parts("inquiries"), 1)]
    shown = fields.inside("depiction")
    keys = [part.key for part in citations]
    for key in {key for key in keys if key and keys.count(key) > 1}:
        fields.refuse("citations", f"Two citations have the key “{key}”.")
    topics = [
        Part({"topic": ref}, f"topics/{number}/")
        for number, ref in enumerate(fields.refs("topics", "topic"))
    ]
    return Thing(
        kind="claim",
        key=fields.key(),
        model=Claim,
        values={
            "text": fields.text("text", required=True),
            "language": fields.line("language") or "en",
            "original_words": fields.quote("original_words"),
            "original_language": fields.line("original_language"),
            "translation_reviewed": fields.flag("translation_reviewed", default=False),
            "speaker": speaker,
            "claimant": fields.ref("claimant", "actor"),
            "voiced_by": fields.ref("voiced_by", "actor"),
            "outlet": fields.ref("outlet", "source"),
            "said": fields.bounds("said"),
            "event": fields.ref("event", "event"),
            "about": fields.code("about", About, required=True),
            "kind": fields.code("claim_kind", ClaimKind, default=ClaimKind.FACTUAL),
            "attribution_status": fields.code(
                "attribution_status",
                AttributionStatus,
                default="" if nobody else AttributionStatus.REPORTED,
            ),
            "attribution_reason": fields.text("attribution_reason"),
            "verification_status": fields.code(
                "verification_status", VerificationStatus, default=VerificationStatus.UNCHECKED
            ),
            "rationale": fields.text("rationale"),
            "as_of": fields.day("as_of"),
            "review_by": fields.day("review_by"),
            "unknowns": fields.text("unknowns"),
            "would_settle": fields.text("would_settle"),
            "why_checked": fields.text("why_checked"),
            "harm_check": fields.codes("harm_check", HarmCheck),
            "harm_note": fields.text("harm_note"),
        },
        columns={"kind": "claim_kind"},
        groups=[
            Group(ClaimTopic, "claim", topics),
            Group(Figure, "claim", figures),
            Group(Citation, "claim", citations),
            Group(Relay, "claim", [relay(part, keys) for part in fields.parts("relays")]),
            Group(ClaimRelation, "claim", [relation(part) for part in fields.parts("relations")]),
            Group(Depiction, "claim", [depiction(shown)] if shown else []),
            Group(
                MediaFinding,
                "claim",
                [media_finding(part, keys) for part in fields.parts("media_findings")],
            ),
            Group(Inquiry, "claim", inquiries),
            Group(Override, "claim", [override(part) for part in fields.parts("overrides")]),
        ],
        advance_to=advance(fields),
    )


def advance(fields: Fields) -> str:
    """How far the claim is to be taken."""
    target = fields.line("advance_to") or "draft"
    if target not in STEPS_TO:
        fields.refuse("advance_to", f"Choose one of {', '.join(STEPS_TO)}.")
        return "draft"
    return target
