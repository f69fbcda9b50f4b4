"""The table of steps: the full product of stage × public state × action × role."""

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from claims import workflow
from claims.choices import Stage
from claims.models import Claim
from factcheck.common.errors import Conflict, FactcheckError, NotAllowed
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind, PublicState
from tests.factories import make_published_claim, make_ready_claim, make_user, withhold

pytestmark = pytest.mark.django_db

REPORTER, CHECKER, EDITOR, ADMIN = "reporter", "checker", "editor", "administrator"
ANYBODY = {REPORTER, CHECKER, EDITOR}

# Written by hand, beside the table in claims.workflow and without looking at it.
BY_STAGE = {
    "draft": {"submit": {REPORTER, CHECKER, EDITOR}},
    "in_review": {"return": {CHECKER, EDITOR}, "approve": {CHECKER, EDITOR}},
    "approved": {"return": {CHECKER, EDITOR}},
    "settled": {"revise": {REPORTER, CHECKER, EDITOR}},
}
BY_STATE = {
    "never": {},
    "live": {"suspend": {EDITOR}, "retract": {EDITOR}, "redact": {ADMIN}},
    "suspended": {"retract": {EDITOR}, "restore": {EDITOR}, "redact": {ADMIN}},
    "retracted": {"restore": {EDITOR}, "redact": {ADMIN}},
    "redacted": {},
}
BY_BOTH = {
    ("draft", "never"): {"publish_imported": {ADMIN}},
    ("approved", "never"): {"publish": {EDITOR}},
    ("approved", "live"): {"update": {EDITOR}, "correct": {EDITOR}},
    **{
        (stage, state): {"discard": ANYBODY}
        for stage in ("draft", "in_review")
        for state in ("live", "suspended", "retracted", "redacted")
    },
    **{
        ("approved", state): {"discard": ANYBODY}
        for state in ("suspended", "retracted", "redacted")
    },
}
BY_BOTH["approved", "live"] |= {"discard": ANYBODY}
# A settled claim was published.
UNREACHABLE = {("settled", "never")}
ALLOWED = {
    (stage, state): BY_STAGE[stage] | BY_STATE[state] | BY_BOTH.get((stage, state), {})
    for stage in BY_STAGE
    for state in BY_STATE
    if (stage, state) not in UNREACHABLE
}
LEADS_TO = {
    "submit": "in_review",
    "return": "draft",
    "approve": "approved",
    "publish": "settled",
    "update": "settled",
    "correct": "settled",
    "revise": "draft",
    "discard": "settled",
    "publish_imported": "settled",
}
# Taken by imports alone.
WITHOUT_A_BUTTON = {"publish_imported"}


def claim_in(stage: Stage, state: PublicState) -> Claim:
    """A claim whose working copy and public state are these two facts."""
    if state == PublicState.NEVER:
        claim = make_ready_claim()
    else:
        claim = make_published_claim()
        if state == PublicState.SUSPENDED:
            withhold(claim, PublicationKind.SUSPEND)
        if state == PublicState.RETRACTED:
            withhold(claim, PublicationKind.RETRACT)
        if state == PublicState.REDACTED:
            workflow.redact(claim, by=make_user(Role.ADMINISTRATOR), note="Synthetic note.")
        if stage == Stage.SETTLED:
            return claim
        workflow.revise(claim, by=make_user(Role.REPORTER))
    if stage in (Stage.IN_REVIEW, Stage.APPROVED):
        workflow.submit(claim, by=make_user(Role.REPORTER))
    if stage == Stage.APPROVED:
        workflow.approve(claim, by=make_user(Role.CHECKER))
    return claim


def people() -> dict[str, User]:
    """One person of each role, one of none, and a superuser of none."""
    nobody = User.objects.create_user("of no role", is_staff=True)
    root = User.objects.create_superuser("root")
    return {role.value: make_user(role) for role in Role} | {"none": nobody, "superuser": root}


def outcome(action: str, claim: Claim, by: User) -> str:
    """The stage a step leads to, or the error's class; nothing of it stays."""
    claim = Claim.objects.get(pk=claim.pk)
    point = transaction.savepoint()
    try:
        note = "" if workflow.STEPS[action].note is workflow.Note.NONE else "Synthetic note."
        return workflow.take(action, claim, by=by, note=note).stage
    except FactcheckError as error:
        return type(error).__name__
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize(("stage", "state"), sorted(ALLOWED))
def test_every_step_is_open_where_it_should_be_and_nowhere_else(stage, state):
    claim = claim_in(Stage(stage), PublicState(state))
    persons = people()

    for action in workflow.STEPS:
        for role, person in persons.items():
            allowed = role in ALLOWED[stage, state].get(action, ())
            expected = LEADS_TO.get(action, stage) if allowed else None
            result = outcome(action, claim, person)
            cell = f"{action} by {role}"
            if expected:
                assert (cell, result) == (cell, expected)
            else:
                assert (cell, result) in {(cell, "NotAllowed"), (cell, "Conflict")}
            shown = action in {step.action for step in workflow.open_steps(claim, person)}
            assert (cell, shown) == (cell, bool(expected) and action not in WITHOUT_A_BUTTON)


def test_the_product_is_complete():
    reachable = {(str(stage), str(state)) for stage in Stage for state in PublicState}

    assert reachable - ALLOWED.keys() == UNREACHABLE
    assert set(workflow.STEPS) == {action for steps in ALLOWED.values() for action in steps}


def test_a_step_leaves_a_decision_with_person_note_and_hash():
    claim = claim_in(Stage.IN_REVIEW, PublicState.NEVER)
    pinned = claim.reviewed_hash
    checker = make_user(Role.CHECKER)

    workflow.return_to_draft(claim, by=checker, note="Which boats?")

    decision = claim.decision
    assert (decision.action, decision.stage_from, decision.stage_to) == (
        "return",
        "in_review",
        "draft",
    )
    assert (decision.by, decision.note) == (checker, "Which boats?")
    assert len(pinned) == 64
    assert claim.reviewed_hash == ""


def test_who_submitted_does_not_approve():
    claim = make_ready_claim()
    editor = make_user(Role.EDITOR)
    workflow.submit(claim, by=editor)

    with pytest.raises(NotAllowed, match="somebody else has to approve"):
        workflow.approve(claim, by=editor)


def test_who_submitted_may_publish_what_another_approved():
    claim = make_ready_claim()
    editor = make_user(Role.EDITOR)
    workflow.submit(claim, by=editor)
    workflow.approve(claim, by=make_user(Role.CHECKER))

    workflow.publish(claim, by=editor)

    assert claim.stage == Stage.SETTLED


@pytest.mark.parametrize("action", ["return", "update", "correct"])
def test_a_step_that_needs_a_note_is_refused_without_one(action):
    stage = Stage.IN_REVIEW if action == "return" else Stage.APPROVED
    claim = claim_in(stage, PublicState.LIVE)

    with pytest.raises(FactcheckError, match="Write a note"):
        workflow.take(action, claim, by=make_user(Role.EDITOR), note="  ")


def test_a_person_who_was_switched_off_takes_no_step():
    claim = make_ready_claim()
    reporter = make_user(Role.REPORTER)
    reporter.is_active = False

    with pytest.raises(NotAllowed):
        workflow.submit(claim, by=reporter)


def test_a_stale_copy_in_memory_decides_nothing():
    claim = make_ready_claim()
    stale = Claim.objects.get(pk=claim.pk)
    workflow.submit(claim, by=make_user(Role.REPORTER))

    with pytest.raises(Conflict):
        workflow.submit(stale, by=make_user(Role.REPORTER))
