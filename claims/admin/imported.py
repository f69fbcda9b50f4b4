"""What imports made of their rows."""

from django.contrib import admin

from claims.models import ImportedRow
from factcheck.common.admin import ReadOnlyAdmin


@admin.register(ImportedRow)
class ImportedRowAdmin(ReadOnlyAdmin):
    """Written by imports alone."""

    fieldsets = [
        (
            None,
            {"fields": ["collection", "kind", "key", "object_id", "row_sha256", "edit_number"]},
        ),
        ("Entered", {"fields": ["created_by", "created_at"]}),
    ]
    readonly_fields = ["created_by", "created_at"]
    list_display = ["key", "kind", "object_id", "collection", "edit_number"]
    list_filter = ["kind", "collection"]
    search_fields = ["=key", "=object_id"]
