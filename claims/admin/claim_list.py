"""The list of claims at the desk: its columns and its search. Quick with any number of claims."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html

from claims.admin.claim_filters import FACTS, DetailFilter, LookAgain, chips_of
from claims.admin.queues import Assigned, Waiting
from claims.models import Claim
from claims.search import search_claims
from factcheck.common.admin.lists import is_choosing
from sources.admin.subjects import SubjectAdmin


class ClaimListAdmin(SubjectAdmin):
    """What the admin of claims says of its list."""

    list_display = [
        "short_text",
        "said_by",
        "attribution_status",
        "verification_status",
        "stage",
        "public_state",
        "event",
        "assigned_to",
        "changed",
        "public_id",
    ]
    # One order, that of an index: newest first.
    ordering = ["-id"]
    sortable_by = ()
    list_select_related = ["claimant", "outlet", "event", "finding_aid", "assignment__assignee"]
    list_filter = [Waiting, Assigned, DetailFilter, LookAgain, *FACTS]
    search_fields = ["=public_id"]
    search_help_text = (
        "Words of the claim in any language, “a phrase”, -without; names and spellings of who says "
        "it; title or address of what it cites; a public id."
    )

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """The claims that have all of it; see `claims.search`."""
        if is_choosing(request):
            queryset = queryset.select_related("claimant", "outlet")
        return search_claims(queryset, search_term), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's list, with its filters in words and what to do where nothing is found."""
        response: Any = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if changelist := context.get("cl"):
            forms = [spec.form for spec in changelist.filter_specs if hasattr(spec, "form")]
            context["chips"] = list(chips_of(changelist))
            context["filters_open"] = any(form.errors for form in forms)
            context["is_empty"] = not changelist.result_count and not Claim.objects.exists()
            context["media"] = sum((form.media for form in forms), start=context["media"])
        return response

    def choice_label(self, claim: Claim) -> str:
        """Never the words alone: who says so, and both statuses."""
        return f"{self.said_by(claim)}: {self.short_text(claim)} ({statuses(claim)})"

    @admin.display(description="claim")
    def short_text(self, claim: Claim) -> str:
        """The beginning of the claim's text."""
        return claim.text if len(claim.text) <= 120 else f"{claim.text[:119]}…"

    @admin.display(description="said by")
    def said_by(self, claim: Claim) -> str:
        """Whose word it is."""
        return str(claim.claimant or claim.outlet or claim.get_speaker_display())

    @admin.display(description="assigned to", empty_value="–")
    def assigned_to(self, claim: Claim) -> str | None:
        """Whose work it is now, and the day by which."""
        assignment = getattr(claim, "assignment", None)
        if assignment is None or assignment.assignee is None:
            return None
        name: str = assignment.assignee.get_username()
        return f"{name}, by {assignment.due_on}" if assignment.due_on else name

    @admin.display(description="changed")
    def changed(self, claim: Any) -> str:
        """The day and time of the last change of its file or its stage, in UTC."""
        at = timezone.localtime(claim.finding_aid.changed_at)
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), f"{at:%Y-%m-%d %H:%M}")


def statuses(claim: Claim) -> str:
    """Both statuses in words."""
    attribution = claim.get_attribution_status_display() or "nobody named"
    return f"{attribution}; {claim.get_verification_status_display()}; {claim.public_id}"
