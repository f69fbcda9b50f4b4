"""Stopping and starting, forgetting, and what the database refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from factcheck import read_only
from factcheck.common.errors import Conflict, InvalidInput
from factcheck.common.roles import Role
from factcheck.partners import posting, sending, webhooks
from factcheck.partners.models import Delivery, WebhookSecret
from factcheck.partners.tasks import forget_notices, send_notices
from tests.factories import (
    make_claim,
    make_published_claim,
    make_user,
)
from tests.partners.hooks import Partner, answer, make_webhook, only_claims, state

pytestmark = pytest.mark.django_db


# Stopping and starting


def test_what_was_published_while_it_was_disabled_is_sent_when_it_is_enabled(
    partner: Partner,
) -> None:
    webhook, secret = only_claims()
    by = make_user(Role.ADMINISTRATOR)
    webhooks.disable(webhook, why="Synthetic reason", by=by)
    claim = make_published_claim()
    assert sending.send_due() == 0
    webhook.refresh_from_db()
    assert webhook.disabled_why == "Synthetic reason"

    webhooks.enable(webhook, by=by)
    sending.send_due()

    assert [body["data"]["id"] for body in partner.verified(secret)] == [claim.public_id]
    assert [event.pgh_context.metadata["user"] for event in webhook.history.all()] == [by.pk] * 2


def test_one_that_was_given_up_starts_again_where_it_stopped(partner: Partner) -> None:
    webhook, _ = only_claims()
    partner.answers = [answer(410), answer(204)]
    make_published_claim()
    sending.send_due()
    webhook.refresh_from_db()

    webhooks.enable(webhook, by=make_user(Role.ADMINISTRATOR))
    sending.send_due()

    assert state(webhook) == [(1, 204, "Taken: answered 204.")]
    assert len(set(partner.names)) == 1


def test_stopping_twice_and_starting_twice_is_refused() -> None:
    webhook, _ = make_webhook()
    by = make_user(Role.ADMINISTRATOR)

    with pytest.raises(Conflict):
        webhooks.enable(webhook, by=by)
    webhooks.disable(webhook, by=by)
    webhook.refresh_from_db()
    with pytest.raises(Conflict):
        webhooks.disable(webhook, by=by)
    assert webhook.disabled_why == "Disabled by hand."


def test_a_notice_is_sent_again_on_request_under_its_name(partner: Partner) -> None:
    webhook, _ = only_claims()
    make_published_claim()
    sending.send_due()

    webhooks.send_again(webhook.deliveries.get())
    sending.send_due()

    assert state(webhook) == [(1, 204, "Taken: answered 204.")]
    assert len(partner.names) == 2
    assert len(set(partner.names)) == 1


def test_a_ping_is_signed_and_in_no_line(partner: Partner) -> None:
    webhook, secret = make_webhook()

    outcomes = [webhooks.try_out(webhook), webhooks.try_out(webhook)]

    assert [outcome.sentence for outcome in outcomes] == ["Taken: answered 204."] * 2
    assert [body["type"] for body in partner.verified(secret)] == ["ping", "ping"]
    assert len(set(partner.names)) == 2
    assert not Delivery.objects.exists()


def test_nothing_is_sent_while_the_desk_is_read_only(partner: Partner) -> None:
    only_claims()
    make_published_claim()
    read_only.switch(on=True, why="Synthetic attack.", by=None)

    send_notices(timestamp=0)
    forget_notices(timestamp=0)
    assert partner.requests == []

    read_only.switch(on=False, why="It is over.", by=None)
    send_notices(timestamp=0)
    assert len(partner.requests) == 1


def test_what_was_taken_a_month_ago_is_forgotten(partner: Partner) -> None:
    webhook, _ = only_claims()
    for _ in range(3):
        make_published_claim()
    partner.answers = [answer(204), answer(204), answer(500)]
    sending.send_due()
    long_ago = Now() - timedelta(days=30, minutes=1)
    first, second, waiting = webhook.deliveries.order_by("publication")
    Delivery.objects.filter(pk=first.pk).update(delivered_at=long_ago)
    Delivery.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    WebhookSecret.objects.create(
        webhook=webhook, secret="whsec_ended", ends_at=Now(), created_by=make_user()
    )

    forget_notices(timestamp=0)

    assert list(webhook.deliveries.order_by("publication")) == [second, waiting]
    assert WebhookSecret.objects.count() == 1


# What the database refuses


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"url": "http://partner.example/"}, "partners_webhook_is_asked_over_tls"),
        ({"subjects": []}, "partners_webhook_is_about_something"),
        ({"subjects": ["topic"]}, "partners_webhook_is_about_something"),
        ({"kinds": []}, "partners_webhook_hears_of_something"),
        ({"kinds": ["published"]}, "partners_webhook_hears_of_something"),
        ({"disabled_why": "Synthetic."}, "partners_webhook_is_disabled_for_a_reason"),
        ({"disabled_at": Now()}, "partners_webhook_is_disabled_for_a_reason"),
    ],
)
def test_the_database_refuses_a_webhook_that_makes_no_sense(
    values: dict[str, Any], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_webhook(**values)


def test_the_database_refuses_two_notices_of_one_publication(partner: Partner) -> None:
    webhook, _ = only_claims()
    make_published_claim()
    sending.send_due()
    row = webhook.deliveries.get()

    with pytest.raises(IntegrityError, match="once_of_each_publication"), transaction.atomic():
        Delivery.objects.create(webhook=webhook, publication=row.publication)
    with pytest.raises(IntegrityError, match="waits_or_is_done"), transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(next_at=Now())
    with pytest.raises(IntegrityError, match="waits_or_is_done"), transaction.atomic():
        Delivery.objects.filter(pk=row.pk).update(delivered_at=None)


def test_the_database_refuses_a_second_lasting_secret() -> None:
    webhook, _ = make_webhook()

    with pytest.raises(IntegrityError, match="one_lasts"), transaction.atomic():
        WebhookSecret.objects.create(webhook=webhook, secret="whsec_b", created_by=make_user())
    with pytest.raises(IntegrityError, match="says_what_it_is"), transaction.atomic():
        WebhookSecret.objects.update(secret="synthetic")


# What is asked of the address


@pytest.mark.parametrize(
    "url",
    [
        "http://partner.example/",
        "https://localhost/",
        "https://10.0.0.1/",
        "ftp://partner.example/",
        "https://user@partner.example/",
        "https://[::1]/",
    ],
)
def test_an_address_inside_or_in_the_open_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput):
        posting.check_address(url)


def test_unpublished_work_sets_nothing_off(partner: Partner) -> None:
    only_claims()
    make_claim()

    assert not sending.is_due()
    assert sending.send_due() == 0
    assert partner.requests == []
