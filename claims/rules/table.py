"""The publication rules: one table, shown as a checklist and enforced by the workflow."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from claims.choices import (
    AttributionStatus,
    CitationRole,
    ClaimKind,
    EvidenceBasis,
    RelationKind,
    Speaker,
    Stance,
    VerificationStatus,
)
from claims.claim_file import ClaimFile, live_claims, load_file
from claims.models import Citation, Claim, ClaimRelation
from sources.choices import HopManner

FIRST_HAND = {EvidenceBasis.SAW_OR_MEASURED, EvidenceBasis.HOLDS_RECORD}
NEVER_CHECKED = {ClaimKind.OPINION, ClaimKind.PLEDGE, ClaimKind.INSTRUCTION}
NEEDS_THE_ORIGINAL = {
    AttributionStatus.MISQUOTED,
    AttributionStatus.MISTRANSLATED,
    AttributionStatus.OUT_OF_CONTEXT,
}
AGAINST = {VerificationStatus.FALSE, VerificationStatus.MISLEADING}
AGAINST_ATTRIBUTION = {AttributionStatus.MISATTRIBUTED, AttributionStatus.FABRICATED}


@dataclass(frozen=True)
class Rule:
    """What a Claim must meet before it is submitted or published. `field` mends it."""

    name: str
    sentence: str
    field: str
    is_met: Callable[[ClaimFile], bool]


def unmet(claim: Claim) -> list[Rule]:
    """The rules that the claim does not meet, in the order of the table."""
    file = load_file(claim)
    return [rule for rule in RULES if not rule.is_met(file)]


# What the rules ask


def has_speaker(file: ClaimFile) -> bool:
    """A claimant, an outlet in its own voice, or the statement that nobody is named."""
    return {
        Speaker.ACTOR: file.claim.claimant is not None,
        Speaker.OWN_VOICE: file.claim.outlet is not None,
        Speaker.NOBODY_NAMED: True,
    }[Speaker(file.claim.speaker)]


def has_quote(file: ClaimFile) -> bool:
    """A carrier whose words, or whose locator, are found in what we hold."""
    return any(is_anchored(citation) for citation in file.cited_as(CitationRole.ATTRIBUTION))


def held_citations_are_anchored(file: ClaimFile) -> bool:
    """No citation of a Document we hold is without its place."""
    return all(is_anchored(citation) for citation in file.citations if file.is_held(citation))


def reported_documents_are_told_of(file: ClaimFile) -> bool:
    """Every Document that nobody here has seen rests on a passage that tells of it."""
    return all(
        document.told_by_id is not None or document.is_held for document in file.documents.values()
    )


def on_record_holds_the_original(file: ClaimFile) -> bool:
    """`on-record` needs the claimant's own utterance, held, in its own language."""
    if file.claim.attribution_status != AttributionStatus.ON_RECORD:
        return True
    return holds_the_original(file)


def reported_has_no_original(file: ClaimFile) -> bool:
    """`reported` says that nobody here has seen the original: it cannot stand where we hold it."""
    reported = file.claim.attribution_status == AttributionStatus.REPORTED
    return not (reported and holds_the_original(file))


def departure_has_the_original(file: ClaimFile) -> bool:
    """A finding that the circulating words depart from the original needs the original held."""
    if file.claim.attribution_status not in NEEDS_THE_ORIGINAL:
        return True
    return any(
        citation.compared_with_id is not None and file.documents[citation.compared_with_id].is_held
        for citation in file.cited_as(CitationRole.ATTRIBUTION)
    )


def attribution_finding_is_reasoned(file: ClaimFile) -> bool:
    """Anything but the two ordinary findings gives its reason."""
    ordinary = ("", AttributionStatus.ON_RECORD, AttributionStatus.REPORTED)
    return file.claim.attribution_status in ordinary or bool(file.claim.attribution_reason)


def opinion_is_not_checked(file: ClaimFile) -> bool:
    """Opinions, pledges and instructions are not checkable, and say so."""
    not_checkable = file.claim.verification_status == VerificationStatus.NOT_CHECKABLE
    return file.claim.kind not in NEVER_CHECKED or not_checkable


def prediction_comes_back(file: ClaimFile) -> bool:
    """A prediction has a date on which somebody looks again."""
    return file.claim.kind != ClaimKind.PREDICTION or file.claim.review_by is not None


def verdict_is_reasoned(file: ClaimFile) -> bool:
    """Every finding of an examination says why."""
    return (
        file.claim.verification_status
        in (VerificationStatus.UNCHECKED, VerificationStatus.NOT_CHECKABLE)
        or file.claim.rationale != ""
    )


def confirmed_has_first_hand_evidence(file: ClaimFile) -> bool:
    """`confirmed` needs somebody who saw, measured or holds the record, or a concession."""
    if file.claim.verification_status != VerificationStatus.CONFIRMED:
        return True
    concessions = ClaimRelation.objects.filter(other=file.claim, kind=RelationKind.CONCEDES)
    conceding = live_claims(concessions.values_list("claim__public_id", flat=True))
    return bool(conceding) or has_first_hand_evidence(file, Stance.SUPPORTS)


def finding_against_has_first_hand_evidence(file: ClaimFile) -> bool:
    """Saying that it is not so needs the same strength as saying that it is."""
    if (
        file.claim.verification_status not in AGAINST
        and file.claim.attribution_status not in AGAINST_ATTRIBUTION
    ):
        return True
    return has_first_hand_evidence(file, Stance.REFUTES)


