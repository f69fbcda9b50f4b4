"""Rows saved: each stands for itself, and one that is refused takes nothing with it."""

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, OperationalError, transaction

from claims.choices import Stage
from claims.models import Claim
from claims.sheet.cells import Cells, read_cells
from claims.sheet.conflicts import Stale, check_as_opened
from claims.sheet.offers import Defaults, carried_down, defaults_of
from claims.sheet.opened import NO_SUCH_ROW, Sheet
from claims.sheet.problems import Problem, Refused
from claims.sheet.reading import Data, rows_as_data
from claims.sheet.writing import Written, write_changed, write_new
from claims.steps import SETTLED
from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import Conflict, FactcheckError
from factcheck.common.numbers import MAX_INTEGER
from factcheck.ledger.history import acting


@dataclass
class Outcome:
    """What came of one posted row."""

    key: Any
    claim: Claim | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    stale: Stale | None = None

    def as_data(self, rows: dict[int, Data]) -> Data:
        """The outcome as the page gets it."""
        told: Data = {"key": self.key}
        row = rows.get(self.claim.pk) if self.claim is not None else None
        if self.stale is not None:
            return {**told, "conflict": {**self.stale.as_data(), "row": row}}
        if self.problems:
            return {**told, "errors": [problem.as_data() for problem in self.problems]}
        if self.warnings:
            told["warnings"] = [warning.as_data() for warning in self.warnings]
        return {**told, "row": row}


def save_rows(sheet: Sheet, posted: list[Any]) -> list[Data]:
    """Save each row in a transaction of its own, and say of each what came of it."""
    defaults: Defaults | None = None
    outcomes = []
    for raw in posted:
        outcome = Outcome(raw.get("key") if isinstance(raw, dict) else None)
        outcomes.append(outcome)
        try:
            with transaction.atomic(), acting(sheet.by):
                is_new = isinstance(raw, dict) and raw.get("id") is None
                if is_new and defaults is None:
                    defaults = defaults_of(sheet)
                written = save_row(sheet, raw, defaults)
        except Refused as refused:
            outcome.problems = refused.problems
        except Stale as stale:
            outcome.stale, outcome.claim = stale, stale.claim
        except (FactcheckError, IntegrityError, OperationalError) as error:
            outcome.problems = [Problem("", sentence) for sentence in sentences_of(error)]
        else:
            outcome.claim, outcome.warnings = written.claim, written.warnings
            if is_new:
                # The next new row begins as this one ends.
                defaults = carried_down(sheet.document, written.claim)
    claims = [outcome.claim for outcome in outcomes if outcome.claim is not None]
    rows = {row["id"]: row for row in rows_as_data(sheet, list(dict.fromkeys(claims)))}
    return [outcome.as_data(rows) for outcome in outcomes]


def save_row(sheet: Sheet, raw: Any, defaults: Defaults | None) -> Written:
    """Save one row. Raises Refused, Stale, NotAllowed."""
    if not isinstance(raw, dict):
        raise Refused.at("", "A row is an object with a key and its cells.")
    if raw.get("id") is None:
        assert defaults is not None
        return write_new(sheet, read_cells(raw), defaults)
    claim = locked(sheet, raw["id"])
    cells = read_cells(raw)
    check_as_opened(sheet, claim, raw, cells)
    if claim.stage == Stage.SETTLED:
        raise Conflict(SETTLED)
    return write_changed(sheet, claim, cells)


def locked(sheet: Sheet, key: Any) -> Claim:
    """The row's claim, locked before anything of its file; not for foreign keys to it. Raises
    Refused.
    """
    is_key = isinstance(key, int) and not isinstance(key, bool) and 0 < key <= MAX_INTEGER
    rows = sheet.citing().select_for_update(no_key=True, of=("self",))
    claim = rows.filter(pk=key).first() if is_key else None
    if claim is None:
        raise Refused.at("id", NO_SUCH_ROW)
    return claim


def changed_row(sheet: Sheet, claim: Claim) -> Data | None:
    """One row as it stands now."""
    rows: list[Cells] = rows_as_data(sheet, [claim])
    return rows[0] if rows else None
