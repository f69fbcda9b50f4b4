"""Packed answers: the same words, and validators that stay right."""

import gzip
import hashlib
from typing import Any

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings
from whitenoise.middleware import WhiteNoiseMiddleware

from factcheck.common.compression import Compress
from factcheck.common.roles import Role
from tests.admin_pages import signed_in
from tests.factories import make_published_claim, make_user

pytestmark = pytest.mark.django_db

VOCABULARY = "/api/v1/vocabulary/"
PACKED = {"Accept-Encoding": "gzip, deflate, br"}


def record() -> str:
    return f"/api/v1/claims/{make_published_claim().public_id}/"


def behind(response: HttpResponse | StreamingHttpResponse, *, accept: str = "gzip") -> Any:
    """The response as it comes out."""
    request = RequestFactory().get(VOCABULARY, headers={"Accept-Encoding": accept})
    return Compress(lambda _: response)(request)


def test_the_same_bytes_come_packed_to_who_can_unpack_them(reader: Client):
    address = record()
    plain, packed = reader.get(address), reader.get(address, headers=PACKED)

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content)
    assert packed["Content-Length"] == str(len(packed.content))
    assert packed["Content-Type"] == plain["Content-Type"] == "application/json"
    assert packed["Vary"] == plain["Vary"] == "Accept, Accept-Encoding"
    assert packed["Access-Control-Allow-Origin"] == "*"


def test_the_hash_of_the_plain_bytes_is_the_etag_and_packed_ones_have_it_as_a_weak_one(
    reader: Client,
):
    address = record()
    plain, packed = reader.get(address), reader.get(address, headers=PACKED)

    proof = hashlib.sha256(plain.content).hexdigest()
    assert plain["ETag"] == f'"{proof}"'
    assert packed["ETag"] == f'W/"{proof}"'
    assert "Content-Encoding" not in plain


@pytest.mark.parametrize("given", ["plain", "packed"])
@pytest.mark.parametrize("headers", [{}, PACKED], ids=["plain", "packed"])
def test_who_has_either_is_told_so(reader: Client, given: str, headers: dict[str, str]):
    address = record()
    known = reader.get(address, headers=PACKED if given == "packed" else {})["ETag"]

    response = reader.get(address, headers={**headers, "If-None-Match": f'"other", {known}'})

    assert (response.status_code, response.content) == (304, b"")
    # Who keeps a packed answer finds it again by its own validator.
    is_weak = given == "packed" and headers == PACKED
    assert response["ETag"].startswith("W/") is is_weak
    assert response["ETag"].removeprefix("W/") == known.removeprefix("W/")
    assert response["Vary"] == "Accept, Accept-Encoding"
    assert "Content-Encoding" not in response


def test_who_has_another_is_sent_it(reader: Client):
    address = record()

    for known in ('W/"other"', '"other"', "W/", '"'):
        response = reader.get(address, headers={**PACKED, "If-None-Match": known})
        assert (response.status_code, response["Content-Encoding"]) == (200, "gzip")


def test_a_view_that_compares_etags_as_they_are_written_knows_a_weak_one(reader: Client):
    seen = []

    def view(request: Any) -> HttpResponse:
        seen.append(request.headers["If-None-Match"])
        return HttpResponse(status=304, headers={"ETag": '"a"'})

    request = RequestFactory().get(VOCABULARY, headers={**PACKED, "If-None-Match": 'W/"a"'})
    response = Compress(view)(request)

    assert seen == ['W/"a", "a"']
    assert response["ETag"] == 'W/"a"'


@pytest.mark.parametrize("headers", [{}, PACKED], ids=["plain", "packed"])
def test_head_has_the_headers_of_get(reader: Client, headers: dict[str, str]):
    address = record()
    got, head = reader.get(address, headers=headers), reader.head(address, headers=headers)

    own = {"X-Request-Id"}
    assert head.content == b""
    assert {name: value for name, value in head.items() if name not in own} == {
        name: value for name, value in got.items() if name not in own
    }


def test_lists_and_long_problems_are_packed_and_short_answers_are_not(reader: Client):
    for _ in range(3):
        make_published_claim()

    found = reader.get("/api/v1/claims/", headers=PACKED)
    short = reader.get("/api/v1/claims/zzzzzzzzzz/", headers=PACKED)

    assert found["Content-Encoding"] == "gzip"
    assert (short.status_code, short["Vary"]) == (404, "Accept-Encoding")
    assert "Content-Encoding" not in short


