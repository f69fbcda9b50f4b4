"""The keys of programs: given once, shown once, revoked at once."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from factcheck.common.admin import EnteredAdmin, EnteredForm
from factcheck.common.callers import Scope
from factcheck.common.errors import InvalidInput
from factcheck.partners import keys
from factcheck.partners.models import ApiKey
from factcheck.partners.models.key import is_past

SCOPES: Any = ApiKey._meta.get_field("scopes")


class KeyForm(EnteredForm):
    """A new key. Its text is made when it is saved, and stands here until it was shown."""

    text = ""
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        initial=[Scope.READ],
        label="Good for",
        help_text=SCOPES.help_text,
        widget=forms.CheckboxSelectMultiple(),
    )

    def clean_expires_on(self) -> datetime.date | None:
        """A day that is not over yet."""
        day: datetime.date | None = self.cleaned_data["expires_on"]
        if is_past(day):
            raise InvalidInput.at("expires_on", "Give a day that is not over yet.").for_form()
        return day

    def enter(self, *, by: Any) -> None:
        """Make the key."""
        self.text = keys.issue(self.instance, by=by)


@admin.register(ApiKey)
class ApiKeyAdmin(EnteredAdmin):
    """Who may ask for more than anybody may. A key is never changed: it is revoked, and another is
    given. For administrators.
    """

    form = KeyForm
    change_form_template = "admin/partners/key_change_form.html"
    fieldsets = [(None, {"fields": ["name", "contact", "scopes", "expires_on"]})]
    seen_fieldsets = [
        (None, {"fields": ["begins_with", "state", "name", "contact", "good_for", "expires_on"]}),
        ("Given and revoked", {"fields": [("created_at", "created_by"), "revoked"]}),
    ]
    list_display = ["name", "begins_with", "state", "good_for", "expires_on", "created_by"]
    list_select_related = ["created_by"]
    search_fields = ["name", "contact", "=prefix"]
    actions = None

    @admin.display(description="begins with")
    def begins_with(self, key: ApiKey) -> str:
        """Enough to tell it from others, and no secret."""
        return f"fc_{key.prefix}_…"

    @admin.display(description="good for")
    def good_for(self, key: ApiKey) -> str:
        """Its scopes in words."""
        return "; ".join(Scope(one).label for one in key.scopes)

    @admin.display(description="revoked")
    def revoked(self, key: ApiKey) -> str:
        """When, and by whom."""
        if key.revoked_at is None:
            return "no"
        return f"{key.revoked_at:%Y-%m-%d %H:%M} UTC, by {key.revoked_by}"

    # Who may do what

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is asked for a new key; of one that exists, what there is to see."""
        return self.fieldsets if obj is None else self.seen_fieldsets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: a key that was used stays, revoked."""
        return False

    def may_revoke(self, request: HttpRequest) -> bool:
        """Whether the person may revoke keys."""
        user: Any = request.user
        return bool(user.has_perm("partners.change_apikey"))

    # Giving one

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Make the key, and hand its text to the one page that shows it."""
        super().save_model(request, obj, form, change)
        obj.shown_once = form.text

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The page with the key, in answer to the form: it stands at no address and in no session,
        and no page of the admin is kept by anybody.
        """
        context = {
            **self.admin_site.each_context(request),
            "title": f"The key of {obj.name}",
            "opts": self.opts,
            "key": obj,
            "text": obj.shown_once,
            "good_for": self.good_for(obj),
        }
        return TemplateResponse(request, "admin/partners/key_shown_once.html", context)

    # Revoking one

    def get_urls(self) -> list[URLPattern]:
        """Django's, and the button of the page."""
        revoke = path(
            "<int:pk>/revoke/",
            self.admin_site.admin_view(self.revoke),
            name="partners_apikey_revoke",
        )
        return [revoke, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the button, for who may press it while there is something to revoke. A new key is
        shown, whichever button has saved it.
        """
        key = kwargs.get("obj")
        context["may_revoke"] = key is not None and not key.revoked_at and self.may_revoke(request)
        context["kept_for"] = int(keys.KEPT_FOR)
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Revoke the key, by POST."""
        if request.method != "POST" or not self.may_revoke(request):
            raise PermissionDenied
        key = ApiKey.objects.filter(pk=pk).first()
        if key is None:
            raise Http404
        user: Any = request.user
        if keys.revoke(key, by=user):
            self.log_change(request, key, "Revoked.")
            messages.success(request, f"The key of {key.name} opens nothing any more.")
        else:
            messages.info(request, f"The key of {key.name} was revoked before.")
        return redirect(reverse("admin:partners_apikey_change", args=[pk]))
