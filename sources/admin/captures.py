"""Captures: what we hold, with its text, and what in it is page furniture."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest

from factcheck.common.admin import EnteredAdmin, EnteredTabularInline
from factcheck.common.finding import MOST_FOUND, Places, at_address, having_words
from sources.models import Capture, Document, Furniture


def byte_count() -> models.Func:
    """How many bytes a capture has, counted by the database."""
    return models.Func("content", function="length", output_field=models.IntegerField())


class FurnitureInline(EnteredTabularInline):
    """Ranges of the text that belong to the page. A range is taken away or added, not moved."""

    model = Furniture
    fields = ["start", "end", "words"]
    readonly_fields = ["words"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: two people who move the same range would overwrite each other."""
        return False

    @admin.display(description="words")
    def words(self, furniture: Furniture) -> str:
        """The marked words."""
        if furniture.pk is None:
            return "—"
        return furniture.capture.text[furniture.start : furniture.end]


@admin.register(Capture)
class CaptureAdmin(EnteredAdmin):
    """Nothing of a capture is ever edited; only furniture is marked in it."""

    fieldsets = [
        (
            None,
            {
                "fields": [
                    "document",
                    ("status", "captured_at", "supplied_by"),
                    "final_url",
                    ("media_type", "size", "sha256"),
                    ("extractor", "extractor_version"),
                    "held_text",
                ]
            },
        )
    ]
    readonly_fields = [
        "document",
        "status",
        "captured_at",
        "supplied_by",
        "final_url",
        "media_type",
        "size",
        "sha256",
        "extractor",
        "extractor_version",
        "held_text",
    ]
    inlines = [FurnitureInline]
    list_display = ["public_id", "document", "status", "captured_at", "sha256"]
    list_select_related = ["document"]
    list_filter = ["status"]
    search_fields = ["=public_id", "=sha256", "document__title", "=document__public_id"]
    search_help_text = "Words of the document's title, its address, a public id, or a SHA-256."
    ordering = ["-captured_at", "-pk"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Without bytes and text, which are long; a single capture fetches its own."""
        rows = super().get_queryset(request).select_related("document")
        return rows.defer("content", "text").annotate(byte_count=byte_count())

    def found(self, typed: str) -> Places:
        """By the words of the document's title, by addresses, by ids and by the hash."""
        titled = Document.objects.filter(having_words(typed, "title"))[:MOST_FOUND].values("pk")
        there = Document.objects.filter(at_address(typed, "url"))[:MOST_FOUND].values("pk")
        ids = Q(public_id=typed.lower()) | Q(sha256=typed.lower())
        return [
            Capture.objects.filter(document__in=titled).values_list("pk"),
            Capture.objects.filter(document__in=there).values_list("pk"),
            Capture.objects.filter(ids).values_list("pk"),
            Capture.objects.filter(document__public_id=typed.lower()).values_list("pk"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody here: a file is supplied on the page of its document."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may mark furniture; the capture itself stays as it is."""
        user: Any = request.user
        return bool(user.has_perm("sources.add_furniture"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what we hold is evidence."""
        return False

    def save_model(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool
    ) -> None:
        """Nothing: only furniture is saved."""

    @admin.display(description="bytes")
    def size(self, capture: Any) -> str:
        """How long it is."""
        return f"{capture.byte_count:,}"

    @admin.display(description="text")
    def held_text(self, capture: Capture) -> str:
        """The text in which quotes are found."""
        return capture.text
