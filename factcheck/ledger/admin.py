"""The ledger, to be read: nothing in it is ever entered, changed or deleted by hand."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from factcheck.common.admin import ReadOnlyAdmin, ReadOnlyTabularInline
from factcheck.ledger.models import Decision, Mention, Publication


class MentionInline(ReadOnlyTabularInline):
    """What a publication mentions."""

    model = Mention
    fields = ["subject_kind", "subject_id"]


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """What went out, place by place."""

    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("seq", "published_at"),
                    ("subject_kind", "subject_id", "version", "kind"),
                    "note",
                    "decision",
                ]
            },
        ),
        ("Bytes", {"fields": ["record_sha256", "record", "entry"]}),
    ]
    inlines = [MentionInline]
    list_display = ["seq", "kind", "subject_kind", "subject_id", "version", "published_at"]
    list_filter = ["kind", "subject_kind"]
    search_fields = ["=subject_id", "=record_sha256"]
    ordering = ["-seq"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The list needs no bytes; one publication fetches its own."""
        return super().get_queryset(request).defer("record", "entry")


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """Who took which step."""

    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("subject_kind", "subject_id"),
                    ("action", "stage_from", "stage_to"),
                    ("by", "at"),
                    "note",
                    "content_hash",
                    "body_sha256",
                    "body",
                ]
            },
        )
    ]
    list_display = ["action", "subject_kind", "subject_id", "stage_from", "stage_to", "by", "at"]
    list_select_related = ["by"]
    list_filter = ["action", "subject_kind"]
    search_fields = ["=subject_id"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The list needs no bytes."""
        return super().get_queryset(request).defer("body")


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    """Which publication names what."""

    fieldsets = [(None, {"fields": ["publication", "subject_kind", "subject_id"]})]
    list_display = ["publication_id", "subject_kind", "subject_id"]
    list_filter = ["subject_kind"]
    search_fields = ["=subject_id"]
    ordering = ["-pk"]
