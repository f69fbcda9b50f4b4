"""Passages: found by their words, shown and chosen by them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.html import format_html_join

from factcheck.common.admin import EnteredAdmin
from factcheck.common.admin.fields import SafeAutocompleteSelect
from factcheck.common.finding import MOST_FOUND, Places, having_words
from sources.admin.quotes import QuoteForm
from sources.models import Document, Passage, PassageRange

MAX_LABEL = 90


def words_of(passage: Passage) -> list[str]:
    """The passage's words, a run each; its locator where there are none."""
    return [row.exact for row in passage.ranges.all()] or [passage.locator]


def label_of(passage: Passage) -> str:
    """The beginning of the words, and where they stand."""
    words = " […] ".join(words_of(passage))
    short = words if len(words) <= MAX_LABEL else f"{words[: MAX_LABEL - 1]}…"
    return f"“{short}” in {passage.capture.document}"


def with_words(passages: models.QuerySet[Passage]) -> models.QuerySet[Passage]:
    """With what `label_of` needs, and without the captured texts."""
    rows = passages.select_related("capture__document").prefetch_related("ranges")
    return rows.defer("capture__content", "capture__text")


class PassageChoiceField(forms.ModelChoiceField):
    """A passage, shown by its words."""

    def label_from_instance(self, obj: Any) -> str:
        """The words."""
        return label_of(obj)


class PassageSelect(SafeAutocompleteSelect):
    """Looks for passages by their words."""

    url_name = "%s:sources_passage_words"

    def optgroups(self, name: str, value: Sequence[Any], attrs: Any = None) -> Any:
        """The chosen passage; asked for, unless it was loaded with what its label needs."""
        if self.known is not None and "capture" not in self.known._state.fields_cache:
            self.known = None
        return super().optgroups(name, value, attrs)


class PassageChoiceMixin:
    """For a ModelAdmin or an inline: foreign keys to passages are chosen by words."""

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        """The form field, with passages by their words."""
        if db_field.related_model is Passage:
            kwargs |= {
                "form_class": PassageChoiceField,
                "widget": PassageSelect(db_field, self.admin_site),  # type: ignore[attr-defined]
                "queryset": with_words(Passage.objects.all()),
            }
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class PassageWordsView(AutocompleteJsonView):
    """Django's autocomplete, which shows a passage's words."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """The key and the words."""
        return {"id": str(getattr(obj, to_field_name)), "text": label_of(obj)}


class PassageForm(QuoteForm):
    """A new passage of a capture."""

    def clean(self) -> dict[str, Any] | None:
        """Look for the words before anything is saved."""
        data = super().clean()
        if not self.gives_passage and "quote" not in self.errors:
            self.add_error("quote", "Give the exact words, or a page, timecode or frame.")
        if (capture := self.cleaned_data.get("capture")) is not None:
            self.check_quotes(capture)
        return data

    def enter(self, *, by: Any) -> None:
        """Keep the passage as the service makes it."""
        passage = self.anchor(self.cleaned_data["capture"], by=by)
        self.instance.pk, self.instance._state.adding = passage.pk, False


@admin.register(Passage)
class PassageAdmin(EnteredAdmin):
    """A passage is made once; other words are another passage."""

    form = PassageForm
    add_fieldsets = [(None, {"fields": ["capture", ("quote", "occurrence"), "locator"]})]
    fieldsets = [(None, {"fields": ["capture", "words", "locator", "created_by", "created_at"]})]
    readonly_fields = ["words", "created_by", "created_at"]
    autocomplete_fields = ["capture"]
    list_display = ["label", "capture", "created_by"]
    search_fields = ["ranges__exact", "locator", "capture__document__title"]
    search_help_text = "Words of the passage, or of its document's title."
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """With words."""
        return with_words(super().get_queryset(request)).select_related("created_by")

    def found(self, typed: str) -> Places:
        """By their words or place, and by the words of the document's title."""
        rows = PassageRange.objects.filter(having_words(typed, "exact")).order_by("-passage_id")
        titled = Document.objects.filter(having_words(typed, "title"))[:MOST_FOUND].values("pk")
        of_titled = Passage.objects.filter(capture__document__in=titled).order_by("-pk")
        located = Passage.objects.filter(having_words(typed, "locator")).order_by("-pk")
        return [
            rows.values_list("passage_id"),
            located.values_list("pk"),
            of_titled.values_list("pk"),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form for a new one; else what it is."""
        return self.add_fieldsets if obj is None else self.fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """None while a passage is made."""
        return [] if obj is None else self.readonly_fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: its words are those of what we hold."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and the search by words."""
        words = path(
            "words/", self.admin_site.admin_view(self.words_view), name="sources_passage_words"
        )
        return [words, *super().get_urls()]

    def words_view(self, request: HttpRequest) -> HttpResponseBase:
        """Passages by their words, for who may see them, as JSON."""
        return PassageWordsView.as_view(admin_site=self.admin_site)(request)

    def name_of(self, row: Any) -> str:
        """All its words, and where they stand."""
        passage = with_words(Passage.objects.all()).get(pk=row.pk)
        return f"“{' […] '.join(words_of(passage))}” in {passage.capture.document}"

    @admin.display(description="passage")
    def label(self, passage: Passage) -> str:
        """The words, and where they stand."""
        return label_of(passage)

    @admin.display(description="words")
    def words(self, passage: Passage) -> str:
        """The words, each run in a paragraph of its own."""
        return format_html_join(
            "", "<blockquote>{}</blockquote>", ((w,) for w in words_of(passage))
        )
