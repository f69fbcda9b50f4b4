"""What no change of a claim's graph can do to its count, whatever the graph."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations, permutations, product
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.corroboration import CitedDocument, CitedPassage, Graph, Hold, Party, corroborate
from claims.corroboration.count import largest_apart

SAW, HOLDS, TOLD, OPEN = "saw-or-measured", "holds-record", "was-told", "not-established"
MONDAY, TUESDAY, WEDNESDAY = date(2020, 3, 2), date(2020, 3, 3), date(2020, 3, 4)

properties = settings(deadline=None, max_examples=80)

ACTORS = [f"actor{n}" for n in range(8)]
SOURCES = [f"source{n}" for n in range(5)]
DOCUMENTS = [f"document{n}" for n in range(5)]
# Operators with parents that overlap, and parents with parents.
CONTROLS = [*product(ACTORS[:5], ACTORS[5:]), *combinations(ACTORS[4:], 2)]
ROLES = [("evidence", "supports"), ("evidence", "refutes"), ("evidence", "context")]
ROLES += [("attribution", "")]
DAY = st.sampled_from([None, MONDAY, TUESDAY, WEDNESDAY])
PERIOD = st.sampled_from(
    [(None, None), (None, MONDAY), (MONDAY, MONDAY), (TUESDAY, WEDNESDAY), (WEDNESDAY, None)]
)
ACTOR = st.sampled_from(ACTORS)


def mostly(usual: Any, *others: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([usual] * 6 * len(others) + list(others))


@st.composite
def graphs(draw: Callable[..., Any]) -> Graph:
    """Claims with a few citations, most of which count but for what is drawn against them. Relays,
    hops and holds lead from lower to higher numbers.
    """
    operators = {
        source: draw(mostly(actor, None, *ACTORS))
        for source, actor in zip(SOURCES, ACTORS, strict=False)
    }
    documents = []
    for n, usual in enumerate(SOURCES):
        source = draw(mostly(usual, None, *SOURCES))
        documents.append(
            CitedDocument(
                id=f"document{n}",
                is_held=n % 2 == 0,
                source=source,
                operator=operators.get(source),
                author=draw(mostly(None, *ACTORS)),
                hop_of=draw(
                    mostly(None, *(f"document{m}" for m in range(n + 1, len(SOURCES))), None)
                ),
                **dict(zip(("first", "last"), draw(PERIOD), strict=True)),
            )
        )
    passages = []
    for n in range(draw(st.integers(3, 6))):
        role, stance = draw(mostly(*ROLES))
        passages.append(
            CitedPassage(
                id=f"passage{n}",
                document=draw(mostly(*rotated(DOCUMENTS, n))),
                role=role,
                stance=stance,
                first_hand=role == "attribution" and n % 2 == 0,
                basis=draw(mostly(SAW, HOLDS, TOLD, OPEN)) if stance else "",
                has_anonymity_reason=n % 2 == 0,
            )
        )
    own_voice = draw(mostly(None, *SOURCES))
    return Graph(
        passages=tuple(passages),
        documents=tuple(documents),
        relays=draw(edges_of(combinations([passage.id for passage in passages], 2), at_most=2)),
        claimants=frozenset() if own_voice else draw(st.frozensets(ACTOR, max_size=1)),
        own_voice_of=own_voice,
        own_voice_operator=operators.get(own_voice),
        said_first=draw(DAY),
        holds=tuple(Hold(*edge, *draw(PERIOD)) for edge in draw(edges_of(CONTROLS, at_most=7))),
        parties=tuple(Party(*edge) for edge in draw(edges_of(CONTROLS, at_most=2))),
        anonymous=draw(st.frozensets(ACTOR, max_size=1)),
    )


def rotated(names: list[str], n: int) -> list[str]:
    return names[n % len(names) :] + names[: n % len(names)]


def edges_of(
    edges: Iterable[tuple[str, str]], *, at_most: int
) -> st.SearchStrategy[frozenset[tuple[str, str]]]:
    return st.frozensets(st.sampled_from(list(edges)), max_size=at_most)


def counts(graph: Graph) -> tuple[int, int]:
    found = corroborate(graph)
    return found.supports.origins, found.refutes.origins


def raising(before: Graph, changes: Iterable[Graph]) -> list[Graph]:
    """The changes that leave more origins for or against than there were."""
    supports, refutes = counts(before)
    return [
        after
        for after in changes
        for now in [counts(after)]
        if now[0] > supports or now[1] > refutes
    ]


def evidence_of(graph: Graph) -> list[CitedPassage]:
    return [passage for passage in graph.passages if passage.role == "evidence"]


def with_relay(graph: Graph, carrier: str, origin: str) -> Graph:
    return replace(graph, relays=graph.relays | {(carrier, origin)})


def with_citation(graph: Graph, passage: CitedPassage, *documents: CitedDocument) -> Graph:
    return replace(
        graph,
        passages=(*graph.passages, passage),
        documents=(*graph.documents, *documents),
    )


@properties
@given(graphs())
def test_origin_that_proves_to_be_a_relay_of_another_never_raises_a_count(before):
    changes = (
        with_relay(before, carrier.id, origin.id)
        for carrier in evidence_of(before)
        for origin in before.passages
        if not leads(before.relays, origin.id, carrier.id)
    )

    assert raising(before, changes) == []


def leads(relays: frozenset[tuple[str, str]], start: str, end: str) -> bool:
    return start == end or any(
        leads(relays, origin, end) for carrier, origin in relays if carrier == start
    )


@properties
@given(graphs())
def test_outlet_that_relays_what_is_there_never_raises_a_count(before):
    text = CitedDocument("new-text", is_held=True, source="new-outlet", operator="new-operator")
    passages = [
        CitedPassage("new", "new-text", role="evidence", stance=stance, basis=SAW)
        for stance in ("supports", "refutes")
    ]

    changes = (
        after
        for passage in passages
        for origin in before.passages
        for after in (
            with_relay(with_citation(before, passage, text), "new", origin.id),
            with_citation(before, passage, replace(text, hop_of=origin.document)),
        )
    )

    assert raising(before, changes) == []


@properties
@given(graphs())
def test_lineage_that_is_not_established_never_raises_a_count(before):
    changes = (
        replace(
            before,
            passages=tuple(
                replace(other, basis=basis) if other == passage else other
                for other in before.passages
            ),
        )
        for passage in evidence_of(before)
        for basis in (TOLD, OPEN)
    )

    assert raising(before, changes) == []


@properties
@given(graphs())
def test_operator_that_nobody_knows_never_raises_a_count(before):
    changes = (
        replace(
            before,
            documents=tuple(
                replace(document, operator=None) if document.source == source else document
                for document in before.documents
            ),
            own_voice_operator=None if before.own_voice_of == source else before.own_voice_operator,
        )
        for source in SOURCES
    )

    assert raising(before, changes) == []


@properties
@given(graphs())
def test_citation_that_carries_the_claim_never_raises_a_count(before):
    changes = (
        after
        for document in before.documents
        for other in before.passages
        for carrier in [CitedPassage("new", document.id, role="attribution", first_hand=True)]
        for after in (
            with_citation(before, carrier),
            with_relay(with_citation(before, carrier), "new", other.id),
            with_relay(with_citation(before, carrier), other.id, "new"),
        )
    )

    assert raising(before, changes) == []


@properties
@given(graphs(), PERIOD)
def test_parent_that_becomes_known_never_raises_a_count(before, days):
    changes = (
        replace(before, holds=(*before.holds, Hold(actor, parent, *days)))
        for actor, parent in permutations(ACTORS, 2)
    )

    assert raising(before, changes) == []


@properties
@given(graphs())
def test_interest_that_becomes_known_never_raises_a_count(before):
    changes = (
        replace(before, parties=(*before.parties, Party(actor, party)))
        for actor, party in permutations(ACTORS, 2)
    )

    assert raising(before, changes) == []


@properties
@given(graphs())
def test_two_actors_that_prove_to_be_one_never_raise_a_count(before):
    changes = (renamed(before, {one: other}) for one, other in permutations(ACTORS, 2))

    assert raising(before, changes) == []


@properties
@given(graphs(), st.randoms(use_true_random=False))
def test_names_and_order_never_matter(before, random):
    names = [
        *ACTORS,
        *SOURCES,
        *(document.id for document in before.documents),
        *(passage.id for passage in before.passages),
    ]
    others = random.sample(names, len(names))

    after = shuffled(renamed(before, dict(zip(names, others, strict=True))), random)

    assert facts(after) == facts(before)


def renamed(graph: Graph, names: dict[str, str]) -> Graph:
    """The graph under other names; two that get one name have become one."""

    def new(name: Any) -> Any:
        return names.get(name, name)

    return Graph(
        passages=tuple(
            replace(passage, id=new(passage.id), document=new(passage.document))
            for passage in graph.passages
        ),
        documents=tuple(
            replace(
                document,
                **{
                    name: new(getattr(document, name))
                    for name in ("id", "source", "operator", "author", "hop_of")
                },
            )
            for document in graph.documents
        ),
        relays=frozenset((new(carrier), new(origin)) for carrier, origin in graph.relays),
        claimants=frozenset(map(new, graph.claimants)),
        own_voice_of=new(graph.own_voice_of),
        own_voice_operator=new(graph.own_voice_operator),
        said_first=graph.said_first,
        said_last=graph.said_last,
        holds=tuple(replace(hold, actor=new(hold.actor), by=new(hold.by)) for hold in graph.holds),
        parties=tuple(Party(new(party.actor), new(party.party)) for party in graph.parties),
        anonymous=frozenset(map(new, graph.anonymous)),
    )


def shuffled(graph: Graph, random: Any) -> Graph:
    return replace(
        graph,
        **{
            name: tuple(random.sample(rows, len(rows)))
            for name in ("passages", "documents", "holds", "parties")
            if (rows := getattr(graph, name)) is not None
        },
    )


def facts(graph: Graph) -> tuple[Any, ...]:
    """All that is found, without names."""
    found = corroborate(graph)
    return (
        found.carriers,
        len(found.utterances),
        found.open_chains,
        sorted(end.why for end in found.supports.ends),
        sorted(end.why for end in found.refutes.ends),
        len(found.unanswered),
        found.contested,
    )


@properties
@given(st.sets(st.sampled_from(list(combinations(range(7), 2))), max_size=14))
@example({(0, 2), (0, 3), (0, 4), (1, 2), (1, 3), (1, 4)})
def test_set_of_those_apart_is_a_largest_one(edges):
    everybody = range(7)
    near = {n: frozenset(m for m in everybody if {(n, m), (m, n)} & edges) for n in everybody}
    apart = [
        chosen
        for size in range(len(everybody) + 1)
        for chosen in combinations(everybody, size)
        if not edges.intersection(combinations(chosen, 2))
    ]

    found = largest_apart(frozenset(everybody), near)

    assert not edges.intersection(combinations(sorted(found), 2))
    assert len(found) == max(map(len, apart))
