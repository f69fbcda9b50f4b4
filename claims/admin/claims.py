"""Claims: the form edits content, the buttons move stages."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from claims import workflow
from claims.admin.citations import CitationInline, RelayInline
from claims.admin.figures import FigureInline
from claims.admin.inquiries import (
    DepictionInline,
    InquiryInline,
    MediaFindingInline,
    OverrideInline,
)
from claims.admin.relations import ClaimRelationInline, ClaimTopicInline
from claims.choices import HarmCheck, Stage
from claims.models import Claim
from claims.rechecks import recheck_reasons, waiting
from claims.rules import unmet
from claims.steps import STEPS, Note
from factcheck.common.admin import Button, EnteredForm, date_bounds_row
from factcheck.common.errors import NotFound, NotReady
from factcheck.ledger.choices import STATE_AFTER, PublicationKind, PublicState, SubjectKind
from factcheck.ledger.models import Decision
from sources.admin.subjects import SubjectAdmin

SETTLED = "This claim is settled: revise it first, then change it."
UNDER_REVIEW = {
    Stage.IN_REVIEW: "This claim is in review. Saving a change takes it back to draft.",
    Stage.APPROVED: "This claim is approved. Saving a change takes it back to draft.",
}


JOINTS: list[Any] = [RelayInline, MediaFindingInline]


class ClaimForm(EnteredForm):
    """The claim's content. Its stage is no part of it."""

    harm_check = forms.MultipleChoiceField(
        choices=HarmCheck.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=Claim._meta.get_field("harm_check").help_text,
    )


class LookAgain(admin.SimpleListFilter):
    """Live claims whose day has come, or for which something counts otherwise by now."""

    title = "to look at again"
    parameter_name = "again"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """One question."""
        return [("yes", "to look at again")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those of the claims; which they are is derived claim by claim."""
        if self.value() != "yes":
            return queryset
        live = queryset.filter(newest_kind__in=[kind for kind in STATE_AFTER if is_live(kind)])
        return queryset.filter(pk__in=[claim.pk for claim, _ in waiting(live)])


@admin.register(Claim)
class ClaimAdmin(SubjectAdmin):
    """One statement by one claimant, with all that belongs to it."""

    form = ClaimForm
    change_form_template = "admin/claims/claim/change_form.html"
    subject_kind = SubjectKind.CLAIM
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "text",
                    "language",
                    "original_words",
                    ("original_language", "translation_reviewed"),
                ]
            },
        ),
        ("Who says it", {"fields": ["speaker", ("claimant", "voiced_by"), "outlet"]}),
        ("When it was said", {"fields": [date_bounds_row("said")]}),
        ("What it is about", {"fields": ["event", ("about", "kind")]}),
        (
            "Did they say it?",
            {"fields": ["attribution_status", "attribution_reason"]},
        ),
        (
            "Is it so?",
            {
                "fields": [
                    "verification_status",
                    "rationale",
                    ("as_of", "review_by"),
                    "unknowns",
                    "would_settle",
                    "why_checked",
                ]
            },
        ),
        ("Harm", {"fields": ["harm_check", "harm_note"]}),
    ]
    autocomplete_fields = ["claimant", "voiced_by", "outlet", "event"]
    inlines = [
        ClaimTopicInline,
        FigureInline,
        CitationInline,
        RelayInline,
        DepictionInline,
        MediaFindingInline,
        InquiryInline,
        ClaimRelationInline,
        OverrideInline,
    ]
    list_display = [
        "short_text",
        "said_by",
        "attribution_status",
        "verification_status",
        "stage",
        "public_state",
        "public_id",
    ]
    list_select_related = ["claimant", "outlet"]
    list_filter = [
        LookAgain,
        "stage",
        "attribution_status",
        "verification_status",
        "about",
        "kind",
        "speaker",
    ]
    search_fields = ["text", "=public_id", "claimant__name", "event__title"]

    # The list

    @admin.display(description="claim", ordering="text")
    def short_text(self, claim: Claim) -> str:
        """The beginning of the claim's text."""
        return claim.text if len(claim.text) <= 120 else f"{claim.text[:119]}…"

    @admin.display(description="said by")
    def said_by(self, claim: Claim) -> str:
        """Whose word it is."""
        return str(claim.claimant or claim.outlet or claim.get_speaker_display())

    # The form

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """All of them; what joins citations only once there are any."""
        return [inline for inline in self.inlines if obj is not None or inline not in JOINTS]

    def opened_at(self, obj: Any) -> dict[str, str]:
        """The edit, and the stage: what was opened as a draft must not undo a review."""
        return {**super().opened_at(obj), "opened_stage": obj.stage}

    def closed(self, obj: Any) -> str:
        """A settled claim is read-only."""
        return SETTLED if obj.stage == Stage.SETTLED else ""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts alone, and none that was ever published."""
        if obj is not None and obj.stage != Stage.DRAFT:
            return False
        return super().has_delete_permission(request, obj)

    # The steps

    def buttons(self, obj: Any, *, by: Any) -> list[Button]:
        """The steps that the workflow opens to this person now."""
        return [
            Button(
                action=step.action,
                label=step.button,
                sentence=step.sentence,
                note="" if step.note is Note.NONE else "required",
                note_is_public=step.note is Note.PUBLIC,
            )
            for step in workflow.open_steps(obj, by)
        ]

    def take(self, action: str, obj: Any, *, by: Any, note: str) -> None:
        """Hand the step to the workflow."""
        if action not in STEPS or STEPS[action].in_bulk:
            raise NotFound("There is no such step.")
        workflow.take(action, obj, by=by, note=note)

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What is public, where the working copy stands, and which rules it does not meet yet."""
        return {
            **super().panel(request, obj),
            "public_url": public_url(obj),
            "returned": returned(obj),
            "stage": obj.get_stage_display(),
            "under_review": UNDER_REVIEW.get(obj.stage, ""),
            "changed_since": changed_since(obj),
            "recheck": recheck_reasons(obj),
            "unmet": [] if obj.stage == Stage.SETTLED else readiness(obj, self.inline_fields()),
        }

    def inline_fields(self) -> set[str]:
        """The names of what is entered in rows of its own."""
        return {
            "citations",
            "depiction",
            "figures",
            "inquiries",
            "media_findings",
            "overrides",
            "relations",
            "relays",
            "topics",
        }


def is_live(kind: PublicationKind) -> bool:
    """Whether the public sees a claim whose newest publication is of this kind."""
    return STATE_AFTER[kind] == PublicState.LIVE


def returned(claim: Claim) -> Decision | None:
    """The decision that returned a draft, for as long as it is the last one."""
    decision = claim.decision
    is_open = claim.stage == Stage.DRAFT and decision is not None and decision.action == "return"
    return decision if is_open else None


def public_url(claim: Claim) -> str:
    """The address that leads to the claim's public page, empty where there is none."""
    never = workflow.public_state_of(claim) == PublicState.NEVER
    return "" if never else f"/claims/{claim.public_id}/"


def readiness(claim: Claim, in_rows: set[str]) -> list[dict[str, str]]:
    """The unmet rules, each with the place in the form that mends it."""
    return [
        {
            "sentence": rule.sentence,
            "anchor": f"{rule.field}-group" if rule.field in in_rows else f"id_{rule.field}",
        }
        for rule in unmet(claim)
    ]


def changed_since(claim: Claim) -> list[str]:
    """What has changed elsewhere since the claim was submitted."""
    try:
        return workflow.reviewed_changes(claim)
    except NotReady as error:
        return error.reasons
