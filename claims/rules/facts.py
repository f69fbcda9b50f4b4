"""What several publication rules ask of a claim's file."""

from claims.choices import CitationRole, EvidenceBasis, Stance, VerificationStatus
from claims.claim_file import ClaimFile
from claims.models import Citation
from sources.choices import HopManner

FIRST_HAND = {EvidenceBasis.SAW_OR_MEASURED, EvidenceBasis.HOLDS_RECORD}
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
    """Whether anchored evidence of that stance comes from who saw, measured or holds the record."""
    return any(
        citation.stance == stance and citation.basis in FIRST_HAND and is_anchored(citation)
        for citation in file.cited_as(CitationRole.EVIDENCE)
    )
