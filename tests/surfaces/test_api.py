"""The API: exact bytes, and clear refusals."""

import hashlib
import json

import pytest
from django.test import Client

from claims.api.parameters import MAX_PAGE_SIZE
from claims.api.questions import PARAMETERS
from claims.models import Claim
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from tests.factories import (
    make_published_claim,
    revise_and_publish,
)
from tests.surfaces.ledgering import NOTE, bury

pytestmark = pytest.mark.django_db

CLAIMS = "/api/v1/claims/"


def newest(claim: Claim) -> Publication:
    return Publication.objects.filter(subject_kind="claim", subject_id=claim.public_id).latest(
        "version"
    )


# Detail


def test_detail_is_the_logged_bytes_and_their_hash_the_etag(reader: Client):
    claim = make_published_claim()
    publication = newest(claim)

    response = reader.get(f"{CLAIMS}{claim.public_id}/")

    assert response.status_code == 200
    assert response.content == publication.record.encode()
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response["ETag"] == f'"{publication.record_sha256}"'
    assert response["Content-Type"] == "application/json"
    assert response["Content-Length"] == str(len(response.content))
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Access-Control-Allow-Origin"] == "*"


def test_detail_is_the_newest_version(reader: Client):
    claim = revise_and_publish(make_published_claim(), text="Thirteen boats were counted.")

    record = reader.get(f"{CLAIMS}{claim.public_id}/").json()

    assert (record["version"], record["content"]["text"]) == (2, "Thirteen boats were counted.")


@pytest.mark.parametrize("known", ["{etag}", "W/{etag}", '"other", {etag}', "*"])
def test_detail_that_is_known_already_is_not_sent_again(reader: Client, known: str):
    claim = make_published_claim()
    etag = f'"{newest(claim).record_sha256}"'

    response = reader.get(
        f"{CLAIMS}{claim.public_id}/", headers={"if-none-match": known.format(etag=etag)}
    )

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
    assert "Content-Type" not in response.headers
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("known", ['"other"', "etag", '"', ", ,", "W/"])
def test_detail_that_is_not_known_is_sent(reader: Client, known: str):
    claim = make_published_claim()

    response = reader.get(f"{CLAIMS}{claim.public_id}/", headers={"if-none-match": known})

    assert response.status_code == 200


def test_head_has_the_headers_of_get(reader: Client):
    claim = make_published_claim()
    address = f"{CLAIMS}{claim.public_id}/"

    head, get = reader.head(address), reader.get(address)

    assert head.content == b""
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert head[name] == get[name]


@pytest.mark.parametrize(
    "kind", [PublicationKind.SUSPEND, PublicationKind.RETRACT, PublicationKind.REDACT]
)
def test_detail_of_what_is_not_live_is_its_tombstone(reader: Client, kind: PublicationKind):
    claim = make_published_claim()
    tombstone = bury(claim, kind)

    response = reader.get(f"{CLAIMS}{claim.public_id}/")

    assert response.status_code == 410
    assert response.content == tombstone.record.encode()
    assert response["ETag"] == f'"{tombstone.record_sha256}"'
    assert response["Cache-Control"] == "no-store"
    assert "content" not in response.json()


# Versions


def test_versions_are_listed_with_where_their_bytes_are(reader: Client):
    claim = revise_and_publish(make_published_claim(), text="Thirteen boats were counted.")

    answer = reader.get(f"{CLAIMS}{claim.public_id}/versions/").json()

    assert (answer["next"], answer["previous"]) == (None, None)
    assert [
        (version["version"], version["publication"], version["note"])
        for version in answer["results"]
    ] == [(1, "publish", None), (2, "correct", "Synthetic note: the text was wrong.")]
    for version in answer["results"]:
        bytes_of_it = reader.get(version["url"]).content
        assert hashlib.sha256(bytes_of_it).hexdigest() == version["sha256"]
        record = json.loads(bytes_of_it)
        assert (record["seq"], record["published_at"]) == (
            version["seq"],
            version["published_at"],
        )


