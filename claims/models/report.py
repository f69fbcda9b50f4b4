"""What readers write to us, and what became of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from claims.desk_choices import ReportKind, ReportState
from factcheck.common.history import tracked
from factcheck.common.models import Entered, Identified, identified_triggers
from factcheck.common.text import validate_line, validate_quote, validate_text

OPEN_STATES = [ReportState.NEW, ReportState.IN_HAND]
# What anybody may write at once; a letter is shorter.
MAX_WORDS = 20_000


def entered_by_nobody() -> models.ForeignKey[Any, Any]:
    """Who entered it at the desk; null where a reader sent it, who has no account."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )


@tracked
class Report(Identified):
    """A reader's report: for the desk alone. `state`, and what goes with it, is written by
    `claims.services.reports`. Nobody of the desk has entered what a reader sent by the form.
    """

    created_by = entered_by_nobody()
    claim = models.ForeignKey(
        "claims.Claim",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        help_text="The claim it is about, if it is about one of ours.",
    )
    kind = models.CharField(
        max_length=20,
        choices=ReportKind.choices,
        help_text="What the reader wants: what it is called here can be changed later.",
    )
    text = models.TextField(
        "what they write",
        validators=[validate_quote],
        help_text="In their own words. It cannot be changed afterwards, and is never published.",
    )
    received_at = models.DateTimeField(
        help_text="When it reached us, in UTC; how long it has been waiting is counted from there."
    )
    state = models.CharField(
        max_length=20, choices=ReportState.choices, default=ReportState.NEW, editable=False
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    taken_at = models.DateTimeField(null=True, editable=False)
    answer = models.TextField(
        blank=True,
        editable=False,
        validators=[validate_text],
        help_text="What was written back, for the desk to look up.",
    )
    outcome = models.TextField(
        blank=True,
        editable=False,
        validators=[validate_text],
        help_text="What came of it, such as “corrected in version 2” or “nothing to mend”.",
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="report_codes_are_known",
                condition=Q(kind__in=ReportKind.values, state__in=ReportState.values),
            ),
            models.CheckConstraint(
                name="report_says_something",
                condition=Q(LessThanOrEqual(Length("text"), MAX_WORDS), text__regex=r"\S"),
                violation_error_message="Enter what they write, in at most 20,000 characters.",
            ),
            models.CheckConstraint(
                name="report_in_hand_has_somebody",
                condition=Q(state=ReportState.NEW, taken_by=None, taken_at=None)
                | Q(taken_by__isnull=False, taken_at__isnull=False) & ~Q(state=ReportState.NEW),
            ),
            models.CheckConstraint(
                name="report_settled_has_somebody",
                condition=Q(state__in=OPEN_STATES, settled_by=None, settled_at=None)
                | Q(settled_by__isnull=False, settled_at__isnull=False) & ~Q(state__in=OPEN_STATES),
            ),
            models.CheckConstraint(
                name="report_answered_has_an_answer",
                condition=~Q(state=ReportState.ANSWERED) | Q(answer__regex=r"\S"),
                violation_error_message="Say what was answered.",
            ),
            models.CheckConstraint(
                name="report_closed_has_an_outcome",
                condition=~Q(state=ReportState.CLOSED) | Q(outcome__regex=r"\S"),
                violation_error_message="Say what came of it.",
            ),
        ]
        indexes = [
            models.Index(
                name="report_open",
                fields=["received_at"],
                condition=Q(state__in=OPEN_STATES),
            )
        ]
        triggers = identified_triggers()

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.received_at:%Y-%m-%d}"


class ReportContact(Entered):
    """How to reach who sent a Report. In a table of its own, without history, so that it is gone
    once it is erased.
    """

    created_by = entered_by_nobody()
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="contact")
    words = models.CharField(
        "how to reach them",
        max_length=300,
        validators=[validate_line],
        help_text="An address or a number, as they gave it. It is erased for good when nobody "
        "needs it any more.",
    )

    class Meta:
        ordering = ["report_id"]
        constraints = [
            models.CheckConstraint(
                name="reportcontact_says_something", condition=Q(words__regex=r"\S")
            )
        ]

    def __str__(self) -> str:
        return "how to reach them"


class ReportCount(models.Model):
    """How many reports came from one network within an hour, or from all of them.

    Written by `claims.services.receiving` alone, which takes away what is older. The network stands
    here as a keyed hash, so that nobody who reads the table learns who wrote. It says nothing of
    any report and is forgotten within hours, so it has neither a history nor a person behind it.
    """

    hour = models.DateTimeField()
    network = models.BinaryField(max_length=32)
    count = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="reportcount_is_one", fields=["hour", "network"])
        ]

    def __str__(self) -> str:
        return f"{self.count} since {self.hour:%H:%M}"
