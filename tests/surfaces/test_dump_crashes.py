"""Dumps while people publish, and while whoever writes them is killed: old or new, never half."""

import hashlib
import os
import shutil
import subprocess
import sys
import threading
import time
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.dumps import shelf
from factcheck.ledger import log
from factcheck.ledger.choices import TOMBSTONES
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from tests.factories import make_claim, make_published_claim
from tests.ledger.conftest import draft_of
from tests.ledger.test_concurrency import at_once
from tests.surfaces.test_changes_under_writers import write
from tests.surfaces.test_dump_shelf import names
from tests.test_worker import BASE, address, until

WRITERS = 4


def check_whole(dump: shelf.Dump) -> None:
    """Every file is there, and what the package says of it."""
    for file in dump.files:
        content = (dump.directory / file.name).read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


# Killed


class Killed(BaseException):
    """What happens to a process in the middle of a call; it does nothing more after that."""


class Dying:
    """Lets a number of calls to the file system pass, and no other after them."""

    def __init__(self, patch: pytest.MonkeyPatch, *, after: int) -> None:
        self.left = after
        for place, name in (
            (os, "fsync"),
            (os, "replace"),
            (Path, "rename"),
            (Path, "unlink"),
            (Path, "symlink_to"),
            (shutil, "rmtree"),
        ):
            patch.setattr(place, name, self.passing(getattr(place, name)))

    def passing(self, call: Any) -> Any:
        def passed(*arguments: Any, **options: Any) -> Any:
            self.left -= 1
            if self.left < 0:
                raise Killed
            return call(*arguments, **options)

        return passed


@pytest.mark.django_db
def test_whoever_dies_at_whatever_call_leaves_the_old_dump_or_the_new_one(home: Path):
    by = User.objects.create(username="synthetic-editor")
    numbers = count()

    def publish() -> None:
        with transaction.atomic():
            log.append([draft_of(Subject("actor", f"0act{next(numbers):06}"))], by=by)

    deaths = 0
    while True:
        publish()
        old = shelf.export(home, keep=2)
        publish()
        with pytest.MonkeyPatch.context() as patch:
            Dying(patch, after=deaths)
            try:
                shelf.export(home, keep=1)
                break
            except Killed:
                deaths += 1
        found = shelf.listed(home)
        assert found[0].seq in (old.seq, old.seq + 1)
        for dump in found:
            check_whole(dump)
        latest = (home / "latest").resolve()
        assert int(latest.name) in [dump.seq for dump in found]
        assert int(latest.name) >= old.seq
        new = shelf.export(home, keep=1)
        assert names(home) == [str(new.seq), "latest"]

    assert deaths > 10


@pytest.mark.usefixtures("committed_db")
@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_while_it_reads_leaves_the_old_dump(home: Path):
    make_published_claim()
    old = shelf.export(home)
    make_published_claim()

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE ledger_publication IN ACCESS EXCLUSIVE MODE")
        process = subprocess.Popen(
            [sys.executable, "manage.py", "export_dump", str(home)],
            cwd=BASE,
            env=os.environ | {"DATABASE_URL": address(), "DATABASE_PUBLIC_URL": address()},
        )
        until(lambda: len(list(home.glob(".new-dump-*/claims.csv"))))
        process.kill()
        process.wait()

    assert shelf.listed(home) == [old]
    check_whole(old)
    assert (home / "latest").readlink() == Path(str(old.seq))
    assert shelf.export(home).seq == old.seq + 3
    assert names(home) == [str(old.seq), str(old.seq + 3), "latest"]


# While people publish


@pytest.mark.usefixtures("committed_db", "public_server")
@pytest.mark.django_db(transaction=True, databases=["default", "public"])
def test_a_dump_is_the_ledger_at_one_place_while_four_publish(home: Path):
    by = User.objects.create(username="synthetic-editor")
    rows = [make_claim().pk]
    done = threading.Event()
    exported: list[tuple[int, list[bytes], list[bytes]]] = []

    def write_all() -> None:
        kinds = ["actor", "event", "source"]
        try:
            at_once(
                *[
                    lambda writer=writer: write(writer, rows, by, kinds=kinds)
                    for writer in range(WRITERS)
                ]
            )
        finally:
            done.set()

    def export() -> None:
        while not done.is_set():
            dump = shelf.export(home, keep=2)
            check_whole(dump)
            lines = [
                (dump.directory / name).read_bytes().splitlines()
                for name in ("records.jsonl", "tombstones.jsonl")
            ]
            exported.append((dump.seq, lines[0], lines[1]))
            time.sleep(0.02)

    at_once(write_all, export)

    assert len({seq for seq, *_ in exported}) > 3
    for seq, records, tombstones in exported:
        stood = {
            (row.subject_kind, row.subject_id): row
            for row in Publication.objects.filter(seq__lte=seq).order_by("seq")
        }
        live = [stood[key] for key in sorted(stood) if stood[key].kind not in TOMBSTONES]
        gone = [stood[key] for key in sorted(stood) if stood[key].kind in TOMBSTONES]
        for lines, expected in ((records, live), (tombstones, gone)):
            hashes = [hashlib.sha256(line).hexdigest() for line in lines]
            assert hashes == [row.record_sha256 for row in expected]
