"""Webhooks at the desk: for administrators."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from factcheck.common.admin import Button, EnteredForm, StepsAdmin
from factcheck.common.errors import InvalidInput, NotFound
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.partners import posting, webhooks
from factcheck.partners.models import Delivery, Webhook, WebhookSecret

# Where `request.META` has the secret that was just made, on its way to the page that shows it.
SECRET = "factcheck.webhook_secret"
TRY, RENEW, DISABLE, ENABLE = "try", "renew", "disable", "enable"
BUTTONS = {
    TRY: Button(
        action=TRY,
        label="Send a test now",
        sentence="Posts a ping to the address and says what it answers: up to 15 seconds. Save "
        "what you have changed first.",
    ),
    DISABLE: Button(
        action=DISABLE,
        label="Disable",
        sentence="Nothing more is sent. What is published meanwhile waits until it is enabled.",
        note="optional",
        done="Disabled: nothing more is sent.",
        under="Disable, or renew the secret",
    ),
    ENABLE: Button(
        action=ENABLE,
        label="Enable",
        sentence="Goes on where it stopped: everything published meanwhile is sent too, in order.",
        done="Enabled: what waits is sent within seconds, while a worker runs.",
    ),
    RENEW: Button(
        action=RENEW,
        label="New secret",
        sentence="Shown once. For 24 hours notices carry the signatures of both secrets.",
        under="Disable, or renew the secret",
    ),
}


class WebhookForm(EnteredForm):
    """Whom we notify, and of what."""

    subjects = forms.MultipleChoiceField(
        label="About",
        choices=SubjectKind.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=SubjectKind.values,
        help_text=Webhook._meta.get_field("subjects").help_text,
    )
    kinds = forms.MultipleChoiceField(
        label="Whenever we",
        choices=PublicationKind.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=PublicationKind.values,
        help_text=Webhook._meta.get_field("kinds").help_text,
    )

    def clean_url(self) -> str:
        """The address in its one spelling. Whether anybody listens there, the test button tells."""
        try:
            return posting.check_address(self.cleaned_data["url"]).url
        except InvalidInput as error:
            raise error.for_form() from error


@admin.register(Webhook)
class WebhookAdmin(StepsAdmin):
    """Addresses of partners that are notified of what is published."""

    form = WebhookForm
    change_form_template = "admin/partners/webhook_change_form.html"
    fieldsets = [(None, {"fields": ["description", "url", "subjects", "kinds"]})]
    list_display = ["description", "url", "state", "succeeded_at", "waiting"]
    list_select_related = ["progress"]
    # Its service changes the row itself.
    edits = frozenset({DISABLE, ENABLE})

    # The list

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With how many notices wait, in one query."""
        waiting = Delivery.objects.waiting().filter(webhook=models.OuterRef("pk")).order_by()
        count = waiting.values("webhook").annotate(count=models.Count("pk")).values("count")
        annotated = {"waiting_count": Coalesce(models.Subquery(count), 0)}
        return super().get_queryset(request).annotate(**annotated)

    @admin.display(description="state")
    def state(self, webhook: Webhook) -> str:
        """Whether notices arrive, in words."""
        return state_of(webhook)

    @admin.display(description="last taken (UTC)", ordering="progress__succeeded_at")
    def succeeded_at(self, webhook: Webhook) -> Any:
        """When it last took a notice."""
        return webhook.progress.succeeded_at

    @admin.display(description="waiting", ordering="waiting_count")
    def waiting(self, webhook: Any) -> int:
        """How many notices wait in line."""
        return int(webhook.waiting_count)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: one that is of no use is disabled, and its history stays."""
        return False

    # Adding one

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save it; a new one begins at the head of the ledger, and has its first secret."""
        super().save_model(request, obj, form, change)
        if not change:
            obj.refresh_from_db()
            user: Any = request.user
            request.META[SECRET] = webhooks.set_up(obj, by=user)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The page with the secret, which is not shown again."""
        return self.secret_page(request, obj, request.META.pop(SECRET))

    def secret_page(self, request: HttpRequest, obj: Webhook, secret: str) -> HttpResponse:
        """The secret, in the answer to the POST that made it: no address shows it again."""
        context = {
            **self.admin_site.each_context(request),
            "title": "The secret, shown this once",
            "opts": self.opts,
            "original": obj,
            "secret": secret,
            "next": self.change_url(obj),
        }
        return TemplateResponse(request, "admin/partners/webhook_secret.html", context)

    # The buttons

    def steps_of(self, obj: Any, *, by: Any) -> tuple[list[Button], list[tuple[str, str]]]:
        """What can be done with it now."""
        actions = [TRY, DISABLE, RENEW] if obj.is_active else [TRY, ENABLE, RENEW]
        return [BUTTONS[action] for action in actions], []

    def step_view(self, request: HttpRequest, object_id: str, action: str) -> HttpResponseBase:
        """Take a step, by POST alone. Trying it and showing a secret answer in their own way."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj = self.get_object(request, object_id)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        if obj is None:
            raise Http404
        if action == TRY:
            return self.tried(request, obj)
        if action == RENEW:
            user: Any = request.user
            return self.secret_page(request, obj, webhooks.new_secret(obj, by=user))
        return super().step_view(request, object_id, action)

    def take(self, action: str, obj: Any, *, by: Any, note: str) -> None:
        """Hand the step to the service."""
        if action == DISABLE:
            webhooks.disable(obj, why=note, by=by)
        elif action == ENABLE:
            webhooks.enable(obj, by=by)
        else:
            raise NotFound("There is no such step.")

    def tried(self, request: HttpRequest, obj: Webhook) -> HttpResponse:
        """Back to the page, with what came of a ping. No transaction is open meanwhile."""
        outcome = webhooks.try_out(obj)
        level = messages.SUCCESS if outcome.is_taken else messages.ERROR
        messages.add_message(request, level, f"The test: {outcome.sentence}")
        return redirect(self.change_url(obj))

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """How it stands, and where its notices are listed."""
        listed = reverse("admin:partners_delivery_changelist")
        return {
            "state": state_of(obj),
            "progress": obj.progress,
            "waiting": obj.deliveries.waiting().count(),
            "secrets": WebhookSecret.objects.valid().filter(webhook=obj).defer("secret"),
            "notices": f"{listed}?webhook__id__exact={obj.pk}",
        }


def state_of(webhook: Webhook) -> str:
    """Whether notices arrive, in words."""
    progress = webhook.progress
    if webhook.disabled_at is not None:
        return f"Disabled since {webhook.disabled_at:%Y-%m-%d %H:%M} UTC: {webhook.disabled_why}"
    if progress.failed_at is not None:
        return f"Failing, last at {progress.failed_at:%Y-%m-%d %H:%M} UTC"
    return "Works" if progress.succeeded_at is not None else "Nothing was sent yet"
