"""What other fact-checkers' reviews were read, and what was made of each."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q

from claims.choices import ReviewTie, VerificationStatus
from claims.models.claim import Claim
from factcheck.common.dates import DateBoundsField, date_bounds_constraints
from factcheck.common.guards import Guard, refuse
from factcheck.common.history import tracked
from factcheck.common.languages import validate_language
from factcheck.common.models import Entered
from factcheck.common.text import validate_line, validate_name, validate_text, validate_url

# What a record tells of a review.
TOLD = "publisher label explanation language address published_not_before published_not_after"
CHANGED = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in TOLD.split())

TOLD_STAYS = f"""
    IF ({CHANGED}) AND EXISTS (
        SELECT 1 FROM claims_claim WHERE id = OLD.claim_id AND was_imported
    ) THEN
        {
    refuse(
        name="importedreview_told_stays",
        message="A record tells this review: it stays as it was published.",
    )
}
    END IF;
    RETURN NEW;
"""


FOLLOW_CLAIMS = """
UPDATE claims_importedreview AS review SET edit_number = claim.edit_number
FROM claims_claim AS claim
WHERE claim.id = review.claim_id AND claim.id = ANY(%s) AND review.edit_number <> claim.edit_number
"""


class ReviewsSeen(models.QuerySet["ImportedReview"]):
    """Verbs over reviews."""

    def unmapped(self) -> "ReviewsSeen":
        """Those whose label the table did not know."""
        return self.filter(suggested_status="").exclude(label="")

    def follow_claims(self, claims: list[int]) -> None:
        """Note the numbers of these claims beside all their reviews: it was the import that raised
        them, and no person.
        """
        with connection.cursor() as cursor:
            cursor.execute(FOLLOW_CLAIMS, [claims])


@tracked
class ImportedReview(Entered):
    """A review of a claim by another organisation, as it was read, and the claim and citation that
    it is tied to. Written by `claims.reviews` alone.

    `edit_number` is the claim's at the end of the import, `document_edit_number` the document's:
    where they differ, a person has changed it since, and no import touches it again.
    """

    key = models.CharField(
        max_length=64, unique=True, help_text="A hash of the review's address and the claim."
    )
    address = models.CharField(
        max_length=2000, validators=[validate_url], help_text="Where the review stands."
    )
    site = models.CharField(
        max_length=253, validators=[validate_line], help_text="The host of who reviewed."
    )
    publisher = models.CharField(
        max_length=200, validators=[validate_name], help_text="Who reviewed, as the review says."
    )
    label = models.TextField(
        blank=True, validators=[validate_line], help_text="Their verdict, in their own words."
    )
    explanation = models.TextField(
        blank=True, validators=[validate_text], help_text="Why, in their own words."
    )
    rating = models.CharField(
        max_length=130, blank=True, help_text="Their number with best and worst, as printed."
    )
    language = models.CharField(
        max_length=20, validators=[validate_language], help_text="The language of the review."
    )
    published = DateBoundsField("when the review was published")
    appearances = ArrayField(
        models.CharField(max_length=2000),
        default=list,
        blank=True,
        help_text="Where the claim was made or carried, as the review says.",
    )
    suggested_status = models.CharField(
        max_length=20,
        blank=True,
        choices=VerificationStatus.choices,
        help_text="What the table of labels suggests; empty for a label that it does not know.",
    )
    document = models.ForeignKey(
        "sources.Document",
        on_delete=models.PROTECT,
        related_name="reviews",
        help_text="The review as a document of who reviewed.",
    )
    claim = models.ForeignKey(
        Claim,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="imported_reviews",
        help_text="The claim that is reviewed. Empty where it was deleted here.",
    )
    citation = models.ForeignKey(
        "claims.Citation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="imported_reviews",
        help_text="The citation of the document. Empty where the claim was not ours to change.",
    )
    tie = models.CharField(
        max_length=20, choices=ReviewTie.choices, help_text="What the review was to the claim."
    )
    review_sha256 = models.CharField(max_length=64, help_text="Of the review as it was read.")
    edit_number = models.PositiveIntegerField(help_text="The claim's at the end of the import.")
    document_edit_number = models.PositiveIntegerField(help_text="The document's, likewise.")
    took_verdict = models.BooleanField(
        default=False, help_text="The claim was given the verdict, in order to be published."
    )

    objects = ReviewsSeen.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            *date_bounds_constraints("importedreview", "published"),
            models.UniqueConstraint(
                name="importedreview_claim_is_made_of_one",
                fields=["claim"],
                condition=Q(tie=ReviewTie.MADE),
            ),
            models.CheckConstraint(
                name="importedreview_codes_are_known",
                condition=Q(tie__in=ReviewTie.values)
                & (Q(suggested_status="") | Q(suggested_status__in=VerificationStatus.values)),
            ),
        ]
        indexes = [
            models.Index(
                name="importedreview_unmapped",
                fields=["site", "language"],
                condition=Q(suggested_status="") & ~Q(label=""),
            ),
        ]
        triggers = [
            Guard(
                name="told_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=TOLD_STAYS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.label or 'no label'}"
