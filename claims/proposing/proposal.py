"""What a proposer is given and what it returns."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from claims.choices import CitationForm, ClaimKind, Qualifier, Speaker
from factcheck.common.dates import DateBounds

Range = tuple[int, int]
# What a known name stands for: the key of a row, or whatever a test calls it.
Key = int | str


@dataclass(frozen=True)
class KnownName:
    """A name under which somebody is known here. One key may have several."""

    key: Key
    name: str
    is_person: bool


@dataclass(frozen=True)
class ProposedFigure:
    """A number as printed, and how it is read; see the model's rules on which of them may stand."""

    as_printed: str
    qualifier: Qualifier
    counts: str = ""
    low: Decimal | None = None
    best: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Proposal:
    """One draft claim. Whatever is not clear stays empty, for a person to say."""

    ranges: tuple[Range, ...]
    """Code points of the text, half-open, in order."""
    speaker: Speaker
    form: CitationForm
    cue: str = ""
    named_speaker: str = ""
    """Whom the text names, letter by letter: “the ministry”, “he”."""
    actor: Key | None = None
    """Whose key that is, where only one known name fits."""
    kind: ClaimKind = ClaimKind.FACTUAL
    figure: ProposedFigure | None = None
    said: DateBounds = field(default_factory=DateBounds)


class Proposer(Protocol):
    """Whatever reads a text and proposes claims. It writes nothing, and nothing is created of what
    it returns before a person has accepted it.
    """

    def propose(
        self,
        text: str,
        *,
        language: str,
        published_on: datetime.date | None,
        title: str,
        known_names: Sequence[KnownName],
    ) -> list[Proposal]:
        """The claims of the text. An unknown language gives few or none, and no error."""
