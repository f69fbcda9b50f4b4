"""Admins of rows that somebody enters: who entered them is the person signed in, nobody else."""

from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import (
    DatabaseError,
    IntegrityError,
    OperationalError,
    connection,
    transaction,
)
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse

from factcheck.common.admin.fields import CleanFieldsMixin, is_key, spare_queries
from factcheck.common.admin.lists import QuickListMixin
from factcheck.common.admin.refusals import refusal_of, sentences_of
from factcheck.common.admin.sides import Names, shown
from factcheck.common.errors import FactcheckError

# Where `request.META` has the refusal that the form is shown again with.
REFUSAL = "factcheck.refusal"
# Where it has the names of inputs in conflict, if the form shows what came of one, not saved yet.
REOPENED = "factcheck.reopened"

MINE = "You have changed this. It is not saved yet."
IN_CONFLICT = (
    "Somebody else has changed this as well. Yours stands here and takes the place of theirs when "
    "you save. Theirs: “{theirs}”"
)
DELETED_BY_ME = (
    "You wanted to delete this row, which somebody has changed meanwhile: mark it again if it "
    "should go all the same."
)
NO_KEYS = "What was ticked cannot be read: nothing was done. Tick the rows again."
DELETED_BY_THEM = "Somebody has deleted this row. Saving adds it again, as it stands here."


def date_bounds_row(name: str) -> tuple[str, ...]:
    """The five fields of a DateBounds, as one row of a fieldset."""
    parts = ("not_before", "not_after", "as_printed", "part_of_day", "time_zone")
    return tuple(f"{name}_{part}" for part in parts)


