"""What has changed between the texts of two copies, for a person to read. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from factcheck.common.marked import Piece, marked

MOST_PARAGRAPHS = 20_000
# How many unchanged paragraphs are shown beside a change.
AROUND = 1


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, or `left_out`: so many that are the same in both."""

    pieces: list[Piece]
    is_changed: bool = False
    left_out: int = 0


def differences(before: str, after: str) -> list[Paragraph] | None:
    """The text as it is now, with what came and went, and most of what stayed left out. None where
    there is too much to compare. Blank lines make no difference.
    """
    old, new = paragraphs_of(before), paragraphs_of(after)
    if len(old) + len(new) > MOST_PARAGRAPHS:
        return None
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    codes = matcher.get_opcodes()
    shown: list[Paragraph] = []
    for number, (tag, one, two, three, four) in enumerate(codes):
        if tag == "equal":
            begins, ends = number == 0, number == len(codes) - 1
            shown += unchanged(new[three:four], begins=begins, ends=ends)
        else:
            shown += changed(old[one:two], new[three:four])
    return shown


def paragraphs_of(text: str) -> list[str]:
    """Its lines that have something in them."""
    return [line for line in text.splitlines() if line.strip()]


def changed(old: list[str], new: list[str]) -> Iterator[Paragraph]:
    """Paragraphs in the place of others: word by word where one stands for one."""
    if len(old) == len(new):
        for one, other in zip(old, new, strict=True):
            yield Paragraph(marked(one, other), is_changed=True)
        return
    for one in old:
        yield Paragraph(marked(one, ""), is_changed=True)
    for other in new:
        yield Paragraph(marked("", other), is_changed=True)


def unchanged(same: list[str], *, begins: bool, ends: bool) -> Iterator[Paragraph]:
    """What stays, shortened to what stands beside a change."""
    before = [] if begins else same[:AROUND]
    after = [] if ends else same[len(before) :][-AROUND:]
    left_out = len(same) - len(before) - len(after)
    yield from (Paragraph([Piece(one)]) for one in before)
    if left_out:
        yield Paragraph([], left_out=left_out)
    yield from (Paragraph([Piece(one)]) for one in after)
