"""Publishing at a time: the form beside an approved claim, and what became of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.timesince import timeuntil

from claims import embargoes
from claims.choices import Stage
from claims.desk_choices import EmbargoState
from claims.models import Claim
from claims.steps import Note, Step
from factcheck.common.admin.fields import is_key
from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import FactcheckError, InvalidInput, NotAllowed
from factcheck.common.roles import Role, roles_of
from factcheck.common.text import MAX_TEXT, CleanCharField, clean_text
from sources.jobs import worker_runs, worker_seen_at


class EmbargoForm(forms.Form):
    """When, by which step, with which note. The time is read as UTC, as its labels say."""

    action = forms.ChoiceField(
        label="Step", help_text="The step that is taken at that time, as if you pressed it then."
    )
    day = forms.DateField(
        label="Date (UTC)",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The day in UTC, which may not be the day where you are.",
    )
    time = forms.TimeField(
        label="Time (UTC)",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="It goes out within seconds after it, never before.",
    )
    note = CleanCharField(
        label="Public note",
        cleaner=clean_text,
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What changes, and why: readers see it beside the new version.",
    )

    def __init__(self, steps: list[Step], data: Any = None) -> None:
        super().__init__(data, auto_id="embargo-%s")
        choice: Any = self.fields["action"]
        choice.choices = [(step.action, step.button) for step in steps]
        if all(step.note is Note.NONE for step in steps):
            del self.fields["note"]

    def clean(self) -> dict[str, Any]:
        """Refuse a time that has passed beside the time, where it can be mended."""
        values = super().clean() or {}
        if "day" in values and "time" in values:
            values["publish_at"] = datetime.combine(values["day"], values["time"], tzinfo=UTC)
            try:
                embargoes.check_time(values["publish_at"])
            except InvalidInput as error:
                self.add_error("day", error.for_form())
        return values


# Beside the form of a claim


def embargo_panel(claim: Claim, *, by: Any, form: EmbargoForm | None = None) -> dict[str, Any]:
    """What the claim's page says and offers; empty where there is nothing to say."""
    newest = claim.embargoes.select_related("created_by").first()
    waiting = newest if newest and newest.state == EmbargoState.WAITING else None
    failed = newest if newest and newest.state == EmbargoState.FAILED else None
    is_editor = Role.EDITOR in roles_of(by)
    if form is None and waiting is None and claim.stage == Stage.APPROVED and is_editor:
        steps = embargoes.steps_at_a_time(claim, by=by)
        form = EmbargoForm(steps) if steps else None
    if not (form or waiting or failed):
        return {}
    return {
        "waiting": waiting,
        "is_overdue": waiting is not None and waiting.publish_at <= timezone.now(),
        "how_soon": how_soon(waiting.publish_at) if waiting else "",
        "failed": failed,
        "form": form,
        "may_lift": is_editor,
        "no_worker": not worker_runs(),
        "worker_seen_at": worker_seen_at(),
        "now": timezone.now(),
    }


def how_soon(at: datetime) -> str:
    """How long it is until then, in words."""
    if at - timezone.now() < timedelta(minutes=1):
        return "in less than a minute"
    return f"in {timeuntil(at)}".replace("\xa0", " ")


# The views


def set_view(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Set an embargo on the claim as it was seen, by POST alone. What cannot be set is shown again,
    with nothing of it lost.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    claim, by = seen_claim(request, pk), signed_in(request)
    form = EmbargoForm(embargoes.steps_at_a_time(claim, by=by), request.POST)
    try:
        check_editor(by)
        claim_admin().check_as_seen(request, claim)
        if not form.is_valid():
            return again(request, claim, form, status=400)
        embargo = embargoes.set_embargo(
            claim,
            action=form.cleaned_data["action"],
            publish_at=form.cleaned_data["publish_at"],
            note=form.cleaned_data.get("note", ""),
            by=by,
        )
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except FactcheckError as error:
        form.full_clean()
        for sentence in sentences_of(error):
            form.add_error(None, sentence)
        return again(request, claim, form, status=error.status)
    messages.success(request, f"Set: {embargo}.")
    return redirect(claim_admin().change_url(claim))


def lift_view(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Withdraw the embargo that the page showed, or put a failed one away, by POST alone."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    claim, by = seen_claim(request, pk), signed_in(request)
    shown = request.POST.get("embargo", "")
    embargo = claim.embargoes.filter(pk=int(shown)).first() if is_key(shown) else None
    if embargo is None:
        raise Http404("There is no such embargo.")
    had_failed = embargo.state == EmbargoState.FAILED
    try:
        embargoes.lift_embargo(embargo, by=by)
    except NotAllowed as error:
        raise PermissionDenied(error.message) from error
    except FactcheckError as error:
        for sentence in sentences_of(error):
            messages.error(request, sentence)
    else:
        messages.success(request, "Put away." if had_failed else "Lifted: nothing is planned.")
    return redirect(claim_admin().change_url(claim))


def again(request: HttpRequest, claim: Claim, form: EmbargoForm, *, status: int) -> HttpResponse:
    """The form by itself, with what was wrong; it still says at which edit the claim was seen."""
    context = {
        **admin.site.each_context(request),
        "title": "Publish at a time",
        "opts": Claim._meta,
        "original": claim,
        "current_url": claim_admin().change_url(claim),
        "embargo": embargo_panel(claim, by=signed_in(request), form=form),
        "opened_at": {name: request.POST.get(name, "") for name in claim_admin().opened_at(claim)},
    }
    return TemplateResponse(request, "admin/claims/claim/embargo.html", context, status=status)


def seen_claim(request: HttpRequest, pk: int) -> Claim:
    """The claim, for who may see it at the desk."""
    claim = Claim.objects.filter(pk=pk).first()
    if not claim_admin().has_view_permission(request, claim):
        raise PermissionDenied
    if claim is None:
        raise Http404
    return claim


def check_editor(by: User) -> None:
    """Raise NotAllowed for who is no editor, before anything else is said of the claim."""
    if Role.EDITOR not in roles_of(by):
        raise NotAllowed("Publishing at a time is for the role editor.")


def signed_in(request: HttpRequest) -> User:
    """The person: `admin_view` has let nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def claim_admin() -> Any:
    """The admin of claims, which knows at which edit its page was opened."""
    return admin.site.get_model_admin(Claim)
