"""What other fact-checkers found, and which status their labels suggest."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.sites import site
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from claims.choices import VerificationStatus
from claims.models import ImportedReview
from claims.reviews.labels import suggested_status, table
from factcheck.common.admin import ReadOnlyAdmin, ReadOnlyTabularInline
from factcheck.common.languages import LANGUAGE_NAMES

MOST_UNMAPPED = 200


class TheirReview:
    """A link to the review."""

    @admin.display(description="Their review")
    def their_review(self, review: ImportedReview) -> str:
        """The review where it stands."""
        return format_html('<a href="{0}" rel="noopener">{0}</a>', review.address)


class ImportedReviewInline(TheirReview, ReadOnlyTabularInline):
    """Reviews of the claim, with the label as it was given and what the table makes of it."""

    model = ImportedReview
    verbose_name_plural = "Reviews by others"
    fields = ["publisher", "label", "suggested_status", "rating", "their_review", "tie"]
    readonly_fields = ["their_review"]


@admin.register(ImportedReview)
class ImportedReviewAdmin(TheirReview, ReadOnlyAdmin):
    """Written by imports alone."""

    fieldsets = [
        ("Their verdict", {"fields": ["publisher", "label", "explanation", "rating", "language"]}),
        (
            "Where and when",
            {
                "fields": [
                    "their_review",
                    "site",
                    ("published_not_before", "published_not_after", "published_as_printed"),
                    "appearances",
                ]
            },
        ),
        (
            "What became of it",
            {"fields": ["suggested_status", "tie", "claim", "document", "took_verdict"]},
        ),
        ("As it was read", {"fields": ["key", "review_sha256", "edit_number"]}),
        ("Entered", {"fields": ["created_by", "created_at"]}),
    ]
    readonly_fields = ["created_by", "created_at", "their_review"]
    list_display = ["publisher", "label", "suggested_status", "tie", "claim"]
    list_filter = ["tie", "suggested_status"]
    list_select_related = ["claim"]
    search_fields = ["=address", "=site", "=label"]
    show_full_result_count = False


@require_safe
def review_labels(request: HttpRequest) -> HttpResponse:
    """The table of labels, and those that were met and that it does not know."""
    if not request.user.has_perm("claims.view_importedreview"):
        raise PermissionDenied
    statuses = dict(VerificationStatus.choices)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": "Labels of other fact-checkers",
        "unmapped": unmapped_labels(),
        "rows": [
            {
                "label": row.label,
                "language": LANGUAGE_NAMES[row.language],
                "code": row.language,
                "site": row.site,
                "status": statuses[row.status],
            }
            for row in table()
        ],
    }
    return render(request, "admin/desk/review_labels.html", context)


def unmapped_labels() -> list[dict[str, Any]]:
    """Labels of imported reviews without a suggested status, the most frequent first; without those
    that the table knows by now, which the next import maps.
    """
    counted = (
        ImportedReview.objects.unmapped()
        .values("label", "site", "language")
        .annotate(number=Count("pk"))
        .order_by("-number", "label")[:MOST_UNMAPPED]
    )
    return [
        {**row, "in_words": LANGUAGE_NAMES[row["language"]]}
        for row in counted
        if not suggested_status(row["label"], site=row["site"], language=row["language"])
    ]
