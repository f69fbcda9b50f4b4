"""Figures on an axis: what shares one, where marks stand, and what is left out."""

from decimal import Decimal
from typing import Any

import pytest

from claims.presentation.accounts import account_of
from claims.presentation.plot import Axis, Given, Mark, axis_of, mark_of, plots_of
from claims.presentation.readings import reading

BOATS = {"id": "0000000001", "what": "boats", "unit": "boats", "counting": "per-period"}
PEOPLE = {"id": "0000000002", "what": "people", "unit": "people", "counting": "cumulative"}
SHAPES: dict[str, dict[str, Any]] = {
    "bare": {"best": "9"},
    "exactly": {"best": "9"},
    "about": {"best": "9"},
    "at-least": {"low": "9"},
    "more-than": {"low": "9"},
    "up-to": {"high": "9"},
    "fewer-than": {"high": "9"},
    "between": {"low": "5", "high": "9"},
    "vague": {},
}


def figure(qualifier: str = "bare", **values: Any) -> dict[str, Any]:
    shape = SHAPES[qualifier] if not {"low", "best", "high"} & set(values) else {}
    return {
        "id": "0000000000",
        "qualifier": qualifier,
        "low": None,
        "best": None,
        "high": None,
        "unit": "",
        "basis": "claimed",
        "measure": BOATS,
        **shape,
        **values,
    }


def account(*figures: dict[str, Any], day: str | None = "2020-03-02", id: str = "a") -> Any:
    said = {"not_before": day, "not_after": day} if day else None
    return account_of(
        {
            "id": id,
            "said": said,
            "speaker": {"kind": "nobody-named", "claimant": None, "outlet": None},
            "attribution_status": None,
            "verification_status": "unchecked",
            "figures": list(figures),
        }
    )


def axis(*figures: dict[str, Any]) -> Axis | None:
    return axis_of([Given(account(), one) for one in figures])


def ends(*figures: dict[str, Any]) -> list[str]:
    found = axis(*figures)
    assert found is not None
    return [tick.number for tick in found.ticks]


def bests(*numbers: str) -> list[dict[str, Any]]:
    return [figure(best=number) for number in numbers]


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        (["12"], ["0", "5", "10", "15"]),
        (["3", "4"], ["0", "1", "2", "3", "4"]),
        (["36", "100"], ["0", "50", "100"]),
        (["0"], ["0", "0.5", "1"]),
        (["0.3", "1.1"], ["0", "0.5", "1", "1.5"]),
        (["-20", "40"], ["-20", "0", "20", "40"]),
        (["1000000", "3200000"], ["0", "1000000", "2000000", "3000000", "4000000"]),
        (["999999999999999"], ["0", "500000000000000", "1000000000000000"]),
    ],
)
def test_axis_has_round_numbers_from_zero(numbers: list[str], ticks: list[str]):
    assert ends(*bests(*numbers)) == ticks


def test_axis_leaves_out_zero_only_where_it_would_hide_all_differences():
    assert ends(*bests("1000", "1060"))[0] == "0"
    assert ends(*bests("1000", "1049")) == ["1000", "1020", "1040", "1060"]
    [near], [far] = (plots_of([account(*bests("1000", top))]) for top in ("1049", "2000"))
    assert (near.starts_at_zero, far.starts_at_zero) == (False, True)


def test_an_open_figure_has_room_for_its_arrow():
    assert ends(figure("at-least", low="10")) == ["0", "5", "10", "15"]
    assert ends(figure("up-to", high="1000"), figure(best="1010"))[0] == "995"


def test_nothing_is_counted_below_nought():
    assert ends(figure("fewer-than", high="1"), figure(best="100"))[0] == "0"


@pytest.mark.parametrize(
    ("qualifier", "mark"),
    [
        ("bare", Mark(start="87.60", end="87.60", best="87.60")),
        ("about", Mark(start="87.60", end="87.60", best="87.60")),
        ("between", Mark(start="50.00", end="87.60")),
        ("at-least", Mark(start="87.60", end="97.00", opens_right=True)),
        ("more-than", Mark(start="87.60", end="97.00", opens_right=True, is_exclusive=True)),
        ("up-to", Mark(start="3.00", end="87.60", opens_left=True)),
        ("fewer-than", Mark(start="3.00", end="87.60", opens_left=True, is_exclusive=True)),
    ],
)
def test_each_way_to_give_a_number_has_its_mark(qualifier: str, mark: Mark):
    ten = Axis(Decimal(0), Decimal(10), Decimal(5))

    assert mark_of(Given(account(), figure(qualifier)), ten) == mark


def test_a_range_with_a_best_value_shows_all_three():
    given = Given(account(), figure("between", low="0", best="5", high="10"))

    mark = mark_of(given, Axis(Decimal(0), Decimal(10), Decimal(5)))

    assert mark == Mark(start="3.00", end="97.00", best="50.00")


def test_unlike_things_never_share_an_axis():
    plots = plots_of(
        [
            account(
                figure(),
                figure(measure=PEOPLE),
                figure(basis="observed"),
                figure(unit="ships"),
                figure("between"),
                figure(unit="boats"),
            )
        ]
    )

    shared = [(plot.measure, plot.unit, plot.basis, len(plot.rows)) for plot in plots]
    assert shared == [
        (BOATS, "boats", "claimed", 3),
        (BOATS, "boats", "observed", 1),
        (BOATS, "ships", "claimed", 1),
        (PEOPLE, "people", "claimed", 1),
    ]


def test_figures_without_a_measure_come_last_and_have_no_axis():
    first, last = plots_of([account(figure(measure=None)), account(figure())])

    assert (first.measure, last.measure) == (BOATS, None)
    assert (last.axis, last.rows, len(last.vague)) == (None, [], 1)


def test_vague_words_have_no_mark():
    [plot] = plots_of([account(figure("vague"), figure())])

    assert (len(plot.rows), len(plot.vague), len(plot.given)) == (1, 1, 2)


def test_vague_words_alone_have_no_axis():
    [plot] = plots_of([account(figure("vague"))])

    assert (plot.axis, plot.rows) == (None, [])


def test_figures_stand_by_the_day_on_which_they_were_said():
    days = [("a", None), ("b", "2020-03-04"), ("c", "2020-03-02"), ("d", "2020-03-02")]

    [plot] = plots_of([account(figure(), day=day, id=id) for id, day in days])

    assert [given.account.claim["id"] for given, mark in plot.rows] == ["c", "d", "b", "a"]


@pytest.mark.parametrize(
    ("qualifier", "words"),
    [
        ("bare", "9"),
        ("exactly", "exactly 9"),
        ("about", "about 9"),
        ("at-least", "at least 9"),
        ("more-than", "more than 9"),
        ("up-to", "up to 9"),
        ("fewer-than", "fewer than 9"),
        ("between", "between 5 and 9"),
        ("vague", "no number"),
    ],
)
def test_numbers_are_read_out_as_they_were_given(qualifier: str, words: str):
    assert reading(figure(qualifier)) == words


def test_a_best_value_within_a_range_is_read_out():
    words = reading(figure("between", low="5000", best="7000", high="9000"))

    assert words == "between 5,000 and 9,000, most likely 7,000"
