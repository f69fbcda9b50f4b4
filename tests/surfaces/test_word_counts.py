"""How many public claims have a word: exact, whenever it is added up. All rows are synthetic."""

from typing import Any

import pytest
from django.db import connection

from claims.matching import rare_pairs
from claims.models import PublicWord, PublicWordChange
from claims.word_counts import counts_of, fold
from factcheck.public_side import rebuild
from tests.factories import make_claim, make_published_claim, revise_and_publish, withhold

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# What PostgreSQL itself counts in the rows.
COUNTED = """
SELECT word, ndoc FROM ts_stat('SELECT words FROM claims_publicclaim WHERE until_seq IS NULL')
WHERE left(word, 1) <> '='
"""
WORDS = ("", "boats", "bridge", "harbour", "nobodysays")


def counted() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        return dict(cursor.fetchall())


def told() -> dict[str, int]:
    """All counts but that of the claims themselves."""
    words = {*PublicWord.objects.values_list("word", flat=True), *counted()}
    words |= {*PublicWordChange.objects.values_list("word", flat=True)}
    return {word: count for word, count in counts_of(words).items() if word}


def test_counts_are_exact_after_everything_that_can_happen_to_a_claim():
    first = make_published_claim(text="Synthetic: boats left the harbour.")
    make_published_claim(text="Synthetic: boats came, and boats left.")
    make_claim(text="Synthetic: nobodysays this in public.")
    assert counts_of(WORDS) == {"": 2, "boats": 2, "harbour": 1}
    assert told() == counted()

    revise_and_publish(first, text="Synthetic: a bridge was closed.")
    assert counts_of(WORDS) == {"": 2, "boats": 1, "bridge": 1}
    fold()
    assert told() == counted()

    withhold(first, "suspend")
    assert counts_of(WORDS) == {"": 1, "boats": 1}
    assert told() == counted()
    fold()
    assert told() == counted()
    assert "bridge" not in PublicWord.objects.values_list("word", flat=True)
    assert not PublicWordChange.objects.exists()


def test_counts_are_the_same_before_and_after_they_are_added_up():
    for number in range(3):
        make_published_claim(text=f"Synthetic: boats number {number} left.")
        before = told()
        fold()
        assert told() == before == counted()


def test_what_is_rare_hangs_on_no_statistics_of_the_database():
    for number in range(12):
        make_published_claim(text=f"Synthetic: plentiful boats, unique{number}.")
    asked = ["Synthetic plentiful boats unique3 unheardof unique7"]
    before = rare_pairs(asked)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_publicclaim")

    after = rare_pairs(asked)

    assert before == after
    assert before.startswith("('unique3' & 'unique7') | ")
    assert "unheardof" not in before


def test_a_rebuild_counts_anew_and_tells_what_was_wrong():
    make_published_claim(text="Synthetic: boats left the harbour.")
    assert rebuild(check_only=True) == []
    fold()
    PublicWord.objects.filter(word="boats").update(claims=5)

    [difference] = rebuild()

    assert str(difference) == "claims_publicword boats: claims"
    assert counts_of(WORDS) == {"": 1, "boats": 1, "harbour": 1}


def test_many_rows_at_a_time_are_one_change_a_word(django_assert_num_queries: Any):
    for _ in range(3):
        make_published_claim(text="Synthetic: boats left the harbour.")
    fold()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_publicclaim SET until_seq = 1000, words = ''")

    assert PublicWordChange.objects.get(word="boats").claims == -3
    with django_assert_num_queries(1):
        assert counts_of(WORDS) == {}
