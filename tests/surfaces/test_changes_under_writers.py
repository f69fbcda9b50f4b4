"""Copies that are kept while people publish: nothing missed, nothing twice, and every byte equal.

`CHANGES_ROUNDS=200` in the environment makes it run for longer.
"""

import json
import os
import random
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from claims.api.examples import mirror
from claims.models import Claim
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.models import Head, Publication
from factcheck.ledger.subjects import Subject
from tests.factories import make_claim
from tests.ledger.conftest import draft_of
from tests.ledger.test_concurrency import GivenUp, at_once

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
    pytest.mark.usefixtures("committed_db"),
]

WRITERS, READERS = 8, 3
ROUNDS = int(os.environ.get("CHANGES_ROUNDS", "20"))
# What becomes of a subject after its first publication.
LIVES = (
    ("update", "correct"),
    ("suspend", "restore"),
    ("suspend", "retract"),
    ("retract", "restore", "update"),
    ("update", "redact"),
    ("suspend", "restore", "suspend", "redact"),
    (),
)


class Reader:
    """A copy, kept by the client as partners have it, and what the client was sent meanwhile."""

    def __init__(self, site: str, copy: Path) -> None:
        self.site, self.copy = site, copy
        self.seen: list[int] = []
        self.heads: list[int] = []

    def follow(self, until: threading.Event) -> None:
        """Ask again and again, and once more after the last was published."""
        while True:
            was_last = until.is_set()
            mirror.mirror(self.site, self.copy)
            if was_last:
                return


@contextmanager
def overheard(readers: list[Reader]) -> Iterator[None]:
    """Note what each reader is sent; each runs in a thread of its own."""
    own = threading.local()
    urlopen = urllib.request.urlopen

    def noting(address: str) -> Any:
        with urlopen(address, timeout=60) as answer:
            body = answer.read()
        page = json.loads(body)
        own.reader.seen += [change["seq"] for change in page["results"]]
        own.reader.heads.append(page["head"])
        return BytesIO(body)

    def follow(self: Reader, until: threading.Event) -> None:
        own.reader = self
        follow_on(self, until)

    follow_on = Reader.follow
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urllib.request, "urlopen", noting)
        patch.setattr(Reader, "follow", follow)
        yield


def write(
    writer: int, rows: list[int], by: User, *, kinds: Sequence[str] = SubjectKind.values
) -> None:
    """Publish in every way; give some of it up after the ledger was written, and hold a row that
    others wait for, now before the place in the ledger is taken and now after.
    """
    chance = random.Random(writer)
    person = User.objects.get(pk=by.pk)
    for round_ in range(ROUNDS):
        kind = chance.choice(kinds)
        subject = Subject(kind, f"{writer:03}{round_:07}")
        life = ("publish", *chance.choice(LIVES))
        for number, action in enumerate(life):
            gives_up = chance.random() < 0.2
            for attempt in (gives_up, False)[0 if gives_up else 1 :]:
                try:
                    publish(subject, action, chance, rows, person, gives_up=attempt)
                except GivenUp:
                    assert attempt
            if number and chance.random() < 0.3:
                time.sleep(chance.random() / 50)


def publish(
    subject: Subject,
    action: str,
    chance: random.Random,
    rows: list[int],
    by: User,
    *,
    gives_up: bool,
) -> None:
    words = {"content": {"text": f"Synthetic words, „{'ї' * chance.randrange(3_000)}“."}}
    draft = draft_of(subject, action)
    with transaction.atomic():
        held = chance.random()
        if held < 0.5:
            Claim.objects.select_for_update().get(pk=chance.choice(rows))
            time.sleep(chance.random() / 20 if held < 0.1 else 0)
        log.append([draft_of(subject, action, **words) if draft.content else draft], by=by)
        if action == PublicationKind.REDACT:
            log.erase(subject)
        if held > 0.95:
            time.sleep(chance.random() / 20)
        if gives_up:
            raise GivenUp


def files_of(copy: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(copy)): path.read_bytes() for path in copy.rglob("*") if path.is_file()
    }


def what_stands() -> dict[str, bytes]:
    """The copy that everybody should have: the newest record of each subject, and the place."""
    copy = {
        f"{row.subject_kind}/{row.subject_id}.json": row.record_bytes
        for row in Publication.objects.newest()
    }
    return {**copy, "after": str(Head.objects.get().seq).encode()}


@pytest.fixture
def by(committed_db: None) -> User:
    return User.objects.create(username="synthetic-editor")


def test_eight_write_and_three_follow_who_miss_nothing_and_get_nothing_twice(
    by: User, public_server: str, tmp_path: Path
):
    rows = [make_claim().pk for _ in range(3)]
    readers = [Reader(public_server, tmp_path / str(number)) for number in range(READERS)]
    done = threading.Event()

    def write_all() -> None:
        try:
            at_once(*[lambda writer=writer: write(writer, rows, by) for writer in range(WRITERS)])
        finally:
            done.set()

    with overheard(readers):
        at_once(write_all, *[lambda reader=reader: reader.follow(done) for reader in readers])

    head = Head.objects.get().seq
    assert head == Publication.objects.count() > WRITERS * ROUNDS
    for reader in readers:
        assert reader.seen == list(range(1, head + 1))
        assert reader.heads == sorted(reader.heads)
        # They read while it was written, or nothing was proved.
        assert len(set(reader.heads)) > 10
        assert files_of(reader.copy) == what_stands()


def test_a_copy_that_is_killed_again_and_again_goes_on_where_it_was(
    by: User, public_server: str, tmp_path: Path
):
    done = threading.Event()
    killed = 0

    def write_all() -> None:
        try:
            write(1, [make_claim().pk], by)
        finally:
            done.set()

    def kill() -> None:
        nonlocal killed
        while not done.is_set():
            files = len(list(tmp_path.rglob("*.json")))
            client = start(public_server, tmp_path)
            while client.poll() is None and len(list(tmp_path.rglob("*.json"))) == files:
                time.sleep(0.002)
            killed += client.poll() is None
            client.kill()
            client.wait()

    at_once(write_all, kill)
    client = start(public_server, tmp_path)

    assert client.wait(timeout=60) == 0
    assert killed > 0
    assert {
        name: content for name, content in files_of(tmp_path).items() if not name.endswith(".new")
    } == what_stands()


def start(site: str, copy: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, mirror.__file__, f"{site}/", str(copy)])


def test_a_copy_refuses_bytes_that_are_not_those_of_the_log(
    by: User, public_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write(1, [make_claim().pk], by)
    urlopen = urllib.request.urlopen

    def forged(address: str) -> Any:
        with urlopen(address) as answer:
            return BytesIO(answer.read().replace(b"Synthetic words", b"Synthetic WORDS"))

    monkeypatch.setattr(urllib.request, "urlopen", forged)

    with pytest.raises(ValueError, match="not the bytes that were logged"):
        mirror.mirror(public_server, tmp_path)
    assert not (tmp_path / "after").exists()


def test_the_client_has_fewer_than_forty_lines_and_needs_nothing_but_python():
    text = Path(mirror.__file__).read_text()
    imported = {words.split(".")[0] for words in re.findall(r"^(?:import|from) (\S+)", text, re.M)}

    assert len(text.splitlines()) < 40
    assert imported <= set(sys.stdlib_module_names)


def test_waiting_writers_are_not_seen_before_they_commit(by: User, public_server: str):
    with transaction.atomic():
        log.append([draft_of(Subject("actor", "0act0r0001"))], by=by)
        page = urllib.request.urlopen(f"{public_server}/api/v1/changes/").read()

    assert page == b'{"results":[],"next_after":0,"head":0}'
