"""What belongs to a claim's row: figures, citations, relays, relations, images, inquiries."""

from claims.choices import (
    CitationForm,
    CitationRole,
    EvidenceBasis,
    Fidelity,
    FigureBasis,
    InquiryManner,
    InquiryResult,
    MediaFindingKind,
    Qualifier,
    RelationKind,
    RelayManner,
    Stance,
)
from claims.importing.fields import Fields
from claims.importing.things import Part


def figure(fields: Fields, position: int) -> Part:
    """A number as printed, and our reading of it."""
    values = {
        "position": position,
        "as_printed": fields.line("as_printed", required=True),
        "counts": fields.line("counts", required=True),
        "qualifier": fields.code("qualifier", Qualifier, default=Qualifier.BARE),
        "low": fields.number("low"),
        "best": fields.number("best"),
        "high": fields.number("high"),
        "unit": fields.line("unit"),
        "period": fields.line("period"),
        "counted_as_of": fields.bounds("counted_as_of"),
        "basis": fields.code("basis", FigureBasis, default=FigureBasis.CLAIMED),
        "measure": fields.ref("measure", "measure"),
    }
    return Part(values, fields.at)


def citation(fields: Fields, position: int) -> Part:
    """A document that carries the claim or bears on it; without quotes, one known by report."""
    document = fields.ref("document", "document", required=True)
    role = fields.code("role", CitationRole, default=CitationRole.ATTRIBUTION)
    values = {
        "position": position,
        "document": document,
        "passage": fields.words_in(document),
        "role": role,
        "stance": fields.code("stance", Stance),
        "cue": fields.line("cue"),
        "form": fields.code("form", CitationForm),
        "named_speaker": fields.line("named_speaker"),
        # As in every form of the desk: no, unless said; evidence is neither.
        "first_hand": fields.flag(
            "first_hand", default=False if role == CitationRole.ATTRIBUTION else None
        ),
        "basis": fields.code("basis", EvidenceBasis),
        "anonymity_reason": fields.text("anonymity_reason"),
        "answer": fields.text("answer"),
        "fidelity": fields.code("fidelity", Fidelity, default=Fidelity.NOT_COMPARED),
        "fidelity_words": fields.quote("fidelity_words"),
        "likely_reading": fields.line("likely_reading"),
        "fidelity_reason": fields.text("fidelity_reason"),
        "compared_with": fields.ref("compared_with", "document"),
    }
    return Part(values, fields.at, key=fields.key())


def relay(fields: Fields, keys: list[str]) -> Part:
    """From which citation another one took its words."""
    values = {
        "carrier": fields.own("carrier", keys),
        "taken_from": fields.own("taken_from", keys),
        "manner": fields.code("manner", RelayManner, required=True),
        "words": fields.quote("words"),
    }
    return Part(values, fields.at)


def relation(fields: Fields) -> Part:
    """How the claim stands to another one, which has a row further up."""
    values = {
        "kind": fields.code("kind", RelationKind, required=True),
        "other": fields.ref("other", "claim", required=True),
        "note": fields.line("note"),
    }
    return Part(values, fields.at)


def depiction(fields: Fields) -> Part:
    """What an image or video is said to show."""
    values = {
        "media": fields.ref("media", "document", required=True),
        "shows": fields.text("shows", required=True),
        "place": fields.line("place"),
        "taken": fields.bounds("taken"),
    }
    return Part(values, fields.at)


def media_finding(fields: Fields, keys: list[str]) -> Part:
    """What was found out about it, and on which citation of the claim that rests."""
    values = {
        "finding": fields.code("finding", MediaFindingKind, required=True),
        "evidence": fields.own("evidence", keys),
        "explanation": fields.text("explanation", required=True),
    }
    return Part(values, fields.at)


def inquiry(fields: Fields, position: int) -> Part:
    """What was asked or looked for, and what came of it."""
    values = {
        "position": position,
        "manner": fields.code("manner", InquiryManner, default=InquiryManner.ASKED),
        "asked_of": fields.ref("asked_of", "actor"),
        "place": fields.line("place", required=True),
        "question": fields.text("question", required=True),
        "asked_on": fields.day("asked_on"),
        "deadline": fields.day("deadline"),
        "result": fields.code("result", InquiryResult, default=InquiryResult.WAITING),
        "answered_on": fields.day("answered_on"),
        "answer": fields.text("answer"),
        "newsroom": fields.ref("newsroom", "source"),
        "passage": fields.place("passage"),
    }
    return Part(values, fields.at)


def override(fields: Fields) -> Part:
    """A rule that need not be met, for a reason that is published; holds for editors only."""
    values = {
        "rule": fields.line("rule", required=True),
        "reason": fields.text("reason", required=True),
    }
    return Part(values, fields.at)
