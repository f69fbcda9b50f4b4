"""Copies that somebody asked for: what waits, what came of each, and when it is tried again."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from factcheck.common.admin import ReadOnlyAdmin
from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import FactcheckError
from sources.capturing import requests
from sources.choices import RequestState
from sources.models import CaptureRequest, Document

STEPS = {"again": requests.try_again, "cancel": requests.cancel}
DONE = {"again": "It is tried as soon as the worker is free.", "cancel": "It is not tried again."}


def may_ask(request: HttpRequest) -> bool:
    """Whether the person may have copies taken: who may change documents."""
    user: Any = request.user
    return bool(user.has_perm("sources.change_document"))


def told_of(wish: CaptureRequest) -> str:
    """In one sentence how far it is, for whoever waits."""
    if wish.state == RequestState.RUNNING:
        return "It is being taken now."
    if wish.state == RequestState.WAITING and not wish.attempts:
        return "It waits for the worker."
    if wish.state == RequestState.WAITING:
        at = timezone.localtime(wish.next_try_at)
        times = "once" if wish.attempts == 1 else f"{wish.attempts} times"
        return f"Tried {times}: {wish.reason} It is tried again at {at:%H:%M} ({at:%Y-%m-%d}, UTC)."
    if wish.state == RequestState.CANCELLED:
        return "Cancelled."
    words = {RequestState.DONE: "Done.", RequestState.FAILED: "Failed."}[RequestState(wish.state)]
    return f"{words} {wish.reason}".strip()


def steps_for(wish: CaptureRequest) -> list[str]:
    """What can be done with it."""
    if wish.state == RequestState.WAITING:
        return ["again", "cancel"] if wish.attempts else ["cancel"]
    return ["again"] if wish.state == RequestState.FAILED else []


@admin.register(CaptureRequest)
class CaptureRequestAdmin(ReadOnlyAdmin):
    """Nothing is entered here: a copy is asked for on the page of its document."""

    fieldsets = [
        (None, {"fields": ["document_link", "url", ("created_by", "created_at")]}),
        (
            "What came of it",
            {"fields": ["state", "told", "attempts", "seen_at", "ended_at", "capture_link"]},
        ),
    ]
    readonly_fields = [
        "document_link",
        "url",
        "created_by",
        "created_at",
        "state",
        "told",
        "attempts",
        "seen_at",
        "ended_at",
        "capture_link",
    ]
    list_display = ["asked_for", "state", "told", "attempts", "created_by", "created_at"]
    list_select_related = ["document", "created_by"]
    list_filter = ["state"]
    ordering = ["-id"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With the documents, and without the bytes and texts of captures."""
        rows = super().get_queryset(request).select_related("document", "created_by", "capture")
        return rows.defer("capture__content", "capture__text")

    @admin.display(description="copy of")
    def asked_for(self, wish: CaptureRequest) -> str:
        """The document."""
        return str(wish.document)

    @admin.display(description="how far it is")
    def told(self, wish: CaptureRequest) -> str:
        """In a sentence."""
        return told_of(wish)

    @admin.display(description="document")
    def document_link(self, wish: CaptureRequest) -> str:
        """A link to the document."""
        address = reverse("admin:sources_document_change", args=[wish.document_id])
        return format_html('<a href="{}">{}</a>', address, wish.document)

    @admin.display(description="capture")
    def capture_link(self, wish: CaptureRequest) -> str:
        """A link to what was kept."""
        if wish.capture is None:
            return "—"
        address = reverse("admin:sources_capture_change", args=[wish.capture_id])
        return format_html('<a href="{}">{}</a>', address, wish.capture.public_id)

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and one for the two buttons."""
        step = path(
            "<path:object_id>/step/<slug:action>/",
            self.admin_site.admin_view(self.step_view),
            name="sources_capturerequest_step",
        )
        return [step, *super().get_urls()]

    def step_view(self, request: HttpRequest, object_id: str, action: str) -> HttpResponseBase:
        """Try it again now, or not any more. POST alone; back to the document where asked there."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not may_ask(request):
            raise PermissionDenied
        wish = self.get_object(request, object_id)
        if wish is None or action not in STEPS:
            raise Http404
        try:
            STEPS[action](wish)
        except FactcheckError as error:
            for refusal in sentences_of(error):
                messages.error(request, refusal)
        else:
            messages.success(request, DONE[action])
        if "document" in request.POST:
            return HttpResponseRedirect(
                reverse("admin:sources_document_change", args=[wish.document_id]) + "#copies"
            )
        return HttpResponseRedirect(reverse("admin:sources_capturerequest_change", args=[wish.pk]))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """Django's page, with what can be done."""
        if obj is not None and may_ask(request):
            context["wish"], context["wish_steps"] = obj, steps_for(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)


def copies_panel(document: Document) -> dict[str, Any]:
    """What the page of a document says of its copies: the last wish, and what can be done."""
    wish = document.capture_requests.first()
    return {
        "has_address": bool(document.url),
        "no_address": requests.NO_ADDRESS,
        "wish": wish,
        "told": told_of(wish) if wish else "",
        "steps": steps_for(wish) if wish else [],
        "is_open": wish is not None and wish.is_open,
    }
