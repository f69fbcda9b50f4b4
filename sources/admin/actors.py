"""Actors, with their names, roles and who controls them."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from factcheck.common.admin import EnteredStackedInline, EnteredTabularInline
from factcheck.common.finding import Places
from factcheck.ledger.choices import SubjectKind
from sources.admin.passages import PassageChoiceMixin
from sources.admin.subjects import StagelessAdmin
from sources.finding import actors_found, actors_nearly_found
from sources.models import Actor, ActorName, ActorRole, Control


class ActorNameInline(EnteredTabularInline):
    """Further names and spellings."""

    model = ActorName
    verbose_name = "further name"
    fields = ["name", "language", "form"]


class ActorRoleInline(PassageChoiceMixin, EnteredStackedInline):
    """Roles, dated as far as established."""

    model = ActorRole
    fk_name = "actor"
    verbose_name = "role"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title", "as_printed"),
                    "body",
                    ("held_from", "held_until"),
                    "passage",
                ]
            },
        )
    ]
    autocomplete_fields = ["body"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what a row's name needs."""
        return super().get_queryset(request).select_related("actor", "body")


class ControlInline(PassageChoiceMixin, EnteredStackedInline):
    """Who controls the Actor."""

    model = Control
    fk_name = "actor"
    verbose_name = "control by a parent"
    verbose_name_plural = "controls by a parent"
    fieldsets = [(None, {"fields": ["parent", ("held_from", "held_until"), "passage"]})]
    autocomplete_fields = ["parent"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what a row's name needs."""
        return super().get_queryset(request).select_related("actor", "parent")


@admin.register(Actor)
class ActorAdmin(StagelessAdmin):
    """Who speaks or publishes."""

    subject_kind = SubjectKind.ACTOR
    fieldsets = [
        (
            None,
            {"fields": ["kind", "name", "description", "is_private", "wikidata_id"]},
        ),
    ]
    inlines = [ActorNameInline, ActorRoleInline, ControlInline]
    list_display = ["name", "kind", "is_private", "public_state", "public_id"]
    list_filter = ["kind", "is_private"]
    search_fields = ["name", "names__name", "=public_id", "=wikidata_id"]
    search_help_text = "Words of a name in any spelling, a public id, or a Wikidata id."

    # Finding

    def found(self, typed: str) -> Places:
        """By the words of names, by ids."""
        return actors_found(typed)

    def nearly_found(self, typed: str) -> Places:
        """By names that are spelt nearly so."""
        return actors_nearly_found(typed)

    def choice_label(self, actor: Actor) -> str:
        """The name, and what tells namesakes apart."""
        return " · ".join(
            filter(
                None,
                [actor.name, actor.get_kind_display(), actor.description[:80], actor.public_id],
            )
        )
