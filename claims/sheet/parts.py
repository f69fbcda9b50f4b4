"""What of a claim's file stands in a row, now or as it was at an earlier edit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from claims.choices import CitationRole
from claims.claim_file import ClaimFile
from claims.models import Citation, Claim, ClaimTopic, Figure, Relay, Topic
from factcheck.common.history import rows_as_of
from sources.models import Document, Passage
from sources.services import GAP


@dataclass(frozen=True)
class RowParts:
    """A Claim with the citation that carries it here, its figures and topics, and the relay to
    where the passage took its words from.
    """

    claim: Claim
    citation: Citation | None
    figures: list[Figure]
    topics: list[Topic]
    relay: Relay | None
    origin: Document | None

    @property
    def passage(self) -> Passage | None:
        """Where the words stand."""
        return self.citation.passage if self.citation is not None else None

    @property
    def quote(self) -> str:
        """The words, in the document's own characters."""
        if self.passage is None:
            return ""
        return GAP.join(one.exact for one in self.passage.ranges.all())


def parts_of(file: ClaimFile, document: Document) -> RowParts:
    """The row's parts in a file that is loaded."""
    citations = {citation.pk: citation for citation in file.citations}
    citation = carrier_in(citations.values(), document)
    relay = relay_of(citation, file.claim.relays.all())
    taken_from = citations[relay.taken_from_id] if relay is not None else None
    return RowParts(
        claim=file.claim,
        citation=citation,
        figures=list(file.claim.figures.all()),
        topics=list(file.claim.topics.all()),
        relay=relay,
        origin=file.document_of(taken_from) if taken_from is not None else None,
    )


def parts_as_of(claim: Claim, document: Document, at: datetime) -> RowParts:
    """The row's parts as they were at that time."""
    then: dict[str, Any] = {
        "own": Q(claim=claim.pk),
        "then": Q(claim_id=claim.pk),
        "at": at,
    }
    [was] = rows_as_of(Claim, own=Q(pk=claim.pk), then=Q(pgh_obj_id=claim.pk), at=at).values()
    assert isinstance(was, Claim)
    citations: Any = rows_as_of(Citation, **then)
    figures: Any = rows_as_of(Figure, **then).values()
    relays: Any = rows_as_of(Relay, **then).values()
    topics: Any = rows_as_of(ClaimTopic, **then).values()
    citation = carrier_in(in_order(citations.values()), document)
    relay = relay_of(citation, sorted(relays, key=lambda one: one.pk))
    taken_from = citations.get(relay.taken_from_id) if relay is not None else None
    return RowParts(
        claim=was,
        citation=citation,
        figures=in_order(figures),
        topics=sorted((one.topic for one in topics), key=lambda topic: topic.name),
        relay=relay,
        origin=taken_from.document if taken_from is not None else None,
    )


def in_order(rows: Iterable[Any]) -> list[Any]:
    """Rows with a position, in their order."""
    return sorted(rows, key=lambda row: (row.position, row.pk))


def carrier_in(citations: Iterable[Citation], document: Document) -> Citation | None:
    """The first citation by which the document carries the claim."""
    for citation in citations:
        is_attribution = citation.role == CitationRole.ATTRIBUTION
        if is_attribution and citation.document_id == document.pk:
            return citation
    return None


def relay_of(citation: Citation | None, relays: Iterable[Relay]) -> Relay | None:
    """The first relay by which a citation took its words from another."""
    if citation is None:
        return None
    return next((relay for relay in relays if relay.carrier_id == citation.pk), None)
