"""The chain as a drawing: where documents stand, and which arrows lead where."""

from typing import Any

import pytest
from django.utils.translation import override

from claims.presentation.chain import Walk, endings
from claims.presentation.drawing import ATTRIBUTED, drawing_of
from claims.presentation.stations import ASIDE, GAP, HEIGHT, LOST, MARGIN, NARROWEST, ROOM, WIDTH
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
    return {node.title: (node.row, node.column) for node in drawn.nodes}


def arrows(drawn: Any) -> list[tuple[str, str, str]]:
    return [(edge.start.title, edge.manner, edge.end.title) for edge in drawn.edges]


def test_nothing_cited_is_nothing_drawn() -> None:
    assert drawing_of(content()) is None


def test_relays_and_hops_lead_from_row_to_row() -> None:
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
        ("site", "machine translation of", "original"),
        ("original", "quotes", "post"),
    ]
    assert [node.is_held for node in drawn.nodes] == [True, False, False]
    assert [node.below[-1][1] for node in drawn.nodes] == [
        "we hold a copy",
        "nobody here has seen it",
        "nobody here has seen it",
    ]
    assert drawn.width == MARGIN + WIDTH + MARGIN
    assert drawn.height == MARGIN + 3 * HEIGHT + 2 * GAP + LOST + MARGIN
    assert [node.is_lost for node in drawn.nodes] == [False, False, True]


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
    rows = {title: row for title, (row, _) in places(drawn).items()}
    assert rows == {"third": 0, "first": 1, "second": 0, "wire": 2}
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
    assert max(node.row for node in drawn.nodes) == 2


def test_a_long_title_is_cut_and_stands_whole_in_the_list() -> None:
    title = "Synthetic words " * 10
    drawn = drawing_of(content(("one", "long"), long={"title": title}))

    assert drawn is not None
    [node] = drawn.nodes
    assert [line for _, line in node.lines] == [
        "1. Synthetic words Synthetic",
        "words Synthetic words Synthetic…",
    ]
    assert node.title == title


def test_an_arrow_past_another_document_goes_aside() -> None:
    drawn = drawing_of(
        content(
            ("a", "first"),
            ("b", "second"),
            ("c", "third"),
            relays=(("a", "quotes", "b"), ("a", "translates", "c"), ("b", "excerpts", "c")),
            first={},
            second={},
            third={},
        )
    )

    assert drawn is not None
    assert [
        (*arrow, edge.goes_aside) for arrow, edge in zip(arrows(drawn), drawn.edges, strict=True)
    ] == [
        ("first", "quotes", "second", False),
        ("first", "translates", "third", True),
        ("second", "excerpts", "third", False),
    ]
    assert drawn.width == MARGIN + WIDTH + ASIDE + MARGIN


def test_arrows_that_arrive_together_have_their_words_where_they_set_out() -> None:
    drawn = drawing_of(
        content(
            ("a", "first"),
            ("b", "agency"),
            ("c", "second"),
            relays=(("a", "quotes", "b"), ("c", "translates", "b")),
            first={},
            agency={},
            second={},
        )
    )

    assert drawn is not None
    straight, slanting = sorted(drawn.edges, key=lambda edge: edge.start.column)
    assert straight.label[0] == straight.start.middle == straight.end.middle
    assert slanting.label[0] == slanting.start.middle != slanting.end.middle


def test_the_first_utterance_is_called_so_and_leads_nowhere() -> None:
    drawn = drawing_of(
        {
            **content(("one", "site"), relays=(("one", "excerpts", "two"),), site={}, post={}),
            "citations": [
                CITATION | {"id": "one", "document": "site"},
                CITATION | {"id": "two", "document": "post", "first_hand": True},
            ],
        }
    )

    assert drawn is not None
    assert [(node.role, node.is_lost) for node in drawn.nodes] == [
        ("carries it", False),
        ("where it was first said", False),
    ]
    assert arrows(drawn) == [("site", "excerpts", "post")]


def test_what_is_drawn_can_be_narrowed_to_who_carries_it() -> None:
    told = content(("one", "site"), site={}, register={})
    evidence = CITATION | {"document": "register", "role": "evidence", "stance": "supports"}
    told["citations"].append(evidence | {"id": "two", "basis": "holds-record"})

    assert [node.title for node in drawing_of(told).nodes] == ["site", "register"]
    assert [node.title for node in drawing_of(told, ATTRIBUTED).nodes] == ["site"]


