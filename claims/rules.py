"""The publication rules: one table, shown as a checklist and enforced by the workflow."""

from collections.abc import Callable
from dataclasses import dataclass

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
from claims.models import Citation, Claim
from claims.record import documents_of

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
    is_met: Callable[[Claim], bool]


def unmet(claim: Claim) -> list[Rule]:
    """The rules that the claim does not meet, in the order of the table."""
    return [rule for rule in RULES if not rule.is_met(claim)]


# What the rules ask


def has_speaker(claim: Claim) -> bool:
    """A claimant, an outlet in its own voice, or the statement that nobody is named."""
    return {
        Speaker.ACTOR: claim.claimant is not None,
        Speaker.OWN_VOICE: claim.outlet is not None,
        Speaker.NOBODY_NAMED: True,
    }[Speaker(claim.speaker)]


def has_quote(claim: Claim) -> bool:
    """A carrier whose words, or whose locator, are found in what we hold."""
    return any(is_anchored(citation) for citation in citations(claim, CitationRole.ATTRIBUTION))


def held_citations_are_anchored(claim: Claim) -> bool:
    """No citation of a Document we hold is without its place."""
    return all(
        is_anchored(citation)
        for citation in claim.citations.select_related("document", "passage")
        if citation.document.captures.exists()
    )


def reported_documents_are_told_of(claim: Claim) -> bool:
    """Every Document that nobody here has seen rests on a passage that tells of it."""
    return all(
        document.told_by_id is not None or document.captures.exists()
        for document in documents_of(claim)
    )


def on_record_holds_the_original(claim: Claim) -> bool:
    """`on-record` needs the claimant's own utterance, held, in its own language."""
    if claim.attribution_status != AttributionStatus.ON_RECORD:
        return True
    return any(
        citation.first_hand
        and is_anchored(citation)
        and claim.original_language in ("", citation.document.language)
        for citation in citations(claim, CitationRole.ATTRIBUTION)
    )


def departure_has_the_original(claim: Claim) -> bool:
    """A finding that the circulating words depart from the original needs the original held."""
    if claim.attribution_status not in NEEDS_THE_ORIGINAL:
        return True
    return any(
        citation.compared_with is not None and citation.compared_with.captures.exists()
        for citation in citations(claim, CitationRole.ATTRIBUTION)
    )


def attribution_finding_is_reasoned(claim: Claim) -> bool:
    """Anything but the two ordinary findings gives its reason."""
    ordinary = ("", AttributionStatus.ON_RECORD, AttributionStatus.REPORTED)
    return claim.attribution_status in ordinary or bool(claim.attribution_reason)


def opinion_is_not_checked(claim: Claim) -> bool:
    """Opinions, pledges and instructions are not checkable, and say so."""
    not_checkable = claim.verification_status == VerificationStatus.NOT_CHECKABLE
    return claim.kind not in NEVER_CHECKED or not_checkable


def prediction_comes_back(claim: Claim) -> bool:
    """A prediction has a date on which somebody looks again."""
    return claim.kind != ClaimKind.PREDICTION or claim.review_by is not None


def verdict_is_reasoned(claim: Claim) -> bool:
    """Every finding of an examination says why."""
    return (
        claim.verification_status
        in (VerificationStatus.UNCHECKED, VerificationStatus.NOT_CHECKABLE)
        or claim.rationale != ""
    )


def confirmed_has_first_hand_evidence(claim: Claim) -> bool:
    """`confirmed` needs somebody who saw, measured or holds the record, or a concession."""
    if claim.verification_status != VerificationStatus.CONFIRMED:
        return True
    concession = claim.relations_to_it.filter(kind=RelationKind.CONCEDES).exists()
    return concession or has_first_hand_evidence(claim, Stance.SUPPORTS)


def finding_against_has_first_hand_evidence(claim: Claim) -> bool:
    """Saying that it is not so needs the same strength as saying that it is."""
    if (
        claim.verification_status not in AGAINST
        and claim.attribution_status not in AGAINST_ATTRIBUTION
    ):
        return True
    return has_first_hand_evidence(claim, Stance.REFUTES)


def corroborated_has_two_operators(claim: Claim) -> bool:
    """`corroborated` needs first-hand support through two outlets of different, known operators,
    neither of them the claimant, and no evidence against.
    """
    if claim.verification_status != VerificationStatus.CORROBORATED:
        return True
    evidence = citations(claim, CitationRole.EVIDENCE)
    operators = {
        citation.document.source.operator_id
        for citation in evidence
        if citation.stance == Stance.SUPPORTS
        and citation.basis in FIRST_HAND
        and citation.document.source is not None
    }
    against = any(citation.stance == Stance.REFUTES for citation in evidence)
    return len(operators - {None, claim.claimant_id}) >= 2 and not against


def disputed_has_both_sides(claim: Claim) -> bool:
    """`disputed` needs evidence on both sides."""
    if claim.verification_status != VerificationStatus.DISPUTED:
        return True
    stances = {citation.stance for citation in citations(claim, CitationRole.EVIDENCE)}
    return {Stance.SUPPORTS.value, Stance.REFUTES.value} <= stances


def figures_belong_to_the_event(claim: Claim) -> bool:
    """A figure is compared within the event that the claim is about."""
    return all(
        figure.measure is None or figure.measure.event_id == claim.event_id
        for figure in claim.figures.select_related("measure")
    )


def quantity_has_a_figure(claim: Claim) -> bool:
    """A quantitative claim gives its number."""
    return claim.kind != ClaimKind.QUANTITATIVE or claim.figures.exists()


def harm_is_checked(claim: Claim) -> bool:
    """Somebody has looked at what publishing could harm."""
    return bool(claim.harm_check)


# Parts of the questions


def citations(claim: Claim, role: CitationRole) -> list[Citation]:
    """The claim's citations of one role."""
    rows = claim.citations.filter(role=role)
    return list(rows.select_related("document__source", "passage", "compared_with"))


def is_anchored(citation: Citation) -> bool:
    """Whether it points at words in a Capture, or at a place by its locator."""
    passage = citation.passage
    return passage is not None and (bool(passage.locator) or passage.ranges.exists())


def has_first_hand_evidence(claim: Claim, stance: Stance) -> bool:
    """Whether anchored evidence of that stance comes from who saw, measured or holds the record."""
    return any(
        citation.stance == stance and citation.basis in FIRST_HAND and is_anchored(citation)
        for citation in citations(claim, CitationRole.EVIDENCE)
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
