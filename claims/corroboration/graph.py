"""A claim with all that its origins are counted from, as plain values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Hold:
    """Somebody controls an actor: as its parent, or as the body whose role a person holds.

    An open bound is not established, so the control may have lasted for ever.
    """

    actor: str
    by: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Party:
    """An actor speaks for a party of the claim's event, or is its declared ally."""

    actor: str
    party: str


@dataclass(frozen=True)
class CitedDocument:
    """A Document of the claim's chain. `first` and `last` bound the day it was published."""

    id: str
    is_held: bool = False
    source: str | None = None
    operator: str | None = None
    author: str | None = None
    hop_of: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class CitedPassage:
    """A Citation, as far as counting needs it."""

    id: str
    document: str
    role: str
    stance: str = ""
    first_hand: bool = False
    basis: str = ""
    has_anonymity_reason: bool = False
    has_answer: bool = False

    def is_cited_like(self, other: "CitedPassage") -> bool:
        """Whether both are cited in the same role and stance."""
        return (self.role, self.stance) == (other.role, other.stance)


@dataclass(frozen=True)
class Graph:
    """Passages, the documents they stand in, and who may stand behind these.

    A relay is (carrier, taken from). `claimants` are who says it and who voiced it.
    `own_voice_of` is the Source that says it in its own voice, and `own_voice_operator` who runs
    that Source, if anybody knows. `anonymous` are the actors that are anonymous voices.
    """

    passages: tuple[CitedPassage, ...] = ()
    documents: tuple[CitedDocument, ...] = ()
    relays: frozenset[tuple[str, str]] = frozenset()
    claimants: frozenset[str] = frozenset()
    own_voice_of: str | None = None
    own_voice_operator: str | None = None
    said_first: date | None = None
    said_last: date | None = None
    holds: tuple[Hold, ...] = ()
    parties: tuple[Party, ...] = ()
    anonymous: frozenset[str] = frozenset()
