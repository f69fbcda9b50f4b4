"""Notices at the desk: what was sent to whom, and what came of it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from factcheck.common.admin import ReadOnlyAdmin
from factcheck.common.errors import FactcheckError
from factcheck.ledger.choices import PublicationKind
from factcheck.partners import notices, webhooks
from factcheck.partners.models import Delivery, Webhook


class Taken(admin.SimpleListFilter):
    """Whether the partner has taken it."""

    title = "taken"
    parameter_name = "taken"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Three answers."""
        return [("yes", "taken"), ("no", "waiting"), ("failed", "waiting, failed before")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those of the answer."""
        if self.value() == "yes":
            return queryset.filter(delivered_at__isnull=False)
        if self.value() == "no":
            return queryset.filter(delivered_at=None)
        if self.value() == "failed":
            return queryset.filter(delivered_at=None, attempts__gt=0)
        return queryset


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """What was sent to whom, and what came of it, for thirty days."""

    change_form_template = "admin/partners/delivery_change_form.html"
    fieldsets = [
        (None, {"fields": ["webhook", "about", "message_id"]}),
        (
            "What came of it",
            {"fields": ["state", "attempts", "created_at", "tried_at", "next_at", "outcome"]},
        ),
    ]
    list_display = ["message_id", "webhook", "about", "state", "attempts", "tried_at", "outcome"]
    list_select_related = ["webhook", "publication"]
    list_filter = [Taken, "webhook"]
    ordering = ["-id"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Without what went out: a list needs no records."""
        rows = super().get_queryset(request).select_related("webhook", "publication")
        return rows.defer("publication__record", "publication__entry", "publication__note")

    @admin.display(description="webhook-id")
    def message_id(self, delivery: Delivery) -> str:
        """What the partner knows it by."""
        return notices.message_id(delivery.webhook.public_id, delivery.publication_id)

    @admin.display(description="of")
    def about(self, delivery: Delivery) -> str:
        """What was published."""
        publication = delivery.publication
        happened = notices.HAPPENED[PublicationKind(publication.kind)]
        return f"{publication.subject} {happened}"

    @admin.display(description="state")
    def state(self, delivery: Delivery) -> str:
        """Whether it was taken, in words."""
        if delivery.delivered_at is not None:
            return "Taken"
        if not delivery.webhook.is_active:
            return "Waits until the webhook is enabled"
        return "Failed, is tried again" if delivery.attempts else "Waits"

    def get_urls(self) -> list[URLPattern]:
        """The admin's, and that of the button."""
        again = self.admin_site.admin_view(self.send_again)
        return [
            path("<int:pk>/again/", again, name="partners_delivery_again"),
            *super().get_urls(),
        ]

    def send_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put a notice back in line, by POST alone."""
        if not self.admin_site.get_model_admin(Webhook).has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        delivery = self.get_queryset(request).filter(pk=pk).first()
        if delivery is None:
            raise Http404
        try:
            webhooks.send_again(delivery)
        except FactcheckError as error:
            messages.error(request, error.message)
        else:
            at = timezone.now()
            messages.success(request, f"In line again since {at:%H:%M:%S} UTC.")
        return redirect(reverse("admin:partners_delivery_change", args=[pk]))
