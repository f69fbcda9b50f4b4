"""Drafts that leave open who says it, or on what: kept at the desk, and never published."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from claims import workflow
from claims.choices import Stage
from claims.claim_file import load_file
from claims.kinds import KINDS
from claims.models import Citation, Claim
from claims.presentation.claim import claim_context, title_of
from claims.rules import unmet, unmet_by
from claims.status_line import status_line
from factcheck.common.errors import NotReady
from factcheck.common.roles import Role
from factcheck.integrity import CHECKS, findings_of
from factcheck.ledger import log
from factcheck.ledger.models import Publication
from sources.publishing import gather
from tests.admin_pages import address, open_form, signed_in
from tests.claims.rule_cases import evidence
from tests.factories import make_actor, make_approved_claim, make_ready_claim, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OPEN_SPEAKER: dict[str, Any] = {"speaker": "", "claimant": None, "attribution_status": ""}


def make_open_claim() -> Claim:
    claim = make_ready_claim(**OPEN_SPEAKER, about="")
    evidence(claim, stance="supports", basis="saw-or-measured")
    claim.refresh_from_db()
    return claim


def test_a_draft_may_leave_open_who_says_it_and_on_what():
    claim = make_open_claim()

    claim.full_clean()

    assert (claim.get_speaker_display(), claim.get_about_display()) == ("not said yet",) * 2
    assert {"speaker", "about"} <= {rule.name for rule in unmet(claim)}


@pytest.mark.parametrize(
    "change",
    [
        {"claimant": make_actor},
        {"voiced_by": make_actor},
        {"attribution_status": lambda: "reported"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_who_is_not_said_yet_has_no_attribution(change):
    claim = make_open_claim()
    values = {name: value() for name, value in change.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**values)


@pytest.mark.parametrize("change", [{"about": ""}, OPEN_SPEAKER], ids=["about", "speaker"])
def test_no_step_of_the_workflow_takes_what_is_open_along(change):
    claim = make_ready_claim()
    for name, value in change.items():
        setattr(claim, name, value)
    claim.save()

    for step, role in (("submit", Role.REPORTER), ("publish_imported", Role.ADMINISTRATOR)):
        with pytest.raises(NotReady):
            workflow.take(step, claim, by=make_user(role))

    claim.refresh_from_db()
    assert claim.stage == Stage.DRAFT
    assert not Publication.objects.exists()


def test_imports_meet_the_two_rules_as_well():
    left = {rule.name for rule in unmet_by(load_file(make_open_claim()), is_import=True)}

    assert {"speaker", "about"} <= left


def test_opening_what_was_approved_takes_it_back_to_draft():
    claim = make_approved_claim()

    Claim.objects.filter(pk=claim.pk).update(about="")

    claim.refresh_from_db()
    assert claim.stage == Stage.DRAFT


def test_the_database_lets_nothing_open_leave_the_draft():
    claim = make_open_claim()

    decision = log.decide(
        subject=workflow.subject_of_claim(claim),
        action="submit",
        by=make_user(),
        stage_from="draft",
        stage_to="in_review",
        content_hash="0" * 64,
    )

    with (
        pytest.raises(IntegrityError, match="claim_left_open_is_a_draft"),
        transaction.atomic(),
    ):
        Claim.objects.filter(pk=claim.pk).update(
            stage="in_review", decision=decision, reviewed_hash="0" * 64
        )


def test_what_reads_a_claim_reads_an_open_one():
    content = gather(make_open_claim(), KINDS).root.content

    assert content["speaker"]["kind"] == content["about"] == ""
    assert status_line(content).startswith("It is said, by somebody not entered yet, on 2 March")
    assert claim_context(content)["speaker_name"] == "Not entered yet"
    assert "who is not said yet" in title_of(content)
    assert [finding for check in CHECKS[:-1] for finding in findings_of(check)] == []


def test_words_that_were_not_found_keep_the_claim_from_review_and_out_of_its_record():
    claim = make_ready_claim()
    claim.citations.filter(position=1).update(unfound_quote="Words nobody wrote.")

    with pytest.raises(NotReady) as refused:
        workflow.submit(claim, by=make_user())

    assert refused.value.reasons == [
        "Find the quote in a captured document, or give its place by a locator."
    ]
    assert "Words nobody wrote." not in str(gather(claim, KINDS).root.content)


def test_the_form_shows_what_is_not_said_yet_and_saves_it():
    claim = make_open_claim()
    browser = signed_in(make_user(Role.REPORTER))

    values = open_form(browser, claim)
    page = browser.get(address(claim)).content.decode()
    response = browser.post(address(claim), values | {"text": "Still open."})

    claim.refresh_from_db()
    assert response.status_code == 302
    assert (claim.text, claim.speaker, claim.about) == ("Still open.", "", "")
    assert '<option value="" selected>not said yet</option>' in page
    assert "Name the claimant, the outlet, or say that nobody is named." in page


def test_a_quote_that_is_found_in_the_form_takes_the_place_of_what_was_not():
    claim = make_ready_claim()
    claim.citations.filter(position=1).update(unfound_quote="Words nobody wrote.")
    browser = signed_in(make_user(Role.REPORTER))

    values = open_form(browser, claim)
    assert values["citations-0-unfound_quote"] == "Words nobody wrote."
    browser.post(address(claim), values | {"citations-0-quote": "Nobody else has counted them."})

    citation = claim.citations.get(position=1)
    assert citation.unfound_quote == ""
    assert [run.exact for run in citation.passage.ranges.all()] == ["Nobody else has counted them."]


def test_the_list_of_claims_shows_open_ones():
    make_open_claim()
    browser = signed_in(make_user(Role.REPORTER))

    page = browser.get("/admin/claims/claim/", {"speaker__exact": "", "about__exact": ""})

    assert page.status_code == 200
    assert "not said yet" in page.content.decode()


def test_code_that_knows_no_unfound_quotes_still_adds_citations():
    claim = make_ready_claim()
    first = claim.citations.get(position=1)
    columns = ", ".join(
        field.column
        for field in Citation._meta.concrete_fields
        if field.name not in ("id", "public_id", "unfound_quote")
    )

    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO claims_citation ({columns}) SELECT {columns} FROM claims_citation"
            " WHERE id = %s RETURNING id",
            [first.pk],
        )
        [added] = cursor.fetchone()

    assert Citation.objects.get(pk=added).unfound_quote == ""
