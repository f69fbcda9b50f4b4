"""Form fields that clean what people type by the rules of the model's own validators."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.db import models
from django.forms.widgets import Script
from django.http import HttpRequest

from factcheck.common.languages import LANGUAGES, validate_language
from factcheck.common.text import (
    CleanCharField,
    clean_line,
    clean_name,
    clean_quote,
    clean_text,
    clean_url,
    validate_line,
    validate_name,
    validate_quote,
    validate_text,
    validate_url,
)


def clean_pasted_quote(value: object) -> str:
    """Other people's words as they were pasted: browsers make CRLF of every line break."""
    return clean_quote(value.replace("\r\n", "\n") if isinstance(value, str) else value)


CLEANERS = (
    (validate_quote, clean_pasted_quote),
    (validate_text, clean_text),
    (validate_line, clean_line),
    (validate_name, clean_name),
    (validate_url, clean_url),
)


MAX_DIGITS = 18


# The attribute by which a script finds the definitions of a field's codes.
DEFINED = "data-defined"


def name_of_field(db_field: "models.Field[Any, Any]") -> str:
    """The field as the definitions name it: `claims.claim.about`."""
    return f"{db_field.model._meta.label_lower}.{db_field.name}"


class SafeAutocompleteSelect(AutocompleteSelect):
    """Django's widget, which answers a posted or linked value that is no number with a 500, asks
    the database for every row's choice, and makes a box without a name. `known` is the choice where
    it is loaded already.
    """

    known: models.Model | None = None

    @property
    def media(self) -> forms.Media:
        """Django's scripts, and one that gives the box the name of its field."""
        return super().media + forms.Media(js=[Script("factcheck/choose.js", defer=True)])  # type: ignore[list-item]

    def optgroups(self, name: str, value: Sequence[Any], attrs: Any = None) -> Any:
        """The chosen option; none for what cannot be a primary key."""
        keys = [key for key in value if is_key(str(key))]
        if self.known is not None and [str(key) for key in keys] == [str(self.known.pk)]:
            label = self.choices.field.label_from_instance(self.known)
            empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
            return [(None, [*empty, self.create_option(name, keys[0], label, True, 1)], 0)]
        return super().optgroups(name, keys, attrs)


def spare_queries(form: forms.ModelForm) -> None:
    """Show the choices that the form's row has loaded, without asking for each of them."""
    loaded = form.instance._state.fields_cache
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, SafeAutocompleteSelect):
            widget.known = loaded.get(name)


def is_key(text: str) -> bool:
    """Whether the text can be a primary key."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS


class CleanFieldsMixin:
    """For a ModelAdmin or an inline: text is cleaned, languages are chosen from the list."""

    def formfield_for_dbfield(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """The form field, as Django makes it but for text and languages."""
        if validate_language in db_field.validators:
            return language_field(db_field)
        for validator, cleaner in CLEANERS:
            if validator in db_field.validators:
                kwargs |= {"form_class": CleanCharField, "cleaner": cleaner}
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(field, forms.Field) and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # What other forms refer to as well is not deleted in passing.
            field.widget.can_delete_related = False
        return field

    def formfield_for_choice_field(
        self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """The form field, as Django makes it; a script shows what the chosen code means."""
        field = super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]
        field.widget.attrs[DEFINED] = name_of_field(db_field)
        return field

    def formfield_for_foreignkey(
        self, db_field: "models.ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> forms.ModelChoiceField | None:
        """The form field, as Django makes it but for what its autocomplete cannot read."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", SafeAutocompleteSelect(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


def language_field(db_field: "models.Field[Any, Any]") -> forms.Field:
    """A choice among the languages the project knows."""
    empty = [("", "---------")] if db_field.blank or not db_field.has_default() else []
    return forms.ChoiceField(
        choices=[*empty, *LANGUAGES],
        required=not db_field.blank,
        label=str(db_field.verbose_name).capitalize(),
        help_text=db_field.help_text,
        initial=db_field.get_default(),
    )


def offer(
    field: forms.Field, rows: Sequence[models.Model], *, label: Callable[[Any], str] = str
) -> None:
    """Let the foreign key's field take these rows alone, without asking for them once a form."""
    assert isinstance(field, forms.ModelChoiceField)
    assert field.queryset is not None
    field.queryset = field.queryset.filter(pk__in=[row.pk for row in rows])
    field.choices = [("", "---------"), *((row.pk, label(row)) for row in rows)]
