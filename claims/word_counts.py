"""How many public claims have a word, exactly: what was added up, and what has changed since."""

from collections.abc import Collection

from django.db import connection, connections

# The word that stands for the claims themselves: how many they are.
CLAIMS = ""

# One statement, so that whoever reads meets each change once: here or there.
FOLD = """
WITH taken AS (
    DELETE FROM claims_publicwordchange RETURNING word, claims
)
INSERT INTO claims_publicword AS counted (word, claims)
SELECT word, sum(claims) FROM taken GROUP BY word ORDER BY word
ON CONFLICT (word) DO UPDATE SET claims = counted.claims + excluded.claims
"""
FORGET = "DELETE FROM claims_publicword WHERE claims = 0"

COUNTS = """
SELECT word, sum(claims) FROM (
    SELECT word, claims FROM claims_publicword WHERE word = ANY(%(words)s)
    UNION ALL
    SELECT word, claims FROM claims_publicwordchange WHERE word = ANY(%(words)s)
) AS counted
GROUP BY word HAVING sum(claims) > 0
"""


def counts_of(words: Collection[str], *, using: str = "public") -> dict[str, int]:
    """In how many claims that stand now each of the words is; without those that are in none."""
    with connections[using].cursor() as cursor:
        cursor.execute(COUNTS, {"words": sorted(words)})
        return {word: int(count) for word, count in cursor.fetchall()}


def fold() -> None:
    """Add up what has changed. No count is another afterwards: only fewer rows are read for it."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD)
        cursor.execute(FORGET)
