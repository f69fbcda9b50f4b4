"""Files that were brought to the desk to be imported, and what was done with them."""

import datetime

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from claims.desk_choices import RunState
from factcheck.common.guards import Guard, refuse
from factcheck.common.models import Entered
from factcheck.common.text import validate_line

# A run says after every row how far it is; one that is silent for so long was broken off.
SILENCE = datetime.timedelta(minutes=3)


class Upload(Entered):
    """A file that somebody brought to be imported, as it came. Never changes."""

    name = models.CharField(
        max_length=200, validators=[validate_line], help_text="The file's own name."
    )
    content = models.BinaryField(help_text="The bytes, as they came.")
    sha256 = models.CharField("SHA-256", max_length=64, help_text="Of the bytes, in hexadecimal.")

    class Meta:
        ordering = ["-id"]
        triggers = [
            Guard(
                name="never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=refuse(
                    name="upload_never_changes",
                    message="A file that was brought never changes: bring the other one.",
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Verbs over runs."""

    def to_carry_out(self) -> "ImportRunQuerySet":
        """Runs that nobody carries out: those that wait, and those that were broken off."""
        silent = Q(state=RunState.RUNNING, seen_at__lt=timezone.now() - SILENCE)
        return self.filter(Q(state=RunState.WAITING) | silent)


class ImportRun(Entered):
    """One reading of an Upload: a dry run, which writes nothing of it, or the import itself.

    Written by `claims.importing.uploads` alone. `done` and `every` count rows and steps while it
    runs; `report` is what it came to, in the shape of `report_data`.
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="runs")
    dry_run = models.BooleanField(help_text="Everything is checked, and nothing is written.")
    leave_out_rejected = models.BooleanField(
        default=False, help_text="Rows that are refused are left out, and the rest is written."
    )
    state = models.CharField(max_length=20, choices=RunState.choices, default=RunState.WAITING)
    done = models.PositiveIntegerField(default=0)
    every = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    failure = models.TextField(blank=True, help_text="Why nothing came of it.")
    seen_at = models.DateTimeField(null=True, help_text="When it last said how far it is.")
    ended_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="importrun_state_is_known", condition=Q(state__in=RunState.values)
            ),
            models.CheckConstraint(
                name="importrun_ends_once",
                condition=Q(state__in=[RunState.WAITING, RunState.RUNNING], ended_at=None)
                | Q(state__in=[RunState.DONE, RunState.FAILED], ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="importrun_counts_no_further_than_there_is",
                condition=Q(done__lte=F("every")),
            ),
            models.UniqueConstraint(
                name="importrun_writes_once",
                fields=["upload"],
                condition=Q(dry_run=False, state=RunState.DONE),
                violation_error_message="This file has been imported already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.upload}, {'dry run' if self.dry_run else 'import'}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in (RunState.DONE, RunState.FAILED)

    @property
    def is_broken_off(self) -> bool:
        """Whether whoever carried it out has stopped saying how far it is."""
        silent_since = self.seen_at is not None and timezone.now() - self.seen_at > SILENCE
        return self.state == RunState.RUNNING and silent_since

    @property
    def has_written(self) -> bool:
        """Whether its rows are at the desk now."""
        return not self.dry_run and self.state == RunState.DONE
