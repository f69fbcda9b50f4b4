"""A worker as a process of its own, on a database in which everything is committed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from claims.embargoes import set_embargo
from claims.models import Claim
from factcheck.common.roles import Role
from factcheck.ledger.models import Publication, SignedCheckpoint
from factcheck.ledger.tree.notes import new_signing_key
from factcheck.worker_beside import worker_beside
from sources.jobs import worker_runs
from tests.claims.test_embargoes import due
from tests.factories import make_approved_claim, make_user

pytestmark = pytest.mark.usefixtures("committed_db")

BASE = Path(__file__).resolve().parent.parent
PATIENCE = 40


def address() -> str:
    """The test database's, as a worker is given it."""
    given: dict[str, Any] = connection.settings_dict
    host, port = given["HOST"], given["PORT"]
    return f"postgresql://{given['USER']}@/{given['NAME']}?host={quote(host, safe='')}&port={port}"


def start(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker", *arguments],
        cwd=BASE,
        env=os.environ | {"DATABASE_URL": address()} | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[str]]:
    """A worker that runs until the test ends, and signs the log."""
    process = start(LOG_KEY=new_signing_key("log.example/log").secret_text())
    yield process
    process.kill()
    process.wait()


def until(true: Callable[[], Any], *, seconds: float = PATIENCE) -> None:
    """Wait until it is so, or fail."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "It never came about."
        time.sleep(0.05)


def kinds_of(claim: Claim) -> list[str]:
    rows = Publication.objects.filter(subject_kind="claim", subject_id=claim.public_id)
    return [row.kind for row in rows.order_by("seq")]


def waits_for_a_lock() -> bool:
    """Whether another session stands before the row that this test holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        [count] = cursor.fetchone()
    return count > 0


def test_it_publishes_at_the_time_and_ends_when_told_to(worker: subprocess.Popen[str]) -> None:
    claim = make_approved_claim()
    until(worker_runs)
    at = timezone.now() + timedelta(seconds=2)
    embargo = set_embargo(claim, action="publish", publish_at=at, by=make_user(Role.EDITOR))

    until(lambda: kinds_of(claim))
    until(SignedCheckpoint.objects.exists)
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=PATIENCE)

    embargo.refresh_from_db()
    went_out = Publication.objects.get(subject_id=claim.public_id).published_at
    assert (embargo.state, kinds_of(claim)) == ("done", ["publish"])
    assert at <= went_out < at + timedelta(seconds=10)
    assert worker.returncode == 0
    assert SignedCheckpoint.objects.get().signed_at < went_out + timedelta(seconds=20)
    assert SignedCheckpoint.objects.get().size == Publication.objects.count()
    assert "Job claims.publish_due[" in said
    assert said.rstrip().endswith("Stopped.")
    assert not ProcrastinateWorker.objects.exists()
    assert not ProcrastinateJob.objects.filter(status="doing").exists()


def test_one_that_is_killed_in_the_middle_loses_nothing_and_does_nothing_twice(
    worker: subprocess.Popen[str],
) -> None:
    until(worker_runs)
    claim = make_approved_claim()
    embargo = due(claim)
    with psycopg.connect(address()) as other:
        other.execute("SELECT FROM claims_claim WHERE id = %s FOR UPDATE", [claim.pk])
        set_off_now()
        until(waits_for_a_lock)
        worker.kill()
        worker.wait()
    assert kinds_of(claim) == []

    again = start("--once")
    said, _ = again.communicate(timeout=PATIENCE)

    embargo.refresh_from_db()
    assert (again.returncode, embargo.state, kinds_of(claim)) == (0, "done", ["publish"]), said
    assert start("--once").wait(PATIENCE) == 0
    assert kinds_of(claim) == ["publish"]


def set_off_now() -> None:
    """Have the worker look at once, not at the next full minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'claims.publish_due', '{\"timestamp\": 0}')"
        )


def test_a_job_of_a_dead_worker_is_put_back_in_line() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 hour') RETURNING id)"
            " INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, worker_id)"
            " SELECT 'default', 'claims.publish_due', '{\"timestamp\": 0}', 'doing', id FROM dead"
            " RETURNING id"
        )
        [job] = cursor.fetchone()

    assert start("--once").wait(PATIENCE) == 0

    assert not ProcrastinateJob.objects.filter(pk=job).exists()


def put_in_line(status: str, *, worker: int | None = None) -> int:
    """A job of which only one waits and one is in hand at a time, as an import is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs"
            " (queue_name, task_name, args, lock, queueing_lock, status, worker_id)"
            " VALUES ('default', 'claims.carry_out_imports', '{\"timestamp\": 0}', 'imports',"
            " 'imports', %s, %s) RETURNING id",
            [status, worker],
        )
        return int(cursor.fetchone()[0])


def test_a_dead_workers_job_does_not_bar_the_next_of_its_kind() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '1 hour') RETURNING id"
        )
        [dead] = cursor.fetchone()
    jobs = [put_in_line("doing", worker=dead), put_in_line("todo")]

    assert start("--once").wait(PATIENCE) == 0

    assert not ProcrastinateJob.objects.filter(pk__in=jobs).exists()
    assert not ProcrastinateJob.objects.filter(status__in=["failed", "todo", "doing"]).exists()


def test_what_is_in_line_already_does_not_keep_the_rest_from_being_done() -> None:
    waiting = put_in_line("todo")

    assert start("--once").wait(PATIENCE) == 0

    assert not ProcrastinateJob.objects.filter(pk=waiting).exists()


def test_a_lost_database_is_waited_for(worker: subprocess.Popen[str]) -> None:
    until(worker_runs)
    claim = make_approved_claim()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    due(claim)
    set_off_now()

    until(lambda: kinds_of(claim))
    assert worker.poll() is None


def test_a_database_that_is_away_is_said_and_being_told_to_stop_is_heard_meanwhile() -> None:
    nowhere = "postgresql://nobody@/nothing?host=%2Fnonexistent"
    waiting, once = start(DATABASE_URL=nowhere), start("--once", DATABASE_URL=nowhere)
    assert waiting.stdout is not None

    first = [waiting.stdout.readline(), waiting.stdout.readline()]
    waiting.send_signal(signal.SIGTERM)

    assert waiting.wait(PATIENCE) == 0
    said, _ = once.communicate(timeout=PATIENCE)
    assert "The database cannot be used" in "".join(first)
    assert once.returncode == 1
    assert "CommandError: The database cannot be used" in said


def test_whoever_runs_one_beside_is_told_of_its_end_and_goes_on() -> None:
    said: list[str] = []

    with worker_beside(say=said.append) as process:
        process.kill()
        until(lambda: said)

    assert said == [
        "The worker has ended (status -9): nothing is published at its time until quickstart is "
        "started again. The site goes on."
    ]


STARTS_ONE = """
import os, subprocess, sys
parent = f"--parent={os.getpid()}"
print(subprocess.Popen([sys.executable, "manage.py", "worker", parent]).pid, flush=True)
sys.stdin.read()
"""


def test_it_ends_with_whoever_started_it() -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE],
        cwd=BASE,
        env=os.environ | {"DATABASE_URL": address()},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert starter.stdout is not None
    worker = Path(f"/proc/{int(starter.stdout.readline())}")
    until(worker_runs)

    starter.kill()
    starter.wait()

    until(lambda: not ProcrastinateWorker.objects.exists())
    until(lambda: not worker.exists() or "Z" in (worker / "stat").read_text().split()[2])
