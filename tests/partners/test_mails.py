"""Who hears that a webhook was disabled, and when. All accounts and partners are synthetic."""

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from factcheck.common.roles import Role
from factcheck.partners import mails, sending, tasks, webhooks
from factcheck.partners.models import Delivery, Webhook
from tests.admin_pages import signed_in
from tests.factories import make_published_claim, make_user
from tests.partners.hooks import Partner, all_due, answer, only_claims

pytestmark = pytest.mark.django_db


def jobs() -> list[dict[str, Any]]:
    """What is in line to be told."""
    waiting = ProcrastinateJob.objects.filter(task_name=mails.TELL, status="todo")
    return [job.args for job in waiting]


def given_up(partner: Partner) -> Webhook:
    """A webhook whose partner wants no more."""
    webhook, _ = only_claims()
    partner.answers = [answer(410)]
    make_published_claim()
    sending.send_due()
    webhook.refresh_from_db()
    assert not webhook.is_active
    return webhook


def with_address(role: Role, address: str, **values: Any) -> Any:
    user = make_user(role)
    for name, value in {"email": address, **values}.items():
        setattr(user, name, value)
    user.save()
    return user


def test_who_entered_it_and_administrators_are_told_once_and_why(partner: Partner, settings: Any):
    settings.SITE_URL = "https://facts.example"
    webhook = given_up(partner)
    owner = webhook.created_by
    owner.email = "owner@mail.example"
    owner.save()
    owner.groups.clear()
    with_address(Role.ADMINISTRATOR, "administrator@mail.example")
    with_address(Role.ADMINISTRATOR, "left@mail.example", is_active=False)
    with_address(Role.EDITOR, "editor@mail.example")
    with_address(Role.ADMINISTRATOR, "")
    assert jobs() == [{"webhook_id": webhook.pk}]

    tasks.tell_of_disabled_webhook(**jobs()[0])

    assert [one.to for one in mail.outbox] == [
        ["administrator@mail.example"],
        ["owner@mail.example"],
    ]
    told = mail.outbox[0]
    assert told.subject == "A webhook was disabled: Synthetic partner"
    assert "Answered 410: it wants no more notices." in told.body
    assert f"https://facts.example/admin/partners/webhook/{webhook.pk}/change/" in told.body


def test_ten_failures_are_told_of_and_no_fewer(partner: Partner):
    webhook, _ = only_claims()
    partner.answers = [answer(500)]
    make_published_claim()
    sending.send_due()
    assert jobs() == []
    Delivery.objects.update(attempts=9)
    all_due()

    sending.send_due()

    assert jobs() == [{"webhook_id": webhook.pk}]


def test_nobody_is_mailed_for_what_somebody_did_or_has_undone(partner: Partner):
    by_hand, _ = only_claims(url="https://other.example/hook")
    webhooks.disable(by_hand, by=by_hand.created_by)
    assert jobs() == []

    webhook = given_up(partner)
    with_address(Role.ADMINISTRATOR, "administrator@mail.example")
    webhooks.enable(webhook, by=webhook.created_by)

    assert mails.tell(webhook.pk) == 0
    assert mail.outbox == []


def test_what_is_not_committed_is_told_to_nobody(partner: Partner):
    webhook, _ = only_claims()
    with transaction.atomic():
        mails.put_in_line(webhook)
        transaction.set_rollback(True)

    assert jobs() == []


def test_a_server_that_is_away_is_asked_again(partner: Partner, monkeypatch: pytest.MonkeyPatch):
    with_address(Role.ADMINISTRATOR, "administrator@mail.example")
    webhook = given_up(partner)

    def away(*args: Any, **options: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    with pytest.raises(ConnectionRefusedError):
        tasks.tell_of_disabled_webhook(webhook.pk)

    retry = app.tasks[mails.TELL].retry_strategy
    assert retry is not None
    assert retry.max_attempts == 12


def test_home_shows_administrators_what_was_given_up_until_it_works(partner: Partner):
    administrator, editor = make_user(Role.ADMINISTRATOR), make_user(Role.EDITOR)
    webhook = given_up(partner)
    heading = "Partners who are sent nothing more"

    shown = signed_in(administrator).get("/admin/").content.decode()
    assert heading in shown
    assert "Answered 410: it wants no more notices." in shown
    assert heading not in signed_in(editor).get("/admin/").content.decode()

    webhooks.enable(webhook, by=administrator)
    assert heading not in signed_in(administrator).get("/admin/").content.decode()
