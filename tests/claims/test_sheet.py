"""The article sheet as data: what a row says, where it stands, and what is offered."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import workflow
from claims.models import Citation, ClaimTopic
from claims.sheet.opened import Sheet
from claims.sheet.whole import sheet_as_data
from factcheck.common.roles import Role
from sources.models import Document
from tests.admin_pages import signed_in
from tests.factories import (
    QUOTE,
    TEXT,
    add_figure,
    make_capture,
    make_document,
    make_event,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_topic,
    make_user,
    somebody,
)

pytestmark = pytest.mark.django_db


def data_of(document: Document, by: User | None = None) -> dict[str, Any]:
    """The sheet's data, as its page gets it."""
    response = signed_in(by or make_user(Role.REPORTER)).get(
        reverse("desk:sheet_data", args=[document.pk])
    )
    assert response.status_code == 200
    return response.json()


def test_a_row_says_what_stands_in_the_claims_file():
    passage = make_passage()
    document = passage.capture.document
    claim = make_ready_claim(passage=passage, event=make_event())
    topic = make_topic()
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=somebody())
    add_figure(claim)
    add_figure(claim, position=2, as_printed="a dozen")
    claim.refresh_from_db()

    [row] = data_of(document)["rows"]

    origin = claim.citations.get(position=2).document
    assert row == {
        "id": claim.pk,
        "public_id": claim.public_id,
        "edit_number": claim.edit_number,
        "stage": "draft",
        "stage_label": "draft",
        "public_state": "never",
        "url": f"/admin/claims/claim/{claim.pk}/change/",
        "text": claim.text,
        "language": "en",
        "quote": QUOTE,
        "ranges": [[11, 77]],
        "found": [],
        "locator": "",
        "unfound_quote": "",
        "citation": claim.citations.get(position=1).public_id,
        "speaker": "actor",
        "claimant": {"id": claim.claimant_id, "label": claim.claimant.name},
        "voiced_by": None,
        "outlet": None,
        "cue": "said",
        "form": "indirect",
        "named_speaker": "",
        "about": "toll",
        "kind": "factual",
        "event": {"id": claim.event_id, "label": claim.event.title},
        "topics": [{"id": topic.pk, "label": topic.name}],
        "figure": {
            "as_printed": "12 boats",
            "counts": "boats counted",
            "qualifier": "bare",
            "low": None,
            "best": "12",
            "high": None,
            "unit": "boats",
        },
        "figures_more": 1,
        "said": {"not_before": "2020-03-02", "not_after": "2020-03-02", "as_printed": ""},
        "original_words": "",
        "original_language": "",
        "harm_check": ["none"],
        "origin": {"id": origin.pk, "label": "Synthetic statement"},
        "manner": "paraphrases",
        "attribution_status": "reported",
        "verification_status": "unchecked",
        "steps": [{"action": "submit", "label": "Submit for review"}],
        "unmet": [],
        "returned": "",
        "removable": True,
        "editable": True,
        "why_not": "",
    }


def test_the_sheet_gives_the_document_and_its_text():
    capture = make_capture(make_document(language="fr"))

    data = data_of(capture.document)

    assert data["capture"]["text"] == TEXT
    assert data["capture"]["id"] == capture.public_id
    assert data["document"]["language"] == "fr"
    assert data["rows"] == data["orphans"] == []
    assert data["defaults"]["language"] == "fr"
    assert data["may"]["add"]
    assert data["may"]["change"]
    assert data["may"]["steps"] == ["submit"]


def test_a_document_that_nobody_has_seen_has_a_sheet_without_text():
    data = data_of(make_document())

    assert data["capture"] is None


def test_a_claim_stands_on_the_sheets_of_all_its_carriers_and_of_no_evidence():
    claim = make_ready_claim()
    held, told = (citation.document for citation in claim.citations.all())
    evidence = make_passage()
    Citation.objects.create(
        claim=claim,
        document=evidence.capture.document,
        passage=evidence,
        role="evidence",
        stance="supports",
        basis="was-told",
        created_by=somebody(),
    )

    rows = [data_of(document)["rows"] for document in (held, told, evidence.capture.document)]

    assert [[row["id"] for row in some] for some in rows] == [[claim.pk], [claim.pk], []]


def test_an_unmet_rule_leads_to_the_field_that_mends_it():
    claim = make_ready_claim(about="", kind="quantitative")
    document = claim.citations.get(position=1).document

    [row] = data_of(document)["rows"]

    form = f"/admin/claims/claim/{claim.pk}/change/"
    assert {rule["name"]: rule["url"] for rule in row["unmet"]} == {
        "about": f"{form}#id_about",
        "quantity": f"{form}#figures-group",
    }


def test_a_settled_claim_is_shown_and_not_changed():
    claim = make_published_claim()
    document = claim.citations.get(position=1).document

    [row] = data_of(document)["rows"]

    assert (row["stage"], row["public_state"], row["editable"]) == ("settled", "live", False)
    assert row["why_not"] == "This claim is settled: revise it first, then change it."
    assert (row["steps"], row["unmet"]) == ([], [])


