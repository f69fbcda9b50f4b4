"""What can be done with many claims of the list at once: each is asked for by itself."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from claims import workflow
from claims.exporting import csv_of
from claims.models import Claim
from claims.opening import check_step
from claims.rules import unmet
from claims.steps import STEPS, Note
from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import Conflict, FactcheckError, NotAllowed
from sources.admin.subjects import SubjectAdmin

# More are looked at by nobody before they agree.
MOST_AT_ONCE = 100


@dataclass
class Candidate:
    """One of the claims that were ticked, and why the step is not open to it, if so."""

    claim: Claim
    reasons: list[str] = field(default_factory=list)

    @property
    def seen_at(self) -> str:
        """What the page shows of the claim, which must still be so when the step is taken."""
        return f"{self.claim.pk}:{self.claim.edit_number}:{self.claim.stage}"


class ClaimActionsAdmin(SubjectAdmin):
    """The actions of the claim list. A step is asked twice: first what it would do to each."""

    actions = ["submit_claims", "return_claims", "export_claims"]

    @admin.action(description="Submit for review…", permissions=["change"])
    def submit_claims(
        self, request: HttpRequest, queryset: QuerySet[Claim]
    ) -> HttpResponseBase | None:
        """Submit those that are ready."""
        return self.take_for_each(request, queryset, "submit")

    @admin.action(description="Return to draft…", permissions=["change"])
    def return_claims(
        self, request: HttpRequest, queryset: QuerySet[Claim]
    ) -> HttpResponseBase | None:
        """Return those that are in review or approved, with one note for all."""
        return self.take_for_each(request, queryset, "return")

    @admin.action(description="Export as CSV", permissions=["view"])
    def export_claims(self, request: HttpRequest, queryset: QuerySet[Claim]) -> HttpResponseBase:
        """The claims as a file for a spreadsheet."""
        keys = list(queryset.values_list("pk", flat=True))
        name = f"claims-{timezone.localdate():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            (piece.encode() for piece in ("\ufeff", *csv_of(keys))),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Cache-Control": "no-store",
            },
        )

    # Steps for many

    def take_for_each(
        self, request: HttpRequest, queryset: QuerySet[Claim], action: str
    ) -> HttpResponseBase | None:
        """Ask first; then take the step for each claim that is still as it was shown."""
        found = list(queryset.select_related("decision")[: MOST_AT_ONCE + 1])
        if len(found) > MOST_AT_ONCE:
            self.message_user(
                request, f"Choose at most {MOST_AT_ONCE} claims at once.", level="ERROR"
            )
            return None
        by: Any = request.user
        candidates = [Candidate(claim, why_not(action, claim, by=by)) for claim in found]
        if "confirmed" not in request.POST:
            return self.question(request, action, candidates)
        seen = set(request.POST.getlist("seen"))
        note = request.POST.get("note", "")
        outcomes = [taken(action, one, seen=seen, note=note, by=by) for one in candidates]
        done = [one for one in outcomes if not one.reasons]
        for one in outcomes:
            for reason in one.reasons:
                self.message_user(request, f"“{one.claim}”: {reason}", level="ERROR")
        if done:
            self.message_user(request, f"{STEPS[action].button}: {len(done)} of {len(outcomes)}.")
        return None

    def question(
        self, request: HttpRequest, action: str, candidates: list[Candidate]
    ) -> TemplateResponse:
        """The page that says for each claim what would become of it."""
        step = STEPS[action]
        context = {
            **self.admin_site.each_context(request),
            "title": step.button,
            "opts": self.opts,
            "step": step,
            "asks_for_note": step.note is not Note.NONE,
            "open": [one for one in candidates if not one.reasons],
            "barred": [one for one in candidates if one.reasons],
            "action_name": request.POST["action"],
            "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/desk/step_for_many.html", context)


def why_not(action: str, claim: Claim, *, by: User) -> list[str]:
    """Why the step is not open to this claim for this person; empty where it is."""
    step = STEPS[action]
    try:
        check_step(step, claim, by=by, note="" if step.note is Note.NONE else "a note to ask with")
    except (NotAllowed, Conflict) as error:
        return [error.message]
    return [rule.sentence for rule in unmet(claim)] if action == "submit" else []


def taken(action: str, one: Candidate, *, seen: set[str], note: str, by: User) -> Candidate:
    """The claim after the step, or with the reasons why it was not taken."""
    if one.seen_at not in seen:
        return Candidate(one.claim, ["It has changed since you were asked: look at it again."])
    try:
        with transaction.atomic():
            workflow.take(action, one.claim, by=by, note=note)
            check_as_seen(one)
    except (FactcheckError, DatabaseError) as error:
        return Candidate(one.claim, sentences_of(error))
    return Candidate(one.claim)


def check_as_seen(one: Candidate) -> None:
    """Raise Conflict if somebody has saved the claim between the look at it and its lock."""
    edit_number = int(one.seen_at.split(":")[1])
    if Claim.objects.only("edit_number").get(pk=one.claim.pk).edit_number != edit_number:
        raise Conflict("Somebody else has just changed it: look at it again.")
