"""What reaches a sheet from outside: whatever it is, a sentence comes back, and nothing is lost."""

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Event
from factcheck.common.roles import Role
from sources.models import Actor, ActorName, Document, Source
from tests.admin_pages import signed_in
from tests.claims.sheet_calls import save, send
from tests.factories import (
    QUOTE,
    make_actor,
    make_capture,
    make_document,
    make_event,
    make_source,
    make_topic,
    make_user,
    somebody,
)

pytestmark = pytest.mark.django_db

POSTED_TO = ["rows", "steps", "locate", "reanchor", "document", "create"]


@pytest.fixture
def document():
    return make_capture().document


@pytest.fixture
def reporter():
    return signed_in(make_user(Role.REPORTER))


# Whole requests

NOT_JSON = {
    "nothing": b"",
    "no JSON": b"{rows: []}",
    "a list": b"[]",
    "a number": b"5",
    "null": b"null",
    "other bytes": b'{"rows": "\xff"}',
    "an escaped NUL": b'{"rows": [{"text": "\\u0000"}]}',
    "a NUL": b'{"rows": "\x00"}',
    "a lone surrogate": b'{"quote": "\\ud800"}',
    "the same key twice": b'{"rows": [], "rows": []}',
    "NaN": b'{"start": NaN, "end": 4}',
    "too deep": b'{"rows": ' + b"[" * 100 + b"]" * 100 + b"}",
    "too many values": b'{"rows": [' + b"1," * 100_001 + b"1]}",
}


@pytest.mark.parametrize("what", NOT_JSON)
def test_what_is_no_json_object_is_refused_with_a_sentence(what, document, reporter):
    for to in POSTED_TO:
        response = send(document, to, NOT_JSON[what], browser=reporter)

        assert response.status_code == 400, to
        assert response.json()["detail"].endswith(".")
    assert not Claim.objects.exists()


def test_ten_megabytes_are_refused(document, reporter):
    body = json.dumps({"rows": [{"text": "x" * 10_000_000}]})

    response = send(document, "rows", body, browser=reporter)

    assert response.status_code == 413
    assert response.json()["detail"] == "Send a smaller request: fewer rows at a time."


@pytest.mark.parametrize("rows", [None, {}, "all", 5, [None] * 501])
def test_rows_are_a_list_of_no_more_than_five_hundred(rows, document, reporter):
    for to in ("rows", "steps"):
        response = send(document, to, {"action": "submit", "rows": rows}, browser=reporter)

        assert response.status_code == 400
        assert response.json()["detail"] == "Send a list of at most 500 rows."


def test_nothing_is_posted_by_another_method_or_without_a_token(document, reporter):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = reporter.cookies

    for to in POSTED_TO:
        address = reverse(f"desk:sheet_{to}", args=[document.pk])
        assert reporter.get(address).status_code == 405
        assert strict.post(address, "{}", content_type="application/json").status_code == 403


def test_there_is_nothing_to_post_to_a_document_that_is_not_there(reporter):
    for to in POSTED_TO:
        address = reverse(f"desk:sheet_{to}", args=[987654321])
        response = reporter.post(address, "{}", content_type="application/json")

        assert response.status_code == 404
        assert response.json() == {"detail": "There is no such document."}


def test_who_reads_alone_writes_nothing(document):
    reader = signed_in(make_user(Role.ADMINISTRATOR))

    answers = {
        to: send(document, to, body, browser=reader).status_code
        for to, body in {
            "rows": {"rows": [{"key": 1, "quote": QUOTE}]},
            "reanchor": {},
            "document": {"edit_number": 0, "language": "de"},
            "create": {"kind": "actor", "name": "Synthetic"},
        }.items()
    }

    assert set(answers.values()) == {403}
    assert not Claim.objects.exists()


def test_who_is_not_of_the_desk_sees_and_writes_nothing(document):
    stranger = User.objects.create(username="stranger", is_staff=True)
    browser = signed_in(stranger)

    for to in POSTED_TO:
        assert send(document, to, {"rows": []}, browser=browser).status_code == 403
    assert browser.get(reverse("desk:sheet_find"), {"kind": "actor", "q": "a"}).status_code == 403
    assert Client().get(reverse("desk:sheet", args=[document.pk])).status_code == 302


# Cells

