"""Whose work a claim is, and until when."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims import workflow
from claims.models import Assignment, Claim
from claims.services.desk_work import assign
from factcheck.common.errors import InvalidInput, NotAllowed
from factcheck.common.roles import Role
from tests.admin_pages import address, signed_in
from tests.factories import (
    make_approved_claim,
    make_claim,
    make_published_claim,
    make_ready_claim,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = datetime.date(2020, 3, 4)


def leave(person: User) -> User:
    person.is_active = False
    person.save()
    return person


def post(user: User, claim: Claim, **values: Any) -> Any:
    given = {"assignee": "", "priority": "normal", "due_on": ""} | values
    return signed_in(user).post(f"/admin/desk/claims/{claim.pk}/assignment/", given)


def told(response: Any) -> str:
    return " ".join(str(message) for message in response.wsgi_request._messages)


def test_a_claim_is_given_to_somebody_with_a_priority_and_a_day():
    claim, chen, edna = make_claim(), make_user(Role.CHECKER), make_user(Role.EDITOR)

    row = assign(claim, to=chen, priority="urgent", due_on=DAY, by=edna)

    assert (row.assignee, row.assigned_by, row.priority, row.due_on) == (chen, edna, "urgent", DAY)
    assert row.assigned_at is not None


def test_another_priority_leaves_since_when_it_is_somebodys():
    claim, chen, edna = make_claim(), make_user(Role.CHECKER), make_user(Role.EDITOR)
    first = assign(claim, to=chen, by=edna)

    row = assign(claim, to=chen, priority="low", by=chen)

    assert (row.assigned_by, row.assigned_at) == (edna, first.assigned_at)
    assert [event.priority for event in row.history.all()] == ["normal"]


def test_a_claim_can_be_nobodys_again():
    claim, editor = make_claim(), make_user(Role.EDITOR)
    assign(claim, to=editor, due_on=DAY, by=editor)

    row = assign(claim, to=None, due_on=DAY, by=editor)

    assert (row.assignee, row.assigned_by, row.assigned_at, row.due_on) == (None, None, None, DAY)
    assert Assignment.objects.count() == 1


def test_an_assignment_is_no_edit_at_any_stage():
    editor = make_user(Role.EDITOR)
    for claim in (make_ready_claim(), make_approved_claim(), make_published_claim()):
        claim.refresh_from_db()
        before = (claim.edit_number, claim.stage, claim.reviewed_hash, claim.decision_id)

        assign(claim, to=editor, priority="high", due_on=DAY, by=editor)
        assign(claim, to=None, by=editor)

        claim.refresh_from_db()
        assert (claim.edit_number, claim.stage, claim.reviewed_hash, claim.decision_id) == before
        assert workflow.reviewed_changes(claim) == []


def test_discarding_the_changes_of_a_claim_leaves_whose_it_is():
    claim, editor = make_published_claim(), make_user(Role.EDITOR)
    workflow.revise(claim, by=editor)
    assign(claim, to=editor, due_on=DAY, by=editor)

    workflow.discard(claim, by=editor, note="Not needed.")

    assert claim.assignment.due_on == DAY
    assert Assignment.objects.get().assignee == editor


def test_a_deleted_draft_takes_its_assignment_along():
    claim, editor = make_claim(), make_user(Role.EDITOR)
    assign(claim, to=editor, by=editor)

    claim.delete()

    assert Assignment.objects.count() == 0


def test_who_has_left_gets_no_work():
    gone = leave(make_user(Role.CHECKER, "gone"))
    stranger = User.objects.create(username="stranger", is_staff=True)

    for person in (gone, stranger):
        with pytest.raises(InvalidInput, match="does not work at the desk any more"):
            assign(make_claim(), to=person, by=make_user(Role.EDITOR))


def test_the_database_gives_no_work_to_who_has_left():
    gone, editor = leave(make_user()), make_user(Role.EDITOR)
    row = assign(make_claim(), to=None, by=editor)

    with pytest.raises(IntegrityError, match="does not work at the desk"), transaction.atomic():
        Assignment.objects.filter(pk=row.pk).update(
            assignee=gone, assigned_by=editor, assigned_at=row.created_at
        )


def test_what_somebody_had_who_left_can_still_change():
    claim, chen, editor = make_claim(), make_user(Role.CHECKER), make_user(Role.EDITOR)
    assign(claim, to=chen, by=editor)
    leave(chen)

    Assignment.objects.update(priority="high")
    page = signed_in(editor).get(address(claim))
    row = assign(claim, to=editor, by=editor)

    assert page.context["panel"]["work"]["has_left"] is True
    assert row.assignee == editor


@pytest.mark.parametrize(
    "values", [{"priority": "whenever"}, {"due_on": datetime.date(20, 3, 4)}], ids=str
)
def test_an_assignment_that_cannot_be_meant_is_refused(values: dict[str, Any]):
    editor = make_user(Role.EDITOR)

    with pytest.raises(InvalidInput):
        assign(make_claim(), to=editor, by=editor, **values)


@pytest.mark.parametrize(
    "values",
    [{"priority": "whenever"}, {"due_on": datetime.date(20, 3, 4)}, {"assigned_at": None}],
    ids=str,
)
def test_the_database_keeps_none_either(values: dict[str, Any]):
    editor = make_user(Role.EDITOR)
    row = assign(make_claim(), to=editor, by=editor)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=row.pk).update(**values)


def test_an_administrator_gives_no_work():
    with pytest.raises(NotAllowed):
        assign(make_claim(), to=None, by=make_user(Role.ADMINISTRATOR))


# On the claim's page


@pytest.mark.parametrize("make", [make_claim, make_published_claim])
def test_the_page_assigns_a_claim_whatever_its_stage(make: Any):
    claim, chen, rita = make(), make_user(Role.CHECKER, "chen"), make_user(Role.REPORTER)

    response = post(rita, claim, assignee=chen.pk, priority="urgent", due_on="2020-03-04")

    row = Assignment.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{address(claim)}#work")
    assert told(response) == "Assigned to chen."
    assert (row.claim_id, row.assignee, row.priority, row.due_on) == (claim.pk, chen, "urgent", DAY)
    page = signed_in(rita).get(address(claim))
    assert page.context["panel"]["work"]["is_late"] is True
    assert "Assigned to chen" in page.content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"assignee": "999999"},
        {"assignee": "nonsense"},
        {"priority": "whenever"},
        {"due_on": "tomorrow"},
        {"due_on": "0020-03-04"},
    ],
    ids=str,
)
def test_the_page_refuses_nonsense_with_a_sentence(values: dict[str, Any]):
    claim = make_claim()

    response = post(make_user(Role.REPORTER), claim, **values)

    assert response.status_code == 302
    assert told(response) != ""
    assert not Assignment.objects.exists()


def form_of(user: User, claim: Claim) -> dict[str, Any]:
    """What the form on the claim's page would send untouched."""
    form = signed_in(user).get(address(claim)).context["panel"]["work"]["form"]
    return {name: form[name].value() or "" for name in form.fields}


