"""Passages: the exact places in what we hold."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from factcheck.common.finding import words_index
from factcheck.common.guards import Guard, refuse
from factcheck.common.models import Entered
from factcheck.common.text import validate_line, validate_quote

CONTEXT_LENGTH = 32
WORDS_ARE_NOT_THERE = "These words do not stand at this place in the captured text."


class PassageQuerySet(models.QuerySet["Passage"]):
    """Verbs over Passages."""

    def for_records(self) -> "PassageQuerySet":
        """With all that records tell of a Passage, and without its Capture's bytes and text."""
        return (
            self.select_related("capture__document__source", "capture__document__author")
            .defer("capture__content", "capture__text")
            .prefetch_related("ranges")
        )


def never_changes(name: str) -> Guard:
    """Refuses to change or delete what citations point at: another quote is another Passage."""
    return Guard(
        name="never_changes",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=refuse(
            name=f"{name}_never_changes",
            message="A quote never changes and is never deleted: another quote is another passage.",
        ),
    )


class Passage(Entered):
    """A place in a Capture: ranges of its text, or a locator (page, timecode, frame).

    Written once by `sources.services.anchor_passage`, which finds the words and their offsets.
    """

    capture = models.ForeignKey(
        "sources.Capture",
        on_delete=models.PROTECT,
        related_name="passages",
        help_text="The copy in whose text the words stand.",
    )
    locator = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_line],
        help_text="Page, timecode or frame, where there is no text to point at.",
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["capture_id", "id"]
        indexes = [words_index("passage_words", "locator")]
        triggers = [never_changes("passage")]

    def __str__(self) -> str:
        return self.locator or f"passage {self.pk} of {self.capture_id}"


class PassageRange(Entered):
    """One run of words in a Passage, as W3C TextQuote and TextPosition selectors give it.

    Offsets are code points in the Capture's text, half-open. A trigger compares the words with the
    text, so that a quote cannot drift from its source, and takes a range only together with its
    Passage.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="ranges")
    start = models.PositiveIntegerField(help_text="First code point, counted from 0.")
    end = models.PositiveIntegerField(help_text="The code point after the last one.")
    exact = models.TextField(
        validators=[validate_quote], help_text="The words, in the document's own characters."
    )
    prefix = models.CharField(max_length=CONTEXT_LENGTH, blank=True)
    suffix = models.CharField(max_length=CONTEXT_LENGTH, blank=True)

    class Meta:
        ordering = ["passage_id", "start"]
        constraints = [
            models.CheckConstraint(
                name="passagerange_in_order",
                condition=Q(start__lt=F("end")),
                violation_error_message="A range ends after it starts.",
            ),
            models.UniqueConstraint(
                name="passagerange_starts_once",
                fields=["passage", "start"],
                violation_error_message="Two ranges of a passage start at the same place.",
            ),
        ]
        indexes = [words_index("passagerange_words", "exact")]
        triggers = [
            never_changes("passagerange"),
            Guard(
                name="words_are_there",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("held", "TEXT")],
                func=f"""
                    SELECT capture.text INTO held
                    FROM sources_capture AS capture
                    JOIN sources_passage AS passage ON passage.capture_id = capture.id
                    WHERE passage.id = NEW.passage_id
                        AND passage.created_at >= transaction_timestamp();
                    IF substr(held, NEW.start + 1, NEW."end" - NEW.start)
                            IS DISTINCT FROM NEW.exact
                        OR substr(held, greatest(NEW.start - {CONTEXT_LENGTH}, 0) + 1,
                                  least(NEW.start, {CONTEXT_LENGTH}))
                            IS DISTINCT FROM NEW.prefix
                        OR substr(held, NEW."end" + 1, {CONTEXT_LENGTH})
                            IS DISTINCT FROM NEW.suffix
                    THEN
                        {refuse(name="passagerange_words_are_there", message=WORDS_ARE_NOT_THERE)}
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.exact

    def clean(self) -> None:
        """Refuse words that do not stand there, before the database does."""
        held = self.passage.capture.text[self.start : self.end]
        if held != self.exact:
            raise ValidationError({"exact": WORDS_ARE_NOT_THERE})
