"""Quotes typed into a form: found in what we hold, and kept as a Passage when the form is saved."""

from typing import Any

from django import forms

from factcheck.common.admin import EnteredForm
from factcheck.common.admin.fields import clean_pasted_quote
from factcheck.common.errors import InvalidInput
from factcheck.common.text import CleanCharField
from sources.models import Capture, Passage
from sources.services import (
    MAX_QUOTE_IN_PASSAGE,
    MAX_RANGES,
    Quote,
    anchor_passage,
    find_quote,
    runs_of,
)


class QuoteForm(EnteredForm):
    """A form in which a passage is given by its words, or by a page, timecode or frame."""

    quote = CleanCharField(
        cleaner=clean_pasted_quote,
        required=False,
        max_length=MAX_QUOTE_IN_PASSAGE,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="The exact words, copied from the captured text. Between two runs of words put "
        "[…] on a line of its own.",
    )
    occurrence = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="Where the words stand there several times: which of them, counted from 1.",
    )
    locator = CleanCharField(
        required=False,
        max_length=Passage._meta.get_field("locator").max_length,
        help_text=str(Passage._meta.get_field("locator").help_text),
    )

    @property
    def quotes(self) -> list[Quote]:
        """The quotes that were typed."""
        runs = runs_of(self.cleaned_data.get("quote") or "")
        return [Quote(run, self.cleaned_data.get("occurrence")) for run in runs]

    @property
    def gives_passage(self) -> bool:
        """Whether a passage was typed at all."""
        return bool(self.quotes or self.cleaned_data.get("locator"))

    def check_quotes(self, capture: Capture) -> None:
        """Put an error on the quote unless all its words stand in the capture's text."""
        if len(self.quotes) > MAX_RANGES:
            self.add_error("quote", f"Give at most {MAX_RANGES} runs of words.")
        if len(self.quotes) > 1 and self.cleaned_data.get("occurrence"):
            self.add_error("occurrence", "An occurrence can be given for a single run of words.")
        for quote in self.quotes[:MAX_RANGES]:
            try:
                find_quote(capture.text, quote)
            except InvalidInput as error:
                self.add_error("quote", error.for_form())

    def anchor(self, capture: Capture, *, by: Any) -> Passage:
        """Keep the passage. Raises InvalidInput, as where two runs overlap."""
        return anchor_passage(
            capture, self.quotes, by=by, locator=self.cleaned_data.get("locator") or ""
        )
