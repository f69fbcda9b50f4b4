"""A claim's record as machines that read pages know it: schema.org's ClaimReview, or Claim.

A ClaimReview says that somebody has found out whether something is so. It is made for verdicts only
and for findings on who said it; “X says N”, which nobody has checked, is a Claim with its
Quotation. One of them stands on the claim's own page and nowhere else, made from the bytes that the
page shows. Follows Google's rules for fact checks (the verdict as `alternateName`, a number only on
a line from false to true) and schema.org 30.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from claims.choices import FINDINGS, VERDICTS, AttributionStatus, CitationRole, Speaker
from claims.publisher import as_organisation
from claims.vocabulary import ATTRIBUTION_MEANINGS, VERIFICATION_MEANINGS, Meaning
from sources.choices import ActorKind

Content = dict[str, Any]
Markup = dict[str, Any]

# It was not they who said it, so no machine is told that they did.
NOT_THEIRS = frozenset({AttributionStatus.MISATTRIBUTED, AttributionStatus.FABRICATED})
WORST, BEST = 1, 5
# What is longer than 75 is cut off where it is shown; so says Google.
LONGEST_REVIEWED = 74
LONGEST_REASON = 300
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
WIKIDATA = "https://www.wikidata.org/wiki/"


@dataclass(frozen=True)
class Review:
    """What a ClaimReview is about, and what was found: the same wherever one is told of.

    `claimant` is empty where nobody is named, or somebody who did not say it; `is_verdict` tells
    whether the claim was judged, or else that they said it.
    """

    text: str
    claimant: str
    meaning: Meaning
    is_verdict: bool


@dataclass(frozen=True)
class Place:
    """Where and when a version stands: its page under `origin`, and ISO 8601 times.

    Only the claim's own page carries a review (`is_own_page`); a version's page may say what became
    of the version (`work_status`, “Retracted”). `claimant` is the content of the claimant's own
    record, where there is one that is public.
    """

    origin: str
    path: str
    claim_id: str
    version: int
    first_at: str
    at: str
    is_own_page: bool = True
    work_status: str = ""
    claimant: Content | None = None

    @property
    def claim(self) -> str:
        """The claim's name for machines, which stays when the words in its address change."""
        return f"{self.origin}/claims/{self.claim_id}/"


def review_of(speaker: Content, text: str, *, verdict: str, finding: str | None) -> Review | None:
    """The review of a claim with these statuses; None where nobody has found out anything."""
    if verdict in VERDICTS:
        claimant = claimant_of(speaker, finding)
        return Review(text, claimant, VERIFICATION_MEANINGS[verdict], is_verdict=True)
    if finding in FINDINGS:
        # What turned out otherwise is that they said it, and that is not their claim.
        said = f"{who_of(speaker)} said: {text}"
        return Review(said, "", ATTRIBUTION_MEANINGS[finding], is_verdict=False)
    return None


def markup_of(content: Content, place: Place) -> Markup:
    """What stands on the page as JSON-LD."""
    verification, attribution = content["verification"], content["attribution"]
    found = review_of(
        content["speaker"],
        content["text"],
        verdict=verification["status"],
        finding=attribution["status"],
    )
    claim = claim_of(content, place)
    if content.get("was_imported"):
        # Whoever reviewed it was not us.
        found = None
        if review := review_of_others(content.get("imported_review")):
            claim["review"] = review
    if not place.is_own_page or found is None:
        return {"@context": "https://schema.org", **claim, "subjectOf": page_of(content, place)}
    claim["text"] = found.text
    if not found.claimant:
        claim.pop("author", None)
    reason = verification["rationale"] if found.is_verdict else attribution["reason"]
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{place.claim}#review",
        **published(content, place),
        "claimReviewed": Truncator(claim["text"]).chars(LONGEST_REVIEWED),
        "itemReviewed": claim,
        "reviewRating": rating_of(found.meaning, reason),
        "author": as_organisation(place.origin),
    }
    if evidence := evidence_of(content):
        review["citation"] = evidence
    return review


