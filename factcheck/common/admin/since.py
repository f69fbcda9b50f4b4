"""What became of a row, and of the rows that belong to it, since somebody opened it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.text import capfirst

from factcheck.common.admin.fields import is_key
from factcheck.common.admin.sides import (
    IS_DELETED,
    IS_THERE,
    NOTHING,
    WHOLE,
    Changed,
    Line,
    Names,
    Part,
    label_of,
    shown,
)
from factcheck.common.history import Past, Touch, edit_began_at, pasts_since

ADDED, DELETED = "Added meanwhile", "Deleted meanwhile"


def past_of(row: Any, at: datetime | None, *, seen: Mapping[str, str]) -> Past:
    """The row at that time and now; at an unknown time it was not known.

    `seen` has columns, by attname, as the person's page showed them: steps move those without an
    edit.
    """
    if at is None:
        return Past(now=row)
    own, then = models.Q(pk=row.pk), models.Q(pgh_obj_id=row.pk)
    past = pasts_since(type(row), own=own, then=then, at=at).get(row.pk, Past())
    if past.base is None or past.now is None:
        # Deleted as a whole, which is said as a whole: compared with what it was.
        return Past(past.base or row, past.base or row)
    for attname, value in seen.items():
        is_key = attname != row._meta.get_field(attname).name
        setattr(past.base, attname, key_of(value) if is_key else value)
    return past


def key_of(text: str) -> int | None:
    """A primary key as it was posted; None where there is none."""
    return int(text) if is_key(text) else None


def pasts_of_parts(model: Any, key: Any, obj: models.Model, at: datetime | None) -> dict[Any, Past]:
    """The same for the rows of one model whose foreign key `key` points at the object."""
    own = models.Q((key.attname, obj.pk))
    has_history = hasattr(model, "history")
    if at is not None and has_history:
        return pasts_since(model, own=own, then=own, at=at)
    # What has no history is not edited at the desk, so nothing of it is in conflict.
    rows = model._default_manager.filter(own)
    return {row.pk: Past(base=None if has_history else row, now=row) for row in rows}


def parts_since(
    admin: Any, request: Any, obj: Any, *, edit_number: int, seen: Mapping[str, str], names: Names
) -> list[Part]:
    """What has changed of the object, and of the inlines' rows that the person may see, since it
    was at that edit; nothing of what has not.
    """
    at = edit_began_at(obj, edit_number)
    if at is None:
        return []
    past = past_of(obj, at, seen=seen)
    lines = column_lines(admin, request, past, names, also=seen)
    parts = [Part(capfirst(str(obj._meta.verbose_name)), tuple(lines))]
    inlines = [
        (inline, formset.fk, pasts_of_parts(inline.model, formset.fk, obj, at))
        for formset, inline in admin.get_formsets_with_inlines(request, obj)
    ]
    names.remember(past.base for _, _, pasts in inlines for past in pasts.values())
    for inline, key, pasts in inlines:
        for past in pasts.values():
            columns = column_lines(inline, request, past, names, skip=[key.name])
            title = heading(inline, names.name(past.now or past.base), state_of(past))
            parts.append(Part(title, (*row_lines(past, names), *columns)))
    return [part for part in parts if part.lines]


def state_of(past: Past) -> str:
    """Whether the row came or went."""
    if past.now is None:
        return DELETED
    return ADDED if past.base is None else ""


def heading(inline: Any, name: str, state: str = "") -> str:
    """What a row is, what it is called, and what became of it."""
    kind = str(inline.verbose_name)
    return f"{state}: {kind} “{name}”" if state else f"{capfirst(kind)} “{name}”"


def row_lines(past: Past, names: Names) -> Iterator[Line]:
    """The line that says that a row came or went; none where it stayed."""
    if past.base is None or past.now is None:
        yield Line(
            label=WHOLE,
            base=NOTHING if past.base is None else IS_THERE,
            theirs=IS_DELETED if past.now is None else "added",
            changed=Changed.THEIRS,
            who=names.who(past.gone or entered(past.now)),
        )


def entered(row: Any) -> Touch:
    """Who entered the row, and when."""
    return Touch(getattr(row, "created_by_id", None), row.created_at)


def column_lines(
    admin: Any,
    request: Any,
    past: Past,
    names: Names,
    *,
    skip: Collection[str] = (),
    also: Collection[str] = (),
) -> Iterator[Line]:
    """The columns that somebody else has changed: those that editors know, without those to skip,
    and `also` these attnames, which only steps change.
    """
    for column in (past.now or past.base)._meta.concrete_fields:
        if column.name in skip or not (column.editable or column.attname in also):
            continue
        rows = (past.base, past.now)
        base, now = (None if row is None else getattr(row, column.attname) for row in rows)
        field = admin.formfield_for_dbfield(column, request)
        if field is None or base == now:
            continue
        yield Line(
            label=label_of(field, column.name),
            base=shown(field, base, names),
            theirs=shown(field, now, names),
            changed=Changed.THEIRS,
            who=names.who(past.touches.get(column.attname)),
        )
