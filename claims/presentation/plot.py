"""Figures of one measure on one axis: who said how many. Pure: numbers and words, no drawing.

Only what counts the same thing in the same unit, come by in the same way, shares an axis; nothing
is added up or averaged. Places are percentages of the axis as text, since SVG knows no decimal
comma.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import count

from claims.choices import Qualifier
from claims.presentation.accounts import Account, Content, said_order

# Room for marks at both ends, in percent.
INSET = Decimal(3)
ROUND = (Decimal(1), Decimal(2), Decimal(5))
# Beginning at zero is honest, unless all that differs is less than this part of the axis.
LEAST_PART_SEEN = Decimal("0.05")
EXCLUSIVE = (Qualifier.MORE_THAN, Qualifier.FEWER_THAN)


@dataclass(frozen=True)
class Given:
    """A figure as somebody gave it, with the claim that it stands in."""

    account: Account
    figure: Content

    @property
    def numbers(self) -> list[Decimal]:
        """Its numbers from the lowest to the highest; none where the words are vague."""
        found = (self.figure[name] for name in ("low", "best", "high"))
        return [Decimal(number) for number in found if number is not None]


@dataclass(frozen=True)
class Tick:
    """A round number on the axis, and on which side of its place its label stands."""

    at: str
    number: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Mark:
    """A figure's place on the axis: a point, a line between two ends, or one that stays open.

    `start` and `end` are those of the line; the same where there is a point alone.
    """

    start: str
    end: str
    best: str | None = None
    opens_left: bool = False
    opens_right: bool = False
    is_exclusive: bool = False


@dataclass(frozen=True)
class Axis:
    """From one round number to another, by equal steps."""

    start: Decimal
    end: Decimal
    step: Decimal

    def at(self, number: Decimal) -> str:
        """The place of a number, in percent."""
        part = (number - self.start) / (self.end - self.start)
        return f"{INSET + part * (100 - 2 * INSET):.2f}"

    @property
    def ticks(self) -> list[Tick]:
        """The steps, ends included."""
        steps = int((self.end - self.start) / self.step)
        return [
            Tick(
                at=self.at(number := self.start + self.step * place),
                number=plain(number),
                anchor={0: "start", steps: "end"}.get(place, "middle"),
            )
            for place in range(steps + 1)
        ]


@dataclass(frozen=True)
class Plot:
    """The figures of one measure, unit and basis: those with numbers on an axis, vague ones beside.

    `measure` is None for figures that belong to none: each of them stands for itself.
    """

    measure: Content | None
    unit: str
    basis: str
    axis: Axis | None
    rows: list[tuple[Given, Mark]]
    vague: list[Given]
    number: int = 0

    @property
    def starts_at_zero(self) -> bool:
        """Whether lengths on the axis can be compared, too."""
        return self.axis is not None and self.axis.start <= 0 <= self.axis.end

    @property
    def given(self) -> list[Given]:
        """All its figures in the order in which they were said, for the table."""
        return sorted([*(row for row, mark in self.rows), *self.vague], key=given_order)


def plots_of(accounts: Sequence[Account]) -> list[Plot]:
    """A plot per measure, unit and basis; figures without a measure come last, and without axis."""
    groups: dict[tuple[str, ...], list[Given]] = {}
    for account in accounts:
        for figure in account.claim["figures"]:
            groups.setdefault(key_of(figure), []).append(Given(account, figure))
    return [
        plot_of(groups[key], number)
        for number, key in enumerate(sorted(groups, key=lambda key: (not key, key)), start=1)
    ]


def key_of(figure: Content) -> tuple[str, ...]:
    """What figures have in common that share an axis; nothing where no measure says so."""
    measure = figure["measure"]
    if measure is None:
        return ()
    return (measure["what"].casefold(), measure["id"], unit_of(figure), figure["basis"])


def unit_of(figure: Content) -> str:
    """The figure's unit: that of its measure, unless it names another."""
    measure = figure["measure"]
    return str(figure["unit"] or (measure["unit"] if measure else ""))


