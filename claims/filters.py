"""What a list of claims can be asked for."""

import datetime
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.core.validators import RegexValidator
from django.db.backends.postgresql.psycopg_any import (
    DateRange,
)
from django.db.models import Exists, OuterRef, Q
from django_filters import (
    CharFilter,
    ChoiceFilter,
    DateFilter,
    FilterSet,
)

from claims.choices import About, AttributionStatus, ClaimKind, VerificationStatus
from claims.models import PublicCitation, PublicClaim, PublicTopic
from claims.models.public import DAYS_SAID, PublicClaimQuerySet
from factcheck.common.errors import FieldError, InvalidInput
from factcheck.common.languages import LANGUAGES
from factcheck.common.numbers import IsoDateField
from factcheck.common.text import validate_line
from factcheck.ledger.choices import SubjectKind
from sources.models import PublicSuccessor

PUBLIC_ID = r"[0-9a-hjkmnp-tv-z]{10}"
PAGE_SIZE = 20
# Topics that are called by one name, each in another language.
MOST_TOPICS = 100
Day = datetime.date | None


class PublicIdField(forms.CharField):
    """Ten characters, as ids of claims, actors, sources and events are."""

    default_validators = [RegexValidator(rf"\A{PUBLIC_ID}\Z", "Give an id of ten characters.")]


class PublicIdFilter(CharFilter):
    """A filter by a public id."""

    field_class = PublicIdField


class SubjectFilter(PublicIdFilter):
    """A filter by an actor, source or event, and by all that was merged into it."""

    def __init__(self, *, subject_kind: SubjectKind, **options: Any) -> None:
        self.subject_kind = subject_kind
        super().__init__(lookup_expr="in", **options)

    def filter(self, claims: PublicClaimQuerySet, value: str) -> PublicClaimQuerySet:
        """Claims whose record names any of these ids."""
        return cast(PublicClaimQuerySet, super().filter(claims, self.ids_of(value)))

    def ids_of(self, value: str) -> list[str]:
        """The ids under which records name the subject; none where nothing is asked."""
        return merged_ids(self.subject_kind, value) if value else []


class DayFilter(DateFilter):
    """A filter by a day, YYYY-MM-DD."""

    field_class = IsoDateField


def one_of(choices: Sequence[tuple[str, Any]], *, error: str = "", **options: Any) -> ChoiceFilter:
    """A filter by a code, which says what there is to choose from and repeats no input."""
    error = error or f"Choose one of {', '.join(code for code, label in choices)}."
    return ChoiceFilter(choices=choices, error_messages={"invalid_choice": error}, **options)


class ClaimFilter(FilterSet):
    """The filters over published claims, each declared: none can reach another column.

    Days of saying are bounds: a claim is kept if it may have been said in the time asked for.
    """

    attribution_status = one_of(AttributionStatus.choices)
    verification_status = one_of(VerificationStatus.choices)
    about = one_of(About.choices)
    kind = one_of(ClaimKind.choices)
    claimant = SubjectFilter(field_name="claimant_id", subject_kind=SubjectKind.ACTOR)
    outlet = SubjectFilter(field_name="outlet_id", subject_kind=SubjectKind.SOURCE)
    source = PublicIdFilter(method="cited_from")
    event = SubjectFilter(field_name="event_id", subject_kind=SubjectKind.EVENT)
    topic = CharFilter(method="on_topic", max_length=100, validators=[validate_line])
    language = one_of(LANGUAGES, error="Give the code of a language, such as uk or fr.")
    said_on_or_after = DayFilter(method="said_together")
    said_on_or_before = DayFilter(method="said_together")
    has_figures = one_of([("true", "yes"), ("false", "no")], method="with_figures")

    class Meta:
        model = PublicClaim
        fields: ClassVar[list[str]] = []

    @classmethod
    def of(cls, *names: str) -> type["ClaimFilter"]:
        """The same with these filters alone: an object of it copies no others."""
        return only(cast(Any, cls), frozenset(names))

    def cited_from(self, claims: PublicClaimQuerySet, name: str, value: str) -> PublicClaimQuerySet:
        """Claims that cite a document of the source, under any of its ids."""
        ids = merged_ids(SubjectKind.SOURCE, value)
        cited = PublicCitation.objects.filter(claim_id=OuterRef("claim_id"), source_id__in=ids)
        return claims.filter(Exists(cited))

    def on_topic(self, claims: PublicClaimQuerySet, name: str, value: str) -> PublicClaimQuerySet:
        """Claims on a topic, by its slug in any language, of today or as their record tells it."""
        told = PublicTopic.objects.using("public").filter(slugs__contains=[value]).order_by()
        # Asked for first: how many claims a topic has, PostgreSQL knows by its id.
        ids = list(told.values_list("public_id", flat=True)[:MOST_TOPICS])
        return claims.filter(Q(topics__contains=[value]) | Q(topic_ids__overlap=ids))

    def said_together(
        self, claims: PublicClaimQuerySet, name: str, value: Any
    ) -> PublicClaimQuerySet:
        """All of them: both days are asked for at once, below."""
        return claims

    def filter_queryset(self, queryset: PublicClaimQuerySet) -> PublicClaimQuerySet:
        """The claims that pass all filters, those by days of saying in one condition."""
        claims = cast(PublicClaimQuerySet, super().filter_queryset(queryset))
        days = self.form.cleaned_data
        return said_between(claims, days.get("said_on_or_after"), days.get("said_on_or_before"))

    def with_figures(
        self, claims: PublicClaimQuerySet, name: str, value: str
    ) -> PublicClaimQuerySet:
        """Claims with figures, or without."""
        return claims.filter(has_figures=value == "true")


