"""What a program asks the list of claims, checked as a whole."""

import datetime
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import F, Value
from django.http import QueryDict
from django.utils import timezone

from claims.api.filters import OF_TODAY, PastFilter, ProgramFilter
from claims.api.parameters import PAGING, given_in, one_of, page_size_of
from claims.as_of import PARAMETER as AS_OF
from claims.as_of import as_of
from claims.filters import Day, asked
from claims.listing import MAX_QUERY
from claims.models import PublicClaim
from claims.models.public import PublicClaimQuerySet
from claims.paging import Keyset, Slice
from claims.public_search import searched
from factcheck.common.errors import FieldError, InvalidInput
from factcheck.common.text import clean_line

A_YEAR = datetime.timedelta(days=366)
ORDERINGS = ("-published", "published", "-said", "said")
FILTERS = tuple(ProgramFilter.base_filters)
PARAMETERS = ("q", *FILTERS, AS_OF, "ordering", *PAGING)


@dataclass(frozen=True)
class Question:
    """A program's question to the list of claims. `given` are its filters, words and past day."""

    claims: PublicClaimQuerySet
    given: dict[str, str]
    ordering: str
    page_size: int
    cursor: str | None

    @property
    def keyset(self) -> Keyset:
        """The order that is asked for."""
        return Keyset(self.ordering.endswith("said"), newest_first=self.ordering[0] == "-")

    @property
    def is_found_by_days(self) -> bool:
        """Whether the days of saying that are asked for are a year at most, or lie at the far end
        of the list. The clock decides how it is looked for, and not what is found.
        """
        if AS_OF in self.given:
            return False
        first, last = self.day("said_on_or_after"), self.day("said_on_or_before")
        if first and last:
            return last - first <= A_YEAR
        a_year_ago = timezone.now().date() - A_YEAR
        if self.ordering[0] == "-":
            return last is not None and last < a_year_ago
        return first is not None and first > a_year_ago

    def day(self, name: str) -> Day:
        """The day that a parameter gives."""
        given = self.given.get(name)
        return datetime.date.fromisoformat(given.strip()) if given else None

    @property
    def scope(self) -> str:
        """The list with its order and filters, for which alone a cursor is good."""
        return f"claims {self.ordering} {urlencode(sorted(self.given.items()))}"

    def slice(self, *columns: str) -> Slice:
        """The page asked for, in one query. Raises InvalidInput for a cursor of another list."""
        claims, keyset = self.claims, self.keyset
        if self.is_found_by_days and not keyset.by_day_said:
            # What was said then came out then, mostly: the claims are not spread over the order of
            # publication, as PostgreSQL takes for granted, so they are to be found by their days.
            claims = claims.annotate(place=F("from_seq") + Value(0))
            keyset = replace(keyset, key="place")
        return keyset.slice(
            claims, *columns, size=self.page_size, scope=self.scope, cursor=self.cursor
        )


def asked_by_program(query: QueryDict) -> Question:
    """What the API was asked for, strictly. Words are answered with what matches, in the order that
    is asked for as always: what matches best is told by the address for matching.

    Raises InvalidInput that names every parameter at fault.
    """
    given = given_in(query, PARAMETERS)
    ordering = one_of(given, "ordering", ORDERINGS)
    page_size = page_size_of(given)
    past = as_of(query)
    if past:
        check_past(given, ordering)
    claims = PublicClaim.objects.using("public")
    standing = claims.as_of(past.seq()) if past else claims.current()
    found = standing
    if filters := given.keys() & set(FILTERS):
        by = (PastFilter if past else ProgramFilter).of(*filters)
        found = asked(given, claims=standing, by=by).claims
    if "q" in given:
        found = searched(clean_line(given["q"], name="q", max_length=MAX_QUERY)).matching(found)
    asked_for = {name: value for name, value in given.items() if name not in (*PAGING, "ordering")}
    return Question(found, asked_for, ordering, page_size, given.get("cursor"))


def check_past(given: dict[str, str], ordering: str) -> None:
    """Raise InvalidInput for what only the list of today can be asked for."""
    errors = [
        FieldError(
            name,
            f"Only the claims that stand now can be asked by {name}, not those of a past day."
            f" Leave out {name}, or leave out {AS_OF}.",
        )
        for name in OF_TODAY
        if name in given
    ]
    if ordering.endswith("said"):
        errors.append(
            FieldError(
                "ordering",
                "The list as of a past day is in the order of publication. Leave out ordering,"
                f" or leave out {AS_OF}.",
            )
        )
    if errors:
        raise InvalidInput(f"{errors[0].pointer}: {errors[0].message}", errors)
