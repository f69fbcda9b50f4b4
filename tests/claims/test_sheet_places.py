"""Words found and selected in the sheet's text: code points, whole characters, any script."""

import json

import pytest
from django.urls import reverse

from claims.admin.sheet import sheet_reanchor
from claims.models import Citation
from factcheck import read_only
from factcheck.common.roles import Role
from tests.admin_pages import signed_in
from tests.claims.sheet_calls import data_of, save, saved, send, sheet_of
from tests.factories import (
    QUOTE,
    TEXT,
    make_capture,
    make_document,
    make_passage,
    make_published_claim,
    make_ready_claim,
    make_user,
    somebody,
)

pytestmark = pytest.mark.django_db

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
THUMB = "\U0001f44d\U0001f3fd"
# Synthetic sentences; the first is Arabic for "twelve boats", the second Hebrew.
ARABIC, HEBREW = "اثنا عشر قاربًا", "שתים עשרה סירות"


@pytest.fixture
def reporter():
    return signed_in(make_user(Role.REPORTER))


def locate(text: str, **body):
    return send(make_capture(text=text).document, "locate", body)


def test_words_are_located_in_the_documents_own_characters():
    response = locate(TEXT, quote='"twelve'.replace("t", "T") + ' boats,"')

    assert response.json() == {
        "quote": "“Twelve boats,”",
        "ranges": [[78, 93]],
        "proposed": {"form": "direct", "cue": "wrote", "figure": "Twelve boats"},
    }


def test_words_that_stand_there_twice_are_shown_at_each_place():
    response = locate("SYNTHETIC one two, one two, one.", quote="one two")

    told = response.json()
    assert response.status_code == 422
    assert told["hits"] == [[10, 17], [19, 26]]
    assert [error["field"] for error in told["errors"]] == ["quote"]


def test_the_second_of_two_places_can_be_meant():
    response = locate("SYNTHETIC one two, one two, one.", quote="one  two", occurrence=2)

    assert response.json()["ranges"] == [[19, 26]]


def test_words_that_are_nowhere_have_no_hits():
    response = locate(TEXT, quote="Thirteen boats")

    assert response.status_code == 422
    assert "hits" not in response.json()


@pytest.mark.parametrize(
    ("text", "selected", "quote"),
    [
        (f"SYNTHETIC {FAMILY} boats", (11, 12), FAMILY),
        (f"SYNTHETIC {FAMILY} boats", (12, 14), FAMILY),
        (f"SYNTHETIC {THUMB} boats", (10, 11), THUMB),
        (f"SYNTHETIC {THUMB} boats", (11, 12), THUMB),
        ("SYNTHETIC cafe\u0301 boats", (10, 14), "cafe\u0301"),
        ("SYNTHETIC cafe\u0301 boats", (14, 15), "e\u0301"),
        ("SYNTHETIC ☂\ufe0f boats", (10, 11), "☂\ufe0f"),
        ("SYNTHETIC one\r\ntwo", (10, 14), "one\r\n"),
        ("SYNTHETIC one\r\ntwo", (14, 18), "\r\ntwo"),
        (f"SYNTHETIC {ARABIC}.", (10, 23), ARABIC[:14]),
        (f"SYNTHETIC {HEBREW}.", (15, 19), "עשרה"),
    ],
)
def test_a_selection_snaps_to_whole_characters(text, selected, quote):
    start, end = selected
    response = locate(text, start=start, end=end)

    told = response.json()
    [(first, last)] = told["ranges"]
    assert told["quote"] == quote == text[first:last]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"SYNTHETIC {FAMILY} counted twelve boats.", "counted twelve"),
        (f"SYNTHETIC {THUMB}{THUMB} twelve boats.", "twelve boats"),
        ("SYNTHETIC cafe\u0301 twelve", "café twelve"),
        (f"SYNTHETIC {ARABIC}. {HEBREW}.", ARABIC),
        (f"SYNTHETIC {ARABIC}. {HEBREW}.", HEBREW),
        ("SYNTHETIC one\r\ntwo three", "one two"),
        ("SYNTHETIC 𝒯welve boats", "welve boats"),
    ],
)
def test_offsets_are_code_points_and_a_saved_quote_stands_there(text, words):
    document = make_capture(text=text).document

    row = saved(document, quote=words)

    [(start, end)] = row["ranges"]
    assert row["quote"] == text[start:end]
    assert row["unfound_quote"] == ""


