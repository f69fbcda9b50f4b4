"""Documents, with what we hold of them, and the form that takes a supplied file."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from factcheck.common.admin import IdentifiedAdmin, ReadOnlyTabularInline, date_bounds_row
from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import FactcheckError, NotAllowed
from factcheck.common.finding import Places
from factcheck.common.roles import Role, roles_of
from sources import services
from sources.admin.capture_requests import copies_panel
from sources.admin.captures import WITH_TEXT, moment, size_words, status_words, without_bytes
from sources.admin.merged import MergedRowsMixin
from sources.admin.passages import PassageChoiceMixin
from sources.capturing.requests import ask_for_copy
from sources.capturing.supplying import EMPTY, KINDS, MAX_FILE, TAKEN, TOO_LARGE, supply
from sources.finding import documents_found
from sources.jobs import worker_runs
from sources.models import Capture, Document


class SuppliedCaptureForm(forms.Form):
    """A file that somebody supplies as a capture."""

    file = forms.FileField(
        label="File",
        help_text=f"{TAKEN[0].upper()}{TAKEN[1:]}, at most 25 MB. It is kept for ever as it comes.",
        error_messages={"required": "Choose the file first.", "empty": EMPTY},
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(KINDS)}),
    )


class CaptureInline(ReadOnlyTabularInline):
    """What we hold of the Document."""

    model = Capture
    verbose_name_plural = "captures (what we hold)"
    fields = readonly_fields = ("opened", "found", "captured_at", "size", "hash", "changes")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Without bytes and text, which are long, and with the copy before each."""
        before = WITH_TEXT.filter(
            document=models.OuterRef("document"), captured_at__lt=models.OuterRef("captured_at")
        ).newest_first()
        return without_bytes(super().get_queryset(request)).annotate(
            has_words=models.Exists(WITH_TEXT.filter(pk=models.OuterRef("pk"))),
            earlier=models.Subquery(before.values("pk")[:1]),
            earlier_at=models.Subquery(before.values("captured_at")[:1]),
        )

    @admin.display(description="capture")
    def opened(self, capture: Capture) -> str:
        """A link to the capture and its text."""
        address = reverse("admin:sources_capture_change", args=[capture.pk])
        return format_html('<a href="{}">{}</a>', address, capture.public_id)

    @admin.display(description="what was found")
    def found(self, capture: Capture) -> str:
        """The status, and why it is not the document or has no text."""
        return status_words(capture)

    @admin.display(description="bytes")
    def size(self, capture: Any) -> str:
        """How long it is."""
        return size_words(capture)

    @admin.display(description="SHA-256")
    def hash(self, capture: Capture) -> str:
        """Its beginning; the whole stands on the page of the capture."""
        return format_html('<code title="{}">{}…</code>', capture.sha256, capture.sha256[:12])

    @admin.display(description="changed since")
    def changes(self, capture: Any) -> str:
        """A link to what is different from the copy before it that has a text."""
        if not capture.has_words or capture.earlier is None:
            return "—"
        address = reverse("admin:sources_capture_changes", args=[capture.earlier, capture.pk])
        return format_html('<a href="{}">the copy of {}</a>', address, moment(capture.earlier_at))


