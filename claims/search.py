"""The desk's search over claims: words, names, document addresses and public ids, in one question.

What is typed is cut into parts: words, “phrases” and what must not be there (-word). Each part is
looked for in the claim's words, in the names of who says it, in its event's title and in the titles
and addresses of what it cites. Names are looked up first, at most `MAX_NAMES` of a kind, and go
into the question by key, so that one index answers it. Of what matches, the newest `MOST_FOUND`
are found: nothing here grows with the claims.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction
from django.db.models import F, Value

from claims.asking import Found, Part, by_names, by_words, lexeme, parts_of
from claims.models import Claim
from factcheck.common.finding import Holds, Terms, at_address, is_address
from sources.models import Document

MAX_NAMES = 20
MOST_AT_ADDRESS = 100
MOST_FOUND = 1_001

_PUBLIC_ID = re.compile(r"[0-9a-z]{10}")

# One row a part: its own words as a query, and the facts by which a claim matches it as well. A
# name that has more of the parts comes first, where there are more than may be looked up.
FACTS = """
WITH part AS (
    SELECT number, CASE WHEN is_begun AND phraseto_tsquery('finding', typed)::text LIKE '%%'''
            THEN (phraseto_tsquery('finding', typed)::text || ':*')::tsquery
            ELSE phraseto_tsquery('finding', typed) END AS query
    FROM unnest(%(typed)s::text[], %(begun)s::bool[])
        WITH ORDINALITY AS part (typed, is_begun, number)
),
any_part AS (
    SELECT coalesce(string_agg('(' || query::text || ')', ' | '), '')::tsquery AS query
    FROM part WHERE numnode(query) > 0
)
SELECT part.number, part.query::text, ARRAY(
    (SELECT '=actor:' || named.id FROM (
        SELECT id, name FROM sources_actor
            WHERE to_tsvector('finding', coalesce(left(name, 10000), '')) @@ part.query
        UNION ALL
        SELECT actor_id, name FROM sources_actorname
            WHERE to_tsvector('finding', coalesce(left(name, 10000), '')) @@ part.query
    ) AS named ORDER BY ts_rank(to_tsvector('finding', name), any_part.query) DESC, id
    LIMIT %(most)s)
    UNION
    (SELECT '=outlet:' || named.id FROM (
        SELECT id, name FROM sources_source
            WHERE to_tsvector('finding', coalesce(left(name, 10000), '')) @@ part.query
        UNION ALL
        SELECT source.id, operator.name FROM sources_source AS source
            JOIN sources_actor AS operator ON operator.id = source.operator_id
            WHERE to_tsvector('finding', coalesce(left(operator.name, 10000), '')) @@ part.query
        UNION ALL
        SELECT source.id, further.name FROM sources_source AS source
            JOIN sources_actorname AS further ON further.actor_id = source.operator_id
            WHERE to_tsvector('finding', coalesce(left(further.name, 10000), '')) @@ part.query
    ) AS named ORDER BY ts_rank(to_tsvector('finding', name), any_part.query) DESC, id
    LIMIT %(most)s)
    UNION
    (SELECT '=event:' || id FROM claims_event
        WHERE to_tsvector('finding', coalesce(left(title, 10000), '') || ' '
            || coalesce(left(place, 10000), '')) @@ part.query
        ORDER BY ts_rank(to_tsvector('finding', title), any_part.query) DESC, id DESC
        LIMIT %(most)s)
    UNION
    (SELECT '=document:' || id FROM sources_document
        WHERE to_tsvector('finding', coalesce(left(title, 10000), '')) @@ part.query
        ORDER BY ts_rank(to_tsvector('finding', title), any_part.query) DESC, id DESC
        LIMIT %(most)s)
)
FROM part, any_part ORDER BY part.number
"""

# From one value to the next through the index: as many steps as there are values.
TOGETHER = """
WITH RECURSIVE found AS (
    (SELECT codes FROM claims_findingaid ORDER BY codes LIMIT 1)
    UNION ALL
    SELECT (SELECT aid.codes FROM claims_findingaid AS aid
        WHERE aid.codes > found.codes ORDER BY aid.codes LIMIT 1)
    FROM found WHERE found.codes IS NOT NULL
)
SELECT codes FROM found WHERE codes IS NOT NULL
"""


def search_claims(claims: models.QuerySet[Claim], typed: str) -> models.QuerySet[Claim]:
    """Those of the claims that have all that was typed; all of them where nothing was. Takes any
    text. Asks the database at once, so narrow the claims first.
    """
    parts = looked_up(parts_of(typed))
    if not parts:
        return claims
    keys: list[int] = []
    if query := by_words(parts):
        keys += newest(with_terms(claims, query))
    if query := by_names(parts):
        with through_the_index():
            keys += newest(with_terms(claims, query))
    return claims.filter(pk__in=sorted(set(keys), reverse=True)[:MOST_FOUND])


def newest(claims: models.QuerySet[Claim]) -> list[int]:
    """The keys of the newest."""
    return list(claims.order_by("-pk").values_list("pk", flat=True)[:MOST_FOUND])


@contextmanager
def through_the_index() -> Iterator[None]:
    """The planner does not know how rare a name's claims are, and would rather read all claims from
    the newest on. It knows of words.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        yield
        # The transaction may be part of a longer one.
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")


