"""The sides of a conflict, field by field: what stood there, what stands there, what was typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.sites import AdminSite
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.forms.models import ModelChoiceIterator
from django.utils.choices import flatten_choices
from django.utils.text import capfirst

from factcheck.common.history import Touch

NOTHING = "—"
UNKNOWN = "not known"
WHOLE = "The whole row"
IS_THERE, IS_DELETED, TO_BE_DELETED = "there", "deleted", "to be deleted"


class Changed(models.TextChoices):
    """Who changed a field, or a row, since the form was opened."""

    BOTH = "both", "both, differently"
    THEIRS = "theirs", "only they"
    MINE = "mine", "only you"
    SAME = "same", "both, the same"
    NOBODY = "nobody", "nobody"


@dataclass(frozen=True)
class Choice:
    """What a person has to decide: the input's name, and what each side would send under it."""

    name: str
    theirs: tuple[str, ...]
    mine: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One field, or a row as a whole, on its three sides, as a person reads it."""

    label: str
    base: str
    theirs: str
    mine: str = ""
    changed: Changed = Changed.NOBODY
    who: str = ""
    choice: Choice | None = None


@dataclass(frozen=True)
class Part:
    """The fields of one row: the object itself, or a row of one of its inlines."""

    heading: str
    lines: tuple[Line, ...]

    @property
    def conflicts(self) -> list[Line]:
        """What both sides changed differently."""
        return [line for line in self.lines if line.changed == Changed.BOTH]

    @property
    def changes(self) -> list[Line]:
        """What one side changed, or both in the same way."""
        quiet = (Changed.BOTH, Changed.NOBODY)
        return [line for line in self.lines if line.changed not in quiet]

    @property
    def same(self) -> list[Line]:
        """What nobody changed."""
        return [line for line in self.lines if line.changed == Changed.NOBODY]


class Names:
    """How rows and people are called: each asked for once, by the admin of its model."""

    def __init__(self, site: AdminSite, *, me: Any = None) -> None:
        self.site = site
        self.me = me
        self.known: dict[tuple[type[models.Model], str], str] = {}
        self.past: dict[tuple[type[models.Model], str], models.Model] = {}
        self.people: dict[Any, str] = {}

    def remember(self, rows: Iterable[models.Model | None]) -> None:
        """Keep rows that may be deleted by now, for what referred to them."""
        self.past |= {(type(row), str(row.pk)): row for row in rows if row is not None}

    def of(self, model: type[models.Model], key: Any) -> str:
        """The name of a row by its primary key; what is no key stays as it is."""
        found = self.known.get((model, str(key)))
        if found is None:
            found = self.known[model, str(key)] = self.look_up(model, key)
        return found

    def look_up(self, model: type[models.Model], key: Any) -> str:
        try:
            row = model._base_manager.filter(pk=model._meta.pk.to_python(key)).first()
        except (ValidationError, ValueError):
            return str(key)
        row = row or self.past.get((model, str(key)))
        return self.name(row) if row is not None else "what is deleted by now"

    def name(self, row: models.Model) -> str:
        """The row's name, as the admin of its model gives it."""
        try:
            name_of: Any = getattr(self.site.get_model_admin(type(row)), "name_of", str)
        except NotRegistered:
            name_of = str
        self.refer_to_past(row)
        try:
            return str(name_of(row))
        except ObjectDoesNotExist:
            return str(row._meta.verbose_name)

    def refer_to_past(self, row: models.Model) -> None:
        """Let the row refer to rows as they were, where it does so to rows that we remember."""
        for column in row._meta.concrete_fields:
            if isinstance(column, models.ForeignKey) and not column.is_cached(row):
                model: Any = column.related_model
                past = self.past.get((model, str(getattr(row, column.attname))))
                if past is not None:
                    column.set_cached_value(row, past)

    def who(self, touch: Touch | None) -> str:
        """The person and the time of a change."""
        if touch is None:
            return ""
        return f"{self.person(touch.user)}, {touch.at:%Y-%m-%d %H:%M} UTC"

    def person(self, key: Any) -> str:
        """The person's name at the desk."""
        if key is None:
            return "nobody known"
        if self.me is not None and key == self.me.pk:
            return "yourself"
        if key not in self.people:
            person = get_user_model()._default_manager.filter(pk=key).first()
            self.people[key] = str(person or "somebody whose account is gone")
        return self.people[key]


def shown(field: forms.Field, value: Any, names: Names) -> str:
    """A stored or submitted value as a person reads it; what cannot be read stays as submitted."""
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(field, forms.BooleanField):
        return {True: "yes", False: "no"}.get(field.to_python(value), NOTHING)
    if isinstance(field, forms.ModelChoiceField):
        offered = {} if isinstance(field.choices, ModelChoiceIterator) else labels_of(field)
        assert field.queryset is not None
        return offered.get(str(value)) or names.of(field.queryset.model, value)
    if isinstance(field, forms.ChoiceField):
        values = value if isinstance(value, list | tuple) else [value]
        labels = labels_of(field)
        return ", ".join(labels.get(str(code), str(code)) for code in values)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def labels_of(field: Any) -> dict[str, str]:
    """The labels of what can be chosen, by what is sent."""
    choices: Any = flatten_choices(field.choices)
    return {str(code): str(label) for code, label in choices}


def sent_for(field: forms.Field, value: Any) -> list[str]:
    """What a browser sends for a field that shows the stored value."""
    # The admin wraps the widgets of foreign keys.
    widget: Any = getattr(field.widget, "widget", field.widget)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    if isinstance(value, Decimal):
        value = f"{value.normalize():f}"
    told = widget.format_value(field.prepare_value(value))
    if isinstance(told, list | tuple):
        return [str(one) for one in told]
    return ["" if told is None else str(told)]


def label_of(field: forms.Field, name: str) -> str:
    """The label as the form prints it."""
    return str(capfirst(str(field.label or name.replace("_", " "))))
