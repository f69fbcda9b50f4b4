"""The rules on who said it: speaker, quote, chain, attribution status."""

from claims.choices import (
    NOT_SAID,
    AttributionStatus,
    CitationRole,
    InquiryManner,
    InquiryResult,
    Speaker,
    Stance,
)
from claims.claim_file import ClaimFile
from claims.corroboration import Why
from claims.rules.facts import ends_of, holds_the_original, is_anchored, is_to_the_claimant

NEEDS_THE_ORIGINAL = {
    AttributionStatus.MISQUOTED,
    AttributionStatus.MISTRANSLATED,
    AttributionStatus.OUT_OF_CONTEXT,
}
# These say that the original was not seen, or not found, or is not the claimant's.
WITHOUT_THE_ORIGINAL = {
    AttributionStatus.REPORTED,
    AttributionStatus.NO_RECORD,
    AttributionStatus.DISOWNED,
}


def has_speaker(file: ClaimFile) -> bool:
    """A claimant, an outlet in its own voice, or the statement that nobody is named."""
    return {
        NOT_SAID: False,
        Speaker.ACTOR: file.claim.claimant is not None,
        Speaker.OWN_VOICE: file.claim.outlet is not None,
        Speaker.NOBODY_NAMED: True,
    }[file.claim.speaker]


def says_what_it_is_about(file: ClaimFile) -> bool:
    """Accounts of an event are compared within one question; without it there is no record."""
    return file.claim.about != NOT_SAID


def has_quote(file: ClaimFile) -> bool:
    """A carrier whose words, or whose locator, are found in what we hold; and nothing is waiting
    to be found.
    """
    if any(citation.unfound_quote for citation in file.citations):
        return False
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


def translation_is_reviewed(file: ClaimFile) -> bool:
    """`on-record` in another language than ours needs somebody who reads it to have compared."""
    claim = file.claim
    return (
        claim.attribution_status != AttributionStatus.ON_RECORD
        or claim.original_language in ("", claim.language)
        or claim.translation_reviewed
    )


def original_goes_first(file: ClaimFile) -> bool:
    """Where we hold the original, no status can stand that says we do not."""
    without = file.claim.attribution_status in WITHOUT_THE_ORIGINAL
    return not (without and holds_the_original(file))


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


def no_record_was_searched_for(file: ClaimFile) -> bool:
    """`no-record` needs a search where it should be, that found nothing."""
    if file.claim.attribution_status != AttributionStatus.NO_RECORD:
        return True
    return any(
        inquiry.manner == InquiryManner.LOOKED_FOR and inquiry.result == InquiryResult.NOTHING_FOUND
        for inquiry in file.claim.inquiries.all()
    )


def disowned_is_denied(file: ClaimFile) -> bool:
    """`disowned` needs the claimant's own denial of having said it, given to somebody who asked or
    in evidence that comes from the claimant's side.
    """
    if file.claim.attribution_status != AttributionStatus.DISOWNED:
        return True
    if any(
        inquiry.result == InquiryResult.DENIED and is_to_the_claimant(inquiry, file)
        for inquiry in file.claim.inquiries.all()
    ):
        return True
    return any(end.why == Why.CLAIMANTS_SIDE for end in ends_of(file, Stance.REFUTES))
