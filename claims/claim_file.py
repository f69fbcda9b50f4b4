"""A claim's whole file, read once: what its record, its mentions and the rules are made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from claims.choices import CitationRole, ReviewTie
from claims.models import Citation, Claim, ClaimRelation, Depiction, ImportedReview
from factcheck.ledger import log
from factcheck.ledger.choices import PublicState, SubjectKind
from factcheck.ledger.subjects import Subject
from sources.models import Document
from sources.record import passages


@dataclass(frozen=True)
class ClaimFile:
    """A Claim with everything of its file loaded.

    `documents` are those of its whole chain, by primary key, each with `is_held`: cited, carried by
    a hop, told of by a passage, or laid beside as the original. `public_relations` leaves out the
    relations to claims that are not live.
    """

    claim: Claim
    documents: dict[int, Any]
    public_relations: list[ClaimRelation]
    # Who stands behind the claim and its documents, where it was loaded for many claims at once;
    # see `lineage.with_people`.
    people: Any = None
    sources: Any = None

    @property
    def citations(self) -> list[Citation]:
        """All citations, in their order."""
        return list(self.claim.citations.all())

    def cited_as(self, role: CitationRole) -> list[Citation]:
        """The citations of one role."""
        return [citation for citation in self.citations if citation.role == role]

    @property
    def imported_review(self) -> ImportedReview | None:
        """The review whose verdict the claim has, where it was published as imported."""
        if not self.claim.was_imported:
            return None
        reviews = self.claim.imported_reviews.all()
        return next((one for one in reviews if one.tie == ReviewTie.MADE), None)

    @property
    def depiction(self) -> Depiction | None:
        """What the claim's image or video is said to show, if the claim is about one."""
        return getattr(self.claim, "depiction", None)

    @property
    def sorted_documents(self) -> list[Any]:
        """The documents by public id, each once."""
        documents = {document.public_id: document for document in self.documents.values()}
        return [documents[public_id] for public_id in sorted(documents)]

    def document_of(self, citation: Citation) -> Any:
        """The citation's Document, or the one that it was merged into, loaded with its source."""
        return self.documents[citation.document_id]

    def id_of(self, document_pk: int | None) -> str | None:
        """The public id of a Document of the file, or of the one that it was merged into."""
        return None if document_pk is None else str(self.documents[document_pk].public_id)

    def is_held(self, citation: Citation) -> bool:
        """Whether we hold the citation's Document."""
        return bool(self.document_of(citation).is_held)


def load_file(claim: Claim) -> ClaimFile:
    """Read the claim's file anew, in a number of queries that does not grow with it (but by the
    depth of its chain).
    """
    files = load_files([claim])
    if not files:
        raise Claim.DoesNotExist("This claim was deleted.")
    return files[0]


def load_files(claims: Iterable[Claim]) -> list[ClaimFile]:
    """The same for many claims at once, in their order, in as many queries as for one. Leaves out
    those that are deleted by now.
    """
    keys = [claim.pk for claim in claims]
    rows = (
        Claim.objects.select_related(
            "claimant", "voiced_by", "outlet", "event__merged_into", "depiction", "decision__by"
        )
        .prefetch_related(
            "topics__names",
            "figures__measure",
            passages("citations__passage"),
            "inquiries__asked_of",
            "inquiries__newsroom",
            passages("inquiries__passage"),
            "media_findings__evidence",
            "overrides__created_by",
            "relays__carrier",
            "relays__taken_from",
            "relations__other",
        )
        .in_bulk(keys)
    )
    loaded = [rows[key] for key in keys if key in rows]
    with_reviews(claim for claim in loaded if claim.was_imported)
    documents = load_documents(set().union(*(wanted_by(claim) for claim in loaded)))
    live = live_claims(
        relation.other.public_id for claim in loaded for relation in claim.relations.all()
    )
    return [
        ClaimFile(
            claim,
            documents_of(claim, documents),
            [one for one in claim.relations.all() if one.other.public_id in live],
        )
        for claim in loaded
    ]


def with_reviews(imported: Iterable[Claim]) -> None:
    """Load the reviews of claims that are told as imported; of others they are not told."""
    prefetch_related_objects(list(imported), "imported_reviews__citation")


def wanted_by(claim: Claim) -> set[int]:
    """The primary keys of the Documents that the claim's rows name."""
    wanted: set[int | None] = set()
    for citation in claim.citations.all():
        wanted |= {citation.document_id, citation.compared_with_id}
    for inquiry in claim.inquiries.all():
        if inquiry.passage is not None:
            wanted.add(inquiry.passage.capture.document_id)
    if (depiction := getattr(claim, "depiction", None)) is not None:
        wanted.add(depiction.media_id)
    return {key for key in wanted if key is not None}


def leads_to(document: Any) -> set[int]:
    """The primary keys of the Documents that this one names in its turn."""
    named = {document.hop_of_id, document.merged_into_id}
    if document.told_by is not None:
        named.add(document.told_by.capture.document_id)
    return named - {None}


def load_documents(wanted: set[int]) -> dict[int, Any]:
    """These Documents and all that they lead to, by primary key, each as itself."""
    found: dict[int, Any] = {}
    while missing := wanted - found.keys():
        for document in Document.objects.for_records().filter(pk__in=missing):
            found[document.pk] = document
            wanted = wanted | leads_to(document)
    return found


def documents_of(claim: Claim, loaded: dict[int, Any]) -> dict[int, Any]:
    """Every Document of the claim's chain, by primary key; one that was merged into another stands
    there as that other one.
    """
    found: dict[int, Any] = {}
    wanted = wanted_by(claim)
    while missing := wanted - found.keys():
        for key in missing:
            found[key] = loaded[key]
            wanted |= leads_to(loaded[key])
    return {key: standing_for(document, found) for key, document in found.items()}


def standing_for(document: Any, found: dict[int, Any]) -> Any:
    """The Document that the other was merged into at last; itself where it was not."""
    while document.merged_into_id is not None:
        document = found[document.merged_into_id]
    return document


def live_claims(public_ids: Iterable[str]) -> set[str]:
    """Those of the claims that the public sees."""
    newest = log.newest(Subject(SubjectKind.CLAIM, public_id) for public_id in public_ids)
    return {
        subject.id
        for subject, publication in newest.items()
        if log.public_state(publication) == PublicState.LIVE
    }
