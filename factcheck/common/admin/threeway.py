"""One row on three sides, field by field: as it was opened, as stored, as submitted."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME

from factcheck.common.admin.sides import (
    NOTHING,
    UNKNOWN,
    Changed,
    Choice,
    Line,
    Names,
    label_of,
    sent_for,
    shown,
)
from factcheck.common.history import Past, Touch


@dataclass(frozen=True)
class Stored:
    """What is stored of a form's field, then and now, and who changed it last, if anybody did."""

    base: str
    theirs: str
    is_changed: bool
    touch: Touch | None = None


@dataclass(frozen=True)
class Compared:
    """A form's field on its three sides, with what a merged form sends for it."""

    name: str
    line: Line
    sent: tuple[str, ...]


def compare(
    form: Any, past: Past, names: Names, *, may_change: bool = True, undecided: Collection[str] = ()
) -> Iterator[Compared]:
    """Every field of a bound form, whose row was and is as `past` says.

    Where nobody knows what stood there, each difference is a conflict; so is what is `undecided`.
    """
    for name, field in own_fields(form):
        posted = form.add_prefix(name)
        mine, now = form[name].data, value_of(form, name, past.now)
        base = now if past.base is None else value_of(form, name, past.base)
        is_asked = posted in undecided
        is_mine = may_change and (is_asked or differs(field, base, mine))
        stored = stored_of(form, name, past, names, is_mine=is_mine)
        changed = verdict(is_mine, stored.is_changed or is_asked)
        is_same = has_column(form, name) and not differs(field, now, mine)
        if changed == Changed.BOTH and is_same and not is_asked:
            changed = Changed.SAME
        theirs, submitted = tuple(sent_for(field, now)), tuple(form.data.getlist(posted))
        is_conflict = changed == Changed.BOTH
        line = Line(
            label=label_of(field, name),
            base=stored.base,
            theirs=stored.theirs,
            mine=shown(field, mine, names) if may_change else stored.base,
            changed=changed,
            who=names.who(stored.touch) if stored.is_changed else "",
            choice=Choice(posted, theirs, submitted) if is_conflict else None,
        )
        is_kept = changed in (Changed.BOTH, Changed.MINE)
        yield Compared(name, line, submitted if is_kept else theirs)


def stored_of(form: Any, name: str, past: Past, names: Names, *, is_mine: bool) -> Stored:
    """The stored sides of a field; of the column that it replaces, where it has none of its own.

    What the person has changed is in conflict with any change of a column that it replaces.
    """
    field, column = form.fields[name], replaced_by(form, name)
    has_moved = column is not None and is_mine and moved(past, column)
    if has_column(form, name):
        values = [value_of(form, name, row) for row in (past.base, past.now)]
        base, theirs = (shown(field, value, names) for value in values)
        if past.base is None:
            return Stored(UNKNOWN if is_mine else theirs, theirs, is_mine)
        touch = past.touches.get(form._meta.model._meta.get_field(name).attname)
        if touch is None and has_moved and column is not None:
            touch = past.touches.get(column.attname)
        return Stored(base, theirs, differs(field, *values) or has_moved, touch)
    if column is None or not (is_mine or form.replaces[column.name][0] == name):
        return Stored(NOTHING, NOTHING, is_changed=False)
    keys = [getattr(row, column.attname, None) for row in (past.base, past.now)]
    base, theirs = (names.of(column.related_model, key) if key else NOTHING for key in keys)
    if past.base is None:
        return Stored(UNKNOWN if is_mine else theirs, theirs, is_mine)
    return Stored(base, theirs, moved(past, column), past.touches.get(column.attname))


def verdict(is_mine: bool, is_theirs: bool) -> Changed:
    """Who has changed it, as long as nobody asks whether both did the same."""
    if is_mine:
        return Changed.BOTH if is_theirs else Changed.MINE
    return Changed.THEIRS if is_theirs else Changed.NOBODY


def differs(field: forms.Field, before: Any, after: Any) -> bool:
    """Whether a stored value and another one, or one that was submitted, are two."""
    try:
        return field.has_changed(before, after)
    except ValidationError:
        return True


def replaced_by(form: Any, name: str) -> Any:
    """The column that a change of this field replaces as well, such as a quote the passage."""
    for column, fields in getattr(form, "replaces", {}).items():
        if name in fields:
            return form._meta.model._meta.get_field(column)
    return None


def moved(past: Past, column: "models.ForeignKey[Any, Any]") -> bool:
    """Whether the column is not what it was; it is not known to be where nothing else is."""
    if past.base is None or past.now is None:
        return past.base is not past.now
    return bool(getattr(past.base, column.attname) != getattr(past.now, column.attname))


def value_of(form: Any, name: str, row: models.Model | None) -> Any:
    """The row's value of the form's field; what an empty form has where there is none."""
    if row is not None and has_column(form, name):
        return row._meta.get_field(name).value_from_object(row)  # type: ignore[union-attr]
    initial = form.fields[name].initial
    return initial() if callable(initial) else initial


def has_column(form: Any, name: str) -> bool:
    """Whether the field is a column of the form's row."""
    return name in {field.name for field in form._meta.model._meta.concrete_fields}


def own_fields(form: Any) -> Iterator[tuple[str, forms.Field]]:
    """The fields in which a person enters something: without keys and the box that deletes."""
    for name, field in form.fields.items():
        if name != DELETION_FIELD_NAME and not form[name].is_hidden:
            yield name, field
