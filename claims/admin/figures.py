"""Figures: numbers inside a claim."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.forms.models import BaseInlineFormSet

from claims.models import Figure, Measure
from factcheck.common.admin import EnteredForm, EnteredStackedInline, date_bounds_row
from factcheck.common.admin.fields import offer


class FigureForm(EnteredForm):
    """A figure, whose measure is one of its claim's event."""

    def __init__(self, *args: Any, measures: list[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "measure" in self.fields:
            offer(self.fields["measure"], measures)
        for name in ("low", "best", "high"):
            if isinstance(number := self.initial.get(name), Decimal):
                self.initial[name] = f"{number.normalize():f}"


class FigureFormSet(BaseInlineFormSet):
    """Asks once for the measures that all its forms offer."""

    @cached_property
    def measures(self) -> list[Measure]:
        """The measures of the claim's event, and those its figures have already."""
        events = {self.instance.event_id} | {
            row.measure.event_id for row in self.get_queryset() if row.measure is not None
        }
        return list(Measure.objects.filter(event__in=events - {None}))

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """With the measures."""
        return {**super().get_form_kwargs(index), "measures": self.measures}


class FigureInline(EnteredStackedInline):
    """Conflicting figures stand side by side; none is averaged."""

    model = Figure
    form = FigureForm
    formset = FigureFormSet
    verbose_name = "figure"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("position", "as_printed", "counts"),
                    ("qualifier", "low", "best", "high", "unit"),
                    ("period", "basis", "measure"),
                ],
                "description": "Measures are those of the claim's event: save the event with the "
                "claim first, then choose.",
            },
        ),
        (
            "State of the count",
            {"fields": [date_bounds_row("counted_as_of")], "classes": ["collapse"]},
        ),
    ]

    def get_queryset(self, request: Any) -> Any:
        """With the measures."""
        return super().get_queryset(request).select_related("measure")
