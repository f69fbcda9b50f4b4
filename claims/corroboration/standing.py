"""Who stands behind a document, and who stands on the claimant's side."""

from collections.abc import Iterable
from datetime import date

from claims.corroboration.graph import CitedDocument, Graph, Hold, Party


class Standing:
    """Who stands where in one claim's graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.has_claimant_unknown = (
            graph.own_voice_of is not None and graph.own_voice_operator is None
        )
        self.claimants_side = self.side_of_claimant()

    def side_of_claimant(self) -> frozenset[str]:
        """The claimants, the outlet in its own voice, who controlled them on the day it was said,
        and the parties that they speak for or are allied to.
        """
        graph = self.graph
        actors = graph.claimants | known(graph.own_voice_operator)
        side = side_of(
            actors, graph.holds, graph.parties, first=graph.said_first, last=graph.said_last
        )
        return side | outlet(graph.own_voice_of)

    def behind(self, document: CitedDocument) -> frozenset[str]:
        """The document's outlet, operator and author, and all who control these on its day."""
        return self.of_document(document, parties=())

    def is_on_claimants_side(self, document: CitedDocument) -> bool:
        """Whether somebody behind the document, or the party they stand for, is on that side."""
        side = self.of_document(document, parties=self.graph.parties)
        return not side.isdisjoint(self.claimants_side)

    def is_anonymous(self, document: CitedDocument) -> bool:
        """Whether its operator or author is an anonymous voice."""
        return not (known(document.operator) | known(document.author)).isdisjoint(
            self.graph.anonymous
        )

    def of_document(self, document: CitedDocument, *, parties: Iterable[Party]) -> frozenset[str]:
        actors = known(document.operator) | known(document.author)
        side = side_of(actors, self.graph.holds, parties, first=document.first, last=document.last)
        return side | outlet(document.source)


def side_of(
    actors: Iterable[str],
    holds: Iterable[Hold],
    parties: Iterable[Party],
    *,
    first: date | None,
    last: date | None,
) -> frozenset[str]:
    """The actors, all who may control them between two days, and the parties they stand for.

    Goes on from each to whoever is behind it. An open day is not known: every hold may cover it.
    """
    above: dict[str, set[str]] = {}
    for hold in holds:
        if overlaps(hold, first, last):
            above.setdefault(hold.actor, set()).add(hold.by)
    for party in parties:
        above.setdefault(party.actor, set()).add(party.party)
    found: set[str] = set()
    ahead = set(actors)
    while ahead:
        found |= ahead
        ahead = set().union(*(above.get(actor, set()) for actor in ahead)) - found
    return frozenset(found)


def overlaps(hold: Hold, first: date | None, last: date | None) -> bool:
    """Whether the hold may have stood on a day between the two."""
    is_over = hold.last is not None and first is not None and hold.last < first
    is_to_come = hold.first is not None and last is not None and last < hold.first
    return not (is_over or is_to_come)


def known(actor: str | None) -> frozenset[str]:
    """The actor, if there is one."""
    return frozenset() if actor is None else frozenset({actor})


def outlet(source: str | None) -> frozenset[str]:
    """The outlet itself, marked as such: an outlet and an actor may have the same id."""
    return frozenset() if source is None else frozenset({f"outlet {source}"})
