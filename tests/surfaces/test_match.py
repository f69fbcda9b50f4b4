"""“Has this been checked?”: the public claims that are like a text. All rows are synthetic."""

from typing import Any

import orjson
import pytest
from django.db import connection
from django.test import Client

from claims.matching import MAX_TEXT, matches, sentences_of
from tests.factories import make_claim, make_published_claim, revise_and_publish, withhold
from tests.surfaces.reading import current

pytestmark = pytest.mark.django_db

MATCH = "/api/v1/match/"
SAID = "Synthetic: air defence destroyed and intercepted 36 unmanned boats over Exampleton."
NEARLY = "Synthetic: the air defence has destroyed and intercepted 40 unmanned boats at Exampleton"
ELSE = "Synthetic: a bridge was closed in Exampleton on Monday morning."


def found(reader: Client, text: str) -> list[dict[str, Any]]:
    response = reader.get(MATCH, {"text": text})
    assert response.status_code == 200, response.content
    return response.json()["results"]


def test_a_claim_in_nearly_the_same_words_is_found_with_who_and_both_statuses(reader: Client):
    claim = make_published_claim(text=SAID)
    make_published_claim(text=ELSE)

    [match] = found(reader, NEARLY)

    summary = orjson.loads(current(claim).summary)
    assert match["claim"] == summary
    assert summary["speaker"]["claimant"]["name"]
    assert summary["verification_status"] == "unchecked"
    assert match["other_numbers"] == ["36"]
    assert 0.3 < match["alike"] < 1


def test_the_same_words_are_as_alike_as_can_be(reader: Client):
    make_published_claim(text=SAID)

    [match] = found(reader, SAID)

    assert (match["alike"], match["other_numbers"]) == (1.0, [])


def test_a_claim_is_found_by_one_sentence_of_a_post(reader: Client):
    claim = make_published_claim(text=SAID)
    post = f"You will not believe what I have read this morning!\n{NEARLY}. Share it with others."

    assert [match["claim"]["id"] for match in found(reader, post)] == [claim.public_id]


def test_sentences_that_anybody_could_say_hide_nothing(reader: Client, monkeypatch: Any):
    monkeypatch.setattr("claims.matching.MOST_EXPECTED", 1)
    monkeypatch.setattr("claims.matching.MAX_CANDIDATES", 2)
    claim = make_published_claim(text=SAID)
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday"):
        make_published_claim(text=f"Synthetic: everybody said again what they said on {day}.")
    post = f"{NEARLY}. Synthetic: everybody said again what they said."

    assert claim.public_id in [match["claim"]["id"] for match in found(reader, post)]


def test_a_claim_is_found_by_its_original_words(reader: Client):
    words = "Синтетичне: пошкоджено дванадцять човнів у порту."
    claim = make_published_claim(text=SAID, original_words=words, original_language="uk")

    assert [match["claim"]["id"] for match in found(reader, words)] == [claim.public_id]


def test_what_is_not_public_is_never_found(reader: Client):
    make_claim(text=SAID)
    withhold(make_published_claim(text=SAID), "retract")
    withhold(make_published_claim(text=SAID), "suspend")
    revise_and_publish(make_published_claim(text=SAID), text=ELSE)

    assert found(reader, SAID) == []


def test_what_nobody_said_is_answered_by_nothing(reader: Client):
    make_published_claim(text=SAID)

    assert reader.get(MATCH, {"text": "Something else entirely"}).json() == {"results": []}


def test_a_long_text_can_be_posted(reader: Client):
    claim = make_published_claim(text=SAID)
    body = {"text": f"{NEARLY}. " + "More about boats. " * 200}

    response = reader.post(MATCH, body, content_type="application/json")

    assert response.status_code == 200
    assert [match["claim"]["id"] for match in response.json()["results"]] == [claim.public_id]
    assert response["Cache-Control"] == "no-store"
    assert "POST" in reader.options(MATCH)["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("query", ["", "?text=", "?text=%20", "?q=boats", "?text=a&text=b"])
def test_what_is_no_question_is_refused_with_a_sentence(reader: Client, query: str):
    response = reader.get(f"{MATCH}{query}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"text": 3}',
        '{"text": ""}',
        '{"text": "\\u0000"}',
        '{"text": "a", "b": 1}',
        orjson.dumps({"text": "a" * (MAX_TEXT + 1)}).decode(),
        "[" * 50_000,
    ],
)
def test_a_body_that_is_no_question_is_refused(reader: Client, body: str):
    response = reader.post(MATCH, body, content_type="application/json")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("text", ["!?", "x", "'", "\\", "😀", "'):* & |", "a " * 2_000])
def test_no_text_is_too_odd_to_look_for(reader: Client, text: str):
    make_published_claim(text=SAID)

    assert found(reader, text) == []


def test_who_has_the_answer_is_told_so_until_something_is_published(reader: Client):
    make_published_claim(text=SAID)
    etag = reader.get(MATCH, {"text": SAID})["ETag"]

    again = reader.get(MATCH, {"text": SAID}, headers={"If-None-Match": etag})
    make_published_claim(text=ELSE)
    later = reader.get(MATCH, {"text": SAID}, headers={"If-None-Match": etag})

    assert (again.status_code, later.status_code) == (304, 200)


def test_work_is_bounded_however_many_sentences_there_are(django_assert_num_queries: Any):
    make_published_claim(text=SAID)
    connection.ensure_connection()

    with django_assert_num_queries(3):
        matches(NEARLY)
    with django_assert_num_queries(3):
        matches(". ".join([NEARLY] * 50))
    assert len(sentences_of(". ".join(f"{NEARLY} {n}" for n in range(50)))) == 9
