"""What an import did, and what it refused."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """What is wrong in one row, and in which column of it."""

    column: str
    reason: str


@dataclass(frozen=True)
class Reject:
    """A row that was refused: its number in the file, the column, and the reason.

    Rows are counted from 1: the lines of a JSONL file, the rows of a CSV file with its header.
    Columns inside columns are written with slashes: `figures/0/low`.
    """

    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class Kept:
    """A row whose object stays as it is here, although the file now says otherwise."""

    row: int
    kind: str
    key: str
    reason: str


@dataclass
class ImportReport:
    """The outcome of one import; the counters count rows by kind."""

    collection: str = ""
    provenance: str = ""
    dry_run: bool = False
    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    kept: list[Kept] = field(default_factory=list)
    rejected: list[Reject] = field(default_factory=list)
    # Rows that were refused while the rest was imported all the same, because that was asked for.
    left_out: list[Reject] = field(default_factory=list)

    @property
    def written(self) -> bool:
        """Whether anything of the file is in the database now that was not before."""
        return not self.dry_run and not self.rejected and bool(self.created or self.updated)

    @property
    def kinds(self) -> list[str]:
        """The kinds of rows that were read, in the order in which they first appeared."""
        seen = [*self.created, *self.updated, *self.unchanged, *(row.kind for row in self.kept)]
        return list(dict.fromkeys(seen))
