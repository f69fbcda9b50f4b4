"""Two people at the same moment, each with a connection of their own."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction

from claims.choices import Stage
from claims.models import Claim
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision
from tests import factories
from tests.admin_pages import address, open_form, opened_at, signed_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_db")]

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def while_somebody_saves(claim: Claim, task: Callable[[], Any]) -> Any:
    """What the task returns that starts while somebody else's change is not committed yet, and
    goes on when it is.
    """
    answers = []

    def run() -> None:
        try:
            answers.append(task())
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    with transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(text="Saved by somebody else.")
        thread.start()
        wait_until_it_waits()
    thread.join(timeout=30)
    return answers[0]


def wait_until_it_waits() -> None:
    """Return when another connection waits for a lock."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            [count] = cursor.fetchone()
        if count:
            return
        time.sleep(0.05)
    raise AssertionError("Nobody has waited for a lock.")


def test_a_save_that_waits_for_another_one_overwrites_nothing() -> None:
    claim = factories.make_ready_claim()
    browser = signed_in(factories.make_user(Role.REPORTER))
    values = open_form(browser, claim) | {"text": "Mine."}

    response = while_somebody_saves(claim, lambda: browser.post(address(claim), values))

    claim.refresh_from_db()
    assert response.status_code == 409
    assert claim.text == "Saved by somebody else."
    assert "Mine." in response.content.decode()


def test_a_step_that_waits_for_a_save_is_taken_back() -> None:
    claim = factories.make_ready_claim()
    browser = signed_in(factories.make_user(Role.REPORTER))
    seen = opened_at(open_form(browser, claim))

    response = while_somebody_saves(
        claim, lambda: browser.post(address(claim, "step", "submit"), seen)
    )

    claim.refresh_from_db()
    assert response.status_code == 409
    assert claim.stage == Stage.DRAFT
    assert not Decision.objects.exists()
