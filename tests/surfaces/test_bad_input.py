"""Malformed requests to every address: a clear refusal, never a failure of ours."""

from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client

from factcheck.common import cursors
from tests.surfaces.malformed import LISTS, PAGES, check, raw

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "/claims/{part}/",
    "/claims/{part}/a-slug/",
    "/claims/{claim}/versions/{part}/",
    "/api/v1/claims/{part}/",
    "/api/v1/claims/{part}/versions/",
    "/api/v1/claims/{claim}/versions/{part}/",
    "/api/v1/{part}/",
    "/{part}/",
)
# Raw bytes as a server passes them on, percent escapes not undone.
RAW_QUERIES = {
    "NUL": "about=%00",
    "NUL in a name": "%00=1",
    "half an escape": "about=%",
    "no escape": "about=%zz",
    "not UTF-8": "about=%ff%fe",
    "overlong": "about=%c0%80",
    "lone surrogate": "about=%ed%a0%80",
    "raw high bytes": "about=\xff",
    "huge": "about=" + "a" * 9_000,
    "many parameters": "&".join(f"p{n}=1" for n in range(1_000)),
}
VALUES = {
    "control": "\x01",
    "line break": "a\r\nSet-Cookie: x=1",
    "bidi": "\u202egnp.exe",
    "private use": "\ue000",
    "markup": "<script>alert(1)</script>",
    "sql": "' OR 1=1 --",
    "template": "{{ 7*7 }}",
    "long": "9" * 4_000,
    "regex": "(" * 50,
    "year 0": "0000-00-00",
    "far year": "99999-01-01",
    "shifted time": "9999-12-31T23:59:59-23:59",
    "not a number": "NaN",
    "infinity": "1e999",
    "negative": "-1",
    "beyond 64 bits": str(2**63),
    "Arabic digits": "٣٦",
    "list": "[]",
}
FILTERS = (
    "attribution_status",
    "verification_status",
    "about",
    "kind",
    "claimant",
    "outlet",
    "source",
    "event",
    "language",
    "said_on_or_after",
    "said_on_or_before",
    "has_figures",
    "cursor",
)
OF_PROGRAMS = (
    "voiced_by",
    "controlled_by",
    "document",
    "domain",
    "published_on_or_after",
    "published_on_or_before",
    "first_published_on_or_after",
    "first_published_on_or_before",
    "min_origins",
    "as_of",
    "page_size",
    "ordering",
)
LOOKUPS = (
    "text__startswith=a",
    "claimant_id__regex=(",
    "said_not_before__year=0",
    "published_at__gt=1",
    "summary__contains=a",
    "id__in=1,2",
    "limit=1",
    "offset=99999999999999999999",
    "page=2",
    "format=xml",
    "ordering=claimant_name",
    "ordering=text,-text",
    "qq=a",
    "as_of=1",
)


def forged_cursors() -> dict[str, str]:
    """Cursors of another list, of another shape, changed, or made up."""
    scope = "claims -published "
    good = cursors.encode(["after", 5], scope=scope)
    signer = signing.Signer(sep=".", salt=f"factcheck.cursor:{scope}")
    return {
        "other list": cursors.encode(["after", 5], scope="other"),
        "other order": cursors.encode(["after", 5], scope="claims published "),
        "other shape": cursors.encode([5, "after"], scope=scope),
        "too long a shape": cursors.encode(["after", 5, 6], scope=scope),
        "changed": good[:-1] + ("a" if good[-1] != "a" else "b"),
        "cut": good[:10],
        "doubled": good + good,
        "unsigned": good.split(".")[0],
        "signed by Django, no list": signer.sign_object({"seq": 5}),
        "signed by Django, a float": signer.sign_object(["after", 1e300]),
        "base64": "cD1hYmM=",
        "base64 of NUL": "cD0A",
        "random": "x" * 1_000,
        "huge": "x" * 8_000,
        "not ASCII": "ключ",
    }


