"""What an import of reviews did, in numbers that add up, and what it refused."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reject:
    """A review that was refused: the file, the line at which it begins, and the reason."""

    file: str
    line: int
    reason: str


@dataclass
class ReviewReport:
    """The outcome of one import: `read` is the sum of the four numbers after it.

    `unchanged` has among it what was left as it is for a reason, which `kept` counts by reason.
    `linked` counts what was found here already, by how it was tied to it; `unmapped` the labels
    that the table does not know, with the site and the language of each.
    """

    dry_run: bool = False
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Reject] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    linked: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    published: int = 0
    refused: list[Reject] = field(default_factory=list)

    @property
    def read(self) -> int:
        """All reviews and whatever stood in the place of one."""
        return self.created + self.updated + self.unchanged + len(self.rejected)
