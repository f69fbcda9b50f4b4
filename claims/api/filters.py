"""What programs can ask the list of claims for beside what readers can."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import (
    DateRange,
)
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django_filters import CharFilter, NumberFilter

from claims.filters import (
    ClaimFilter,
    Day,
    DayFilter,
    PublicIdFilter,
    SubjectFilter,
)
from claims.models import PublicCitation
from claims.models.public import DAYS_SAID, PublicClaimQuerySet
from claims.views.past import mentioning
from factcheck.common.errors import InvalidInput
from factcheck.common.finding import AddressKey, Exactly
from factcheck.common.hosts import ascii_host, below, host_key
from factcheck.common.numbers import BoundedIntegerField
from factcheck.common.text import CleanCharField, clean_url
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.models import Publication
from sources.models import PublicControl

MOST_ORIGINS = 1_000
MOST_CONTROLLED = 1_000
MAX_URL = 2_000
# What these name is told of what stands today alone.
OF_TODAY = ("q", "controlled_by", "source", "document", "domain")
# Filters by a subject, and what a record that passes them must mention.
MENTIONED = {
    "claimant": SubjectKind.ACTOR,
    "voiced_by": SubjectKind.ACTOR,
    "outlet": SubjectKind.SOURCE,
    "event": SubjectKind.EVENT,
}


class HostField(forms.CharField):
    """A domain of two labels at least, as `example.org`, in any script; without scheme and path."""

    def to_python(self, value: Any) -> Any:
        """The host in ASCII. Raises ValidationError for what is none."""
        text = super().to_python(value)
        if text in self.empty_values:
            return text
        host = ascii_host(str(text))
        if not host or "." not in host:
            raise ValidationError("Give a domain, such as example.org, without a path.")
        return host


class HostFilter(CharFilter):
    """A filter by a domain."""

    field_class = HostField


class UrlFilter(CharFilter):
    """A filter by a web address."""

    field_class = CleanCharField


class WholeNumberFilter(NumberFilter):
    """A filter by a whole number within bounds."""

    field_class = BoundedIntegerField

    def get_max_validator(self) -> None:
        """None of its own: the field has bounds."""


class ProgramFilter(ClaimFilter):
    """The filters that programs can use, each declared: none can reach another column."""

    voiced_by = SubjectFilter(field_name="voiced_by_id", subject_kind=SubjectKind.ACTOR)
    controlled_by = PublicIdFilter(method="said_under")
    document = UrlFilter(method="citing_address", cleaner=clean_url, max_length=MAX_URL)
    domain = HostFilter(method="citing_host")
    published_on_or_after = DayFilter(method="published_from")
    published_on_or_before = DayFilter(method="published_until")
    first_published_on_or_after = DayFilter(method="first_published_from")
    first_published_on_or_before = DayFilter(method="first_published_until")
    min_origins = WholeNumberFilter(method="with_origins", min_value=1, max_value=MOST_ORIGINS)

    def said_under(self, claims: PublicClaimQuerySet, name: str, value: str) -> PublicClaimQuerySet:
        """Claims of the actor and of all that it controlled, through others as well, when they may
        have been said. Where the days of control are not known, all of them.
        """
        controls = PublicControl.objects.using("public")
        under = controls.under(value, most=MOST_CONTROLLED)
        if len(under) > MOST_CONTROLLED:
            raise InvalidInput.at(
                name,
                f"More than {MOST_CONTROLLED} actors are controlled by this one: ask for those"
                " below it one by one.",
            )
        times: dict[tuple[Day, Day], list[str]] = {}
        for actor_id, held_from, held_until in under:
            times.setdefault((held_from, held_until), []).append(actor_id)
        of_any = Q()
        for (held_from, held_until), ids in times.items():
            theirs = Q(claimant_id__in=sorted(set(ids)))
            if held_from or held_until:
                theirs &= Q(days_said__overlap=DateRange(held_from, held_until, "[]"))
            of_any |= theirs
        return claims.alias(days_said=DAYS_SAID).filter(of_any)

    def with_origins(
        self, claims: PublicClaimQuerySet, name: str, value: int
    ) -> PublicClaimQuerySet:
        """Claims with so many independent origins for them, as their record counts them."""
        # Written out: a plan for any number would not use the index of those that have some.
        return claims.filter(origins__gte=RawSQL(f"{int(value):d}", ()))

    def citing_address(
        self, claims: PublicClaimQuerySet, name: str, value: str
    ) -> PublicClaimQuerySet:
        """Claims that cite a document at the address; see `cited_at`."""
        return claims.filter(Exists(cited_at(value).filter(claim_id=OuterRef("claim_id"))))

    def citing_host(
        self, claims: PublicClaimQuerySet, name: str, value: str
    ) -> PublicClaimQuerySet:
        """Claims that cite a document at the domain or below it."""
        first, behind = below(host_key(value))
        cited = PublicCitation.objects.exclude(host="").filter(host__gte=first, host__lt=behind)
        return claims.filter(Exists(cited.filter(claim_id=OuterRef("claim_id"))))

    def published_from(
        self, claims: PublicClaimQuerySet, name: str, value: datetime.date
    ) -> PublicClaimQuerySet:
        """Versions that were published on the day or later."""
        return claims.filter(from_seq__gt=seq_before(value))

    def published_until(
        self, claims: PublicClaimQuerySet, name: str, value: datetime.date
    ) -> PublicClaimQuerySet:
        """Versions that were published on the day or earlier."""
        return claims.filter(from_seq__lte=seq_before(value + datetime.timedelta(days=1)))

    def first_published_from(
        self, claims: PublicClaimQuerySet, name: str, value: datetime.date
    ) -> PublicClaimQuerySet:
        """Claims that came out on the day or later."""
        return claims.filter(first_published_at__gte=start_of(value))

    def first_published_until(
        self, claims: PublicClaimQuerySet, name: str, value: datetime.date
    ) -> PublicClaimQuerySet:
        """Claims that had come out by the day."""
        behind = start_of(value + datetime.timedelta(days=1))
        return claims.filter(first_published_at__lt=behind)


class PastFilter(ProgramFilter):
    """The same over what stood on a past day, where the indexes of what stands are of no use: what
    names a subject is found by what its record mentions.
    """

    def filter_queryset(self, queryset: PublicClaimQuerySet) -> PublicClaimQuerySet:
        """The versions that pass all filters."""
        versions = super().filter_queryset(queryset)
        for name, kind in MENTIONED.items():
            if self.form.cleaned_data.get(name):
                ids = self.filters[name].ids_of(self.form.cleaned_data[name])
                versions = versions.filter(from_seq__in=mentioning(kind, ids))
        return versions


def cited_at(url: str) -> Any:
    """The citations of documents at an address, as the house compares addresses: letter case,
    scheme, a leading www., fragment and tracking parameters aside.
    """
    key: Any = AddressKey(F("document_url"))
    citations = PublicCitation.objects.exclude(document_url="")
    return citations.filter(Exactly(key, AddressKey(Value(url))))


def seq_before(day: datetime.date) -> Coalesce:
    """The ledger's newest place before the day in UTC: its times never run backwards."""
    before = Publication.objects.filter(published_at__lt=start_of(day))
    newest = before.order_by("-published_at", "-seq").values("seq")[:1]
    return Coalesce(Subquery(newest), Value(0))


def start_of(day: datetime.date) -> datetime.datetime:
    """Where the day begins in UTC."""
    return datetime.datetime.combine(day, datetime.time(), tzinfo=datetime.UTC)
