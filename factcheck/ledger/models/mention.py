"""Mention: which subjects a publication names."""

import pgtrigger
from django.db import models

from factcheck.common.guards import Guard, insist
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.models.publication import Publication
from factcheck.ledger.subjects import Subject
from factcheck.ledger.triggers import append_only

# Nothing can be added to what went out earlier: by then the head has another time.
GOES_OUT_NOW = """
    EXISTS (
        SELECT FROM ledger_publication AS publication JOIN ledger_head AS head
            ON publication.published_at = head.at
        WHERE publication.seq = NEW.publication_id)
"""
WAS_PUBLISHED = """
    EXISTS (
        SELECT FROM ledger_publication
        WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id)
"""


class Mention(models.Model):
    """One subject that one publication mentions. Written by `log.append` alone."""

    # The unique constraint below begins with it, so an index of its own would be a second one.
    publication = models.ForeignKey(
        Publication,
        on_delete=models.PROTECT,
        related_name="mentions",
        db_index=False,
        help_text="What went out.",
    )
    subject_kind = models.CharField(
        max_length=10, choices=SubjectKind.choices, help_text="What kind of thing it names."
    )
    subject_id = models.CharField(max_length=10, help_text="The public id of what it names.")

    class Meta:
        db_table = "ledger_mention"
        ordering = ["publication", "subject_kind", "subject_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "subject_kind", "subject_id"],
                name="ledger_mention_once_in_a_publication",
            ),
        ]
        indexes = [
            models.Index(
                fields=["subject_kind", "subject_id", "publication"], name="ledger_mention_subject"
            )
        ]
        triggers = [
            append_only("ledger_mention"),
            Guard(
                name="is_of_what_is_public",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=insist(
                    GOES_OUT_NOW,
                    name="ledger_mention_goes_out_with_its_publication",
                    message="A mention goes out with its publication, not later.",
                )
                + insist(
                    WAS_PUBLISHED,
                    name="ledger_mention_is_of_something_published",
                    message="A publication mentions only what was published, or goes out with it.",
                )
                + "RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} in {self.publication_id}"

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)
