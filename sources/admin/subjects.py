"""Admins of what has a public record: its public state, its steps, its versions."""

from typing import Any, ClassVar

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
from sources.admin.merged import MergedRowsMixin
from sources.publishing import Kinds
from sources.workflow.opening import SENDING

WITHHOLDING = {
    "suspend": workflow.suspend,
    "retract": workflow.retract,
    "restore": workflow.restore,
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
        versions = list(
            log.versions(subject).select_related("decision__by").defer("record", "entry")
        )
        decisions = Decision.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
        return {
            "public_state": log.public_state(versions[-1] if versions else None).label,
            "versions": versions[::-1],
            "decisions": list(decisions.select_related("by").order_by("-pk")[:100]),
        }


class StagelessAdmin(MergedRowsMixin, SubjectAdmin):
    """An Actor, a Source or an Event: a pending change goes out, or does not."""

    change_form_template = "admin/desk/stageless_change_form.html"
    opened_columns: ClassVar[dict[str, str]] = {"opened_merged": "merged_into_id"}

    def kinds(self) -> Kinds:
        """The kinds of subject that its publications may mention."""
        return workflow.KINDS

    # The row

    def opened_at(self, obj: Any) -> dict[str, str]:
        """The edit, and what the row was merged into, since a merger is no edit."""
        return {**super().opened_at(obj), "opened_merged": str(obj.merged_into_id or "")}

    @admin.display(description="public")
    def public_state(self, obj: Any) -> str:
        """What the public sees of it, or that another stands for it."""
        return "Merged" if obj.merged_into_id else super().public_state(obj)

    # The steps

    def steps_of(self, obj: Any, *, by: Any) -> tuple[list[Button], list[tuple[str, str]]]:
        """The steps that the workflow opens to this person now, and those it keeps from them."""
        tabled = workflow.tabled_steps(obj, by, kinds=self.kinds())
        has_readers = self.newest_kind(obj) is not None
        buttons = [
            Button(
                action=step.action,
                label=step.button,
                sentence=step.sentence,
                note="required" if step.takes_note else "",
                note_is_public=has_readers,
                successor=step.successor,
                warning=step.warning,
                done=step.done,
            )
            for step, bar in tabled
            if not bar
        ]
        return buttons, [(step.button, bar) for step, bar in tabled if bar]

    def take(self, action: str, obj: Any, *, by: Any, note: str) -> None:
        """Hand a step to the workflow that asks for nothing but a note."""
        if action in SENDING:
            kind = PublicationKind(action)
            workflow.send_subject(obj, kind, kinds=self.kinds(), by=by, note=note)
        elif action == "discard":
            workflow.discard(obj, by=by, kinds=self.kinds())
        elif action in WITHHOLDING:
            WITHHOLDING[action](obj, by=by, note=note, kinds=self.kinds())
        else:
            raise NotFound("There is no such step.")

    def take_posted(self, request: HttpRequest, action: str, obj: Any, *, note: str) -> None:
        """Take the step, with what stands for the row from now on where it asks for that."""
        given: dict[str, Any] = {"by": request.user, "note": note, "kinds": self.kinds()}
        if action == "merge":
            workflow.merge(obj, into=self.successor(request, is_required=True), **given)
        elif action == "redact":
            workflow.redact(obj, successor=self.successor(request, is_required=False), **given)
        else:
            super().take_posted(request, action, obj, note=note)

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What is public, whether the row differs from it, and what stands for it."""
        panel = super().panel(request, obj) | self.merger(obj)
        try:
            panel["pending"] = workflow.pending_change(obj, kinds=self.kinds())
        except NotReady as error:
            panel |= {"pending": True, "not_ready": [error.message, *error.reasons]}
        return panel
