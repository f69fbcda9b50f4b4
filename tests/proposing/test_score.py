"""How well articles are read: the measured figures are floors, so that nobody lowers them unseen.

Each group has precision and recall of spans (exact, and half overlapping), claimants, actors and
figures, as `python -m tests.proposing.score` prints them. The same hand wrote rules and passages:
what is held out was never looked into, what came later was first read with a recall of claimants of
0.75 (en), 0.50 (fr) and 0.25 (uk), and only then tuned on. Expect such figures of new articles.
"""

import time

import pytest

from claims.proposing.reader import ArticleReader
from tests.proposing.passages import passages
from tests.proposing.scoring import WHAT, scores

FLOORS: dict[str, tuple[tuple[float, float], ...]] = {
    "en tuned on": ((1.00, 1.00), (1.00, 1.00), (1.00, 1.00), (0.98, 0.98), (1.00, 1.00)),
    "fr tuned on": ((1.00, 1.00), (1.00, 1.00), (1.00, 1.00), (1.00, 1.00), (1.00, 1.00)),
    "uk tuned on": ((1.00, 1.00), (1.00, 1.00), (1.00, 1.00), (1.00, 1.00), (1.00, 1.00)),
    "en held-out": ((1.00, 0.97), (1.00, 0.97), (1.00, 0.93), (0.92, 0.86), (0.88, 1.00)),
    "fr held-out": ((1.00, 1.00), (1.00, 1.00), (0.87, 0.58), (0.87, 0.58), (0.90, 1.00)),
    "uk held-out": ((1.00, 1.00), (1.00, 1.00), (1.00, 1.00), (1.00, 1.00), (0.80, 0.88)),
    "en later": ((0.96, 1.00), (0.96, 1.00), (1.00, 1.00), (1.00, 1.00), (0.77, 1.00)),
    "fr later": ((1.00, 1.00), (1.00, 1.00), (1.00, 1.00), (1.00, 1.00), (1.00, 1.00)),
    "uk later": ((1.00, 1.00), (1.00, 1.00), (1.00, 1.00), (0.87, 0.87), (1.00, 1.00)),
    "first article": ((0.96, 0.86), (1.00, 0.88), (1.00, 1.00), (1.00, 1.00), (0.94, 1.00)),
}


@pytest.fixture(scope="module")
def measured():
    return scores()


@pytest.mark.parametrize("group", FLOORS)
def test_no_group_of_passages_is_read_worse_than_it_was(group, measured):
    worse = {
        what: (tally.precision, tally.recall)
        for (what, tally), (precision, recall) in zip(
            measured[group].items(), FLOORS[group], strict=True
        )
        if tally.precision < precision or tally.recall < recall
    }

    assert worse == {}


def test_every_group_has_its_floors(measured):
    assert set(measured) == set(FLOORS)
    assert {len(floors) for floors in FLOORS.values()} == {len(WHAT)}


def test_there_is_gold_in_three_languages_and_some_of_it_is_held_out():
    counts: dict[str, int] = {}
    for passage in passages():
        counts[passage.language] = counts.get(passage.language, 0) + 1

    assert counts == {"en": 15, "fr": 6, "uk": 6}
    parts = [passage.part for passage in passages()]
    assert (parts.count("held-out"), parts.count("later")) == (8, 4)


def test_what_belongs_to_the_page_is_not_proposed():
    reader = ArticleReader()
    for passage in passages():
        found = reader.propose(
            passage.text,
            language=passage.language,
            published_on=passage.published_on,
            title="",
            known_names=passage.known,
        )
        places = [place for one in found for place in one.ranges]

        assert [
            passage.text[a:b]
            for a, b in places
            if any(first <= a and b <= last for first, last in passage.furniture)
        ] == []


@pytest.mark.parametrize(
    "text",
    ["said " * 40_000, "“" * 200_000, ", said " * 28_000, "«a» " * 50_000, "x. " * 66_000,
     "it said. " * 22_000, "between 1 and 2 " * 12_000, "Aa " * 66_000],
    ids=lambda text: text[:10],
)  # fmt: skip
def test_no_text_holds_up_the_request(text):
    """Under a second on a quiet machine; quadratic work would take minutes."""
    began = time.process_time()

    ArticleReader().propose(text, language="en", published_on=None, title="", known_names=[])

    assert time.process_time() - began < 5