def test_days_outlets_and_wide_letters_find_room() -> None:
    day = {"not_before": "2020-03-02", "not_after": "2020-03-02", "as_printed": ""}
    drawn = drawing_of(content(("one", "wide"), wide={"title": "船" * 40, "published": day}))

    assert drawn is not None
    [node] = drawn.nodes
    assert [len(line) for _, line in node.lines] == [16, 16]
    assert node.below[0][1] == "Synthetic Gazette, 2 March 2020"


def test_a_day_between_two_others_stands_whole_on_a_second_line() -> None:
    between = {"not_before": "2020-03-02", "not_after": "2020-03-09", "as_printed": ""}
    drawn = drawing_of(content(("one", "site"), site={"published": between}))

    assert drawn is not None
    [node] = drawn.nodes
    assert [text for _, text in node.below] == [
        "Synthetic Gazette",
        "between 2 March 2020 and 9 March 2020",
        "carries it",
        "we hold a copy",
    ]
    assert node.below[-1][0] < node.bottom


def test_a_day_that_is_long_in_words_has_a_line_of_its_own_and_is_told_whole() -> None:
    day = {"not_before": "2020-03-02", "not_after": "2020-03-02", "as_printed": ""}
    told = content(("one", "site"), site={"published": day})

    with override("uk"):
        drawn = drawing_of(told)
        assert drawn is not None
        [node] = drawn.nodes
        lines = [text for _, text in node.below]

    assert lines[:2] == ["Synthetic Gazette", "2 березня 2020 року"]
    assert [height for height, _ in node.below] == [node.y + at for at in (51, 67, 83, 99)]


def test_lines_of_broader_letters_have_fewer_of_them() -> None:
    drawn = drawing_of(content(("one", "site"), site={"title": "Човни " * 20}))

    assert drawn is not None
    [node] = drawn.nodes
    assert max(len(line) for _, line in node.lines) <= 27


def told_by_many(outlets: int) -> dict[str, Any]:
    """Outlets that all took their words from one agency."""
    names = [f"Synthetic outlet with a long name {number}" for number in range(outlets)]
    return content(
        *((name, name) for name in [*names, "agency"]),
        relays=tuple((name, "republishes", "agency") for name in names),
        **{name: {} for name in [*names, "agency"]},
    )


@pytest.mark.parametrize(
    ("outlets", "width"), [(1, WIDTH), (3, WIDTH), (4, 231), (5, 180), (6, 146), (7, NARROWEST)]
)
def test_six_outlets_have_room_side_by_side(outlets: int, width: int) -> None:
    drawn = drawing_of(told_by_many(outlets))

    assert drawn is not None
    assert drawn.size.width == width
    assert (drawn.width <= ROOM) is (outlets <= 6)
    for node in drawn.nodes:
        told = " ".join(line for _, line in node.lines)
        assert told == f"{node.number}. {node.title}"
        heights = [height for height, _ in (*node.lines, *node.below)]
        assert heights == sorted(set(heights))
        assert node.y + 11 < heights[0]
        assert heights[-1] < node.bottom


def test_stations_have_one_number_in_drawing_and_list() -> None:
    told = told_by_many(3)
    evidence = CITATION | {"role": "evidence", "stance": "supports", "basis": "holds-record"}
    told["citations"].append(evidence | {"id": "seen", "document": "agency"})
    walk = Walk(told)

    chains = walk.chains(role="attribution")
    [[again]] = walk.chains(role="evidence", stance="supports")

    listed = [(step.number, step.document["title"]) for chain in chains for step in chain]
    drawn = drawing_of(told)
    assert drawn is not None
    assert [(node.number, node.title) for node in drawn.nodes[:-1]] == list(dict.fromkeys(listed))
    assert [number for number, _ in listed] == [1, 2, 3, 2, 4, 2]
    assert [step.seen_before for chain in chains for step in endings(chain)] == [False, True, True]
    # The same document in another role is another station.
    assert (again.number, again.told_before, drawn.nodes[-1].number) == (5, True, 5)


def test_what_bears_on_it_stands_below_what_carries_it() -> None:
    told = told_by_many(5)
    evidence = CITATION | {"role": "evidence", "stance": "supports", "basis": "holds-record"}
    told["citations"] += [
        evidence | {"id": f"seen {number}", "document": "agency"} for number in range(3)
    ]

    drawn = drawing_of(told)

    assert drawn is not None
    assert drawn.width <= ROOM
    places = [(node.row, node.column) for node in drawn.nodes]
    assert len(set(places)) == len(places)
    assert places[-3:] == [(2, 0), (2, 1), (2, 2)]
    assert [node.role for node in drawn.nodes[-3:]] == ["evidence for"] * 3
