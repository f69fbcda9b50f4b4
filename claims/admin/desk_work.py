"""What stands on a claim's page beside its file: whose work it is, and what the desk says of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from claims.desk_choices import Priority
from claims.models import Assignment, Claim, Comment
from claims.services.comments import comment, named_in, see_comments
from claims.services.desk_work import assign, standing_of
from claims.services.people import desk_people
from factcheck.common.admin import StepsAdmin
from factcheck.common.admin.fields import is_key
from factcheck.common.admin.refusals import sentences_of
from factcheck.common.errors import FactcheckError, NotAllowed

COMMENTS_SHOWN = 200


class AssignmentForm(forms.Form):
    """Who takes care of it, how urgent it is, until when."""

    assignee = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        empty_label="nobody",
        label="Assigned to",
        help_text="It stands on this person's first page.",
    )
    priority = forms.ChoiceField(
        choices=Priority.choices,
        initial=Priority.NORMAL,
        help_text="What is taken up first on the same day.",
    )
    due_on = forms.DateField(
        required=False,
        label="Due",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="After this day it is marked as late.",
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, data: Any = None, *, people: Any, **options: Any) -> None:
        super().__init__(data, auto_id="work-%s", **options)
        assignee: Any = self.fields["assignee"]
        assignee.queryset = people

    @classmethod
    def of(cls, row: Assignment | None, *, people: Any) -> "AssignmentForm":
        """The form as the assignment stands."""
        if row is None:
            return cls(people=people)
        initial = {
            "assignee": row.assignee_id,
            "priority": row.priority,
            "due_on": row.due_on,
            "seen": standing_of(row),
        }
        return cls(people=people, initial=initial)


class DeskWorkMixin(StepsAdmin):
    """For the admin of claims: the assignment and the comments on a claim's page."""

    def panel(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """The panel, with both."""
        return {
            **super().panel(request, obj),
            "work": work_of(request, obj),
            "talk": talk_on(request, obj),
        }


def work_of(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """The claim's assignment, and the form for who may change it."""
    row = Assignment.objects.select_related("assignee", "assigned_by").filter(claim=claim).first()
    may = may_assign(request)
    return {
        "row": row,
        "has_left": row is not None and row.assignee is not None and not row.assignee.is_active,
        "is_late": row is not None and is_late(row),
        "form": AssignmentForm.of(row, people=desk_people()) if may else None,
        "url": reverse("desk:assign", args=[claim.pk]),
    }


def is_late(row: Assignment) -> bool:
    """Whether its day has passed."""
    return row.due_on is not None and row.due_on < timezone.localdate()


def talk_on(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """The comments on the claim, newest last, and whom a new one can name."""
    user: Any = request.user
    rows = Comment.objects.filter(claim=claim).select_related("created_by")
    newest = list(rows.prefetch_related("mentions__person").order_by("-pk")[: COMMENTS_SHOWN + 1])
    may = user.has_perm("claims.add_comment")
    return {
        "comments": newest[:COMMENTS_SHOWN][::-1],
        "up_to": newest[0].pk if newest else "",
        "has_older": len(newest) > COMMENTS_SHOWN,
        "names_me": any(
            mention.person_id == user.pk and mention.seen_at is None
            for row in newest
            for mention in row.mentions.all()
        ),
        "may_write": may,
        "names": [person.username for person in desk_people() if person != user] if may else [],
        "url": reverse("desk:comment", args=[claim.pk]),
        "seen_url": reverse("desk:seen", args=[claim.pk]),
        "help": Comment._meta.get_field("text").help_text,
    }


# The views


@require_POST
def assign_view(request: HttpRequest, claim_pk: int) -> HttpResponse:
    """Assign a claim; for who may."""
    if not may_assign(request):
        raise PermissionDenied
    claim = get_object_or_404(Claim, pk=claim_pk)
    form = AssignmentForm(request.POST, people=desk_people())
    if not form.is_valid():
        for errors in form.errors.values():
            for error in errors:
                messages.error(request, str(error))
        return back_to(claim, "work")
    given = form.cleaned_data
    with refusals_told(request) as told:
        assign(
            claim,
            to=given["assignee"],
            priority=given["priority"],
            due_on=given["due_on"],
            seen=given["seen"],
            by=person_of(request),
        )
    if not told.refused:
        name = given["assignee"] or "nobody"
        messages.success(request, f"Assigned to {name}.")
    return back_to(claim, "work")


@require_POST
def comment_view(request: HttpRequest, claim_pk: int) -> HttpResponse:
    """Put a comment on a claim; for who may."""
    user = person_of(request)
    if not user.has_perm("claims.add_comment"):
        raise PermissionDenied
    claim = get_object_or_404(Claim, pk=claim_pk)
    text = request.POST.get("text", "")
    with refusals_told(request) as told:
        row = comment(claim, text=text, by=user, seen_up_to=shown_up_to(request))
    if not told.refused:
        messages.success(request, told_whom(row))
    return back_to(claim, "comments")


@require_POST
def seen_view(request: HttpRequest, claim_pk: int) -> HttpResponse:
    """Count the comments on a claim that name the person as seen: a note of their own."""
    user = person_of(request)
    if not user.has_perm("claims.view_comment"):
        raise PermissionDenied
    claim = get_object_or_404(Claim, pk=claim_pk)
    see_comments(claim, up_to=shown_up_to(request), by=user)
    if request.POST.get("from") == "home":
        return HttpResponseRedirect(f"{reverse('admin:index')}#mentioned")
    return back_to(claim, "comments")


def shown_up_to(request: HttpRequest) -> int:
    """The newest comment that the page showed; 0 where it says none."""
    posted = request.POST.get("up_to", "")
    return int(posted) if is_key(posted) else 0


def told_whom(row: Comment) -> str:
    """Who is told of a new comment, and which names in it are nobody's here."""
    told = [mention.person.username for mention in row.mentions.select_related("person")]
    unknown = named_in(row.text).unknown
    sentence = f"Commented. Told: {', '.join(told)}." if told else "Commented."
    if unknown:
        names = ", ".join(f"@{name}" for name in unknown[:5])
        sentence += f" Nobody at the desk is called {names}: that stays text."
    return sentence


class RefusalsTold:
    """Tells the person why a service refused; who may not is refused the page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.refused = False

    def __enter__(self) -> "RefusalsTold":
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        if isinstance(error, NotAllowed):
            raise PermissionDenied(error.message) from error
        if not isinstance(error, FactcheckError):
            return False
        self.refused = True
        for sentence in sentences_of(error):
            messages.error(self.request, sentence)
        return True


def refusals_told(request: HttpRequest) -> RefusalsTold:
    """A block in which a service's refusal becomes a message."""
    return RefusalsTold(request)


def person_of(request: HttpRequest) -> User:
    """Who is signed in, which the admin has seen to."""
    user: Any = request.user
    return user


def may_assign(request: HttpRequest) -> bool:
    """Whether the person may enter and change assignments."""
    return person_of(request).has_perms(["claims.add_assignment", "claims.change_assignment"])


def back_to(claim: Claim, place: str) -> HttpResponse:
    """To the claim's page, at that place."""
    return HttpResponseRedirect(f"{reverse('admin:claims_claim_change', args=[claim.pk])}#{place}")
