"""The walks along hops and relays, and where they stop."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from claims.choices import CitationRole
from claims.corroboration.graph import CitedDocument, CitedPassage, Graph


@dataclass(frozen=True)
class Stop:
    """Where a walk stops: a passage from which nothing leads on within its role and stance.

    `document` is the passage's own or, where that one carries others whole, the innermost.
    `leaves` says that something does lead on, to what is cited for something else.
    """

    passage: CitedPassage
    document: CitedDocument
    leaves: bool


class Walks:
    """The walks of one claim."""

    def __init__(self, graph: Graph) -> None:
        self.passages = {passage.id: passage for passage in graph.passages}
        self.documents = {document.id: document for document in graph.documents}
        self.cited_in: dict[str, list[CitedPassage]] = defaultdict(list)
        for passage in graph.passages:
            self.cited_in[passage.document].append(passage)
        self.taken_from: dict[str, list[CitedPassage]] = defaultdict(list)
        for carrier, origin in graph.relays:
            self.taken_from[carrier].append(self.passages[origin])

    def stops(self, role: str, stance: str = "") -> list[Stop]:
        """Where the walks of a role and stance stop, in the order of ids.

        A walk starts at every passage of them, so these are the passages with no way on within
        them. A circle of hops and relays has no end, and adds none.
        """
        return [
            stop
            for _, passage in sorted(self.passages.items())
            if (passage.role, passage.stance) == (role, stance)
            and (stop := self.stop(passage)) is not None
        ]

    def stop(self, passage: CitedPassage) -> Stop | None:
        """The stop at this passage; None where a walk goes on from it."""
        document, leaves = self.documents[passage.document], False
        for inner in self.carried_by(document):
            cited = self.cited_in[inner.id]
            if any(other.is_cited_like(passage) for other in cited):
                return None
            # What carries the claim is no evidence; but words that were first said in a document
            # were said there, whatever else it is cited for.
            if cited and passage.role == CitationRole.EVIDENCE:
                leaves = True
                break
            document = inner
        origins = self.taken_from[passage.id]
        if any(origin.is_cited_like(passage) for origin in origins):
            return None
        return Stop(passage, document, leaves or bool(origins))

    def carried_by(self, document: CitedDocument) -> Iterator[CitedDocument]:
        """The documents that it carries whole, from the outside in."""
        met = {document.id}
        while document.hop_of is not None and document.hop_of not in met:
            document = self.documents[document.hop_of]
            met.add(document.id)
            yield document
