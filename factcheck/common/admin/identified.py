"""Admins of rows with an edit number: a form that was opened at another edit saves nothing."""

import re
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from factcheck.common.admin.deciding import inputs_of, reopen, take_decisions
from factcheck.common.admin.entered import EnteredAdmin
from factcheck.common.admin.merging import Merging
from factcheck.common.admin.sides import Names
from factcheck.common.admin.since import parts_since, past_of, pasts_of_parts
from factcheck.common.history import edit_began_at, last_known

EDIT_NUMBER = re.compile(r"[0-9]{1,10}")
# Where `request.META` says that a form is built only to be compared, never to be saved.
COMPARING = "factcheck.comparing"

STALE = "Somebody else has changed this since you opened it. Nothing of yours has been saved."
GONE = "Somebody has deleted this since you opened it. Nothing of yours has been saved."
NOT_SAID = (
    "The form does not say at which edit it was opened, so it cannot be saved. Nothing has changed."
)


class IdentifiedAdmin(EnteredAdmin):
    """Refuses stale forms with a page that shows all sides, and shows closed rows read-only."""

    change_form_template = "admin/desk/change_form.html"
    delete_confirmation_template = "admin/desk/delete_confirmation.html"
    conflict_template = "admin/desk/conflict.html"
    # The columns that only steps change, by the hidden inputs that say how the form showed them.
    opened_columns: ClassVar[dict[str, str]] = {}

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

    def gone(self, object_id: str) -> Any:
        """The row as it was until somebody deleted it; None where there was no such row."""
        try:
            return last_known(self.model, self.opts.pk.to_python(unquote(object_id)))
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
            undecided, wants_form = take_decisions(request)
            if conflict := self.conflict_of(request, obj):
                status, sentence = conflict
                return self.conflict_page(
                    request, obj, sentence, status=status, undecided=undecided
                )
            if undecided or wants_form:
                reopen(request, undecided, wants_form=wants_form)
        elif object_id is not None and (gone := self.gone(object_id)) is not None:
            if not self.has_change_permission(request):
                raise PermissionDenied
            take_decisions(request)
            return self.conflict_page(request, gone, GONE, status=409, undecided=set())
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
        self, request: HttpRequest, obj: Any, sentence: str, *, status: int, undecided: set[str]
    ) -> TemplateResponse:
        """The three sides, field by field. Nothing is saved, and nothing submitted is lost."""
        request.META[COMPARING] = True
        merging = self.three_sides(request, obj, undecided=undecided)
        context = {"parts": merging.parts, "is_mine": True}
        if not self.closed(obj) and sentence != GONE:
            context["merged"] = {
                "action": request.get_full_path(),
                "inputs": inputs_of(merging, opened_at=self.opened_at(obj), post=request.POST),
                "choices": bool(merging.choices),
            }
        return self.page(request, obj, sentence, status=status, context=context)

    def three_sides(self, request: HttpRequest, obj: Any, *, undecided: set[str]) -> Merging:
        """What was opened, what is stored and what was submitted: the row, then its inlines."""
        at, seen, names = self.began_at(request, obj), self.seen(request), self.names(request)
        merging = Merging(request, names, undecided=undecided)
        form = self.get_form(request, obj, change=True)(request.POST, request.FILES, instance=obj)
        merging.add_form(self, form, past_of(obj, at, seen=seen), also=seen)
        formsets = []
        for formset_class, inline in self.get_formsets_with_inlines(request, obj):
            prefix = formset_class.get_default_prefix()
            formset = formset_class(**self.get_formset_kwargs(request, obj, inline, prefix))
            pasts = pasts_of_parts(inline.model, formset_class.fk, obj, at)
            names.remember(past.base for past in pasts.values())
            formsets.append((inline, formset, pasts))
        for inline, formset, pasts in formsets:
            merging.add_formset(inline, formset, pasts, obj)
        return merging

    def refusal_page(
        self, request: HttpRequest, obj: Any, sentence: str, *, status: int
    ) -> TemplateResponse:
        """A page that says why nothing was done, and what has changed since the person looked."""
        now = self.model._default_manager.filter(pk=obj.pk).first()
        number = request.POST.get("edit_number", "")
        parts = []
        if now is not None and EDIT_NUMBER.fullmatch(number):
            parts = parts_since(
                self,
                request,
                now,
                edit_number=int(number),
                seen=self.seen(request),
                names=self.names(request),
            )
        return self.page(request, now or obj, sentence, status=status, context={"parts": parts})

    def page(
        self, request: HttpRequest, obj: Any, sentence: str, *, status: int, context: dict[str, Any]
    ) -> TemplateResponse:
        """The page of a conflict."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Nothing was saved" if status == 400 else "Changed meanwhile",
            "opts": self.opts,
            "original": obj,
            "sentence": sentence,
            "closed": self.closed(obj),
            "current_url": self.change_url(obj) if sentence != GONE else "",
            "note": request.POST.get("note", ""),
            **context,
        }
        # Rendered at once, while the row is locked and the sides are still the sides.
        page = TemplateResponse(request, self.conflict_template, context, status=status)
        page.render()
        return page

    # What the person saw

    def began_at(self, request: HttpRequest, obj: Any) -> datetime | None:
        """When the edit began that the person saw; None where nobody knows."""
        number = request.POST.get("edit_number", "")
        return edit_began_at(obj, int(number)) if EDIT_NUMBER.fullmatch(number) else None

    def seen(self, request: HttpRequest) -> dict[str, str]:
        """The columns that only steps change, as the person's page showed them."""
        return {
            column: request.POST[name]
            for name, column in self.opened_columns.items()
            if name in request.POST
        }

    def names(self, request: HttpRequest) -> Names:
        """How rows and people are called."""
        return Names(self.admin_site, me=request.user)

    def change_url(self, obj: models.Model) -> str:
        """The address of the row's form."""
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[obj.pk])