def plot_of(group: Sequence[Given], number: int) -> Plot:
    """The plot of figures that share an axis."""
    group = sorted(group, key=given_order)
    figure = group[0].figure
    measure = figure["measure"]
    axis = axis_of(group) if measure else None
    return Plot(
        measure=measure,
        unit=unit_of(figure) if measure else "",
        basis=figure["basis"] if measure else "",
        axis=axis,
        rows=[(given, mark_of(given, axis)) for given in group if axis and given.numbers],
        vague=[given for given in group if not (axis and given.numbers)],
        number=number,
    )


def given_order(given: Given) -> tuple[str, str]:
    """By the day on which they were said, whoever said them; those of one claim as they come."""
    return said_order(given.account)


def mark_of(given: Given, axis: Axis) -> Mark:
    """The place of a figure that has numbers."""
    low, best, high = (
        None if given.figure[name] is None else Decimal(given.figure[name])
        for name in ("low", "best", "high")
    )
    numbers = given.numbers
    return Mark(
        start=axis.at(axis.start if opens_left(given) else numbers[0]),
        end=axis.at(axis.end if opens_right(given) else numbers[-1]),
        best=None if best is None else axis.at(best),
        opens_left=low is None and best is None,
        opens_right=high is None and best is None,
        is_exclusive=given.figure["qualifier"] in EXCLUSIVE,
    )


def opens_left(given: Given) -> bool:
    """Whether it gives a highest number alone."""
    return given.figure["high"] is not None and len(given.numbers) == 1


def opens_right(given: Given) -> bool:
    """Whether it gives a lowest number alone."""
    return given.figure["low"] is not None and len(given.numbers) == 1


def axis_of(group: Sequence[Given]) -> Axis | None:
    """An axis with room for all of them, in steps as fine as labels bear; None without numbers."""
    numbers = [number for given in group for number in given.numbers]
    if not numbers:
        return None
    low, high = min(numbers), max(numbers)
    if shows_from_zero(low, high):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = low + 1
    # An arrow that is as short as its tip would be taken for a point.
    tops = [given.numbers[-1] for given in group if opens_right(given)]
    bottoms = [given.numbers[0] for given in group if opens_left(given)]
    for step in round_numbers((high - low) / 4):
        start, end = down(low, step), up(high, step)
        if tops and end - max(tops) < step / 2:
            end += step
        # Nothing is counted below nought unless somebody says so.
        if bottoms and min(bottoms) - start < step / 2 and (start >= step or low < 0):
            start -= step
        if (end - start) / step < most_labels(start, end):
            return Axis(start, end, step)
    raise AssertionError("Round numbers never end.")


def shows_from_zero(low: Decimal, high: Decimal) -> bool:
    """Whether differences can still be seen when the axis begins at zero."""
    far = max(abs(low), abs(high))
    return low == high or high - low >= far * LEAST_PART_SEEN


def most_labels(*ends: Decimal) -> int:
    """How many labels of this length stand beside each other on a phone."""
    length = max(len(plain(end)) for end in ends)
    return 5 if length <= 7 else 4 if length <= 10 else 3


def round_numbers(least: Decimal) -> Iterator[Decimal]:
    """1, 2 and 5 with zeros, from the first that is not smaller than `least`."""
    for exponent in count(least.adjusted()):
        for digit in ROUND:
            if (number := digit.scaleb(exponent)) >= least:
                yield number


def down(number: Decimal, step: Decimal) -> Decimal:
    """The last step that is not above the number."""
    return (number / step).to_integral_value(ROUND_FLOOR) * step


def up(number: Decimal, step: Decimal) -> Decimal:
    """The first step that is not below the number."""
    return (number / step).to_integral_value(ROUND_CEILING) * step


def plain(number: Decimal) -> str:
    """The number without exponent and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
