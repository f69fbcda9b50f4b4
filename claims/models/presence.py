"""Who has which row open at the desk right now."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Presence(models.Model):
    """Somebody has a row of the desk open, since a moment and until they were last heard of.

    Written by `claims.presence` alone, which takes away what is older than two minutes whenever
    somebody is heard of: there are never more rows than open pages. It says nothing of any row's
    content and is forgotten within minutes, so it has neither a history nor a person behind it.
    """

    kind = models.CharField(max_length=100)
    row = models.BigIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        # Nobody is given or refused it: who may see the row may see who else has it open.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="presence_is_told_once", fields=["kind", "row", "user"])
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.kind} {self.row}"
