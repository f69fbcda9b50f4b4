"""Proposals that somebody at the desk has rejected."""

from django.db import models
from django.db.models import Q

from factcheck.common.history import tracked
from factcheck.common.models import Entered


@tracked
class RejectedProposal(Entered):
    """A proposed claim that is not shown again on the sheet of its Document. Known by its words,
    so that it stays away when the text is captured anew; a desk's note, in no record.
    """

    document = models.ForeignKey(
        "sources.Document", on_delete=models.CASCADE, related_name="rejected_proposals"
    )
    fingerprint = models.CharField(
        max_length=64, help_text="SHA-256 of the words, the speaker and the figure."
    )

    class Meta:
        ordering = ["document_id", "id"]
        constraints = [
            models.UniqueConstraint(
                name="rejectedproposal_is_rejected_once",
                fields=["document", "fingerprint"],
                violation_error_message="This proposal was rejected already.",
            ),
            models.CheckConstraint(
                name="rejectedproposal_has_a_fingerprint",
                condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="A fingerprint is a SHA-256 in hexadecimal.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fingerprint[:12]} of {self.document_id}"