def with_terms(claims: models.QuerySet[Claim], query: str) -> models.QuerySet[Claim]:
    """The claims whose finding aid matches a query of lexemes, in PostgreSQL's own notation."""
    return claims.filter(Holds(F("finding_aid__terms"), Terms(Value(query))))


def with_facts(claims: models.QuerySet[Claim], facts: Iterable[str]) -> models.QuerySet[Claim]:
    """The claims with any of these facts, such as `actor:7` or `public:live`."""
    found = " | ".join(lexeme(f"={fact}") for fact in facts)
    return with_terms(claims, found) if found else claims.none()


def with_codes_together(
    claims: models.QuerySet[Claim], facts: Iterable[str]
) -> models.QuerySet[Claim]:
    """The claims with all of these facts, such as `stage:draft`, of closed vocabularies.

    The planner takes each for independent of the others: where they are common and exclude each
    other, it would read all claims to find none. So it is told which there are together.
    """
    wanted = {f"={fact}" for fact in facts}
    with connection.cursor() as cursor:
        cursor.execute(TOGETHER)
        together = [codes for (codes,) in cursor.fetchall() if wanted <= set(codes.split(" "))]
    return claims.filter(finding_aid__codes__in=together)


def with_rows(claims: models.QuerySet[Claim], rows: Iterable[list[str]]) -> models.QuerySet[Claim]:
    """The claims with a fact of each list, such as `actor:7`. Looks at once whether they are few:
    what a single row leads to mostly is, which the planner does not know.
    """
    query = " & ".join(f"({' | '.join(lexeme(f'={fact}') for fact in facts)})" for facts in rows)
    if not query:
        return claims
    with through_the_index():
        keys = newest(with_terms(Claim.objects.all(), query))
    return claims.filter(pk__in=keys) if len(keys) < MOST_FOUND else with_terms(claims, query)


def looked_up(parts: list[Part]) -> list[Found]:
    """The parts with what they lead to; those that lead to nothing at all are left out."""
    if not parts:
        return []
    with connection.cursor() as cursor:
        typed = [part.typed for part in parts]
        begun = [part.is_begun for part in parts]
        cursor.execute(FACTS, {"typed": typed, "begun": begun, "most": MAX_NAMES})
        rows = cursor.fetchall()
    found = []
    for part, (_, words, facts) in zip(parts, rows, strict=True):
        facts = {*facts, *facts_of_address(part.typed)}
        if _PUBLIC_ID.fullmatch(part.typed.lower()):
            facts.add(f"=id:{part.typed.lower()}")
        if words or facts:
            found.append(Found(words, tuple(sorted(facts)), part.is_unwanted))
    return found


def facts_of_address(typed: str) -> Iterator[str]:
    """The newest documents at a web address or below it."""
    if is_address(typed):
        there = Document.objects.filter(at_address(typed, "url")).order_by("-pk")
        for key in there.values_list("pk", flat=True)[:MOST_AT_ADDRESS]:
            yield f"=document:{key}"
