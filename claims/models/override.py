"""Where an editor publishes although a rule is not met, and says why."""

from django.db import models

from claims.models.claim import Claim, touches_claim
from factcheck.common.history import tracked
from factcheck.common.models import Entered
from factcheck.common.text import validate_text


@tracked
class Override(Entered):
    """One publication rule that a Claim does not have to meet, for a reason that is published.

    It holds only where an editor entered it, and never for a rule that nobody may override:
    `claims.rules` decides both.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="overrides")
    rule = models.CharField(max_length=40, help_text="The rule that is not met.")
    reason = models.TextField(
        validators=[validate_text],
        help_text="Why it is published all the same, in words for the reader.",
    )

    class Meta:
        ordering = ["claim_id", "rule"]
        constraints = [
            models.UniqueConstraint(
                name="override_stands_once",
                fields=["claim", "rule"],
                violation_error_message="This rule is overridden already.",
            ),
            models.CheckConstraint(
                name="override_has_a_reason", condition=models.Q(reason__regex=r"\S")
            ),
        ]
        triggers = [touches_claim()]

    def __str__(self) -> str:
        return self.rule
