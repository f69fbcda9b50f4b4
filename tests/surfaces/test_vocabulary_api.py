"""The lists of codes in the API: the same bytes for everybody, asked for once."""

import hashlib

import pytest
from django.test import Client

from claims.vocabulary import LISTS

# No mark of a database: whatever asked it would fail.

ALL = "/api/v1/vocabulary/"
ONE = "/api/v1/vocabulary/verification-status/"
BOTH = pytest.mark.parametrize("address", [ALL, ONE])


@pytest.fixture
def anybody() -> Client:
    """Somebody without an account, who sees a failure as such."""
    return Client()


def test_vocabulary_has_every_list_with_its_codes(anybody: Client):
    answer = anybody.get(ALL).json()

    assert list(answer) == ["methodology", "lists"]
    assert answer["methodology"] == "2026-11-22"
    assert [codes["name"] for codes in answer["lists"]] == list(LISTS)
    assert answer["lists"][0]["name"] == "attribution-status"
    assert {
        codes["name"]: [entry["code"] for entry in codes["codes"]] for codes in answer["lists"]
    } == {name: [choice.value for choice in codes.choices] for name, codes in LISTS.items()}


def test_list_gives_label_definition_and_date_of_each_code(anybody: Client):
    answer = anybody.get("/api/v1/vocabulary/counting/").json()

    assert answer == {
        "name": "counting",
        "title": "How an event is counted",
        "question": "Does the count begin anew, or go on from the start?",
        "codes": [
            {
                "code": "per-period",
                "label": "Per period",
                "definition": "Each period, such as a day or a night, has a count of its own.",
                "since": "2026-11-22",
            },
            {
                "code": "cumulative",
                "label": "From the start",
                "definition": "Everything up to the day of the count, the earlier counts included.",
                "since": "2026-11-22",
            },
        ],
    }


def test_verdicts_carry_the_number_of_claim_review_or_say_that_there_is_none(anybody: Client):
    numbers = {
        entry["code"]: entry["claim_review_rating"] for entry in anybody.get(ONE).json()["codes"]
    }

    assert numbers == dict.fromkeys(LISTS["verification-status"].meanings) | {
        "false": 1,
        "partly-true": 3,
        "confirmed": 5,
    }


def test_media_findings_carry_the_category_of_media_review(anybody: Client):
    [first, *_] = anybody.get("/api/v1/vocabulary/media-finding/").json()["codes"]

    assert (first["code"], first["media_review_category"]) == ("original", "OriginalMediaContent")


@pytest.mark.parametrize("name", LISTS)
def test_list_by_itself_is_what_it_is_among_all(anybody: Client, name: str):
    one, every = anybody.get(f"{ALL}{name}/").json(), anybody.get(ALL).json()["lists"]

    assert one == every[list(LISTS).index(name)]


# As an answer


@BOTH
def test_answer_may_be_kept_and_its_hash_is_the_etag(anybody: Client, address: str):
    response = anybody.get(address)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.content == anybody.get(address).content


@BOTH
@pytest.mark.parametrize("known", ["{etag}", "W/{etag}", '"other", {etag}', "*"])
def test_answer_that_is_known_already_is_not_sent_again(anybody: Client, address: str, known: str):
    etag = anybody.get(address)["ETag"]

    response = anybody.get(address, headers={"if-none-match": known.format(etag=etag)})

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
    assert "Content-Type" not in response.headers
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("known", ['"other"', "etag", '"', ", ,", "W/"])
def test_answer_that_is_not_known_is_sent(anybody: Client, known: str):
    response = anybody.get(ALL, headers={"if-none-match": known})

    assert response.status_code == 200


def test_etag_of_one_list_is_not_that_of_another(anybody: Client):
    etag = anybody.get(ALL)["ETag"]

    response = anybody.get(ONE, headers={"if-none-match": etag})

    assert response.status_code == 200


@BOTH
def test_head_has_the_headers_of_get(anybody: Client, address: str):
    head, get = anybody.head(address), anybody.get(address)

    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert head[name] == get[name]


# Refusals


@pytest.mark.parametrize("name", ["nonsense", "Counting", "verification_status", "counting%20"])
def test_unknown_list_is_not_found(anybody: Client, name: str):
    response = anybody.get(f"{ALL}{name}/")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "There is nothing at this address."
    assert response["Access-Control-Allow-Origin"] == "*"


@BOTH
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(anybody: Client, address: str, method: str):
    response = getattr(anybody, method)(address, b"{}", "application/json")

    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert response["Allow"] == "GET, HEAD, OPTIONS"
