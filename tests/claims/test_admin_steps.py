from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import workflow
from claims.choices import Stage
from claims.models import Claim
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision, Publication
from tests import factories
from tests.admin_pages import address, open_form, opened_at, signed_in

pytestmark = pytest.mark.django_db


def step(user: User, claim: Claim, action: str, **values: Any) -> Any:
    """Press a button on the page as it stands now."""
    browser = signed_in(user)
    claim.refresh_from_db()
    seen = {"edit_number": claim.edit_number, "opened_stage": claim.stage}
    return browser.post(address(claim, "step", action), seen | values)


def actions_on(page: Any) -> list[str]:
    """The buttons of a claim's page."""
    return [button.action for button in page.context["steps"]]


def test_the_buttons_take_a_claim_from_draft_to_public_and_through_a_correction() -> None:
    claim = factories.make_ready_claim()
    reporter = factories.make_user(Role.REPORTER)
    checker = factories.make_user(Role.CHECKER)
    editor = factories.make_user(Role.EDITOR)

    steps = [(reporter, "submit"), (checker, "approve"), (editor, "publish"), (reporter, "revise")]
    statuses = [step(user, claim, action).status_code for user, action in steps]
    browser = signed_in(reporter)
    values = open_form(browser, claim) | {"text": "Twelve boats were counted, it turns out."}
    statuses.append(browser.post(address(claim), values).status_code)
    statuses.append(step(reporter, claim, "submit").status_code)
    statuses.append(step(checker, claim, "approve").status_code)
    statuses.append(step(editor, claim, "correct", note="The text was wrong.").status_code)

    claim.refresh_from_db()
    assert statuses == [302] * 8
    assert claim.stage == Stage.SETTLED
    assert [
        (row.kind, row.note)
        for row in Publication.objects.filter(subject_kind="claim").order_by("seq")
    ] == [("publish", ""), ("correct", "The text was wrong.")]


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        (Role.REPORTER, []),
        (Role.CHECKER, ["return", "approve"]),
        (Role.EDITOR, ["return", "approve"]),
        (Role.ADMINISTRATOR, []),
    ],
)
def test_only_the_steps_that_are_open_are_shown(role: Role, actions: list[str]) -> None:
    claim = factories.make_ready_claim()
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))

    page = signed_in(factories.make_user(role)).get(address(claim))

    assert actions_on(page) == actions
    assert page.content.decode().count("/step/") == len(actions)


def test_a_superuser_without_a_role_sees_and_opens_no_step() -> None:
    superuser = User.objects.create_superuser("root-of-all", password="synthetic-password")
    claim = factories.make_ready_claim()

    page = signed_in(superuser).get(address(claim))
    response = step(superuser, claim, "submit")

    claim.refresh_from_db()
    assert actions_on(page) == []
    assert response.status_code == 403
    assert claim.stage == Stage.DRAFT


def test_a_forged_post_by_a_reporter_publishes_nothing() -> None:
    claim = factories.make_approved_claim()

    response = step(factories.make_user(Role.REPORTER), claim, "publish")

    claim.refresh_from_db()
    assert response.status_code == 403
    assert claim.stage == Stage.APPROVED
    assert not Publication.objects.exists()


def test_who_submitted_a_claim_does_not_approve_it() -> None:
    checker = factories.make_user(Role.CHECKER)
    claim = factories.make_ready_claim()
    workflow.submit(claim, by=checker)

    response = step(checker, claim, "approve")

    claim.refresh_from_db()
    assert response.status_code == 403
    assert claim.stage == Stage.IN_REVIEW


def test_an_unmet_rule_is_told_with_its_sentence() -> None:
    claim = factories.make_claim(harm_check=[])
    reporter = factories.make_user(Role.REPORTER)

    response = step(reporter, claim, "submit")
    page = signed_in(reporter).get(address(claim)).content.decode()

    told = [str(message) for message in response.wsgi_request._messages]
    claim.refresh_from_db()
    assert told[0] == "The claim does not meet the publication rules yet."
    assert any(sentence.startswith("Check what publishing could harm") for sentence in told)
    assert '<a href="#id_harm_check">Check what publishing could harm' in page
    assert claim.stage == Stage.DRAFT


def test_a_step_that_needs_a_note_is_refused_without_one() -> None:
    claim = factories.make_ready_claim()
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))
    checker = factories.make_user(Role.CHECKER)

    response = step(checker, claim, "return", note="   ")

    told = [str(message) for message in response.wsgi_request._messages]
    claim.refresh_from_db()
    assert told == ["Write a note: this step needs one."]
    assert claim.stage == Stage.IN_REVIEW