@admin.register(Document)
class DocumentAdmin(MergedRowsMixin, PassageChoiceMixin, IdentifiedAdmin):
    """Citable items, held or known by report."""

    change_form_template = "admin/desk/document_merging_change_form.html"
    undoing = "An editor can undo that."
    fieldsets = [
        (None, {"fields": ["kind", "title", "source", "author", "url", "language"]}),
        ("Published", {"fields": [date_bounds_row("published")]}),
        (
            "What it carries",
            {
                "fields": [("hop_of", "hop_manner", "translator")],
                "description": "Only where this whole document translates or republishes another.",
            },
        ),
        (
            "Known by report",
            {
                "fields": ["told_by"],
                "description": "Only where nobody here has seen the document itself.",
            },
        ),
    ]
    autocomplete_fields = ["source", "author", "hop_of"]
    inlines = [CaptureInline]
    list_display = ["title", "kind", "source", "language", "is_held", "public_id"]
    list_select_related = ["source"]
    list_filter = ["kind", "hop_manner"]
    search_fields = ["title", "=public_id", "url", "source__name"]
    search_help_text = "Words of the title, the address or the beginning of it, or a public id."

    # Finding

    def found(self, typed: str) -> Places:
        """By the words of the title, by the address, by the id."""
        return documents_found(typed)

    def choice_label(self, document: Document) -> str:
        """The title, and what tells documents of the same title apart."""
        return f"{document.title} · {document.get_kind_display()} · {document.public_id}"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The documents, each with whether we hold it."""
        held = Capture.objects.held().filter(document=models.OuterRef("pk"))
        return super().get_queryset(request).annotate(held=models.Exists(held))

    @admin.display(description="held", boolean=True)
    def is_held(self, document: Any) -> bool:
        """Whether we hold a capture."""
        return bool(document.held)

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, two for captures, and one that merges."""
        upload = path(
            "<path:object_id>/captures/",
            self.admin_site.admin_view(self.supply_view),
            name="sources_document_supply",
        )
        copy = path(
            "<path:object_id>/copy/",
            self.admin_site.admin_view(self.copy_view),
            name="sources_document_copy",
        )
        merging = path(
            "<path:object_id>/merging/",
            self.admin_site.admin_view(self.merging_view),
            name="sources_document_merging",
        )
        return [upload, copy, merging, *super().get_urls()]

    # Merging

    def merging_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Merge the document into another, or undo that. POST alone; the service asks who may."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        document = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, document):
            raise PermissionDenied
        if document is None:
            raise Http404
        if conflict := self.conflict_of(request, document):
            status, sentence = conflict
            return self.refusal_page(request, document, sentence, status=status)
        by: Any = request.user
        try:
            if document.merged_into_id is not None:
                services.unmerge_document(document, by=by)
            else:
                into = self.successor(request, is_required=True)
                services.merge_document(document, into=into, by=by)
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error
        except (FactcheckError, IntegrityError) as error:
            for refusal in sentences_of(error):
                messages.error(request, refusal)
        else:
            messages.success(request, "Done.")
        return HttpResponseRedirect(self.change_url(document))

    # Captures

    def copy_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Have a copy taken from the document's address. POST alone, for who may edit it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        document = self.get_object(request, unquote(object_id))
        if not self.has_change_permission(request, document):
            raise PermissionDenied
        if document is None:
            raise Http404
        by: Any = request.user
        try:
            ask_for_copy(document, by=by)
        except (FactcheckError, IntegrityError) as error:
            for refusal in sentences_of(error):
                messages.error(request, refusal)
        else:
            messages.success(request, "A copy is being taken: the worker has been told.")
        return HttpResponseRedirect(f"{self.change_url(document)}#copies")

    def supply_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Keep a supplied file as a capture of the document. POST alone, for who may edit it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        document = self.get_object(request, unquote(object_id))
        if not self.has_change_permission(request, document):
            raise PermissionDenied
        if document is None:
            raise Http404
        form = SuppliedCaptureForm(request.POST, request.FILES)
        refusals = keep(document, form, by=request.user)
        for refusal in refusals:
            messages.error(request, refusal)
        if not refusals:
            messages.success(request, "The file is kept as a capture.")
        return HttpResponseRedirect(self.change_url(document))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """Django's page, with the form that takes a file, and what was merged into what."""
        if obj is not None:
            may_merge = Role.EDITOR in roles_of(request.user)
            context["merger"] = {**self.merger(obj), "may_merge": may_merge}
            if self.has_change_permission(request, obj):
                context["supply_form"] = SuppliedCaptureForm()
                context["copies"] = {**copies_panel(obj), "worker_runs": worker_runs()}
        return super().render_change_form(request, context, add, change, form_url, obj)


def keep(document: Document, form: SuppliedCaptureForm, *, by: Any) -> list[str]:
    """Keep the form's file as a capture; the sentences that say why not, if it is refused."""
    if not form.is_valid():
        return [str(message) for messages_ in form.errors.values() for message in messages_]
    file = form.cleaned_data["file"]
    if file.size > MAX_FILE:
        return [TOO_LARGE]  # before it is read into memory
    try:
        supply(document, name=file.name, content=file.read(), by=by)
    except (FactcheckError, IntegrityError) as error:
        return sentences_of(error)
    return []
