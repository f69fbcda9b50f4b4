"""The readers' search over published claims: words, “phrases”, -minus, and names in any script.

Each part is looked for in what the claim's record says (`PublicClaim.words`), and in the names of
actors and outlets as they are published now; a name goes into the question as a fact, so that one
index answers it. Ranked are the newest `MOST_RANKED` of what matches: nothing here grows with the
claims.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import SearchRank
from django.db import connections, models
from django.db.models import F, Value
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from claims.asking import Found, Part, by_either, parts_of
from claims.models.public import PublicClaimQuerySet
from factcheck.common.finding import CONFIGURATION, Holds, Terms

MAX_NAMES = 20
MOST_RANKED = 500
MAX_NEAR_NAMES = 5
# Names are compared letter by letter, which costs more than looking up words.
MAX_PARTS_COMPARED = 4
NEAREST = "0.5"
SHORTEST_COMPARED = 4

# Between them stands what was found. No text that is published has them: they are refused.
OPENS, CLOSES = "\x02", "\x03"

LOOKED_UP = """
SELECT part.query::text, ARRAY(
    (SELECT '=actor:' || public_id FROM sources_publicactor
        WHERE to_tsvector('finding', coalesce(left(names, 10000), '')) @@ part.query
        ORDER BY seq DESC LIMIT %(most)s)
    UNION ALL
    (SELECT '=outlet:' || public_id FROM sources_publicsource
        WHERE to_tsvector('finding', coalesce(left(name, 10000), '')) @@ part.query
        ORDER BY seq DESC LIMIT %(most)s)
)
FROM (
    SELECT number, phraseto_tsquery('finding', typed) AS query
    FROM unnest(%(typed)s::text[]) WITH ORDINALITY AS given (typed, number)
) AS part
ORDER BY part.number
"""

# A private person has no page and is not led to by name. The measure of nearness holds for this
# statement alone: by the usual one, a wrong letter in the middle of a name is too much.
NEAR = """
WITH measure AS MATERIALIZED (
    SELECT set_config('pg_trgm.word_similarity_threshold', %(nearest)s, true) AS was_set
),
given AS (
    SELECT typed FROM measure
    CROSS JOIN LATERAL unnest(CASE WHEN was_set <> '' THEN %(typed)s::text[] END) AS typed
)
SELECT role, public_id, name, max(nearness) AS nearness FROM (
    SELECT 'claimant' AS role, public_id, name, word_similarity(typed, names) AS nearness
    FROM given JOIN sources_publicactor ON typed <%% names AND NOT is_private
    UNION ALL
    SELECT 'outlet', public_id, name, word_similarity(typed, name)
    FROM given JOIN sources_publicsource ON typed <%% name
) AS near
GROUP BY role, public_id, name ORDER BY nearness DESC, name, public_id, role LIMIT %(most)s
"""


@dataclass(frozen=True)
class Name:
    """Somebody's name that is spelt like a part of what was typed, or has it as a word."""

    role: str
    public_id: str
    name: str
    is_exact: bool


@dataclass(frozen=True)
class Search:
    """What was typed, understood. `query` is empty where there is nothing to look for."""

    typed: str
    parts: list[Part]
    query: str
    shown: str
    """The query for what is marked in a text."""

    @property
    def wanted(self) -> list[Part]:
        """The words and phrases that are looked for."""
        return [part for part in self.parts if not part.is_unwanted]

    @property
    def unwanted(self) -> list[Part]:
        """The words and phrases that must not be there."""
        return [part for part in self.parts if part.is_unwanted]

    def matching(self, claims: PublicClaimQuerySet) -> PublicClaimQuerySet:
        """Those of the claims that have all that is looked for."""
        if not self.query:
            return claims.none()
        return claims.filter(Holds(F("words"), Terms(Value(self.query))))

    def ranked(self, matching: PublicClaimQuerySet) -> PublicClaimQuerySet:
        """The newest of the claims that match, best first."""
        if not self.query:
            return matching
        newest = matching.using(None).order_by("-from_seq").values("from_seq")[:MOST_RANKED]
        rank = SearchRank(F("words"), Terms(Value(self.query)))
        ranked = matching.model.objects.using(matching.db).filter(from_seq__in=newest)
        return ranked.order_by(rank.desc(), "-from_seq")

    def columns(self) -> dict[str, models.Expression]:
        """What to read with each claim for `marked`: its text and original words as found."""
        query = Terms(Value(self.shown))
        return {
            "text_found": Headline(F("text"), query, whole=True),
            # Where nothing was found, nothing is to be shown.
            "original_found": Headline(F("original_words"), query, whole=False),
        }

    def near_names(self) -> list[Name]:
        """Who is called so or nearly so; one query, or none."""
        typed = [part.typed for part in self.wanted if len(part.typed) >= SHORTEST_COMPARED]
        if not typed:
            return []
        with connections["public"].cursor() as cursor:
            compared = typed[:MAX_PARTS_COMPARED]
            cursor.execute(NEAR, {"typed": compared, "nearest": NEAREST, "most": MAX_NEAR_NAMES})
            rows = cursor.fetchall()
        return [Name(role, public_id, name, near == 1) for role, public_id, name, near in rows]


class Headline(models.Func):
    """A text with what was found between two marks: all of it, or the piece around."""

    function = "ts_headline"
    output_field = models.TextField()

    def __init__(self, text: F, query: Terms, *, whole: bool) -> None:
        how = "HighlightAll=true" if whole else "MaxFragments=1,MinWords=12,MaxWords=30"
        options = f'{how},StartSel="{OPENS}",StopSel="{CLOSES}"'
        super().__init__(Value(CONFIGURATION), text, query, Value(options))

    template = "ts_headline(%(expressions)s)"


def searched(typed: str) -> Search:
    """What was typed, with the names that it leads to. Takes any text; one query, or none."""
    parts = parts_of(typed)
    looked_up = list(looked_up_of(parts))
    wanted = [found for found in looked_up if not found.is_unwanted]
    return Search(
        typed=typed,
        parts=[part for part, found in zip(parts, looked_up, strict=True) if found.either],
        query=by_either([found for found in looked_up if found.either])
        if any(found.either for found in wanted)
        else "",
        shown=" | ".join(f"({found.words})" for found in wanted if found.words),
    )


def looked_up_of(parts: list[Part]) -> Iterator[Found]:
    """Each part with what it leads to."""
    if not parts:
        return
    with connections["public"].cursor() as cursor:
        typed = [part.typed for part in parts]
        cursor.execute(LOOKED_UP, {"typed": typed, "most": MAX_NAMES})
        rows = cursor.fetchall()
    for part, (words, facts) in zip(parts, rows, strict=True):
        yield Found(words, tuple(sorted(facts)), part.is_unwanted)


def marked(found: str, text: str | None = None) -> SafeString | str:
    """A headline as HTML, what was found marked. Empty where nothing was; and where `text` is
    given and the headline has lost some of it (PostgreSQL takes what looks like a tag for one).
    """
    if OPENS not in found:
        return ""
    if text is not None and found.replace(OPENS, "").replace(CLOSES, "") != text:
        return ""
    html = escape(found).replace(OPENS, "<mark>").replace(CLOSES, "</mark>")
    return mark_safe(html)
