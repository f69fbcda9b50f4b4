"""Plain questions to the list of claims: the page and the ledger's head by one statement, so that
they are of one moment.

What the statement asks for is what Django makes of the filters; nothing here says it once more.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from claims.api.parameters import PAGING
from claims.api.questions import Question
from claims.paging import Keyset, Place, Slice
from factcheck.ledger.prepared import rows

# Filters that ask for a column's value. What others ask for may stand in other tables, or depend on
# the clock.
FILTERS = frozenset(
    {
        "about",
        "attribution_status",
        "has_figures",
        "kind",
        "language",
        "min_origins",
        "verification_status",
    }
)
PARAMETERS = FILTERS | {"ordering", *PAGING}

PLACE = itemgetter(0)
PAGE = """
SELECT head.seq, claim.from_seq, claim.summary
FROM ledger_head AS head LEFT JOIN LATERAL (
    SELECT from_seq, summary FROM ({claims}) AS found
    {beyond} ORDER BY from_seq {way} LIMIT {most:d}
) AS claim ON true
"""


def is_plain(names: AbstractSet[str], ordering: str) -> bool:
    """Whether a question with these parameters is a plain one."""
    return names <= PARAMETERS and not ordering.endswith("said")


@dataclass(frozen=True)
class Plan:
    """A plain question, and the statement that finds its claims, wherever a page begins."""

    keyset: Keyset
    scope: str
    size: int
    claims: str
    values: tuple[Any, ...]

    @classmethod
    def of(cls, question: Question) -> "Plan":
        """How the question is answered."""
        found = question.claims.order_by().values_list("from_seq", "summary")
        sql, values = found.query.get_compiler("public").as_sql()
        return cls(question.keyset, question.scope, question.page_size, sql, tuple(values))

    def page(self, cursor: str | None) -> tuple[Slice, int]:
        """The page from the cursor on, and the ledger's head. Raises InvalidInput for a cursor of
        another list.
        """
        head = 0

        def read(place: Place, falling: bool, most: int) -> list[tuple[Any, ...]]:
            nonlocal head
            sign, way = ("<", "DESC") if falling else (">", "ASC")
            beyond = f"WHERE from_seq {sign} %s" if place else ""
            sql = PAGE.format(claims=self.claims, beyond=beyond, way=way, most=most)
            found = rows(sql, [*self.values, *(place or ())])
            head = found[0][0]
            claims = [row[1:] for row in found if row[1] is not None]
            # They come so already, which SQL does not promise.
            claims.sort(key=PLACE, reverse=falling)
            return claims

        page = self.keyset.read(read, size=self.size, scope=self.scope, cursor=cursor)
        return page, head
