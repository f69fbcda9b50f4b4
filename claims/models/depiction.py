"""Images and videos: what one is said to show, and what was found out about it."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from claims.choices import CitationRole, MediaFindingKind
from claims.models.citation import Citation
from claims.models.claim import Claim, touches_claim
from factcheck.common.dates import DateBoundsField, date_bounds_constraints
from factcheck.common.guards import Guard, refuse
from factcheck.common.history import tracked
from factcheck.common.models import Entered, PublicId, public_id_never_changes
from factcheck.common.text import validate_line, validate_text

FINDING_RESTS_ON_EVIDENCE = "A finding rests on a citation of the same claim, in role evidence."


@tracked
class Depiction(Entered):
    """What an image or video is said to show, where and when: what such a Claim is about."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="depiction")
    media = models.ForeignKey(
        "sources.Document",
        on_delete=models.PROTECT,
        related_name="depictions",
        help_text="The image or video itself, held by us or known by report.",
    )
    shows = models.TextField(
        validators=[validate_text], help_text="What it is said to show, without our verdict."
    )
    place = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_line],
        help_text="Where it is said to have been taken. Empty where nobody says.",
    )
    taken = DateBoundsField("when it is said to have been taken")

    class Meta:
        ordering = ["claim_id"]
        constraints = [*date_bounds_constraints("depiction", "taken")]
        triggers = [touches_claim()]

    def __str__(self) -> str:
        return f"{self.media} is said to show: {self.shows[:80]}"


@tracked
class MediaFinding(Entered):
    """Something found out about the image or video, with the evidence that it rests on."""

    public_id = models.CharField(
        max_length=10, unique=True, editable=False, db_default=PublicId(), db_index=False
    )
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="media_findings")
    finding = models.CharField(
        max_length=30,
        choices=MediaFindingKind.choices,
        help_text="What was found, after the ratings of schema.org MediaReview.",
    )
    evidence = models.ForeignKey(
        Citation,
        on_delete=models.CASCADE,
        related_name="media_findings",
        help_text="The citation, in role evidence, that it rests on.",
    )
    explanation = models.TextField(
        validators=[validate_text], help_text="What exactly was found, in words for the reader."
    )

    class Meta:
        ordering = ["claim_id", "id"]
        constraints = [
            models.UniqueConstraint(
                name="mediafinding_stands_once",
                fields=["claim", "finding", "evidence"],
                violation_error_message="This finding is given already.",
            ),
            models.CheckConstraint(
                name="mediafinding_is_known", condition=Q(finding__in=MediaFindingKind.values)
            ),
        ]
        triggers = [
            public_id_never_changes(),
            touches_claim(),
            Guard(
                name="rests_on_evidence",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                    IF NOT EXISTS (
                        SELECT 1 FROM claims_citation
                        WHERE id = NEW.evidence_id AND claim_id = NEW.claim_id
                            AND role = 'evidence'
                    ) THEN
                        {
                    refuse(name="mediafinding_rests_on_evidence", message=FINDING_RESTS_ON_EVIDENCE)
                }
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_finding_display()}: {self.explanation[:80]}"

    def clean(self) -> None:
        """Refuse what is no evidence of this claim before the database does."""
        if self.evidence_id is None:
            return  # The field says for itself that it is required.
        is_evidence = self.evidence.role == CitationRole.EVIDENCE
        if not is_evidence or self.evidence.claim_id != self.claim_id:
            raise ValidationError({"evidence": FINDING_RESTS_ON_EVIDENCE})
