"""Grades: what the desk thinks of a Source's reliability, for itself alone."""

from django.db import models
from django.db.models import Q

from factcheck.common.dates import days_can_be_meant, validate_day
from factcheck.common.history import tracked
from factcheck.common.models import Entered
from factcheck.common.text import validate_line, validate_text
from sources.choices import Reliability


@tracked
class SourceGrade(Entered):
    """How reliable the desk found a Source on one topic, on one day: a working note in no public
    record. A later opinion is another grade. It protects the Source from being deleted, and is no
    change of it.
    """

    source = models.ForeignKey("sources.Source", on_delete=models.PROTECT, related_name="grades")
    about = models.CharField(
        max_length=200,
        validators=[validate_line],
        help_text="On what it was found so, such as “casualties in the region”.",
    )
    grade = models.CharField(
        max_length=1,
        choices=Reliability.choices,
        help_text="The Admiralty grade: how often it was right before, not whether it is now.",
    )
    as_of = models.DateField(
        validators=[validate_day], help_text="The day on which the desk found it so."
    )
    note = models.TextField(
        blank=True, validators=[validate_text], help_text="Why, for the desk; never published."
    )

    class Meta:
        ordering = ["source_id", "about", "-as_of"]
        constraints = [
            models.UniqueConstraint(
                name="sourcegrade_is_given_once",
                fields=["source", "about", "as_of"],
                violation_error_message="This Source has a grade on this for that day already.",
            ),
            models.CheckConstraint(
                name="sourcegrade_is_known", condition=Q(grade__in=Reliability.values)
            ),
            days_can_be_meant("sourcegrade", "as_of"),
        ]

    def __str__(self) -> str:
        return f"{self.grade} on {self.about}, {self.as_of}"
