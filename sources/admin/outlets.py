"""Sources: outlets and channels, with their addresses."""

from django.contrib import admin

from factcheck.common.admin import EnteredTabularInline
from factcheck.ledger.choices import SubjectKind
from sources.admin.passages import PassageChoiceMixin
from sources.admin.subjects import StagelessAdmin
from sources.models import Source, SourceAddress


class SourceAddressInline(EnteredTabularInline):
    """Where it publishes."""

    model = SourceAddress
    verbose_name = "address"
    verbose_name_plural = "addresses"
    fields = ["url"]


@admin.register(Source)
class SourceAdmin(PassageChoiceMixin, StagelessAdmin):
    """Through what words reach us."""

    subject_kind = SubjectKind.SOURCE
    fieldsets = [
        (None, {"fields": ["kind", "name", "language"]}),
        ("Who runs it", {"fields": ["operator", "operator_passage"]}),
    ]
    autocomplete_fields = ["operator"]
    inlines = [SourceAddressInline]
    list_display = ["name", "kind", "operator", "language", "public_state", "public_id"]
    list_select_related = ["operator"]
    list_filter = ["kind", "language"]
    search_fields = ["name", "=public_id", "addresses__url"]
