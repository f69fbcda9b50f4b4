"""How much of the gold is found, and how much of what is found is gold."""

import operator
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


def table() -> str:
    """Precision and recall of every group of passages."""
    lines = [f"{'':16}" + "".join(f"{what:>15}" for what in WHAT)]
    for group, tallies in scores().items():
        cells = (f"{one.precision:.2f} / {one.recall:.2f}" for one in tallies.values())
        lines.append(f"{group:16}" + "".join(f"{cell:>15}" for cell in cells))
    return "\n".join([*lines, "precision / recall"])


def show(passage: Passage) -> None:
    """Print what differs from the gold in one passage."""
    found = proposals_of(passage)
    gold = {one.ranges for one in passage.wanted}
    for one in found:
        if one.ranges not in gold:
            print("  too much:", words_at(passage, one.ranges))
    for ranges in sorted(gold - {one.ranges for one in found}):
        print("  missed:  ", words_at(passage, ranges))
    for what, ours, theirs in (
        ("named", {one.named_speaker for one in found}, {one.named for one in passage.wanted}),
        ("meant", {one.actor for one in found}, {one.actor for one in passage.wanted}),
        (
            "figures",
            {reading_of(one)[1:] for one in found if one.figure},
            {one.figure[1:] for one in passage.wanted if one.figure},
        ),
    ):
        if ours != theirs:
            print(f"  {what}: too much {ours - theirs or 'none'}, missed {theirs - ours or 'none'}")


def words_at(passage: Passage, ranges: Spans) -> str:
    return " […] ".join(passage.text[start:end] for start, end in ranges)
