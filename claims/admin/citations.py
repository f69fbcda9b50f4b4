"""Citations with their quotes, and the relays between them."""

import copy
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html_join

from claims.choices import CitationRole, Stage
from claims.models import Citation, Relay
from factcheck.common.admin import EnteredForm, EnteredStackedInline
from factcheck.common.admin.fields import offer
from sources.admin.passages import words_of
from sources.admin.quotes import QuoteForm
from sources.models import Capture, Document
from sources.services import newest_capture

QUOTE_ROW = ("quote", "occurrence", "locator")


class CitationForm(QuoteForm):
    """A citation whose passage is given by its words, in the document's newest capture."""

    capture: Capture | None = None
    replaces: ClassVar[dict[str, tuple[str, ...]]] = {"passage": ("quote", "locator", "document")}

    def clean(self) -> dict[str, Any] | None:
        """Look for the words before anything is saved. Another document has other words."""
        data = super().clean()
        self.settle_first_hand()
        document = self.cleaned_data.get("document")
        if document is None:
            return data
        if "document" in self.changed_data and self.instance.pk is not None:
            self.instance.passage = None
        if self.gives_passage:
            self.look_in(document)
        return data

    def settle_first_hand(self) -> None:
        """Evidence is never first-hand in this sense; what carries a claim is not, unless said."""
        if "first_hand" in self.fields and "first_hand" not in self.errors:
            carries = self.cleaned_data.get("role") == CitationRole.ATTRIBUTION
            said = self.cleaned_data.get("first_hand")
            self.cleaned_data["first_hand"] = bool(said) if carries else None

    def look_in(self, document: Document) -> None:
        """Put an error on the quote unless it is found in what we hold of the document."""
        self.capture = newest_capture(document)
        if self.capture is None:
            self.add_error(
                "quote", "Nothing is held of this document: supply a capture of it first."
            )
        else:
            self.check_quotes(self.capture)

    def enter(self, *, by: Any) -> None:
        """Keep the passage, then the citation."""
        if self.gives_passage and self.capture is not None:
            self.instance.passage = self.anchor(self.capture, by=by)
            self.instance.unfound_quote = ""
        super().enter(by=by)


class CitationInline(EnteredStackedInline):
    """Passages that carry the claim, or bear on whether it is so."""

    model = Citation
    form = CitationForm
    verbose_name = "citation"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("position", "role"),
                    ("document", "first_hand"),
                    "words",
                    QUOTE_ROW,
                    "unfound_quote",
                    ("cue", "form", "named_speaker"),
                    ("stance", "basis"),
                    "anonymity_reason",
                    "answer",
                ],
                "description": "A quote is looked for in the newest capture of the document. A new "
                "one takes the place of the words that stand there now; leave it empty to keep "
                "them. Another document needs its own quote.",
            },
        ),
        (
            "Fidelity",
            {
                "fields": [
                    ("fidelity", "compared_with"),
                    ("fidelity_words", "likely_reading"),
                    "fidelity_reason",
                ],
                "classes": ["collapse"],
            },
        ),
    ]
    readonly_fields = ["words"]
    autocomplete_fields = ["document", "compared_with"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without the fields to type a quote into, where nothing can be typed."""
        fieldsets: Any = copy.deepcopy(super().get_fieldsets(request, obj))
        is_closed = obj is not None and obj.stage == Stage.SETTLED
        if is_closed or not self.has_change_permission(request, obj):
            fieldsets[0][1]["fields"].remove(QUOTE_ROW)
        return fieldsets

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With documents and words, without the captured texts."""
        rows = super().get_queryset(request).select_related("document", "compared_with", "passage")
        return rows.prefetch_related("passage__ranges")

    @admin.display(description="words as they stand there")
    def words(self, citation: Citation) -> str:
        """The quote, each run in a paragraph of its own."""
        if citation.passage_id is None or citation.passage is None:
            return "—"
        runs = ((words,) for words in words_of(citation.passage))
        return format_html_join("", "<blockquote>{}</blockquote>", runs)


class RelayForm(EnteredForm):
    """A relay between two citations of the form's claim."""

    def __init__(self, *args: Any, citations: list[Citation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("carrier", "taken_from"):
            if name in self.fields:
                offer(self.fields[name], citations, label=lambda row: f"{row.position}. {row}")

    def _post_clean(self) -> None:
        """Ask the model only about a relay with both ends: its own checks take them for granted."""
        if {"carrier", "taken_from"} <= self.cleaned_data.keys():
            super()._post_clean()  # type: ignore[misc]


class RelayFormSet(BaseInlineFormSet):
    """Asks once for the citations that all its forms offer."""

    @cached_property
    def citations(self) -> list[Citation]:
        """The claim's citations, by place in the list."""
        if self.instance.pk is None:
            return []
        return list(self.instance.citations.select_related("document"))

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """With the citations."""
        return {**super().get_form_kwargs(index), "citations": self.citations}


class RelayInline(EnteredStackedInline):
    """Where the words were taken from, edge by edge."""

    model = Relay
    template = "admin/claims/claim/relays.html"
    form = RelayForm
    formset = RelayFormSet
    verbose_name = "relay"
    fieldsets = [
        (
            None,
            {
                "fields": [("carrier", "manner", "taken_from"), "words"],
                "description": "Joins two citations of this claim. Save a new citation first, then "
                "it can be chosen here.",
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With what a row's name needs."""
        return super().get_queryset(request).select_related("taken_from__document")
