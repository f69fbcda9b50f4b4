"""Steps of a workflow as buttons: one form each, beside the form that edits content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.db import IntegrityError, OperationalError, transaction
from django.forms import BaseForm
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.text import capfirst

from factcheck.common.admin.identified import IdentifiedAdmin
from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import Conflict, FactcheckError, InvalidInput, NotAllowed, NotFound
from factcheck.common.text import clean_text

# Steps that nobody takes on the way forward stand together, behind a disclosure.
TAKING_BACK = frozenset({"discard", "redact", "retract", "suspend"})
TAKE_BACK = "Take off or take back"


@dataclass(frozen=True)
class Button:
    """A step that the person may take now.

    `note` is "" where the step asks for none, else "optional" or "required"; `note_is_public` says
    whether readers see it. `successor` in the same way: which other row takes this one's place.
    `warning` is what has to be ticked first, `done` what is told afterwards. `under` names the
    disclosure behind which it stands; empty where it is visible at once, unless it takes back.
    """

    action: str
    label: str
    sentence: str = ""
    note: str = ""
    note_is_public: bool = False
    successor: str = ""
    warning: str = ""
    done: str = "Done."
    under: str = ""

    @property
    def stands_under(self) -> str:
        """What the disclosure is called; empty for a step that is visible at once."""
        return self.under or (TAKE_BACK if self.action in TAKING_BACK else "")


@dataclass(frozen=True)
class FormError:
    """One error of a form that is shown again, and the id of what mends it."""

    label: str
    sentence: str
    anchor: str


class StepsAdmin(IdentifiedAdmin):
    """A form for content, and beside it a button for each step that the person may take now."""

    change_form_template = "admin/desk/subject_change_form.html"
    # Steps that change the row's content themselves, and lock nothing but that row first.
    edits: frozenset[str] = frozenset({"discard"})

    # What a subclass says

    def steps_of(self, obj: Any, *, by: Any) -> tuple[Sequence[Button], Sequence[tuple[str, str]]]:
        """The steps that this person may take now; and label and reason of those that the person's
        role opens now, but not to this person. Asked at once, since both rest on the same rows.
        """
        raise NotImplementedError

    def take(self, action: str, obj: Any, *, by: Any, note: str) -> None:
        """Take the step, in a transaction of the workflow's own. Raises FactcheckError."""
        raise NotImplementedError

    def take_posted(self, request: HttpRequest, action: str, obj: Any, *, note: str) -> None:
        """Take the step with whatever else its form asks for."""
        self.take(action, obj, by=request.user, note=note)

    def after_step(self, request: HttpRequest, obj: Any, action: str) -> None:
        """Whatever else is told to who has taken the step."""

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What stands beside the buttons."""
        return {}

    # The view

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and one for the steps."""
        step = path(
            "<path:object_id>/step/<slug:action>/",
            self.admin_site.admin_view(self.step_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_step",
        )
        return [step, *super().get_urls()]

    def step_view(self, request: HttpRequest, object_id: str, action: str) -> HttpResponseBase:
        """Take one step, by POST alone. Whether the person may is asked of the workflow."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        if obj is None:
            raise Http404
        buttons, _ = self.steps_of(obj, by=request.user)
        button = next((one for one in buttons if one.action == action), Button(action, action))
        try:
            self.take_as_seen(request, obj, button)
        except NotFound as error:
            raise Http404(error.message) from error
        except NotAllowed as error:
            raise PermissionDenied(error.message) from error
        except Conflict as error:
            return self.refusal_page(request, obj, error.message, status=error.status)
        except (FactcheckError, IntegrityError, OperationalError) as error:
            for sentence in sentences_of(error):
                messages.error(request, sentence)
        else:
            messages.success(request, button.done)
            self.after_step(request, obj, action)
        return HttpResponseRedirect(self.change_url(obj))

    def take_as_seen(self, request: HttpRequest, obj: Any, button: Button) -> None:
        """Take the step on what the person saw. Raises FactcheckError; Conflict if it is stale."""
        action = button.action
        note = clean_text(request.POST.get("note", ""), name="note")
        self.check_as_seen(request, obj)
        if button.warning and "known" not in request.POST:
            raise InvalidInput.at(
                "known", f"“{button.label}”: tick first that you know what it does."
            )
        with transaction.atomic():
            if action in self.edits:
                self.check_as_seen(request, self.locked(str(obj.pk)))
                self.take_posted(request, action, obj, note=note)
                return
            # The row is not locked here: the workflow locks all it needs in an order of its own.
            # What somebody saves before it does is caught afterwards, and the step is rolled back.
            self.take_posted(request, action, obj, note=note)
            now = self.model._default_manager.only("edit_number").get(pk=obj.pk)
            if now.edit_number != int(request.POST["edit_number"]):
                raise Conflict("Somebody else has just changed this. Look at it again.")

    def check_as_seen(self, request: HttpRequest, obj: Any) -> None:
        """Raise Conflict, or InvalidInput where the page does not say what it showed."""
        if conflict := self.conflict_of(request, obj):
            status, _ = conflict
            if status == InvalidInput.status:
                raise InvalidInput("Open the page again: it did not say at which edit it was.")
            raise Conflict(
                "This has changed since you opened it. Look at it again, then repeat the step."
            )

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Django's page, with the steps."""
        if obj is not None and not context.get("is_popup"):
            # Read anew: after a refused POST the form has put what was submitted into `obj`.
            stored = self.model._default_manager.get(pk=obj.pk) if request.POST else obj
            # What could not be saved is not what a step would take.
            context["steps"], context["barred"] = (
                ([], []) if request.POST else self.steps_of(stored, by=request.user)
            )
            context["panel"] = self.panel(request, stored)
            context["closed_steps"] = context["panel"].get("closed_steps", {})
        context["form_errors"] = form_errors(context) if request.POST else []
        return super().render_change_form(request, context, add, change, form_url, obj)


def form_errors(context: dict[str, Any]) -> list[FormError]:
    """What is wrong in the form and in the rows beside it, in the order of the page."""
    found = [*errors_of(context["adminform"].form, "")]
    for inline in context["inline_admin_formsets"]:
        formset, name = inline.formset, capfirst(inline.opts.verbose_name)
        found += [
            FormError(
                capfirst(inline.opts.verbose_name_plural), str(sentence), f"{formset.prefix}-group"
            )
            for sentence in formset.non_form_errors()
        ]
        for number, form in enumerate(formset.forms, start=1):
            found += errors_of(form, f"{name} {number}")
    return found


def errors_of(form: BaseForm, row: str) -> Iterator[FormError]:
    """The errors of one form; `row` says which one it is, where there are several."""
    for name, sentences in form.errors.items():
        if name == NON_FIELD_ERRORS:
            # Django prints those of the main form at its top; a row stands further down.
            yield from (FormError(row, str(one), form.prefix or "") for one in sentences if row)
            continue
        field = form[name]
        label = f"{row}, {field.label}" if row else str(field.label)
        yield from (FormError(label, str(one), field.auto_id) for one in sentences)
