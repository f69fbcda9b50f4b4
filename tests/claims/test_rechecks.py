"""Which live claims come back to the desk, derived from what is so now."""

from datetime import date

import pytest
from django.utils import timezone

from claims import workflow
from claims.models import Citation, Claim, ClaimRelation
from claims.rechecks import recheck_reasons, waiting
from factcheck.common.roles import Role
from sources.models import Control
from tests.factories import (
    make_actor,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_user,
    revise_and_publish,
    somebody,
    withhold,
)

pytestmark = pytest.mark.django_db

DAY = date(2020, 3, 3)


def published(claim: Claim) -> Claim:
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.approve(claim, by=make_user(Role.CHECKER))
    return workflow.publish(claim, by=make_user(Role.EDITOR))


def corroborated_claim() -> Claim:
    """A live claim that two outlets of two operators saw for themselves."""
    claim = make_ready_claim(
        verification_status="corroborated",
        as_of=DAY,
        rationale="Two saw it.",
        why_checked="Many asked.",
    )
    for position in (3, 4):
        passage = make_passage()
        source = passage.capture.document.source
        source.operator, source.operator_passage = make_actor(), passage
        source.save()
        Citation.objects.create(
            claim=claim,
            position=position,
            document=passage.capture.document,
            passage=passage,
            role="evidence",
            stance="supports",
            basis="saw-or-measured",
            created_by=somebody(),
        )
    return published(claim)


def repeating(other: Claim) -> Claim:
    claim = make_ready_claim()
    ClaimRelation.objects.create(claim=claim, kind="repeats", other=other, created_by=somebody())
    return published(claim)


def test_nothing_comes_back_while_nothing_has_changed():
    assert recheck_reasons(corroborated_claim()) == []
    assert recheck_reasons(repeating(make_published_claim())) == []


def test_a_claim_comes_back_when_its_origins_turn_out_to_have_one_owner():
    claim = corroborated_claim()
    parent = make_actor()

    for citation in claim.citations.filter(role="evidence"):
        Control.objects.create(
            actor=citation.document.source.operator,
            parent=parent,
            passage=citation.passage,
            created_by=somebody(),
        )

    assert recheck_reasons(claim) == ["Independent origins for it: 1 now, 2 in the newest version."]


def test_a_prediction_comes_back_on_its_day():
    today, tomorrow = timezone.localdate(), date(2099, 1, 1)
    due = make_published_claim(review_by=today)
    later = make_published_claim(review_by=tomorrow)

    assert recheck_reasons(due) == [f"It was to be looked at again by {today.isoformat()}."]
    assert recheck_reasons(later) == []


def test_a_repeat_comes_back_when_the_verdict_on_the_other_changes():
    other = make_published_claim()
    claim = repeating(other)

    revise_and_publish(
        other,
        "update",
        verification_status="unverified",
        as_of=DAY,
        rationale="We asked.",
        why_checked="Many asked.",
        would_settle="The harbour's book.",
    )

    assert recheck_reasons(claim) == [
        f"The claim {other.public_id}, which it repeats, is now “unverified”."
    ]


def test_a_repeat_comes_back_when_the_other_is_suspended():
    other = make_published_claim()
    claim = repeating(other)

    withhold(other, "suspend")

    assert recheck_reasons(claim) == [
        f"The claim {other.public_id}, which it repeats, is now “suspended”."
    ]


def test_what_is_not_live_does_not_come_back():
    claim = make_published_claim(review_by=DAY)
    withhold(claim, "retract")

    assert recheck_reasons(claim) == []
    assert recheck_reasons(make_ready_claim(review_by=DAY)) == []


def test_those_that_wait_are_found_among_all():
    due, other = make_published_claim(review_by=DAY), make_published_claim()

    assert [claim for claim, reasons in waiting([due, other])] == [due]
