"""Imports beside others, and imports that are killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection, connections

from claims import workflow
from claims.models import Citation, Claim, ImportedReview
from claims.reviews import import_reviews, run
from factcheck.common.errors import Conflict
from factcheck.common.roles import Role
from factcheck.ledger.models import Publication
from sources.models import Actor, Document, Source
from tests.factories import make_approved_claim, make_user
from tests.reviews.files import claimreview, lines
from tests.test_worker import BASE, address, until

pytestmark = pytest.mark.usefixtures("committed_db")

REVIEWS = 60
# Small batches, so that it is killed between two of them.
SCRIPT = """
import sys
import django
django.setup()
from django.core.management import call_command
from claims.reviews import run
run.BATCH = 5
call_command("import_claimreview", sys.argv[1], "--publish", "--as", sys.argv[2])
"""


@pytest.fixture
def path(tmp_path) -> Path:
    return lines(tmp_path / "reviews.jsonl", *(claimreview(n) for n in range(REVIEWS)))


def counts() -> list[int]:
    models = (Actor, Source, Document, Claim, Citation, ImportedReview, Publication)
    return [model.objects.count() for model in models]


def test_an_import_that_is_killed_is_finished_by_running_it_again(path):
    by = make_user(Role.ADMINISTRATOR)
    settings = {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path), by.username], cwd=BASE, env=os.environ | settings
    )
    until(lambda: ImportedReview.objects.count() >= 10 or process.poll() is not None)

    process.send_signal(signal.SIGKILL)
    process.wait()

    until(is_free)
    done = ImportedReview.objects.count()
    assert 10 <= done < REVIEWS
    again = import_reviews([path], by=by, publish=True)
    assert (again.read, again.created, again.rejected) == (REVIEWS, REVIEWS - done, [])
    assert not again.refused
    assert counts() == [1, 1, REVIEWS, REVIEWS, REVIEWS, REVIEWS, REVIEWS + 2]
    assert set(Claim.objects.values_list("stage", flat=True)) == {"settled"}


def is_free() -> bool:
    """Whether the killed process's connection has gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [run.LOCK])
        [taken] = cursor.fetchone()
        if taken:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [run.LOCK])
    return bool(taken)


def test_somebody_at_the_desk_publishes_meanwhile(path, monkeypatch):
    monkeypatch.setattr(run, "BATCH", 20)
    by, editor = make_user(Role.ADMINISTRATOR), make_user(Role.EDITOR)
    waiting = [make_approved_claim() for _ in range(3)]
    waits: list[float] = []
    raised: list[BaseException] = []

    def publish_all() -> None:
        try:
            for claim in waiting:
                began = time.monotonic()
                workflow.publish(claim, by=editor)
                waits.append(time.monotonic() - began)
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    desk = threading.Thread(target=publish_all)
    desk.start()
    report = import_reviews([path], by=by, publish=True)
    desk.join(timeout=60)

    assert raised == []
    assert (report.published, len(waits)) == (REVIEWS, 3)
    seqs = list(Publication.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
    # Two seconds on a machine of its own: tests share one with others.
    assert max(waits) < 20


def test_two_imports_do_not_run_at_once(path):
    held = threading.Event()
    release = threading.Event()

    def hold() -> None:
        try:
            with run.alone():
                held.set()
                release.wait(timeout=20)
        finally:
            connections.close_all()

    other = threading.Thread(target=hold)
    other.start()
    held.wait(timeout=20)
    try:
        with pytest.raises(Conflict, match="Another import"):
            import_reviews([path])
    finally:
        release.set()
        other.join()
    assert Claim.objects.count() == 0
