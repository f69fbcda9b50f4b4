"""Inquiries, images and overrides: what belongs to a claim's file besides words and numbers."""

from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.db.models import Prefetch
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from claims.choices import CitationRole
from claims.models import Citation, Depiction, Inquiry, MediaFinding, Override
from claims.rules import RULES
from factcheck.common.admin import EnteredForm, EnteredStackedInline, date_bounds_row
from factcheck.common.admin.fields import offer
from factcheck.common.roles import Role, roles_of
from sources.admin.passages import PassageChoiceMixin, with_words
from sources.models import Passage


class InquiryInline(PassageChoiceMixin, EnteredStackedInline):
    """Whom we asked and where we looked, with what result."""

    model = Inquiry
    verbose_name = "inquiry"
    verbose_name_plural = "inquiries"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("position", "manner", "asked_of"),
                    "place",
                    "question",
                    ("asked_on", "deadline"),
                    ("result", "answered_on"),
                    "answer",
                    ("newsroom", "passage"),
                ],
                "description": "All of it is published. Name offices and bodies, no private "
                "people. A finding against somebody who can answer waits for the answer, or for "
                "the deadline to pass.",
            },
        )
    ]
    autocomplete_fields = ["asked_of", "newsroom"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what a row's name needs."""
        rows = super().get_queryset(request).select_related("asked_of", "newsroom")
        return rows.prefetch_related(Prefetch("passage", with_words(Passage.objects.all())))


class DepictionInline(EnteredStackedInline):
    """What an image or video is said to show."""

    model = Depiction
    verbose_name = "image or video"
    verbose_name_plural = "image or video"
    fieldsets = [
        (
            None,
            {
                "fields": ["media", "shows", "place", date_bounds_row("taken")],
                "description": "For a claim of the kind “image or video”, and for no other.",
            },
        )
    ]
    autocomplete_fields = ["media"]


class MediaFindingForm(EnteredForm):
    """A finding that rests on a citation of the form's claim."""

    def __init__(self, *args: Any, evidence: list[Citation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "evidence" in self.fields:
            offer(self.fields["evidence"], evidence, label=lambda row: f"{row.position}. {row}")


class MediaFindingFormSet(BaseInlineFormSet):
    """Asks once for the evidence that all its forms offer."""

    @cached_property
    def evidence(self) -> list[Citation]:
        """The claim's evidence, by place in the list."""
        if self.instance.pk is None:
            return []
        rows = self.instance.citations.filter(role=CitationRole.EVIDENCE)
        return list(rows.select_related("document"))

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """With the evidence."""
        return {**super().get_form_kwargs(index), "evidence": self.evidence}


class MediaFindingInline(EnteredStackedInline):
    """What was found out about the image or video."""

    model = MediaFinding
    form = MediaFindingForm
    formset = MediaFindingFormSet
    verbose_name = "finding on the image or video"
    verbose_name_plural = "findings on the image or video"
    fieldsets = [
        (
            None,
            {
                "fields": [("finding", "evidence"), "explanation"],
                "description": "Each rests on a citation of this claim in role evidence. Save a "
                "new citation first, then it can be chosen here.",
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what a row's name needs."""
        return super().get_queryset(request).select_related("evidence")


class OverrideForm(EnteredForm):
    """A rule that may be overridden, and why it is."""

    rule = forms.ChoiceField(
        choices=[
            ("", "---------"),
            *((rule.name, f"{rule.name}: {rule.sentence}") for rule in RULES if rule.overridable),
        ],
        help_text="The rule that this claim does not meet.",
    )


class OverrideInline(EnteredStackedInline):
    """Rules that need not be met; an editor says why, and readers see it."""

    model = Override
    form = OverrideForm
    verbose_name = "override"
    fieldsets = [
        (
            None,
            {
                "fields": ["rule", "reason"],
                "description": "For editors. The reason is published with the claim.",
            },
        )
    ]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors: another person's override does not hold."""
        return is_editor(request) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors."""
        return is_editor(request) and super().has_change_permission(request, obj)


def is_editor(request: HttpRequest) -> bool:
    """Whether an editor is at work."""
    return Role.EDITOR in roles_of(request.user)