BAD_CELLS = {
    "text": [5, None, "x" * 20_001, "a\u202eb", "a\ue000"],
    "quote": [5, {}, "x" * 20_001, "a\u0007b"],
    "ranges": ["all", [[0]], [[1, 0]], [[-1, 4]], [[0, 10**9]], [["0", {}]], [[0, True]], [5]],
    "occurrence": ["first", 0, 1.5, True],
    "speaker": ["somebody", 5, [], {}],
    "claimant": [5, "Ada", {}, {"id": "5"}, {"id": 0}, {"id": -1}, {"id": 10**15}, {"id": True},
                 {"name": 5}, {"name": ""}, {"name": "a\nb"}, {"id": None}],
    "about": ["gossip", 5],
    "kind": ["", None, "rumour"],
    "form": ["whisper", 5],
    "cue": [5, "a\nb", "x" * 101],
    "named_speaker": ["x" * 201, []],
    "event": [{"name": "Nothing of the kind"}, []],
    "topics": ["all", [5], [{"id": 987654321}], [None], [{}] * 21],
    "figure": [5, [], {}, {"as_printed": ""}, {"as_printed": "12", "best": "zwölf"},
               {"as_printed": "12", "best": "9" * 30}, {"as_printed": "12", "qualifier": "odd"},
               {"as_printed": "x" * 201}, {"as_printed": "12", "low": {}}],
    "said": ["2020", 5, {"not_before": "2020-02-30"}, {"not_after": "0001-01-01"},
             {"not_before": 5}, {"as_printed": "x" * 201},],
    "original_language": ["xx", 5],
    "harm_check": ["none", ["boredom"], [5], [[]]],
    "origin": [{"id": 987654321}, "post"],
    "manner": ["whispers", 5],
    "attribution_status": ["perhaps", []],
    "language": ["", "xx"],
    "surprise": [1],
}  # fmt: skip


@pytest.mark.parametrize("field", BAD_CELLS)
def test_a_bad_cell_is_refused_at_its_name_and_the_row_beside_it_is_saved(
    field, document, reporter
):
    rows = [{"key": 0, "quote": QUOTE, field: value} for value in BAD_CELLS[field]]
    # An empty text is no error where there is a quote.
    rows = [row for row in rows if row.get("text", 5) is not None]

    *refused, beside = save(document, *rows, {"key": "good", "quote": QUOTE}, browser=reporter)

    for outcome, row in zip(refused, rows, strict=True):
        assert [error["field"] for error in outcome["errors"]] == [field], row
        assert all(error["message"].strip() for error in outcome["errors"])
    assert "row" in beside
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    "row", [None, 5, "x", [], {"key": 1}, {"id": "x"}, {"id": 10**15}, {"id": -1}]
)
def test_what_is_no_row_is_refused_and_the_row_beside_it_is_saved(row, document, reporter):
    refused, beside = save(document, row, {"key": "good", "quote": QUOTE}, browser=reporter)

    assert refused["errors"][0]["message"].endswith(".")
    assert "row" in beside


def test_bounds_in_the_wrong_order_are_refused_at_the_row(document, reporter):
    said = {"not_before": "2020-02-02", "not_after": "2020-01-01"}

    [outcome] = save(document, {"key": 1, "quote": QUOTE, "said": said}, browser=reporter)

    assert "must not be later" in outcome["errors"][0]["message"]
    assert not Claim.objects.exists()


# Finding


def find(browser, kind, q):
    return browser.get(reverse("desk:sheet_find"), {"kind": kind, "q": q})


def test_what_a_cell_may_refer_to_is_found_by_name_alias_and_public_id(reporter):
    actor = make_actor(name="Synthetic Harbour Office", description="counts boats")
    ActorName.objects.create(
        actor=actor, name="Ёжин порт", language="ru", form="alias", created_by=somebody()
    )
    expected = {
        "id": actor.pk,
        "label": "Synthetic Harbour Office",
        "detail": "Organisation, counts boats",
    }

    found = [
        find(reporter, "actor", q).json()["results"] for q in ("harbour", "ёЖИН", actor.public_id)
    ]

    assert found == [[expected]] * 3


def test_what_begins_with_the_words_is_found_first_and_no_more_than_twenty(reporter):
    for number in range(25):
        make_source(name=f"A Gazette {number:02}")
    first = make_source(name="Gazette of Z")

    results = find(reporter, "source", "gazette").json()["results"]

    assert len(results) == 20
    assert results[0]["label"] == first.name


