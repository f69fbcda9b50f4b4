"""What is published of claims. Pure, like `sources.record`, where `quote` is told."""

from collections.abc import Iterator

from django.db import models

from claims.claim_file import ClaimFile
from claims.corroboration import corroborate
from claims.lineage import graph_of
from claims.models import Claim, Topic
from claims.record.parts import (
    PLACE_WORDS,
    citation_content,
    depiction_content,
    figure_content,
    finding_content,
    hop_content,
    imported_content,
    inquiry_content,
    told_content,
)
from claims.status_line import status_line
from sources.models import Document
from sources.record import (
    Content,
    Quote,
    day,
    document_content,
    document_mentions,
    in_order,
)

CLAIM_OTHERS_WORDS = (
    "/content/original/words",
    "/content/said/as_printed",
    "/content/figures/*/as_printed",
    "/content/figures/*/counts",
    "/content/figures/*/period",
    "/content/figures/*/counted_as_of/as_printed",
    "/content/imported_review/publisher",
    "/content/imported_review/label",
    "/content/imported_review/explanation",
    "/content/imported_review/published/as_printed",
    "/content/documents/*/title",
    "/content/documents/*/published/as_printed",
    *(f"/content/documents/*/told_by/place/{words}" for words in PLACE_WORDS),
    "/content/citations/*/cue",
    "/content/citations/*/named_speaker",
    "/content/citations/*/fidelity/words",
    *(f"/content/citations/*/place/{words}" for words in PLACE_WORDS),
    "/content/relays/*/words",
    "/content/depiction/taken/as_printed",
    *(f"/content/inquiries/*/anchor/{words}" for words in PLACE_WORDS),
)


def claim_content(file: ClaimFile, quote: Quote) -> Content:
    """A Claim's content: its whole file as the public may know it, status line included.

    Left out on purpose: the harm check and its note (saying that a source is at risk puts it at
    more), notes, who worked on it, relations to claims that are not public.
    """
    claim = file.claim
    content: Content = {
        "text": claim.text,
        "language": claim.language,
        "original": (
            {
                "words": claim.original_words or None,
                "language": claim.original_language,
                "translation_reviewed": claim.translation_reviewed,
            }
            if claim.original_language
            else None
        ),
        "speaker": {
            "kind": claim.speaker,
            "claimant": quote(claim.claimant) if claim.claimant else None,
            "roles": [{"title": role["title"]} for role in roles_at_the_time(claim, quote)],
            "voiced_by": quote(claim.voiced_by) if claim.voiced_by else None,
            "outlet": quote(claim.outlet) if claim.outlet else None,
        },
        "said": claim.said.as_record(),
        "event": quote(claim.event) if claim.event else None,
        "about": claim.about,
        "kind": claim.kind,
        "topics": [topic_content(topic) for topic in in_order(claim.topics.all(), "public_id")],
        "attribution": {
            "status": claim.attribution_status or None,
            "reason": claim.attribution_reason,
        },
        "verification": {
            "status": claim.verification_status,
            "rationale": claim.rationale,
            "as_of": day(claim.as_of),
            "review_by": day(claim.review_by),
        },
        "unknowns": claim.unknowns,
        "would_settle": claim.would_settle,
        "why_checked": claim.why_checked,
        "was_imported": claim.was_imported,
        "imported_review": imported_content(file),
        "depiction": depiction_content(file),
        "media_findings": [
            finding_content(finding)
            for finding in in_order(claim.media_findings.all(), "public_id")
        ],
        "figures": [
            figure_content(figure, claim, quote)
            for figure in in_order(claim.figures.all(), "position", "public_id")
        ],
        **carrying_content(file, quote),
        "inquiries": [
            inquiry_content(inquiry, file, quote)
            for inquiry in in_order(claim.inquiries.all(), "position", "public_id")
        ],
        "relations": [
            {
                "kind": relation.kind,
                "claim": relation.other.public_id,
                "note": relation.note,
                "statuses": statuses_of(quote.content(relation.other)),
            }
            for relation in in_order(file.public_relations, "kind", "other.public_id")
        ],
        "overrides": [
            {"rule": override.rule, "reason": override.reason}
            for override in in_order(claim.overrides.all(), "rule")
        ],
    }
    return {"status_line": status_line(content), **content}


def carrying_content(file: ClaimFile, quote: Quote) -> Content:
    """Who carries the claim, where they have it from, and how many origins stand behind it."""
    claim = file.claim
    return {
        "documents": [
            {
                **document_content(document, quote, is_held=document.is_held),
                "hop": hop_content(document, file),
                "told_by": told_content(document, file),
                "former_ids": document.former_ids,
            }
            for document in file.sorted_documents
        ],
        "citations": [
            citation_content(citation, file)
            for citation in in_order(file.citations, "position", "public_id")
        ],
        "relays": [
            {
                "carrier": relay.carrier.public_id,
                "taken_from": relay.taken_from.public_id,
                "manner": relay.manner,
                "words": relay.words,
            }
            for relay in in_order(claim.relays.all(), "carrier.public_id", "taken_from.public_id")
        ],
        "corroboration": corroborate(graph_of(file)).as_record(),
    }


def claim_mentions(file: ClaimFile) -> Iterator[models.Model]:
    """The subjects that the Claim's content quotes."""
    claim = file.claim
    for named in (claim.claimant, claim.voiced_by, claim.outlet, claim.event):
        if named:
            yield named
    for document in file.sorted_documents:
        yield from document_mentions(document)
    for inquiry in claim.inquiries.all():
        if inquiry.asked_of:
            yield inquiry.asked_of
        if inquiry.newsroom:
            yield inquiry.newsroom
    for relation in file.public_relations:
        yield relation.other


def claim_documents(file: ClaimFile) -> list[Document]:
    """The documents that the Claim's content tells of."""
    return file.sorted_documents


def statuses_of(content: Content) -> Content:
    """Both statuses of a claim, as another claim's record tells them."""
    return {
        "attribution": content["attribution"]["status"],
        "verification": content["verification"]["status"],
    }


def roles_at_the_time(claim: Claim, quote: Quote) -> list[Content]:
    """The claimant's published roles that are established for the day it was said, both their days
    known; none where that day is open.
    """
    said = claim.said
    if claim.claimant is None or not (said.not_before and said.not_after):
        return []
    return [
        role
        for role in quote.content(claim.claimant)["roles"]
        if role["held_from"]
        and role["held_until"]
        and role["held_from"] <= said.not_before.isoformat()
        and said.not_after.isoformat() <= role["held_until"]
    ]


def claim_name(claim: Claim) -> str:
    """What the public calls a Claim, which is never shown without its statuses."""
    return claim.public_id


def topic_content(topic: Topic) -> Content:
    """A Topic with its names, English first."""
    further = [
        {"language": name.language, "name": name.name, "slug": name.slug}
        for name in in_order(topic.names.all(), "language")
    ]
    return {
        "id": topic.public_id,
        "names": [{"language": "en", "name": topic.name, "slug": topic.slug}, *further],
    }
