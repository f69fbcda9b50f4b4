"""Admins of what has a public record: its public state, its steps, its versions."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest

from factcheck.common.admin import Button, StepsAdmin
from factcheck.common.errors import NotFound, NotReady
from factcheck.ledger import log
from factcheck.ledger.choices import STATE_AFTER, PublicationKind, PublicState, SubjectKind
from factcheck.ledger.models import Decision, Publication
from factcheck.ledger.subjects import Subject
from sources import workflow
from sources.publishing import Kinds

BUTTONS = {
    PublicationKind.PUBLISH: Button(
        "publish", "Publish", "It becomes public as it stands, and stays on record."
    ),
    PublicationKind.UPDATE: Button(
        "update",
        "Publish as an update",
        "The world has changed; the earlier version stays readable.",
        note="required",
        note_is_public=True,
    ),
    PublicationKind.CORRECT: Button(
        "correct",
        "Publish as a correction",
        "We were wrong, and say so; the earlier version stays readable.",
        note="required",
        note_is_public=True,
    ),
}


class SubjectAdmin(StepsAdmin):
    """What goes to the public side by itself. A row that was ever published is never deleted."""

    subject_kind: SubjectKind

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The rows, each with the kind of its newest publication."""
        newest = Publication.objects.filter(
            subject_kind=self.subject_kind, subject_id=OuterRef("public_id")
        ).order_by("-version")
        return (
            super().get_queryset(request).annotate(newest_kind=Subquery(newest.values("kind")[:1]))
        )

    @admin.display(description="public")
    def public_state(self, obj: Any) -> str:
        """What the public sees of it."""
        if obj.pk is None:
            return PublicState.NEVER.label
        kind = obj.newest_kind if hasattr(obj, "newest_kind") else self.newest_kind(obj)
        return (STATE_AFTER[PublicationKind(kind)] if kind else PublicState.NEVER).label

    def newest_kind(self, obj: Any) -> str | None:
        """The kind of the newest publication of one row."""
        newest = log.newest([self.subject(obj)]).get(self.subject(obj))
        return newest.kind if newest else None

    def subject(self, obj: Any) -> Subject:
        """The ledger's name of the row."""
        return Subject(self.subject_kind, obj.public_id)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Django's permission, and the row was never published."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or self.newest_kind(obj) is None

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What is public, and how it came to be."""
        subject = self.subject(obj)
        versions = list(log.versions(subject).defer("record", "entry"))
        decisions = Decision.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
        return {
            "public_state": log.public_state(versions[-1] if versions else None).label,
            "versions": versions[::-1],
            "decisions": list(decisions.select_related("by").order_by("-pk")[:100]),
        }


class StagelessAdmin(SubjectAdmin):
    """An Actor, a Source or an Event: a pending change goes out, or does not."""

    def kinds(self) -> Kinds:
        """The kinds of subject that its publications may mention."""
        return workflow.KINDS

    def buttons(self, obj: Any, *, by: Any) -> list[Button]:
        """The kinds of publication that this person may make of it now."""
        try:
            open_kinds = workflow.open_kinds(obj, by, kinds=self.kinds())
        except NotReady:
            return []
        return [BUTTONS[PublicationKind(kind)] for kind in open_kinds]

    def take(self, action: str, obj: Any, *, by: Any, note: str) -> None:
        """Publish it."""
        if action not in {button.action for button in BUTTONS.values()}:
            raise NotFound("There is no such step.")
        workflow.send_subject(obj, PublicationKind(action), kinds=self.kinds(), by=by, note=note)

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What is public, and whether the row differs from it."""
        panel = super().panel(request, obj)
        try:
            panel["pending"] = workflow.pending_change(obj, kinds=self.kinds())
        except NotReady as error:
            panel |= {"pending": True, "not_ready": [error.message, *error.reasons]}
        return panel
