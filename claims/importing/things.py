"""What a row asks for: an object, the parts that belong to it, and what has to wait."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models


@dataclass
class Part:
    """One row that belongs to an object. A claim's citations and an event's measures have keys."""

    values: dict[str, Any]
    at: str
    key: str = ""


@dataclass
class Group:
    """The parts of one model; `parent` is their field that names the object."""

    model: type[models.Model]
    parent: str
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """A range of page furniture, by its first and its last words."""

    first: str
    last: str
    occurrence: int | None
    at: str


@dataclass
class Thing:
    """The object that a row becomes.

    `values` may hold Ref, Own and Place, which are looked up when it is written. What may name rows
    further down, or rests on words of a document that comes later, is in `later` and `later_groups`
    and is written when every row has its object. `columns` says in which column a field was given,
    where the names differ.
    """

    kind: str
    key: str
    model: type[models.Model]
    values: dict[str, Any] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    later: dict[str, Any] = field(default_factory=dict)
    later_groups: list[Group] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    advance_to: str = ""
    content: bytes = b""
    furniture: list[Mark] = field(default_factory=list)
    row: int = 0
    row_sha256: str = ""
    csv_columns: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, str]:
        """Kind and key, by which other rows refer to it."""
        return self.kind, self.key
