"""Captures: what we hold of a Document, and what in it is page furniture."""

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from factcheck.common.guards import Guard, refuse
from factcheck.common.history import tracked
from factcheck.common.models import Entered, PublicId
from factcheck.common.text import validate_line, validate_quote, validate_url
from sources.choices import CaptureStatus


class Capture(Entered):
    """An immutable archived copy of a Document: bytes, their hash, and the text taken from them.

    Written once by `sources.services.add_capture`; a trigger refuses every later change. Private:
    readers see hash, time and status.
    """

    public_id = models.CharField(
        max_length=10, unique=True, editable=False, db_default=PublicId(), db_index=False
    )
    document = models.ForeignKey(
        "sources.Document", on_delete=models.PROTECT, related_name="captures"
    )
    content = models.BinaryField(help_text="The bytes, as they came.")
    media_type = models.CharField(max_length=100, help_text="Such as text/plain or text/html.")
    sha256 = models.CharField("SHA-256", max_length=64, help_text="Of the bytes, in hexadecimal.")
    captured_at = models.DateTimeField(help_text="When the bytes came to us.")
    final_url = models.CharField(
        "final address",
        max_length=2000,
        blank=True,
        validators=[validate_url],
        help_text="The address after redirects; empty for a supplied file.",
    )
    status = models.CharField(
        max_length=20, choices=CaptureStatus.choices, help_text="What was found there."
    )
    supplied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="For a supplied file: who brought it.",
    )
    text = models.TextField(
        validators=[validate_quote],
        help_text="The text taken from the bytes. Quotes count its code points.",
    )
    extractor = models.CharField(
        max_length=100, validators=[validate_line], help_text="What took the text from the bytes."
    )
    extractor_version = models.CharField(max_length=40, validators=[validate_line])

    class Meta:
        ordering = ["document_id", "-captured_at"]
        constraints = [
            models.UniqueConstraint(
                name="capture_bytes_are_kept_once",
                fields=["document", "sha256"],
                condition=Q(status=CaptureStatus.SUPPLIED),
                violation_error_message="This file was supplied for this Document already.",
            ),
            models.CheckConstraint(
                name="capture_supplied_by_somebody",
                condition=(Q(status=CaptureStatus.SUPPLIED) & Q(supplied_by__isnull=False))
                | (~Q(status=CaptureStatus.SUPPLIED) & Q(supplied_by=None)),
                violation_error_message="A supplied file has somebody who supplied it.",
            ),
            models.CheckConstraint(
                name="capture_status_is_known", condition=Q(status__in=CaptureStatus.values)
            ),
        ]
        triggers = [
            Guard(
                name="never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=refuse(
                    name="capture_never_changes",
                    message="What was captured never changes, and is never deleted by hand.",
                ),
            ),
            Guard(
                name="hash_is_of_the_bytes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    IF NEW.sha256 <> encode(sha256(NEW.content), 'hex') THEN
                        {
                    refuse(
                        name="capture_hash_is_of_the_bytes",
                        message="The hash is not that of the bytes.",
                    )
                }
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, {self.status}, {self.captured_at:%Y-%m-%d}"


@tracked
class Furniture(Entered):
    """A range of a Capture's text that belongs to the page, not to the item: a teaser, a notice."""

    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="furniture")
    start = models.PositiveIntegerField(help_text="First code point, counted from 0.")
    end = models.PositiveIntegerField(help_text="The code point after the last one.")

    class Meta:
        ordering = ["capture_id", "start"]
        verbose_name_plural = "furniture"
        constraints = [
            models.CheckConstraint(
                name="furniture_range_in_order",
                condition=Q(start__lt=F("end")),
                violation_error_message="A range ends after it starts.",
            ),
            models.UniqueConstraint(
                name="furniture_is_marked_once",
                fields=["capture", "start", "end"],
                violation_error_message="This range is marked already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"

    def clean(self) -> None:
        """Refuse a range beyond the text."""
        if self.end is not None and self.end > len(self.capture.text):
            raise ValidationError({"end": "The range ends after the text does."})