def test_a_returned_draft_shows_its_note():
    claim = make_ready_claim()
    workflow.submit(claim, by=make_user(Role.REPORTER))
    workflow.return_to_draft(claim, by=make_user(Role.CHECKER), note="Who counted?")

    [row] = data_of(claim.citations.get(position=1).document)["rows"]

    assert row["returned"] == "Who counted?"


def test_each_person_is_offered_the_steps_that_are_open_to_them():
    claim, checker = make_ready_claim(), make_user(Role.CHECKER)
    document = claim.citations.get(position=1).document
    workflow.submit(claim, by=checker)

    steps = {
        person: [step["action"] for step in data_of(document, by)["rows"][0]["steps"]]
        for person, by in {
            "who submitted it": checker,
            "another checker": make_user(Role.CHECKER),
            "reporter": make_user(Role.REPORTER),
            "administrator": make_user(Role.ADMINISTRATOR),
        }.items()
    }

    assert steps == {
        "who submitted it": ["return"],
        "another checker": ["approve", "return"],
        "reporter": [],
        "administrator": [],
    }


def test_who_reads_alone_is_told_so():
    claim = make_ready_claim()

    [row] = data_of(claim.citations.get(position=1).document, make_user(Role.ADMINISTRATOR))["rows"]

    assert (row["editable"], row["why_not"]) == (False, "You may look at this, and not change it.")


@pytest.mark.parametrize("count", [1, 3])
def test_the_sheet_is_read_in_the_same_number_of_queries_for_any_number_of_rows(count):
    capture = make_capture()
    for _ in range(count):
        claim = make_ready_claim(passage=make_passage(capture), event=make_event())
        add_figure(claim)
        ClaimTopic.objects.create(claim=claim, topic=make_topic(), created_by=somebody())
    by = User.objects.get(pk=make_user(Role.REPORTER).pk)
    sheet = Sheet(capture.document, by, address=lambda claim, field: "")

    with CaptureQueriesContext(connection) as queries:
        data = sheet_as_data(sheet)

    assert len(data["rows"]) == count
    assert len(queries) == 28


def test_the_page_has_the_data_and_the_addresses():
    document = make_capture().document

    response = signed_in(make_user(Role.REPORTER)).get(reverse("desk:sheet", args=[document.pk]))

    context: Any = response.context
    assert response.status_code == 200
    assert context["bootstrap"]["urls"]["data"] == f"/admin/sheet/{document.pk}/data/"
    assert len(context["bootstrap"]["csrf"]) == 64
    assert (
        f'data-url="/admin/presence/sources/document/{document.pk}/"' in response.content.decode()
    )
    assert '<script id="sheet-bootstrap" type="application/json">' in response.content.decode()


def test_the_documents_form_leads_to_its_sheet():
    document = make_document()

    page = signed_in(make_user(Role.REPORTER)).get(
        reverse("admin:sources_document_change", args=[document.pk])
    )

    assert f'<a href="/admin/sheet/{document.pk}/">Open the article sheet</a>' in (
        page.content.decode()
    )


@pytest.mark.parametrize("page", ["sheet", "sheet_data"])
def test_who_may_not_see_claims_sees_no_sheet(page):
    document = make_capture().document
    stranger = User.objects.create(username="stranger", is_staff=True)

    answers = {
        signed_in(stranger).get(reverse(f"desk:{page}", args=[pk])).status_code
        for pk in (document.pk, 987654321)
    }

    assert answers == {403}


def test_there_is_no_sheet_of_no_document():
    browser = signed_in(make_user(Role.REPORTER))

    for pk in (0, 987654321, 10**30):
        assert browser.get(f"/admin/sheet/{pk}/").status_code == 404


def test_what_is_offered_has_definitions():
    offered = data_of(make_document())["choices"]

    assert {"value": "toll", "label": "Toll or size"}.items() <= offered["about"][2].items()
    assert offered["about"][2]["definition"].startswith("How many or how much")
    assert {"about", "kind", "speaker", "form", "manner", "qualifier", "harm_check"} <= set(offered)
    assert {"actor_kind", "hop_manner", "translator", "language"} <= set(offered)


def test_the_row_above_is_carried_down():
    claim = make_ready_claim(event=make_event(), kind="quantitative", about="effect")
    topic = make_topic()
    ClaimTopic.objects.create(claim=claim, topic=topic, created_by=somebody())

    defaults = data_of(claim.citations.get(position=1).document)["defaults"]

    assert defaults["event"] == {"id": claim.event_id, "label": claim.event.title}
    assert defaults["topics"] == [{"id": topic.pk, "label": topic.name}]
    # The figure that makes it one is its own.
    assert (defaults["about"], defaults["kind"]) == ("effect", "factual")


def test_a_translation_gives_the_language_of_what_it_translates():
    document = make_document(
        hop_of=make_document(language="ru"), hop_manner="translates", translator="machine"
    )

    assert data_of(document)["defaults"]["original_language"] == "ru"