@pytest.mark.parametrize("name", RAW_QUERIES)
@pytest.mark.parametrize("address", LISTS)
def test_malformed_query_is_refused(reader: Client, address: str, name: str):
    response = raw(reader, "GET", address, RAW_QUERIES[name])

    # Other sites hang parameters of their own on links to pages.
    if not (name == "many parameters" and address == "/claims/"):
        check(response, address)


@pytest.mark.parametrize("name", ["NUL", "half an escape", "not UTF-8", "lone surrogate", "huge"])
def test_unreadable_query_is_refused_at_every_address(reader: Client, claim_id: str, name: str):
    for address in PAGES:
        filled = address.format(claim=claim_id)
        check(raw(reader, "GET", filled, RAW_QUERIES[name]), filled)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("address", LISTS)
def test_value_that_is_none_is_refused_by_every_filter(reader: Client, address: str, value: str):
    for name in (*FILTERS, *(OF_PROGRAMS if address.startswith("/api/") else ())):
        response = reader.get(address, {name: VALUES[value]})
        check(response, address)
        if address.startswith("/api/"):
            assert [error["parameter"] for error in response.json()["errors"]] == [name]
        assert b"<script>alert" not in response.content


@pytest.mark.parametrize("value", VALUES)
def test_topic_that_is_none_finds_nothing_or_is_refused(reader: Client, value: str):
    response = reader.get("/api/v1/claims/", {"topic": VALUES[value]})

    assert response.status_code in (200, 400)
    assert response.status_code == 400 or response.json()["results"] == []


@pytest.mark.parametrize("value", VALUES)
def test_page_size_and_order_that_are_none_are_refused(reader: Client, value: str):
    for name in ("page_size", "ordering"):
        check(reader.get("/api/v1/claims/", {name: VALUES[value]}), "/api/v1/claims/")


@pytest.mark.parametrize("query", LOOKUPS)
def test_what_is_no_filter_is_refused(reader: Client, query: str):
    check(reader.get(f"/api/v1/claims/?{query}"), "/api/v1/claims/")


@pytest.mark.parametrize("name", forged_cursors())
@pytest.mark.parametrize("address", LISTS)
def test_cursor_that_was_not_given_out_is_refused(reader: Client, address: str, name: str):
    check(reader.get(address, {"cursor": forged_cursors()[name]}), address)


@pytest.mark.parametrize(
    "part",
    [
        "%00",
        "%ff",
        "%",
        "%zz",
        "%25",
        "%2e%2e",
        "..",
        "%2f",
        "%0d%0aSet-Cookie:x",
        "%ed%a0%80",
        "%e2%80%ae",
        quote("ключ"),
        "a" * 5_000,
        "-1",
        "9" * 5_000,
        "'",
        "<b>",
        "None",
        "zzzzzzzzzz;a=b",
    ],
)
def test_malformed_address_is_refused(reader: Client, claim_id: str, part: str):
    for address in ADDRESSES:
        filled = address.format(claim=claim_id, part=part)
        check(raw(reader, "GET", filled), filled)


@pytest.mark.parametrize("slug", ["%00", "%ff", "%", "%0d%0aLocation:x"])
def test_malformed_slug_is_refused(reader: Client, claim_id: str, slug: str):
    address = f"/claims/{claim_id}/{slug}/"

    check(raw(reader, "GET", address), address)


@pytest.mark.parametrize("slug", ["..", "-1", "<b>", "ключ", "a" * 5_000, "//evil.example"])
def test_slug_of_whatever_kind_leads_to_the_right_one(reader: Client, claim_id: str, slug: str):
    response = raw(reader, "GET", f"/claims/{claim_id}/{slug}/")

    assert response.status_code in (301, 404)
    assert response.get("Location", f"/claims/{claim_id}/").startswith(f"/claims/{claim_id}/")
