"""The chain as a drawing: where documents stand, and which arrows lead where."""

from typing import Any

from claims.presentation.drawing import GAP, MARGIN, WIDTH, drawing_of
from tests.claims.test_differences import CITATION, DOCUMENT


def content(
    *citations: tuple[str, str],
    relays: tuple[tuple[str, str, str], ...] = (),
    **documents: dict[str, Any],
) -> dict[str, Any]:
    """Documents by id, citations as (id, document), relays as (carrier, manner, taken from)."""
    return {
        "documents": [DOCUMENT | {"id": id, "title": id} | row for id, row in documents.items()],
        "citations": [CITATION | {"id": id, "document": document} for id, document in citations],
        "relays": [
            {"carrier": carrier, "manner": manner, "taken_from": taken_from, "words": ""}
            for carrier, manner, taken_from in relays
        ],
    }


def places(drawn: Any) -> dict[str, tuple[int, int]]:
    return {node.title: (node.column, node.row) for node in drawn.nodes}


def arrows(drawn: Any) -> list[tuple[str, str, str]]:
    return [(edge.start.title, edge.manner, edge.end.title) for edge in drawn.edges]


def test_nothing_cited_is_nothing_drawn() -> None:
    assert drawing_of(content()) is None


def test_relays_and_hops_lead_from_column_to_column() -> None:
    hop = {"of": "original", "manner": "translates", "translator": "machine"}
    drawn = drawing_of(
        content(
            ("one", "site"),
            ("two", "post"),
            relays=(("one", "quotes", "two"),),
            site={"hop": hop},
            original={"is_held": False},
            post={"is_held": False},
        )
    )

    assert drawn is not None
    assert places(drawn) == {"site": (0, 0), "original": (1, 0), "post": (2, 0)}
    assert arrows(drawn) == [
        ("site", "machine translation", "original"),
        ("original", "quotes", "post"),
    ]
    assert [node.is_held for node in drawn.nodes] == [True, False, False]
    assert [node.below[-1][1] for node in drawn.nodes] == [
        "carries it",
        "nobody here has seen it",
        "nobody here has seen it",
    ]
    assert drawn.width == MARGIN + 3 * WIDTH + 2 * GAP + MARGIN


def test_what_many_took_from_one_stands_once_behind_all_of_them() -> None:
    drawn = drawing_of(
        content(
            ("a", "first"),
            ("b", "second"),
            ("c", "wire"),
            ("d", "third"),
            relays=(("a", "quotes", "c"), ("b", "excerpts", "c"), ("d", "quotes", "a")),
            first={},
            second={},
            third={},
            wire={},
        )
    )

    assert drawn is not None
    columns = {title: column for title, (column, _) in places(drawn).items()}
    assert columns == {"third": 0, "first": 1, "second": 0, "wire": 2}
    assert len(set(places(drawn).values())) == len(drawn.nodes)
    assert sorted(arrows(drawn)) == [
        ("first", "quotes", "wire"),
        ("second", "excerpts", "wire"),
        ("third", "quotes", "first"),
    ]


def test_a_circle_of_hops_and_relays_ends() -> None:
    hop = {"of": "inner", "manner": "republishes", "translator": None}
    drawn = drawing_of(
        content(
            ("c", "start"),
            ("a", "outer"),
            ("b", "inner"),
            relays=(("b", "quotes", "a"), ("c", "quotes", "a")),
            start={},
            outer={"hop": hop},
            inner={},
        )
    )

    assert drawn is not None
    assert [edge.leads_back for edge in drawn.edges] == [False, False, True]
    assert max(node.column for node in drawn.nodes) == 2


def test_a_long_title_is_cut_and_stands_whole_in_the_list() -> None:
    title = "Synthetic words " * 10
    drawn = drawing_of(content(("one", "long"), long={"title": title}))

    assert drawn is not None
    [node] = drawn.nodes
    assert [line for _, line in node.lines] == ["1. Synthetic words", "Synthetic words…"]
    assert node.title == title
