"""Claims: the form edits content, the buttons move stages."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator

from claims import workflow
from claims.admin.actions import ClaimActionsAdmin
from claims.admin.citations import CitationInline, RelayInline
from claims.admin.claim_list import ClaimListAdmin
from claims.admin.desk_work import DeskWorkMixin, person_of
from claims.admin.figures import FigureInline
from claims.admin.inquiries import (
    DepictionInline,
    InquiryInline,
    MediaFindingInline,
    OverrideInline,
)
from claims.admin.panel import ClaimPanelAdmin
from claims.admin.relations import ClaimRelationInline, ClaimTopicInline
from claims.admin.reviews import ImportedReviewInline
from claims.admin.saved_filters import SavedFiltersMixin
from claims.admin.similar import SimilarClaimsAdmin
from claims.choices import HarmCheck, Stage
from claims.desk_choices import EmbargoState
from claims.models import Claim
from claims.models.embargo import ACTIONS
from claims.queues import next_for
from claims.steps import SETTLED, STEPS, Note
from factcheck.common.admin import Button, EnteredForm, date_bounds_row
from factcheck.common.admin.fields import DEFINED
from factcheck.common.errors import NotFound
from factcheck.ledger.choices import SubjectKind

NOW_INSTEAD = "Publish now instead"
JOINTS: list[Any] = [RelayInline, MediaFindingInline]


class ClaimForm(EnteredForm):
    """The claim's content. Its stage is no part of it."""

    harm_check = forms.MultipleChoiceField(
        choices=HarmCheck.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple({DEFINED: "claims.claim.harm_check"}),
        help_text=Claim._meta.get_field("harm_check").help_text,
    )


@admin.register(Claim)
class ClaimAdmin(
    SimilarClaimsAdmin,
    SavedFiltersMixin,
    DeskWorkMixin,
    ClaimListAdmin,
    ClaimPanelAdmin,
    ClaimActionsAdmin,
):
    """One statement by one claimant, with all that belongs to it."""

    form = ClaimForm
    change_form_template = "admin/claims/claim/change_form.html"
    subject_kind = SubjectKind.CLAIM
    opened_columns: ClassVar[dict[str, str]] = {"opened_stage": "stage"}
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
        ImportedReviewInline,
    ]

    # The form

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """All of them; what joins citations only once there are any, and so reviews by others."""
        shown = [inline for inline in self.inlines if obj is not None or inline not in JOINTS]
        if obj is None or not obj.imported_reviews.exists():
            shown.remove(ImportedReviewInline)
        return shown

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

    def steps_of(self, obj: Any, *, by: Any) -> tuple[list[Button], list[tuple[str, str]]]:
        """The steps that the workflow opens to this person now, and those that it keeps from this
        very person, with its reasons. What an embargo takes by itself stands behind a disclosure.
        """
        tabled = workflow.tabled_steps(obj, by)
        is_planned = obj.embargoes.filter(state=EmbargoState.WAITING).exists()
        buttons = [
            Button(
                action=step.action,
                label=step.button,
                sentence=step.sentence,
                note="" if step.note is Note.NONE else "required",
                note_is_public=step.note is Note.PUBLIC,
                warning=step.warning,
                done=step.done,
                under=NOW_INSTEAD if is_planned and step.action in ACTIONS else "",
            )
            for step, bar in tabled
            if not bar
        ]
        return buttons, [(step.button, bar) for step, bar in tabled if bar]

    def after_step(self, request: HttpRequest, obj: Any, action: str) -> None:
        """Lead on to the next claim that waits for this person."""
        found = next_for(person_of(request), after=obj, action=action)
        if found is not None:
            words, claim = found
            link = format_html(
                '{}: <a href="{}">{}</a>',
                words,
                self.change_url(claim),
                Truncator(claim.text).chars(100),
            )
            messages.info(request, link)

    def take(self, action: str, obj: Any, *, by: Any, note: str) -> None:
        """Hand the step to the workflow."""
        if action not in STEPS or STEPS[action].in_bulk:
            raise NotFound("There is no such step.")
        workflow.take(action, obj, by=by, note=note)
