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
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQueryField
from django.db import connection, models, transaction
from django.db.models import F, Value

from claims.models import Claim
from factcheck.common.finding import Holds, at_address, is_address
from sources.models import Document

MAX_TYPED = 2_000
MAX_PARTS = 10
MAX_NAMES = 20
MOST_AT_ADDRESS = 100
MOST_FOUND = 1_001

_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTATION_MARKS = str.maketrans("“”„«»", '"""""')
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


@dataclass(frozen=True)
class Found:
    """A part, its words as a query, and the facts by which a claim matches it as well."""

    words: str
    facts: tuple[str, ...]
    is_unwanted: bool

    @property
    def by_facts(self) -> str:
        """A query for any of the facts."""
        return " | ".join(lexeme(fact) for fact in self.facts)

    @property
    def either(self) -> str:
        """A query for the words or any of the facts."""
        return " | ".join(filter(None, [self.words and f"({self.words})", self.by_facts]))


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


def by_words(parts: list[Found]) -> str:
    """The query for claims that have all the words themselves; empty where a part has none."""
    if any(not part.words for part in parts if not part.is_unwanted):
        return ""
    return all_of([part.words for part in parts if not part.is_unwanted], parts)


def by_names(parts: list[Found]) -> str:
    """The query for claims that have at least one part by name; empty where none leads to one."""
    wanted = [part for part in parts if not part.is_unwanted]
    ways = [
        all_of([part.by_facts, *(other.either for other in wanted if other is not part)], parts)
        for part in wanted
        if part.facts
    ]
    return " | ".join(f"({way})" for way in ways)


def all_of(queries: Iterable[str], parts: list[Found]) -> str:
    """The query for all of these and none of the unwanted parts."""
    unwanted = [f"!({part.either})" for part in parts if part.is_unwanted]
    return " & ".join([f"({query})" for query in queries] + unwanted)
