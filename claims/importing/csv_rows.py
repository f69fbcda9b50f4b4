"""CSV's flat columns, as the row of a claim that JSON lines would give."""

from typing import Any

from claims.importing.columns import COLUMNS
from claims.importing.report import Problem
from claims.importing.spreadsheet import plain_cell

LISTS = ("harm_check", "quote")
YES_OR_NO = {"true": True, "false": False}
SEPARATOR = ";"


def claim_row(cells: dict[str, str], problems: list[Problem]) -> dict[str, Any]:
    """The row of a claim that these cells describe: an empty cell gives nothing.

    `harm_check` may hold several words with semicolons between them; yes and no are written true
    and false, or in capitals as spreadsheets do. The apostrophe that keeps a spreadsheet from
    reading a cell as a formula is none of its text.
    """
    row: dict[str, Any] = {"citations": [{"key": "1"}]}
    for name, cell in cells.items():
        if not cell:
            continue
        value: Any = plain_cell(cell)
        if name == "harm_check":
            value = [word.strip() for word in cell.split(SEPARATOR) if word.strip()]
        elif name == "quote":
            value = [value]
        elif name == "first_hand":
            if cell.lower() not in YES_OR_NO:
                problems.append(Problem(name, "Write true or false."))
                continue
            value = YES_OR_NO[cell.lower()]
        _put(row, COLUMNS[name].place.split("/"), value)
    return row


def json_to_csv() -> dict[str, str]:
    """The flat column for each place in a claim's row, for messages."""
    places = {column.place: name for name, column in COLUMNS.items()}
    for name in LISTS:
        places |= {f"{COLUMNS[name].place}/{number}": name for number in range(20)}
    # What is wrong with several columns together is told at the one to begin with.
    return places | {
        f"{COLUMNS['quote'].place}/0/exact": "quote",
        "citations/0": "first_hand",
        "figures/0": "figure_as_printed",
    }


def _put(row: dict[str, Any], place: list[str], value: Any) -> None:
    if place[0] in ("citations", "figures"):
        parts = row.setdefault(place[0], [{}])
        parts[int(place[1])][place[2]] = value
    elif len(place) == 2:
        row.setdefault(place[0], {})[place[1]] = value
    else:
        row[place[0]] = value
