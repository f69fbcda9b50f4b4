"""Lists of claims for readers."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString

from claims.facets import Facets, facets_of
from claims.listing import CHECKED, REGISTER, RELEVANCE, Question, asked_by_reader
from claims.models.public import PublicClaimQuerySet
from claims.presentation.statuses import Status, attribution, verification
from claims.presentation.words import number_words, speaker_name
from claims.public_search import MOST_RANKED, marked
from claims.views.narrowing import chosen, form_fields, groups_of, kept_in_form, name_links
from claims.views.page import PublicPage, page
from factcheck.common.page_language import here


@dataclass(frozen=True)
class Line:
    """One claim in a list: never its words without who said them and both statuses.

    Where something was looked for, `marked` and `original` have what was found between marks.
    """

    claim: dict[str, Any]
    who: str
    attribution: Status
    verification: Status
    published_at: Any
    marked: SafeString | str = ""
    original: SafeString | str = ""
    original_language: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the list under its own heading: what was checked, or the register; or all of it."""

    name: str
    lines: list[Line]
    next: str
    previous: str


class ClaimListPage(PublicPage):
    """All published claims: what was checked first, then the register of what is recorded."""

    knows_past = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of the list, with the words and filters that a reader chose."""
        question = asked_by_reader(request.GET)
        if question.asked.moved != question.filters:
            # Not for ever: a merge can be undone.
            return HttpResponseRedirect(here(question.with_(**question.asked.moved).address))
        sections = sections_of(question)
        context = {
            "question": question,
            "sections": sections,
            "is_empty": not any(section.lines for section in sections),
            "chosen": chosen(question),
            "fields": form_fields(question),
            "kept": list(kept_in_form(question)),
            "now": here(question.without("as_of").address),
            "permalink": here(question.address),
            **found_in_words(question),
            **counts_in_words(question),
        }
        return page("claims/list.html", context, request=request, canonical=question.address)


def sections_of(question: Question) -> list[Section]:
    """The list as it is shown: in two parts, or in one; a query for each."""
    if question.is_divided:
        return [
            section(name, question.with_(checked=checked))
            for name, checked in (("checked", CHECKED), ("register", REGISTER))
        ]
    name = "register" if question.is_register else "checked" if question.checked else ""
    return [section(name, question)]


def section(name: str, question: Question) -> Section:
    """One part of the list."""
    found = question.page()
    return Section(
        name,
        [line_of(*row) for row in found.rows],
        next=here(found.next) if found.next else "",
        previous=here(found.previous) if found.previous else "",
    )


def found_in_words(question: Question) -> dict[str, Any]:
    """How what was typed was understood, and whom it may mean."""
    if question.search is None:
        return {}
    names = question.search.near_names()
    return {
        "search": question.search,
        "named": name_links(question, names, exact=True),
        "nearly_named": name_links(question, names, exact=False),
        "ask": here(f"/answer/?{urlencode({'kind': 'check', 'about': question.search.typed})}"),
        "without_words": here(question.without("q").address),
    }


def counts_in_words(question: Question) -> dict[str, Any]:
    """How many claims there are, and of what kinds. Of a past day nothing is counted."""
    if question.as_of:
        return {}
    facets = facets_of(question.claims)
    return {
        "total": facets.total,
        "total_words": number_words(str(facets.total)),
        "is_capped": facets.is_capped,
        "groups": list(groups_of(question, facets)),
        "most_ranked": MOST_RANKED if is_cut(question, facets) else None,
    }


def is_cut(question: Question, facets: Facets) -> bool:
    """Whether more match than are put in order."""
    is_ranked = question.search is not None and question.sort == RELEVANCE
    return is_ranked and facets.total > MOST_RANKED


def newest_lines(claims: PublicClaimQuerySet, count: int) -> list[Line]:
    """Those of the claims that were published last; one query."""
    newest = claims.order_by("-from_seq").values_list("summary", "published_at")
    return [line_of(*row) for row in newest[:count]]


def line_of(
    summary: str,
    published_at: Any,
    text_found: str = "",
    original_found: str = "",
    original_language: str = "",
) -> Line:
    """A row of the projection as a line of the list."""
    claim = orjson.loads(summary)
    return Line(
        claim=claim,
        who=speaker_name(claim["speaker"]),
        attribution=attribution(claim["attribution_status"]),
        verification=verification(claim["verification_status"]),
        published_at=published_at,
        marked=marked(text_found, claim["text"]),
        original=marked(original_found),
        original_language=original_language,
    )
