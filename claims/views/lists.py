"""Lists of claims for readers."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from claims.filters import Asked, asked, asked_by_reader
from claims.models import PublicEvent
from claims.presentation.statuses import Status, attribution, verification
from claims.presentation.words import speaker_name
from claims.views.page import PublicPage, page
from factcheck.common.page_language import here
from sources.models import PublicActor, PublicSource

CHOSEN_IN_FORM = ("attribution_status", "verification_status", "about", "kind")
COLUMNS = ("summary", "published_at")
NAMED = {
    "claimant": ("said by", PublicActor),
    "outlet": ("in the voice of", PublicSource),
    "source": ("read in", PublicSource),
    "event": ("about", PublicEvent),
}
IN_WORDS = {
    "topic": "topic",
    "language": "language",
    "said_on_or_after": "said on or after",
    "said_on_or_before": "said on or before",
    "has_figures": "with figures",
}
FORM_LABELS = {
    "attribution_status": "Did they say it?",
    "verification_status": "Is it so?",
    "about": "About",
    "kind": "Kind",
}


@dataclass(frozen=True)
class Line:
    """One claim in a list: never its words without who said them and both statuses."""

    claim: dict[str, Any]
    who: str
    attribution: Status
    verification: Status
    published_at: Any


class ClaimListPage(PublicPage):
    """All published claims, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of the list, with the filters that a reader chose."""
        question = asked_by_reader(request.GET)
        if question.moved != question.filters:
            # Not for ever: a merge can be undone.
            return HttpResponseRedirect(query_of(question.moved))
        found = question.slice(*COLUMNS)
        context = {
            "lines": [line_of(*row) for row in found.rows],
            "fields": form_fields(question),
            "further": further_filters(question),
            "is_filtered": bool(question.filters),
            "is_continued": question.cursor is not None,
            "next": link(question, found.next),
            "previous": link(question, found.previous),
        }
        return page("claims/list.html", context, request=request)


def newest_lines(count: int) -> list[Line]:
    """The claims that were published last."""
    return [line_of(*row) for row in asked({"page_size": str(count)}).slice(*COLUMNS).rows]


def line_of(summary: str, published_at: Any) -> Line:
    """A row of the projection as a line of the list."""
    claim = orjson.loads(summary)
    return Line(
        claim=claim,
        who=speaker_name(claim["speaker"]),
        attribution=attribution(claim["attribution_status"]),
        verification=verification(claim["verification_status"]),
        published_at=published_at,
    )


def form_fields(question: Asked) -> list[dict[str, Any]]:
    """The selects of the form, each with what is chosen."""
    form = question.filter.form
    return [
        {
            "name": name,
            "label": FORM_LABELS[name],
            "options": [
                (code, str(words).lower()) for code, words in form.fields[name].choices if code
            ],
            "chosen": question.filters.get(name, ""),
        }
        for name in CHOSEN_IN_FORM
    ]


def further_filters(question: Asked) -> list[dict[str, str]]:
    """Filters that came by a link, in words, each with the address of the list without it."""
    further = []
    for name, value in question.filters.items():
        if name in CHOSEN_IN_FORM:
            continue
        if name in NAMED:
            words, model = NAMED[name]
            named = model.objects.using("public").filter(public_id=value).first()  # type: ignore[attr-defined]
            text = f"{words} {named.name if named else value}"
        else:
            text = f"{IN_WORDS[name]}: {value}"
        rest = {key: kept for key, kept in question.filters.items() if key != name}
        further.append({"name": name, "value": value, "text": text, "without": query_of(rest)})
    return further


def link(question: Asked, cursor: str | None) -> str:
    """The query of the same list from another place on; empty where there is none."""
    return query_of({**question.filters, "cursor": cursor}) if cursor else ""


def query_of(parameters: dict[str, str]) -> str:
    """The list's address with these parameters."""
    return here(f"/claims/?{urlencode(parameters)}" if parameters else "/claims/")
