"""Which claims that there are say nearly the same as a text. Bounded, however many there are."""

import re
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.search import TrigramSimilarity
from django.core.cache import cache
from django.db import connection
from django.db.models import FloatField
from django.db.models.functions import Cast

from claims.asking import lexeme
from claims.models import Claim
from claims.search import with_terms

MAX_TEXT = 2_000
RAREST = 6
MAX_CANDIDATES = 200
LEAST_ALIKE = 0.3
MOST_SHOWN = 5
# How long the planner's statistics are remembered: what is common changes slowly.
REMEMBERED_FOR = 600

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")

# The planner knows the most common lexemes of a column, and how common: no table of ours is needed.
COMMON = """
SELECT word, frequency FROM pg_stats,
    unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common (word, frequency)
WHERE schemaname = current_schema() AND tablename = 'claims_findingaid' AND attname = 'terms'
    AND word IS NOT NULL
"""


@dataclass(frozen=True)
class Similar:
    """A claim that says nearly the same, and the numbers in which the two differ."""

    claim: Claim
    alike: float
    numbers: tuple[str, ...]
    """Those of the existing claim, where they are not the numbers of the text."""


def similar_claims(text: str, *, leaving_out: int | None = None) -> list[Similar]:
    """The claims most like the text, most alike first.

    Candidates have any two of the text's rarest words; the newest `MAX_CANDIDATES` of them are
    compared letter by letter. Takes any text.
    """
    text = text[:MAX_TEXT]
    rare = rarest_words(text)
    if not rare:
        return []
    pairs = [f"({lexeme(one)} & {lexeme(other)})" for one, other in combinations(rare, 2)]
    query = " | ".join(pairs or [lexeme(rare[0])])
    candidates = with_terms(Claim.objects.order_by("-pk"), query).values("pk")[:MAX_CANDIDATES]
    # Fetched before they are compared, or the database might compare all that there are.
    keys = [row["pk"] for row in candidates if row["pk"] != leaving_out]
    alike = Cast(TrigramSimilarity("text", text), FloatField())
    claims = (
        Claim.objects.filter(pk__in=keys)
        .annotate(alike=alike)
        .filter(alike__gte=LEAST_ALIKE)
        .select_related("claimant", "outlet")
        .order_by("-alike", "-pk")[:MOST_SHOWN]
    )
    own = numbers_in(text)
    return [Similar(claim, claim.alike, other_numbers(claim.text, own)) for claim in claims]


def rarest_words(text: str) -> list[str]:
    """The text's words that are in the fewest claims, as far as the planner knows: none that it
    does not list is more common than those it does, and of these the longest come first.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('finding', %s))", [text])
        (words,) = cursor.fetchone() or ([],)
    common = common_words()
    return sorted(words, key=lambda word: (common.get(word, 0.0), -len(word), word))[:RAREST]


def common_words() -> dict[str, float]:
    """The most common words of claims with the part of the claims that have them; empty until the
    database has counted.
    """
    common: dict[str, float] | None = cache.get("claims.similar.common")
    if common is None:
        with connection.cursor() as cursor:
            cursor.execute(COMMON)
            common = dict(cursor.fetchall())
        cache.set("claims.similar.common", common, REMEMBERED_FOR)
    return common


def numbers_in(text: str) -> list[str]:
    """The numbers in a text, as they stand."""
    return _NUMBER.findall(text)


def other_numbers(text: str, own: list[str]) -> tuple[str, ...]:
    """The numbers of this text, where they are not those of the other."""
    numbers = numbers_in(text)
    return tuple(dict.fromkeys(numbers)) if sorted(numbers) != sorted(own) else ()
