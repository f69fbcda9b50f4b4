"""How claims stand to each other."""

from django.db import models
from django.db.models import F, Q

from claims.choices import RelationKind
from claims.models.claim import Claim, touches_claim
from factcheck.common.acyclic import acyclic, check_acyclic
from factcheck.common.history import tracked
from factcheck.common.models import Entered
from factcheck.common.text import validate_line

PART_IN_CIRCLE = "This would make a claim a part of itself."


@tracked
class ClaimRelation(Entered):
    """How a Claim stands to another one; each keeps its own statuses. No claim is a part of itself,
    by trigger; two may deny each other.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(
        max_length=20,
        choices=RelationKind.choices,
        help_text="How this claim stands to the other one.",
    )
    other = models.ForeignKey(
        Claim,
        on_delete=models.PROTECT,
        related_name="relations_to_it",
        help_text="The other claim; the earlier one, where they follow each other. It is named in "
        "public only while it is public itself.",
    )
    note = models.CharField(
        max_length=300, blank=True, validators=[validate_line], help_text="Why, in a few words."
    )

    class Meta:
        ordering = ["claim_id", "id"]
        constraints = [
            models.UniqueConstraint(
                name="claimrelation_stands_once",
                fields=["claim", "kind", "other"],
                violation_error_message="This relation is given already.",
            ),
            models.CheckConstraint(
                name="claimrelation_is_to_another",
                condition=~Q(claim=F("other")),
                violation_error_message="A claim is not related to itself.",
            ),
            models.CheckConstraint(
                name="claimrelation_kind_is_known", condition=Q(kind__in=RelationKind.values)
            ),
        ]
        triggers = [
            touches_claim(),
            acyclic(
                table="claims_claimrelation",
                child="claim_id",
                parent="other_id",
                message=PART_IN_CIRCLE,
                counts="{row}.kind = 'part-of'",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.other}"

    def clean(self) -> None:
        """Refuse a part of itself before the database does, with the same words."""
        if self.kind == RelationKind.PART_OF:
            check_acyclic(
                self,
                child="claim_id",
                parent="other_id",
                message=PART_IN_CIRCLE,
                kind=RelationKind.PART_OF,
            )
