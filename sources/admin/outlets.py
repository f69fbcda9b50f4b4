"""Sources: outlets and channels, with their addresses."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from factcheck.common.admin import EnteredTabularInline
from factcheck.common.finding import Places
from factcheck.ledger.choices import SubjectKind
from sources.admin.passages import PassageChoiceMixin
from sources.admin.subjects import StagelessAdmin
from sources.finding import sources_found, sources_nearly_found
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

    def found(self, typed: str) -> Places:
        """By the words of the name, by what lies at an address, by the id."""
        return sources_found(typed)

    def nearly_found(self, typed: str) -> Places:
        """By names that are spelt nearly so."""
        return sources_nearly_found(typed)

    def choice_label(self, source: Source) -> str:
        """The name, and what tells namesakes apart."""
        return f"{source.name} · {source.get_kind_display()} · {source.public_id}"
