"""What a reader asks the list of claims for: words, filters, order, a day in the past; and the
address that asks it, always the same for the same question.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.as_of import PARAMETER as AS_OF
from claims.as_of import AsOf, as_of
from claims.choices import VerificationStatus
from claims.filters import FILTERS, PAGE_SIZE, Asked, asked
from claims.models import PublicClaim
from claims.models.public import PublicClaimQuerySet
from claims.paging import Keyset, page_of
from claims.public_search import MOST_RANKED, Search, searched
from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import parse_int
from factcheck.common.text import clean_line

CHECKED, REGISTER = "yes", "no"
RELEVANCE, NEWEST, SAID = "relevance", "newest", "said"
SORTS = (RELEVANCE, NEWEST, SAID)
MAX_QUERY = 500
# Every address has them in this order.
PARAMETERS = ("q", *FILTERS, "checked", "sort", AS_OF, "page", "cursor")
COLUMNS = ("summary", "published_at")


@dataclass(frozen=True)
class Page:
    """Rows of `COLUMNS` and of what was found, and the addresses of the pages beside this one."""

    rows: list[tuple[Any, ...]]
    next: str
    previous: str


@dataclass(frozen=True)
class Question:
    """A reader's question to the list, checked."""

    asked: Asked
    search: Search | None
    parameters: dict[str, str]
    """What the address gives, in its order, nothing empty."""
    as_of: AsOf | None = None
    number: int = 1

    @property
    def filters(self) -> dict[str, str]:
        """The filters that the address gives."""
        return self.asked.filters

    @property
    def checked(self) -> str:
        """Whether only what was checked is asked for, or only the register; else empty."""
        return self.parameters.get("checked", "")

    @property
    def is_register(self) -> bool:
        """Whether all that can be found is recorded and not checked."""
        status = self.filters.get("verification_status")
        return self.checked == REGISTER or status == VerificationStatus.UNCHECKED

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for less than everything."""
        return bool({"q", "checked", *FILTERS} & self.parameters.keys())

    @property
    def is_divided(self) -> bool:
        """Whether what was checked comes first and the register after it."""
        rules_out = {"verification_status", "checked", "sort", AS_OF, "page", "cursor"}
        return not rules_out & self.parameters.keys()

    @property
    def sort(self) -> str:
        """The order, chosen or not."""
        return self.parameters.get("sort") or (RELEVANCE if self.search else NEWEST)

    @property
    def claims(self) -> PublicClaimQuerySet:
        """All claims that are asked for, in no order."""
        claims = self.asked.claims
        if self.checked == CHECKED:
            claims = claims.exclude(verification_status=VerificationStatus.UNCHECKED)
        elif self.checked == REGISTER:
            claims = claims.filter(verification_status=VerificationStatus.UNCHECKED)
        return self.search.matching(claims) if self.search else claims

    def page(self) -> Page:
        """The page asked for, in one query."""
        is_ranked = self.search is not None and self.sort == RELEVANCE
        claims = self.search.ranked(self.claims) if self.search and is_ranked else self.claims
        columns = list(COLUMNS)
        if self.search and self.search.query:
            found = self.search.columns()
            claims = claims.annotate(**found)
            columns += [*found, "original_language"]
        if is_ranked:
            rows, has_more = page_of(claims, *columns, number=self.number, size=PAGE_SIZE)
            return Page(
                rows,
                next=self.on_page(self.number + 1) if has_more else "",
                previous=self.on_page(self.number - 1) if self.number > 1 else "",
            )
        scope = f"list {query_of(self.without('cursor', 'page').parameters)}"
        keyset = Keyset(by_day_said=self.sort == SAID)
        cursor = self.parameters.get("cursor")
        part = keyset.slice(claims, *columns, size=PAGE_SIZE, scope=scope, cursor=cursor)
        return Page(
            part.rows,
            next=self.going_on(part.next) if part.next else "",
            previous=self.going_on(part.previous) if part.previous else "",
        )

    # Addresses

    @property
    def address(self) -> str:
        """The path of the list that answers this, in English."""
        return address_of(self.parameters)

    def with_(self, **changes: str) -> "Question":
        """The same question from its first page on, with other parameters; the empty ones not."""
        given = {**self.parameters, "page": "", "cursor": "", **changes}
        return replace(self, parameters=in_order(given), number=1)

    def without(self, *names: str) -> "Question":
        """The same question from its first page on, without some parameters."""
        return self.with_(**dict.fromkeys(names, ""))

    def on_page(self, number: int) -> str:
        """The address of a page by its number."""
        return self.with_(page=str(number) if number > 1 else "").address

    def going_on(self, cursor: str) -> str:
        """The address of the page from a cursor on."""
        return self.with_(cursor=cursor).address


def address_of(parameters: Mapping[str, str]) -> str:
    """The path of the list with these parameters, in English, in the one order."""
    query = query_of(in_order(parameters))
    return f"/claims/?{query}" if query else "/claims/"


def query_of(parameters: Mapping[str, str]) -> str:
    """The parameters as an address has them."""
    return urlencode(parameters)


def in_order(parameters: Mapping[str, str]) -> dict[str, str]:
    """The parameters that are known and not empty, in the one order."""
    return {name: parameters[name] for name in PARAMETERS if parameters.get(name)}


def asked_by_reader(query: QueryDict) -> Question:
    """What the list page was asked for: empty and foreign parameters are passed over, since forms
    send the former and other sites add the latter. Raises InvalidInput for values that are none,
    and for what cannot be asked together.
    """
    given = in_order({name: str(value).strip() for name, value in query.items()})
    one_of(given, "checked", (CHECKED, REGISTER))
    one_of(given, "sort", SORTS)
    past = as_of(query)
    if past:
        check_past(given)
    number = page_number(given)
    if "q" in given:
        given["q"] = clean_line(given["q"], name="q", max_length=MAX_QUERY)
    elif given.get("sort") == RELEVANCE:
        del given["sort"]  # A form sends what was chosen while there were words.
    claims = PublicClaim.objects.using("public")
    standing = claims.as_of(past.seq()) if past else claims.current()
    filters = asked(
        {name: given[name] for name in (*FILTERS, "cursor") if name in given}, claims=standing
    )
    search = searched(given["q"]) if "q" in given else None
    question = Question(filters, search, given, past, number)
    check_place(question)
    return question


def one_of(given: Mapping[str, str], name: str, values: tuple[str, ...]) -> None:
    """Raise InvalidInput for a value that there is not."""
    if given.get(name) and given[name] not in values:
        raise InvalidInput.at(name, _("Choose one of %(values)s.") % {"values": ", ".join(values)})


def check_past(given: Mapping[str, str]) -> None:
    """Raise InvalidInput for what only the list of today can be asked for."""
    if "q" in given:
        raise InvalidInput.at(
            "q",
            _(
                "Words can be looked for in what stands now, not in the list as of a past day. "
                "Leave out q, or leave out as_of."
            ),
        )
    if "sort" in given:
        raise InvalidInput.at(
            "sort",
            _("The list as of a past day is in the order of publication. Leave out sort."),
        )
    if "source" in given:
        raise InvalidInput.at(
            "source",
            _(
                "Which claims were read in a source is told for today only. "
                "Leave out source, or leave out as_of."
            ),
        )


def page_number(given: Mapping[str, str]) -> int:
    """The number of the page. Raises InvalidInput for none that a ranked list can have."""
    last = -(-MOST_RANKED // PAGE_SIZE)
    return parse_int(given.get("page", "1"), name="page", low=1, high=last)


def check_place(question: Question) -> None:
    """Raise InvalidInput for a place that lists of this order do not have."""
    is_ranked = question.search is not None and question.sort == RELEVANCE
    if is_ranked and "cursor" in question.parameters:
        raise InvalidInput.at(
            "cursor", _("Pages of this list have numbers; start again without the cursor.")
        )
    if not is_ranked and "page" in question.parameters:
        raise InvalidInput.at(
            "page", _("Pages of this list have no numbers; start again without the page.")
        )
