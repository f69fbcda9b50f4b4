"""How well articles are read: the measured figures are floors, so that nobody lowers them unseen."""

import time

import pytest

from claims.proposing.reader import ArticleReader
from tests.proposing.passages import passages
from tests.proposing.score import WHAT, scores

FLOORS: dict[str, tuple[tuple[float, float], ...]] = {}


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

    assert counts == {"en": 13, "fr": 5, "uk": 5}
    assert sum(passage.is_held_out for passage in passages()) == 8


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