@pytest.mark.parametrize(
    ("accept", "is_packed"),
    [
        ("gzip", True),
        ("GZIP;q=0.1", True),
        ("x-gzip", True),
        ("br, gzip ; q=1.0", True),
        ("", False),
        ("identity", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("gzippy", False),
        ("*", False),
    ],
)
def test_only_who_names_gzip_gets_it(accept: str, is_packed: bool):
    response = behind(HttpResponse("a" * 5_000), accept=accept)

    assert response.has_header("Content-Encoding") is is_packed
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"a" * 5_000, content_type="application/zip"),
        HttpResponse(b"a" * 5_000, headers={"Content-Encoding": "br"}),
        HttpResponse(b"a" * 5_000, status=206, headers={"Content-Range": "bytes 0-4999/9999"}),
        HttpResponse(b"a" * 5_000, headers={"Cache-Control": "public, no-transform"}),
        StreamingHttpResponse([b"a" * 5_000], content_type="application/json"),
        HttpResponse(status=204),
    ],
    ids=["no text", "packed", "a part", "not to be changed", "streamed", "nothing"],
)
def test_what_is_better_left_alone_is(response: Any):
    before = b"".join(response) if response.streaming else response.content

    after = behind(response)

    assert after is response
    assert after.get("Content-Encoding") in (None, "br")
    if not after.streaming:
        assert after.content == before


def test_what_gzip_makes_longer_is_left_alone():
    noise = "".join(hashlib.sha256(bytes([number])).hexdigest()[:2] for number in range(200))
    short = HttpResponse(noise)

    assert not behind(short).has_header("Content-Encoding")


def test_the_same_answer_is_packed_into_the_same_bytes():
    first, second = (behind(HttpResponse("abc" * 5_000)) for _ in range(2))

    assert first.content == second.content


def test_a_weak_etag_stays_as_it_is():
    response = behind(HttpResponse("a" * 5_000, headers={"ETag": 'W/"a"'}))

    assert response["ETag"] == 'W/"a"'


@pytest.mark.parametrize("address", ["/", "/claims/", "/uk/methodology/", "/feed.atom"])
def test_pages_and_feeds_are_packed_and_known_again(reader: Client, address: str):
    make_published_claim()
    plain, packed = reader.get(address), reader.get(address, headers=PACKED)

    assert gzip.decompress(packed.content) == plain.content
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert packed["ETag"] == plain["ETag"]
    for headers in ({}, PACKED):
        again = reader.get(address, headers={**headers, "If-None-Match": plain["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert (again["ETag"], again["Vary"]) == (plain["ETag"], "Accept-Encoding")


def test_a_style_sheet_that_lies_unpacked_is_packed_and_known_again(settings: Settings):
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = None, True
    settings.WHITENOISE_AUTOREFRESH = True
    serve = Compress(WhiteNoiseMiddleware(lambda _: HttpResponse(status=404)))

    def asked(**headers: str) -> Any:
        return serve(RequestFactory().get("/static/factcheck/site.css", headers=headers))

    plain, packed = asked(), asked(**PACKED)

    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["Content-Type"] == plain["Content-Type"] == 'text/css; charset="utf-8"'
    assert packed["ETag"] == f"W/{plain['ETag']}"
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    for headers, known in (({}, plain), (PACKED, packed)):
        again = asked(**headers, **{"If-None-Match": known["ETag"]})
        assert (again.status_code, again["ETag"]) == (304, known["ETag"])


def test_the_desk_and_what_answers_a_form_are_not_packed(reader: Client):
    desk = signed_in(make_user(Role.EDITOR)).get("/admin/", headers=PACKED)
    sign_in = reader.get("/admin/login/", headers=PACKED)
    answer = reader.post("/answer/", {"text": "Synthetic words."}, headers=PACKED)

    assert [one.status_code for one in (desk, sign_in, answer)] == [200, 200, 400]
    for response in (desk, sign_in, answer):
        assert len(response.content) > 1_000
        assert "Content-Encoding" not in response


def test_what_sets_a_cookie_is_not_packed():
    response = HttpResponse("a" * 5_000)
    response.set_cookie("synthetic", "1")

    assert "Content-Encoding" not in behind(response)
