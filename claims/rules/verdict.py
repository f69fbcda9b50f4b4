"""The rules on whether it is so: evidence, reasons, whom we asked."""

from django.utils import timezone

from claims.choices import (
    AttributionStatus,
    CitationRole,
    ClaimKind,
    InquiryResult,
    RelationKind,
    Speaker,
    Stance,
    VerificationStatus,
)
from claims.claim_file import ClaimFile, live_claims
from claims.corroboration import corroborate
from claims.lineage import graph_of, same_side
from claims.models import ClaimRelation, Inquiry
from claims.rules.facts import (
    has_first_hand_evidence,
    is_anchored,
    is_examined,
    is_to_the_claimant,
)
from sources.choices import ActorKind

ENOUGH_ORIGINS = 2
NEVER_CHECKED = {ClaimKind.OPINION, ClaimKind.PLEDGE, ClaimKind.INSTRUCTION}
AGAINST = {VerificationStatus.FALSE, VerificationStatus.MISLEADING}
AGAINST_ATTRIBUTION = {AttributionStatus.MISATTRIBUTED, AttributionStatus.FABRICATED}
OPEN = {VerificationStatus.UNVERIFIED, VerificationStatus.DISPUTED}


def opinion_is_not_checked(file: ClaimFile) -> bool:
    """Opinions, pledges and instructions are not checkable, and say so."""
    not_checkable = file.claim.verification_status == VerificationStatus.NOT_CHECKABLE
    return file.claim.kind not in NEVER_CHECKED or not_checkable


def prediction_comes_back(file: ClaimFile) -> bool:
    """A prediction has a date on which somebody looks again, until it is settled."""
    claim = file.claim
    is_settled = is_examined(file) and claim.verification_status not in OPEN
    return claim.kind != ClaimKind.PREDICTION or claim.review_by is not None or is_settled


def prediction_is_not_due(file: ClaimFile) -> bool:
    """A prediction is not checkable until its day, and no longer."""
    claim = file.claim
    return (
        claim.kind != ClaimKind.PREDICTION
        or claim.verification_status != VerificationStatus.NOT_CHECKABLE
        or claim.review_by is None
        or timezone.localdate() < claim.review_by
    )


def verdict_is_reasoned(file: ClaimFile) -> bool:
    """Every finding of an examination says why."""
    return (
        file.claim.verification_status
        in (VerificationStatus.UNCHECKED, VerificationStatus.NOT_CHECKABLE)
        or file.claim.rationale != ""
    )


def verdict_says_why_checked(file: ClaimFile) -> bool:
    """Whoever examines one claim and not another says why."""
    return not is_examined(file) or file.claim.why_checked != ""


def open_verdict_says_what_would_settle_it(file: ClaimFile) -> bool:
    """A verdict that leaves it open says what would settle it."""
    return file.claim.verification_status not in OPEN or file.claim.would_settle != ""


def confirmed_has_first_hand_evidence(file: ClaimFile) -> bool:
    """`confirmed` needs somebody who saw, measured or holds the record, or a concession by the
    other side: what one's own side concedes is a boast.
    """
    if file.claim.verification_status != VerificationStatus.CONFIRMED:
        return True
    return has_first_hand_evidence(file, Stance.SUPPORTS) or is_conceded(file)


def is_conceded(file: ClaimFile) -> bool:
    """Whether a live claim of somebody not on the claimant's side concedes it."""
    concessions = ClaimRelation.objects.filter(
        other=file.claim, kind=RelationKind.CONCEDES
    ).select_related("claim")
    live = live_claims(concession.claim.public_id for concession in concessions)
    return any(
        concession.claim.public_id in live and not same_side(file, concession.claim)
        for concession in concessions
    )


def is_against(file: ClaimFile) -> bool:
    """Whether the finding says that it is not so, or was not said."""
    return (
        file.claim.verification_status in AGAINST
        or file.claim.attribution_status in AGAINST_ATTRIBUTION
    )


def finding_against_has_first_hand_evidence(file: ClaimFile) -> bool:
    """Saying that it is not so needs the same strength as saying that it is."""
    return not is_against(file) or has_first_hand_evidence(file, Stance.REFUTES)


def claimant_was_heard(file: ClaimFile) -> bool:
    """A finding against somebody who can answer needs their answer, or a deadline that is past."""
    return (
        not is_against(file)
        or not can_answer(file)
        or any(
            is_to_the_claimant(inquiry, file) and is_closed(inquiry)
            for inquiry in file.claim.inquiries.all()
        )
    )


def can_answer(file: ClaimFile) -> bool:
    """Whether there is somebody to ask: nobody named and anonymous voices cannot be."""
    claim = file.claim
    if claim.speaker == Speaker.NOBODY_NAMED:
        return False
    return claim.claimant is None or claim.claimant.kind != ActorKind.ANONYMOUS_VOICE


def is_closed(inquiry: Inquiry) -> bool:
    """Whether there is an answer of any kind, or the deadline is past."""
    if inquiry.result not in (InquiryResult.WAITING, InquiryResult.NO_ANSWER):
        return True
    if inquiry.deadline is None:
        return inquiry.result == InquiryResult.NO_ANSWER
    return inquiry.deadline < timezone.localdate()


def corroborated_has_origins(file: ClaimFile) -> bool:
    """`corroborated` needs two independent origins, and none against without a published answer."""
    if file.claim.verification_status != VerificationStatus.CORROBORATED:
        return True
    found = corroborate(graph_of(file))
    return found.supports.origins >= ENOUGH_ORIGINS and not found.unanswered


def disputed_has_both_sides(file: ClaimFile) -> bool:
    """`disputed` needs evidence on both sides, from origins outside each other's control."""
    if file.claim.verification_status != VerificationStatus.DISPUTED:
        return True
    return corroborate(graph_of(file)).contested


def image_says_what_it_shows(file: ClaimFile) -> bool:
    """A claim about an image or video, and no other, says what it is said to show."""
    return (file.claim.kind == ClaimKind.IMAGE) == (file.depiction is not None)


def image_verdict_rests_on_findings(file: ClaimFile) -> bool:
    """A verdict on an image or video gives what was found, each finding with its evidence."""
    findings = list(file.claim.media_findings.all())
    anchored = {citation.pk: citation for citation in file.citations}
    if any(
        finding.evidence.role != CitationRole.EVIDENCE
        or not is_anchored(anchored[finding.evidence_id])
        for finding in findings
    ):
        return False
    return file.claim.kind != ClaimKind.IMAGE or not is_examined(file) or bool(findings)


def figures_belong_to_the_event(file: ClaimFile) -> bool:
    """A figure is compared within the event that the claim is about."""
    return all(
        figure.measure is None or figure.measure.event_id == file.claim.event_id
        for figure in file.claim.figures.all()
    )


def quantity_has_a_figure(file: ClaimFile) -> bool:
    """A quantitative claim gives its number."""
    return file.claim.kind != ClaimKind.QUANTITATIVE or bool(file.claim.figures.all())


def figures_say_what_is_counted(file: ClaimFile) -> bool:
    """A figure without what is counted is no figure."""
    return all(figure.counts.strip() for figure in file.claim.figures.all())
