"""The first figure of a row, with the numbers that its words propose."""

from claims.choices import Qualifier
from claims.models import Claim, Figure
from claims.sheet.cells import Cells
from claims.sheet.entering import enter, remove
from claims.sheet.opened import Sheet
from claims.sheet.proposals import read_number
from factcheck.common.text import MAX_NAME

FIGURE_CELLS = dict.fromkeys(
    ("as_printed", "counts", "qualifier", "low", "best", "high", "unit"), "figure"
)
NUMBERS = ("low", "best", "high")
LONGEST_UNIT = 3
NOT_CLEAR = "No number is clear in these words: say how they are to be read."


def write_figure(sheet: Sheet, claim: Claim, given: Cells | None) -> str:
    """Write the row's first figure; null takes it out. Returns what the person has to look at,
    empty where the words are clear.
    """
    figure = claim.figures.first()
    if given is None:
        if figure is not None:
            remove(figure, by=sheet.by)
        return ""
    figure = figure or Figure(claim=claim, position=1)
    values, warning = read_figure(given)
    for name, value in values.items():
        setattr(figure, name, value)
    enter(figure, by=sheet.by, cells=FIGURE_CELLS, rest="figure")
    return warning


def read_figure(given: Cells) -> tuple[Cells, str]:
    """The figure with the numbers of its words, where none were given; and what is not clear."""
    reading = {name: given[name] for name in ("qualifier", *NUMBERS)}
    read = read_number(given["as_printed"])
    counted = read.rest if read is not None else ""
    warning = ""
    if not reading["qualifier"] and all(reading[name] is None for name in NUMBERS):
        if read is None:
            warning, reading["qualifier"] = NOT_CLEAR, Qualifier.VAGUE
        else:
            reading = {name: getattr(read, name) for name in reading}
    values = {
        "as_printed": given["as_printed"],
        "counts": given["counts"] or counted[:MAX_NAME],
        "unit": given["unit"] or unit_in(counted),
        **reading,
        "qualifier": reading["qualifier"] or Qualifier.BARE,
    }
    return values, warning


def unit_in(counted: str) -> str:
    """The unit in what follows a number, where that is no more than a name for it."""
    if counted.startswith("%"):
        return "%"
    return counted if len(counted.split()) <= LONGEST_UNIT else ""
