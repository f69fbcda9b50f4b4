"""Who is signed in where, and ending it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone
from qsessions.models import Session
from ua_parser import parse


@dataclass(frozen=True)
class SignedIn:
    """One session as its person is shown it. `handle` names it without giving it away: the key
    itself is all that somebody needs to be that person.
    """

    handle: str
    device: str
    address: str
    since: datetime
    last_seen: datetime
    is_this_one: bool


def sessions_of(user: User, *, current_key: str | None = None) -> list[SignedIn]:
    """Where the person is signed in, this session first, then the last used."""
    rows = sorted(live(user), key=lambda row: row.updated_at, reverse=True)
    return sorted(
        (
            SignedIn(
                handle=handle_of(row.session_key),
                device=device_in_words(row.user_agent or ""),
                address=row.ip or "unknown",
                since=row.created_at,
                last_seen=row.updated_at,
                is_this_one=row.session_key == current_key,
            )
            for row in rows
        ),
        key=lambda session: not session.is_this_one,
    )


def live(user: User) -> Iterable[Any]:
    """The rows of the person's sessions that have not expired."""
    return Session.objects.filter(user=user, expire_date__gt=timezone.now())


def handle_of(session_key: str) -> str:
    """A name for a session from which nobody learns its key."""
    return hashlib.sha256(f"session {session_key}".encode()).hexdigest()[:32]


def end(user: User, *, handle: str) -> bool:
    """End the person's session of this handle; whether there was one."""
    keys = [row.session_key for row in live(user) if handle_of(row.session_key) == handle]
    return bool(Session.objects.filter(session_key__in=keys).delete()[0])


def end_all(user: User) -> int:
    """End all of the person's sessions; how many."""
    count: int = Session.objects.filter(user=user).delete()[0]
    return count


def end_others(request: HttpRequest) -> int:
    """End all sessions of the person but the one of this request; how many."""
    others = Session.objects.filter(user_id=request.user.pk)
    count: int = others.exclude(session_key=request.session.session_key).delete()[0]
    return count


def device_in_words(user_agent: str) -> str:
    """“Firefox on Windows”: what the browser says of itself, as far as it is known."""
    found = parse(user_agent[:300])
    browser = found.user_agent.family if found.user_agent else "An unknown program"
    system = found.os.family if found.os else "an unknown system"
    return f"{browser} on {system}"
