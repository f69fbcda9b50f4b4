"""How much of the gold is found, and how much of what is found is gold.

`python -m tests.proposing.score` prints it; `--show NAME` shows what is missed and what is too much
in a passage.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from claims.proposing.proposal import Proposal, Range
from claims.proposing.reader import ArticleReader
from tests.proposing.passages import Passage, Wanted, passages

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
    """Each proposed span with the wanted one that it overlaps most, by half at least; one to one."""
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
    right when the same words are named at a paired span, an actor when they mean the same known
    one (or none); a figure, when number and qualifier are the same and the words stand in one
    another.
    """
    found, wanted = proposals_of(passage), passage.wanted
    paired = pairs_of((one.ranges for one in found), (one.ranges for one in wanted))
    tallies = {what: Tally() for what in WHAT}
    spans, gold = {one.ranges for one in found}, {one.ranges for one in wanted}
    tallies["spans, exact"] = Tally(len(spans & gold), len(spans), len(gold))
    tallies["spans, half"] = Tally(len(paired), len(spans), len(gold))
    for what, of_ours, of_gold in (
        ("claimants", named_by, named_in),
        ("actors", actor_by, actor_in),
    ):
        ours = {(paired.get(one.ranges, one.ranges), of_ours(one)) for one in found if one.named_speaker}
        theirs = {(one.ranges, of_gold(one)) for one in wanted if one.named}
        tallies[what] = Tally(len(ours & theirs), len(ours), len(theirs))
    tallies["figures"] = figures_of(found, wanted, paired)
    return tallies


def named_by(one: Proposal) -> str:
    return one.named_speaker


def named_in(one: Wanted) -> str:
    return one.named


def actor_by(one: Proposal) -> object:
    return one.actor


def actor_in(one: Wanted) -> object:
    return one.actor


def figures_of(found: list[Proposal], wanted: list[Wanted], paired: dict[Spans, Spans]) -> Tally:
    left = [(one.ranges, one.figure) for one in wanted if one.figure is not None]
    tally = Tally(wanted=len(left), proposed=sum(1 for one in found if one.figure is not None))
    for one in found:
        if (ours := one.figure) is None:
            continue
        reading = (str(ours.qualifier), ours.low, ours.best, ours.high)
        for place in left:
            ranges, (printed, *theirs) = place
            is_same = tuple(theirs) == reading
            is_there = printed in ours.as_printed or ours.as_printed in printed
            if paired.get(one.ranges) == ranges and is_same and is_there:
                tally.right += 1
                left.remove(place)
                break
    return tally


def group_of(passage: Passage) -> str:
    if passage.name == "the first article":
        return "first article"
    return f"{passage.language}{', held out' if passage.is_held_out else ''}"


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
            "" if not at or one.named_speaker in names else f"NAMED {one.named_speaker!r} not {names}",
            "" if not at or one.actor in actors else f"ACTOR {one.actor!r} not {actors}",
            "" if not golds or one.form in {two.form for two in golds} else f"FORM {one.form}",
            "" if not golds or one.cue in {two.cue for two in golds} else f"CUE {one.cue!r} not {({two.cue for two in golds})}",
            f"FIG {one.figure.as_printed!r} {one.figure.qualifier} not {figures}" if one.figure and not any((two[1:] == (one.figure.qualifier, one.figure.low, one.figure.best, one.figure.high)) for two in figures) else "",
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
            if passage.name == name or name in (passage.language, "all"):
                if not passage.is_held_out:
                    show(passage)
        return
    print(f"{'':18}" + "".join(f"{what:>16}" for what in WHAT))
    for group, tallies in scores().items():
        cells = (f"{one.precision:.2f} / {one.recall:.2f}" for one in tallies.values())
        print(f"{group:18}" + "".join(f"{cell:>16}" for cell in cells))
    print("precision / recall")


if __name__ == "__main__":
    main()