@pytest.mark.parametrize("is_first", [True, False])
def test_what_somebody_else_has_assigned_meanwhile_is_not_overwritten(is_first: bool):
    claim, chen, edna = make_claim(), make_user(Role.CHECKER), make_user(Role.EDITOR)
    if not is_first:
        assign(claim, to=edna, by=edna)
    opened = form_of(edna, claim)
    assign(claim, to=chen, priority="urgent", due_on=DAY, by=chen)

    response = post(edna, claim, **{**opened, "priority": "low"})

    row = Assignment.objects.get()
    assert told(response) == "Somebody else has assigned it meanwhile. Look at it again."
    assert (row.assignee, row.priority, row.due_on) == (chen, "urgent", DAY)


def test_an_assignment_is_changed_from_the_page_as_it_stands():
    claim, chen, edna = make_claim(), make_user(Role.CHECKER), make_user(Role.EDITOR)
    assign(claim, to=None, due_on=DAY, by=chen)

    post(edna, claim, **{**form_of(edna, claim), "assignee": edna.pk})

    row = Assignment.objects.get()
    assert (row.assignee, row.priority, row.due_on) == (edna, "normal", DAY)


def test_who_has_left_is_not_offered():
    leave(make_user(Role.CHECKER, "gone"))
    rita = make_user(Role.REPORTER, "rita")

    page = signed_in(rita).get(address(make_claim()))

    form = page.context["panel"]["work"]["form"]
    assert [str(label) for _, label in form.fields["assignee"].choices] == ["nobody", "rita"]


def test_an_administrator_reads_whose_it_is_and_has_no_form():
    claim, editor = make_claim(), make_user(Role.EDITOR, "edna")
    assign(claim, to=editor, by=editor)

    page = signed_in(make_user(Role.ADMINISTRATOR)).get(address(claim))

    assert page.context["panel"]["work"]["form"] is None
    assert "Assigned to edna" in page.content.decode()


def test_lists_find_claims_by_whose_they_are():
    editor, other = make_user(Role.EDITOR), make_user(Role.CHECKER)
    mine, late, free = make_claim(), make_claim(), make_claim()
    assign(mine, to=editor, by=editor)
    assign(late, to=other, due_on=DAY, by=editor)
    leave(other)
    browser = signed_in(editor)

    found = {
        value: {
            claim.pk
            for claim in browser.get(f"/admin/claims/claim/?assigned={value}")
            .context["cl"]
            .queryset
        }
        for value in ("me", "somebody", "nobody", "late", "left", "nonsense")
    }

    assert found == {
        "me": {mine.pk},
        "somebody": {mine.pk, late.pk},
        "nobody": {free.pk},
        "late": {late.pk},
        "left": {late.pk},
        "nonsense": {mine.pk, late.pk, free.pk},
    }
