"""The queues by name, with what home says of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet

from claims.queues.behind import changed_behind
from claims.queues.waiting import (
    assigned,
    drafts,
    embargo_failed,
    mentioned,
    overdue,
    returned,
    to_approve,
    to_publish,
)
from factcheck.common.roles import Role

ANYBODY = frozenset(Role)
WORKING = frozenset({Role.REPORTER, Role.CHECKER, Role.EDITOR})


@dataclass(frozen=True)
class Queue:
    """One kind of work that waits. `nothing` is the sentence for who has none of it; `age` says
    what the time since `since` is.
    """

    key: str
    title: str
    nothing: str
    claims: Callable[[User], QuerySet[Any]]
    roles: frozenset[Role]
    age: str = "waiting for {}"


QUEUES: dict[str, Queue] = {
    queue.key: queue
    for queue in (
        Queue(
            key="returned",
            title="Returned to me",
            nothing="Nothing of yours has been returned.",
            claims=returned,
            roles=WORKING,
        ),
        Queue(
            key="approve",
            title="Waiting for my review",
            nothing="Nothing waits for your review. What you submit yourself waits for others.",
            claims=to_approve,
            roles=frozenset({Role.CHECKER, Role.EDITOR}),
        ),
        Queue(
            key="publish",
            title="Approved, to be published",
            nothing="Nothing approved waits to go out.",
            claims=to_publish,
            roles=frozenset({Role.EDITOR}),
        ),
        Queue(
            key="embargo",
            title="Did not go out at their time",
            nothing="Every embargo has gone out at its time, or waits for it.",
            claims=embargo_failed,
            roles=frozenset({Role.EDITOR}),
        ),
        Queue(
            key="assigned",
            title="Assigned to me",
            nothing="Nothing is assigned to you. A claim's page has the form for that.",
            claims=assigned,
            roles=ANYBODY,
        ),
        Queue(
            key="mentioned",
            title="Comments that name me",
            nothing="No comment names you that you have not seen.",
            claims=mentioned,
            roles=ANYBODY,
        ),
        Queue(
            key="drafts",
            title="My drafts",
            nothing="You have no draft.",
            claims=drafts,
            roles=WORKING,
        ),
        Queue(
            key="overdue",
            title="To look at again by now",
            nothing="No live claim's day to look again has come.",
            claims=overdue,
            roles=WORKING,
            age="due for {}",
        ),
        Queue(
            key="changed",
            title="Changed behind what is live",
            nothing="Nothing behind the evidence of a live claim has changed since it went out.",
            claims=changed_behind,
            roles=WORKING,
            age="published {} ago",
        ),
    )
}