class EnteredForm(forms.ModelForm):
    """A form whose row is entered by the person signed in."""

    # Set on the subclass that shows a form again which the database or a service has refused.
    refusal: ValidationError | None = None
    # Set on the subclass that shows the current version with the person's changes on top.
    reopened: Collection[str] | None = None
    # A column that no field shows, and the fields whose change replaces it; the first tells of it.
    replaces: ClassVar[dict[str, tuple[str, ...]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spare_queries(self)

    def clean(self) -> dict[str, Any] | None:
        """The form's data, refused where saving it has just been."""
        if self.refusal is not None:
            self.add_error(None, self.refusal)
        return super().clean()

    def full_clean(self) -> None:
        """Django's checks, and a mark on each field that is the person's own, not saved yet."""
        super().full_clean()
        if self.is_bound and self.reopened is not None:
            self.mark(self.reopened)

    def mark(self, conflicts: Collection[str]) -> None:
        """Say of each field in which the form is not the stored row whose it is."""
        if self.add_prefix(DELETION_FIELD_NAME) in conflicts:
            is_new = self.instance._state.adding
            self.add_error(None, DELETED_BY_THEM if is_new else DELETED_BY_ME)
        for name in self.changed_data:
            if name == DELETION_FIELD_NAME:
                continue
            sentence = MINE
            if self.add_prefix(name) in conflicts:
                field, value = self.fields[name], self[name].initial
                sentence = IN_CONFLICT.format(theirs=shown(field, value, Names(admin.site)))
            self.add_error(name, sentence)

    def enter(self, *, by: Any) -> None:
        """Save the row; a new one as entered by `by`."""
        if self.instance._state.adding:
            self.instance.created_by = by
        self.instance.save()


def marked_form(request: HttpRequest, form: Any) -> Any:
    """The form class, which marks what is not saved yet where a conflict has been merged."""
    reopened = request.META.get(REOPENED)
    return form if reopened is None else type("MarkedForm", (form,), {"reopened": reopened})


class EnteredAdmin(QuickListMixin, CleanFieldsMixin, admin.ModelAdmin):
    """A ModelAdmin that says who entered a row, and never answers a refused save with a 500."""

    form = EnteredForm
    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    view_on_site = False

    # Acting

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No bulk deletion: it asks per model, and deleting here is a question of each row."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def response_action(self, request: HttpRequest, queryset: Any) -> Any:
        """Django's answer to an action; it takes what is ticked for keys, whatever was posted."""
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            self.message_user(request, NO_KEYS, level="ERROR")
            return None
        return super().response_action(request, queryset)

    # Saving

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Django's view; what the database or a service refuses comes back as the form's error."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_saveasnew" in request.POST:
            # Django takes this from anybody's POST, whether the button was offered or not.
            raise PermissionDenied
        try:
            with transaction.atomic():
                return self.save_view(request, object_id, form_url, extra_context)
        except (IntegrityError, OperationalError, FactcheckError) as error:
            request.META[REFUSAL] = refusal_of(error)
        with transaction.atomic():
            return self.save_view(request, object_id, form_url, extra_context)

    def save_view(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
    ) -> HttpResponse:
        """Save what was posted. Runs in a transaction, which a refusal rolls back."""
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form class, which refuses what saving has just refused."""
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = request.META.get(REFUSAL)
        marked = marked_form(request, form)
        return type("RefusedForm", (marked,), {"refusal": refusal}) if refusal else marked

    def name_of(self, row: Any) -> str:
        """What a row of this model is called where it is referred to."""
        return str(row)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the row as entered by the person signed in."""
        form.enter(by=request.user)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the rows of an inline in the same way."""
        objects = formset.save(commit=False)
        for row in formset.deleted_objects:
            row.delete()
        forms_of_rows = {id(row_form.instance): row_form for row_form in formset.forms}
        for row in objects:
            forms_of_rows[id(row)].enter(by=request.user)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the inlines, and let foreign keys speak now, not after the success message."""
        super().save_related(request, form, formsets, change)
        connection.check_constraints()

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's view; a deletion that the database refuses is told as a message."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except (IntegrityError, OperationalError) as error:
            return self.refused_deletion(request, object_id, error)

    def refused_deletion(
        self, request: HttpRequest, object_id: str, error: DatabaseError
    ) -> HttpResponse:
        """Back to the row, with the reason."""
        for sentence in sentences_of(error):
            self.message_user(request, sentence, level="ERROR")
        obj = self.get_object(request, unquote(object_id))
        return self.response_post_save_change(request, obj)


class EnteredInlineMixin(CleanFieldsMixin):
    """An inline whose four permissions are asked one by one, whatever the parent allows."""

    form: Any = EnteredForm
    extra = 0
    opts: Any

    def may(self, request: HttpRequest, verb: str) -> bool:
        """Whether the person has Django's permission for the verb on this inline's own model."""
        user: Any = request.user
        return bool(user.has_perm(f"{self.opts.app_label}.{verb}_{self.opts.model_name}"))

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Django's formset, which marks what is not saved yet."""
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        formset.form = marked_form(request, formset.form)
        return formset

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may change rows may see them."""
        return self.may(request, "view") or self.may(request, "change")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether rows may be added."""
        return self.may(request, "add")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether rows may be changed."""
        return self.may(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether rows may be deleted."""
        return self.may(request, "delete")


class EnteredStackedInline(EnteredInlineMixin, admin.StackedInline):
    """Rows with many fields."""


class LabelledFormSet(BaseInlineFormSet):
    """Names each field for who does not see the heading of its column."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Django's fields, each with its name."""
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs.setdefault("aria-label", str(field.label))


class EnteredTabularInline(EnteredInlineMixin, admin.TabularInline):
    """Rows with few fields."""

    formset = LabelledFormSet


class ReadOnlyMixin:
    """Nothing is added, changed or deleted here, whatever anybody's permissions say."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


class ReadOnlyAdmin(ReadOnlyMixin, EnteredAdmin):
    """Rows that only a service writes."""


class ReadOnlyTabularInline(ReadOnlyMixin, EnteredTabularInline):
    """Rows shown beside their parent."""

    can_delete = False
