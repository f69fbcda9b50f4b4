"""The filters of the list of claims. None of them lists what there may be thousands of."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from claims.choices import (
    About,
    AttributionStatus,
    ClaimKind,
    Speaker,
    Stage,
    VerificationStatus,
)
from claims.models import Claim, ClaimTopic, Event, Topic
from claims.queues import QUEUES
from claims.rechecks import waiting
from claims.search import with_codes_together, with_facts, with_rows
from factcheck.common.admin.fields import SafeAutocompleteSelect
from factcheck.ledger.choices import PublicState
from sources.models import Actor, Document, Source

# For each of these the independent origins are counted anew.
MOST_COUNTED_ANEW = 100


@dataclass(frozen=True)
class Chip:
    """An active filter in words, and the address of the list without it."""

    label: str
    without: str


class FactFilter(admin.SimpleListFilter):
    """A choice among a few codes, which the finding aid has as a fact."""

    parameter_name: str
    fact = ""
    codes: list[tuple[str, str]] = []

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The codes with their labels."""
        return self.codes

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The claims with the code; none for one that there is not."""
        code = self.value()
        if not code:
            return queryset
        if code not in dict(self.codes):
            return queryset.none()
        own = f"{self.fact}:{code}"
        claims = with_facts(queryset, [own])
        # The last of several: each alone may be of half the claims, and all together of none.
        asked = facts_asked(request)
        is_last = len(asked) > 1 and asked[-1] == own
        return with_codes_together(claims, asked) if is_last else claims


def facts_asked(request: HttpRequest) -> list[str]:
    """What the list is asked to be narrowed by, of all filters by a fact."""
    codes = [(spec.fact, request.GET.get(spec.parameter_name)) for spec in FACTS]
    return [f"{fact}:{code}" for fact, code in codes if code]


def by_fact(
    fact: str, title: str, codes: list[tuple[str, str]], name: str = ""
) -> type[FactFilter]:
    """A filter by one of the claim's codes, under the name that Django would give it."""
    return type(
        f"{fact.capitalize()}Filter",
        (FactFilter,),
        {"fact": fact, "title": title, "codes": codes, "parameter_name": name or f"{fact}__exact"},
    )


FACTS: list[type[FactFilter]] = [
    by_fact("stage", "stage", Stage.choices),
    by_fact("public", "public state", PublicState.choices, "public"),
    by_fact(
        "attribution",
        "attribution status",
        AttributionStatus.choices,
        "attribution_status__exact",
    ),
    by_fact(
        "verification",
        "verification status",
        VerificationStatus.choices,
        "verification_status__exact",
    ),
    by_fact("about", "what it is about", About.choices),
    by_fact("kind", "kind", ClaimKind.choices),
    by_fact("speaker", "whose word it is", Speaker.choices),
]


class LookAgain(admin.SimpleListFilter):
    """Live claims that wait to be looked at again: what home counts of them, and those in work for
    which something counts otherwise by now, which are derived one by one; the
    `MOST_COUNTED_ANEW` newest of these.
    """

    title = "another look"
    parameter_name = "again"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One question."""
        return [("yes", "due, or something changed since")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those of the claims."""
        if self.value() != "yes":
            return queryset
        user: Any = request.user
        known = {
            pk
            for key in ("overdue", "changed")
            for pk in QUEUES[key].claims(user).values_list("pk", flat=True)
        }
        in_work = with_facts(queryset, ["public:live"]).exclude(stage=Stage.SETTLED)
        newest = in_work.exclude(pk__in=known)[:MOST_COUNTED_ANEW]
        return queryset.filter(pk__in=known | {claim.pk for claim, _ in waiting(newest)})


def chosen(model: Any, field: Any, label: str) -> forms.ModelChoiceField:
    """A row to be chosen by typing part of its name."""
    return forms.ModelChoiceField(
        model._default_manager.all(),
        required=False,
        label=label,
        widget=SafeAutocompleteSelect(field, admin.site),
    )


