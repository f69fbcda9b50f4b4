"""The shelf of dumps: what is kept, what is taken away, and what is not touched."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from claims import workflow
from claims.dumps import shelf
from claims.models import Claim
from claims.tasks import look_after_dumps
from claims.tasks import write_dump as daily_dump
from factcheck.common.roles import Role
from tests.factories import (
    make_published_claim,
    make_user,
)

pytestmark = pytest.mark.django_db

DUMPS = "/api/v1/dumps/"
NOTE = "Synthetic note."
FILES = ["records.jsonl", "tombstones.jsonl", "claims.csv", "figures.csv", "datapackage.json"]


def content_of(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def redact(claim: Claim) -> None:
    workflow.redact(claim, by=make_user(Role.ADMINISTRATOR), note=NOTE)


# The shelf


def names(home: Path) -> list[str]:
    return sorted(path.name for path in home.iterdir() if path.name != ".lock")


def test_the_command_puts_a_dump_on_the_shelf_and_says_what(
    home: Path, capsys: pytest.CaptureFixture[str]
):
    make_published_claim()

    call_command("export_dump", str(home))

    assert names(home) == ["3", "latest"]
    assert (home / "latest").resolve() == (home / "3").resolve()
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"Exported the ledger as of 3 to {home / '3'}."
    assert [line.split()[1] for line in said[1:]] == FILES


def test_exporting_again_changes_nothing(home: Path):
    make_published_claim()
    before = shelf.export(home)
    inode = before.directory.stat().st_ino

    again = shelf.export(home)

    assert again == before
    assert again.directory.stat().st_ino == inode
    assert names(home) == ["3", "latest"]


def test_a_dump_of_other_columns_takes_the_place_of_the_old_one(home: Path, settings: Settings):
    make_published_claim()
    shelf.export(home)
    settings.SITE_URL = "https://facts.example"

    dump = shelf.export(home)

    assert dump.package["homepage"] == "https://facts.example"
    assert names(home) == ["3", "latest"]


def test_the_newest_are_kept(home: Path):
    for _ in range(3):
        make_published_claim()
        shelf.export(home, keep=2)

    assert names(home) == ["6", "9", "latest"]
    assert (home / "latest").readlink() == Path("9")


@pytest.mark.parametrize("keep", ["0", "-1"])
def test_keeping_none_is_refused(home: Path, keep: str):
    with pytest.raises(CommandError, match="Keep 1 or more"):
        call_command("export_dump", str(home), f"--keep={keep}")


def test_nothing_is_deleted_that_is_no_dump(home: Path):
    (home / "2").mkdir(parents=True)
    (home / "2" / "thesis.txt").write_text("Synthetic")
    (home / "1").write_text("Synthetic")
    claim = make_published_claim()
    shelf.export(home)
    redact(claim)

    shelf.export(home, keep=1)

    assert names(home) == ["1", "2", "4", "latest"]


def test_dumps_of_a_ledger_that_stood_here_before_are_neither_handed_out_nor_deleted(
    home: Path, reader: Client
):
    make_published_claim()
    shelf.export(home)
    package = home / "3" / "datapackage.json"
    other = package.read_bytes().replace(b'"as_of_entry": "', b'"as_of_entry": "0')
    package.write_bytes(other)
    make_published_claim()

    assert shelf.listed(home) == []
    assert reader.get(DUMPS).json()["results"] == []
    shelf.export(home, keep=1)

    assert names(home) == ["3", "6", "latest"]
    assert [dump.seq for dump in shelf.listed(home)] == [6]


# Withheld words


def test_after_a_redaction_no_older_dump_is_handed_out_or_kept(home: Path, reader: Client):
    claim = make_published_claim(text="A canarybird was counted.")
    shelf.export(home)
    assert reader.get(f"{DUMPS}3/claims.csv").status_code == 200

    redact(claim)

    assert reader.get(DUMPS).json()["results"] == []
    assert reader.get(f"{DUMPS}3/claims.csv").status_code == 404
    assert reader.get(f"{DUMPS}latest/claims.csv").status_code == 404
    look_after_dumps(timestamp=0)
    assert names(home) == ["4", "latest"]
    assert [one["seq"] for one in reader.get(DUMPS).json()["results"]] == [4]
    assert all(b"canarybird" not in content for content in content_of(home / "4").values())


def test_what_was_suspended_after_a_dump_stays_in_that_one_alone(home: Path):
    claim = make_published_claim(text="A canarybird was counted.")
    shelf.export(home)
    workflow.suspend(claim, by=make_user(Role.EDITOR), note=NOTE)
    shelf.export(home)

    assert b"canarybird" in (home / "3" / "claims.csv").read_bytes()
    assert all(b"canarybird" not in content for content in content_of(home / "4").values())


# Jobs


def test_the_daily_job_keeps_seven(home: Path, settings: Settings):
    make_published_claim()

    daily_dump(timestamp=0)

    assert (names(home), settings.DUMPS_KEPT) == (["3", "latest"], 7)


@pytest.mark.parametrize("job", [daily_dump, look_after_dumps])
def test_nothing_is_written_where_no_directory_is_set(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, job: Any
):
    settings.DUMPS_DIR = None
    monkeypatch.chdir(tmp_path)

    job(timestamp=0)

    assert list(tmp_path.iterdir()) == []


def test_a_dump_is_written_as_soon_as_there_is_none_and_no_sooner(home: Path):
    look_after_dumps(timestamp=0)
    make_published_claim()
    look_after_dumps(timestamp=0)

    assert names(home) == ["0", "latest"]
