"""Head: the one row that gives out the places in the ledger."""

import pgtrigger
from django.db import models
from django.db.models import Q

from factcheck.common.guards import Guard, insist, refuse


class Head(models.Model):
    """The last place given out, and when. Moved by `log.append` alone; the first migration's row.

    Whoever moves it holds it until the transaction ends, so that the order of the places is the
    order in which they become visible, and nobody who reads after a place misses an earlier one.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "ledger_head"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="ledger_head_is_one_row"),
            models.CheckConstraint(condition=Q(seq__gte=0), name="ledger_head_counts_from_zero"),
        ]
        triggers = [
            Guard(
                name="only_grows",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # The time is set here, so that nobody can pass one in.
                func=insist(
                    "NEW.seq > OLD.seq",
                    name="ledger_head_only_grows",
                    message="The head of the ledger only moves forward.",
                )
                + "NEW.at := greatest(OLD.at, clock_timestamp()); RETURN NEW;",
            ),
            Guard(
                name="stays",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Delete | pgtrigger.Truncate,
                func=refuse(
                    name="ledger_head_stays", message="The head of the ledger is never removed."
                ),
            ),
            Guard(
                name="leaves_no_gap",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=insist(
                    "EXISTS (SELECT FROM ledger_publication WHERE seq = NEW.seq)",
                    name="ledger_head_leaves_no_gap",
                    message="Every place given out by the head must be filled before the commit.",
                )
                + "RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.seq}"
