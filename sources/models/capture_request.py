"""Copies that somebody asked for: what the worker has to do, has done, and why it could not."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from factcheck.common.models import Entered
from factcheck.common.text import validate_line, validate_url
from sources.choices import OPEN_STATES, RequestState
from sources.models.capture import Capture
from sources.models.document import Document

# Longer than fetching a page and reading it can take: whoever was at it is dead.
SILENCE = timedelta(seconds=150)


class CaptureRequestQuerySet(models.QuerySet["CaptureRequest"]):
    """Verbs over requests."""

    def due(self) -> "CaptureRequestQuerySet":
        """Those to be carried out now: waiting no longer, or left by a worker that died."""
        now = timezone.now()
        is_waiting = Q(state=RequestState.WAITING, next_try_at__lte=now)
        is_left = Q(state=RequestState.RUNNING, seen_at__lt=now - SILENCE)
        return self.filter(is_waiting | is_left)

    def open(self) -> "CaptureRequestQuerySet":
        """Those of which nothing has come yet."""
        return self.filter(state__in=OPEN_STATES)


class CaptureRequest(Entered):
    """One wish for a copy of a Document from its address. Written by `sources.capturing.requests`
    alone.
    """

    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="capture_requests"
    )
    url = models.CharField("address", max_length=2000, validators=[validate_url])
    state = models.CharField(
        max_length=20, choices=RequestState.choices, default=RequestState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0, help_text="How often it was tried.")
    next_try_at = models.DateTimeField(help_text="It is not tried before this time.")
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody last began with it."
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(
        max_length=500,
        blank=True,
        validators=[validate_line],
        help_text="How the last try ended.",
    )
    capture = models.ForeignKey(
        Capture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="What came of it.",
    )

    objects = CaptureRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "copy asked for"
        verbose_name_plural = "copies asked for"
        constraints = [
            models.CheckConstraint(
                name="capturerequest_state_is_known", condition=Q(state__in=RequestState.values)
            ),
            models.CheckConstraint(
                name="capturerequest_ends_once",
                condition=Q(state__in=OPEN_STATES, ended_at=None, capture=None)
                | (~Q(state__in=OPEN_STATES) & Q(ended_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="capturerequest_is_open_once",
                fields=["document"],
                condition=Q(state__in=OPEN_STATES),
                violation_error_message="A copy of this Document is being taken already.",
            ),
        ]
        indexes = [
            models.Index(
                name="capturerequest_open",
                fields=["next_try_at"],
                condition=Q(state__in=OPEN_STATES),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}, asked for {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.state in OPEN_STATES
