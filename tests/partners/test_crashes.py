"""Notices from processes of their own, on a database in which everything is committed: nothing is
lost, nothing is sent twice at a time, and nothing that was never committed is sent at all.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

from factcheck.ledger.models import Publication
from factcheck.partners import sending
from factcheck.partners.models import Delivery
from sources.jobs import worker_runs
from tests.claims.test_two_sessions import at_once
from tests.factories import make_published_claim
from tests.network.outside import Authority
from tests.partners.hooks import Partner, all_due, answer, make_webhook
from tests.test_worker import BASE, PATIENCE, address, until

pytestmark = pytest.mark.usefixtures("committed_db")

# The network of the other process is the same fake one.
SCRIPT = """
import os
import signal
import sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from factcheck.partners import sending
from sources.network import door
from tests.network.outside import SOMEWHERE, FakeOutside
port, authority, command = sys.argv[1:]
door.outside = FakeOutside(
    names={"partner.example": [[SOMEWHERE]]},
    servers={SOMEWHERE: int(port)},
    authority=Path(authority),
)
def end(*args):
    os.kill(os.getpid(), signal.SIGKILL)
if command == "worker":
    call_command("worker")
if command == "wait":
    noted = sending.note
    command, end = "note", lambda *args: (noted(*args), os.kill(os.getpid(), signal.SIGKILL))
setattr(sending, command, end)
sending.send_due()
"""


@contextmanager
def another(
    command: str, partner: Partner, authority: Authority
) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that sends notices to the partner, or the worker as a whole, and is gone
    after the block. A sender is killed by itself where it would take the step named by `command`.
    """
    settings = {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(partner.port), str(authority.path), command],
        cwd=BASE,
        env=os.environ | settings,
        stdin=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


# Where a sender is killed, how many notices were posted by then, and how many attempts are noted.
STAGES = {
    "take": (0, 0),  # before it has taken any of what is in line
    "post": (0, 0),  # with one in hand, before it is sent
    "note": (1, 0),  # when it is sent, before that is noted
    "wait": (1, 1),  # when a failure is noted, while the next attempt waits for its time
}


@pytest.mark.parametrize("stage", STAGES)
def test_whenever_one_is_killed_another_sends_what_it_has_not(
    stage: str, partner: Partner, authority: Authority
) -> None:
    _, secret = make_webhook(subjects=["claim"])
    partner.answers = [answer(503 if stage == "wait" else 204), answer(204)]
    make_published_claim()
    make_published_claim()
    posted, noted = STAGES[stage]

    with another(stage, partner, authority) as process:
        assert process.wait(PATIENCE) == -signal.SIGKILL
    assert len(partner.requests) == posted
    assert sum(Delivery.objects.values_list("attempts", flat=True)) == noted
    if stage in ("post", "note"):
        # Its lease is not over: it could be alive, and slow.
        assert (sending.send_due(), len(partner.requests)) == (0, posted)
    while Delivery.objects.filter(delivered_at=None).exists() or sending.is_due():
        all_due()
        sending.send_due()

    # Both have arrived, in their order, and one came twice at the most, under the same name.
    bodies = partner.verified(secret)
    names = list(dict.fromkeys(partner.names))
    assert len(names) == 2
    assert len(bodies) == 2 + posted
    places = [body["data"]["seq"] for body in bodies]
    assert places == sorted(places)
    assert set(Delivery.objects.values_list("status", flat=True)) == {204}


def test_several_at_once_send_each_notice_once(partner: Partner) -> None:
    for _ in range(2):
        make_webhook(subjects=["claim"])
    for _ in range(3):
        make_published_claim()
    partner.before = lambda: time.sleep(0.2)

    counts = at_once(*[sending.send_due] * 4)
    while sending.is_due():
        counts.append(sending.send_due())

    assert sum(counts) == len(partner.names) == len(set(partner.names)) == 6
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


def test_what_is_not_committed_yet_is_sent_when_it_is_and_what_never_is_never(
    partner: Partner,
) -> None:
    _, secret = make_webhook(subjects=["claim"])
    published, decided = threading.Event(), threading.Event()
    keeps = [False, True]

    def publish() -> None:
        with transaction.atomic():
            make_published_claim()
            published.set()
            decided.wait(PATIENCE)
            if not keeps.pop(0):
                transaction.set_rollback(True)

    for expected in (0, 1):
        published.clear()
        decided.clear()

        def send() -> int:
            assert published.wait(PATIENCE)
            before = sending.send_due()
            decided.set()
            return before

        assert at_once(publish, send) == [None, 0]
        assert sending.send_due() == expected

    [body] = partner.verified(secret)
    publication = Publication.objects.get(subject_kind="claim")
    assert body["data"]["seq"] == publication.seq


def test_a_worker_sends_within_seconds(partner: Partner, authority: Authority) -> None:
    _, secret = make_webhook(subjects=["claim"])
    with another("worker", partner, authority) as worker:
        until(worker_runs)
        claim = make_published_claim()

        until(lambda: partner.requests, seconds=20)
        until(lambda: Delivery.objects.filter(delivered_at__isnull=False).exists())
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0

    assert [body["data"]["id"] for body in partner.verified(secret)] == [claim.public_id]


def test_a_partner_who_was_away_is_sent_what_waited(partner: Partner) -> None:
    webhook, secret = make_webhook(subjects=["claim"])
    partner.answers = [answer(500)]
    for _ in range(2):
        make_published_claim()
    sending.send_due()
    partner.answers = [answer(204)]
    all_due()

    assert sending.send_due() == 2

    assert not webhook.deliveries.filter(delivered_at=None).exists()
    assert len(partner.verified(secret)) == 3
