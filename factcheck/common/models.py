"""Abstract models: who entered a row, and what has a name in public."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from factcheck.common.guards import Guard, insist


class PublicId(models.Func):
    """`public_id()` in SQL: ten random base-32 characters; no draft shifts a public number."""

    function = "public_id"
    output_field = models.CharField(max_length=10)


class Entered(models.Model):
    """A row somebody entered. Every later change leaves the row before it in the history."""

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        abstract = True


class Identified(Entered):
    """A row with a public id, which the database gives once and for ever.

    `edit_number` counts the changes of the row, made by whatever way, and is never public. A form
    that was opened at another number is stale. Both are held by `identified_triggers()`, which
    every subclass lists in its Meta.
    """

    public_id = models.CharField(
        max_length=10, unique=True, editable=False, db_default=PublicId(), db_index=False
    )
    edit_number = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


def public_id_never_changes() -> Guard:
    """Refuses to change a public id."""
    return Guard(
        name="public_id_never_changes",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=insist(
            "NEW.public_id = OLD.public_id",
            name="public_id_never_changes",
            message="A public_id is given once and for ever.",
        )
        + "RETURN NEW;",
    )


def identified_triggers() -> list[pgtrigger.Trigger]:
    """The triggers of an Identified model."""
    return [
        public_id_never_changes(),
        Guard(
            name="edit_number_counts",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func="""
                IF NEW IS DISTINCT FROM OLD THEN
                    NEW.edit_number := OLD.edit_number + 1;
                END IF;
                RETURN NEW;
            """,
        ),
    ]
