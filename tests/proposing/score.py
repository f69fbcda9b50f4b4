"""How much of the gold is found, and how much of what is found is gold.

`python -m tests.proposing.score` prints it; `--show NAME` shows what is missed and what is too much
in a passage.
"""

import operator
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from claims.proposing.proposal import Proposal, Range
from claims.proposing.reader import ArticleReader
from tests.proposing.passages import Passage, passages

OVERLAP = 0.5
WHAT = ("spans, exact", "spans, half", "claimants", "actors", "figures")


@dataclass
class Tally:
    """Counts of what is right, proposed and wanted."""

    right: int = 0
    proposed: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.proposed if self.proposed else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    def add(self, other: "Tally") -> None:
        self.right += other.right
        self.proposed += other.proposed
        self.wanted += other.wanted


Spans = tuple[Range, ...]


def points(ranges: Spans) -> set[int]:
    return {point for start, end in ranges for point in range(start, end)}


def overlap(one: Spans, other: Spans) -> float:
    """How much of the two together both have."""
    ours, theirs = points(one), points(other)
    return len(ours & theirs) / len(ours | theirs)


def proposals_of(passage: Passage) -> list[Proposal]:
    return ArticleReader().propose(
        passage.text,
        language=passage.language,
        published_on=passage.published_on,
        title="",
        known_names=passage.known,
    )


def pairs_of(proposed: Iterable[Spans], wanted: Iterable[Spans]) -> dict[Spans, Spans]:
    """Each proposed span with the wanted one that it overlaps most, by half at least."""
    ours, gold = set(proposed), set(wanted)
    every = sorted(
        ((overlap(one, other), one, other) for one in ours for other in gold),
        reverse=True,
    )
    paired: dict[Spans, Spans] = {}
    for share, one, other in every:
        if share >= OVERLAP and one not in paired and other not in paired.values():
            paired[one] = other
    return paired


def score(passage: Passage) -> dict[str, Tally]:
    """The tallies of one passage. Spans count once, however many claims they carry. A claimant is
    right when the same words are named at a span that overlaps by half, an actor when they mean
    the same known one (or none); a figure, when numbers and qualifier are the same and the words
    as printed stand in one another.
    """
    found, wanted = proposals_of(passage), passage.wanted
    paired = pairs_of((one.ranges for one in found), (one.ranges for one in wanted))
    tallies = {what: Tally() for what in WHAT}
    spans, gold = {one.ranges for one in found}, {one.ranges for one in wanted}
    tallies["spans, exact"] = Tally(len(spans & gold), len(spans), len(gold))
    tallies["spans, half"] = Tally(len(paired), len(spans), len(gold))
    tallies["claimants"] = tally_of(
        [(one.ranges, one.named_speaker) for one in found if one.named_speaker],
        [(one.ranges, one.named) for one in wanted if one.named],
    )
    tallies["actors"] = tally_of(
        [(one.ranges, one.actor) for one in found if one.named_speaker],
        [(one.ranges, one.actor) for one in wanted if one.named],
    )
    tallies["figures"] = tally_of(
        [(one.ranges, reading_of(one)) for one in found if one.figure],
        [(one.ranges, one.figure) for one in wanted if one.figure],
        is_same=is_same_figure,
    )
    return tallies


Valued = tuple[Spans, Any]


def tally_of(
    found: Iterable[Valued],
    wanted: Iterable[Valued],
    is_same: Callable[[Any, Any], bool] = operator.eq,
) -> Tally:
    """Found and wanted values, each once at a span, paired where they are the same and their spans
    overlap by half.
    """
    ours, left = list(dict.fromkeys(found)), list(dict.fromkeys(wanted))
    tally = Tally(proposed=len(ours), wanted=len(left))
    for ranges, value in ours:
        fits = [
            (overlap(ranges, place), place, gold)
            for place, gold in left
            if is_same(value, gold) and overlap(ranges, place) >= OVERLAP
        ]
        if fits:
            _, place, gold = max(fits, key=lambda one: one[0])
            left.remove((place, gold))
            tally.right += 1
    return tally


def reading_of(one: Proposal) -> tuple[Any, ...]:
    assert one.figure is not None
    figure = one.figure
    return figure.as_printed, str(figure.qualifier), figure.low, figure.best, figure.high


def is_same_figure(ours: tuple[Any, ...], gold: tuple[Any, ...]) -> bool:
    is_there = ours[0] in gold[0] or gold[0] in ours[0]
    return is_there and ours[1:] == gold[1:]


def group_of(passage: Passage) -> str:
    if passage.name == "the first article":
        return "first article"
    return f"{passage.language} {passage.part or 'tuned on'}"


def scores() -> dict[str, dict[str, Tally]]:
    """The tallies of all passages of a language, held out or not, and of the first article."""
    groups: dict[str, dict[str, Tally]] = defaultdict(lambda: {what: Tally() for what in WHAT})
    for passage in passages():
        for what, tally in score(passage).items():
            groups[group_of(passage)][what].add(tally)
    return dict(groups)


def show(passage: Passage) -> None:
    found = proposals_of(passage)
    paired = pairs_of((one.ranges for one in found), (one.ranges for one in passage.wanted))
    print(f"== {passage.name}: {score(passage)}")
    for one in found:
        at = paired.get(one.ranges)
        golds = [two for two in passage.wanted if two.ranges == at]
        names = {two.named for two in golds}
        actors = {two.actor for two in golds}
        figures = [two.figure for two in golds if two.figure]
        words = " […] ".join(passage.text[a:b] for a, b in one.ranges)
        flags = [
            "" if at == one.ranges else "PART" if at else "EXTRA",
            ""
            if not at or one.named_speaker in names
            else f"NAMED {one.named_speaker!r} not {names}",
            "" if not at or one.actor in actors else f"ACTOR {one.actor!r} not {actors}",
            "" if not golds or one.form in {two.form for two in golds} else f"FORM {one.form}",
            ""
            if not golds or one.cue in {two.cue for two in golds}
            else f"CUE {one.cue!r} not { ({two.cue for two in golds}) }",
            f"FIG {one.figure.as_printed!r} {one.figure.qualifier} not {figures}"
            if one.figure
            and not any(
                (
                    two[1:]
                    == (one.figure.qualifier, one.figure.low, one.figure.best, one.figure.high)
                )
                for two in figures
            )
            else "",
        ]
        if any(flags):
            print("  ", " ".join(filter(None, flags)), "|", words[:140])
    ours = [one.figure.as_printed for one in found if one.figure]
    for two in passage.wanted:
        if two.ranges not in paired.values():
            print("   MISSED", " […] ".join(passage.text[a:b] for a, b in two.ranges)[:140])
        if two.figure and not any(two.figure[0] in one or one in two.figure[0] for one in ours):
            print("   NO FIGURE", two.figure)


def main() -> None:
    if "--show" in sys.argv:
        name = sys.argv[sys.argv.index("--show") + 1]
        for passage in passages():
            is_asked = passage.name == name or name in (passage.language, "all")
            if is_asked and not passage.part:
                show(passage)
        return
    print(f"{'':18}" + "".join(f"{what:>16}" for what in WHAT))
    for group, tallies in scores().items():
        cells = (f"{one.precision:.2f} / {one.recall:.2f}" for one in tallies.values())
        print(f"{group:18}" + "".join(f"{cell:>16}" for cell in cells))
    print("precision / recall")


if __name__ == "__main__":
    main()
