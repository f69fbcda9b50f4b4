"""How many of the claims that are asked for have which status, topic or claimant."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connections

from claims.models.public import PublicClaimQuerySet

# So many are counted; where there are more, the numbers speak of the newest of them.
MOST_COUNTED = 10_000
MOST_NAMED = 8

COUNTS = """
WITH newest AS MATERIALIZED ({newest}),
found AS MATERIALIZED (SELECT * FROM newest LIMIT {counted}),
claimant AS (
    SELECT coalesce(successor.successor_id, found.claimant_id) AS id, count(*) AS claims
    FROM found LEFT JOIN sources_publicsuccessor AS successor
        ON successor.kind = 'actor' AND successor.public_id = found.claimant_id
    WHERE found.claimant_id <> '' GROUP BY 1
)
SELECT 'all', '', '', (SELECT count(*) FROM newest)
UNION ALL SELECT 'verification_status', verification_status, '', count(*) FROM found GROUP BY 2
UNION ALL SELECT 'attribution_status', attribution_status, '', count(*) FROM found
    WHERE attribution_status <> '' GROUP BY 2
UNION ALL SELECT 'about', about, '', count(*) FROM found GROUP BY 2
UNION ALL SELECT 'kind', kind, '', count(*) FROM found GROUP BY 2
UNION ALL (
    SELECT 'topic', topic.names -> 0 ->> 'slug', topic.names::text, count(*)
    FROM found CROSS JOIN unnest(found.topic_ids) AS named (id)
    JOIN claims_publictopic AS topic ON topic.public_id = named.id
    GROUP BY topic.public_id ORDER BY 4 DESC, topic.public_id LIMIT {most}
)
UNION ALL (
    SELECT 'claimant', actor.public_id, actor.name, claimant.claims
    FROM claimant JOIN sources_publicactor AS actor ON actor.public_id = claimant.id
    WHERE NOT actor.is_private ORDER BY 4 DESC, actor.public_id LIMIT {most}
)
"""


@dataclass(frozen=True)
class Count:
    """A value of a filter, and how many claims have it. A topic comes with its `names`."""

    value: str
    name: str
    names: list[dict[str, str]]
    claims: int


@dataclass(frozen=True)
class Facets:
    """All counts by filter, the largest first; `total` is exact unless `is_capped`."""

    total: int
    is_capped: bool
    counts: dict[str, list[Count]]


def facets_of(claims: PublicClaimQuerySet) -> Facets:
    """The counts over these claims: over the newest of them where there are too many. One query.

    A private person is nobody to look for: they are not among the claimants.
    """
    counted = claims.order_by("-from_seq").values(
        "verification_status", "attribution_status", "about", "kind", "topic_ids", "claimant_id"
    )
    if counted.query.is_empty():
        return Facets(0, False, {})
    rows = rows_of(counted[: MOST_COUNTED + 1])
    counts: dict[str, list[Count]] = {}
    total = 0
    for facet, value, name, number in rows:
        if facet == "all":
            total = number
            continue
        names = orjson.loads(name) if facet == "topic" else []
        counts.setdefault(facet, []).append(Count(value, name, names, number))
    for found in counts.values():
        found.sort(key=lambda count: (-count.claims, count.value))
    is_capped = total > MOST_COUNTED
    return Facets(min(total, MOST_COUNTED), is_capped, counts)


def rows_of(counted: Any) -> list[tuple[str, str, str, int]]:
    """The counts as the database gives them."""
    newest, parameters = counted.query.sql_with_params()
    sql = COUNTS.format(newest=newest, counted=MOST_COUNTED, most=MOST_NAMED)
    with connections["public"].cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