def test_earlier_version_is_withheld_with_the_note_while_the_claim_is_suspended(reader: Client):
    claim = make_published_claim(text="Twelve boats were counted.")
    bury(claim, PublicationKind.SUSPEND)

    response = reader.get(f"{CLAIMS}{claim.public_id}/versions/1/")

    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == f"This version is withheld: {NOTE}"
    assert b"boats" not in response.content


def test_earlier_version_stays_readable_after_a_retraction(reader: Client):
    claim = make_published_claim()
    first = newest(claim)
    bury(claim, PublicationKind.RETRACT)

    response = reader.get(f"{CLAIMS}{claim.public_id}/versions/1/")

    assert (response.status_code, response.content) == (200, first.record.encode())


def test_tombstone_is_a_version_with_bytes_of_its_own(reader: Client):
    claim = make_published_claim()
    tombstone = bury(claim, PublicationKind.SUSPEND)

    response = reader.get(f"{CLAIMS}{claim.public_id}/versions/2/")

    assert (response.status_code, response.content) == (200, tombstone.record.encode())


# Refusals


def test_unknown_parameter_is_refused_by_name(reader: Client):
    response = reader.get(f"{CLAIMS}?abuot=toll&colour=red")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in response.json()["errors"]] == ["abuot", "colour"]
    assert all(name in response.json()["detail"] for name in PARAMETERS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, "\x01nonsense") for name in PARAMETERS if name not in ("cursor", "ordering")),
        ("ordering", "text"),
        ("cursor", "WyJhZnRlciIsMV0.nonsense"),
        ("page_size", "0"),
        ("page_size", str(MAX_PAGE_SIZE + 1)),
        ("page_size", "1e3"),
        ("page_size", "٣"),
        ("has_figures", "True"),
        ("said_on_or_after", "2020-02-30"),
        ("said_on_or_after", "9999-12-31"),
        ("claimant", "zzzzzzzzz"),
    ],
)
def test_bad_value_is_refused_by_its_parameter(reader: Client, name: str, value: str):
    response = reader.get(CLAIMS, {name: value})

    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == [name]
    assert "nonsense" not in response.content.decode()


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameter_is_given_once_and_not_empty(reader: Client, name: str):
    empty = reader.get(f"{CLAIMS}?{name}=")
    twice = reader.get(f"{CLAIMS}?{name}=a&{name}=b")

    for response in (empty, twice):
        assert response.status_code == 400
        assert [error["parameter"] for error in response.json()["errors"]] == [name]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(reader: Client, method: str):
    for address in ("/api/v1/", CLAIMS, f"{CLAIMS}zzzzzzzzzz/"):
        response = getattr(reader, method)(address, b"[" * 10_000, "application/json")
        assert response.status_code == 405
        assert response["Content-Type"] == "application/problem+json"
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response.json()["status"] == 405


def test_options_tell_what_may_be_done_and_no_more(reader: Client):
    claim = make_published_claim()

    answers = [
        reader.options(address)
        for address in (CLAIMS, f"{CLAIMS}{claim.public_id}/", f"{CLAIMS}zzzzzzzzzz/")
    ]

    for response in answers:
        assert (response.status_code, response.content) == (204, b"")
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert (
            response["Access-Control-Allow-Headers"]
            == "Authorization, Content-Type, If-None-Match, X-API-Key"
        )


def test_whatever_is_accepted_the_answer_is_json(reader: Client):
    for accept in ("text/html", "application/xml", "nonsense", ""):
        response = reader.get(CLAIMS, headers={"accept": accept})
        assert (response.status_code, response["Content-Type"]) == (200, "application/json")


def test_errors_can_be_read_by_pages_of_other_sites(reader: Client):
    response = reader.get(f"{CLAIMS}?colour=red")

    assert response["Access-Control-Allow-Origin"] == "*"


def test_index_says_where_to_go_on(reader: Client):
    addresses = reader.get("/api/v1/").json()

    assert addresses["claims"] == "http://testserver/api/v1/claims/"
    assert reader.get(addresses["claims"]).status_code == 200
    assert reader.get(addresses["methodology"]).status_code == 200
