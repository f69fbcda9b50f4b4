"""What belongs to the house as a whole."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from factcheck.ledger.triggers import append_only


class ReadOnlySwitch(models.Model):
    """One flip of the switch that makes the desk read-only; the newest row says how it stands, and
    all together are its history. Written by `read_only.switch`.
    """

    is_on = models.BooleanField(help_text="Whether the desk is read-only from here on.")
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody, where it was switched at the server itself.",
    )
    why = models.CharField(max_length=500, help_text="Kept in the history; never published.")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "read-only switch"
        verbose_name_plural = "read-only switch"
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="factcheck_readonlyswitch_has_a_reason",
                violation_error_message="Say why: it stays in the history.",
            )
        ]
        triggers = [append_only("factcheck_readonlyswitch")]

    def __str__(self) -> str:
        return "read-only" if self.is_on else "open"
