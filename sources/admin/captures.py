"""Captures: what we hold, with its text, and what in it is page furniture."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join

from factcheck.common.admin import EnteredAdmin, EnteredTabularInline
from factcheck.common.finding import MOST_FOUND, Places, at_address, having_words
from factcheck.common.roles import Role, roles_of
from sources.admin.capture_files import capture_changes, capture_file, capture_stamp
from sources.models import Capture, CaptureDeletion, Document, Furniture
from sources.services import is_rested_on

# So many other copies of the document are offered to be compared with.
MOST_OTHERS = 20
WITH_TEXT = Capture.objects.with_words().exclude(text="")


def without_bytes(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Captures without bytes and texts, which are long, but with how many bytes the database
    counts.
    """
    long = ("content", "text", "revisit_of__content", "revisit_of__text")
    count = models.Func("content", function="length", output_field=models.IntegerField())
    return rows.select_related("document", "revisit_of").defer(*long).annotate(byte_count=count)


def status_words(capture: Capture) -> str:
    """What was found, and why it is not the document, or has no text."""
    words = capture.get_status_display()
    if capture.erased_at is not None:
        words = f"{words}; erased on {capture.erased_at:%Y-%m-%d}"
    if capture.revisit_of is not None:
        words = f"{words}, the same as on {moment(capture.revisit_of.captured_at)}"
    return f"{words}. {capture.reason}" if capture.reason else words


def size_words(capture: Any) -> str:
    """How long it is, as counted by the database."""
    return "none any more" if capture.erased_at is not None else f"{capture.byte_count:,}"


def moment(at: datetime.datetime) -> str:
    """When it was, for people."""
    return f"{at:%Y-%m-%d %H:%M}"


class DeletionInline(EnteredTabularInline):
    """The day on which bytes and text are erased. For editors, until then."""

    model = CaptureDeletion
    fields = ["delete_on", "reason"]
    max_num = 1
    can_delete = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors."""
        return may_erase(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors."""
        return may_erase(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors."""
        return may_erase(request, obj) and super().has_delete_permission(request, obj)


def may_erase(request: HttpRequest, capture: Capture | None) -> bool:
    """Whether the person may say when the bytes go, which are still there."""
    is_erased = capture is not None and capture.erased_at is not None
    return Role.EDITOR in roles_of(request.user) and not is_erased


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


ABOUT = (
    "document_link",
    "status_told",
    "captured_at",
    "supplied_by",
    "media_type",
    "size",
    "sha256",
    "read_with",
)
FETCHED = ("asked_url", "led_through", "final_url", "http_status", "tool", "payload_sha256")


@admin.register(Capture)
class CaptureAdmin(EnteredAdmin):
    """Nothing of a capture is ever edited; only furniture is marked in it."""

    fieldsets = [
        (None, {"fields": [*ABOUT, "held_text"]}),
    ]
    readonly_fields = [*ABOUT, *FETCHED, "held_text"]
    inlines = [FurnitureInline, DeletionInline]
    list_display = ["public_id", "document", "status", "captured_at", "sha256"]
    list_select_related = ["document"]
    list_filter = ["status"]
    search_fields = ["=public_id", "=sha256", "document__title", "=document__public_id"]
    search_help_text = "Words of the document's title, its address, a public id, or a SHA-256."
    ordering = ["-captured_at", "-pk"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is known of any copy, and of one that we fetched ourselves."""
        if obj is None or not obj.is_warc:
            return self.fieldsets
        return [
            (None, {"fields": list(ABOUT)}),
            ("How it was fetched", {"fields": list(FETCHED)}),
            ("What it says", {"fields": ["held_text"]}),
        ]

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and those of what is taken home and compared."""
        view = self.admin_site.admin_view
        return [
            path("<str:object_id>/file/", view(capture_file), name="sources_capture_file"),
            path("<str:object_id>/stamp/", view(capture_stamp), name="sources_capture_stamp"),
            path(
                "<str:object_id>/changes/<str:other_id>/",
                view(capture_changes),
                name="sources_capture_changes",
            ),
            *super().get_urls(),
        ]

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """Django's page, with what can be taken home, and what it can be compared with."""
        if obj is not None:
            others = WITH_TEXT.filter(document=obj.document_id).exclude(pk=obj.pk).newest_first()
            has_words = WITH_TEXT.filter(pk=obj.pk).exists()
            context["others"] = others.defer("content", "text")[:MOST_OTHERS] if has_words else []
            context["stamp"] = getattr(obj, "stamp", None)
            deletion = getattr(obj, "deletion", None)
            context["deletion"] = deletion
            context["is_kept"] = (
                deletion is not None and obj.erased_at is None and is_rested_on(obj)
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Without bytes and text, which are long; a single capture fetches its own."""
        return without_bytes(super().get_queryset(request))

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
        """Who may mark furniture, or say when it goes; the capture itself stays as it is."""
        user: Any = request.user
        return bool(user.has_perm("sources.add_furniture"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what we hold is evidence."""
        return False

    def save_model(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool
    ) -> None:
        """Nothing: only what stands beside it is saved."""

    @admin.display(description="document")
    def document_link(self, capture: Capture) -> str:
        """A link to the document."""
        address = reverse("admin:sources_document_change", args=[capture.document_id])
        return format_html('<a href="{}">{}</a>', address, capture.document)

    @admin.display(description="what was found")
    def status_told(self, capture: Capture) -> str:
        """The status, and why it is not the document, or has no text."""
        return status_words(capture)

    @admin.display(description="bytes")
    def size(self, capture: Any) -> str:
        """How long it is."""
        return size_words(capture)

    @admin.display(description="text read with")
    def read_with(self, capture: Capture) -> str:
        """What took the text from the bytes."""
        return f"{capture.extractor}, version {capture.extractor_version}"

    @admin.display(description="led through")
    def led_through(self, capture: Capture) -> str:
        """The addresses that led on."""
        return format_html_join("", "<div>{}</div>", ([url] for url in capture.redirects)) or "—"

    @admin.display(description="text")
    def held_text(self, capture: Capture) -> str:
        """The text in which quotes are found."""
        return capture.text or "—"
