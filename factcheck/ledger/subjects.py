"""What an entry of the ledger is about: a kind and a public id."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Subject:
    """Sorted by kind, then id: the order in which rows are locked before anything is published."""

    kind: str
    id: str

    def __post_init__(self) -> None:
        # A member of SubjectKind equals its text but does not hash like it, so a dictionary would
        # know the same subject twice.
        object.__setattr__(self, "kind", str(self.kind))

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    def as_json(self) -> dict[str, str]:
        """The subject as records, entries and decisions write it."""
        return {"kind": self.kind, "id": self.id}
