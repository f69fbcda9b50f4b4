"""The pure parts of the article sheet, as the browser runs them: places, tables, days, fields."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from factcheck.common.roles import Role
from tests.factories import make_capture, make_user
from tests.in_browser import browser, open_desk

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# An emoji of one code point and two units, a family of seven code points, a decomposed accent.
MIXED = "a😀b\n👨‍👩‍👧‍👦 cafe\u0301\nשלום world"


@pytest.fixture
def page(browser, live_server) -> Iterator[Page]:
    """A page of the desk from which the modules can be loaded."""
    page = open_desk(browser, live_server, make_user(Role.REPORTER, "reporter"))
    page.goto(f"{live_server.url}/admin/sheet/{make_capture().document.pk}/")
    yield page
    page.context.close()


def run(page: Page, module: str, call: str, *given: Any) -> Any:
    """What an expression gives that has the module as `m` and the arguments as `g`."""
    return page.evaluate(
        f"async (g) => {{ const m = await import('/static/factcheck/sheet/{module}.js');"
        f" return {call}; }}",
        list(given),
    )


def test_places_are_counted_in_code_points(page):
    assert run(page, "points", "m.codePoints(g[0])", MIXED) == len(MIXED)
    slices = [(0, 3), (1, 2), (4, 11), (12, 17), (18, 22), (18, 99)]
    call = "g[1].map(([start, end]) => new m.PointText(g[0]).slice(start, end))"
    assert run(page, "points", call, MIXED, slices) == [MIXED[a:b] for a, b in slices]
    assert run(
        page, "points", "new m.PointText(g[0]).lines().map((l) => [l.start, l.end])", MIXED
    ) == [
        [0, 3],
        [4, 17],
        [18, 28],
    ]


def test_white_space_at_the_ends_of_a_selection_is_no_part_of_it(page):
    call = "g[0].map((range) => new m.PointText('  ab\\n c ').trimmed(range))"
    assert run(page, "points", call, [[0, 8], [2, 5], [4, 6], [-3, 99]]) == [
        [2, 7],
        [2, 4],
        None,
        [2, 7],
    ]


def test_places_that_touch_are_one_and_marks_cut_a_line_where_they_begin_and_end(page):
    assert run(page, "points", "m.joined(g[0])", [[8, 9], [0, 4], [3, 6], [6, 7]]) == [
        [0, 7],
        [8, 9],
    ]
    call = "m.cut(2, 9, g[0]).map((p) => [p.start, p.end, p.marks.map((k) => k.key).join('')])"
    marks = [{"start": 0, "end": 5, "key": "a"}, {"start": 4, "end": 7, "key": "b"}]
    assert run(page, "points", call, marks) == [
        [2, 4, "a"],
        [4, 5, "ab"],
        [5, 7, "b"],
        [7, 9, ""],
    ]


def test_a_table_has_tabs_quoted_line_breaks_and_doubled_quotation_marks(page):
    tabs = 'quote\tclaimant\r\n"Two\nlines, ""so"""\tMayor\r\n\t\r\nlast "words"\t\n'
    assert run(page, "table", "m.readTable(g[0])", tabs) == [
        ["quote", "claimant"],
        ['Two\nlines, "so"', "Mayor"],
        ['last "words"', ""],
    ]
    assert run(page, "table", "m.readTable(g[0])", 'a;"b;c";d, e') == [["a", "b;c", "d, e"]]
    assert run(page, "table", "m.readTable(g[0])", '\ufeffa,"b,c"') == [["a", "b,c"]]


def test_columns_are_known_by_name_or_else_by_position(page):
    named = [["Date", "Exact quote", "Mood", "Figure"], ["2020-03-02", "words", "x", "12"]]
    bare = [["These words", "It is so."], ["other words", ""]]

    by_name = run(page, "table", "m.readColumns(g[0])", named)
    by_place = run(page, "table", "m.readColumns(g[0])", bare)

    assert by_name == {
        "fields": ["said", "quote", "", "figure.as_printed"],
        "rows": named[1:],
        "unknown": ["Mood"],
        "byName": True,
    }
    assert by_place == {"fields": ["quote", "text"], "rows": bare, "unknown": [], "byName": False}


def test_days_are_read_as_people_write_them(page):
    typed = {
        "2024-01-05": ("2024-01-05", "2024-01-05", "2024-01-05"),
        "5 January 2024": ("2024-01-05", "2024-01-05", "2024-01-05"),
        "Dec. 30, 2023": ("2023-12-30", "2023-12-30", "2023-12-30"),
        "until 2024-01-05": ("", "2024-01-05", "until 2024-01-05"),
        "since 2024-01-05": ("2024-01-05", "", "from 2024-01-05"),
        "2024-01-02..2024-01-05": ("2024-01-02", "2024-01-05", "2024-01-02 to 2024-01-05"),
        "": ("", "", ""),
    }
    call = "g[0].map(m.readDays).map((d) => [d.not_before, d.not_after, m.writeDays(d)])"

    assert run(page, "days", call, list(typed)) == [list(days) for days in typed.values()]


def test_days_that_cannot_be_read_are_not_guessed(page):
    typed = ["yesterday", "2024-02-30", "05.01.2024", "2024-01"]

    assert run(page, "days", "g[0].map(m.readDays)", typed) == [None] * 4


def test_only_what_was_changed_travels_and_a_new_number_is_read_anew(page):
    row = {"figure": {"as_printed": "36", "best": 36}, "said": {"not_after": "2024-01-05"}}
    call = "m.assemble({...m.flatten(g[0]), ...g[1]}, Object.keys(g[1]))"

    words = run(page, "fields", call, row, {"figure.as_printed": "more than 40"})
    numbers = run(page, "fields", call, row, {"figure.best": "37"})
    rest = run(
        page, "fields", call, row, {"said.as_printed": "that day", "claimant": {"name": "x"}}
    )

    assert words == {"figure": {"as_printed": "more than 40"}}
    assert numbers["figure"]["best"] == "37"
    assert numbers["figure"]["low"] is None
    assert rest == {
        "said": {"not_before": None, "not_after": "2024-01-05", "as_printed": "that day"},
        "claimant": {"name": "x"},
    }
