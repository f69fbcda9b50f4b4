"""Quoted words in the paragraph where they stand. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from factcheck.common.marked import Piece

QUOTED = "quoted"
CUT = "…"


@dataclass(frozen=True)
class Run:
    """One run of quoted words, by the offsets of its code points, with the text around it.

    `around` begins at the offset `at` and need not reach the ends of the paragraph; `goes_on` says
    whether the text does behind it.
    """

    start: int
    end: int
    at: int
    around: str
    goes_on: bool

    @property
    def first(self) -> int:
        """Where its paragraph begins, as far as `around` shows it."""
        return self.at + self.around.rfind("\n", 0, self.start - self.at) + 1

    @property
    def last(self) -> int:
        """Where its paragraph ends, as far as `around` shows it."""
        found = self.around.find("\n", self.end - self.at)
        return self.at + (len(self.around) if found < 0 else found)

    def text(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.around[max(start - self.at, 0) : max(end - self.at, 0)]

    def before(self) -> str:
        """The paragraph up to the words, with a sign where it is cut."""
        is_cut = self.first == self.at and self.at > 0
        return (CUT if is_cut else "") + self.text(self.first, self.start)

    def after(self) -> str:
        """The paragraph behind the words, with a sign where it is cut."""
        is_cut = self.last == self.at + len(self.around) and self.goes_on
        return self.text(self.end, self.last) + (CUT if is_cut else "")


def in_paragraphs(runs: Iterable[Run]) -> list[list[Piece]]:
    """The paragraphs of the runs, in the order of the text, with the runs marked as quoted; runs
    of one paragraph stand in it together.
    """
    paragraphs: list[list[Piece]] = []
    last: Run | None = None
    for run in sorted(runs, key=lambda one: one.start):
        if last is not None and run.first <= last.last:
            pieces = paragraphs[-1]
            pieces.pop()
            # What lies between the two: the one's text as far as the other's does not reach back.
            half = max(last.end, min(run.at, run.start))
            pieces.append(Piece(last.text(last.end, half) + run.text(half, run.start)))
        else:
            pieces = [Piece(run.before())]
            paragraphs.append(pieces)
        pieces += [Piece(run.text(run.start, run.end), QUOTED), Piece(run.after())]
        last = run
    return [[piece for piece in pieces if piece.text] for pieces in paragraphs]
