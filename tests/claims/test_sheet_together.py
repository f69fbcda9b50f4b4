"""Several people on one sheet: conflicts cell by cell, steps with many rows, the same moment."""

import pytest

from claims import workflow
from claims.models import Citation, Claim
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision
from tests.admin_pages import signed_in
from tests.claims.sheet_calls import changed, data_of, save, saved, send, sheet_of
from tests.claims.test_admin_races import while_somebody_saves
from tests.factories import (
    QUOTE,
    add_figure,
    make_actor,
    make_capture,
    make_document,
    make_event,
    make_passage,
    make_ready_claim,
    make_topic,
    make_user,
)


def opened(row):
    return {name: row[name] for name in ("id", "edit_number", "stage")}


# Conflicts


@pytest.mark.django_db
def test_a_conflict_shows_what_stood_there_theirs_and_mine():
    document = make_capture().document
    first, second, third = (make_actor(name=f"Synthetic {word}") for word in ("A", "B", "C"))
    row = saved(
        document,
        quote=QUOTE,
        claimant={"id": first.pk},
        figure={"as_printed": "12 boats"},
        topics=[{"id": make_topic(name="Boats").pk}],
    )
    theirs = changed(
        document,
        row,
        claimant={"id": second.pk},
        figure={"as_printed": "13 boats"},
        cue="told",
        topics=[],
        quote="Nobody else",
    )["row"]

    outcome = changed(
        document, row, claimant={"id": third.pk}, text="Mine.", cue="told", event=None
    )

    conflict = outcome["conflict"]
    sides = {one["field"]: (one["base"], one["theirs"], one["mine"]) for one in conflict["fields"]}
    assert conflict["sentence"].startswith("Somebody else has changed this row")
    assert conflict["row"] == theirs
    assert sides == {
        "text": (QUOTE, QUOTE, "Mine."),
        "quote": (QUOTE, "Nobody else", QUOTE),
        "claimant": ("Synthetic A", "Synthetic B", "Synthetic C"),
        "cue": ("said", "told", "told"),
        "topics": ("Boats", "—", "Boats"),
        "figure": (
            "12 boats (boats; A number, not said how exact, best 12, boats)",
            "13 boats (boats; A number, not said how exact, best 13, boats)",
            "12 boats (boats; A number, not said how exact, best 12, boats)",
        ),
    }
    assert Claim.objects.get(pk=row["id"]).claimant == second


@pytest.mark.django_db
def test_after_a_conflict_the_row_can_be_saved_as_it_stands_now():
    document = make_capture().document
    row = saved(document, quote=QUOTE)
    changed(document, row, text="Theirs.")

    conflict = changed(document, row, text="Mine.")["conflict"]
    after = changed(document, conflict["row"], text="Mine.")["row"]

    assert after["text"] == "Mine."


@pytest.mark.django_db
def test_what_was_submitted_meanwhile_is_a_conflict_as_well():
    claim = make_ready_claim()
    document = sheet_of(claim)
    [row] = data_of(document)["rows"]
    workflow.submit(claim, by=make_user(Role.REPORTER))

    conflict = changed(document, row, text="Mine.")["conflict"]

    assert conflict["row"]["stage"] == "in_review"
    assert [one["field"] for one in conflict["fields"]] == ["text"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said", [{}, {"edit_number": "0"}, {"edit_number": True}, {"edit_number": 0, "stage": None}]
)
def test_a_row_that_does_not_say_when_it_was_opened_is_not_saved(said):
    claim = make_ready_claim()

    [outcome] = save(sheet_of(claim), {"key": 1, "id": claim.pk, "text": "Mine.", **said})

    assert outcome["errors"][0]["field"] == "edit_number"
    claim.refresh_from_db()
    assert claim.text != "Mine."


@pytest.mark.django_db
def test_an_edit_that_never_was_has_no_base():
    claim = make_ready_claim()
    document = sheet_of(claim)
    [row] = data_of(document)["rows"]

    outcome = changed(document, {**row, "edit_number": 999}, text="Mine.")

    [field] = outcome["conflict"]["fields"]
    assert (field["base"], field["theirs"], field["mine"]) == ("—", claim.text, "Mine.")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed_db")
