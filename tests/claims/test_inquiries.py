"""Inquiries, images and overrides: what the database refuses, whoever writes."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from claims.models import Citation, Claim, Depiction, Inquiry, MediaFinding, Override
from factcheck.common.dates import DateBounds
from tests.factories import (
    make_actor,
    make_claim,
    make_document,
    make_passage,
    make_ready_claim,
    make_source,
    somebody,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = datetime.date(2020, 3, 3)
EARLIER = datetime.date(2020, 3, 2)


def inquiry(**values: object) -> Inquiry:
    row: dict[str, object] = {
        "claim": make_claim(),
        "asked_of": make_actor(),
        "place": "press office, by e-mail",
        "question": "Where was it counted?",
        "asked_on": DAY,
        "result": "declined",
        "created_by": somebody(),
    }
    return Inquiry(**row | values)


ALLOWED: dict[str, dict[str, object]] = {
    "declined": {},
    "answered": {"result": "answered", "answer": "In the harbour.", "answered_on": DAY},
    "waiting": {"result": "waiting", "deadline": DAY},
    "silence": {"manner": "looked-for", "result": "silent"},
    "looked for": {"manner": "looked-for", "asked_of": None, "result": "nothing-found"},
}
REFUSED: dict[str, tuple[str, dict[str, object]]] = {
    "an answer without words": (
        "inquiry_answer_comes_with_a_result",
        {"result": "answered"},
    ),
    "a day of an answer that did not come": (
        "inquiry_answer_comes_with_a_result",
        {"answered_on": DAY},
    ),
    "nothing found by asking": ("inquiry_result_fits_the_manner", {"result": "nothing-found"}),
    "ours without a day": ("inquiry_of_ours_is_dated", {"asked_on": None}),
    "waiting without an end": ("inquiry_waits_until_a_day", {"result": "waiting"}),
    "an answer before the question": (
        "inquiry_days_in_order",
        {"result": "answered", "answer": "In the harbour.", "answered_on": EARLIER},
    ),
    "a deadline before the question": ("inquiry_days_in_order", {"deadline": EARLIER}),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_an_inquiry_that_makes_sense_is_kept(name):
    row = inquiry(**ALLOWED[name])
    row.full_clean()

    row.save()

    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize("name", REFUSED)
def test_an_inquiry_that_makes_none_is_refused_by_form_and_database(name):
    constraint, values = REFUSED[name]
    row = inquiry(**values)

    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError, match=constraint):
        row.save()


def test_another_newsrooms_question_is_cited():
    newsroom = make_source()

    with (
        pytest.raises(IntegrityError, match="inquiry_of_another_newsroom_is_cited"),
        transaction.atomic(),
    ):
        inquiry(newsroom=newsroom).save()
    inquiry(newsroom=newsroom, passage=make_passage(), asked_on=None).save()

    assert Inquiry.objects.get().newsroom == newsroom


def test_no_private_person_is_named_as_asked():
    private = make_actor(kind="person", is_private=True, description="A resident.")
    row = inquiry(asked_of=private)

    with pytest.raises(ValidationError, match="never a private person"):
        row.full_clean()
    with pytest.raises(IntegrityError, match="never a private person"):
        row.save()


def finding(claim: Claim, citation: Citation) -> MediaFinding:
    return MediaFinding(
        claim=claim,
        finding="staged",
        evidence=citation,
        explanation="The same extras as a day before.",
        created_by=somebody(),
    )


def evidence_of(claim: Claim) -> Citation:
    return Citation.objects.create(
        claim=claim,
        document=make_document(),
        role="evidence",
        stance="refutes",
        basis="saw-or-measured",
        created_by=somebody(),
    )


def test_a_finding_rests_on_evidence_of_its_own_claim():
    claim = make_ready_claim()

    finding(claim, evidence_of(claim)).save()

    assert MediaFinding.objects.count() == 1


@pytest.mark.parametrize("case", ["attribution", "another claim's"])
def test_a_finding_on_anything_else_is_refused(case):
    claim = make_ready_claim()
    citation = claim.citations.first() if case == "attribution" else evidence_of(make_claim())
    row = finding(claim, citation)

    with pytest.raises(ValidationError, match="rests on a citation of the same claim"):
        row.full_clean()
    with pytest.raises(IntegrityError, match="rests on a citation of the same claim"):
        row.save()


@pytest.mark.parametrize("kind", ["inquiry", "depiction", "finding", "override"])
def test_each_of_them_is_a_change_of_the_claims_file(kind):
    claim = make_claim()
    citation = evidence_of(claim)
    claim.refresh_from_db()
    before = claim.edit_number
    row = {
        "inquiry": lambda: inquiry(claim=claim),
        "depiction": lambda: Depiction(
            claim=claim,
            media=make_document(kind="photo"),
            shows="Boats.",
            taken=DateBounds.on(DAY),
            created_by=somebody(),
        ),
        "finding": lambda: finding(claim, citation),
        "override": lambda: Override(
            claim=claim, rule="heard", reason="Nobody is left to ask.", created_by=somebody()
        ),
    }[kind]()

    row.save()

    claim.refresh_from_db()
    assert claim.edit_number == before + 1


def test_an_override_gives_a_reason():
    with pytest.raises(IntegrityError, match="override_has_a_reason"):
        Override.objects.create(claim=make_claim(), rule="heard", reason=" ", created_by=somebody())


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"answer": "It counted otherwise."}, "citation_answer_is_to_what_refutes"),
        ({"anonymity_reason": "At risk."}, "citation_anonymity_is_of_evidence"),
    ],
    ids=["answer", "anonymity"],
)
def test_only_evidence_is_answered_or_excused(values, constraint):
    citation = make_ready_claim().citations.first()

    with pytest.raises(IntegrityError, match=constraint):
        Citation.objects.filter(pk=citation.pk).update(**values)
