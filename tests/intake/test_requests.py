"""Copies that the worker takes: in line, tried again, cancelled, and never half-done."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from asgiref.sync import async_to_sync
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from claims.models import JobFailure
from factcheck.common.errors import Conflict, InvalidInput
from factcheck.management.commands.worker import note_how_it_ended
from sources.capturing import requests
from sources.capturing.requests import ask_for_copy, cancel, carry_out, carry_out_due, try_again
from sources.models import Capture, CaptureRequest
from sources.models.capture_request import SILENCE
from tests.factories import make_document, make_user
from tests.intake.site import URL, page
from tests.test_worker import PATIENCE, address, until

pytestmark = pytest.mark.django_db

BASE = Path(__file__).resolve().parent.parent.parent


def age(request: CaptureRequest, **by: float) -> None:
    """As if that much time had passed."""
    passed = timedelta(**by)
    row = CaptureRequest.objects.get(pk=request.pk)
    row.next_try_at -= passed
    if row.seen_at:
        row.seen_at -= passed
    row.save()


def test_a_copy_that_is_asked_for_is_taken_in_that_persons_name(site, reporter):
    document = make_document(url=URL)
    site.puts(page())

    asked = ask_for_copy(document, by=reporter)
    jobs = list(ProcrastinateJob.objects.values_list("task_name", "status"))
    [done] = carry_out_due()

    assert jobs == [("sources.carry_out_captures", "todo")]
    assert (asked.state, done.state, done.attempts, done.reason) == ("waiting", "done", 1, "")
    assert done.capture == document.captures.get()
    assert done.capture.created_by == reporter
    assert carry_out_due() == []
    assert carry_out(done).attempts == 1


def test_what_may_pass_is_tried_again_after_growing_waits_and_then_kept_as_failed(site, reporter):
    document = make_document(url=URL)
    site.puts(b"Synthetic error.", status="503 Busy")
    request = ask_for_copy(document, by=reporter)

    waits = []
    for _ in requests.WAITS:
        before = timezone.now()
        [tried] = carry_out_due()
        assert (tried.state, tried.reason) == ("waiting", "The site answered with an error (503).")
        waits.append(round((tried.next_try_at - before).total_seconds() / 60))
        assert not Capture.objects.exists()
        assert carry_out_due() == []
        age(request, hours=4)
    [ended] = carry_out_due()

    assert waits == list(requests.WAITS)
    assert (ended.state, ended.attempts, ended.capture.status) == ("failed", 5, "failed")
    assert len(site.server.requests) == 5


def test_a_site_that_says_when_to_come_back_is_left_alone_until_then(site, reporter):
    site.puts(b"Slower.", "Retry-After: 7200", status="429 Often")
    before = timezone.now()
    ask_for_copy(make_document(url=URL), by=reporter)

    [tried] = carry_out_due()

    assert timedelta(hours=2) <= tried.next_try_at - before < timedelta(hours=2, minutes=1)
    assert tried.reason == "The site says that we ask too often (429)."


@pytest.mark.parametrize(
    ("status", "state"), [("404 No", "done"), ("403 No", "failed"), ("400 No", "failed")]
)
def test_what_lasts_is_not_tried_again(site, reporter, status, state):
    site.puts(b"Synthetic.", status=status)
    ask_for_copy(make_document(url=URL), by=reporter)

    [ended] = carry_out_due()

    assert (ended.state, ended.attempts) == (state, 1)
    assert ended.reason == ended.capture.reason != ""


def test_what_waits_is_tried_now_or_cancelled(site, reporter):
    site.puts(b"Synthetic.", status="503 Busy")
    request = ask_for_copy(make_document(url=URL), by=reporter)
    carry_out_due()

    site.puts(page())
    try_again(request)
    [done] = carry_out_due()
    with pytest.raises(Conflict):
        cancel(done)
    with pytest.raises(Conflict):
        try_again(done)
    other = ask_for_copy(request.document, by=reporter)
    cancelled = cancel(other)

    assert (done.state, done.attempts) == ("done", 2)
    assert (cancelled.state, cancelled.ended_at is not None) == ("cancelled", True)
    assert carry_out_due() == []


def test_what_has_failed_is_tried_anew_unless_another_is_at_it(site, reporter):
    site.puts(b"Synthetic.", status="403 No")
    failed = ask_for_copy(make_document(url=URL), by=reporter)
    carry_out_due()
    other = ask_for_copy(failed.document, by=reporter)

    with pytest.raises(Conflict, match="being taken already"):
        try_again(failed)
    cancel(other)
    site.puts(page())
    try_again(failed)
    [done] = carry_out_due()

    assert (done, done.state, done.attempts) == (failed, "done", 1)
    assert [one.status for one in failed.document.captures.order_by("pk")] == ["blocked", "live"]


def test_a_copy_is_asked_for_once_at_a_time_and_only_of_an_address(reporter):
    document = make_document(url=URL)
    request = ask_for_copy(document, by=reporter)

    with pytest.raises(Conflict, match="being taken already"):
        ask_for_copy(document, by=reporter)
    with pytest.raises(InvalidInput, match="This document has no address"):
        ask_for_copy(make_document(), by=reporter)
    with pytest.raises(InvalidInput, match="inside our own network"):
        ask_for_copy(make_document(url="http://10.0.0.1/"), by=reporter)
    for broken in ({"state": "done"}, {"state": "odd"}, {"ended_at": timezone.now()}):
        with pytest.raises(IntegrityError, match="capturerequest_"), transaction.atomic():
            CaptureRequest.objects.filter(pk=request.pk).update(**broken)
    request.pk, request._state.adding = None, True
    with pytest.raises(IntegrityError, match="is_open_once"), transaction.atomic():
        request.save(force_insert=True)


def test_what_breaks_off_is_said_and_does_not_seem_to_go_on(site, reporter, monkeypatch):
    request = ask_for_copy(make_document(url=URL), by=reporter)
    monkeypatch.setattr(requests, "fetch", lambda url: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        carry_out_due()

    request.refresh_from_db()
    assert (request.state, request.reason) == ("failed", requests.BROKE_OFF)


def test_who_was_thought_dead_writes_nothing_when_somebody_else_has_taken_it_up(
    site, reporter, monkeypatch
):
    site.puts(page())
    request = ask_for_copy(make_document(url=URL), by=reporter)
    fetch = requests.fetch

    def slow(url):
        age(request, seconds=SILENCE.total_seconds() + 1)
        monkeypatch.setattr(requests, "fetch", fetch)
        carry_out_due()
        return fetch(url)

    monkeypatch.setattr(requests, "fetch", slow)
    carry_out(request)

    request.refresh_from_db()
    assert (request.state, request.attempts) == ("done", 2)
    assert request.document.captures.get() == request.capture


# A worker as a process of its own, with a network of its own

WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
import django
django.setup()
from django.core.management import call_command
from sources.network import door
from tests.network.outside import SOMEWHERE, FakeOutside
door.outside = FakeOutside(
    names={"news.example": [[SOMEWHERE]]}, servers={SOMEWHERE: int(sys.argv[1])}
)
call_command("worker", "--once")
"""


