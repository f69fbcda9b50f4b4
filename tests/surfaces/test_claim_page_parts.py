"""What the claim page tells beside the words: inquiries, images, origins, repeats, overrides."""

import re
from datetime import date

import pytest
from django.test import Client

from claims import workflow
from claims.models import Citation, Claim, ClaimRelation, Depiction, Inquiry, MediaFinding, Override
from factcheck.common.roles import Role
from tests.factories import (
    make_actor,
    make_claim,
    make_document,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_user,
    somebody,
)
from tests.surfaces.ledgering import publish

pytestmark = pytest.mark.django_db

DAY = date(2020, 3, 3)


def page_of(reader: Client, claim: Claim) -> str:
    response = reader.get(f"/claims/{claim.public_id}/", follow=True)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def evidence(claim: Claim, **values: object) -> Citation:
    passage = make_passage()
    source = passage.capture.document.source
    source.operator, source.operator_passage = make_actor(), passage
    source.save()
    row: dict[str, object] = {
        "role": "evidence",
        "stance": "supports",
        "basis": "saw-or-measured",
        "position": 5,
    }
    return Citation.objects.create(
        claim=claim,
        document=passage.capture.document,
        passage=passage,
        created_by=somebody(),
        **row | values,
    )


def test_whom_we_asked_is_told_with_day_deadline_and_result(reader: Client):
    claim = make_ready_claim()
    Inquiry.objects.create(
        claim=claim,
        asked_of=make_actor(name="Harbour Ministry of Exampleland"),
        place="press office, by e-mail",
        question="On what day were the boats counted?",
        asked_on=DAY,
        deadline=date(2020, 3, 5),
        result="answered",
        answered_on=date(2020, 3, 4),
        answer="On Monday.",
        created_by=somebody(),
    )

    page = page_of(reader, publish(claim))

    assert "Whom we asked, and where we looked" in page
    assert "<dt>Asked by</dt><dd>us, " in page
    assert re.search("<dt>Of whom</dt><dd><a [^>]+>Harbour Ministry of Exampleland</a></dd>", page)
    assert "<dt>Where</dt><dd>press office, by e-mail</dd>" in page
    assert "On what day were the boats counted?" in page
    assert "On Monday." in page
    assert 'datetime="2020-03-05"' in page


def test_another_newsrooms_question_is_not_ours(reader: Client):
    claim = make_ready_claim()
    newsroom = make_passage().capture.document.source
    Inquiry.objects.create(
        claim=claim,
        place="press office",
        question="Who counted?",
        result="declined",
        newsroom=newsroom,
        passage=make_passage(),
        created_by=somebody(),
    )

    page = page_of(reader, publish(claim))

    assert re.search(f"<dt>Asked by</dt><dd><a [^>]+>{newsroom.name}</a>, not by us", page)


def test_an_image_is_told_by_what_it_is_said_to_show_and_what_was_found(reader: Client):
    claim = make_ready_claim(
        kind="image-or-video",
        verification_status="misleading",
        as_of=DAY,
        rationale="It shows another harbour.",
        why_checked="Many shared it.",
    )
    Inquiry.objects.create(
        claim=claim,
        asked_of=claim.claimant,
        place="by e-mail",
        question="Where was it taken?",
        asked_on=DAY,
        result="no-answer",
        created_by=somebody(),
    )
    Depiction.objects.create(
        claim=claim,
        media=make_document(kind="photo", told_by=make_passage()),
        shows="Twelve boats off Exampleton.",
        place="Exampleton",
        created_by=somebody(),
    )
    MediaFinding.objects.create(
        claim=claim,
        finding="wrong-place-or-time",
        evidence=evidence(claim, stance="refutes", basis="holds-record"),
        explanation="The quay in it stands in another town.",
        created_by=somebody(),
    )

    page = page_of(reader, publish(claim))

    assert "What the image or video is said to show" in page
    assert "Twelve boats off Exampleton." in page
    assert "The quay in it stands in another town." in page


def test_the_origins_are_explained(reader: Client):
    claim = make_ready_claim()
    evidence(claim)

    page = page_of(reader, publish(claim))

    assert "Who knows it independently" in page
    assert "One independent origin" in page


def test_a_repeat_says_as_in_which_and_keeps_its_own_statuses(reader: Client):
    other = make_published_claim(
        kind="opinion", verification_status="not-checkable", text="Boats are a blessing."
    )
    claim = make_ready_claim()
    ClaimRelation.objects.create(claim=claim, kind="repeats", other=other, created_by=somebody())

    page = page_of(reader, publish(claim))

    assert "As in:" in page
    assert f'href="/claims/{other.public_id}/' in page
    assert "Not checked yet" in page


def test_a_claim_tells_which_other_one_speaks_of_it(reader: Client):
    claim = make_published_claim()
    other = make_ready_claim(text="There were twelve boats after all.")
    ClaimRelation.objects.create(claim=other, kind="concedes", other=claim, created_by=somebody())
    publish(other)

    page = page_of(reader, claim)

    assert "Conceded by:" in page
    assert f'href="/claims/{other.public_id}/' in page


def test_an_override_is_told_with_rule_and_reason(reader: Client):
    claim = make_ready_claim(
        verification_status="unverified", as_of=DAY, rationale="Open.", why_checked="Many asked."
    )
    Override.objects.create(
        claim=claim,
        rule="would-settle",
        reason="Nothing can: the harbour burnt down.",
        created_by=make_user(Role.EDITOR),
    )

    page = page_of(reader, publish(claim))

    assert "One of our rules is not met:" in page
    assert "Nothing can: the harbour burnt down." in page


def test_an_imported_claim_says_that_nobody_here_has_reviewed_it(reader: Client):
    claim = make_claim()
    workflow.publish_imported(claim, by=make_user(Role.ADMINISTRATOR))

    assert "Nobody here has reviewed it." in page_of(reader, claim)


def test_what_would_settle_it_is_told(reader: Client):
    claim = make_ready_claim(
        verification_status="unverified",
        as_of=DAY,
        rationale="Open.",
        why_checked="Many asked.",
        would_settle="The harbour's own book.",
    )

    page = page_of(reader, publish(claim))

    assert "What would settle it" in page
    assert "The harbour&#x27;s own book." in page
