"""Rows that were entered twice: read-only, offered nowhere, and showing what stands for them."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import reverse

from factcheck.common.errors import InvalidInput


class MergedRowsMixin:
    """For an IdentifiedAdmin of rows with `merged_into`."""

    model: Any
    opts: Any
    undoing = "To undo that, restore it."

    def closed(self, obj: Any) -> str:
        """A merged row is read-only."""
        if obj.merged_into_id is None:
            return ""
        return f"This was merged into “{obj.merged_into}”, which stands for it. {self.undoing}"

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """The search; a field to choose from offers nothing that was merged."""
        if request.resolver_match is not None and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.filter(merged_into=None)
        return super().get_search_results(request, queryset, search_term)  # type: ignore[misc]

    def successor(self, request: HttpRequest, *, is_required: bool) -> Any:
        """The row whose public id was posted. Raises InvalidInput where there is none."""
        public_id = request.POST.get("successor", "").strip()
        if not public_id and not is_required:
            return None
        # The database knows no text with NUL.
        known = public_id.isalnum() and self.model._default_manager.filter(public_id=public_id)
        found = known.first() if known else None
        if found is None:
            raise InvalidInput.at(
                "successor", "Give the public id of what takes its place; there is none of that id."
            )
        return found

    def merger(self, obj: Any) -> dict[str, Any]:
        """For the panel: what stands for the row, and what it stands for."""
        return {
            "merged_into": self.named(obj.merged_into) if obj.merged_into_id else None,
            "stands_for": [self.named(row) for row in obj.merged.order_by("pk")[:50]],
        }

    def named(self, row: Any) -> dict[str, str]:
        """A row by name and id, with the address of its form."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return {"name": str(row), "id": row.public_id, "url": reverse(name, args=[row.pk])}
