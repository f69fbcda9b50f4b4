"""A claim's record as machines that read pages know it: schema.org's ClaimReview, or Claim.

A ClaimReview says that somebody has found out whether something is so. It is made for verdicts only
and for findings on who said it; “X says N”, which nobody has checked, is a Claim with its
Quotation. One of them stands on a page, made from the bytes that the page shows. Follows Google's
rules for fact checks (the verdict as `alternateName`, a number only on a line from false to true)
and schema.org 30.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from claims.choices import AttributionStatus, CitationRole, Speaker, VerificationStatus
from claims.publisher import as_organisation
from claims.vocabulary import ATTRIBUTION_MEANINGS, VERIFICATION_MEANINGS, Meaning
from sources.choices import ActorKind

Content = dict[str, Any]
Markup = dict[str, Any]

VERDICTS = frozenset(
    {
        VerificationStatus.FALSE,
        VerificationStatus.MISLEADING,
        VerificationStatus.PARTLY_TRUE,
        VerificationStatus.CORROBORATED,
        VerificationStatus.CONFIRMED,
        VerificationStatus.DISPUTED,
        VerificationStatus.UNVERIFIABLE,
    }
)
FINDINGS = frozenset(
    {
        AttributionStatus.MISQUOTED,
        AttributionStatus.MISTRANSLATED,
        AttributionStatus.OUT_OF_CONTEXT,
        AttributionStatus.MISATTRIBUTED,
        AttributionStatus.FABRICATED,
    }
)
WORST, BEST = 1, 5
# Longer ones are cut off where they are shown; so says Google.
LONGEST_REVIEWED = 75
LONGEST_REASON = 300


@dataclass(frozen=True)
class Place:
    """Where and when a version stands: `address` is the claim's own (absolute), `first_at` and `at`
    are ISO 8601. `claimant_kind` is what its claimant is, where that is an actor.
    """

    origin: str
    address: str
    version: int
    first_at: str
    at: str
    claimant_kind: str = ""


def markup_of(content: Content, place: Place) -> Markup:
    """What stands on the claim's page as JSON-LD."""
    verdict = content["verification"]["status"]
    finding = content["attribution"]["status"]
    claim = claim_of(content, place)
    if verdict in VERDICTS:
        rating = rating_of(VERIFICATION_MEANINGS[verdict], content["verification"]["rationale"])
        reviewed = content["text"]
    elif finding in FINDINGS:
        rating = rating_of(ATTRIBUTION_MEANINGS[finding], content["attribution"]["reason"])
        # What turned out otherwise is that they said it, and that is not their claim.
        reviewed = f"{who_of(content)} said: {content['text']}"
        claim = {**claim, "text": reviewed}
        claim.pop("author", None)
    else:
        return {"@context": "https://schema.org", **claim, **published(content, place)}
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{place.address}#review",
        "url": place.address,
        "claimReviewed": Truncator(reviewed).chars(LONGEST_REVIEWED),
        "itemReviewed": claim,
        "reviewRating": rating,
        "author": as_organisation(place.origin),
        **published(content, place),
    }


def published(content: Content, place: Place) -> Markup:
    """When this was published, in which version, and what may be done with our words."""
    return {
        "datePublished": place.first_at,
        "dateModified": place.at,
        "version": str(place.version),
        "inLanguage": content["language"],
        "publisher": as_organisation(place.origin),
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }


def rating_of(meaning: Meaning, reason: str) -> Markup:
    """The verdict in the words that the page shows; a number where it lies on the scale."""
    rating: Markup = {"@type": "Rating", "alternateName": meaning.reader_label}
    if isinstance(meaning.elsewhere, int):
        rating |= {"ratingValue": meaning.elsewhere, "bestRating": BEST, "worstRating": WORST}
    if reason:
        rating["ratingExplanation"] = Truncator(reason).chars(LONGEST_REASON)
    return rating


def claim_of(content: Content, place: Place) -> Markup:
    """What was said: by whom, when, and where we read it."""
    said = content["said"] or {}
    is_exact = said.get("not_before") and said["not_before"] == said.get("not_after")
    firsts, others = appearances_of(content)
    claim: Markup = {
        "@type": "Claim",
        "@id": f"{place.address}#claim",
        "url": place.address,
        "text": content["text"],
        "inLanguage": content["language"],
    }
    if author := author_of(content, place):
        claim["author"] = author
    if is_exact:
        claim["datePublished"] = said["not_before"]
    if firsts:
        claim["firstAppearance"] = firsts[0]
    if appearance := [*firsts[1:], *others]:
        claim["appearance"] = appearance
    return claim


def author_of(content: Content, place: Place) -> Markup | None:
    """Who made the claim; None where nobody is named."""
    speaker = content["speaker"]
    if speaker["kind"] == Speaker.OWN_VOICE:
        return {"@type": "Organization", "name": speaker["outlet"]["name"]}
    if not speaker["claimant"]:
        return None
    is_person = place.claimant_kind == ActorKind.PERSON
    author: Markup = {
        "@type": "Person" if is_person else "Organization",
        "name": speaker["claimant"]["name"],
    }
    if is_person and speaker["roles"]:
        author["jobTitle"] = ", ".join(role["title"] for role in speaker["roles"])
    return author


def who_of(content: Content) -> str:
    """Who is said to have said it."""
    speaker = content["speaker"]
    named = speaker["claimant"] or speaker["outlet"] or {"name": "Somebody not named"}
    return str(named["name"])


def appearances_of(content: Content) -> tuple[list[Markup], list[Markup]]:
    """The documents that carry the claim: those in which it was first said, and the others."""
    documents = {document["id"]: document for document in content["documents"]}
    firsts: list[Markup] = []
    others: list[Markup] = []
    told: set[str] = set()
    for citation in content["citations"]:
        document = documents[citation["document"]]
        is_carrier = citation["role"] == CitationRole.ATTRIBUTION and document["url"]
        if not is_carrier or document["id"] in told:
            continue
        told.add(document["id"])
        work = appearance_of(document, citation)
        (firsts if citation["first_hand"] else others).append(work)
    return firsts, others


def appearance_of(document: Content, citation: Content) -> Markup:
    """A document, with the words by which it carries the claim."""
    work: Markup = {"@type": "CreativeWork", "url": document["url"], "name": document["title"]}
    if document["source"]:
        work["publisher"] = {"@type": "Organization", "name": document["source"]["name"]}
    if document["language"]:
        work["inLanguage"] = document["language"]
    place = citation["place"]
    if place and place["ranges"]:
        words = " […] ".join(part["exact"] for part in place["ranges"])
        work["hasPart"] = {"@type": "Quotation", "text": words}
    return work
