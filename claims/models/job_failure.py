"""Why a job of the worker failed, for people: the library that keeps the jobs does not say."""

from django.db import models


class JobFailure(models.Model):
    """The last failure of one job. Written by the worker alone, and gone once the job succeeds."""

    job = models.BigIntegerField(unique=True, help_text="The job, by its number.")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.reason
