"""Every page that search engines may know of, with when it was last published.

The ledger's places cut it into parts: a page stands in the part of its newest publication. So no
part is longer than its range, nothing has to be counted, and a part of old pages stays as it is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connections

from claims.addresses import ROOMS, subject_path, topic_path
from claims.models.public import claim_path
from claims.publisher import METHODOLOGY_PATH, POLICIES_PATH

# The protocol allows no more in one file.
PART = 50_000
# What changes with every claim, and what is no claim at all.
LISTS = ("/", "/claims/", "/topics/", "/corrections/")
OTHERS = (METHODOLOGY_PATH, POLICIES_PATH)

# A private person has no page.
PAGES = """
    SELECT page.*, published_at FROM (
        SELECT 'claim' AS kind, claim_id AS id, slug, from_seq AS seq
        FROM claims_publicclaim WHERE until_seq IS NULL
        UNION ALL SELECT 'event', public_id, slug, seq FROM claims_publicevent
        UNION ALL SELECT 'actor', public_id, slug, seq FROM sources_publicactor
        WHERE NOT is_private
        UNION ALL SELECT 'source', public_id, slug, seq FROM sources_publicsource
    ) AS page JOIN ledger_publication USING (seq)
"""
PARTS = f"SELECT seq / %s, max(published_at) FROM ({PAGES}) AS all_pages GROUP BY 1 ORDER BY 1"
PAGES_OF_PART = f"""
    SELECT kind, id, slug, published_at FROM ({PAGES}) AS all_pages
    WHERE seq >= %s AND seq < %s ORDER BY seq
"""
TOPICS = """
    SELECT topic, max(published_at) FROM claims_publicclaim, unnest(topics) AS topic
    WHERE until_seq IS NULL GROUP BY topic ORDER BY topic LIMIT %s
"""
NEWEST = "SELECT max(published_at) FROM claims_publicclaim WHERE until_seq IS NULL"


@dataclass(frozen=True)
class Address:
    """A path, and when what stands there was last published, where that is known."""

    path: str
    at: datetime | None


def parts() -> list[tuple[int, datetime]]:
    """The number of each part that has pages, and its newest publication."""
    return [(number, at) for number, at in ask(PARTS, PART)]


def pages_of(number: int) -> list[Address]:
    """The pages of one part, none where there is no such part."""
    rows = ask(PAGES_OF_PART, number * PART, (number + 1) * PART)
    return [Address(path_of(kind, public_id, slug), at) for kind, public_id, slug, at in rows]


def lists() -> list[Address]:
    """The lists, each with the newest of what is in it, and the pages about ourselves."""
    [(newest,)] = ask(NEWEST)
    topics = ask(TOPICS, PART - len(LISTS) - len(OTHERS))
    return [
        *(Address(path, newest) for path in LISTS),
        *(Address(path, None) for path in OTHERS),
        *(Address(topic_path(slug), at) for slug, at in topics),
    ]


def path_of(kind: str, public_id: str, slug: str) -> str:
    """The page of what was published."""
    return subject_path(kind, public_id, slug) if kind in ROOMS else claim_path(public_id, slug)


def ask(statement: str, *parameters: int) -> list[Any]:
    """What the public side answers."""
    with connections["public"].cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
