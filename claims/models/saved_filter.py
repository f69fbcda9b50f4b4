"""Filters of the claim list that somebody wants to use again."""

from django.db import models
from django.db.models import Q

from factcheck.common.history import tracked
from factcheck.common.models import Entered
from factcheck.common.text import validate_line, validate_name

MAX_QUERY = 2_000


@tracked
class SavedFilter(Entered):
    """A query of the claim list under a name, for who entered it or for everybody at the desk."""

    name = models.CharField(
        max_length=80,
        validators=[validate_name],
        help_text="How it is called in the bar above the list.",
    )
    query = models.CharField(
        max_length=MAX_QUERY,
        validators=[validate_line],
        help_text="What stands after the question mark in the address of the list.",
    )
    is_shared = models.BooleanField(
        "for everybody",
        default=False,
        help_text="Everybody at the desk sees it in the bar; otherwise you alone.",
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                name="savedfilter_name_means_one",
                fields=["created_by", "name"],
                violation_error_message="You have a filter of this name already.",
            ),
            models.CheckConstraint(
                name="savedfilter_has_a_query",
                condition=Q(query__regex=r"^[!-~]+$"),
                violation_error_message="Choose a filter or search for something first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
