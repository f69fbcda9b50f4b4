"""Lists and fields to choose from that stay quick however many rows there are.

Nothing is counted to the end, and no page lies so deep that reaching it reads the table.
"""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.paginator import EmptyPage, Page, Paginator
from django.db import models
from django.http import HttpRequest

from factcheck.common.finding import MOST_FOUND, Places, keys_of

# So many rows are counted and can be reached by turning pages. Who needs more narrows the search.
REACH = 1_000
MAX_TYPED = 200
TOO_MANY = f"More was found than is shown, which is {MOST_FOUND} at least: narrow the search."


class CappedPaginator(Paginator):
    """Counts up to `REACH`, and fetches the keys of a page before its rows."""

    @cached_property
    def counted(self) -> int:
        """The rows, up to one more than can be reached."""
        if isinstance(self.object_list, models.QuerySet):
            return self.object_list.order_by().values("pk")[: REACH + 1].count()
        return len(self.object_list)

    @property
    def is_capped(self) -> bool:
        """Whether there are more rows than can be reached."""
        return self.counted > REACH

    @cached_property
    def count(self) -> int:
        """The rows that can be reached."""
        return min(self.counted, REACH)

    def page(self, number: int | str) -> Page:
        """The page. What a row shows beside its own columns is asked for its rows alone."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        return Page(rows_between(self.object_list, first, last), number, self)


class LookAheadPaginator(Paginator):
    """For fields to choose from: counts nothing, and knows only whether another page follows."""

    has_more = False

    @cached_property
    def count(self) -> int:
        """As many as can be reached, which says nothing on how many there are."""
        return REACH

    def page(self, number: int | str) -> Page:
        """The page, with one row more asked for than it has."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows = list(rows_between(self.object_list, first, first + self.per_page + 1))
        if not rows and number > 1:
            raise EmptyPage("That page has no rows.")
        return LookedAhead(rows[: self.per_page], number, self, len(rows) > self.per_page)


class LookedAhead(Page):
    """A page that knows whether another follows."""

    def __init__(
        self, rows: list[Any], number: int, paginator: LookAheadPaginator, has_more: bool
    ) -> None:
        super().__init__(rows, number, paginator)
        self.has_more = has_more

    def has_next(self) -> bool:
        """Whether there was one row more."""
        return self.has_more and self.number < self.paginator.num_pages


def rows_between(rows: Any, first: int, last: int) -> Any:
    """The rows from `first` to before `last`, in order; keys first, or each row that is passed over
    would be asked for all it shows.
    """
    if first == 0 or not isinstance(rows, models.QuerySet):
        return rows[first:last]
    keys = list(rows.values_list("pk", flat=True)[first:last])
    return rows.filter(pk__in=keys)


class QuickListMixin:
    """For a ModelAdmin: its paginators, and a search that finds keys before it fetches rows."""

    def get_paginator(
        self,
        request: HttpRequest,
        queryset: Any,
        per_page: int,
        orphans: int = 0,
        allow_empty_first_page: bool = True,
    ) -> Paginator:
        """The list's paginator, or that of a field to choose from."""
        paginator = LookAheadPaginator if is_choosing(request) else CappedPaginator
        return paginator(queryset, per_page, orphans, allow_empty_first_page)

    def found(self, typed: str) -> Places:
        """Where to look for what was typed: querysets of one column, the keys of rows."""
        return []

    def nearly_found(self, typed: str) -> Places:
        """Where to look next, if nothing is found: what is spelt nearly so."""
        return []

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """The rows found, `MOST_FOUND` of each place where something is looked for at most."""
        typed = search_term[:MAX_TYPED].strip()
        places = self.found(typed)
        if not places:
            return super().get_search_results(request, queryset, typed)  # type: ignore[misc]
        if not typed:
            return queryset, False
        keys = keys_of(places) or keys_of(self.nearly_found(typed))
        if len(keys) >= MOST_FOUND and not is_choosing(request):
            messages.info(request, TOO_MANY)
        return queryset.filter(pk__in=keys), False


def is_choosing(request: HttpRequest) -> bool:
    """Whether a field to choose from asks, and not a list."""
    match = request.resolver_match
    return match is not None and match.url_name in ("autocomplete", "sources_passage_words")


class DeskAutocompleteView(AutocompleteJsonView):
    """Django's view; an admin may say in `choice_label` what tells namesakes apart."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """The key and the label."""
        label = getattr(self.model_admin, "choice_label", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}
