"""Claims from another newsroom's archive: published in bulk, without review here, and saying so."""

import pytest

from claims import workflow
from claims.choices import Stage
from claims.models import Claim
from claims.rules import RULES
from factcheck.common.errors import Conflict, NotAllowed, NotReady
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision, Publication
from tests.factories import make_claim, make_ready_claim, make_user, revise_and_publish

pytestmark = pytest.mark.django_db

# Written by hand: what an archive of claim reviews can be asked for.
ASKED_OF_IMPORTS = {
    "speaker",
    "about",
    "harm-check",
    "attribution-reason",
    "opinion",
    "rationale",
    "measure",
}


def newest(claim) -> Publication:
    return Publication.objects.filter(subject_id=claim.public_id).latest("version")


def test_an_administrator_publishes_what_nobody_here_has_reviewed():
    claim = make_claim()

    workflow.publish_imported(claim, by=make_user(Role.ADMINISTRATOR))

    claim.refresh_from_db()
    assert claim.stage == Stage.SETTLED
    assert newest(claim).content["was_imported"] is True
    assert newest(claim).decision.action == "publish_imported"


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.EDITOR])
def test_nobody_else_can(role):
    claim = make_claim()

    with pytest.raises(NotAllowed):
        workflow.publish_imported(claim, by=make_user(role))

    assert Decision.objects.filter(subject_id=claim.public_id).count() == 0


def test_the_table_marks_which_rules_imports_have_to_meet():
    assert {rule.name for rule in RULES if rule.for_imports} == ASKED_OF_IMPORTS


def test_an_import_meets_the_rules_that_are_asked_of_it():
    claim = make_claim(harm_check=[])

    with pytest.raises(NotReady) as refused:
        workflow.publish_imported(claim, by=make_user(Role.ADMINISTRATOR))

    claim.refresh_from_db()
    assert refused.value.reasons == [
        "Check what publishing could harm; where it could, write down what was done about it."
    ]
    assert (claim.stage, claim.was_imported) == (Stage.DRAFT, False)


def test_what_was_published_before_is_not_imported_over():
    claim = make_claim()
    administrator = make_user(Role.ADMINISTRATOR)
    workflow.publish_imported(claim, by=administrator)
    workflow.revise(claim, by=make_user(Role.REPORTER))

    with pytest.raises(Conflict):
        workflow.publish_imported(claim, by=administrator)


def test_an_old_copy_in_memory_does_not_publish_what_is_in_review():
    claim = make_ready_claim()
    old = Claim.objects.get(pk=claim.pk)
    workflow.submit(claim, by=make_user())

    with pytest.raises(Conflict):
        workflow.publish_imported(old, by=make_user(Role.ADMINISTRATOR))

    claim.refresh_from_db()
    assert claim.stage == Stage.IN_REVIEW


def test_what_two_people_then_revise_is_no_import_any_more():
    claim = make_ready_claim()
    workflow.publish_imported(claim, by=make_user(Role.ADMINISTRATOR))

    revise_and_publish(claim, "update", text="Synthetic: eleven boats were counted.")

    assert newest(claim).content["was_imported"] is False
