"""Readers' reports at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from claims.models import Report, ReportContact
from claims.models.report import OPEN_STATES
from claims.services import reports
from factcheck.common.admin import Button, EnteredForm, StepsAdmin
from factcheck.common.text import CleanCharField, clean_line

CONTACT: Any = ReportContact._meta.get_field("words")


class ReportForm(EnteredForm):
    """A report, with how to reach who sent it when it is entered."""

    contact = CleanCharField(
        cleaner=clean_line,
        required=False,
        max_length=reports.MAX_CONTACT,
        label="How to reach them",
        help_text=CONTACT.help_text,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def enter(self, *, by: Any) -> None:
        """Keep the report, then how to reach them, apart from it."""
        is_new = self.instance._state.adding
        super().enter(by=by)
        if is_new:
            reports.keep_contact(self.instance, self.cleaned_data.get("contact", ""), by=by)


class Open(admin.SimpleListFilter):
    """Whether somebody still has to do something."""

    title = "open"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One question."""
        return [("yes", "open")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those that are new or in hand."""
        return queryset.filter(state__in=OPEN_STATES) if self.value() == "yes" else queryset


@admin.register(Report)
class ReportAdmin(StepsAdmin):
    """What readers write to us. Its steps move the state; what they wrote stays as it came."""

    form = ReportForm
    change_form_template = "admin/claims/report/change_form.html"
    edits = frozenset(reports.STEPS)
    fieldsets = [(None, {"fields": ["kind", "claim", "text", "received_at"]})]
    add_fieldsets = [(None, {"fields": ["kind", "claim", "text", "contact", "received_at"]})]
    autocomplete_fields = ["claim"]
    list_display = ["short_text", "kind", "state", "claim", "taken_by", "received_at", "public_id"]
    list_select_related = ["claim", "taken_by"]
    list_filter = [Open, "state", "kind"]
    search_fields = ["text", "=public_id", "contact__words"]

    @admin.display(description="what they write", ordering="text")
    def short_text(self, report: Report) -> str:
        """The beginning of it."""
        return report.text if len(report.text) <= 100 else f"{report.text[:99]}…"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """How to reach them is asked once; afterwards it stands in the panel, and can be erased."""
        return self.add_fieldsets if obj is None else self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What they wrote, and when, cannot be changed."""
        return [] if obj is None else ["text", "received_at"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Received now, unless somebody says otherwise."""
        return {"received_at": timezone.now(), **super().get_changeform_initial_data(request)}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what is of no use is closed."""
        return False

    def steps_of(self, obj: Any, *, by: Any) -> tuple[list[Button], list[tuple[str, str]]]:
        """The steps that this person may take with it now; none is kept from one person alone."""
        buttons = [
            Button(
                action=step.action,
                label=step.button,
                sentence=step.sentence,
                note="required" if step.note_is else "",
            )
            for step in reports.open_steps(obj, by=by)
        ]
        return buttons, []

    def take(self, action: str, obj: Any, *, by: Any, note: str) -> None:
        """Hand the step to the service."""
        reports.take(action, obj, by=by, note=note)

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """How far it is, and how to reach who sent it."""
        contact = ReportContact.objects.filter(report=obj).first()
        return {"contact": contact.words if contact else "", "state": obj.get_state_display()}
