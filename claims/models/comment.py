"""What people at the desk say to each other about a claim."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from claims.models.assignment import works_here
from claims.models.beside import goes_with_the_claim
from factcheck.common.guards import Guard, insist, refuse
from factcheck.common.history import tracked
from factcheck.common.models import Entered
from factcheck.common.text import MAX_TEXT, validate_text


@tracked
class Comment(Entered):
    """A remark on a Claim, for the desk alone. Written by `claims.services.comments`, never
    changed, and deleted only with a draft that was never published.
    """

    claim = models.ForeignKey(
        "claims.Claim", on_delete=goes_with_the_claim, related_name="comments"
    )
    text = models.TextField(
        validators=[validate_text],
        help_text="For the desk, never published. @name tells a colleague of it. A comment cannot "
        "be changed afterwards: write another one.",
    )

    class Meta:
        ordering = ["claim_id", "id"]
        constraints = [
            models.CheckConstraint(
                name="comment_says_something",
                condition=Q(LessThanOrEqual(Length("text"), MAX_TEXT), text__regex=r"\S"),
                violation_error_message="Write something, in at most 20,000 characters.",
            ),
        ]
        triggers = [
            Guard(
                name="append_only",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=refuse(
                    name="comment_is_never_changed",
                    message="A comment is never changed: write another one.",
                ),
            ),
            Guard(
                # Asked when the transaction ends: a claim goes after what belongs to it.
                name="goes_with_its_claim",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=insist(
                    "NOT EXISTS (SELECT 1 FROM claims_claim WHERE id = OLD.claim_id)",
                    name="comment_goes_with_its_claim",
                    message="A comment is deleted only along with a draft.",
                )
                + "RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


@tracked
class CommentMention(Entered):
    """Somebody at the desk whom a Comment names, and when that person saw it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="desk_mentions"
    )
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["comment_id", "id"]
        constraints = [
            models.UniqueConstraint(
                name="commentmention_stands_once", fields=["comment", "person"]
            ),
        ]
        indexes = [
            models.Index(name="commentmention_unseen", fields=["person"], condition=Q(seen_at=None))
        ]
        triggers = [
            Guard(
                name="person_works_here",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=works_here("person_id", name="commentmention_person_works_here")
                + "RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return f"@{self.person}"
