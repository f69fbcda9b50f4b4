"""The desk's search over claims: words, names, document addresses and public ids, in one question.

What is typed is cut into parts: words, “phrases” and what must not be there (-word). Each part is
looked for in the claim's words, in the names of who says it, in its event's title and in the titles
and addresses of what it cites. Names are looked up first, at most `MAX_NAMES` of a kind, and go
into the question by key: so one index answers it, and nothing here grows with the claims.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQueryField
from django.db import connection, models
from django.db.models import F, Value

from claims.models import Claim
from factcheck.common.finding import Holds, is_address

MAX_TYPED = 2_000
MAX_PARTS = 10
MAX_NAMES = 100

_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTATION_MARKS = str.maketrans("“”„«»", '"""""')
_PUBLIC_ID = re.compile(r"[0-9a-z]{10}")

# One row a part: its own words as a query, and the facts by which a claim matches it as well. A
# name that has more of the parts comes first, where there are more than may be looked up.
FACTS = """
WITH part AS (
    SELECT number, is_address, typed, phraseto_tsquery('finding', typed) AS phrase,
        CASE WHEN is_begun AND phraseto_tsquery('finding', typed)::text LIKE '%%'''
            THEN (phraseto_tsquery('finding', typed)::text || ':*')::tsquery
            ELSE phraseto_tsquery('finding', typed) END AS query
    FROM unnest(%(typed)s::text[], %(begun)s::bool[], %(addresses)s::bool[])
        WITH ORDINALITY AS part (typed, is_begun, is_address, number)
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
        ORDER BY id DESC LIMIT %(most)s)
    UNION
    (SELECT '=document:' || id FROM sources_document
        WHERE to_tsvector('finding', coalesce(left(title, 10000), '')) @@ part.query
        ORDER BY id DESC LIMIT %(most)s)
    UNION
    (SELECT '=document:' || id FROM sources_document
        WHERE part.is_address AND url <> '' AND (
            address_key(url) = address_key(part.typed)
            OR address_key(url) LIKE address_below(part.typed, '/')
            OR address_key(url) LIKE address_below(part.typed, '?'))
        ORDER BY id DESC LIMIT %(most)s)
)
FROM part, any_part ORDER BY part.number
"""


@dataclass(frozen=True)
class Part:
    """A word or phrase that was typed."""

    typed: str
    is_unwanted: bool
    is_begun: bool
    """Whether it may be the beginning of a word: the last one, while somebody types."""


class Terms(models.Func):
    """A query whose lexemes stand as they are."""

    template = "%(expressions)s::tsquery"
    output_field = SearchQueryField()


def search_claims(claims: models.QuerySet[Claim], typed: str) -> models.QuerySet[Claim]:
    """The claims that have all that was typed; all of them where nothing was. Takes any text."""
    parts = parts_of(typed)
    if not parts:
        return claims
    query = query_of(parts)
    return with_terms(claims, query) if query else claims.none()


def with_terms(claims: models.QuerySet[Claim], query: str) -> models.QuerySet[Claim]:
    """The claims whose finding aid matches a query of lexemes, in PostgreSQL's own notation."""
    return claims.filter(Holds(F("finding_aid__terms"), Terms(Value(query))))


def with_facts(claims: models.QuerySet[Claim], facts: Iterable[str]) -> models.QuerySet[Claim]:
    """The claims with any of these facts, such as `actor:7` or `public:live`."""
    found = " | ".join(lexeme(f"={fact}") for fact in facts)
    return with_terms(claims, found) if found else claims.none()


def lexeme(text: str) -> str:
    """The text as a lexeme in a query."""
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def parts_of(typed: str) -> list[Part]:
    """What was typed, part by part; an unbalanced quotation mark reaches to the end."""
    typed = typed[:MAX_TYPED].translate(_QUOTATION_MARKS)
    return list(_parts(typed))[:MAX_PARTS]


def _parts(typed: str) -> Iterator[Part]:
    for found in _PART.finditer(typed):
        text = found["word"] or found["phrase"] or ""
        if not any(char.isalnum() for char in text):
            continue
        is_last = found.end() == len(typed)
        yield Part(text, bool(found["minus"]), is_begun=is_last and text[-1:].isalnum())


def query_of(parts: list[Part]) -> str:
    """The question to the finding aids; empty where no part has anything to look for."""
    wanted: list[str] = []
    unwanted: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(
            FACTS,
            {
                "typed": [part.typed for part in parts],
                "begun": [part.is_begun for part in parts],
                "addresses": [is_address(part.typed) for part in parts],
                "most": MAX_NAMES,
            },
        )
        rows = cursor.fetchall()
    for part, (_, words, facts) in zip(parts, rows, strict=True):
        if _PUBLIC_ID.fullmatch(part.typed.lower()):
            facts = [*facts, f"=id:{part.typed.lower()}"]
        either = [f"({words})"] if words else []
        either += [lexeme(fact) for fact in sorted(facts)]
        if either:
            (unwanted if part.is_unwanted else wanted).append(" | ".join(either))
    return " & ".join([f"({query})" for query in wanted] + [f"!({query})" for query in unwanted])