def test_a_note_with_bad_characters_is_refused() -> None:
    claim = factories.make_ready_claim()
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))

    response = step(factories.make_user(Role.CHECKER), claim, "return", note="NUL \x00")

    claim.refresh_from_db()
    assert response.status_code == 302
    assert claim.stage == Stage.IN_REVIEW


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_a_step_is_taken_by_post_alone(method: str) -> None:
    claim = factories.make_ready_claim()
    browser = signed_in(factories.make_user(Role.REPORTER))

    response = getattr(browser, method)(address(claim, "step", "submit"))

    assert response.status_code == 405
    assert not Decision.objects.exists()


def test_a_step_needs_somebody_signed_in_as_staff() -> None:
    claim = factories.make_ready_claim()
    reader = User.objects.create_user("reader-of-pages")

    anonymous = Client().post(address(claim, "step", "submit"), {"edit_number": "0"})
    signed = signed_in(reader).post(address(claim, "step", "submit"), {"edit_number": "0"})

    assert "/login/" in anonymous["Location"]
    assert "/login/" in signed["Location"]
    assert not Decision.objects.exists()


def test_a_step_needs_the_token_of_its_form() -> None:
    claim = factories.make_ready_claim()
    browser = signed_in(factories.make_user(Role.REPORTER), enforce_csrf_checks=True)

    response = browser.post(
        address(claim, "step", "submit"), {"edit_number": "0", "opened_stage": "draft"}
    )

    assert response.status_code == 403
    assert not Decision.objects.exists()


def test_a_step_that_does_not_exist_is_not_found() -> None:
    claim = factories.make_ready_claim()

    response = step(factories.make_user(Role.EDITOR), claim, "nonsense")

    assert response.status_code == 404


def test_a_step_that_somebody_else_has_taken_is_a_conflict() -> None:
    claim = factories.make_ready_claim()
    browser = signed_in(factories.make_user(Role.REPORTER))
    seen = opened_at(open_form(browser, claim))
    workflow.submit(claim, by=factories.make_user(Role.REPORTER))

    response = browser.post(address(claim, "step", "submit"), seen)

    assert response.status_code == 409
    assert Decision.objects.count() == 1


def test_a_settled_claim_is_shown_read_only_and_says_to_revise_it() -> None:
    claim = factories.make_published_claim()
    browser = signed_in(factories.make_user(Role.EDITOR))

    page = browser.get(address(claim))
    values = {"edit_number": claim.edit_number, "opened_stage": "settled", "text": "Forged."}
    response = browser.post(address(claim), values)

    text = claim.text
    claim.refresh_from_db()
    assert "This claim is settled: revise it first" in page.content.decode()
    assert 'id="id_text"' not in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert actions_on(page) == ["revise", "suspend", "retract"]
    assert response.status_code == 403
    assert claim.text == text


def test_decisions_and_versions_stand_on_the_claims_page() -> None:
    claim = factories.make_published_claim()

    page = signed_in(factories.make_user(Role.REPORTER)).get(address(claim))

    panel = page.context["panel"]
    assert panel["public_state"] == "Live"
    assert [row.action for row in panel["decisions"]] == ["publish", "approve", "submit"]
    assert [row.kind for row in panel["versions"]] == ["publish"]


def test_an_event_is_published_by_its_buttons() -> None:
    event = factories.make_event()
    editor = factories.make_user(Role.EDITOR)
    browser = signed_in(editor)

    page = browser.get(address(event))
    response = browser.post(address(event, "step", "publish"), {"edit_number": event.edit_number})

    assert [button.action for button in page.context["steps"]] == ["publish", "merge"]
    assert response.status_code == 302
    assert Publication.objects.filter(subject_kind="event", subject_id=event.public_id).count() == 1


def test_a_returned_claim_shows_the_note_until_it_is_submitted_again() -> None:
    claim, reporter = factories.make_ready_claim(), factories.make_user(Role.REPORTER)
    workflow.submit(claim, by=reporter)
    workflow.return_to_draft(
        claim, by=factories.make_user(Role.CHECKER), note="Which boats were counted?"
    )
    client = signed_in(reporter)

    before = client.get(address(claim, "change")).content.decode()
    workflow.submit(claim, by=reporter)
    after = client.get(address(claim, "change")).content.decode()

    assert '<blockquote class="desk-note" id="returned">Which boats were counted?' in before
    assert 'id="returned"' not in after
