"""From reviews to rows: what a document, a claim and a citation say that are made from a review.

Pure: no question to the database. A claimant who is not known here is entered as a *private person*
unless the review says that it is a body: nobody's name becomes public because a file had it.
"""

from typing import Any

from claims.choices import (
    NOT_SAID,
    About,
    AttributionStatus,
    CitationRole,
    EvidenceBasis,
    HarmCheck,
    Speaker,
    Stance,
    VerificationStatus,
)
from claims.reviews.known import SEVERAL
from claims.reviews.review import ORGANISATION, Review
from factcheck.common.text import excerpt
from sources.choices import ActorKind, DocumentKind, SourceKind

Values = dict[str, Any]

STANCES = {
    VerificationStatus.FALSE: Stance.REFUTES,
    VerificationStatus.CONFIRMED: Stance.SUPPORTS,
    VerificationStatus.CORROBORATED: Stance.SUPPORTS,
}


def actor_values(review: Review) -> Values:
    """The claimant as an Actor that nobody here has looked at."""
    assert review.claimant is not None
    if review.claimant.kind == ORGANISATION:
        return {"kind": ActorKind.ORGANISATION, "name": review.claimant.name}
    return {
        "kind": ActorKind.PERSON,
        "name": review.claimant.name,
        "is_private": True,
        "description": f"claimant named in a review by {review.publisher}",
    }


def source_values(review: Review) -> Values:
    """Who reviewed, as a Source; who operates it, nobody here has established."""
    language = "" if review.language == "und" else review.language
    return {"kind": SourceKind.NEWS_SITE, "name": review.publisher, "language": language}


def document_values(review: Review) -> Values:
    """The review as a Document, known by report: nothing of it is held here."""
    return {
        "kind": DocumentKind.ARTICLE,
        "title": review.title or f"Review by {review.publisher}",
        "url": review.address,
        "language": review.language,
        "published": review.published,
    }


def claim_values(review: Review, claimant: int | None) -> Values:
    """The claim as a draft, with nothing of the verdict in it."""
    if review.claimant is None:
        speaker, attribution = Speaker.NOBODY_NAMED.value, ""
    elif claimant == SEVERAL:
        speaker, attribution, claimant = NOT_SAID, "", None
    else:
        speaker, attribution = Speaker.ACTOR.value, AttributionStatus.REPORTED.value
    return {
        "text": review.text,
        "language": review.language,
        "speaker": speaker,
        "claimant_id": claimant,
        "attribution_status": attribution,
        "said": review.said,
    }


def verdict_values(review: Review, status: str, *, by: str) -> Values:
    """What the claim takes over of the review in order to be published without review here: the
    status that the label suggests, as of the review's day. Without a label that the table knows, or
    a day, it says that nobody here has checked.

    The question of the event is “background”, since no event is named; on the harm check it says
    that the archive's own newsroom had published it, and who moved it here.
    """
    day = review.published.not_before if review.published.is_exact else None
    is_examined = bool(status and day)
    return {
        "about": About.BACKGROUND.value,
        "harm_check": [HarmCheck.NONE.value],
        "harm_note": f"Published before at {review.address}; moved here by {by} as it was.",
        "verification_status": status if is_examined else VerificationStatus.UNCHECKED.value,
        "as_of": day if is_examined else None,
        "rationale": rationale_of(review) if is_examined else "",
    }


def rationale_of(review: Review) -> str:
    """Why the claim has its status: because they said so, and where."""
    return (
        f"The verdict is that of {review.publisher}, in their words “{excerpt(review.label)}”. "
        f"Their reasons stand at {review.address}"
    )


def citation_values(status: str) -> Values:
    """The review as evidence. How they know is not established, so it counts for nothing by itself;
    which way it points is said only where the table says so.
    """
    stance = STANCES.get(VerificationStatus(status)) if status else None
    return {
        "role": CitationRole.EVIDENCE.value,
        "stance": stance or Stance.CONTEXT,
        "basis": EvidenceBasis.NOT_ESTABLISHED.value,
        "first_hand": None,
    }


def review_values(review: Review, status: str) -> Values:
    """What is remembered of the review itself."""
    return {
        "address": review.address,
        "site": review.site,
        "publisher": review.publisher,
        "label": review.label,
        "explanation": review.explanation,
        "rating": " / ".join(review.rating) if any(review.rating) else "",
        "language": review.language,
        "published": review.published,
        "appearances": list(review.appearances),
        "suggested_status": status,
        "review_sha256": review.sha256,
    }
