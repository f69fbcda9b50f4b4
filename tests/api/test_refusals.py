"""What is malformed, or comes before anybody knows who asks, is refused in the shape that programs
of that address read, never with a page.
"""

import itertools
import logging
from typing import Any

import pytest
from django.test import Client

from tests.api.asking_google import DISCOVERY, SEARCH
from tests.surfaces.malformed import check

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
GET_BY_POST = {"HTTP_X_HTTP_METHOD_OVERRIDE": "GET"}
API = ("/api/v1/", "/api/v1/claims/", "/api/v1/claims/zzzzzzzzzz/", "/api/v1/match/")
API += ("/api/v1/changes/", "/api/v1/dumps/1/claims.csv", "/api/v1/nothing", "/api/nothing/")
FACADE = (SEARCH, DISCOVERY, "/v1alpha1/pages", "/v1alpha1/pages/1", "/v1alpha1/nothing")

# How a request is malformed: method, what is put behind the path, body, and what else.
MALFORMED: dict[str, tuple[str, str, bytes, dict[str, Any]]] = {
    "bytes in the path": ("GET", "%FF", b"", {}),
    "escape in the path": ("GET", "%2", b"", {}),
    "control in the path": ("GET", "%0A", b"", {}),
    "NUL in the path": ("GET", "%00", b"", {}),
    "bytes in the query": ("GET", "", b"", {"QUERY_STRING": "query=%FF"}),
    "escape in the query": ("GET", "", b"", {"QUERY_STRING": "query=%2"}),
    "huge query": ("GET", "", b"", {"QUERY_STRING": "query=" + "a" * 100_000}),
    "many parameters": ("GET", "", b"", {"QUERY_STRING": "&".join(f"p{n}=1" for n in range(999))}),
    "bad host": ("GET", "", b"", {"HTTP_HOST": "evil.example"}),
    "no host": ("GET", "", b"", {"HTTP_HOST": "["}),
    "method": ("BREW", "", b"", {}),
    "patch": ("PATCH", "", b"{}", {"content_type": "application/json"}),
    "trace": ("TRACE", "", b"", {}),
    "body": ("POST", "", b"\xff{", {"content_type": "application/json", **GET_BY_POST}),
    "deep body": ("POST", "", b"[" * 9_000, {"content_type": "application/json", **GET_BY_POST}),
    "form": ("POST", "", b"query=%FF", {"content_type": FORM, **GET_BY_POST}),
    "huge form": ("POST", "", b"query=" + b"a" * 6_000_000, {"content_type": FORM, **GET_BY_POST}),
    "many fields": (
        "POST",
        "",
        b"&".join(b"p%d=1" % number for number in range(6_000)),
        {"content_type": FORM, **GET_BY_POST},
    ),
    "multipart": ("POST", "", b"x", {"content_type": "multipart/form-data", **GET_BY_POST}),
    "charset": ("POST", "", b"a=1", {"content_type": f"{FORM}; charset=punycode", **GET_BY_POST}),
    "length": ("POST", "", b"a=1", {"content_type": FORM, "CONTENT_LENGTH": "many", **GET_BY_POST}),
    "negative length": ("POST", "", b"", {"content_type": FORM, "CONTENT_LENGTH": "-5"}),
    "header": ("GET", "", b"", {"HTTP_ACCEPT": "\x01"}),
    "key in bytes": ("GET", "", b"", {"HTTP_AUTHORIZATION": "Bearer \xff"}),
}
# What is taken where it stands: these are no parameters of the façade's other addresses, and what a
# 501 is asked with is all one.
TAKEN = (200, 204, 501)


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_malformed_is_refused_in_the_shape_of_its_address(reader: Client, name: str):
    method, behind, body, extra = MALFORMED[name]
    refused = 0

    for path in (*API, *FACADE):
        given = {"content_type": "", **extra}
        response = reader.generic(method, f"{path}{behind}", body, **given)
        if response.status_code in TAKEN:
            assert response.get("Content-Type", "").startswith("application/json"), path
        else:
            check(response, path)
            refused += 1

    assert refused >= 6


@pytest.mark.parametrize("path", [*API[:4], *FACADE])
def test_who_asks_too_much_is_refused_in_the_shape_of_the_address(settings: Any, path: str):
    settings.API_LIMITS = {"anonymous": (1, 60), "keyed": (1, 60)}
    reader = Client(raise_request_exception=False)
    reader.get(path)

    for method in ("GET", "POST", "BREW"):
        response = reader.generic(method, path)
        assert response.status_code == 429
        assert response["RateLimit-Policy"] == '"anonymous";q=1;w=60'
        assert response["RateLimit"].startswith('"anonymous";r=0;t=')
        assert int(response["Retry-After"]) > 50
        kind = "application/problem+json" if path in API else "application/json; charset=UTF-8"
        assert response["Content-Type"] == kind


COSTS = [
    ("/api/v1/vocabulary/", {}, 1),
    ("/api/v1/claims/", {}, 1),
    ("/api/v1/claims/", {"q": "boats"}, 3),
    ("/api/v1/claimants/", {"q": "harbour"}, 3),
    ("/api/v1/claims/", {"kind": "factual"}, 1),
    ("/api/v1/match/", {"text": "Twelve boats were counted."}, 5),
    (SEARCH, {"query": "boats"}, 3),
    ("/v1alpha1/pages", {}, 1),
]


@pytest.mark.parametrize(("path", "query", "cost"), COSTS)
def test_searches_cost_more_and_headers_tell(
    settings: Any, path: str, query: dict[str, str], cost: int
):
    settings.API_LIMITS = {"anonymous": (100, 1_000), "keyed": None}
    reader = Client(raise_request_exception=False)

    response = reader.get(path, query)

    assert response["RateLimit"].startswith(f'"anonymous";r={100 - cost};')


def test_the_docs_tell_what_requests_cost(reader: Client):
    told = reader.get("/api/v1/openapi.json").json()["info"]["description"]

    assert "| a search: any list with `q`, and `/v1alpha1/claims:search` | 3 |" in told
    assert "| `/api/v1/match/` | 5 |" in told


def test_what_costs_more_than_a_bucket_holds_is_answered_once_it_is_full(settings: Any):
    settings.API_LIMITS = {"anonymous": (2, 60), "keyed": None}
    reader = Client(raise_request_exception=False)

    found = [reader.get("/api/v1/match/", {"text": "a"}).status_code for _ in range(2)]

    assert found == [200, 429]


def test_what_is_not_offered_is_no_error_in_the_log(reader: Client, caplog: Any):
    caplog.set_level("DEBUG")
    for path, method in itertools.product(FACADE[2:4], ("GET", "POST")):
        reader.generic(method, path)

    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []
    assert not any("Not Implemented" in one.getMessage() for one in caplog.records)
