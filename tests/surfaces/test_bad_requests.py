"""Bodies, methods and headers that no browser sends, and what is typed at the admin's door."""

import io
from typing import Any

import pytest
from django.test import Client

from tests.surfaces.malformed import PAGES, check, raw

pytestmark = pytest.mark.django_db

BODIES = {
    "deep list": (b"[" * 100_000, "application/json"),
    "deep object": (b'{"a":' * 50_000, "application/json"),
    "NUL": (b'{"a": "\\u0000"}', "application/json"),
    "lone surrogate": (b'{"a": "\\ud800"}', "application/json"),
    "huge number": (b'{"a": ' + b"9" * 100_000 + b"}", "application/json"),
    "not JSON": (b"\xff\xfe\x00", "application/json"),
    "other charset": (b"{}", "application/json; charset=utf-7"),
    "charset that breaks": (b"a=1", "application/x-www-form-urlencoded; charset=punycode"),
    "multipart without boundary": (b"x", "multipart/form-data"),
    "multipart of another charset": (b"x", "multipart/form-data; boundary=x; charset=idna"),
    "no type": (b"x", ""),
    "nonsense type": (b"x", "////;;;==="),
}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_body_of_whatever_kind_changes_nothing(
    reader: Client, claim_id: str, method: str, body: str
):
    content, content_type = BODIES[body]

    for address in ("/claims/", "/api/v1/claims/", f"/api/v1/claims/{claim_id}/"):
        response = reader.generic(method, address, content, content_type)
        check(response, address)


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "CONNECT", "GËT", "X" * 500])
def test_unheard_of_method_is_refused(reader: Client, claim_id: str, method: str):
    for address in PAGES:
        response = reader.generic(method, address.format(claim=claim_id))
        allowed = (302, 403, 405) if "/admin/" in address else (405,)
        assert response.status_code in allowed, address


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("HTTP_ACCEPT", "\x01"),
        ("HTTP_ACCEPT", ";" * 5_000),
        ("HTTP_ACCEPT_LANGUAGE", "zz-" + "a" * 5_000),
        ("HTTP_IF_NONE_MATCH", '"' * 5_000),
        ("HTTP_IF_NONE_MATCH", "\x00"),
        ("HTTP_IF_MATCH", "nonsense"),
        ("HTTP_IF_MODIFIED_SINCE", "Mon, 99 Foo 99999 99:99:99 GMT"),
        ("HTTP_RANGE", "bytes=5-1"),
        ("HTTP_AUTHORIZATION", "Basic AAAA\x00"),
        ("HTTP_COOKIE", "sessionid=\x00; csrftoken=\xff"),
        ("HTTP_COOKIE", "=;;;=" * 500),
        ("HTTP_HOST", "evil.example:abc"),
        ("HTTP_HOST", ""),
        ("HTTP_HOST", "["),
        ("HTTP_X_FORWARDED_HOST", "evil.example"),
        ("HTTP_ORIGIN", "null\x00"),
    ],
)
def test_header_of_whatever_kind_breaks_nothing(
    reader: Client, claim_id: str, header: str, value: str
):
    for address in PAGES:
        response = reader.get(address.format(claim=claim_id), **{header: value})
        assert response.status_code < 500, address
        assert b"evil.example" not in response.content, address


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff",
        "p=99999999999999999999",
        "p=abc",
        "o=99.-99.abc",
        "stage__exact=%00",
        "stage__exact=nonsense",
        "no_such_field=1",
        "said_not_before__year=0",
        "_to_field=id",
        "e=1",
        "id__in=1e999",
        "id__in=" + "1," * 4_000,
    ],
)
def test_admin_sends_strangers_to_the_login_whatever_they_ask(reader: Client, query: str):
    for address in ("/admin/", "/admin/claims/claim/", "/admin/claims/claim/add/"):
        assert raw(reader, "GET", address, query).status_code in (302, 400)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"username": "a\x00b", "password": "x"},
        {"username": "a" * 100_000, "password": "x"},
        {"username": "a", "password": "x" * 100_000},
        {"username": "\ud800".encode("utf-8", "surrogatepass"), "password": "x"},
        {"username": "a", "password": "x", "next": "//evil.example"},
        {"username": io.BytesIO(b"a file"), "password": "x"},
        {"username": ["a", "b"], "password": "x"},
    ],
    ids=["nothing", "nul", "long name", "long password", "surrogate", "next", "file", "two"],
)
def test_admin_login_refuses_whatever_is_typed(reader: Client, fields: dict[str, Any]):
    response = reader.post("/admin/login/", fields)

    assert response.status_code in (200, 400, 403)


def test_form_with_too_many_fields_is_refused(reader: Client):
    body = "&".join(f"f{n}=1" for n in range(6_000))

    response = reader.generic("POST", "/admin/login/", body, "application/x-www-form-urlencoded")

    assert response.status_code == 400