def test_half_a_character_is_no_hit():
    document = make_capture(text=f"SYNTHETIC {FAMILY} cafe\u0301").document

    outcomes = save(document, {"key": 1, "quote": "\U0001f469"}, {"key": 2, "quote": "cafe"})

    assert [outcome["row"]["unfound_quote"] for outcome in outcomes] == ["\U0001f469", "cafe"]


@pytest.mark.parametrize(
    "body",
    [
        {"start": -1, "end": 4},
        {"start": 4, "end": 4},
        {"start": 9, "end": 4},
        {"start": 0, "end": len(TEXT) + 1},
        {"start": 0, "end": 10**15},
        {"start": 0},
        {"start": "0", "end": None},
        {"start": True, "end": 4},
        {"start": 1.5, "end": 4},
        {"ranges": [[0]]},
        {"ranges": "all"},
        {"ranges": [[n, n + 1] for n in range(21)]},
        {"quote": ""},
        {"quote": 12},
        {"quote": "Twelve", "occurrence": 0},
        {"quote": "Twelve\n[…]\nNobody", "occurrence": 1},
        {"quote": "x" * 20_001},
        {},
    ],
    ids=lambda body: str(body)[:50],
)
def test_what_is_no_place_is_refused_with_a_sentence(body):
    response = locate(TEXT, **body)

    [error] = response.json()["errors"]
    assert response.status_code == 422
    assert error["message"].endswith(".")


# Orphans


def with_newer(text: str, quote: str = QUOTE):
    """A claim whose words were quoted from an earlier capture of its document."""
    claim = make_ready_claim(passage=make_passage(make_capture(), quote))
    document = sheet_of(claim)
    make_capture(document, text)
    return claim, document


def test_a_quote_that_stands_in_the_newer_text_is_no_orphan():
    _, document = with_newer(f"SYNTHETIC, corrected. {QUOTE}")

    data = data_of(document)

    [row] = data["rows"]
    assert data["orphans"] == []
    assert (row["quote"], row["ranges"], row["found"]) == (QUOTE, [], [[22, 88]])


def test_an_orphan_is_shown_with_the_places_that_are_left_of_it():
    text = "SYNTHETIC, corrected. The mayor of Exampleton said on Monday nothing at all."
    claim, document = with_newer(text)

    [orphan] = data_of(document)["orphans"]

    citation = claim.citations.get(position=1)
    assert orphan["claim"] == claim.pk
    assert orphan["citation"] == citation.public_id
    assert orphan["quote"] == QUOTE
    assert orphan["captured_at"] == citation.passage.capture.captured_at.isoformat()
    assert [text[start:end] for start, end in orphan["suggestions"]] == [
        "The mayor of Exampleton said on"
    ]


def test_words_that_were_never_found_are_orphans():
    document = make_capture().document
    row = saved(document, quote="Nobody else has counted any of them.")

    [orphan] = data_of(document)["orphans"]

    assert (orphan["citation"], orphan["captured_at"]) == (row["citation"], None)
    assert [TEXT[start:end] for start, end in orphan["suggestions"]] == ["Nobody else has"]


def test_evidence_can_be_an_orphan_too():
    claim, document = with_newer("SYNTHETIC, empty.")
    other = make_ready_claim()
    passage = make_passage(document.captures.order_by("captured_at").first())
    citation = Citation.objects.create(
        claim=other,
        position=5,
        document=document,
        passage=passage,
        role="evidence",
        stance="refutes",
        basis="was-told",
        created_by=somebody(),
    )

    data = data_of(document)

    assert [row["id"] for row in data["rows"]] == [claim.pk]
    assert {orphan["citation"] for orphan in data["orphans"]} == {
        claim.citations.get(position=1).public_id,
        citation.public_id,
    }


