"""What waits for whom: one query for each answer."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from claims.choices import Stage
from claims.desk_choices import EmbargoState, Priority
from claims.models import Claim, CommentMention, Embargo, Report
from claims.models.report import OPEN_STATES
from factcheck.ledger.choices import STATE_AFTER, PublicState, SubjectKind
from factcheck.ledger.models import Decision, Publication

Claims = QuerySet[Any]

LIVE_KINDS = [kind for kind, state in STATE_AFTER.items() if state == PublicState.LIVE]
# Steps that make the working copy somebody's: it comes back to that person.
MAKING_IT_MINE = ["submit", "revise"]


# What is mine


def drafts(person: User) -> Claims:
    """Drafts that this person is writing, and nobody has returned."""
    return working_on(person).filter(~Q(decision__action="return"))


def returned(person: User) -> Claims:
    """Drafts that came back to this person, who submitted them, with the note."""
    return (
        working_on(person)
        .filter(decision__action="return")
        .annotate(note=F("decision__note"), note_by=F("decision__by__username"))
    )


def working_on(person: User) -> Claims:
    """Drafts that this person submitted or opened for changes last, or entered."""
    taken = Decision.objects.filter(
        subject_kind=SubjectKind.CLAIM,
        subject_id=OuterRef("public_id"),
        action__in=MAKING_IT_MINE,
    ).order_by("-pk")
    return (
        Claim.objects.filter(stage=Stage.DRAFT)
        .annotate(
            kept_by=Coalesce(
                Subquery(taken.values("by_id")[:1]),
                F("created_by_id"),
                output_field=IntegerField(),
            ),
            since=Coalesce(F("decision__at"), F("created_at")),
        )
        .filter(kept_by=person.pk)
        .order_by("since", "pk")
    )


def assigned(person: User) -> Claims:
    """Claims given to this person, whatever their stage: first what is due, then what is urgent."""
    return (
        Claim.objects.filter(assignment__assignee=person)
        .annotate(
            since=F("assignment__assigned_at"),
            rank=Case(
                *(When(assignment__priority=one, then=n) for n, one in enumerate(Priority.values)),
                output_field=IntegerField(),
            ),
        )
        .order_by(F("assignment__due_on").asc(nulls_last=True), "rank", "since", "pk")
    )


def mentioned(person: User) -> Claims:
    """Claims with a comment that names this person, who has not seen it yet."""
    unseen = CommentMention.objects.filter(
        comment__claim=OuterRef("pk"), person=person, seen_at=None
    ).order_by("pk")
    return (
        Claim.objects.filter(Exists(unseen))
        .annotate(
            since=Subquery(unseen.values("comment__created_at")[:1]),
            comment=Subquery(unseen.values("comment_id")[:1]),
            note=Subquery(unseen.values("comment__text")[:1]),
            note_by=Subquery(unseen.values("comment__created_by__username")[:1]),
        )
        .order_by("since", "pk")
    )


# What waits for a second person


def to_approve(person: User) -> Claims:
    """Claims in review that this person did not submit. Whoever changes one takes it out of review,
    so nobody finds a change of their own here.
    """
    return (
        Claim.objects.filter(stage=Stage.IN_REVIEW)
        .exclude(decision__by=person)
        .annotate(since=F("decision__at"))
        .order_by("since", "pk")
    )


def to_publish(person: User) -> Claims:
    """Approved claims that can go out: not those that are suspended or retracted, which have to be
    restored first. `goes_out`: when a claim goes out by itself, if it is under an embargo.
    """
    planned = Embargo.objects.filter(claim=OuterRef("pk"), state=EmbargoState.WAITING)
    return (
        with_newest(Claim.objects.filter(stage=Stage.APPROVED))
        .filter(Q(newest_kind=None) | Q(newest_kind__in=LIVE_KINDS))
        .annotate(since=F("decision__at"), goes_out=Subquery(planned.values("publish_at")[:1]))
        .order_by("since", "pk")
    )


def embargo_failed(person: User) -> Claims:
    """Claims that were to go out at a time and did not, until somebody puts that away."""
    failed = Embargo.objects.filter(claim=OuterRef("pk"), state=EmbargoState.FAILED).order_by("-pk")
    return (
        Claim.objects.filter(Exists(failed))
        .annotate(
            since=Subquery(failed.values("closed_at")[:1]),
            note=Subquery(failed.values("reason")[:1]),
            note_by=Subquery(failed.values("created_by__username")[:1]),
        )
        .order_by("since", "pk")
    )


# What has to be looked at again


def overdue(person: User) -> Claims:
    """Live claims whose day to look again has come."""
    due = Claim.objects.filter(review_by__lte=timezone.localdate())
    return (
        with_newest(due)
        .filter(newest_kind__in=LIVE_KINDS)
        .annotate(since=Cast("review_by", DateTimeField()))
        .order_by("since", "pk")
    )


def with_newest(claims: Claims) -> Claims:
    """The claims with the kind of their newest publication, as the list of claims has it."""
    newest = Publication.objects.filter(
        subject_kind=SubjectKind.CLAIM, subject_id=OuterRef("public_id")
    ).order_by("-version")
    return claims.annotate(
        newest_kind=Subquery(newest.values("kind")[:1], output_field=CharField())
    )


# Readers


def reports(person: User) -> QuerySet[Report]:
    """Readers' reports that nobody has answered or closed; a colleague's stay visible."""
    return (
        Report.objects.filter(state__in=OPEN_STATES)
        .annotate(since=F("received_at"))
        .order_by("since", "pk")
    )
