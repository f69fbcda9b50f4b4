"""Publication: one place in the ledger, and the exact bytes that went out there."""

from typing import Any

import orjson
import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from factcheck.common.guards import Guard
from factcheck.ledger.choices import CORRECTING, TOMBSTONES, PublicationKind, SubjectKind
from factcheck.ledger.models.constraints import Sha256Hex
from factcheck.ledger.models.decision import Decision
from factcheck.ledger.models.publication_rules import ERASES_ONLY, IN_ITS_PLACE
from factcheck.ledger.subjects import Subject
from factcheck.ledger.triggers import append_only


class PublicationQuerySet(models.QuerySet["Publication"]):
    def of(self, subject: Subject) -> "PublicationQuerySet":
        """The subject's publications, all kinds."""
        return self.filter(subject_kind=subject.kind, subject_id=subject.id)

    def newest(self) -> "PublicationQuerySet":
        """Of each subject the last publication only: what the public sees of it now."""
        later = Publication.objects.filter(
            subject_kind=OuterRef("subject_kind"),
            subject_id=OuterRef("subject_id"),
            version__gt=OuterRef("version"),
        )
        return self.filter(~Exists(later))

    def as_of(self, seq: int) -> "PublicationQuerySet":
        """Of each subject the last publication only, as it was when the newest of all was `seq`."""
        later = Publication.objects.filter(
            subject_kind=OuterRef("subject_kind"),
            subject_id=OuterRef("subject_id"),
            version__gt=OuterRef("version"),
            seq__lte=seq,
        )
        return self.filter(~Exists(later), seq__lte=seq)

    def with_content(self) -> "PublicationQuerySet":
        """Without the tombstones; after `newest()`, the subjects that are live."""
        return self.exclude(kind__in=TOMBSTONES)


class Publication(models.Model):
    """One place in the ledger. Written by `log.append` alone and never again.

    `record` is what the public reads, byte for byte; `entry` is the line of the log that stands
    for it and holds no free text, so that a text can be erased without touching the log. Once its
    subject is redacted, `log.erase` empties record and note of every earlier version; what they
    were is proved by hash and entry, which stay.
    """

    seq = models.BigIntegerField(
        primary_key=True, help_text="Its place in the ledger, counted without a gap."
    )
    subject_kind = models.CharField(
        max_length=10,
        choices=SubjectKind.choices,
        help_text="What it is about: a claim, an event, an actor or a source.",
    )
    subject_id = models.CharField(max_length=10, help_text="The public id of what it is about.")
    version = models.PositiveIntegerField(help_text="Which of its publications, counted from 1.")
    kind = models.CharField(
        max_length=10,
        choices=PublicationKind.choices,
        help_text="What became of it in public.",
    )
    note = models.TextField(blank=True, help_text="Public: what changed, and why.")
    published_at = models.DateTimeField(help_text="By the database's clock, in UTC.")
    successor_id = models.CharField(
        max_length=10, blank=True, help_text="What stands in its place, of the same kind."
    )
    record = models.TextField(help_text="What the public reads, byte for byte.")
    record_sha256 = models.CharField(max_length=64, help_text="Of the record, in hexadecimal.")
    entry = models.TextField(help_text="The line of the log that stands for it.")
    decision = models.OneToOneField(
        Decision,
        on_delete=models.PROTECT,
        related_name="publication",
        help_text="The step by which it went out.",
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        db_table = "ledger_publication"
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "version"],
                name="ledger_publication_one_per_version",
            ),
            models.CheckConstraint(
                condition=Q(kind=PublicationKind.PUBLISH) | Q(note__regex=r"\S") | Q(record=""),
                name="ledger_publication_says_what_changed",
            ),
            models.CheckConstraint(
                condition=Q(record_sha256=Sha256Hex("record")) | Q(record=""),
                name="ledger_publication_hash_is_records",
            ),
            models.CheckConstraint(
                condition=(Q(kind=PublicationKind.MERGE) & ~Q(successor_id=""))
                | Q(kind=PublicationKind.REDACT)
                | (~Q(kind=PublicationKind.MERGE) & Q(successor_id="")),
                name="ledger_publication_merge_has_a_successor",
            ),
        ]
        indexes = [
            models.Index(
                fields=["subject_kind", "successor_id"],
                condition=~Q(successor_id=""),
                name="ledger_publication_successor",
            ),
            models.Index(fields=["published_at", "seq"], name="ledger_publication_at"),
            # Few among many, and readers page through them.
            models.Index(
                fields=["-seq"],
                condition=Q(kind__in=CORRECTING),
                name="ledger_publication_correcting",
            ),
            models.Index(
                fields=["-seq"],
                condition=Q(kind=PublicationKind.UPDATE),
                name="ledger_publication_updating",
            ),
        ]
        triggers = [
            append_only("ledger_publication", operation=pgtrigger.Delete | pgtrigger.Truncate),
            Guard(
                name="erases_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=ERASES_ONLY,
            ),
            Guard(
                name="is_in_its_place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("head", "ledger_head%ROWTYPE"),
                    ("previous", "ledger_publication%ROWTYPE"),
                    ("deciding", "ledger_decision%ROWTYPE"),
                    ("told", "jsonb"),
                ],
                func=IN_ITS_PLACE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.kind} {self.subject} version {self.version}"

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)

    @property
    def successor(self) -> Subject | None:
        """What stands in the subject's place since it was merged or redacted, if anything does."""
        return Subject(self.subject_kind, self.successor_id) if self.successor_id else None

    @property
    def is_erased(self) -> bool:
        """Whether its words are gone, because its subject was redacted later."""
        return self.record == ""

    @property
    def record_bytes(self) -> bytes:
        """What the detail address serves; unless it is erased, its SHA-256 is `record_sha256`."""
        return self.record.encode()

    @property
    def content(self) -> dict[str, Any] | None:
        """The record's content as Python values; None for a tombstone or an erased record."""
        if self.is_erased:
            return None
        content: dict[str, Any] | None = orjson.loads(self.record).get("content")
        return content
