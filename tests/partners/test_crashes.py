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

from claims.jobs import worker_runs
from factcheck.ledger.models import Publication
from factcheck.partners import sending
from factcheck.partners.models import Delivery
from tests.claims.test_two_sessions import at_once
from tests.factories import make_published_claim
from tests.network.outside import Authority
from tests.partners.hooks import Partner, all_due, answer, make_webhook
from tests.test_worker import BASE, PATIENCE, address, until

pytestmark = pytest.mark.usefixtures("committed_db")

# The network of the other process is the same fake one.
SCRIPT = """
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
call_command("worker") if command == "worker" else sending.send_due()
"""


@contextmanager
def another(
    command: str, partner: Partner, authority: Authority
) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that sends notices to the partner, and is gone after the block."""
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


def test_one_that_is_killed_before_it_has_noted_anything_is_followed_by_another(
    partner: Partner, authority: Authority
) -> None:
    _, secret = make_webhook(subjects=["claim"])
    make_published_claim()

    with another("send", partner, authority) as process:
        partner.before = process.kill
        assert process.wait(PATIENCE) == -signal.SIGKILL
    partner.before = lambda: None

    # Its lease is not over: it could be alive, and slow.
    assert (sending.send_due(), len(partner.requests)) == (0, 1)
    all_due()
    assert (sending.send_due(), len(partner.requests)) == (1, 2)
    assert len(set(partner.names)) == 1
    first, second = partner.verified(secret)
    assert first == second
    assert Delivery.objects.get().delivered_at is not None


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
