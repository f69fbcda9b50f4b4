"""The rules in PostgreSQL, from both sides, and readable before the database speaks."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from sources.models import PublicSuccessor
from tests.claims.constraint_cases import (
    CHECKS,
    actor_name,
    address,
    claim_topic,
    furniture,
    imported,
    measure,
    party,
    relation,
    relay,
    successor,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]


# Held by triggers as well, or tested with the nouns and steps that they belong to.
ELSEWHERE = {
    "assignment_days_can_be_meant",
    "assignment_priority_is_known",
    "assignment_says_who_and_when",
    "comment_says_something",
    "embargo_failed_for_a_reason",
    "embargo_has_a_note_for_readers",
    "embargo_is_open_or_closed",
    "embargo_lies_ahead",
    "embargo_pins_a_hash",
    "importrun_counts_no_further_than_there_is",
    "importrun_ends_once",
    "importrun_state_is_known",
    "rejectedproposal_has_a_fingerprint",
    "report_answered_has_an_answer",
    "report_closed_has_an_outcome",
    "report_codes_are_known",
    "report_in_hand_has_somebody",
    "report_says_something",
    "report_settled_has_somebody",
    "reportcontact_says_something",
    "savedfilter_has_a_query",
    "actor_is_not_merged_into_itself",
    "document_is_not_merged_into_itself",
    "event_is_not_merged_into_itself",
    "source_is_not_merged_into_itself",
    "citation_anonymity_is_of_evidence",
    "citation_answer_is_to_what_refutes",
    "inquiry_answer_comes_with_a_result",
    "inquiry_days_in_order",
    "inquiry_of_another_newsroom_is_cited",
    "inquiry_of_ours_is_dated",
    "inquiry_result_fits_the_manner",
    "inquiry_waits_until_a_day",
    "override_has_a_reason",
    "publicsuccessor_is_another",
    "claim_left_open_is_a_draft",
    "claim_under_review_is_pinned",
    "claimrelation_is_to_another",
    "capture_supplied_by_somebody",
    "capture_erased_is_empty",
    "capture_fetched_says_where_and_with_what",
    "capture_revisit_has_no_words",
    "capture_status_is_known",
    "capturerequest_ends_once",
    "capturerequest_state_is_known",
    "passagerange_in_order",
}


def resolved(change: dict[str, Any]) -> dict[str, Any]:
    return {name: value() if callable(value) else value for name, value in change.items()}


@pytest.mark.parametrize("broken", CHECKS, ids=lambda broken: broken.constraint)
def test_the_database_refuses_what_breaks_a_rule(broken):
    row, change = broken.make(), resolved(broken.change)

    with pytest.raises(IntegrityError, match=broken.constraint), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize("broken", CHECKS, ids=lambda broken: broken.constraint)
def test_a_broken_rule_is_told_in_words_before_the_database_speaks(broken):
    row = broken.make()
    for name, value in resolved(broken.change).items():
        setattr(row, name, value)

    with pytest.raises(ValidationError) as refused:
        row.full_clean()

    assert broken.constraint not in str(refused.value)


@pytest.mark.parametrize(
    "broken", [b for b in CHECKS if b.beside], ids=lambda broken: broken.constraint
)
def test_what_lies_beside_a_rule_is_taken(broken):
    row = broken.make()
    for name, value in resolved(broken.beside).items():
        setattr(row, name, value)

    row.full_clean()
    row.save()


UNIQUE = [actor_name, address, furniture, party, measure, claim_topic, relation, imported, relay]


@pytest.mark.parametrize("make", UNIQUE, ids=lambda make: make.__name__)
def test_a_row_that_must_stand_once_stands_once(make):
    row = make()
    row.pk, row._state.adding = None, True

    with pytest.raises(ValidationError):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_nothing_takes_its_own_place_in_public():
    row = successor()

    with pytest.raises(IntegrityError, match="publicsuccessor_is_another"):
        PublicSuccessor.objects.filter(pk=row.pk).update(successor_id=row.public_id)


def test_every_check_has_a_test():
    tested = {broken.constraint for broken in CHECKS} | ELSEWHERE
    declared = {
        constraint.name
        for label in ("sources", "claims")
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }

    assert declared == tested
