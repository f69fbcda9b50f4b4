"""Events, with who has an interest in them and what is counted in them."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from claims import workflow
from claims.models import Event, EventParty, Measure
from factcheck.common.admin import EnteredStackedInline, EnteredTabularInline, date_bounds_row
from factcheck.ledger.choices import SubjectKind
from sources.admin.passages import PassageChoiceMixin
from sources.admin.subjects import StagelessAdmin
from sources.publishing import Kinds


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

    def kinds(self) -> Kinds:
        """Events are published with all that claims know."""
        return workflow.KINDS
