"""Who asks, as the request says it, and how much: all that every address for programs does."""

import datetime
import json
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from factcheck.common.callers import ANYBODY, Caller, Scope, caller_of
from factcheck.partners.middleware import KnowCallers
from tests.factories import make_key

pytestmark = pytest.mark.django_db

CLAIMS = "/api/v1/claims/"
VOCABULARY = "/api/v1/vocabulary/"
SEARCH = "/v1alpha1/claims:search"
RATE = ("RateLimit-Policy", "RateLimit")


def rate(response: Any) -> tuple[str | None, ...]:
    return tuple(response.get(name) for name in RATE)


class Seen:
    """What a view behind the middleware gets to see."""

    def __init__(self) -> None:
        self.requests: list[HttpRequest] = []

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.requests.append(request)
        return HttpResponse("seen")

    def ask(self, request: Any) -> Caller:
        response = KnowCallers(self)(request)
        assert response.status_code == 200, response.content
        return caller_of(self.requests[-1])


@pytest.fixture
def seen() -> Seen:
    return Seen()


# Where a key stands


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer {key}"},
        {"Authorization": "bearer  {key} "},
        {"X-API-Key": "{key}"},
        {"X-API-Key": "{key}", "Authorization": "Basic c3ludGhldGlj"},
        {"X-API-Key": "another", "Authorization": "Bearer {key}"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", [CLAIMS, SEARCH, "/$discovery/rest"])
def test_a_key_comes_in_a_header_and_goes_no_further(
    seen: Seen, headers: dict[str, str], path: str
):
    key, text = make_key(scopes=["read", "fact-check"])
    given = {name: value.format(key=text) for name, value in headers.items()}

    caller = seen.ask(RequestFactory().get(path, headers=given))

    assert caller == Caller(key.prefix, frozenset(Scope))
    assert text not in str(seen.requests[0].META)


def test_without_a_key_it_is_anybody_and_nobody_is_asked(seen: Seen):
    make_key()
    with CaptureQueriesContext(connection) as captured:
        caller = seen.ask(RequestFactory().get(CLAIMS, headers={"Authorization": "Basic abc"}))

    assert caller == ANYBODY
    assert len(captured) == 0


def test_pages_and_desk_look_at_no_key(seen: Seen):
    _, text = make_key()

    for path in ("/claims/", "/admin/", "/fr/", "/api"):
        request = RequestFactory().get(path, headers={"X-API-Key": text})
        assert seen.ask(request) == ANYBODY
        assert not hasattr(request, "caller")


@pytest.mark.parametrize(
    "query",
    ["key={key}", "query=boats&key={key}&pageSize=2", "query=boats&k%65y={key}&key={key}"],
)
def test_at_the_facade_a_key_comes_in_the_query_and_is_taken_out_of_it(seen: Seen, query: str):
    key, text = make_key(scopes=["fact-check"])

    caller = seen.ask(RequestFactory().get(SEARCH, QUERY_STRING=query.format(key=text)))

    request = seen.requests[0]
    assert caller == Caller(key.prefix, frozenset({Scope.FACT_CHECK}))
    assert "key" not in request.GET
    assert text not in request.get_full_path()
    assert dict(request.GET.items()) == {
        name: value for name, value in {"query": "boats", "pageSize": "2"}.items() if name in query
    }


def test_at_the_facade_a_long_query_brings_its_key_in_the_form(seen: Seen):
    key, text = make_key(scopes=["fact-check"])
    body = f"query=a+long+one&key={text}&query=again"

    caller = seen.ask(
        RequestFactory().post(SEARCH, body, content_type="application/x-www-form-urlencoded")
    )

    assert caller.key_prefix == key.prefix
    assert dict(seen.requests[0].POST.lists()) == {"query": ["a long one", "again"]}


def test_a_form_that_cannot_be_read_is_left_to_the_view(seen: Seen, settings: Any):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10

    caller = seen.ask(
        RequestFactory().post(
            SEARCH, "query=" + "a" * 100, content_type="application/x-www-form-urlencoded"
        )
    )

    assert caller == ANYBODY


# A key that opens nothing


def test_a_key_is_good_for_reading(reader: Client):
    _, text = make_key()

    assert reader.get(CLAIMS, headers={"Authorization": f"Bearer {text}"}).status_code == 200


@pytest.mark.parametrize("given", ["unknown", "", "expired"])
def test_a_key_that_opens_nothing_is_refused_whatever_the_reason(reader: Client, given: str):
    key = {"unknown": "fc_aaaaaaaa_" + "a" * 43, "": "", "expired": ""}[given]
    if given == "expired":
        _, key = make_key(expires_on=datetime.date(2020, 3, 2))

    response = reader.get(CLAIMS, headers={"Authorization": f"Bearer {key}"})

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-store"
    assert response.json() == {
        "type": "urn:factcheck:problem:unknown-key",
        "title": "Unknown key",
        "status": 401,
        "detail": "This key opens nothing: it is unknown, revoked or past its last day. Ask for "
        "another, or ask without one.",
        "instance": "/api/v1/claims/",
    }


def test_the_facade_is_told_that_a_key_was_refused(seen: Seen):
    caller = seen.ask(RequestFactory().get(SEARCH, {"key": "nonsense", "query": "boats"}))

    assert caller == Caller(is_refused=True)


@pytest.mark.parametrize("query", ["key={key}", "page_size=2&key={key}", "k%65y={key}", "key"])
def test_a_key_in_the_address_of_the_api_is_refused_and_not_repeated(reader: Client, query: str):
    _, text = make_key()

    for path in (CLAIMS, "/api/v1/", VOCABULARY, "/api/nothing/"):
        response = reader.get(path, QUERY_STRING=query.format(key=text))
        assert response.status_code == 400
        assert response.json()["errors"] == [
            {
                "parameter": "key",
                "detail": "Send the key in a header, “Authorization: Bearer KEY”: addresses are "
                "kept in logs and histories, so treat this key as known and ask for another.",
            }
        ]
        assert text[12:] not in response.content.decode() + str(response.headers)


def test_a_key_is_refused_where_it_is_not_good_for(reader: Client):
    _, for_facade = make_key(scopes=["fact-check"])
    _, for_reading = make_key(scopes=["read"])

    problem = reader.get(CLAIMS, headers={"X-API-Key": for_facade})
    error = reader.get(SEARCH, {"key": for_reading, "query": "boats"})

    assert problem.status_code == 403
    assert problem.json()["detail"] == (
        "This key is good for the fact check façade alone. Ask for another."
    )
    assert error.status_code == 403
    assert error.json()["error"]["status"] == "PERMISSION_DENIED"
    assert error.json()["error"]["details"][0]["reason"] == "API_KEY_SERVICE_BLOCKED"


def test_a_key_is_in_no_answer_and_no_log(reader: Client, caplog: Any):
    _, text = make_key()
    caplog.set_level("DEBUG")

    answers = [
        reader.get(path, headers={"Authorization": f"Bearer {text}"})
        for path in (CLAIMS, f"{CLAIMS}zzzzzzzzzz/", f"{CLAIMS}?colour=red", "/api/nothing/")
    ]
    answers.append(reader.post(CLAIMS, headers={"X-API-Key": text}))

    said = [answer.content.decode() + str(answer.headers) for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 404, 400, 404, 405]
    assert not any(text[12:] in one for one in [*said, caplog.text])
    assert all(answer["Referrer-Policy"] == "same-origin" for answer in answers)


# How much


def test_what_is_left_is_told_on_every_answer(counted: Client):
    answers = [counted.get(path) for path in (VOCABULARY, "/api/nothing/")]

    assert [answer.status_code for answer in answers] == [200, 404]
    assert [rate(answer) for answer in answers] == [
        ('"anonymous";q=2;w=60', '"anonymous";r=1;t=30'),
        ('"anonymous";q=2;w=60', '"anonymous";r=0;t=60'),
    ]


def test_who_asks_too_much_is_told_when_to_come_back(counted: Client):
    for _ in range(2):
        counted.get(VOCABULARY)

    response = counted.get(VOCABULARY)

    assert response.status_code == 429
    assert response["Retry-After"] in ("29", "30")
    assert rate(response)[0] == '"anonymous";q=2;w=60'
    assert response["RateLimit"].startswith('"anonymous";r=0;t=')
    assert response["Access-Control-Allow-Origin"] == "*"
    body = response.json()
    assert body["type"] == "https://iana.org/assignments/http-problem-types#quota-exceeded"
    assert body["violated-policies"] == ["anonymous"]
    assert body["detail"].endswith(" s. With a key you may ask more.")


def test_the_facade_is_refused_in_its_own_shape(counted: Client):
    for _ in range(2):
        counted.get(SEARCH)

    response = counted.get(SEARCH)

    error = json.loads(response.content)["error"]
    assert (response.status_code, error["code"], error["status"]) == (
        429,
        429,
        "RESOURCE_EXHAUSTED",
    )
    assert "Retry-After" in response
    assert response["Access-Control-Allow-Origin"] == "*"


def test_two_networks_and_two_keys_have_each_their_own(counted: Client):
    keys = [make_key()[1] for _ in range(2)]

    def asked(address: str, key: str = "") -> int:
        headers = {"X-API-Key": key} if key else {}
        return counted.get(VOCABULARY, REMOTE_ADDR=address, headers=headers).status_code

    assert [asked("192.0.2.1") for _ in range(3)] == [200, 200, 429]
    assert [asked("192.0.2.2") for _ in range(3)] == [200, 200, 429]
    assert [asked("192.0.2.1", keys[0]) for _ in range(6)] == [200] * 5 + [429]
    assert [asked("192.0.2.2", keys[0])] == [429]
    assert [asked("192.0.2.1", keys[1])] == [200]


def test_a_household_of_ipv6_is_one(counted: Client):
    found = [
        counted.get(VOCABULARY, REMOTE_ADDR=f"2001:db8:0:{net}::{host}").status_code
        for net, host in [(1, 1), (1, 2), (1, 3), (2, 1)]
    ]

    assert found == [200, 200, 429, 200]


def test_keys_that_open_nothing_are_counted_for_the_network(counted: Client):
    found = [
        counted.get(VOCABULARY, headers={"X-API-Key": f"guess {number}"}).status_code
        for number in range(3)
    ]

    assert found == [401, 401, 429]


def test_a_browsers_question_whether_it_may_ask_is_free(counted: Client):
    for _ in range(5):
        preflight = counted.options(CLAIMS)

    assert preflight.status_code == 204
    assert rate(preflight) == ('"anonymous";q=2;w=60', '"anonymous";r=2;t=0')
    assert counted.get(VOCABULARY).status_code == 200


def test_an_answer_that_is_known_already_is_counted_too(counted: Client):
    etag = counted.get(VOCABULARY)["ETag"]

    response = counted.get(VOCABULARY, headers={"If-None-Match": etag})

    assert response.status_code == 304
    assert rate(response)[1] == '"anonymous";r=0;t=60'


def test_pages_and_desk_are_not_counted(counted: Client):
    answers = [counted.get(path) for path in ("/claims/", "/admin/", "/healthz") for _ in range(3)]

    assert {answer.status_code for answer in answers} == {200, 302}
    assert {rate(answer) for answer in answers} == {(None, None)}


def test_counting_can_be_switched_off(counted: Client, settings: Any):
    settings.API_LIMITS = {"anonymous": None, "keyed": (5, 60)}

    answers = [counted.get(VOCABULARY) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert rate(answers[0]) == (None, None)


# Pages of other sites


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (CLAIMS, 200),
        (f"{CLAIMS}?colour=red", 400),
        (f"{CLAIMS}?q=%00", 400),
        (f"{CLAIMS}?key=1", 400),
        ("/api/nothing/", 404),
        (SEARCH, 403),
    ],
)
def test_every_answer_can_be_read_by_pages_of_other_sites(reader: Client, path: str, status: int):
    response = reader.get(path, headers={"Origin": "https://other.example"})

    assert response.status_code == status
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Expose-Headers"] == (
        "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
    )
    assert "Access-Control-Allow-Credentials" not in response


def test_a_page_of_another_site_may_send_a_key(reader: Client):
    response = reader.options(
        CLAIMS,
        headers={
            "Origin": "https://other.example",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization,x-api-key,if-none-match",
        },
    )

    allowed = response["Access-Control-Allow-Headers"].lower().split(", ")
    assert response.status_code == 204
    assert {"authorization", "x-api-key", "if-none-match"} <= set(allowed)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Max-Age"] == "86400"


def test_pages_and_desk_are_not_opened_to_other_sites(reader: Client):
    for path in ("/claims/", "/admin/", "/nothing/"):
        assert "Access-Control-Allow-Origin" not in reader.get(path)
