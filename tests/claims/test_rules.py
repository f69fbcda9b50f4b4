"""Each publication rule, from both sides."""

from datetime import date

import pytest

from claims import workflow
from claims.models import Claim, Override
from claims.rules import RULES, unmet
from factcheck.common.errors import NotReady
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision, Publication
from tests.claims.rule_cases import (
    SAW,
    SIDES,
    TOLD,
    changed,
    conceded,
    evidence,
    examined_image,
    found_false,
    with_verdict,
)
from tests.factories import make_ready_claim, make_user

pytestmark = pytest.mark.django_db

# Written by hand from the design: these stand whatever anybody says.
NEVER_OVERRIDDEN = {"speaker", "about", "quote", "two-people", "harm-check"}
# Asked of what is approved, so that nobody can be told so at submission.
ASKED_LATER = {"two-people"}


def names_unmet(claim: Claim) -> set[str]:
    return {rule.name for rule in unmet(claim)}


@pytest.mark.parametrize("name", sorted(SIDES.keys() - ASKED_LATER))
def test_a_claim_that_breaks_the_rule_is_told_so_and_not_submitted(name):
    claim = SIDES[name][0]()

    assert name in names_unmet(claim)
    with pytest.raises(NotReady) as refused:
        workflow.submit(claim, by=make_user(Role.REPORTER))
    [rule] = [rule for rule in RULES if rule.name == name]
    assert rule.sentence in refused.value.reasons
    assert Decision.objects.filter(subject_id=claim.public_id).count() == 0


@pytest.mark.parametrize(
    ("name", "make"), [(name, make) for name, (_, sides) in SIDES.items() for make in sides]
)
def test_a_claim_that_meets_the_rule_passes_it(name, make):
    assert name not in names_unmet(make())


def test_every_rule_is_tested_from_both_sides():
    assert {rule.name for rule in RULES} == SIDES.keys()


def test_a_concession_that_nobody_can_read_confirms_nothing():
    assert "confirmed" in names_unmet(conceded(live=False))


def test_what_ones_own_side_concedes_is_a_boast():
    assert "confirmed" in names_unmet(conceded(live=True, by_own_side=True))


def test_an_origin_against_forbids_corroboration_until_it_is_answered():
    claim = with_verdict("corroborated", ("supports", SAW), ("supports", SAW), ("refutes", SAW))
    before = names_unmet(claim)

    claim.citations.filter(stance="refutes").update(answer="It counted another day.")

    assert "corroborated" in before
    assert "corroborated" not in names_unmet(claim)


def test_hearsay_against_is_no_origin_against():
    claim = with_verdict("corroborated", ("supports", SAW), ("supports", SAW), ("refutes", TOLD))

    assert "corroborated" not in names_unmet(claim)


def test_two_outlets_of_one_operator_are_one():
    claim = with_verdict("corroborated", ("supports", SAW), ("supports", SAW))
    one, two = (citation.document.source for citation in claim.citations.filter(role="evidence"))
    two.operator = one.operator
    two.save()

    assert "corroborated" in names_unmet(claim)


def test_an_unknown_operator_adds_nothing():
    claim = with_verdict("corroborated", ("supports", SAW))
    evidence(claim, stance="supports", basis=SAW, by_operator=False)

    assert "corroborated" in names_unmet(claim)


def test_a_finding_on_an_image_needs_evidence_that_can_be_found():
    assert "media-finding" in names_unmet(examined_image(with_finding=True, anchored=False))


def test_what_one_person_alone_stands_behind_is_not_published():
    claim = SIDES["two-people"][0]()

    with pytest.raises(NotReady) as refused:
        workflow.publish(claim, by=make_user(Role.EDITOR))

    assert refused.value.reasons == ["Somebody else than who submitted it has to approve it."]


def test_a_harm_that_was_found_needs_what_was_done_about_it():
    claim = changed(make_ready_claim(), harm_check=["victim", "graphic"])

    assert "harm-check" in names_unmet(claim)


def test_no_answer_is_none_before_the_deadline():
    claim = found_false(result="no-answer", deadline=date(2099, 1, 1))

    assert "heard" in names_unmet(claim)


def test_the_text_that_carries_a_claim_is_no_evidence_against_it():
    claim = with_verdict("false")
    carrier = claim.citations.get(position=1)
    outer = evidence(claim, stance="refutes", basis=SAW)
    document = outer.document
    document.hop_of, document.hop_manner = carrier.document, "republishes"
    document.save()

    assert "against" in names_unmet(claim)


# Overrides


def override(claim, rule: str, *, by=None) -> None:
    Override.objects.create(
        claim=claim,
        rule=rule,
        reason="The harbour burnt down with its book.",
        created_by=by or make_user(Role.EDITOR),
    )


def broken_claim():
    return changed(with_verdict("unverified"), would_settle="")


def test_an_editors_override_with_a_reason_stands_in_for_the_rule():
    claim = broken_claim()

    override(claim, "would-settle")

    assert names_unmet(claim) == set()


def test_nobody_else_can_override():
    claim = broken_claim()

    override(claim, "would-settle", by=make_user(Role.CHECKER))

    assert names_unmet(claim) == {"would-settle", "overrides"}


def test_four_rules_are_never_overridden():
    assert {rule.name for rule in RULES if not rule.overridable} == NEVER_OVERRIDDEN


@pytest.mark.parametrize("name", sorted(NEVER_OVERRIDDEN & SIDES.keys()))
def test_an_override_of_what_is_never_overridden_does_not_hold(name):
    claim = SIDES[name][0]()

    override(claim, name)
    if name == "two-people":
        # An override is a change: the claim is a draft again, and has to be approved once more.
        assert Claim.objects.get(pk=claim.pk).stage == "draft"
        return

    assert {name, "overrides"} <= names_unmet(claim)


@pytest.mark.parametrize("name", ["would-settle", "no-such-rule"])
def test_an_override_of_what_is_met_or_no_rule_is_refused(name):
    claim = make_ready_claim()

    override(claim, name)

    assert names_unmet(claim) == {"overrides"}


def test_the_record_tells_readers_of_the_override():
    claim = broken_claim()
    override(claim, "would-settle")

    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))
    workflow.publish(claim, by=make_user(Role.EDITOR))

    [published] = Publication.objects.filter(subject_id=claim.public_id)
    assert published.content["overrides"] == [
        {"rule": "would-settle", "reason": "The harbour burnt down with its book."}
    ]