def corroborated_has_two_operators(file: ClaimFile) -> bool:
    """`corroborated` needs first-hand support through two outlets of different, known operators,
    neither of them the claimant, and no evidence against.
    """
    if file.claim.verification_status != VerificationStatus.CORROBORATED:
        return True
    evidence = file.cited_as(CitationRole.EVIDENCE)
    operators = {
        document(file, citation).source.operator_id
        for citation in evidence
        if citation.stance == Stance.SUPPORTS
        and citation.basis in FIRST_HAND
        and document(file, citation).source is not None
    }
    against = any(citation.stance == Stance.REFUTES for citation in evidence)
    return len(operators - {None, file.claim.claimant_id}) >= 2 and not against


def disputed_has_both_sides(file: ClaimFile) -> bool:
    """`disputed` needs evidence on both sides."""
    if file.claim.verification_status != VerificationStatus.DISPUTED:
        return True
    stances = {citation.stance for citation in file.cited_as(CitationRole.EVIDENCE)}
    return {Stance.SUPPORTS.value, Stance.REFUTES.value} <= stances


def figures_belong_to_the_event(file: ClaimFile) -> bool:
    """A figure is compared within the event that the claim is about."""
    return all(
        figure.measure is None or figure.measure.event_id == file.claim.event_id
        for figure in file.claim.figures.all()
    )


def quantity_has_a_figure(file: ClaimFile) -> bool:
    """A quantitative claim gives its number."""
    return file.claim.kind != ClaimKind.QUANTITATIVE or bool(file.claim.figures.all())


def harm_is_checked(file: ClaimFile) -> bool:
    """Somebody has looked at what publishing could harm."""
    return bool(file.claim.harm_check)


# Parts of the questions


def is_anchored(citation: Citation) -> bool:
    """Whether it points at words in a Capture, or at a place by its locator."""
    passage = citation.passage
    return passage is not None and bool(passage.locator or passage.ranges.all())


def holds_the_original(file: ClaimFile) -> bool:
    """Whether the claimant's own utterance is held, in the language in which it was made."""
    return any(
        citation.first_hand
        and is_anchored(citation)
        and document(file, citation).hop_manner != HopManner.TRANSLATES
        and file.claim.original_language in ("", document(file, citation).language)
        for citation in file.cited_as(CitationRole.ATTRIBUTION)
    )


def document(file: ClaimFile, citation: Citation) -> Any:
    """The citation's Document, loaded with its source."""
    return file.documents[citation.document_id]


def has_first_hand_evidence(file: ClaimFile, stance: Stance) -> bool:
    """Whether anchored evidence of that stance comes from who saw, measured or holds the record."""
    return any(
        citation.stance == stance and citation.basis in FIRST_HAND and is_anchored(citation)
        for citation in file.cited_as(CitationRole.EVIDENCE)
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "speaker",
        "Name the claimant, the outlet, or say that nobody is named.",
        "speaker",
        has_speaker,
    ),
    Rule(
        "quote",
        "Find the quote in a captured document, or give its place by a locator.",
        "citations",
        has_quote,
    ),
    Rule(
        "anchored",
        "Every citation of a document we hold needs the passage it points at.",
        "citations",
        held_citations_are_anchored,
    ),
    Rule(
        "told-of",
        "Say for each document that nobody here has seen which passage tells of it.",
        "citations",
        reported_documents_are_told_of,
    ),
    Rule(
        "on-record",
        "“On record” needs the claimant's own words, held, in their own language.",
        "attribution_status",
        on_record_holds_the_original,
    ),
    Rule(
        "reported",
        "We hold the claimant's own words: “reported” would say that we have not seen them.",
        "attribution_status",
        reported_has_no_original,
    ),
    Rule(
        "original",
        "This attribution finding needs the original, held, beside the passage.",
        "attribution_status",
        departure_has_the_original,
    ),
    Rule(
        "attribution-reason",
        "Give the reason for this attribution finding.",
        "attribution_reason",
        attribution_finding_is_reasoned,
    ),
    Rule(
        "opinion",
        "An opinion, pledge or instruction is “not checkable”.",
        "verification_status",
        opinion_is_not_checked,
    ),
    Rule(
        "prediction",
        "A prediction needs the day on which to look again.",
        "review_by",
        prediction_comes_back,
    ),
    Rule("rationale", "Say why, in words for the reader.", "rationale", verdict_is_reasoned),
    Rule(
        "confirmed",
        "“Confirmed” needs evidence from who saw, measured or holds the record, or a concession.",
        "citations",
        confirmed_has_first_hand_evidence,
    ),
    Rule(
        "against",
        "This finding needs evidence against it from who saw, measured or holds the record.",
        "citations",
        finding_against_has_first_hand_evidence,
    ),
    Rule(
        "corroborated",
        "“Corroborated” needs two independent origins and none against.",
        "citations",
        corroborated_has_two_operators,
    ),
    Rule(
        "disputed", "“Disputed” needs evidence on both sides.", "citations", disputed_has_both_sides
    ),
    Rule("quantity", "A quantitative claim needs its figure.", "figures", quantity_has_a_figure),
    Rule(
        "measure",
        "The figures' measures must belong to the claim's event.",
        "figures",
        figures_belong_to_the_event,
    ),
    Rule(
        "harm-check",
        "Check what publishing could harm, and say what you found.",
        "harm_check",
        harm_is_checked,
    ),
)
