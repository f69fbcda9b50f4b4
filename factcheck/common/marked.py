"""Two states of one text as one, with the words marked that came and went. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

ADDED, REMOVED = "added", "removed"

# Spaces, numbers, single marks of punctuation, and all that stands between: a word with its
# combining marks.
_MARKS = r".,;:!?()\[\]…–—/\"“”„«»‘’'"
_TOKEN = re.compile(rf"\s+|\d+(?:[.,]\d+)+|[{_MARKS}]|[^\s{_MARKS}]+")
# Below this, what the two have in common is chance: “the” and “of” between other words.
LEAST_COMMON = 0.3
# Comparing takes time with the square of this.
MOST_TOKENS = 6_000


@dataclass(frozen=True)
class Piece:
    """A run of a text: in both states (`how` is empty), or added, or removed."""

    text: str
    how: str = ""


def marked(before: str, after: str) -> list[Piece]:
    """The text as it is now, with the words that were added and removed; joined by words, since
    nobody reads a difference of letters.
    """
    if before == after:
        return [Piece(after)] if after else []
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) + len(new) > MOST_TOKENS:
        return replaced(before, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LEAST_COMMON:
        return replaced(before, after)
    return list(joined(pieces(matcher, old, new)))


def replaced(before: str, after: str) -> list[Piece]:
    """The one text in the place of the other."""
    return [piece for piece in (Piece(before, REMOVED), Piece(after, ADDED)) if piece.text]


def pieces(matcher: SequenceMatcher[str], old: list[str], new: list[str]) -> Iterator[Piece]:
    """The runs in the order of the text; where words took others' place, those first."""
    gone, come = "", ""
    for tag, one, two, three, four in matcher.get_opcodes():
        kept = "".join(new[three:four])
        if tag != "equal":
            gone, come = gone + "".join(old[one:two]), come + kept
        elif gone and come and kept.isspace():
            # A lone space between two changes belongs to both: it would only chop them up.
            gone, come = gone + kept, come + kept
        else:
            yield from (Piece(gone, REMOVED), Piece(come, ADDED), Piece(kept))
            gone, come = "", ""
    yield from (Piece(gone, REMOVED), Piece(come, ADDED))


def joined(runs: Iterator[Piece]) -> Iterator[Piece]:
    """Without empty runs; a space that both sides of a change end with stands after it, once."""
    held = [run for run in runs if run.text]
    for number, run in enumerate(held):
        following = held[number + 1] if number + 1 < len(held) else None
        if run.how == REMOVED and following is not None and following.how == ADDED:
            end = len(run.text) - len(run.text.rstrip())
            space = run.text[len(run.text) - end :] if end else ""
            if space and following.text.endswith(space):
                held[number + 1] = Piece(following.text.removesuffix(space), ADDED)
                held.insert(number + 2, Piece(space))
                run = Piece(run.text.removesuffix(space), REMOVED)
        if run.text:
            yield run
