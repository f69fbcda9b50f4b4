"""Has this been checked? The public claims that say nearly the same as somebody's words.

Lexical: words in common choose the candidates, letters in common rank them. Nothing here knows what
words mean, so that a claim in other words is missed and a denial is as like as what it denies; what
is found is for a person to look at. Bounded, however many claims there are, and drawn from the
public side alone: where the ledger is the same, so is the answer.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, combinations

from django.db import connections

from claims.asking import lexeme
from claims.rare_words import numbers_in, other_numbers, rarest, words_of
from claims.word_counts import CLAIMS, counts_of

MAX_TEXT = 5_000
MAX_SENTENCES = 8
MAX_CANDIDATES = 200
# So many claims have the pairs of words that are looked for, were words spread evenly.
MOST_EXPECTED = 100
LEAST_ALIKE = 0.3
MOST_FOUND = 10

_END_OF_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")

# Candidates are fetched before they are compared, or the database might compare all that there are.
MATCHES = """
WITH candidates AS MATERIALIZED (
    SELECT from_seq, text, original_words, summary FROM claims_publicclaim
    WHERE until_seq IS NULL AND words @@ %(query)s::tsquery
    ORDER BY from_seq DESC LIMIT %(candidates)s
)
SELECT alike, text, summary FROM candidates CROSS JOIN LATERAL (
    SELECT max(greatest(similarity(text, said), similarity(original_words, said)))
    FROM unnest(%(sentences)s::text[]) AS said
) AS compared (alike)
WHERE alike >= %(least)s ORDER BY alike DESC, from_seq DESC LIMIT %(most)s
"""


@dataclass(frozen=True)
class Match:
    """A claim that says nearly the same: how much of its letters it shares with the nearest
    sentence (0 to 1), and its numbers, where they are not those of the text.
    """

    alike: float
    numbers: tuple[str, ...]
    summary: str
    """As lists show it (JSON): never its words without who and both statuses."""


def matches(text: str) -> list[Match]:
    """The claims most like the text or one of its sentences, most alike first.

    Takes any text; of more than `MAX_TEXT` characters or `MAX_SENTENCES` sentences, the beginning.
    """
    sentences = sentences_of(text)
    query = rare_pairs(sentences)
    if not query:
        return []
    with connections["public"].cursor() as cursor:
        cursor.execute(
            MATCHES,
            {
                "query": query,
                "sentences": sentences,
                "candidates": MAX_CANDIDATES,
                "least": LEAST_ALIKE,
                "most": MOST_FOUND,
            },
        )
        rows = cursor.fetchall()
    own = numbers_in(text)
    return [Match(alike, other_numbers(said, own), summary) for alike, said, summary in rows]


def rare_pairs(sentences: list[str]) -> str:
    """A query for the claims that have two of the words of a sentence that the fewest claims have:
    the pairs that lead to the fewest first, and no more than lead to `MOST_EXPECTED`, so that a
    sentence that anybody could say takes no place from one that hardly anybody does. Words that
    are in no claim cannot lead to one.
    """
    found = words_of(sentences, using="public")
    counts = counts_of({CLAIMS, *(word for words in found for word in words)})
    all_claims = counts.get(CLAIMS, 1)
    expected: dict[tuple[str, ...], float] = {}
    for words in found:
        rare = rarest((word for word in words if word in counts), common=counts)
        for together in combinations(rare, 2) if len(rare) > 1 else [(word,) for word in rare]:
            shares = (counts[word] / all_claims for word in together)
            expected[together] = all_claims * math.prod(shares)
    chosen = fewest_first(expected, most=MOST_EXPECTED)
    return " | ".join(f"({' & '.join(map(lexeme, together))})" for together in chosen)


def fewest_first(
    expected: Mapping[tuple[str, ...], float], *, most: float
) -> list[tuple[str, ...]]:
    """Those that lead to the fewest, until all of them lead to more than `most`; one at least."""
    ordered = sorted(expected, key=lambda together: (expected[together], together))
    sums = accumulate(expected[together] for together in ordered)
    return [
        together
        for number, (together, total) in enumerate(zip(ordered, sums, strict=True))
        if total <= most or number == 0
    ]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, by full stops and lines, and all of it where it is not too long for
    one claim: “U.S. troops” is no end of a sentence.
    """
    text = text[:MAX_TEXT].strip()
    parts = [part for part in _END_OF_SENTENCE.split(text) if len(part.split()) > 2]
    whole = [text] if len(text) <= 500 else []
    return list(dict.fromkeys([*whole, *parts]))[: MAX_SENTENCES + 1]
