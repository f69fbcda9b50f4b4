"""Decision: one step of a workflow, and who took it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from factcheck.common.guards import Guard, insist
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.models.constraints import SHA256, SUBJECT_ID, Sha256Hex
from factcheck.ledger.subjects import Subject
from factcheck.ledger.triggers import append_only, utc_text

# The body is what the entry's hash stands for, so it must not say anything else than the columns,
# from which other tables' triggers read what was decided. Only the name the person had that day is
# in the body alone.
DESCRIBED = f"""
    NEW.body::jsonb = jsonb_build_object(
        'action', NEW.action,
        'at', {utc_text("NEW.at")},
        'by', jsonb_build_object(
            'id', NEW.by_id, 'username', NEW.body::jsonb #>> '{{by,username}}'),
        'content_hash', NEW.content_hash,
        'from', NEW.stage_from,
        'note', NEW.note,
        'salt', NEW.salt,
        'subject', jsonb_build_object('id', NEW.subject_id, 'kind', NEW.subject_kind),
        'to', NEW.stage_to)
"""
# The head's time is later than the clock only while the clock lags behind an earlier entry.
TAKEN_NOW = """
    NEW.at BETWEEN transaction_timestamp()
        AND (SELECT greatest(head.at, clock_timestamp()) FROM ledger_head AS head)
"""


class Decision(models.Model):
    """One step of a workflow, private and for ever. Written by `log.append` and `log.decide`."""

    subject_kind = models.CharField(
        max_length=10,
        choices=SubjectKind.choices,
        help_text="What it is about: a claim, an event, an actor or a source.",
    )
    subject_id = models.CharField(max_length=10, help_text="The public id of what it is about.")
    action = models.CharField(max_length=40, help_text="The step that was taken.")
    stage_from = models.CharField(
        max_length=20, blank=True, help_text="The stage before it; empty where there are none."
    )
    stage_to = models.CharField(max_length=20, blank=True, help_text="The stage after it.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who took it.",
    )
    at = models.DateTimeField(help_text="When, by the database's clock, in UTC.")
    note = models.TextField(blank=True, help_text="For the desk; never published.")
    content_hash = models.CharField(
        max_length=64, blank=True, help_text="Of exactly what it was taken on."
    )
    salt = models.CharField(max_length=32)
    body = models.TextField(help_text="The canonical JSON of all of the above.")
    body_sha256 = models.CharField(max_length=64, help_text="Of that JSON, in hexadecimal.")

    class Meta:
        db_table = "ledger_decision"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_kind__in=SubjectKind.values, subject_id__regex=SUBJECT_ID),
                name="ledger_decision_has_a_subject",
            ),
            models.CheckConstraint(condition=~Q(action=""), name="ledger_decision_has_an_action"),
            models.CheckConstraint(
                condition=Q(content_hash="") | Q(content_hash__regex=SHA256),
                name="ledger_decision_content_hash_is_one",
            ),
            models.CheckConstraint(
                condition=Q(salt__regex=r"^[0-9a-f]{32}$"), name="ledger_decision_is_salted"
            ),
            models.CheckConstraint(
                condition=Q(body_sha256=Sha256Hex("body")), name="ledger_decision_hash_is_bodys"
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="ledger_decision_subject")
        ]
        triggers = [
            append_only("ledger_decision"),
            Guard(
                name="is_what_it_says",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=insist(
                    DESCRIBED,
                    name="ledger_decision_body_describes_it",
                    message="The body of a decision must say exactly what its columns say.",
                )
                + insist(
                    TAKEN_NOW,
                    name="ledger_decision_is_dated_now",
                    message="A decision is dated when it is taken, by the clock of the database.",
                )
                + "RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)
