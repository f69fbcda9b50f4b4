"""What several publication rules ask of a claim's file."""

from claims.choices import CitationRole, InquiryManner, Stance, VerificationStatus
from claims.claim_file import ClaimFile
from claims.corroboration import Why, corroborate
from claims.corroboration.count import End
from claims.lineage import graph_of
from claims.models import Citation, Inquiry
from sources.choices import HopManner
from sources.models import Actor
from sources.models.merging import resolved

# Ends that do not know by themselves.
HEARSAY = {Why.WAS_TOLD, Why.NOT_ESTABLISHED, Why.LEAVES_ITS_ROLE}
NOT_EXAMINED = {VerificationStatus.UNCHECKED, VerificationStatus.NOT_CHECKABLE}


def is_examined(file: ClaimFile) -> bool:
    """Whether somebody has looked at whether it is so, and says what they found."""
    return file.claim.verification_status not in NOT_EXAMINED


def is_anchored(citation: Citation) -> bool:
    """Whether it points at words in a Capture, or at a place by its locator."""
    passage = citation.passage
    return passage is not None and bool(passage.locator or passage.ranges.all())


def holds_the_original(file: ClaimFile) -> bool:
    """Whether the claimant's own utterance is held, in the language in which it was made."""
    return any(
        citation.first_hand
        and is_anchored(citation)
        and file.document_of(citation).hop_manner != HopManner.TRANSLATES
        and file.claim.original_language in ("", file.document_of(citation).language)
        for citation in file.cited_as(CitationRole.ATTRIBUTION)
    )


def has_first_hand_evidence(file: ClaimFile, stance: Stance) -> bool:
    """Whether evidence of that stance, which can be found, ends with who saw, measured or holds the
    record. What leads back to where the claim itself is carried is no evidence on it.
    """
    anchored = {
        citation.public_id
        for citation in file.cited_as(CitationRole.EVIDENCE)
        if is_anchored(citation)
    }
    return any(end.why not in HEARSAY and end.citation in anchored for end in ends_of(file, stance))


def ends_of(file: ClaimFile, stance: Stance) -> tuple[End, ...]:
    """Where the evidence of one stance ends, and why each end counts or does not."""
    found = corroborate(graph_of(file))
    return (found.supports if stance == Stance.SUPPORTS else found.refutes).ends


def is_to_the_claimant(inquiry: Inquiry, file: ClaimFile) -> bool:
    """Whether the claimant was asked, or who voiced it; for an outlet, whoever answers for it."""
    if inquiry.manner != InquiryManner.ASKED:
        return False
    claim = file.claim
    if claim.outlet is not None:
        operator = resolved(claim.outlet).operator
        if operator is None:
            return inquiry.asked_of is None  # Whoever answers for the outlet's address.
        return is_same(operator, inquiry.asked_of)
    return any(is_same(actor, inquiry.asked_of) for actor in (claim.claimant, claim.voiced_by))


def is_same(actor: Actor | None, other: Actor | None) -> bool:
    """Whether both are one actor, mergers included."""
    if actor is None or other is None:
        return False
    return bool(resolved(actor).pk == resolved(other).pk)
