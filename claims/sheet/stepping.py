"""One step taken with many rows: each for itself, each with a Decision of its own."""

from typing import Any

from django.db import IntegrityError, OperationalError, transaction

from claims import workflow
from claims.models import Claim
from claims.sheet.opened import NO_SUCH_ROW, Sheet
from claims.sheet.reading import ON_THE_SHEET, Data, rows_as_data
from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import Conflict, FactcheckError, InvalidInput, NotReady
from factcheck.common.numbers import MAX_INTEGER
from factcheck.common.text import clean_text

CHANGED = "This has changed since you opened it. Look at it again, then repeat the step."
NOT_SAID_WHEN = "Open the sheet again: it did not say at which edit this row was."


def take_step(sheet: Sheet, action: object, rows: list[Any], *, note: object) -> list[Data]:
    """Take the step with each row, as it was opened, and say of each what came of it. Raises
    InvalidInput for a step that the sheet does not have, or a note that cannot be one.
    """
    actions = [step.action for step in ON_THE_SHEET]
    if not isinstance(action, str) or action not in actions:
        raise InvalidInput.at("action", f"Choose one of {', '.join(actions)}.")
    words = clean_text("" if note is None else note, name="note")
    taken: list[Data] = []
    claims: list[Claim] = []
    for raw in rows:
        key = raw.get("id") if isinstance(raw, dict) else None
        try:
            claim = seen(sheet, raw)
            take_as_seen(sheet, claim, action, raw["edit_number"], note=words)
        except NotReady as error:
            told = {"id": key, "refused": error.message, "reasons": error.reasons}
        except (FactcheckError, IntegrityError, OperationalError) as error:
            told = {"id": key, "refused": " ".join(sentences_of(error)), "reasons": []}
        else:
            claims.append(claim)
            told = {"id": key}
        taken.append(told)
    now = {row["id"]: row for row in rows_as_data(sheet, claims)}
    return [one if "refused" in one else {**one, "row": now.get(one["id"])} for one in taken]


def seen(sheet: Sheet, raw: Any) -> Claim:
    """The claim of a row, if it is still what the person saw. Raises InvalidInput, Conflict."""
    given = raw if isinstance(raw, dict) else {}
    key: Any = given.get("id")
    edit, stage = given.get("edit_number"), given.get("stage")
    is_key = isinstance(key, int) and not isinstance(key, bool) and 0 < key <= MAX_INTEGER
    claim = sheet.claims().filter(pk=key).first() if is_key else None
    if claim is None:
        raise InvalidInput(NO_SUCH_ROW)
    if not isinstance(edit, int) or isinstance(edit, bool) or not isinstance(stage, str):
        raise InvalidInput(NOT_SAID_WHEN)
    if (edit, stage) != (claim.edit_number, claim.stage):
        raise Conflict(CHANGED)
    return claim


def take_as_seen(sheet: Sheet, claim: Claim, action: str, edit: int, *, note: str) -> None:
    """Take the step; what somebody saves before the workflow locks the row takes it back."""
    with transaction.atomic():
        workflow.take(action, claim, by=sheet.by, note=note)
        if Claim.objects.values_list("edit_number", flat=True).get(pk=claim.pk) != edit:
            raise Conflict("Somebody else has just changed this. Look at it again.")
