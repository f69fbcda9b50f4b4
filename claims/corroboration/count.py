"""What stands for and against a claim, and how many origins of it are independent."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from claims.choices import CitationRole, EvidenceBasis, Stance
from claims.corroboration.graph import Graph
from claims.corroboration.standing import Standing
from claims.corroboration.walks import Stop, Walks

KNOWS_BY_ITSELF = {EvidenceBasis.SAW_OR_MEASURED.value, EvidenceBasis.HOLDS_RECORD.value}


class Why(StrEnum):
    """Why an end counts, or does not."""

    COUNTS = "counts"
    SAME_ORIGIN = "same-origin"
    WAS_TOLD = "was-told"
    NOT_ESTABLISHED = "not-established"
    OPERATOR_UNKNOWN = "operator-unknown"
    CLAIMANTS_SIDE = "claimants-side"
    CLAIMANT_UNKNOWN = "claimant-unknown"
    ANONYMOUS = "anonymous"
    LEAVES_ITS_ROLE = "leaves-its-role"


@dataclass(frozen=True)
class End:
    """Where a walk along evidence ends, and whether that is an origin that counts."""

    citation: str
    document: str
    why: Why

    @property
    def is_independent(self) -> bool:
        """Whether it is established and not on the claimant's side, counted or not."""
        return self.why in (Why.COUNTS, Why.SAME_ORIGIN)

    @property
    def is_established(self) -> bool:
        """Whether it knows by itself, whoever stands behind it."""
        return self.is_independent or self.why in (Why.CLAIMANTS_SIDE, Why.CLAIMANT_UNKNOWN)

    def as_record(self) -> dict[str, Any]:
        """The end as records tell it."""
        return {
            "citation": self.citation,
            "document": self.document,
            "counts": self.why == Why.COUNTS,
            "why": self.why.value,
        }


@dataclass(frozen=True)
class Origins:
    """The ends of one stance, and how many of them are independent origins."""

    ends: tuple[End, ...]

    @property
    def origins(self) -> int:
        """The size of a largest set of ends no two of which have anybody behind them in common."""
        return sum(end.why == Why.COUNTS for end in self.ends)

    def as_record(self) -> dict[str, Any]:
        """The count with its reasons."""
        return {"origins": self.origins, "ends": [end.as_record() for end in self.ends]}


@dataclass(frozen=True)
class Utterance:
    """The document in which a chain ends first-hand."""

    document: str
    is_held: bool


@dataclass(frozen=True)
class Corroboration:
    """What stands for and against a claim, and where those who carry it have it from.

    `carriers` counts the outlets whose copy of it we hold. `open_chains` counts the documents in
    which a chain ends without being first-hand. `unanswered` are the citations of established ends
    against it, the claimant's own included, without a published answer. `contested` says that
    established evidence stands on both sides, the claimant's own included, with nobody behind both.
    """

    carriers: int
    utterances: tuple[Utterance, ...]
    open_chains: int
    supports: Origins
    refutes: Origins
    unanswered: tuple[str, ...]
    contested: bool

    def as_record(self) -> dict[str, Any]:
        """The part of the claim's record that tells of it."""
        return {
            "carriers": self.carriers,
            "utterances": [
                {"document": utterance.document, "is_held": utterance.is_held}
                for utterance in self.utterances
            ],
            "open_chains": self.open_chains,
            "supports": self.supports.as_record(),
            "refutes": self.refutes.as_record(),
            "unanswered": list(self.unanswered),
            "contested": self.contested,
        }


def corroborate(graph: Graph) -> Corroboration:
    """Count the independent origins for and against. Neither names nor order change a count."""
    walks, standing = Walks(graph), Standing(graph)
    supporting = walks.stops(CitationRole.EVIDENCE, Stance.SUPPORTS)
    refuting = walks.stops(CitationRole.EVIDENCE, Stance.REFUTES)
    refutes = weigh(refuting, standing)
    said = walks.stops(CitationRole.ATTRIBUTION)
    utterances = {
        stop.document.id: Utterance(stop.document.id, stop.document.is_held)
        for stop in said
        if stop.passage.first_hand and not stop.leaves
    }
    return Corroboration(
        carriers=carriers(graph, walks),
        utterances=tuple(utterances[id] for id in sorted(utterances)),
        open_chains=len({stop.document.id for stop in said} - utterances.keys()),
        supports=weigh(supporting, standing),
        refutes=refutes,
        unanswered=tuple(
            end.citation
            for end in refutes.ends
            if end.is_established and not walks.passages[end.citation].has_answer
        ),
        contested=are_apart(supporting, refuting, standing),
    )


