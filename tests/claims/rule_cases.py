"""For each publication rule a claim that breaks it, and claims that meet it. All synthetic."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from claims import workflow
from claims.models import (
    Citation,
    Claim,
    ClaimRelation,
    Depiction,
    Inquiry,
    Measure,
    MediaFinding,
)
from factcheck.common.roles import Role
from factcheck.ledger import log
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
    claim = changed(
        make_ready_claim(),
        verification_status=status,
        as_of=DAY,
        rationale=rationale,
        why_checked="Many people shared it.",
        would_settle="The harbour's own book.",
    )
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


def conceded(live: bool, by_own_side: bool = False) -> Claim:
    claim = with_verdict("confirmed")
    speaker = {"claimant": claim.claimant} if by_own_side else {}
    other = make_published_claim(**speaker) if live else make_claim()
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


def asked(claim: Claim, **values: object) -> Claim:
    """The claim, of whose claimant somebody asked something."""
    row: dict[str, object] = {
        "asked_of": claim.claimant,
        "place": "press office, by e-mail",
        "question": "Where was it counted?",
        "asked_on": DAY,
        "result": "no-answer",
    }
    Inquiry.objects.create(claim=claim, created_by=somebody(), **row | values)
    return claim


def searched(claim: Claim, result: str = "nothing-found") -> Claim:
    answer = "It stands there." if result == "answered" else ""
    return asked(claim, manner="looked-for", asked_of=None, result=result, answer=answer)


def found_false(**inquiry: object) -> Claim:
    """A claim found false on strong evidence, whose claimant was asked."""
    return asked(with_verdict("false", ("refutes", "holds-record")), **inquiry)


def anonymous_found_false() -> Claim:
    claim = with_verdict("false", ("refutes", "holds-record"))
    claim.claimant = make_actor(kind="anonymous-voice")
    claim.save()
    return claim


def predicted(review_by: date) -> Claim:
    return changed(
        make_ready_claim(),
        kind="prediction",
        verification_status="not-checkable",
        review_by=review_by,
    )


def no_record(**values: str) -> Claim:
    return changed(
        make_ready_claim(),
        attribution_status="no-record",
        **{"attribution_reason": "Not on its site."} | values,
    )


def disowned() -> Claim:
    return changed(
        make_ready_claim(), attribution_status="disowned", attribution_reason="She denies it."
    )


def with_denial_cited(claim: Claim) -> Claim:
    citation = evidence(claim, stance="refutes", basis=SAW)
    document = citation.document
    document.author = claim.claimant
    document.save()
    return claim


def depicting(kind: str = "image-or-video", with_depiction: bool = True) -> Claim:
    claim = changed(make_ready_claim(), kind=kind)
    if with_depiction:
        Depiction.objects.create(
            claim=claim,
            media=make_document(kind="photo", told_by=make_passage()),
            shows="Boats in a harbour.",
            created_by=somebody(),
        )
    return claim


def examined_image(with_finding: bool, anchored: bool = True) -> Claim:
    claim = with_verdict("misleading")
    claim.kind = "image-or-video"
    claim.save()
    Depiction.objects.create(
        claim=claim, media=make_document(kind="photo"), shows="Boats.", created_by=somebody()
    )
    citation = evidence(claim, stance="refutes", basis="holds-record")
    if with_finding:
        MediaFinding.objects.create(
            claim=claim,
            finding="wrong-place-or-time",
            evidence=citation,
            explanation="The quay was built later.",
            created_by=somebody(),
        )
    if not anchored:
        claim.citations.filter(pk=citation.pk).update(passage=None)
    return claim


def approved(by_two: bool) -> Claim:
    """An approved claim; with one person only, made around the step, which would refuse."""
    claim = make_ready_claim()
    checker = make_user(Role.CHECKER)
    workflow.submit(claim, by=make_user(Role.CHECKER) if by_two else checker)
    if by_two:
        return workflow.approve(claim, by=checker)
    with transaction.atomic():
        claim.decision = log.decide(
            subject=workflow.subject_of_claim(claim),
            action="approve",
            by=checker,
            stage_from="in_review",
            stage_to="approved",
            content_hash=claim.reviewed_hash,
        )
        claim.stage = "approved"
        claim.save(update_fields=["stage", "decision"])
    return claim


def miscounted() -> Claim:
    """A figure of which only white space is said, which a form would refuse."""
    claim = quantitative(True)
    claim.figures.update(counts=" ")
    return claim


SAW, TOLD = "saw-or-measured", "was-told"


# Rule → a claim that breaks it, and claims that meet it.
def unsaid(*, speaker: str) -> Claim:
    return changed(make_ready_claim(), speaker=speaker, claimant=None, attribution_status="")


SIDES: dict[str, tuple[Callable[[], Claim], list[Callable[[], Claim]]]] = {
    "speaker": (
        lambda: unsaid(speaker=""),
        [make_ready_claim, lambda: unsaid(speaker="nobody-named")],
    ),
    "about": (lambda: changed(make_ready_claim(), about=""), [make_ready_claim]),
    "quote": (without_quote, [make_ready_claim, by_locator]),
    "anchored": (without_quote, [make_ready_claim, by_locator]),
    "told-of": (untold, [make_ready_claim]),
    "on-record": (
        lambda: changed(make_ready_claim(), attribution_status="on-record"),
        [lambda: quoting("en"), lambda: quoting("ru", original_language="ru")],
    ),
    "translation": (
        lambda: quoting("ru", original_language="ru"),
        [
            lambda: quoting("en", original_language="en"),
            lambda: quoting("ru", original_language="ru", translation_reviewed=True),
        ],
    ),
    "original-first": (
        lambda: changed(quoting("en"), attribution_status="reported"),
        [make_ready_claim, lambda: quoting("en")],
    ),
    "no-record": (
        lambda: searched(no_record(), result="silent"),
        [lambda: searched(no_record())],
    ),
    "disowned": (
        lambda: asked(disowned(), result="denied", answer="Not he.", asked_of=make_actor()),
        [
            lambda: asked(disowned(), result="denied", answer="I never said that."),
            lambda: with_denial_cited(disowned()),
        ],
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
        [
            lambda: changed(make_ready_claim(), kind="prediction", review_by=DAY),
            lambda: changed(with_verdict("confirmed", ("supports", SAW)), kind="prediction"),
        ],
    ),
    "prediction-due": (
        lambda: predicted(review_by=DAY),
        [
            lambda: predicted(review_by=date(2099, 1, 1)),
            lambda: changed(with_verdict("unverified"), kind="prediction", review_by=DAY),
        ],
    ),
    "why-checked": (
        lambda: changed(with_verdict("unverified"), why_checked=""),
        [make_ready_claim, lambda: with_verdict("unverified")],
    ),
    "would-settle": (
        lambda: changed(with_verdict("unverified"), would_settle=""),
        [
            lambda: with_verdict("unverified"),
            lambda: changed(with_verdict("confirmed"), would_settle=""),
        ],
    ),
    "heard": (
        lambda: found_false(result="waiting", deadline=date(2099, 1, 1)),
        [
            lambda: found_false(result="waiting", deadline=DAY),
            lambda: found_false(result="no-answer", deadline=DAY),
            lambda: found_false(result="denied", answer="It is so."),
            lambda: asked(with_verdict("unverified"), result="waiting", deadline=date(2099, 1, 1)),
            anonymous_found_false,
        ],
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
        lambda: with_verdict("disputed", ("supports", SAW), ("refutes", TOLD)),
        [lambda: with_verdict("disputed", ("supports", SAW), ("refutes", SAW))],
    ),
    "quantity": (lambda: quantitative(False), [lambda: quantitative(True)]),
    "measure": (lambda: measured(False), [lambda: measured(True)]),
    "counts": (miscounted, [lambda: quantitative(True)]),
    "depiction": (
        lambda: depicting(with_depiction=False),
        [depicting, make_ready_claim],
    ),
    "media-finding": (
        lambda: examined_image(with_finding=False),
        [lambda: examined_image(with_finding=True), depicting],
    ),
    "two-people": (lambda: approved(by_two=False), [lambda: approved(by_two=True)]),
    "harm-check": (
        lambda: changed(make_ready_claim(), harm_check=[]),
        [
            lambda: changed(make_ready_claim(), harm_check=["none"]),
            lambda: changed(make_ready_claim(), harm_check=["victim"], harm_note="No name."),
        ],
    ),
}
