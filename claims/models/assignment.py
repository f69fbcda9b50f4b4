"""Who takes care of a claim, how urgent it is, and until when."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.desk_choices import Priority
from claims.models.beside import goes_with_the_claim
from factcheck.common.dates import days_can_be_meant, validate_day
from factcheck.common.guards import Guard, insist
from factcheck.common.history import tracked
from factcheck.common.models import Entered


def works_here(column: str, *, name: str) -> str:
    """PL/pgSQL that refuses who has left the desk."""
    person = f"SELECT 1 FROM auth_user WHERE id = NEW.{column} AND is_active AND is_staff"
    return insist(
        f"NEW.{column} IS NULL OR EXISTS ({person})",
        name=name,
        message="This person does not work at the desk any more: choose somebody else.",
    )


@tracked
class Assignment(Entered):
    """Whose work a Claim is now. Written by `claims.services.desk_work` alone.

    It is no part of the claim's file: it can change at any stage, is no edit, and leaves what was
    submitted as it was.
    """

    claim = models.OneToOneField(
        "claims.Claim", on_delete=goes_with_the_claim, related_name="assignment"
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        help_text="Who takes care of it: it stands on this person's page. Empty: nobody yet.",
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    assigned_at = models.DateTimeField(null=True)
    priority = models.CharField(
        max_length=10,
        choices=Priority.choices,
        default=Priority.NORMAL,
        help_text="What is taken up first among what is due on the same day.",
    )
    due_on = models.DateField(
        "due",
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="The day by which it should be done; after it, it stands on top, marked.",
    )

    class Meta:
        ordering = ["claim_id"]
        constraints = [
            models.CheckConstraint(
                name="assignment_priority_is_known", condition=Q(priority__in=Priority.values)
            ),
            models.CheckConstraint(
                name="assignment_says_who_and_when",
                condition=Q(assignee=None, assigned_by=None, assigned_at=None)
                | Q(assignee__isnull=False, assigned_by__isnull=False, assigned_at__isnull=False),
            ),
            days_can_be_meant("assignment", "due_on"),
        ]
        triggers = [
            Guard(
                name="assignee_works_here",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("assignee_id"),
                func=works_here("assignee_id", name="assignment_assignee_works_here")
                + "RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignee or 'nobody'}, {self.get_priority_display()}"
