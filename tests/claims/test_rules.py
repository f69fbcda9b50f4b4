"""Each publication rule, from both sides."""

from collections.abc import Callable
from datetime import date

import pytest

from claims import workflow
from claims.models import Citation, Claim, ClaimRelation, Measure
from claims.rules import RULES, unmet
from factcheck.common.errors import NotReady
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision
from sources.models import Passage
from tests.factories import (
    add_figure,
    make_actor,
    make_capture,
    make_claim,
    make_document,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_user,
    somebody,
)

pytestmark = pytest.mark.django_db

DAY = date(2020, 3, 3)


def changed(claim: Claim, **values: object) -> Claim:
    for name, value in values.items():
        setattr(claim, name, value)
    claim.save()
    return claim


def evidence(claim: Claim, *, stance: str, basis: str, by_operator: bool = True) -> Citation:
    """Evidence from a source of its own, with an operator of its own."""
    passage = make_passage()
    if by_operator:
        source = passage.capture.document.source
        source.operator, source.operator_passage = make_actor(), passage
        source.save()
    return Citation.objects.create(
        claim=claim,
        position=9,
        document=passage.capture.document,
        passage=passage,
        role="evidence",
        stance=stance,
        basis=basis,
        created_by=somebody(),
    )


def with_verdict(status: str, *evidence_given: tuple[str, str], rationale: str = "So we found."):
    claim = changed(make_ready_claim(), verification_status=status, as_of=DAY, rationale=rationale)
    for stance, basis in evidence_given:
        evidence(claim, stance=stance, basis=basis)
    return claim


def quoting(document_language: str, **values: object) -> Claim:
    """A claim whose carrier is the claimant's own utterance, held."""
    document = make_document(language=document_language)
    passage = make_passage(make_capture(document))
    claim = make_ready_claim(passage=passage, attribution_status="on-record", **values)
    claim.citations.filter(position=1).update(first_hand=True)
    return claim


def compared(held: bool) -> Claim:
    """A claim that is misquoted, with the original laid beside the carrier."""
    original = make_document()
    if held:
        make_capture(original)
    claim = changed(
        make_ready_claim(), attribution_status="misquoted", attribution_reason="Other words."
    )
    claim.citations.filter(position=1).update(fidelity="misquoted", compared_with=original)
    return claim


def without_quote() -> Claim:
    claim = make_ready_claim()
    claim.citations.filter(position=1).update(passage=None)
    return claim


def by_locator() -> Claim:
    claim = make_ready_claim()
    citation = claim.citations.get(position=1)
    place = Passage.objects.create(
        capture=citation.passage.capture, locator="page 3", created_by=somebody()
    )
    claim.citations.filter(position=1).update(passage=place)
    return claim


def untold() -> Claim:
    claim = make_ready_claim()
    document = claim.citations.get(position=2).document
    type(document).objects.filter(pk=document.pk).update(told_by=None)
    return claim


def conceded(live: bool) -> Claim:
    claim = with_verdict("confirmed")
    other = make_published_claim() if live else make_claim()
    if live:
        workflow.revise(other, by=make_user(Role.REPORTER))
    ClaimRelation.objects.create(claim=other, other=claim, kind="concedes", created_by=somebody())
    return claim


def measured(same_event: bool) -> Claim:
    event = make_event()
    claim = make_ready_claim(event=event)
    measure = Measure.objects.create(
        event=event if same_event else make_event(),
        what="boats counted",
        unit="boats",
        counting="per-period",
        created_by=somebody(),
    )
    add_figure(claim, measure=measure)
    return claim


def quantitative(with_figure: bool) -> Claim:
    claim = changed(make_ready_claim(), kind="quantitative")
    if with_figure:
        add_figure(claim)
    return claim


SAW, TOLD = "saw-or-measured", "was-told"

# Rule → a claim that breaks it, and claims that meet it.
SIDES: dict[str, tuple[Callable[[], Claim], list[Callable[[], Claim]]]] = {
    "quote": (without_quote, [make_ready_claim, by_locator]),
    "anchored": (without_quote, [make_ready_claim, by_locator]),
    "told-of": (untold, [make_ready_claim]),
    "on-record": (
        lambda: changed(make_ready_claim(), attribution_status="on-record"),
        [lambda: quoting("en"), lambda: quoting("ru", original_language="ru")],
    ),
    "reported": (
        lambda: changed(quoting("en"), attribution_status="reported"),
        [make_ready_claim, lambda: quoting("en")],
    ),
    "original": (lambda: compared(held=False), [lambda: compared(held=True)]),
    "attribution-reason": (
        lambda: changed(make_ready_claim(), attribution_status="no-record"),
        [
            lambda: changed(
                make_ready_claim(), attribution_status="no-record", attribution_reason="Searched."
            )
        ],
    ),
    "opinion": (
        lambda: changed(make_ready_claim(), kind="opinion"),
        [lambda: changed(make_ready_claim(), kind="opinion", verification_status="not-checkable")],
    ),
    "prediction": (
        lambda: changed(make_ready_claim(), kind="prediction"),
        [lambda: changed(make_ready_claim(), kind="prediction", review_by=DAY)],
    ),
    "rationale": (
        lambda: with_verdict("unverified", rationale=""),
        [lambda: with_verdict("unverified")],
    ),
    "confirmed": (
        lambda: with_verdict("confirmed", ("supports", TOLD)),
        [lambda: with_verdict("confirmed", ("supports", SAW)), lambda: conceded(live=True)],
    ),
    "against": (
        lambda: with_verdict("false", ("refutes", TOLD), ("supports", SAW)),
        [lambda: with_verdict("false", ("refutes", "holds-record"))],
    ),
    "corroborated": (
        lambda: with_verdict("corroborated", ("supports", SAW), ("supports", TOLD)),
        [lambda: with_verdict("corroborated", ("supports", SAW), ("supports", SAW))],
    ),
    "disputed": (
        lambda: with_verdict("disputed", ("supports", SAW)),
        [lambda: with_verdict("disputed", ("supports", SAW), ("refutes", TOLD))],
    ),
    "quantity": (lambda: quantitative(False), [lambda: quantitative(True)]),
    "measure": (lambda: measured(False), [lambda: measured(True)]),
    "harm-check": (
        lambda: changed(make_ready_claim(), harm_check=[]),
        [lambda: changed(make_ready_claim(), harm_check=["victim", "graphic"])],
    ),
}


def names_unmet(claim: Claim) -> set[str]:
    return {rule.name for rule in unmet(claim)}


@pytest.mark.parametrize("name", SIDES)
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
    # The speaker is held by a constraint of the database, which is tested with the others.
    assert {rule.name for rule in RULES} - SIDES.keys() == {"speaker"}


def test_a_concession_that_nobody_can_read_confirms_nothing():
    assert "confirmed" in names_unmet(conceded(live=False))


def test_evidence_against_forbids_corroboration():
    claim = with_verdict("corroborated", ("supports", SAW), ("supports", SAW), ("refutes", TOLD))

    assert "corroborated" in names_unmet(claim)


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
