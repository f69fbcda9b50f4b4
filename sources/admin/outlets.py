"""Sources: outlets and channels, with their addresses."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from factcheck.common.admin import EnteredTabularInline
from factcheck.common.finding import at_address, having_words, spelt_like
from factcheck.ledger.choices import SubjectKind
from sources.admin.passages import PassageChoiceMixin
from sources.admin.subjects import StagelessAdmin
from sources.models import Source, SourceAddress, SourceGrade


class SourceAddressInline(EnteredTabularInline):
    """Where it publishes."""

    model = SourceAddress
    verbose_name = "address"
    verbose_name_plural = "addresses"
    fields = ["url"]


class SourceGradeInline(EnteredTabularInline):
    """What the desk thinks of it, day by day. A later opinion is another grade."""

    model = SourceGrade
    verbose_name = "grade (for the desk alone)"
    verbose_name_plural = "grades (for the desk alone, in no public record)"
    fields = ["about", "grade", "as_of", "note"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody: what was thought on a day was thought; a mistake is taken away and given anew."""
        return False


@admin.register(Source)
class SourceAdmin(PassageChoiceMixin, StagelessAdmin):
    """Through what words reach us."""

    subject_kind = SubjectKind.SOURCE
    fieldsets = [
        (None, {"fields": ["kind", "name", "language"]}),
        ("Who runs it", {"fields": ["operator", "operator_passage"]}),
    ]
    autocomplete_fields = ["operator"]
    inlines = [SourceAddressInline, SourceGradeInline]
    list_display = ["name", "kind", "operator", "language", "public_state", "public_id"]
    list_select_related = ["operator"]
    list_filter = ["kind"]
    search_fields = ["name", "=public_id", "addresses__url"]
    search_help_text = "Words of the name, an address of its site, or a public id."

    def found(self, typed: str) -> list[models.QuerySet[Any, Any]]:
        """By the words of the name, by what lies at an address, by the id."""
        return [
            Source.objects.filter(having_words(typed, "name")).values_list("pk"),
            SourceAddress.objects.filter(at_address(typed, "url")).values_list("source_id"),
            Source.objects.filter(public_id=typed.lower()).values_list("pk"),
        ]

    def nearly_found(self, typed: str) -> list[models.QuerySet[Any, Any]]:
        """By names that are spelt nearly so."""
        return [Source.objects.filter(spelt_like(typed, "name")).values_list("pk")]

    def choice_label(self, source: Source) -> str:
        """The name, and what tells namesakes apart."""
        return f"{source.name} · {source.get_kind_display()} · {source.public_id}"
