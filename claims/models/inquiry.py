"""What was asked and looked for, and with what result."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from claims.choices import InquiryManner, InquiryResult
from claims.models.claim import Claim, touches_claim
from factcheck.common.dates import days_can_be_meant, validate_day
from factcheck.common.guards import Guard, insist
from factcheck.common.history import tracked
from factcheck.common.models import Entered, PublicId, public_id_never_changes
from factcheck.common.text import validate_line, validate_text

PRIVATE_ASKED = "An inquiry names an office or a body, never a private person."
ASKED_RESULTS = [
    InquiryResult.WAITING,
    InquiryResult.ANSWERED,
    InquiryResult.DENIED,
    InquiryResult.DECLINED,
    InquiryResult.NO_ANSWER,
]
FOUND_RESULTS = [InquiryResult.ANSWERED, InquiryResult.SILENT, InquiryResult.NOTHING_FOUND]


@tracked
class Inquiry(Entered):
    """What we, or another newsroom as cited, asked or looked for. Names offices, not people."""

    public_id = models.CharField(
        max_length=10, unique=True, editable=False, db_default=PublicId(), db_index=False
    )
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="inquiries")
    position = models.PositiveSmallIntegerField(default=1, help_text="Its place in the list.")
    manner = models.CharField(
        max_length=20,
        choices=InquiryManner.choices,
        default=InquiryManner.ASKED,
        help_text="Was somebody asked, or was it looked for where it should be?",
    )
    asked_of = models.ForeignKey(
        "sources.Actor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        help_text="The office or body that was asked, or whose word was looked for; never a "
        "private person.",
    )
    place = models.CharField(
        "where",
        max_length=200,
        validators=[validate_line],
        help_text="Where it was asked or looked for, such as “the press office, by e-mail”.",
    )
    question = models.TextField(
        validators=[validate_text], help_text="What was asked or looked for, for the reader."
    )
    asked_on = models.DateField(
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="The day on which it was asked or looked for.",
    )
    deadline = models.DateField(
        null=True, blank=True, validators=[validate_day], help_text="Until when we asked to hear."
    )
    result = models.CharField(
        max_length=20,
        choices=InquiryResult.choices,
        default=InquiryResult.WAITING,
        help_text="What came of it.",
    )
    answered_on = models.DateField(
        null=True, blank=True, validators=[validate_day], help_text="The day of the answer."
    )
    answer = models.TextField(
        blank=True,
        validators=[validate_text],
        help_text="What the answer was, or what was found, for the reader.",
    )
    newsroom = models.ForeignKey(
        "sources.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inquiries",
        help_text="Another newsroom that asked, as cited. Empty where we did.",
    )
    passage = models.ForeignKey(
        "sources.Passage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The passage that has the answer, or tells of another newsroom's question.",
    )

    class Meta:
        ordering = ["claim_id", "position", "id"]
        verbose_name_plural = "inquiries"
        constraints = [
            days_can_be_meant("inquiry", "asked_on", "deadline", "answered_on"),
            models.CheckConstraint(
                name="inquiry_result_fits_the_manner",
                condition=Q(manner=InquiryManner.ASKED, result__in=ASKED_RESULTS)
                | Q(manner=InquiryManner.LOOKED_FOR, result__in=FOUND_RESULTS),
                violation_error_message=(
                    "Who was asked answers, denies, declines or gives no answer; what was looked "
                    "for is found, is not, or was met with silence."
                ),
            ),
            models.CheckConstraint(
                name="inquiry_answer_comes_with_a_result",
                condition=Q(result__in=[InquiryResult.ANSWERED, InquiryResult.DENIED])
                & ~Q(answer="")
                | ~Q(result__in=[InquiryResult.ANSWERED, InquiryResult.DENIED])
                & Q(answered_on=None),
                violation_error_message=(
                    "Say what the answer was; without an answer there is no day of it."
                ),
            ),
            models.CheckConstraint(
                name="inquiry_of_another_newsroom_is_cited",
                condition=Q(newsroom=None) | Q(passage__isnull=False),
                violation_error_message="Cite the passage that tells of the newsroom's question.",
            ),
            models.CheckConstraint(
                name="inquiry_of_ours_is_dated",
                condition=Q(newsroom__isnull=False) | Q(asked_on__isnull=False),
                violation_error_message="Say on which day we asked or looked.",
            ),
            models.CheckConstraint(
                name="inquiry_waits_until_a_day",
                condition=~Q(result=InquiryResult.WAITING) | Q(deadline__isnull=False),
                violation_error_message="While you wait for an answer, say until when.",
            ),
            models.CheckConstraint(
                name="inquiry_days_in_order",
                condition=(Q(asked_on=None) | Q(deadline=None) | Q(asked_on__lte=F("deadline")))
                & (Q(asked_on=None) | Q(answered_on=None) | Q(asked_on__lte=F("answered_on"))),
                violation_error_message="Deadline and answer come after the question.",
            ),
        ]
        triggers = [
            public_id_never_changes(),
            touches_claim(),
            Guard(
                name="asks_no_private_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=insist(
                    "NEW.asked_of_id IS NULL OR NOT "
                    "(SELECT is_private FROM sources_actor WHERE id = NEW.asked_of_id)",
                    name="inquiry_asks_no_private_person",
                    message=PRIVATE_ASKED,
                )
                + "RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.get_result_display()}"

    def clean(self) -> None:
        """Refuse a private person before the database does."""
        if self.asked_of is not None and self.asked_of.is_private:
            raise ValidationError({"asked_of": PRIVATE_ASKED})
