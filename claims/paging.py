"""Pages of a list that go on from a place, never from a number of rows to skip."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Q, QuerySet

from claims.models.public import LAST_SAID, PublicClaimQuerySet
from factcheck.common import cursors
from factcheck.common.errors import InvalidInput

Place = tuple[Any, ...] | None
Read = Callable[[Place, bool, int], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Slice:
    """One page of a list: rows of columns, and the cursors of the pages beside it."""

    rows: list[tuple[Any, ...]]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class Keyset:
    """An order by publication, or by the day of saying before that. Lists of other things name the
    column (`key`, and its type) that tells one row from every other.
    """

    by_day_said: bool = False
    newest_first: bool = True
    key: str = "from_seq"
    key_type: type[int] | type[str] = int

    def slice(
        self,
        claims: QuerySet[Any, Any],
        *columns: str,
        size: int,
        scope: str,
        cursor: str | None = None,
    ) -> Slice:
        """The page from the cursor on, in one query. Raises InvalidInput for a cursor of another
        list than `scope` names.
        """

        def read(place: Place, falling: bool, most: int) -> list[tuple[Any, ...]]:
            rows = claims.annotate(last_said=LAST_SAID) if self.by_day_said else claims
            if place is not None:
                rows = rows.filter(self._beyond(place, falling=falling))
            keys = self._keys
            rows = rows.order_by(*(f"-{key}" if falling else key for key in keys))
            return list(rows.values_list(*keys, *columns)[:most])

        return self.read(read, size=size, scope=scope, cursor=cursor)

    def read(self, read: Read, *, size: int, scope: str, cursor: str | None = None) -> Slice:
        """The same by whatever reads the rows, each with its keys first: those beyond a place, in
        falling order or not, and so many of them at most.
        """
        forwards, place = self._place(cursor, scope)
        # Backwards, the page is read in the other direction, from the same place.
        found = read(place, self.newest_first == forwards, size + 1)
        keys = self._keys
        has_more, found = len(found) > size, found[:size]
        rows = found if forwards else found[::-1]
        if not rows:
            return Slice(rows=[], next=None, previous=None)
        has_next, has_previous = (has_more, place is not None) if forwards else (True, has_more)
        return Slice(
            rows=[row[len(keys) :] for row in rows],
            next=self._cursor("after", rows[-1], scope) if has_next else None,
            previous=self._cursor("before", rows[0], scope) if has_previous else None,
        )

    @property
    def _keys(self) -> tuple[str, ...]:
        return ("last_said", self.key) if self.by_day_said else (self.key,)

    def _place(self, cursor: str | None, scope: str) -> tuple[bool, Place]:
        """Whether to read on or back, and from where."""
        if cursor is None:
            return True, None
        shape = [str, *([str] if self.by_day_said else []), self.key_type]
        direction, *place = cursors.decode(cursor, scope=scope, shape=shape)
        if self.by_day_said:
            try:
                day = datetime.date.fromisoformat(str(place[0]))
            except ValueError:
                raise InvalidInput.at("cursor", "Start again without this cursor.") from None
            return direction == "after", (day, place[1])
        return direction == "after", (place[0],)

    def _beyond(self, place: Sequence[Any], *, falling: bool) -> Q:
        """The rows beyond a place."""
        than = "lt" if falling else "gt"
        if not self.by_day_said:
            return Q(**{f"{self.key}__{than}": place[0]})
        day, seq = place
        # The first condition says nothing new; an index can be read by it.
        return Q(**{f"last_said__{than}e": day}) & (
            Q(**{f"last_said__{than}": day}) | Q(**{f"{self.key}__{than}": seq})
        )

    def _cursor(self, direction: str, row: Sequence[Any], scope: str) -> str:
        place = [str(key) if isinstance(key, datetime.date) else key for key in row]
        return cursors.encode([direction, *place[: len(self._keys)]], scope=scope)


def page_of(
    claims: PublicClaimQuerySet, *columns: str, number: int, size: int
) -> tuple[list[tuple[Any, ...]], bool]:
    """A page by its number, of a list that is bounded by itself; and whether there is another."""
    start = (number - 1) * size
    rows = list(claims.values_list(*columns)[start : start + size + 1])
    return cast(list[tuple[Any, ...]], rows[:size]), len(rows) > size
