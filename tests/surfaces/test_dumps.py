"""Dumps: the ledger's bytes in files, and safe tables beside them."""

import csv
import datetime
import hashlib
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from claims import workflow
from claims.dumps import shelf
from claims.dumps.tables import CLAIM_COLUMNS, FIGURE_COLUMNS
from claims.dumps.writing import write_dump
from claims.models import Claim, PublicClaim
from factcheck.common.dates import DateBounds
from factcheck.common.roles import Role
from factcheck.ledger.models import Publication
from tests.factories import (
    add_figure,
    make_actor,
    make_event,
    make_published_claim,
    make_ready_claim,
    make_user,
    revise_and_publish,
)
from tests.surfaces.ledgering import publish
from tests.surfaces.rich import make_rich_claim

pytestmark = pytest.mark.django_db

DUMPS = "/api/v1/dumps/"
NOTE = "Synthetic note."
FILES = ["records.jsonl", "tombstones.jsonl", "claims.csv", "figures.csv", "datapackage.json"]


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))


def content_of(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def withheld() -> Claim:
    claim = make_published_claim(text="A canarybird was counted.")
    return workflow.suspend(claim, by=make_user(Role.EDITOR), note=NOTE)


# What is in them


def test_records_are_the_newest_of_what_is_live_and_tombstones_of_what_is_not(home: Path):
    make_rich_claim()
    revise_and_publish(make_published_claim(), text="Thirteen boats were counted.")
    retracted = make_published_claim()
    workflow.retract(retracted, by=make_user(Role.EDITOR), note=NOTE)
    withheld()

    dump = shelf.export(home)

    newest = Publication.objects.newest().order_by("subject_kind", "subject_id")
    live = [row.record_bytes + b"\n" for row in newest.with_content()]
    gone = [row.record_bytes + b"\n" for row in newest if row.kind in ("retract", "suspend")]
    assert lines(dump.directory / "records.jsonl") == live
    assert lines(dump.directory / "tombstones.jsonl") == gone
    assert (len(gone), dump.seq) == (2, Publication.objects.latest("seq").seq)
    assert {json.loads(line)["subject"]["kind"] for line in live} == {
        "actor",
        "claim",
        "event",
        "source",
    }
    assert all(b"canarybird" not in content for content in content_of(dump.directory).values())


def test_dump_detail_and_feed_have_the_same_bytes(home: Path, reader: Client):
    make_rich_claim()
    workflow.retract(make_published_claim(), by=make_user(Role.EDITOR), note=NOTE)
    feed = {
        (change["subject"], change["id"]): change
        for change in reader.get("/api/v1/changes/?limit=1000").json()["results"]
    }

    directory = shelf.export(home).directory

    dumped = lines(directory / "records.jsonl") + lines(directory / "tombstones.jsonl")
    assert len(dumped) == len(feed)
    for line in dumped:
        record = line.removesuffix(b"\n")
        subject = json.loads(record)["subject"]
        name = {"actor": "claimants"}.get(subject["kind"], f"{subject['kind']}s")
        assert reader.get(f"/api/v1/{name}/{subject['id']}/").content == record
        change = feed[subject["kind"], subject["id"]]
        assert change["record"] == json.loads(record)
        assert change["sha256"] == hashlib.sha256(record).hexdigest()


def test_a_claim_and_a_figure_are_a_row_each(home: Path, settings: Settings):
    settings.SITE_URL = "https://facts.example"
    event = make_event(title="Synthetic count of boats")
    voice = make_actor(name="Harbour Office of Exampleton")
    claim = make_ready_claim(claimant=voice, event=event, text="Twelve boats were counted.")
    figures = [
        add_figure(claim, position=1, best=None, low=-5, qualifier="at-least"),
        add_figure(
            claim,
            position=2,
            as_printed="-12 boats",
            counted_as_of=DateBounds.on(datetime.date(2020, 3, 1)),
        ),
    ]
    publish(claim)
    public = PublicClaim.objects.current().get(claim_id=claim.public_id)
    record = json.loads(Publication.objects.get(seq=public.from_seq).record)

    directory = shelf.export(home).directory

    shared = {
        "speaker": "actor",
        "claimant": "Harbour Office of Exampleton",
        "claimant_id": voice.public_id,
        "voiced_by": "",
        "voiced_by_id": "",
        "event": "Synthetic count of boats",
        "event_id": event.public_id,
        "about": "toll",
        "said_not_before": "2020-03-02",
        "said_not_after": "2020-03-02",
        "said_as_printed": "",
        "fidelity": record["content"]["citations"][0]["fidelity"]["finding"],
        "attribution_status": "reported",
        "verification_status": "unchecked",
        "verified_as_of": "",
        "seq": str(public.from_seq),
        "permalink": f"https://facts.example{public.get_absolute_url()}",
    }
    assert rows(directory / "claims.csv") == [
        {
            "id": claim.public_id,
            "version": "1",
            "published_at": record["published_at"],
            "status_line": public.status_line,
            "text": "Twelve boats were counted.",
            "language": "en",
            "original_words": "",
            "original_language": "",
            "kind": "factual",
            "topics": "",
            "figures": "2",
            "sha256": public.record_sha256,
            **shared,
        }
    ]
    told = {
        "claim_id": claim.public_id,
        "counts": "boats counted",
        "unit": "boats",
        "period": "",
        "basis": record["content"]["figures"][0]["basis"],
        "measure": "",
        "measure_id": "",
        "counting": "",
        "high": "",
        "counted_as_printed": "",
        **shared,
    }
    assert rows(directory / "figures.csv") == [
        {
            "id": figures[0].public_id,
            "as_printed": "12 boats",
            "qualifier": "at-least",
            "low": "-5",
            "best": "",
            "counted_not_before": "",
            "counted_not_after": "",
            **told,
        },
        {
            "id": figures[1].public_id,
            # Words that a spreadsheet would take for a formula; the number above stays one.
            "as_printed": "'-12 boats",
            "qualifier": record["content"]["figures"][1]["qualifier"],
            "low": "",
            "best": "12",
            "counted_not_before": "2020-03-01",
            "counted_not_after": "2020-03-01",
            **told,
        },
    ]


def test_no_words_become_a_formula(home: Path):
    make_published_claim(text='=HYPERLINK(A1)\n"twelve", boats')

    [row] = rows(shelf.export(home).directory / "claims.csv")

    assert row["text"] == '\'=HYPERLINK(A1)\n"twelve", boats'


def test_nobody_who_is_private_is_named(home: Path):
    person = make_actor(
        kind="person", is_private=True, name="Canary Bird", description="a synthetic witness"
    )
    make_published_claim(claimant=person)

    directory = shelf.export(home).directory

    assert [row["claimant"] for row in rows(directory / "claims.csv")] == ["a synthetic witness"]
    assert all(b"Canary" not in content for content in content_of(directory).values())


def test_the_package_tells_of_every_file_what_it_is(home: Path):
    claim = make_ready_claim()
    add_figure(claim)
    publish(claim)

    directory = shelf.export(home).directory

    package = json.loads((directory / "datapackage.json").read_bytes())
    newest = Publication.objects.latest("seq")
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (package["as_of_seq"], package["version"]) == (newest.seq, str(newest.seq))
    assert package["as_of_entry"] == hashlib.sha256(newest.entry.encode()).hexdigest()
    assert package["created"] == json.loads(newest.record)["published_at"]
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert "not ours to license" in package["description"]
    assert package["counts"] == {"claim": 1, "event": 0, "actor": 1, "source": 1}
    assert [(one["name"], one["path"], one["rows"]) for one in package["resources"]] == [
        ("records", "records.jsonl", 3),
        ("tombstones", "tombstones.jsonl", 0),
        ("claims", "claims.csv", 1),
        ("figures", "figures.csv", 1),
    ]
    for one in package["resources"]:
        content = (directory / one["path"]).read_bytes()
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    for name, columns in (("claims", CLAIM_COLUMNS), ("figures", FIGURE_COLUMNS)):
        [table] = [one for one in package["resources"] if one["name"] == name]
        header = (directory / f"{name}.csv").read_text().splitlines()[0].split(",")
        fields = [field["name"] for field in table["schema"]["fields"]]
        assert fields == header == [column.name for column in columns]


def test_an_empty_ledger_has_a_dump_of_nothing(home: Path):
    dump = shelf.export(home)

    package = json.loads((dump.directory / "datapackage.json").read_bytes())
    assert (dump.seq, package["as_of"], "created" in package) == (0, None, False)
    assert (dump.directory / "records.jsonl").read_bytes() == b""
    assert rows(dump.directory / "claims.csv") == []


def test_the_same_place_in_the_ledger_gives_the_same_bytes(tmp_path: Path):
    make_rich_claim()
    withheld()

    first, second = tmp_path / "first", tmp_path / "second"
    for place in (first, second):
        place.mkdir()
        write_dump(place)

    assert sorted(content_of(first)) == sorted(FILES)
    assert content_of(first) == content_of(second)


def test_a_record_that_is_not_what_was_logged_is_not_exported(
    home: Path, monkeypatch: pytest.MonkeyPatch
):
    make_published_claim()
    monkeypatch.setattr("claims.dumps.writing.sha256_hex", lambda text: "0" * 64)

    with pytest.raises(CommandError, match="not what was logged"):
        call_command("export_dump", str(home))

    assert [path.name for path in home.iterdir()] == [".lock"]