def test_of_two_people_who_save_the_same_row_one_is_told_and_nothing_is_lost():
    claim = make_ready_claim()
    document = sheet_of(claim)
    browser = signed_in(make_user(Role.REPORTER))
    [row] = data_of(document, browser)["rows"]

    [outcome] = while_somebody_saves(
        claim, lambda: save(document, {"key": 1, **opened(row), "text": "Mine."}, browser=browser)
    )

    claim.refresh_from_db()
    [field] = outcome["conflict"]["fields"]
    assert claim.text == "Saved by somebody else."
    assert (field["base"], field["theirs"], field["mine"]) == (
        row["text"],
        "Saved by somebody else.",
        "Mine.",
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed_db")
def test_a_step_that_waits_for_a_save_is_taken_back():
    claim = make_ready_claim()
    document = sheet_of(claim)
    browser = signed_in(make_user(Role.REPORTER))
    [row] = data_of(document, browser)["rows"]
    body = {"action": "submit", "rows": [opened(row)]}

    response = while_somebody_saves(claim, lambda: send(document, "steps", body, browser=browser))

    [told] = response.json()["rows"]
    assert told["refused"] == "Somebody else has just changed this. Look at it again."
    assert not Decision.objects.exists()


# Steps


def three_claims():
    capture = make_capture()
    ready = [make_ready_claim(passage=make_passage(capture)) for _ in range(2)]
    unready = make_ready_claim(passage=make_passage(capture), about="")
    return capture.document, [*ready, unready]


@pytest.mark.django_db
def test_a_step_is_taken_with_each_row_by_a_decision_of_its_own():
    document, (first, second, unready) = three_claims()
    reporter = make_user(Role.REPORTER)
    browser = signed_in(reporter)
    rows = [opened(row) for row in data_of(document, browser)["rows"]]

    response = send(document, "steps", {"action": "submit", "rows": rows}, browser=browser)

    told = response.json()["rows"]
    assert [one["id"] for one in told] == [first.pk, second.pk, unready.pk]
    assert [one["row"]["stage"] for one in told[:2]] == ["in_review", "in_review"]
    assert told[2] == {
        "id": unready.pk,
        "refused": "The claim does not meet the publication rules yet.",
        "reasons": ["Say which question of the event the claim answers."],
    }
    assert [(one.subject_id, one.action, one.by) for one in Decision.objects.order_by("pk")] == [
        (first.public_id, "submit", reporter),
        (second.public_id, "submit", reporter),
    ]


@pytest.mark.django_db
def test_a_second_person_returns_one_row_and_approves_the_other():
    document, (first, second, _) = three_claims()
    submitter, checker = make_user(Role.CHECKER), make_user(Role.CHECKER)
    for claim in (first, second):
        workflow.submit(claim, by=submitter)
    rows = [opened(row) for row in data_of(document)["rows"]]

    def step(action, row, by, note=""):
        body = {"action": action, "rows": [row], "note": note}
        return send(document, "steps", body, browser=signed_in(by)).json()["rows"][0]

    own = step("approve", rows[0], submitter)
    noteless = step("return", rows[0], checker)
    returned = step("return", rows[0], checker, "Who counted?")
    approved = step("approve", rows[1], checker)
    reporters = step("approve", rows[1], make_user(Role.REPORTER))

    assert own["refused"] == "You submitted it: somebody else has to approve it."
    assert noteless["refused"] == "Write a note: this step needs one."
    assert (returned["row"]["stage"], returned["row"]["returned"]) == ("draft", "Who counted?")
    assert approved["row"]["stage"] == "approved"
    assert (
        reporters["refused"] == "This has changed since you opened it. Look at it again, then "
        "repeat the step."
    )


@pytest.mark.django_db
def test_a_step_on_what_was_not_seen_is_refused_row_by_row():
    document, (first, second, _) = three_claims()
    rows = data_of(document)["rows"]
    Claim.objects.filter(pk=first.pk).update(text="Theirs.")
    stranger = make_ready_claim()

    response = send(
        document,
        "steps",
        {
            "action": "submit",
            "rows": [
                opened(rows[0]),
                {**opened(rows[1]), "stage": "approved"},
                {"id": second.pk},
                {"id": stranger.pk, "edit_number": stranger.edit_number, "stage": "draft"},
                {"id": None},
                "x",
                opened(rows[1]),
            ],
        },
    )

    told = response.json()["rows"]
    assert ["refused" in one for one in told] == [True] * 6 + [False]
    assert Decision.objects.get().subject_id == second.public_id


@pytest.mark.django_db
@pytest.mark.parametrize(
    "action", ["publish", "retract", "publish_imported", "", None, 5, ["submit"]]
)
def test_no_other_step_is_taken_on_the_sheet(action):
    document, (first, *_) = three_claims()
    row = {"id": first.pk, "edit_number": first.edit_number, "stage": "draft"}

    response = send(document, "steps", {"action": action, "rows": [row]})

    assert response.status_code == 400
    assert not Decision.objects.exists()


# What is set once


@pytest.mark.django_db
def test_what_is_set_on_the_document_is_inherited_by_its_drafts():
    document = make_capture(make_document(language="")).document
    row = saved(document, quote=QUOTE)
    own_date = saved(document, quote="Nobody else", said={"not_before": "2020-01-01"})
    original = make_document(language="ru")

    response = send(
        document,
        "document",
        {
            "edit_number": document.edit_number,
            "language": "en",
            "published": {"not_before": "2020-03-03", "not_after": "2020-03-03"},
            "hop_of": {"id": original.pk},
            "hop_manner": "translates",
        },
    )

    told = response.json()
    document.refresh_from_db()
    assert told["document"]["translator"] == document.translator == "not-stated"
    assert told["document"]["edit_number"] == document.edit_number == 1
    assert told["defaults"]["original_language"] == "ru"
    said = {one["id"]: (one["said"]["not_after"], one["original_language"]) for one in told["rows"]}
    assert said == {row["id"]: ("2020-03-03", "ru"), own_date["id"]: (None, "ru")}


@pytest.mark.django_db
def test_a_document_that_somebody_else_has_changed_is_a_conflict():
    document = make_capture(make_document(language="fr")).document
    type(document).objects.filter(pk=document.pk).update(language="de")

    response = send(document, "document", {"edit_number": 0, "language": "en"})

    conflict = response.json()["conflict"]
    assert response.status_code == 409
    assert conflict["fields"] == [
        {"field": "language", "label": "Language", "base": "fr", "theirs": "de", "mine": "en"}
    ]
    assert conflict["document"]["edit_number"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"language": "xx"}, ["language"]),
        ({"hop_of": {"id": 0}}, ["hop_of"]),
        ({"source": {"name": "Nobody's Gazette"}, "published": 5}, ["source", "published"]),
        ({"hop_manner": "translates"}, [""]),
        ({"published": {"not_before": "2020-02-02", "not_after": "2020-01-01"}}, [""]),
    ],
)
def test_what_cannot_be_set_on_a_document_is_refused_at_its_name(body, fields):
    document = make_document()

    response = send(document, "document", {"edit_number": 0, **body})

    assert response.status_code == 422
    assert sorted({one["field"] for one in response.json()["errors"]}) == sorted(fields)
    document.refresh_from_db()
    assert document.edit_number == 0


@pytest.mark.django_db
def test_a_circle_of_hops_is_refused():
    document = make_document()
    other = make_document(hop_of=document, hop_manner="republishes")

    response = send(
        document,
        "document",
        {"edit_number": 0, "hop_of": {"id": other.pk}, "hop_manner": "republishes"},
    )

    assert response.status_code == 422
    assert "circle" in response.json()["errors"][0]["message"]


@pytest.mark.django_db
def test_figures_citations_and_events_of_the_base_are_those_of_that_edit():
    claim = make_ready_claim(event=make_event(title="Synthetic count"))
    figure = add_figure(claim)
    document = sheet_of(claim)
    [row] = data_of(document)["rows"]
    figure.delete()
    Claim.objects.filter(pk=claim.pk).update(event=None)
    Citation.objects.filter(claim=claim, position=1).update(cue="")

    fields = changed(document, row, text="Mine.")["conflict"]["fields"]

    assert {one["field"]: one["base"] for one in fields} == {
        "text": claim.text,
        "cue": "said",
        "event": "Synthetic count",
        "figure": "12 boats (boats counted; A number, not said how exact, best 12, boats)",
    }
