"""The rarest words of texts, by which few claims among many are found. Bounded work."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from django.core.cache import cache
from django.db import connections

from claims.asking import lexeme

RAREST = 6
# How long the planner's statistics are remembered: what is common changes slowly.
REMEMBERED_FOR = 600

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")

WORDS = """
SELECT tsvector_to_array(to_tsvector('finding', given.text))
FROM unnest(%s::text[]) WITH ORDINALITY AS given (text, number) ORDER BY number
"""

# The planner knows the most common lexemes of a column, and how common. That will do at the desk;
# what readers are told may not hang on when it last looked, see `claims.word_counts`.
COMMON = """
SELECT word, frequency FROM pg_stats,
    unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (word, frequency)
WHERE schemaname = current_schema() AND tablename = %s AND attname = %s AND word IS NOT NULL
"""


def words_of(texts: Sequence[str], *, using: str = "default") -> list[list[str]]:
    """The words of each text, as claims are found by them."""
    with connections[using].cursor() as cursor:
        cursor.execute(WORDS, [list(texts)])
        return [row[0] for row in cursor.fetchall()]


def pairs_of_rarest(texts: Iterable[Sequence[str]], *, common: Mapping[str, float]) -> str:
    """A query for rows that have any two of the rarest words of one of the texts, or its only word,
    where it has no other; empty where there are none.
    """
    return " | ".join(
        query
        for words in texts
        for rare in [rarest(words, common=common)]
        for query in [f"({lexeme(one)} & {lexeme(other)})" for one, other in combinations(rare, 2)]
        or map(lexeme, rare)
    )


def rarest(words: Iterable[str], *, common: Mapping[str, float]) -> list[str]:
    """The words that are the least common; of words that are equally so, the longest come first."""
    return sorted(words, key=lambda word: (common.get(word, 0), -len(word), word))[:RAREST]


def common_words(column: tuple[str, str], *, using: str = "default") -> dict[str, float]:
    """The most common words with the part of the rows that have them; empty until the database has
    counted.
    """
    key = f"claims.common_words.{'.'.join(column)}"
    common: dict[str, float] | None = cache.get(key)
    if common is None:
        with connections[using].cursor() as cursor:
            cursor.execute(COMMON, column)
            common = dict(cursor.fetchall())
        cache.set(key, common, REMEMBERED_FOR)
    return common


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, as they stand."""
    return _NUMBER.findall(text)


def other_numbers(text: str, own: list[str]) -> tuple[str, ...]:
    """The numbers of this text, where they are not those of the other."""
    numbers = numbers_in(text)
    return tuple(dict.fromkeys(numbers)) if sorted(numbers) != sorted(own) else ()
