"""When figures may be added up: one thing counted, in one way, by one voice, day by day.

Whatever is unlike is refused with the reason, since a sum of unlike figures is a new claim that
nobody made. Pure.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from claims.choices import AttributionStatus, Counting
from factcheck.common.errors import InvalidInput

Content = dict[str, Any]

NOT_THEIRS = frozenset({AttributionStatus.MISATTRIBUTED, AttributionStatus.FABRICATED})
NEEDED = {
    "measure": "figures of different measures count different things",
    "basis": "what is claimed, what was observed and what is estimated are no parts of one count",
    "claimant": "figures of several claimants are accounts of the same things, not parts of them",
}


def sum_of(figures: Sequence[Content], given: dict[str, str], *, most: int) -> Content:
    """The sum of the lowest and of the highest values, null where one of the figures is open on
    that side; a figure without bounds of its own counts with its best value for both.

    Raises InvalidInput with a sentence on why these figures cannot be added up.
    """
    for name, reason in NEEDED.items():
        if name not in given:
            raise refusal(f"{reason}. Ask for one {name}.")
    if not figures:
        raise refusal("there are none.")
    if len(figures) > most:
        raise refusal(f"there are more than {most} of them.")
    check_alike(figures)
    check_days(figures)
    return {
        "measure": figures[0]["measure"],
        "unit": figures[0]["unit"],
        "basis": given["basis"],
        "claimant": given["claimant"],
        "period": figures[0]["period"],
        "figures": len(figures),
        "low": total(figures, "low"),
        "high": total(figures, "high"),
    }


def check_alike(figures: Sequence[Content]) -> None:
    """Refuse what is not counted in the same way, or not said by them."""
    if any(figure["attribution_status"] in NOT_THEIRS for figure in figures):
        raise refusal("one of them was not said by this claimant.")
    if any(figure["measure"]["counting"] != Counting.PER_PERIOD for figure in figures):
        raise refusal(
            "this measure counts from the beginning on, so that each figure contains the earlier"
            " ones. The newest is the whole."
        )
    if len({figure["unit"] for figure in figures}) > 1:
        raise refusal("they are in different units.")
    if len({figure["period"] for figure in figures}) > 1:
        raise refusal("they count over periods of different kinds, as their words say.")
    for figure in figures:
        if not any(figure[name] is not None for name in ("low", "best", "high")):
            raise refusal(f"“{figure['as_printed']}” gives no number.")


def check_days(figures: Sequence[Content]) -> None:
    """Refuse figures that may count the same things twice."""
    days = []
    for figure in figures:
        counted = figure["counted_as_of"] or {}
        if not (counted.get("not_before") and counted.get("not_after")):
            raise refusal(
                f"it is not established for which days “{figure['as_printed']}” counts, so it may"
                " overlap with others."
            )
        days.append((counted["not_before"], counted["not_after"], figure["as_printed"]))
    for (_, end, words), (start, _, others) in pairwise(sorted(days)):
        if start <= end:
            raise refusal(f"“{words}” and “{others}” may count the same days.")


def total(figures: Sequence[Content], bound: str) -> str | None:
    """The sum of one bound; None where one figure is open there."""
    values = [
        figure[bound] if figure["best"] is None else bound_of(figure, bound) for figure in figures
    ]
    if None in values:
        return None
    return format(sum((Decimal(value) for value in values), Decimal(0)), "f")


def bound_of(figure: Content, bound: str) -> str:
    """The bound of a figure that has a best value."""
    return str(figure["best"] if figure[bound] is None else figure[bound])


def refusal(reason: str) -> InvalidInput:
    """Why these are not added up."""
    return InvalidInput.at("sum", f"These figures cannot be added up: {reason}")
