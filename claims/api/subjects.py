"""Actors, sources and events for programs."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from claims.api.described import subjects as described
from claims.api.ledgered import LedgerRead, list_response
from claims.api.parameters import PAGING, given_in, one_of, page_size_of
from claims.api.reading import PublicRead, bytes_response, known_hashes
from claims.filters import merged_ids
from claims.models import PublicEvent
from claims.paging import Keyset
from claims.published import is_public_id, newest_told
from factcheck.common.errors import InvalidInput
from factcheck.common.finding import having_words
from factcheck.common.numbers import parse_date
from factcheck.common.text import clean_line
from factcheck.ledger.choices import PublicationKind, SubjectKind
from sources.choices import ActorKind, SourceKind
from sources.models import PublicActor, PublicSource, PublicSuccessor

MAX_NAME = 200
ORDERINGS = ("-published", "published")


class SubjectRecord(PublicRead):
    """The newest record of an actor, a source or an event: the logged bytes."""

    kind: ClassVar[SubjectKind]

    def get(self, request: Request, public_id: str) -> HttpResponse:
        """200 while it is live; 410 with the tombstone after that. What was merged into another
        leads there, with the tombstone's bytes; not for ever, since a merge can be undone.
        """
        told = newest_told(public_id, self.kind, known=known_hashes(request))
        is_merged = told.kind == PublicationKind.MERGE
        status = 200 if told.is_live else 307 if is_merged else 410
        response = bytes_response(request, told.record.encode(), sha256=told.sha256, status=status)
        if is_merged:
            final = PublicSuccessor.objects.using("public").final(self.kind, public_id)
            response["Location"] = request.build_absolute_uri(f"../{final}/")
        return response


@described.actor_record
class ActorRecord(SubjectRecord):
    """Of an actor."""

    kind = SubjectKind.ACTOR


@described.source_record
class SourceRecord(SubjectRecord):
    """Of a source."""

    kind = SubjectKind.SOURCE


@described.event_record
class EventRecord(SubjectRecord):
    """Of an event."""

    kind = SubjectKind.EVENT


class SubjectList(LedgerRead):
    """The live subjects of one kind, by their newest publication. A subclass says what there is,
    and what it can be asked for.
    """

    name: ClassVar[str]
    parameters: ClassVar[tuple[str, ...]]

    def get(self, request: Request) -> HttpResponse:
        """A page of summaries as the projection keeps them, pasted together unread."""
        given = given_in(request.query_params, (*self.parameters, "ordering", *PAGING))
        ordering = one_of(given, "ordering", ORDERINGS)
        asked_for = sorted((name, given[name]) for name in self.parameters if name in given)
        # What was published before there were summaries has one after a rebuild.
        page = Keyset(key="seq", newest_first=ordering[0] == "-").slice(
            self.asked(given).exclude(summary=""),
            "summary",
            size=page_size_of(given),
            scope=f"{self.name} {ordering} {asked_for}",
            cursor=given.get("cursor"),
        )
        return list_response(request, page)

    def asked(self, given: dict[str, str]) -> QuerySet[Any, Any]:
        """The subjects that are asked for."""
        raise NotImplementedError


@described.actor_list
class ActorList(SubjectList):
    """Those who speak, but for private persons, who are in no list. `q` looks in all their names,
    in whatever script.
    """

    name = "claimants"
    parameters = ("q", "kind")

    def asked(self, given: dict[str, str]) -> QuerySet[Any, Any]:
        """The actors that are asked for."""
        actors = PublicActor.objects.using("public").filter(is_private=False)
        return of_kind(named(actors, given, "names"), given, ActorKind)


@described.source_list
class SourceList(SubjectList):
    """Outlets and channels. `operator` is an actor, under any of the ids that it stands for."""

    name = "sources"
    parameters = ("q", "kind", "operator")

    def asked(self, given: dict[str, str]) -> QuerySet[Any, Any]:
        """The sources that are asked for."""
        sources = of_kind(
            named(PublicSource.objects.using("public"), given, "name"), given, SourceKind
        )
        if "operator" in given:
            actor = subject_id(given, "operator")
            sources = sources.filter(operator_id__in=merged_ids(SubjectKind.ACTOR, actor))
        return sources


@described.event_list
class EventList(SubjectList):
    """Happenings that claims are about. Days are bounds, as with claims: an event is kept if it may
    have happened in the time asked for.
    """

    name = "events"
    parameters = ("q", "happened_on_or_after", "happened_on_or_before")

    def asked(self, given: dict[str, str]) -> QuerySet[Any, Any]:
        """The events that are asked for."""
        events = named(PublicEvent.objects.using("public"), given, "name")
        bounds = ("happened_not_before", "happened_not_after")
        for name, (own, other), way in (
            ("happened_on_or_after", bounds[::-1], "gte"),
            ("happened_on_or_before", bounds, "lte"),
        ):
            if name in given:
                day = parse_date(given[name], name=name)
                is_open = Q(**{own: None, f"{other}__isnull": False})
                events = events.filter(Q(**{f"{own}__{way}": day}) | is_open)
        return events


def named(subjects: QuerySet[Any, Any], given: dict[str, str], field: str) -> QuerySet[Any, Any]:
    """Those with all the words of `q` in their names, the last of them maybe only begun."""
    if "q" not in given:
        return subjects.all()
    return subjects.filter(
        having_words(clean_line(given["q"], name="q", max_length=MAX_NAME), field)
    )


def of_kind(
    subjects: QuerySet[Any, Any], given: dict[str, str], kinds: type[ActorKind] | type[SourceKind]
) -> QuerySet[Any, Any]:
    """Those of the kind asked for."""
    if "kind" not in given:
        return subjects
    return subjects.filter(kind=one_of(given, "kind", kinds.values))


def subject_id(given: dict[str, str], name: str) -> str:
    """The id that is asked for. Raises InvalidInput for what is none; what was merged since is
    asked for under the id of what stands for it.
    """
    if not is_public_id(given[name]):
        raise InvalidInput.at(name, "Give an id of ten characters.")
    return PublicSuccessor.objects.using("public").final(SubjectKind.ACTOR, given[name])
