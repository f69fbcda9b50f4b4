"""Admins of rows with an edit number: a form that was opened at another edit saves nothing."""

import re
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from factcheck.common.admin.entered import EnteredAdmin
from factcheck.common.admin.sides import Part, compare_form, compare_formset

EDIT_NUMBER = re.compile(r"[0-9]{1,10}")
# Where `request.META` says that a form is built only to be compared, never to be saved.
COMPARING = "factcheck.comparing"

STALE = "Somebody else has changed this since you opened it. Nothing of yours has been saved."
NOT_SAID = (
    "The form does not say at which edit it was opened, so it cannot be saved. Nothing has changed."
)


class IdentifiedAdmin(EnteredAdmin):
    """Refuses stale forms with a page that shows both sides, and shows closed rows read-only."""

    change_form_template = "admin/desk/change_form.html"
    delete_confirmation_template = "admin/desk/delete_confirmation.html"
    conflict_template = "admin/desk/conflict.html"

    # What a form was opened at

    def opened_at(self, obj: Any) -> dict[str, str]:
        """The hidden inputs that say what the form shows; saving compares them with the row."""
        return {"edit_number": str(obj.edit_number)}

    def conflict_of(self, request: HttpRequest, obj: Any) -> tuple[int, str] | None:
        """The status and sentence of the refusal, or None where the form is of this very edit."""
        if not EDIT_NUMBER.fullmatch(request.POST.get("edit_number", "")):
            return 400, NOT_SAID
        submitted = {name: request.POST.get(name, "") for name in self.opened_at(obj)}
        submitted["edit_number"] = str(int(submitted["edit_number"]))
        return None if submitted == self.opened_at(obj) else (409, STALE)

    def locked(self, object_id: str) -> Any:
        """The row or None; locked until the transaction ends, but not for foreign keys to it."""
        rows = self.model._default_manager.select_for_update(no_key=True, of=("self",))
        try:
            return rows.filter(pk=self.opts.pk.to_python(unquote(object_id))).first()
        except (ValidationError, ValueError):
            return None

    # Closed rows

    def closed(self, obj: Any) -> str:
        """Why the row cannot be changed now, and what to do; empty where it can."""
        return ""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Django's permission, and the row is not closed."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or COMPARING in request.META or not self.closed(obj)

    # Saving

    def save_view(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
    ) -> HttpResponse:
        """Save what was posted, unless the row is not the one that the form was opened on."""
        obj = self.locked(object_id) if object_id is not None else None
        if obj is not None:
            if not self.has_change_permission(request):
                raise PermissionDenied
            if conflict := self.conflict_of(request, obj):
                status, sentence = conflict
                return self.conflict_page(request, obj, sentence, status=status)
        return super().save_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's view; what was changed since the question was asked is not deleted."""
        with transaction.atomic():
            obj = self.locked(object_id) if request.method == "POST" else None
            conflict = self.conflict_of(request, obj) if obj is not None else None
            if conflict and self.has_delete_permission(request, obj):
                status, sentence = conflict
                return self.refusal_page(request, obj, sentence, status=status)
            return super().delete_view(request, object_id, extra_context)

    # Pages

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """Django's page, with the hidden inputs and the reason why a row is closed."""
        if obj is not None:
            context |= {"opened_at": self.opened_at(obj), "closed": self.closed(obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> Any:
        """Django's question, with the hidden inputs."""
        return super().render_delete_form(
            request, {**context, "opened_at": self.opened_at(context["object"])}
        )

    def conflict_page(
        self, request: HttpRequest, obj: Any, sentence: str, *, status: int
    ) -> TemplateResponse:
        """Both sides, field by field. Nothing is saved, and nothing submitted is lost."""
        request.META[COMPARING] = True
        parts = self.both_sides(request, obj)
        return self.refusal_page(request, obj, sentence, status=status, parts=parts)

    def both_sides(self, request: HttpRequest, obj: Any) -> list[Part]:
        """What is stored and what was submitted: the row, then every row of its inlines."""
        form = self.get_form(request, obj, change=True)(request.POST, request.FILES, instance=obj)
        parts = [compare_form(form, heading=capfirst(str(self.opts.verbose_name)))]
        for formset_class, inline in self.get_formsets_with_inlines(request, obj):
            prefix = formset_class.get_default_prefix()
            formset = formset_class(**self.get_formset_kwargs(request, obj, inline, prefix))
            name = capfirst(inline.verbose_name)
            parts += [
                Part(f"{name}: {part.heading}", part.lines) for part in compare_formset(formset)
            ]
        return parts

    def refusal_page(
        self,
        request: HttpRequest,
        obj: Any,
        sentence: str,
        *,
        status: int,
        parts: list[Part] | None = None,
    ) -> TemplateResponse:
        """A page that says why nothing was done and what to do now."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Nothing was saved" if status == 400 else "Changed meanwhile",
            "opts": self.opts,
            "original": obj,
            "sentence": sentence,
            "parts": parts or [],
            "current_url": self.change_url(obj),
            "note": request.POST.get("note", ""),
        }
        # Rendered at once, while the row is locked and the two sides are still the two sides.
        page = TemplateResponse(request, self.conflict_template, context, status=status)
        page.render()
        return page

    def change_url(self, obj: models.Model) -> str:
        """The address of the row's form."""
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[obj.pk])