def reanchoring(document, claim, **body):
    orphan = data_of(document)["orphans"][0]
    claim.refresh_from_db()
    opened = {"edit_number": claim.edit_number, "stage": claim.stage}
    return {"citation": orphan["citation"], **opened, **body}


def test_an_orphan_is_anchored_again_by_its_words(reporter):
    claim, document = with_newer("SYNTHETIC, corrected. The mayor said that 13 boats were counted.")
    body = reanchoring(document, claim, quote="The mayor said that 13 boats")

    response = send(document, "reanchor", body, browser=reporter)

    row = response.json()["row"]
    assert (row["quote"], row["ranges"]) == ("The mayor said that 13 boats", [[22, 50]])
    assert data_of(document)["orphans"] == []


def test_an_orphan_is_anchored_again_by_a_selection(reporter):
    document = make_capture().document
    row = saved(document, quote="Thirteen boats.")
    opened = {name: row[name] for name in ("citation", "edit_number", "stage")}

    response = send(document, "reanchor", {**opened, "start": 120, "end": 131}, browser=reporter)

    after = response.json()["row"]
    assert (after["quote"], after["unfound_quote"]) == ("Nobody else", "")


def test_an_orphan_that_somebody_else_has_changed_is_a_conflict(reporter):
    claim, document = with_newer("SYNTHETIC. The mayor.")
    body = reanchoring(document, claim, quote="The mayor.")
    claim.text = "Theirs."
    claim.save()

    response = send(document, "reanchor", body, browser=reporter)

    told = response.json()["conflict"]
    assert response.status_code == 409
    assert told["row"]["text"] == "Theirs."
    assert [field["field"] for field in told["fields"]] == ["text"]


def test_what_the_database_refuses_by_itself_is_told_as_a_sentence(rf):
    claim, document = with_newer("SYNTHETIC. The mayor.")
    body = reanchoring(document, claim, quote="The mayor.")
    # Flipped after the middleware has let the request through.
    read_only.switch(on=True, why="Synthetic attack.", by=None)
    request = rf.post("/", json.dumps(body), content_type="application/json")
    request.user = make_user(Role.REPORTER)

    response = sheet_reanchor(request, pk=document.pk)

    assert response.status_code == 409
    assert json.loads(response.content)["detail"].startswith("The desk is read-only")


def test_a_settled_claim_is_not_anchored_again(reporter):
    claim = make_published_claim()
    document = sheet_of(claim)
    make_capture(document, "SYNTHETIC. The mayor.")

    response = send(
        document, "reanchor", reanchoring(document, claim, quote="The mayor."), browser=reporter
    )

    assert response.status_code == 409
    assert response.json()["detail"].startswith("This claim is settled")


@pytest.mark.parametrize("citation", ["", "0000000000", None, 5, ["x"]])
def test_a_citation_of_another_document_is_not_anchored(citation, reporter):
    document = make_capture().document

    response = send(
        document,
        "reanchor",
        {"citation": citation, "edit_number": 0, "stage": "draft", "quote": QUOTE},
        browser=reporter,
    )

    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "citation"


def test_a_citation_of_another_sheet_is_not_anchored(reporter):
    claim = make_ready_claim()
    document = make_capture().document

    response = send(
        document,
        "reanchor",
        {
            "citation": claim.citations.get(position=1).public_id,
            "edit_number": claim.edit_number,
            "stage": "draft",
            "quote": QUOTE,
        },
        browser=reporter,
    )

    assert response.status_code == 422


def test_nothing_is_located_where_nothing_is_held(reporter):
    response = send(make_document(), "locate", {"start": 0, "end": 4}, browser=reporter)

    assert response.status_code == 422
    assert "supply a capture" in response.json()["errors"][0]["message"]


def test_page_says_that_there_is_no_text_and_what_to_do():
    held, unseen = make_passage().capture.document, make_document()
    reader = signed_in(make_user(Role.REPORTER))

    pages = [
        reader.get(reverse("desk:sheet", args=[document.pk])).content.decode()
        for document in (held, unseen)
    ]

    assert ["We hold no text of this document." in page for page in pages] == [False, True]
    assert ['tabindex="0" hidden' in page for page in pages] == [False, True]