def review_of_others(imported: Content | None) -> Markup | None:
    """The review of another organisation as theirs: a Review with their name, address and words."""
    if imported is None:
        return None
    review: Markup = {
        "@type": "Review",
        "url": imported["url"],
        "author": {"@type": "Organization", "name": imported["publisher"]},
        "inLanguage": imported["language"],
    }
    if day := day_of(imported["published"]):
        review["datePublished"] = day
    if imported["label"]:
        review["reviewRating"] = {"@type": "Rating", "alternateName": imported["label"]}
    return review


def page_of(content: Content, place: Place) -> Markup:
    """The page that records the claim and reviews nothing."""
    page: Markup = {"@type": "WebPage", **published(content, place)}
    if place.work_status:
        page["creativeWorkStatus"] = place.work_status
    return page


def published(content: Content, place: Place) -> Markup:
    """Where and when this was published, in which version, and what may be done with our words. The
    status line goes along, since a claim's words never go out without both statuses.
    """
    return {
        "url": f"{place.origin}{place.path}",
        "description": content["status_line"],
        "datePublished": place.first_at,
        "dateModified": place.at,
        "version": str(place.version),
        "inLanguage": content["language"],
        "publisher": as_organisation(place.origin),
        "license": LICENSE,
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
    day = day_of(content["said"])
    firsts, others = appearances_of(content)
    claim: Markup = {
        "@type": "Claim",
        "@id": f"{place.claim}#claim",
        "text": content["text"],
        "inLanguage": content["language"],
    }
    if author := author_of(content, place):
        claim["author"] = author
    if day:
        claim["datePublished"] = day
    if firsts:
        claim["firstAppearance"] = firsts[0]
    if appearance := [*firsts[1:], *others]:
        claim["appearance"] = appearance
    return claim


def day_of(said: Content | None) -> str:
    """The day on which it was said (ISO 8601); empty where it is not known to the day."""
    said = said or {}
    day = said.get("not_before")
    return str(day) if day and day == said.get("not_after") else ""


def claimant_of(speaker: Content, finding: str | None) -> str:
    """The name of who made the claim; empty where nobody is named, or somebody who did not."""
    if finding in NOT_THEIRS:
        return ""
    named = speaker["outlet"] if speaker["kind"] == Speaker.OWN_VOICE else speaker["claimant"]
    return str(named["name"]) if named else ""


def author_of(content: Content, place: Place) -> Markup | None:
    """Who made the claim; None where nobody is named, or somebody who did not."""
    speaker = content["speaker"]
    name = claimant_of(speaker, content["attribution"]["status"])
    if not name:
        return None
    if speaker["kind"] == Speaker.OWN_VOICE:
        return {"@type": "Organization", "name": name}
    known = place.claimant or {}
    is_person = known.get("kind") == ActorKind.PERSON
    author: Markup = {"@type": "Person" if is_person else "Organization", "name": name}
    if known.get("wikidata_id"):
        author["sameAs"] = f"{WIKIDATA}{known['wikidata_id']}"
    if is_person and speaker["roles"]:
        author["jobTitle"] = ", ".join(role["title"] for role in speaker["roles"])
    return author


def who_of(speaker: Content) -> str:
    """Who is said to have said it."""
    named = speaker["claimant"] or speaker["outlet"] or {"name": "Somebody not named"}
    return str(named["name"])


def appearances_of(content: Content) -> tuple[list[Markup], list[Markup]]:
    """The documents that carry the claim: those in which it was first said, and the others."""
    firsts: list[Markup] = []
    others: list[Markup] = []
    for citation, document in linked(content, CitationRole.ATTRIBUTION):
        work = work_of(document, citation)
        (firsts if citation["first_hand"] else others).append(work)
    return firsts, others


def evidence_of(content: Content) -> list[Markup]:
    """The documents on which the verdict rests."""
    return [
        work_of(document, citation) for citation, document in linked(content, CitationRole.EVIDENCE)
    ]


def linked(content: Content, role: str) -> list[tuple[Content, Content]]:
    """The citations of one role with their documents: each document once, and with an address."""
    documents = {document["id"]: document for document in content["documents"]}
    found: dict[str, tuple[Content, Content]] = {}
    for citation in content["citations"]:
        document = documents[citation["document"]]
        if citation["role"] == role and document["url"]:
            found.setdefault(document["id"], (citation, document))
    return list(found.values())


def work_of(document: Content, citation: Content) -> Markup:
    """A document, with the words of it that are quoted."""
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
