"""The façade asked by hand: what no client of Google's sends, headers, and errors before a view."""

import datetime
import json
import logging
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.api.google.parameters import codes_of
from claims.models import PublicClaim
from tests.api.asking_google import (
    DISCOVERY,
    KEY,
    NO_KEY,
    SEARCH,
    ids_of,
    make_review,
    make_reviews,
)
from tests.api.google_checks import checks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]

FORM = "application/x-www-form-urlencoded"
GET_BY_POST = {"X-HTTP-Method-Override": "GET"}
DAY = datetime.timedelta(days=1)


def search(reader: Client, headers: dict[str, str] | None = None, **asked: Any) -> Any:
    return reader.get(SEARCH, {"key": KEY, **asked}, headers=headers)


def found(reader: Client, **asked: Any) -> list[str]:
    response = search(reader, **asked)
    assert response.status_code == 200, response.content.decode()
    return ids_of(response.json())


def error_of(response: Any) -> dict[str, Any]:
    """The error in an answer that has Google's shape, and nothing but that."""
    assert response["Content-Type"] == "application/json; charset=UTF-8"
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    assert list(body) == ["error"]
    assert body["error"]["code"] == response.status_code
    assert body["error"]["message"]
    assert "null" not in response.content.decode()
    return body["error"]


def fields_of(response: Any) -> list[str]:
    """The parameters that an error finds at fault."""
    details = error_of(response)["details"]
    return [one["field"] for part in details for one in part.get("fieldViolations", [])]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets the clock of the façade so many days forward."""

    def set_forward(days: int) -> None:
        clock = SimpleNamespace(now=lambda: timezone.now() + days * DAY)
        monkeypatch.setattr("claims.api.google.searching.timezone", clock)

    return set_forward


# How old


@checks(24)
def test_age_counts_from_the_review(reader: Client, later: Any):
    claim = make_review()

    later(7)

    assert found(reader, query="boats", maxAgeDays=7) == [claim.public_id]
    assert found(reader, query="boats", maxAgeDays=6) == []
    assert found(reader, query="boats", maxAgeDays=0) == [claim.public_id]
    assert found(reader, query="boats", maxAgeDays=2**31 - 1) == [claim.public_id]


@checks(25)
def test_age_counts_from_the_day_of_saying_where_that_is_newer(reader: Client, later: Any):
    claim = make_review()
    rows = PublicClaim.objects.filter(claim_id=claim.public_id)
    day = timezone.now().astimezone(datetime.UTC).date() + 5 * DAY
    rows.update(said_not_before=day, said_not_after=day)

    later(12)

    assert found(reader, query="boats", maxAgeDays=7) == [claim.public_id]
    assert found(reader, query="boats", maxAgeDays=6) == []
    rows.update(said_not_before=day - DAY)
    assert found(reader, query="boats", maxAgeDays=7) == []


def test_pages_go_on_over_midnight(reader: Client, later: Any):
    ids = make_reviews(2)
    PublicClaim.objects.filter(claim_id=ids[1]).update(
        said_not_before=timezone.now().date(), said_not_after=timezone.now().date()
    )
    asked = {"query": "boats", "maxAgeDays": 1, "pageSize": 1}
    later(1)
    token = search(reader, **asked).json()["nextPageToken"]

    later(2)

    assert found(reader, **asked, pageToken=token) == ids[1:]


# Long questions


def post(reader: Client, body: str, *, content_type: str = FORM, **headers: str) -> Any:
    return reader.generic("POST", SEARCH, body, content_type, headers=headers or GET_BY_POST)


def test_question_in_a_post_is_answered_like_one_in_the_address(reader: Client):
    make_review()
    asked = f"query=%22twelve+boats%22&key={KEY}&alt=json"

    response = post(reader, asked)

    assert response.status_code == 200
    assert response.content == reader.get(f"{SEARCH}?{asked}").content
    assert "Set-Cookie" not in response


def test_post_without_the_word_that_it_reads_is_refused(reader: Client):
    body = f"query=boats&key={KEY}"

    for headers in ({"X-Other": "1"}, {"X-HTTP-Method-Override": "PUT"}):
        response = post(reader, body, **headers)
        assert response.status_code == 405
        assert error_of(response)["status"] == "UNIMPLEMENTED"
        assert response["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_a_header_makes_no_other_method_of_a_get(reader: Client):
    make_review()

    for method in ("POST", "DELETE"):
        assert search(reader, {"X-HTTP-Method-Override": method}, query="a").status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("query=a\x00", FORM, 400),
        ("query=%00", FORM, 400),
        ("query=%ff", FORM, 400),
        ("query=%ed%a0%80", FORM, 400),
        ("query=a&query=b", FORM, 400),
        ("&".join(f"p{n}=1" for n in range(100)), FORM, 400),
        ('{"query": "a"}', "application/json", 400),
        ("query=a", "", 400),
        ("query=" + "a" * 300_000, FORM, 413),
        ("query=" + "a" * 30_000, FORM, 400),
    ],
)
def test_body_that_cannot_be_read_is_refused(
    reader: Client, body: str, content_type: str, status: int
):
    headers = {**GET_BY_POST, "Authorization": f"Bearer {KEY}"}

    response = post(reader, body, content_type=content_type, **headers)

    assert response.status_code == status
    assert error_of(response)["status"] == "INVALID_ARGUMENT"


# Parameters


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ("query=a&alt=proto", ["alt"]),
        ("query=a&alt=media", ["alt"]),
        ("query=a&prettyPrint=1", ["prettyPrint"]),
        ("query=a&pageSize=ten", ["pageSize"]),
        ("query=a&pageSize=%D9%A3", ["pageSize"]),
        (
            "query=a&pageSize=1e3&offset=99999999999999999999&maxAgeDays=-0.5",
            [
                "maxAgeDays",
                "pageSize",
                "offset",
            ],
        ),
        ("query=a&pageSize=1&pageSize=2", ["pageSize"]),
        ("query=a&page_size=1", ["page_size"]),
        ("query=a&languageCode=%27", ["languageCode"]),
        ("query=a&languageCode=" + "a-" * 500, ["languageCode"]),
        ("query=a&pageToken=" + "a" * 5_000, ["pageToken"]),
        ("query=a&pageToken=%D1%97", ["pageToken"]),
        ("query=%E2%80%AE", ["query"]),
        ("reviewPublisherSiteFilter=" + "a" * 400, ["reviewPublisherSiteFilter"]),
        ("", ["query"]),
        ("query=a&fields=claims(", ["fields"]),
        ("query=a&fields=claims(text", ["fields"]),
        ("query=a&fields=claims/text/x", ["fields"]),
        ("query=a&fields=,", ["fields"]),
        ("query=a&fields=claims)", ["fields"]),
        ("query=a&fields=" + "claims(" * 900, ["fields"]),
        ("query=a&callback=", ["callback"]),
    ],
)
def test_parameter_that_is_wrong_is_named(reader: Client, asked: str, fields: list[str]):
    response = reader.get(f"{SEARCH}?{asked}&key={KEY}")

    assert response.status_code == 400
    assert fields_of(response) == fields


def test_parameters_that_mean_nothing_here_are_passed_over(reader: Client):
    claim = make_review()
    ignored = {
        "$.xgafv": "3",
        "quotaUser": "u" * 40,
        "uploadType": "media",
        "upload_protocol": "raw",
        "trace": "email:x",
        "alt": "json",
        "languageCode": "",
        "pageToken": "",
    }

    assert found(reader, query="boats", **ignored) == [claim.public_id]


def test_answer_is_indented_unless_it_is_not_to_be(reader: Client):
    make_review()

    pretty = search(reader, query="boats").content
    plain = search(reader, query="boats", prettyPrint="false").content

    assert pretty.startswith(b'{\n  "claims": [\n')
    assert plain.startswith(b'{"claims":[{"text":"Synthetic')
    assert json.loads(pretty) == json.loads(plain)


def test_codes_of_a_language():
    assert codes_of("sr") == ["sr-Cyrl", "sr-Latn"]
    assert codes_of("sr-Latn") == ["sr-Latn"]
    assert codes_of("en") == ["en"]
    assert codes_of("en-Cyrl") == codes_of("xx") == []


# What an answer carries


def test_who_has_the_answer_is_told_so_after_one_query(reader: Client):
    make_review()
    first = search(reader, query="boats")

    with CaptureQueriesContext(connections["public"]) as asked:
        again = search(reader, {"If-None-Match": first["ETag"]}, query="boats")

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert len(asked) == 1
    assert first["Cache-Control"] == again["Cache-Control"] == "private, max-age=0, must-revalidate"


def test_etag_changes_with_question_ledger_and_day_and_not_with_the_key(reader: Client, later: Any):
    make_review()
    questions: list[dict[str, str]] = [
        {"query": "boats"},
        {"query": "twelve"},
        {"query": "boats", "offset": "1"},
        {"query": "boats", "fields": "claims"},
        {"query": "boats", "prettyPrint": "false"},
        {"query": "boats", "maxAgeDays": "9"},
    ]
    tags = [search(reader, **asked)["ETag"] for asked in questions]
    bearer = reader.get(SEARCH, questions[0], headers={"Authorization": f"Bearer {KEY}"})

    later(1)
    other_day = [search(reader, **asked)["ETag"] for asked in questions]
    make_review()
    other_seq = search(reader, **questions[0])["ETag"]

    assert len({*tags, other_day[-1], other_seq}) == len(questions) + 2
    assert bearer["ETag"] == tags[0] == other_day[0]


def test_pages_of_other_sites_may_read(reader: Client):
    make_review()

    answers = [
        search(reader, query="boats"),
        search(reader, query=""),
        reader.get("/v1alpha1/pages"),
        reader.get(DISCOVERY),
    ]
    before = reader.options(SEARCH)

    assert [one.status_code for one in answers] == [200, 400, 501, 200]
    assert {one["Access-Control-Allow-Origin"] for one in [*answers, before]} == {"*"}
    assert before.status_code == 204
    assert "Authorization" in before["Access-Control-Allow-Headers"]
    assert "X-HTTP-Method-Override" in before["Access-Control-Allow-Headers"]


def test_key_is_nowhere_to_be_read(reader: Client, caplog: pytest.LogCaptureFixture):
    make_reviews(2)
    caplog.set_level(logging.DEBUG, logger="django.request")

    answers = [
        search(reader, query="boats", pageSize=1),
        search(reader, query="boats", pageSize=1, fields="words"),
        search(reader, query="boats", key=NO_KEY),
        search(reader, query="boats", key=[NO_KEY, NO_KEY]),
        reader.get(SEARCH, {"query": "a"}, headers={"Authorization": f"Bearer {NO_KEY}"}),
        reader.get("/v1alpha1/pages", {"key": KEY}),
        reader.get("/v1alpha1/nothing", {"key": KEY}),
        reader.get(DISCOVERY, {"key": KEY, "version": "v1alpha1"}),
    ]

    assert [one.status_code for one in answers] == [200, 400, 400, 400, 400, 501, 404, 200]
    for one in answers:
        assert "fck_" not in f"{one.serialize_headers()!r}{one.content.decode()}"
    assert "fck_" not in caplog.text


def test_the_address_of_the_site_is_told_where_it_has_one(reader: Client, settings: Any):
    settings.SITE_URL = "https://www.facts.example"
    claim = make_review()
    row = PublicClaim.objects.current().get(claim_id=claim.public_id)

    answer = search(reader, reviewPublisherSiteFilter="facts.example").json()
    document = reader.get(DISCOVERY).json()

    [review] = answer["claims"][0]["claimReview"]
    assert review["url"] == f"https://www.facts.example{row.get_absolute_url()}"
    assert review["publisher"] == {"name": "Factcheck", "site": "facts.example"}
    assert document["rootUrl"] == document["baseUrl"] == "https://www.facts.example/"
    assert found(reader, reviewPublisherSiteFilter="testserver") == []


# Errors that no view makes


@pytest.mark.parametrize(
    ("method", "address", "status", "name"),
    [
        ("GET", "/v1alpha1", 404, "NOT_FOUND"),
        ("GET", "/v1alpha1/", 404, "NOT_FOUND"),
        ("GET", "/v1alpha1/claims:search/", 404, "NOT_FOUND"),
        ("GET", "/v1alpha1/claims", 404, "NOT_FOUND"),
        ("POST", "/v1alpha1/claims", 404, "NOT_FOUND"),
        ("GET", "/$discovery/rest/", 404, "NOT_FOUND"),
        ("GET", "/$discovery/rest?version=v2", 404, "NOT_FOUND"),
        ("GET", "/v1alpha1/claims:search%2500", 400, "INVALID_ARGUMENT"),
        ("GET", "/v1alpha1/claims:search?query=%00", 400, "INVALID_ARGUMENT"),
        ("GET", "/v1alpha1/claims:search?query=%ff", 400, "INVALID_ARGUMENT"),
        ("GET", "/v1alpha1/claims:search?query=" + "a" * 9_000, 400, "INVALID_ARGUMENT"),
        ("PUT", "/v1alpha1/claims:search", 405, "UNIMPLEMENTED"),
        ("DELETE", "/v1alpha1/pages", 405, "UNIMPLEMENTED"),
        ("POST", "/v1alpha1/pages/1", 405, "UNIMPLEMENTED"),
        ("POST", "/$discovery/rest", 405, "UNIMPLEMENTED"),
        ("PATCH", "/v1alpha1/pages/1", 405, "UNIMPLEMENTED"),
        ("POST", "/v1alpha1/pages", 501, "UNIMPLEMENTED"),
        ("PUT", "/v1alpha1/pages/a/b", 501, "UNIMPLEMENTED"),
    ],
)
def test_error_has_googles_shape_and_no_redirect(
    reader: Client, method: str, address: str, status: int, name: str
):
    path, _, query = address.partition("?")

    response = reader.generic(method, path, QUERY_STRING=query)

    assert response.status_code == status
    assert error_of(response)["status"] == name


def test_foreign_host_is_refused_in_googles_shape(reader: Client):
    response = reader.get(SEARCH, {"key": KEY}, headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert error_of(response)["details"][0]["reason"] == "INVALID_INPUT"
    assert b"evil" not in response.content


def test_failure_of_ours_says_nothing_about_it(reader: Client, monkeypatch: pytest.MonkeyPatch):
    def fails(*args: Any) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr("claims.api.google.views.asked_of", fails)

    error = error_of(search(reader, query="boats"))

    assert error == {
        "code": 500,
        "message": "Something went wrong on our side; please try again later.",
        "status": "INTERNAL",
    }
