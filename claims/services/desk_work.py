"""Giving work to people, and keeping the filters by which they find it."""

import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from claims.desk_choices import Priority
from claims.models import Assignment, Claim, SavedFilter
from claims.models.saved_filter import MAX_QUERY
from claims.services.people import check_works, desk_people
from factcheck.common.dates import validate_day
from factcheck.common.errors import Conflict, InvalidInput, NotAllowed
from factcheck.common.roles import Role, roles_of
from factcheck.common.text import clean_name
from factcheck.ledger.history import acting

# What the list adds to its address by itself: places in it, and windows that it was opened in.
NO_FILTER = ("p", "all", "e", "_facets", "_popup", "_to_field", "_changelist_filters")
MAX_NAME = 80


def assign(
    claim: Claim,
    *,
    to: User | None,
    by: User,
    priority: str = Priority.NORMAL,
    due_on: datetime.date | None = None,
    seen: str | None = None,
) -> Assignment:
    """Give the claim to somebody or to nobody, with a priority and a day. It can stand at any
    stage, and stays there: this is no edit of it.

    `seen` is how it stood, by `standing_of`, when the person was asked; None where nobody was.
    Raises NotAllowed, InvalidInput for somebody who has left the desk or a day nobody can mean,
    Conflict where it stands otherwise by now.
    """
    check_works(by)
    if to is not None and not desk_people().filter(pk=to.pk).exists():
        raise InvalidInput.at(
            "assignee", f"{to} does not work at the desk any more: choose somebody else."
        )
    if priority not in Priority.values:
        raise InvalidInput.at("priority", "Choose one of the priorities.")
    check_day(due_on)
    with transaction.atomic(), acting(by):
        # Two who assign at once wait for each other here; an index alone would refuse the second.
        Claim.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=claim.pk)
        row = Assignment.objects.filter(claim=claim).first()
        if seen is not None and seen != standing_of(row):
            raise Conflict("Somebody else has assigned it meanwhile. Look at it again.")
        row = row or Assignment(claim=claim, created_by=by)
        if row.assignee_id != (to.pk if to else None):
            row.assignee = to
            row.assigned_by, row.assigned_at = (by, timezone.now()) if to else (None, None)
        row.priority, row.due_on = priority, due_on
        row.save()
    return row


def standing_of(row: Assignment | None) -> str:
    """What an assignment says, as a form that shows it sends it back; empty where there is none."""
    return "" if row is None else f"{row.assignee_id or ''}|{row.priority}|{row.due_on or ''}"


def check_day(day: datetime.date | None) -> None:
    """Raise InvalidInput for a day that is a slip of the keyboard."""
    try:
        if day is not None:
            validate_day(day)
    except ValidationError as error:
        raise InvalidInput.at("due_on", str(error.message)) from error


def save_filter(*, name: str, query: str, by: User, is_shared: bool = False) -> SavedFilter:
    """Keep a query of the claim list under a name. Raises NotAllowed, InvalidInput for an empty
    name or query, Conflict for a name that the person has used already.
    """
    check_works(by)
    name = clean_name(name, name="name", max_length=MAX_NAME)
    if not name:
        raise InvalidInput.at("name", "Give the filter a name.")
    query = clean_query(query)
    try:
        with transaction.atomic(), acting(by):
            return SavedFilter.objects.create(
                name=name, query=query, is_shared=is_shared, created_by=by
            )
    except IntegrityError as error:
        raise Conflict(f"You have a filter called “{name}” already: take another name.") from error


def clean_query(query: str) -> str:
    """The query as the list itself would write it, without places in the list."""
    if len(query) > MAX_QUERY:
        raise InvalidInput.at("query", "This filter is too long to be kept.")
    given = QueryDict(query, mutable=True)
    for name in NO_FILTER:
        given.pop(name, None)
    if "\x00" in query or "%00" in query:
        raise InvalidInput.at("query", "This filter has a character that cannot be searched for.")
    cleaned = given.urlencode()
    if not cleaned:
        raise InvalidInput.at("query", "Choose a filter or search for something first.")
    if len(cleaned) > MAX_QUERY:
        raise InvalidInput.at("query", "This filter is too long to be kept.")
    return cleaned


def delete_filter(row: SavedFilter, *, by: User) -> None:
    """Remove a filter of one's own; an editor also one that was shared with everybody."""
    check_works(by)
    is_own = row.created_by_id == by.pk
    if not is_own and not (row.is_shared and Role.EDITOR in roles_of(by)):
        raise NotAllowed("This is somebody else's filter.")
    with transaction.atomic(), acting(by):
        row.delete()