@functools.lru_cache(maxsize=256)
def only(filters: Any, names: frozenset[str]) -> type[ClaimFilter]:
    """A class with some of the filters."""
    others = dict.fromkeys(filters.base_filters.keys() - names)
    return cast(type[ClaimFilter], type(filters)(filters.__name__, (filters,), others))


def said_between(claims: PublicClaimQuerySet, first: Day, last: Day) -> PublicClaimQuerySet:
    """Claims that may have been said from the one day to the other, both included; None is open."""
    if first is None and last is None:
        return claims
    # PostgreSQL knows no days that end before they begin; what was said on both has been said.
    is_backwards = first is not None and last is not None and first > last
    asked_for = [(first, None), (None, last)] if is_backwards else [(first, last)]
    found: Any = claims.alias(days_said=DAYS_SAID)
    for days in asked_for:
        found = found.filter(days_said__overlap=DateRange(*days, "[]"))
    return cast(PublicClaimQuerySet, found)


SUBJECT_KINDS = {
    "claimant": SubjectKind.ACTOR,
    "voiced_by": SubjectKind.ACTOR,
    "controlled_by": SubjectKind.ACTOR,
    "outlet": SubjectKind.SOURCE,
    "source": SubjectKind.SOURCE,
    "event": SubjectKind.EVENT,
}


def merged_ids(kind: SubjectKind, public_id: str) -> list[str]:
    """The ids under which records name the subject: its own, and those of what it stands for."""
    return sorted(PublicSuccessor.objects.using("public").standing_for(kind, public_id))


def moved(filters: dict[str, str]) -> dict[str, str]:
    """The filters, with what was merged into another subject asked for under that one's id."""
    successors = PublicSuccessor.objects.using("public")
    return {
        name: successors.final(SUBJECT_KINDS[name], value) if name in SUBJECT_KINDS else value
        for name, value in filters.items()
    }


FILTERS = tuple(ClaimFilter.base_filters)


@dataclass(frozen=True)
class Asked:
    """What somebody asked a list of claims for, checked; `moved` asks for subjects that were merged
    under the ids of what stands for them.
    """

    filter: ClaimFilter
    filters: dict[str, str]
    moved: dict[str, str]

    @property
    def claims(self) -> PublicClaimQuerySet:
        """The claims that pass the filters."""
        return cast(PublicClaimQuerySet, self.filter.qs)


def asked(
    parameters: dict[str, str],
    *,
    claims: PublicClaimQuerySet | None = None,
    by: type[ClaimFilter] = ClaimFilter,
) -> Asked:
    """The checked question, by default to the claims that stand now. Raises InvalidInput that names
    every parameter at fault.
    """
    if claims is None:
        claims = PublicClaim.objects.using("public").current()
    filters = {name: value for name, value in parameters.items() if name in by.base_filters}
    claim_filter = by(filters, claims)
    check(
        FieldError(name, message)
        for name, messages in claim_filter.form.errors.items()
        for message in messages
    )
    now = moved(filters)
    if now != filters:
        claim_filter = by(now, claims)
    return Asked(filter=claim_filter, filters=filters, moved=now)


def check(errors: Iterable[FieldError]) -> None:
    """Raise InvalidInput for the errors, if there are any."""
    found = list(errors)
    if found:
        raise InvalidInput(f"{found[0].pointer}: {found[0].message}", found)
