"""Filters of the claim list by what waits for whom, in the same words as home."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from claims.queues import QUEUES


class Waiting(admin.SimpleListFilter):
    """One of the queues of home, for the person who looks at the list."""

    title = "waiting"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The queues by name."""
        return [(queue.key, queue.title.lower()) for queue in QUEUES.values()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those of the claims that wait there."""
        queue = QUEUES.get(self.value() or "")
        if queue is None:
            return queryset
        user: Any = request.user
        return queryset.filter(pk__in=queue.claims(user).values("pk"))


class Assigned(admin.SimpleListFilter):
    """Whose work a claim is, and whether it is late."""

    title = "assignment"
    parameter_name = "assigned"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """To whom, as far as that can be asked without naming people."""
        return [
            ("me", "to me"),
            ("somebody", "to somebody"),
            ("nobody", "to nobody"),
            ("late", "late"),
            ("left", "to somebody who has left"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those of the claims."""
        user: Any = request.user
        conditions: dict[str, dict[str, Any]] = {
            "me": {"assignment__assignee": user},
            "somebody": {"assignment__assignee__isnull": False},
            "nobody": {"assignment__assignee": None},
            "late": {"assignment__due_on__lt": timezone.localdate()},
            "left": {"assignment__assignee__is_active": False},
        }
        return queryset.filter(**conditions.get(self.value() or "", {}))