def carriers(graph: Graph, walks: Walks) -> int:
    """The outlets that carry the claim in what we hold; a document without one is its own."""
    carrying = [
        walks.documents[passage.document]
        for passage in graph.passages
        if passage.role == CitationRole.ATTRIBUTION
    ]
    return len(
        {
            (document.source, document.source or document.id)
            for document in carrying
            if document.is_held
        }
    )


def weigh(stops: Sequence[Stop], standing: Standing) -> Origins:
    """Say of each stop whether it is an origin that counts, and if not, why."""
    reasons = [
        gap(stop, standing) or dependence(stop, standing) or Why.SAME_ORIGIN for stop in stops
    ]
    independent = [n for n, why in enumerate(reasons) if why == Why.SAME_ORIGIN]
    behind = {n: standing.behind(stops[n].document) for n in independent}
    near = {
        n: frozenset(m for m in independent if m != n and not behind[n].isdisjoint(behind[m]))
        for n in independent
    }
    for n in largest_apart(frozenset(independent), near):
        reasons[n] = Why.COUNTS
    return Origins(
        tuple(
            End(stop.passage.id, stop.document.id, why)
            for stop, why in zip(stops, reasons, strict=True)
        )
    )


def gap(stop: Stop, standing: Standing) -> Why | None:
    """What is missing for the stop to be an established origin."""
    if stop.leaves:
        return Why.LEAVES_ITS_ROLE
    if stop.passage.basis == EvidenceBasis.WAS_TOLD:
        return Why.WAS_TOLD
    if stop.passage.basis not in KNOWS_BY_ITSELF:
        return Why.NOT_ESTABLISHED
    if stop.document.operator is None:
        return Why.OPERATOR_UNKNOWN
    if standing.is_anonymous(stop.document) and not stop.passage.has_anonymity_reason:
        return Why.ANONYMOUS
    return None


def dependence(stop: Stop, standing: Standing) -> Why | None:
    """What keeps an established origin from being outside the claimant's side."""
    if standing.is_on_claimants_side(stop.document):
        return Why.CLAIMANTS_SIDE
    if standing.has_claimant_unknown:
        return Why.CLAIMANT_UNKNOWN
    return None


def are_apart(some: Sequence[Stop], others: Sequence[Stop], standing: Standing) -> bool:
    """Whether an established origin among some and one among others have nobody in common."""
    behind, behind_others = (
        [standing.behind(stop.document) for stop in stops if gap(stop, standing) is None]
        for stops in (some, others)
    )
    return any(one.isdisjoint(other) for one in behind for other in behind_others)


def largest_apart(left: frozenset[int], near: dict[int, frozenset[int]]) -> frozenset[int]:
    """A largest set of which no two are near each other (a maximum independent set), always the
    same one.

    Exact: a smaller set than the largest could grow when one is taken away. Whoever has only
    neighbours that are near each other is taken without trying. Where control is a tree there is
    always one such, and only parents that overlap have to be tried both ways.
    """
    taken: frozenset[int] = frozenset()
    while (free := first_free(left, near)) is not None:
        taken |= {free}
        left -= near[free] | {free}
    if not left:
        return taken
    busiest = max(sorted(left), key=lambda n: len(near[n] & left))
    with_it = {busiest} | largest_apart(left - near[busiest] - {busiest}, near)
    without_it = largest_apart(left - {busiest}, near)
    return taken | max(with_it, without_it, key=len)


def first_free(left: frozenset[int], near: dict[int, frozenset[int]]) -> int | None:
    """The first whose neighbours are all near each other, or who has none."""
    for n in sorted(left):
        around = near[n] & left
        if all(around - {m} <= near[m] for m in around):
            return n
    return None
