"""ApiKey: what a program shows to be known by."""

import datetime
from typing import Any, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from factcheck.common.callers import Scope
from factcheck.common.guards import Guard, insist
from factcheck.common.history import tracked
from factcheck.common.models import Entered
from factcheck.common.text import validate_line, validate_name

# Of a row that exists only this may ever change; and a key that is revoked stays so.
CHANGES = "'revoked_at' - 'revoked_by_id' - 'contact'"
STAYS = f"""
    to_jsonb(NEW) - {CHANGES} = to_jsonb(OLD) - {CHANGES}
    AND (OLD.revoked_at IS NULL
        OR (NEW.revoked_at, NEW.revoked_by_id) = (OLD.revoked_at, OLD.revoked_by_id))
"""


class ApiKeys(models.QuerySet["ApiKey"]):
    """Keys by what they are still good for."""

    def not_revoked(self) -> Self:
        """Those that open something, at least until their day is over."""
        return self.filter(revoked_at=None)


@tracked
class ApiKey(Entered):
    """A key that an administrator has given to somebody: its beginning, by which people tell keys
    apart, and the SHA-256 of the whole, which is kept nowhere. Written by `partners.keys`.
    """

    prefix = models.CharField(
        "begins with",
        max_length=8,
        unique=True,
        editable=False,
        help_text="The eight characters after “fc_”: no secret, and enough to tell keys apart.",
    )
    sha256 = models.CharField(max_length=64, editable=False)
    name = models.CharField(
        "whose it is",
        max_length=200,
        validators=[validate_name],
        help_text="The newsroom, office or program that asks with it. Never published.",
    )
    contact = models.CharField(
        "how to reach them",
        max_length=300,
        validators=[validate_line],
        help_text="Whom to write to before the key is revoked. Never published.",
    )
    scopes: "ArrayField[Any, Any]" = ArrayField(
        models.CharField(max_length=20, choices=Scope.choices),
        verbose_name="good for",
        help_text="What it opens; elsewhere it is refused. All can be read without a key as well, "
        "within lower limits.",
    )
    expires_on = models.DateField(
        "last day",
        null=True,
        blank=True,
        help_text="It opens nothing after the end of this day, in UTC. Empty: until it is revoked.",
    )
    revoked_at = models.DateTimeField("revoked at", null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    # The key itself, on the one object that has just been made.
    shown_once = ""

    objects = ApiKeys.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "API key"
        constraints = [
            models.CheckConstraint(
                name="apikey_is_prefix_and_hash",
                condition=Q(prefix__regex="^[0-9a-z]{8}$", sha256__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="apikey_is_somebodys",
                condition=Q(name__regex=r"\S", contact__regex=r"\S"),
                violation_error_message="Say whose it is, and how to reach them.",
            ),
            models.CheckConstraint(
                name="apikey_is_good_for_something",
                condition=Q(scopes__contained_by=Scope.values) & ~Q(scopes=[]),
                violation_error_message="Say what it is good for.",
            ),
            models.CheckConstraint(
                name="apikey_revoked_has_somebody",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]
        triggers = [
            Guard(
                name="apikey_is_only_revoked",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=insist(
                    STAYS,
                    name="apikey_is_only_revoked",
                    message="A key is revoked and replaced by another, never changed.",
                )
                + "RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} (fc_{self.prefix}…)"

    @property
    def is_over(self) -> bool:
        """Whether its last day is over."""
        return is_past(self.expires_on)

    @property
    def state(self) -> str:
        """What it is good for now, in a word."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.is_over else "in use"


def is_past(last_day: datetime.date | None) -> bool:
    """Whether a last day is over, in UTC."""
    return last_day is not None and last_day < timezone.now().date()
