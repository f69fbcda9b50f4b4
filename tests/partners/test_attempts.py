"""What is made of the answers, and of none."""

import pytest
from django.db.models.functions import Now

from factcheck.partners import sending
from factcheck.partners.models import Webhook, WebhookProgress
from sources.network import door
from tests.factories import (
    make_published_claim,
)
from tests.partners.hooks import Partner, all_due, answer, only_claims, state

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_every_two_hundred_is_a_success(status: int, partner: Partner) -> None:
    webhook, _ = only_claims()
    partner.answers = [answer(status)]
    make_published_claim()

    sending.send_due()

    assert state(webhook) == [(1, status, f"Taken: answered {status}.")]
    progress = WebhookProgress.objects.get(pk=webhook.pk)
    assert progress.succeeded_at is not None
    assert progress.failed_at is None


@pytest.mark.parametrize(
    "status", [301, 302, 304, 307, 308, 400, 401, 403, 404, 429, 500, 502, 503]
)
def test_everything_else_is_tried_again_under_the_same_name(status: int, partner: Partner) -> None:
    webhook, secret = only_claims()
    where = "Location: https://partner.example/other"
    partner.answers = [answer(status, where), answer(204)]
    make_published_claim()

    sending.send_due()
    [(attempts, noted, _)] = state(webhook)
    assert (attempts, noted, len(partner.requests)) == (1, status, 1)
    assert sending.send_due() == 0
    all_due()
    sending.send_due()

    assert state(webhook) == [(2, 204, "Taken: answered 204.")]
    assert len(set(partner.names)) == 1
    first, second = partner.verified(secret)
    assert first == second


def test_nobody_there_is_tried_again(partner: Partner) -> None:
    webhook, _ = only_claims(url="https://partner.example:443/hook")
    Webhook.objects.filter(pk=webhook.pk).update(url="https://1.1.1.1/hook")
    make_published_claim()

    sending.send_due()

    assert state(webhook) == [(1, None, "Nobody answers at this address.")]


def test_an_address_that_leads_inside_by_now_is_sent_nothing(partner: Partner) -> None:
    webhook, _ = only_claims()
    door.outside.names["partner.example"] = [["127.0.0.1"]]
    make_published_claim()

    sending.send_due()

    assert state(webhook) == [(1, None, "This address leads inside our own network.")]
    assert partner.requests == []


def test_a_failure_waits_by_the_schedule_and_then_disables(partner: Partner) -> None:
    webhook, _ = only_claims()
    partner.answers = [answer(500)]
    make_published_claim()
    delays = []

    for _ in range(9):
        assert sending.send_due() == 1
        row = webhook.deliveries.get()
        delays.append((row.next_at - row.tried_at).total_seconds())
        all_due()
    webhook.refresh_from_db()
    assert webhook.is_active
    assert sending.send_due() == 1

    hour = 3600
    schedule = [5, 300, 1800, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]
    for delay, planned in zip(delays, schedule, strict=True):
        assert planned <= delay <= planned * 1.1
    assert len(set(delays)) == 9
    webhook.refresh_from_db()
    assert webhook.disabled_why == (
        "10 attempts at the same notice failed. The last one: Answered 500, which is no success."
    )
    all_due()
    assert sending.send_due() == 0
    assert not sending.is_due()


def test_who_is_gone_is_sent_nothing_more(partner: Partner) -> None:
    webhook, _ = only_claims()
    partner.answers = [answer(410)]
    make_published_claim()
    make_published_claim()

    sending.send_due()
    all_due()

    webhook.refresh_from_db()
    assert webhook.disabled_why == "Answered 410: it wants no more notices."
    assert sending.send_due() == 0
    assert len(partner.requests) == 1


@pytest.mark.parametrize(
    ("status", "asked", "seconds"),
    [
        (429, "600", 600),
        (503, "600", 600),
        (503, "99999999999", 86400),
        (429, "soon", 5),
        (503, "-5", 5),
        (500, "600", 5),
        (429, "Wed, 21 Oct 2015 07:28:00 GMT", 5),
        (429, "Wed, 21 Oct 2115 07:28:00 GMT", 86400),
        (429, "２００", 5),
    ],
)
def test_who_asks_us_to_wait_is_left_alone(
    status: int, asked: str, seconds: int, partner: Partner
) -> None:
    webhook, _ = only_claims()
    partner.answers = [answer(status, f"Retry-After: {asked}")]
    make_published_claim()
    make_published_claim()

    assert sending.send_due() == 1

    row = webhook.deliveries.order_by("publication").first()
    progress = WebhookProgress.objects.get(pk=webhook.pk)
    assert seconds <= (row.next_at - row.tried_at).total_seconds() < seconds * 1.11
    assert seconds - 1 < (progress.rests_until - row.tried_at).total_seconds() < seconds * 1.11


def test_a_partner_who_fails_holds_up_no_other(partner: Partner) -> None:
    dead, _ = only_claims(url="https://1.1.1.1/hook")
    _, secret = only_claims()
    for _ in range(3):
        make_published_claim()

    sending.send_due()

    assert [attempts for attempts, _, _ in state(dead)] == [1, 0, 0]
    alive = [one for one in partner.requests if dead.public_id.encode() not in one]
    assert len(Partner(requests=alive).verified(secret)) == 3


def test_a_partner_who_fails_at_one_notice_is_sent_the_others(partner: Partner) -> None:
    webhook, _ = only_claims()
    partner.answers = [answer(500), answer(204)]
    make_published_claim()
    make_published_claim()

    sending.send_due()
    WebhookProgress.objects.update(rests_until=Now())
    sending.send_due()

    assert [status for _, status, _ in state(webhook)] == [500, 204]