def work(port: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"DATABASE_URL": address(), "PYTHONPATH": str(BASE)}
    return subprocess.Popen([sys.executable, "-c", WORKER, str(port)], cwd=BASE, env=environment)


@pytest.mark.usefixtures("committed_db")
def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_half_done(site):
    document = make_document(url=URL)
    site.puts(page())
    whole = site.pages["/boats"]
    # The answer begins, and does not go on.
    site.pages["/boats"] = whole[:-50]
    site.lingers = PATIENCE
    request = ask_for_copy(document, by=make_user("reporter"))

    worker = work(site.server.port)
    until(lambda: site.server.requests)
    time.sleep(0.2)
    worker.send_signal(signal.SIGKILL)
    worker.wait()

    request.refresh_from_db()
    assert (request.state, request.attempts, Capture.objects.count()) == ("running", 1, 0)

    site.pages["/boats"], site.lingers = whole, 0
    age(request, seconds=SILENCE.total_seconds() + 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 h'")
    assert work(site.server.port).wait(PATIENCE) == 0
    request.refresh_from_db()
    assert (request.state, request.attempts) == ("done", 2)
    assert Capture.objects.get().status == "live"


# What the list of jobs says of a job that fails


def test_a_job_that_fails_leaves_its_reason_until_it_is_done(reporter):
    context = SimpleNamespace(job=SimpleNamespace(id=7, attempts=1))

    async def fails() -> None:
        raise InvalidInput("Synthetic reason.")

    async def succeeds() -> str:
        return "done"

    with pytest.raises(InvalidInput):
        async_to_sync(note_how_it_ended)(fails, context, None)
    reasons = list(JobFailure.objects.values_list("job", "reason"))
    done = async_to_sync(note_how_it_ended)(succeeds, context, None)

    assert reasons == [(7, "Synthetic reason.")]
    assert (done, JobFailure.objects.count()) == ("done", 0)
