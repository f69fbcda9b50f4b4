"""How many of the claims that stand now have each word: by that, which words of a text are rare.

Exact after every publication, and the same wherever the ledger is the same: a count is what was
last added up plus what has changed since. Changes are appended by triggers, whoever writes the
claims, so that no row is waited for; `claims.word_counts` adds them up from time to time.
"""

import pgtrigger
from django.db import models

from factcheck.common.guards import Guard

# Facts (`=actor:…`) are no words. The empty word stands for the claims themselves.
CHANGED = """
    INSERT INTO claims_publicwordchange (word, claims)
    SELECT word, sum(one) FROM (
        {rows}
    ) AS changed
    CROSS JOIN LATERAL (
        SELECT '' AS word WHERE words <> ''
        UNION ALL
        SELECT lexeme FROM unnest(tsvector_to_array(words)) AS lexeme WHERE left(lexeme, 1) <> '='
    ) AS had
    GROUP BY word HAVING sum(one) <> 0;
    RETURN NULL;
"""
GONE = "SELECT words, -1 AS one FROM gone WHERE until_seq IS NULL"
COME = "SELECT words, 1 AS one FROM come WHERE until_seq IS NULL"


def counts_words() -> list[Guard]:
    """The triggers of the claims that write down which words come and go with them."""
    return [
        Guard(
            name=f"counts_words_of_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(
                **({"old": "gone"} if GONE in rows else {}),
                **({"new": "come"} if COME in rows else {}),
            ),
            func=CHANGED.format(rows="\n        UNION ALL\n        ".join(rows)),
        )
        for name, operation, rows in (
            ("added", pgtrigger.Insert, [COME]),
            ("changed", pgtrigger.Update, [GONE, COME]),
            ("removed", pgtrigger.Delete, [GONE]),
        )
    ]


class PublicWord(models.Model):
    """A word, and how many of the claims that stood had it when changes were last added up."""

    word = models.TextField(primary_key=True, db_collation="C")
    claims = models.IntegerField()

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word


class PublicWordChange(models.Model):
    """How many claims more or fewer have a word since; appended by the triggers of the claims."""

    word = models.TextField(db_collation="C")
    claims = models.IntegerField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["word"], include=["claims"], name="publicwordchange_word"),
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.claims:+d}"