def test_what_was_merged_is_found_as_what_stands_for_it(reporter):
    one, other = make_document(title="Twice A"), make_document(title="Twice B")
    Document.objects.filter(pk=other.pk).update(merged_into=one)

    results = find(reporter, "document", "Twice").json()["results"]

    assert [row["id"] for row in results] == [one.pk]


def test_every_kind_is_found(reporter):
    made = {
        "actor": make_actor(),
        "event": make_event(),
        "source": make_source(),
        "topic": make_topic(),
        "document": make_document(),
    }

    for kind, row in made.items():
        [found] = find(reporter, kind, str(row)).json()["results"]
        assert (found["id"], found["label"]) == (row.pk, str(row))


@pytest.mark.parametrize(
    ("kind", "q"), [("claim", "a"), ("", ""), ("actor", "x" * 201), ("actor", "a\nb")]
)
def test_what_cannot_be_looked_for_is_refused(kind, q, reporter):
    response = find(reporter, kind, q)

    assert response.status_code == 400
    assert response.json()["detail"]


# Creating


def test_an_actor_event_and_source_are_entered_in_the_row(document, reporter):
    bodies = {
        Actor: {"kind": "actor", "name": "Synthetic Fleet", "actor_kind": "armed-force"},
        Event: {"kind": "event", "name": "Synthetic regatta", "date": "2020-03-02"},
        Source: {"kind": "source", "name": "Synthetic Wire", "source_kind": "agency"},
    }

    for model, body in bodies.items():
        response = send(document, "create", body, browser=reporter)

        row = model.objects.order_by("pk").last()
        assert response.status_code == 201
        assert {"id": row.pk, "label": body["name"]}.items() <= response.json().items()
        assert row.created_by.groups.get().name == "reporter"
    assert Actor.objects.get(name="Synthetic Fleet").kind == "armed-force"
    assert Event.objects.get().happened.is_exact


def test_a_document_known_by_report_rests_on_the_rows_passage(document, reporter):
    body = {"kind": "document", "name": "Harbour office's post", "quote": "harbour office wrote"}

    response = send(document, "create", body, browser=reporter)

    created = Document.objects.get(pk=response.json()["id"])
    assert [one.exact for one in created.told_by.ranges.all()] == ["harbour office wrote"]
    assert created.told_by.capture.document == document


@pytest.mark.parametrize("given", [{}, {"quote": "Not there."}, {"ranges": [[0, 10**6]]}])
def test_a_document_that_no_passage_tells_of_is_not_entered(given, document, reporter):
    body = {"kind": "document", "name": "Somebody's post", **given}

    response = send(document, "create", body, browser=reporter)

    assert response.status_code == 422
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "name", ["Synthetic Harbour Office", "SYNTHETIC harbour office", "Synthetik Harbor Ofice"]
)
def test_what_is_like_it_is_offered_first(name, document, reporter):
    actor = make_actor(name="Synthetic Harbour Office")
    body = {"kind": "actor", "name": name}

    refused = send(document, "create", body, browser=reporter)
    made = send(document, "create", {**body, "anyway": True}, browser=reporter)

    assert refused.status_code == 409
    assert [row["id"] for row in refused.json()["similar"]] == [actor.pk]
    assert made.status_code == 201
    assert Actor.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "actor"},
        {"kind": "actor", "name": ""},
        {"kind": "actor", "name": 5},
        {"kind": "actor", "name": "zero\u200bwidth"},
        {"kind": "actor", "name": "x" * 201},
        {"kind": "actor", "name": "Synthetic", "actor_kind": "ghost"},
        {"kind": "event", "name": "Synthetic", "date": "yesterday"},
        {"kind": "event", "name": "x" * 201},
        {"kind": "source", "name": "Synthetic", "source_kind": []},
    ],
    ids=lambda body: str(body)[:60],
)
def test_what_has_no_name_or_kind_is_not_entered(body, document, reporter):
    before = Source.objects.count()

    response = send(document, "create", body, browser=reporter)

    assert response.status_code == 422
    assert response.json()["errors"]
    assert (Actor.objects.count(), Event.objects.count(), Source.objects.count()) == (0, 0, before)


@pytest.mark.parametrize("kind", ["topic", "claim", "", None, 5, ["actor"]])
def test_nothing_else_is_entered_here(kind, document, reporter):
    response = send(document, "create", {"kind": kind, "name": "Synthetic"}, browser=reporter)

    assert response.status_code == 400