def day(label: str) -> forms.DateField:
    """A day, with the browser's own calendar."""
    return forms.DateField(
        required=False, label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class DetailForm(forms.Form):
    """Filters by rows and days."""

    claimant = chosen(Actor, Claim._meta.get_field("claimant"), "Said by")
    event = chosen(Event, Claim._meta.get_field("event"), "Event")
    topic = chosen(Topic, ClaimTopic._meta.get_field("topic"), "Topic")
    source = chosen(Source, Document._meta.get_field("source"), "Read in")
    entered_by = forms.ModelChoiceField(
        get_user_model()._default_manager.filter(is_staff=True).order_by("username"),
        required=False,
        label="Entered by",
        empty_label="anybody",
    )
    said_from, said_to = day("Said from"), day("Said until")
    changed_from, changed_to = day("Changed from"), day("Changed until")

    def narrowed(self, claims: models.QuerySet[Claim]) -> models.QuerySet[Claim]:
        """The claims that pass; none while something in the form cannot be read."""
        if not self.is_valid():
            return claims.none()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        kinds = {"claimant": "actor", "event": "event", "source": "source"}
        rows = [facts_of(given[name], kind) for name, kind in kinds.items() if name in given]
        rows += [[f"topic:{given['topic'].pk}"]] if "topic" in given else []
        rows += [[f"by:{given['entered_by'].pk}"]] if "entered_by" in given else []
        claims = with_rows(claims, rows)
        return claims.filter(**dict(days_between(given)))


def facts_of(row: Any, kind: str) -> list[str]:
    """The row, and what was merged into it."""
    merged = type(row)._default_manager.filter(Q(merged_into=row) | Q(merged_into__merged_into=row))
    keys = merged.values_list("pk", flat=True)
    return [f"{kind}:{key}" for key in (row.pk, *keys)]


def days_between(given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The conditions on days. Said: the first day on which it can have been."""
    midnight = datetime.time.min.replace(tzinfo=datetime.UTC)
    # Not the midnight after it: the last day of the calendar has none.
    end = datetime.time.max.replace(tzinfo=datetime.UTC)
    if "said_from" in given:
        yield "finding_aid__said_on__gte", given["said_from"]
    if "said_to" in given:
        yield "finding_aid__said_on__lte", given["said_to"]
    if "changed_from" in given:
        yield (
            "finding_aid__changed_at__gte",
            datetime.datetime.combine(given["changed_from"], midnight),
        )
    if "changed_to" in given:
        yield "finding_aid__changed_at__lte", datetime.datetime.combine(given["changed_to"], end)


class DetailFilter(admin.ListFilter):
    """The form, as one of the list's filters."""

    title = "who, what, where, when"
    template = "admin/desk/detail_filter.html"

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any
    ) -> None:
        super().__init__(request, params, model, model_admin)
        given = {name: params.pop(name)[-1] for name in DetailForm.base_fields if name in params}
        self.given = {name: value for name, value in given.items() if value}
        self.form = DetailForm(self.given, auto_id="filter_%s")
        self.others: list[tuple[str, str]] = []

    def has_output(self) -> bool:
        """Always."""
        return True

    def expected_parameters(self) -> list[str | None]:
        """The form's fields."""
        return list(DetailForm.base_fields)

    def choices(self, changelist: Any) -> Iterator[Any]:
        """No links; the form keeps what else the list is narrowed by."""
        names = {*DetailForm.base_fields, "p", "e"}
        self.others = [pair for pair in changelist.params.items() if pair[0] not in names]
        return iter([])

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """The claims that pass the form."""
        return self.form.narrowed(queryset) if self.given else queryset

    def chips(self, changelist: Any) -> Iterator[Chip]:
        """What of the form is filled in."""
        self.form.is_valid()
        for name, typed in self.given.items():
            value = self.form.cleaned_data.get(name) or typed
            label = self.form.fields[name].label
            yield Chip(f"{label}: {value}", changelist.get_query_string({name: None}))


def chips_of(changelist: Any) -> Iterator[Chip]:
    """Every active filter and the search, each with the way to drop it."""
    if changelist.query:
        yield Chip(f"Search: {changelist.query[:60]}", changelist.get_query_string({"q": None}))
    for spec in changelist.filter_specs:
        if isinstance(spec, DetailFilter):
            yield from spec.chips(changelist)
            continue
        everything, *choices = spec.choices(changelist)
        active = [str(choice["display"]) for choice in choices if choice["selected"]]
        if active or spec.used_parameters:
            value = active[0] if active else "unknown"
            title = str(spec.title).split(" (")[0].capitalize()
            yield Chip(f"{title}: {value}", everything["query_string"])
