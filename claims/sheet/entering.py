"""Rows of a claim's file, written as a form writes them: permission, the model's own rules, and who
entered it.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import Max

from claims.sheet.problems import Problem, Refused, refused_model
from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import NotAllowed


def enter(row: Any, *, by: User, cells: Mapping[str, str], rest: str = "") -> None:
    """Save a new or changed row. `cells` names the sheet's cell of each column, `rest` that of what
    has no column. Raises Refused, which has to end the transaction, and NotAllowed.
    """
    is_new = row._state.adding
    check_may(by, "add" if is_new else "change", type(row))
    if is_new:
        row.created_by = by
    try:
        # What the database holds by itself it says itself, in the same words: asking it first for
        # each constraint of a row would be sixty statements in place of one.
        row.clean_fields(exclude=[one.name for one in row._meta.fields if one.is_relation])
        row.clean()
        row.save()
    except ValidationError as error:
        raise refused_model(error, cells, rest=rest) from error
    except IntegrityError as error:
        raise Refused(Problem(rest, sentence) for sentence in sentences_of(error)) from error


def remove(row: Any, *, by: User) -> None:
    """Delete a row. Raises NotAllowed."""
    check_may(by, "delete", type(row))
    row.delete()


def check_may(by: User, verb: str, model: type[models.Model]) -> None:
    """Raise NotAllowed unless the person has Django's permission for it."""
    meta = model._meta
    if not by.has_perm(f"{meta.app_label}.{verb}_{meta.model_name}"):
        raise NotAllowed(f"You may not {verb} a {meta.verbose_name}.")


def next_position(rows: Any) -> int:
    """The place after the last one."""
    last = rows.aggregate(last=Max("position"))["last"] or 0
    return int(last) + 1
