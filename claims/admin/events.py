"""Events, with who has an interest in them and what is counted in them."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from claims import event_workflow
from claims.choices import PlacePrecision
from claims.finding import events_found
from claims.kinds import KINDS
from claims.models import Event, EventParty, Measure
from factcheck.common.admin import (
    Button,
    EnteredStackedInline,
    EnteredTabularInline,
    date_bounds_row,
)
from factcheck.common.finding import Places
from factcheck.common.roles import Role, roles_of
from factcheck.ledger.choices import SubjectKind
from sources.admin.passages import PassageChoiceMixin
from sources.admin.subjects import StagelessAdmin
from sources.publishing import Kinds

RELEASE = Button(
    action="release_place",
    label="Release the exact place",
    sentence="The next publication, by another editor, gives the place as exactly as we have it.",
    note="required",
)


class EventPartyInline(PassageChoiceMixin, EnteredStackedInline):
    """An Actor's interest in the Event."""

    model = EventParty
    verbose_name = "interest in the event"
    verbose_name_plural = "interests in the event"
    fieldsets = [(None, {"fields": [("actor", "interest"), ("party", "stake"), "passage"]})]
    autocomplete_fields = ["actor", "party"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what a row's name needs."""
        return super().get_queryset(request).select_related("actor")


class MeasureInline(EnteredTabularInline):
    """What is counted in the Event."""

    model = Measure
    fields = ["what", "unit", "counting"]


@admin.register(Event)
class EventAdmin(StagelessAdmin):
    """What claims are about."""

    subject_kind = SubjectKind.EVENT
    edits = frozenset({"discard", "release_place"})
    fieldsets = [
        (None, {"fields": ["title", "part_of"]}),
        ("When", {"fields": [date_bounds_row("happened")]}),
        (
            "Where",
            {
                "fields": [
                    ("place", "place_as_printed"),
                    ("latitude", "longitude", "place_precision"),
                ]
            },
        ),
        ("What is known", {"fields": ["summary", "summary_as_of"]}),
    ]
    autocomplete_fields = ["part_of"]
    inlines = [EventPartyInline, MeasureInline]
    list_display = [
        "title",
        "happened_not_before",
        "happened_not_after",
        "place",
        "public_state",
        "public_id",
    ]
    search_fields = ["title", "place", "=public_id"]
    search_help_text = "Words of the title or the place, or a public id."

    def found(self, typed: str) -> Places:
        """By the words of title and place, by the id."""
        return events_found(typed)

    def choice_label(self, event: Event) -> str:
        """The title, and what tells events of the same title apart."""
        happened = event.happened
        day = happened.not_before or happened.not_after
        when = day.isoformat() if day else ""
        return " · ".join(filter(None, [event.title, when, event.place, event.public_id]))

    def kinds(self) -> Kinds:
        """Events are published with all that claims know."""
        return KINDS

    def steps_of(self, obj: Any, *, by: Any) -> tuple[list[Button], list[tuple[str, str]]]:
        """The steps of every subject, and one of events alone."""
        buttons, barred = super().steps_of(obj, by=by)
        may_release = obj.place_precision == PlacePrecision.EXACT and not obj.place_released
        release = [RELEASE] if may_release and Role.EDITOR in roles_of(by) else []
        return [*buttons, *release], barred

    def take(self, action: str, obj: Any, *, by: Any, note: str) -> None:
        """Take it."""
        if action == RELEASE.action:
            event_workflow.release_place(obj, by=by, note=note)
        else:
            super().take(action, obj, by=by, note=note)
