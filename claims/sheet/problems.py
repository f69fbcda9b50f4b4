"""Why a row, or a request for a sheet, is refused: at the names of the sheet's own cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from factcheck.common.errors import InvalidInput


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell. `similar` has what may have been meant, where it is a name."""

    field: str
    message: str
    similar: tuple[dict[str, Any], ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The problem as the page gets it."""
        told: dict[str, Any] = {"field": self.field, "message": self.message}
        return {**told, "similar": list(self.similar)} if self.similar else told


class Refused(Exception):
    """Nothing of a row is saved, for these problems. Never leaves the sheet's package."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(*(problem.message for problem in self.problems))

    @classmethod
    def at(cls, field: str, message: str) -> "Refused":
        """The refusal of a single cell."""
        return cls([Problem(field, message)])


def refused_input(field: str, error: InvalidInput) -> Refused:
    """The refusal of one cell by what reads input."""
    messages = [one.message for one in error.errors] or [error.message]
    return Refused(Problem(field, message) for message in messages)


def refused_model(error: ValidationError, cells: Mapping[str, str], *, rest: str) -> Refused:
    """The refusal of a row by its model: each column's at its cell, what has none at `rest`."""
    return Refused(
        Problem(cells.get(column, rest if column == NON_FIELD_ERRORS else column), message)
        for column, messages in error.message_dict.items()
        for message in messages
    )
