"""The public side as a whole: which projections there are, and making them anew.

One literal table of the four `project` functions; no registry, no callbacks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction

from claims.kinds import KINDS
from claims.models import (
    PublicCitation,
    PublicClaim,
    PublicEvent,
    PublicTopic,
    PublicWord,
    PublicWordChange,
)
from claims.word_counts import fold
from factcheck.ledger.models import Publication
from sources.models import PublicActor, PublicControl, PublicSource, PublicSuccessor

PROJECT = {name: kind.project for name, kind in KINDS.items()}

PROJECTIONS: tuple[type[models.Model], ...] = (
    PublicSuccessor,
    PublicActor,
    PublicControl,
    PublicSource,
    PublicEvent,
    # Before the claims, so that they are emptied after these, which write down what goes.
    PublicWord,
    PublicWordChange,
    PublicClaim,
    PublicCitation,
    PublicTopic,
)


@dataclass(frozen=True)
class Difference:
    """A row of the public side that is not what the ledger says."""

    table: str
    key: Any
    stored: dict[str, Any] | None
    rebuilt: dict[str, Any] | None

    def __str__(self) -> str:
        if self.stored is None:
            return f"{self.table} {self.key}: missing"
        if self.rebuilt is None:
            return f"{self.table} {self.key}: not in the ledger"
        columns = [name for name, value in self.stored.items() if self.rebuilt[name] != value]
        return f"{self.table} {self.key}: {', '.join(columns)}"


class CheckOnly(Exception):
    """Raised to undo a rebuild that was only to find differences."""


def rebuild(*, check_only: bool = False) -> list[Difference]:
    """Make all projections anew from the ledger alone, and say what was different before.

    With `check_only` nothing is changed. Publishing waits meanwhile.
    """
    differences: list[Difference] = []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Publishing takes the head last and holds it until it commits: nobody is half-way now.
            cursor.execute("SELECT seq FROM ledger_head FOR UPDATE")
            fold()
            before = {model: rows_of(model) for model in PROJECTIONS}
            for model in reversed(PROJECTIONS):
                model._default_manager.all().delete()
            for publication in Publication.objects.order_by("seq").iterator():
                PROJECT[publication.subject_kind](publication)
            fold()
            for model in PROJECTIONS:
                differences += compare(model, before[model], rows_of(model))
            if check_only:
                raise CheckOnly
    except CheckOnly:
        pass
    return differences


def rows_of(model: type[models.Model]) -> dict[Any, dict[str, Any]]:
    """All rows of a projection by primary key, as plain values."""
    return {row[model._meta.pk.attname]: row for row in model._default_manager.values()}


def compare(
    model: type[models.Model], stored: dict[Any, dict[str, Any]], rebuilt: dict[Any, dict[str, Any]]
) -> Iterator[Difference]:
    """The rows that differ, by key."""
    for key in sorted(stored.keys() | rebuilt.keys()):
        if stored.get(key) != rebuilt.get(key):
            yield Difference(model._meta.db_table, key, stored.get(key), rebuilt.get(key))
