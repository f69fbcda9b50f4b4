"""What a list of claims can be asked for: filters, order, and the place to go on from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django_filters import (  # type: ignore[import-untyped]
    CharFilter,
    ChoiceFilter,
    DateFilter,
    FilterSet,
)

from claims.choices import About, AttributionStatus, ClaimKind, VerificationStatus
from claims.models import PublicCitation, PublicClaim, PublicTopic
from claims.models.public import PublicClaimQuerySet
from claims.paging import Keyset, Slice
from factcheck.common.errors import FieldError, InvalidInput
from factcheck.common.languages import LANGUAGES
from factcheck.common.numbers import IsoDateField, parse_int
from factcheck.common.text import excerpt, validate_line
from factcheck.ledger.choices import SubjectKind
from sources.models import PublicSuccessor

PUBLIC_ID = r"[0-9a-hjkmnp-tv-z]{10}"
PAGE_SIZE = 20
MAX_PAGE_SIZE = 100
NEWEST_FIRST, OLDEST_FIRST = "-published", "published"
ORDERINGS = (NEWEST_FIRST, OLDEST_FIRST)


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
        ids = merged_ids(self.subject_kind, value) if value else value
        return cast(PublicClaimQuerySet, super().filter(claims, ids))


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
    said_on_or_after = DayFilter(method="said_from")
    said_on_or_before = DayFilter(method="said_until")
    has_figures = one_of([("true", "yes"), ("false", "no")], method="with_figures")

    class Meta:
        model = PublicClaim
        fields: ClassVar[list[str]] = []

    def cited_from(self, claims: PublicClaimQuerySet, name: str, value: str) -> PublicClaimQuerySet:
        """Claims that cite a document of the source, under any of its ids."""
        ids = merged_ids(SubjectKind.SOURCE, value)
        cited = PublicCitation.objects.filter(claim_id=OuterRef("claim_id"), source_id__in=ids)
        return claims.filter(Exists(cited))

    def on_topic(self, claims: PublicClaimQuerySet, name: str, value: str) -> PublicClaimQuerySet:
        """Claims on a topic, by its slug in any language, of today or as their record tells it."""
        told = PublicTopic.objects.filter(slugs__contains=[value]).order_by()
        ids = ArraySubquery(told.values("public_id"))
        return claims.filter(Q(topics__contains=[value]) | Q(topic_ids__overlap=ids))

    def said_from(self, claims: PublicClaimQuerySet, name: str, value: Any) -> PublicClaimQuerySet:
        """Claims that may have been said on the day or later."""
        no_end = Q(said_not_after=None, said_not_before__isnull=False)
        return claims.filter(Q(said_not_after__gte=value) | no_end)

    def said_until(self, claims: PublicClaimQuerySet, name: str, value: Any) -> PublicClaimQuerySet:
        """Claims that may have been said on the day or earlier."""
        no_beginning = Q(said_not_before=None, said_not_after__isnull=False)
        return claims.filter(Q(said_not_before__lte=value) | no_beginning)

    def with_figures(
        self, claims: PublicClaimQuerySet, name: str, value: str
    ) -> PublicClaimQuerySet:
        """Claims with figures, or without."""
        return claims.filter(has_figures=value == "true")


SUBJECT_KINDS = {
    "claimant": SubjectKind.ACTOR,
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
PARAMETERS = (*FILTERS, "ordering", "page_size", "cursor")


@dataclass(frozen=True)
class Asked:
    """What somebody asked a list of claims for, checked; `moved` asks for subjects that were merged
    under the ids of what stands for them.
    """

    filter: ClaimFilter
    filters: dict[str, str]
    moved: dict[str, str]
    ordering: str = NEWEST_FIRST
    page_size: int = PAGE_SIZE
    cursor: str | None = None

    @property
    def scope(self) -> str:
        """The list with its order and filters, for which alone a cursor is good."""
        return f"claims {self.ordering} {urlencode(sorted(self.filters.items()))}"

    @property
    def claims(self) -> PublicClaimQuerySet:
        """The claims that pass the filters."""
        return cast(PublicClaimQuerySet, self.filter.qs)

    def slice(self, *columns: str) -> Slice:
        """The page asked for, in one query. Raises InvalidInput for a cursor of another list."""
        return Keyset(newest_first=self.ordering == NEWEST_FIRST).slice(
            self.claims, *columns, size=self.page_size, scope=self.scope, cursor=self.cursor
        )


def asked_by_program(query: QueryDict) -> Asked:
    """What the API was asked for, strictly: each parameter known, given once, and not empty.

    Raises InvalidInput that names every parameter at fault.
    """
    errors = [
        FieldError(excerpt(name), f"There is no such parameter; there are {', '.join(PARAMETERS)}.")
        for name in query
        if name not in PARAMETERS
    ]
    for name in PARAMETERS:
        if len(values := query.getlist(name)) > 1:
            errors.append(FieldError(name, "Give this parameter once."))
        elif values == [""]:
            errors.append(FieldError(name, "Give a value, or leave the parameter out."))
    check(errors)
    return asked({name: str(value) for name, value in query.items()})


def asked(parameters: dict[str, str], *, claims: PublicClaimQuerySet | None = None) -> Asked:
    """The checked question, by default to the claims that stand now. Raises InvalidInput that names
    every parameter at fault.
    """
    if claims is None:
        claims = PublicClaim.objects.using("public").current()
    filters = {name: value for name, value in parameters.items() if name in FILTERS}
    claim_filter = ClaimFilter(filters, claims)
    errors = [
        FieldError(name, message)
        for name, messages in claim_filter.form.errors.items()
        for message in messages
    ]
    ordering = parameters.get("ordering", NEWEST_FIRST)
    if ordering not in ORDERINGS:
        errors.append(FieldError("ordering", f"Choose one of {', '.join(ORDERINGS)}."))
    page_size = PAGE_SIZE
    try:
        page_size = parse_int(
            parameters.get("page_size", str(PAGE_SIZE)),
            name="page_size",
            low=1,
            high=MAX_PAGE_SIZE,
        )
    except InvalidInput as error:
        errors += error.errors
    check(errors)
    now = moved(filters)
    return Asked(
        filter=ClaimFilter(now, claim_filter.queryset),
        filters=filters,
        moved=now,
        ordering=ordering,
        page_size=page_size,
        cursor=parameters.get("cursor"),
    )


def check(errors: Iterable[FieldError]) -> None:
    """Raise InvalidInput for the errors, if there are any."""
    found = list(errors)
    if found:
        raise InvalidInput(f"{found[0].pointer}: {found[0].message}", found)
