"""Dumps as programs get them: a list, and an address for each file."""

import hashlib
import json
from pathlib import Path

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from procrastinate.contrib.django import app
from procrastinate.periodic import MAX_DELAY
from pytest_django import Settings

from claims.api.dumps import LIST, NEVER, SOON
from claims.dumps import shelf
from factcheck.ledger.models import Publication
from tests.factories import (
    make_published_claim,
)

pytestmark = pytest.mark.django_db

DUMPS = "/api/v1/dumps/"
NOTE = "Synthetic note."
FILES = ["records.jsonl", "tombstones.jsonl", "claims.csv", "figures.csv", "datapackage.json"]


# Addresses


@pytest.mark.parametrize("is_set", [True, False])
def test_where_there_are_none_the_list_is_empty(
    home: Path, reader: Client, settings: Settings, is_set: bool
):
    settings.DUMPS_DIR = home if is_set else None

    response = reader.get(DUMPS)

    note = SOON if is_set else NEVER
    assert response.json() == {"note": note, "next": None, "previous": None, "results": []}


def test_when_dumps_are_written_is_as_the_empty_list_says():
    periodic = {one.task.name: one for one in app.periodic_registry.periodic_tasks.values()}

    assert periodic["claims.write_dump"].cron == "17 3 * * *"
    # No longer than the library looks back at its start: what was due then is done at once.
    assert periodic["claims.look_after_dumps"].cron == "*/10 * * * *"
    assert MAX_DELAY == 600


def test_the_list_tells_of_each_file_how_to_prove_it(home: Path, reader: Client):
    make_published_claim()
    shelf.export(home)
    make_published_claim()
    shelf.export(home)

    response = reader.get(DUMPS)

    results = response.json()["results"]
    Draft202012Validator(LIST).validate(response.json())
    assert [one["seq"] for one in results] == [6, 3]
    newest = Publication.objects.get(seq=6)
    assert results[0]["as_of"] == json.loads(newest.record)["published_at"]
    assert [file["name"] for file in results[0]["files"]] == FILES
    assert [file["rows"] for file in results[0]["files"]] == [6, 0, 2, 0, None]
    for file in results[0]["files"]:
        got = reader.get(file["url"].removeprefix("http://testserver"))
        content = got.getvalue()
        assert got.status_code == 200
        assert content == (home / "6" / file["name"]).read_bytes()
        assert (len(content), got["Content-Length"]) == (file["bytes"], str(file["bytes"]))
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert got["ETag"] == f'"{file["sha256"]}"'
        assert got["Content-Type"] == file["media_type"]
        assert got["Content-Disposition"] == f'attachment; filename="6-{file["name"]}"'
        assert got["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert got["Access-Control-Allow-Origin"] == "*"


def test_whoever_has_the_list_or_a_file_is_told_so(home: Path, reader: Client):
    make_published_claim()
    shelf.export(home)

    for address in (DUMPS, f"{DUMPS}3/claims.csv"):
        etag = reader.get(address)["ETag"]
        kept = reader.get(address, headers={"if-none-match": f'"other", W/{etag}'})
        assert (kept.status_code, kept.content, kept["ETag"]) == (304, b"", etag)


def test_latest_leads_to_the_newest(home: Path, reader: Client):
    make_published_claim()
    shelf.export(home)

    response = reader.get(f"{DUMPS}latest/claims.csv")

    assert response.status_code == 307
    assert response["Location"] == f"http://testserver{DUMPS}3/claims.csv"


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("0-4", 0, 5), ("5-", 5, None), ("-7", -7, None), ("3-99999999", 3, None), ("0-0", 0, 1)],
)
def test_a_part_can_be_had(home: Path, reader: Client, asked: str, start: int, stop: int | None):
    make_published_claim()
    whole = (shelf.export(home).directory / "claims.csv").read_bytes()

    response = reader.get(f"{DUMPS}3/claims.csv", headers={"range": f"bytes={asked}"})

    part = whole[start:stop]
    first = len(whole) + start if start < 0 else start
    assert (response.status_code, response.getvalue()) == (206, part)
    assert response["Content-Length"] == str(len(part))
    assert response["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"


@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=0-4", "if-range": '"other"'},
        {"range": "bytes=0-4,7-9"},
        {"range": "bytes=-"},
        {"range": "lines=0-4"},
    ],
)
def test_what_is_no_part_of_this_file_is_answered_with_the_whole(
    home: Path, reader: Client, headers: dict[str, str]
):
    make_published_claim()
    whole = (shelf.export(home).directory / "claims.csv").read_bytes()

    response = reader.get(f"{DUMPS}3/claims.csv", headers=headers)

    assert (response.status_code, response.getvalue()) == (200, whole)


def test_a_part_beyond_the_end_is_refused(home: Path, reader: Client):
    shelf.export(home)

    response = reader.get(f"{DUMPS}0/records.jsonl", headers={"range": "bytes=0-"})

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */0")


@pytest.mark.parametrize(
    "path",
    [
        "4/claims.csv",
        "03/claims.csv",
        "3/secret.txt",
        "3/..",
        "3/%2e%2e%2fsecret.txt",
        "3/..%2f..%2fsecret.txt",
        "..%2f3/claims.csv",
        "%2e%2e/secret.txt",
        "3/claims.csv%00",
        "latest/secret.txt",
        ".lock/claims.csv",
        "9" * 400 + "/claims.csv",
    ],
)
def test_nothing_else_is_served_whatever_the_path_says(home: Path, reader: Client, path: str):
    make_published_claim()
    shelf.export(home)
    for place in (home.parent, home, home / "3"):
        (place / "secret.txt").write_text("secret")

    response = reader.get(f"{DUMPS}{path}")

    assert response.status_code in (400, 404)
    assert b"secret" not in response.content.replace(b"secret.txt", b"")


def test_parameters_are_refused(home: Path, reader: Client):
    shelf.export(home)

    for address in (f"{DUMPS}?page=2", f"{DUMPS}0/claims.csv?download=1"):
        response = reader.get(address)
        assert response.status_code == 400
        assert response.json()["errors"][0]["detail"] == (
            "There is no such parameter; this address takes none."
        )
