"""Captures: what we hold of a Document, and what in it is page furniture."""

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from factcheck.common.guards import Guard, insist, refuse
from factcheck.common.history import tracked
from factcheck.common.models import Entered, PublicId
from factcheck.common.text import validate_line, validate_quote, validate_url
from sources.choices import HELD_STATUSES, CaptureStatus

NEVER_CHANGES = "What was captured never changes, and is never deleted by hand."
# The one way in which a row changes: bytes and text go on the day that was set. Whoever may not
# UPDATE the table at all has `capture_erase`, which does nothing else.
ERASES_ONLY = (
    insist(
        """
        OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL
        AND (to_jsonb(NEW) - ARRAY['content', 'text', 'erased_at'])
            = (to_jsonb(OLD) - ARRAY['content', 'text', 'erased_at'])
        AND EXISTS (
            SELECT FROM sources_capturedeletion AS deletion
            WHERE deletion.capture_id = OLD.id AND deletion.delete_on <= current_date)
        """,
        name="capture_never_changes",
        message=NEVER_CHANGES,
    )
    + "RETURN NEW;"
)


class CaptureQuerySet(models.QuerySet["Capture"]):
    """Verbs over Captures."""

    def held(self) -> "CaptureQuerySet":
        """Those in which the document itself was seen, and of which the bytes are still there."""
        return self.filter(status__in=HELD_STATUSES, erased_at=None)

    def with_words(self) -> "CaptureQuerySet":
        """Those in which quotes are looked for: held, and no mere note that nothing has changed."""
        return self.held().filter(revisit_of=None)

    def newest_first(self) -> "CaptureQuerySet":
        """The last one that came to us first."""
        return self.order_by("-captured_at", "-pk")


class Capture(Entered):
    """An immutable archived copy of a Document: bytes, their hash, and the text taken from them.

    What we fetched ourselves is kept as WARC 1.1 (`tool` says with what); anything else as it came.
    What was the same as before is a *revisit*: a WARC without the page's bytes, which the capture
    that it points at has. Written once by `sources.services.add_capture`; triggers refuse every
    later change but one: on its deletion date `capture_erase` empties bytes and text, and leaves
    hash, time and status. Private: readers see hash, time and status.
    """

    public_id = models.CharField(
        max_length=10, unique=True, editable=False, db_default=PublicId(), db_index=False
    )
    document = models.ForeignKey(
        "sources.Document", on_delete=models.PROTECT, related_name="captures"
    )
    content = models.BinaryField(
        help_text="A supplied file as it came; what we fetched as WARC, with request and answer."
    )
    media_type = models.CharField(
        max_length=100, help_text="Of the document itself, such as text/plain or text/html."
    )
    sha256 = models.CharField(
        "SHA-256", max_length=64, help_text="Of the bytes that we keep, in hexadecimal."
    )
    captured_at = models.DateTimeField(help_text="When the bytes came to us.")
    final_url = models.CharField(
        "final address",
        max_length=2000,
        blank=True,
        validators=[validate_url],
        help_text="The address after redirects; empty for a supplied file.",
    )
    asked_url = models.CharField(
        "address asked",
        max_length=2000,
        blank=True,
        default="",
        db_default="",
        validators=[validate_url],
        help_text="Where we asked; empty for what we did not fetch ourselves.",
    )
    redirects = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        blank=True,
        help_text="The addresses that led on, in their order.",
    )
    http_status = models.PositiveSmallIntegerField(
        "HTTP status", null=True, blank=True, help_text="Of the last answer, such as 200 or 404."
    )
    tool = models.CharField(
        max_length=100,
        blank=True,
        default="",
        db_default="",
        validators=[validate_line],
        help_text="What fetched it and wrote the WARC, with versions.",
    )
    payload_sha256 = models.CharField(
        "SHA-256 of the page",
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="Of the page's own bytes within the WARC, as the site sent them.",
    )
    revisit_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="revisits",
        help_text="The capture that has the bytes, where the page was the same as then.",
    )
    status = models.CharField(
        max_length=20, choices=CaptureStatus.choices, help_text="What was found there."
    )
    reason = models.CharField(
        max_length=500,
        blank=True,
        default="",
        db_default="",
        validators=[validate_line],
        help_text="Why it is not the document, or why no text was taken from it.",
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
        blank=True,
        validators=[validate_quote],
        help_text="The text taken from the bytes. Quotes count its code points.",
    )
    extractor = models.CharField(
        max_length=100, validators=[validate_line], help_text="What took the text from the bytes."
    )
    extractor_version = models.CharField(max_length=40, validators=[validate_line])
    erased_at = models.DateTimeField(
        null=True, editable=False, help_text="When bytes and text were deleted."
    )

    objects = CaptureQuerySet.as_manager()

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
            models.CheckConstraint(
                name="capture_fetched_says_where_and_with_what",
                condition=(Q(tool="", asked_url="", payload_sha256="", http_status=None))
                | (~Q(tool="") & ~Q(asked_url="") & ~Q(status=CaptureStatus.SUPPLIED)),
            ),
            models.CheckConstraint(
                name="capture_revisit_has_no_words",
                condition=Q(revisit_of=None)
                | (Q(status=CaptureStatus.LIVE, text="") & ~Q(payload_sha256="")),
            ),
            models.CheckConstraint(
                name="capture_erased_is_empty",
                condition=Q(erased_at=None) | Q(content=b"", text=""),
            ),
        ]
        indexes = [
            models.Index(
                name="capture_changed_since",
                fields=["document", "created_at"],
                condition=Q(status=CaptureStatus.CHANGED),
            )
        ]
        triggers = [
            Guard(
                name="never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=refuse(name="capture_never_changes", message=NEVER_CHANGES),
            ),
            Guard(
                name="erases_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=ERASES_ONLY,
            ),
            Guard(
                name="repeats_the_payload",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__revisit_of__isnull=False),
                func=insist(
                    """
                    EXISTS (SELECT FROM sources_capture AS first
                        WHERE first.id = NEW.revisit_of_id
                            AND first.document_id = NEW.document_id
                            AND first.payload_sha256 = NEW.payload_sha256
                            AND first.revisit_of_id IS NULL)
                    """,
                    name="capture_repeats_the_payload",
                    message="A revisit points at the copy of the same document that has its bytes.",
                )
                + "RETURN NEW;",
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

    @property
    def is_warc(self) -> bool:
        """Whether the bytes are a WARC that we wrote; else a file as it came."""
        return bool(self.tool)


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
