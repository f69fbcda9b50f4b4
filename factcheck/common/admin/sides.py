"""Two sides of a conflict, field by field: what is stored now, and what was submitted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.utils.text import capfirst

NOTHING = "—"


@dataclass(frozen=True)
class Line:
    """One field on both sides, as a person reads it."""

    label: str
    theirs: str
    mine: str
    differs: bool


@dataclass(frozen=True)
class Part:
    """The fields of one row: the object itself, or a row of one of its inlines."""

    heading: str
    lines: tuple[Line, ...]

    @property
    def differing(self) -> list[Line]:
        """The fields that are not the same on both sides."""
        return [line for line in self.lines if line.differs]

    @property
    def same(self) -> list[Line]:
        """The fields that are."""
        return [line for line in self.lines if not line.differs]


def compare_form(form: forms.BaseForm, *, heading: str) -> Part:
    """Both sides of a bound form. Reads what was submitted as it is, valid or not."""
    changed = form.changed_data
    return Part(
        heading,
        tuple(
            Line(
                label=capfirst(str(bound.label)),
                theirs=shown(bound.field, form.get_initial_for_field(bound.field, bound.name)),
                mine=shown(bound.field, bound.data),
                differs=bound.name in changed,
            )
            for bound in form
            if not bound.is_hidden and bound.name != DELETION_FIELD_NAME
        ),
    )


def compare_formset(formset: BaseInlineFormSet) -> Iterator[Part]:
    """Both sides of every row that is not the same on both."""
    submitted: set[Any] = set()
    for form in formset.initial_forms:
        row = form.instance
        if row.pk is None:
            yield added(form, heading="Deleted meanwhile")
            continue
        submitted.add(row.pk)
        if DELETION_FIELD_NAME in form.changed_data:
            yield whole(form, heading=f"“{row}”", theirs_only=True, mine="to be deleted")
        elif form.has_changed():
            yield compare_form(form, heading=f"“{row}”")
    for form in formset.extra_forms:
        if form.has_changed():
            yield added(form, heading="Added by you")
    for row in formset.get_queryset():
        if row.pk not in submitted:
            form = formset.form(instance=row, **formset.get_form_kwargs(None))
            yield whole(form, heading=f"“{row}”, added meanwhile", theirs_only=True, mine=NOTHING)


def added(form: forms.BaseForm, *, heading: str) -> Part:
    """A row that is on the submitted side alone."""
    return Part(
        heading,
        tuple(
            Line(line.label, NOTHING, line.mine, True)
            for line in compare_form(form, heading=heading).lines
            if line.mine != NOTHING
        ),
    )


def whole(form: forms.BaseForm, *, heading: str, theirs_only: bool, mine: str) -> Part:
    """A row that is on the stored side alone, or is to be deleted there."""
    lines = []
    for bound in form:
        theirs = shown(bound.field, form.get_initial_for_field(bound.field, bound.name))
        if theirs_only and theirs != NOTHING and not bound.is_hidden:
            lines.append(Line(capfirst(str(bound.label)), theirs, mine, True))
    return Part(heading, tuple(lines))


def shown(field: forms.Field, value: Any) -> str:
    """A stored or submitted value as a person reads it; what cannot be read stays as submitted."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(field, forms.BooleanField):
        return {True: "yes", False: "no"}.get(field.to_python(value), NOTHING)
    if isinstance(field, forms.ModelChoiceField):
        try:
            return str(field.to_python(value))
        except ValidationError:
            return str(value)
    if isinstance(field, forms.ChoiceField):
        values = value if isinstance(value, list | tuple) else [value]
        choices: Any = field.choices
        labels = {str(code): str(label) for code, label in choices}
        return ", ".join(labels.get(str(code), str(code)) for code in values)
    return str(value)
