"""Steps for many claims of the list: each is asked for by itself, and as it was shown."""

import re

import pytest
from django.urls import reverse

from claims import workflow
from claims.models import Claim
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision
from tests.admin_pages import signed_in
from tests.factories import make_claim, make_ready_claim, make_user

pytestmark = [pytest.mark.django_db]

LIST = reverse("admin:claims_claim_changelist")


def ask(client, action: str, *claims: Claim):
    keys = [claim.pk for claim in claims]
    return client.post(LIST, {"action": action, "_selected_action": keys})


def confirm(client, page, **values: str):
    """What the page's form would send."""
    html = page.content.decode()
    hidden = dict.fromkeys(re.findall(r'<input type="hidden" name="(\w+)"', html))
    data = {name: re.findall(rf'name="{name}" value="([^"]*)"', html) for name in hidden}
    return client.post(LIST, {**data, **values}, follow=True)


def test_many_claims_are_submitted_with_a_decision_each():
    claims = [make_ready_claim(), make_ready_claim()]
    client = signed_in(make_user())

    answer = confirm(client, ask(client, "submit_claims", *claims))

    assert {claim.stage for claim in Claim.objects.all()} == {"in_review"}
    assert Decision.objects.filter(action="submit").count() == 2
    assert "Submit for review: 2 of 2." in answer.content.decode()


def test_the_question_changes_nothing_and_says_why_a_claim_stays():
    ready, bare = make_ready_claim(), make_claim(text="Synthetic claim without a quote.")

    page = ask(signed_in(make_user()), "submit_claims", ready, bare).content.decode()

    assert {claim.stage for claim in Claim.objects.all()} == {"draft"}
    assert "1 claim to go" in page
    assert "1 claim to stay as it is" in page
    assert "Find the quote in a captured document" in page


def test_a_claim_that_changed_since_the_question_is_left_alone():
    claim, other = make_ready_claim(), make_ready_claim()
    client = signed_in(make_user())
    page = ask(client, "submit_claims", claim, other)
    Claim.objects.filter(pk=claim.pk).update(unknowns="Changed meanwhile.")

    answer = confirm(client, page)

    assert Claim.objects.get(pk=claim.pk).stage == "draft"
    assert Claim.objects.get(pk=other.pk).stage == "in_review"
    assert "It has changed since you were asked" in answer.content.decode()


def test_many_are_returned_with_one_note_by_who_may():
    claims = [make_ready_claim(), make_ready_claim()]
    for claim in claims:
        workflow.submit(claim, by=make_user())
    client = signed_in(make_user(Role.CHECKER))

    confirm(client, ask(client, "return_claims", *claims), note="Synthetic note.")

    assert {claim.stage for claim in Claim.objects.all()} == {"draft"}
    notes = Decision.objects.filter(action="return").values_list("note", flat=True)
    assert list(notes) == ["Synthetic note.", "Synthetic note."]


@pytest.mark.parametrize("role", [Role.REPORTER])
def test_a_step_is_asked_of_the_workflow_for_each_person(role):
    claim = make_ready_claim()
    workflow.submit(claim, by=make_user())

    page = ask(signed_in(make_user(role)), "return_claims", claim).content.decode()

    assert "is for the role checker or editor" in page


def test_who_may_only_look_is_offered_no_step():
    client = signed_in(make_user(Role.ADMINISTRATOR))
    claim = make_ready_claim()

    answer = ask(client, "submit_claims", claim)

    assert "submit_claims" not in client.get(LIST).content.decode()
    assert "export_claims" in client.get(LIST).content.decode()
    assert answer.status_code == 302
    assert Claim.objects.get().stage == "draft"


@pytest.mark.parametrize("action", ["submit_claims", "export_claims"])
@pytest.mark.parametrize("key", ["nonsense", "9" * 5_000, "1\0", "-1", ""])
def test_what_is_no_key_is_refused_with_a_sentence(action, key):
    claim = make_ready_claim()
    ticked = {"action": action, "_selected_action": [claim.pk, key]}

    answer = signed_in(make_user()).post(LIST, ticked, follow=True)

    assert "nothing was done" in answer.content.decode()


def test_the_list_is_exported_as_a_file():
    claim = make_ready_claim()

    answer = ask(signed_in(make_user()), "export_claims", claim)

    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith(claim.public_id)
    assert answer["Content-Disposition"].startswith('attachment; filename="claims-')
    assert "no-store" in answer["Cache-Control"]
