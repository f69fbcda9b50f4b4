"""What administrators do with webhooks: set them up, try them, stop them and start them again."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from factcheck.common.errors import Conflict
from factcheck.common.text import clean_line
from factcheck.ledger.history import acting
from factcheck.ledger.models import Head
from factcheck.partners import notices, posting, sending
from factcheck.partners.models import Delivery, Webhook, WebhookProgress, WebhookSecret

# For so long the secret before signs beside a new one.
OVERLAP = timedelta(hours=24)
BY_HAND = "Disabled by hand."


def set_up(webhook: Webhook, *, by: User) -> str:
    """Start sending to a webhook that was just added, from here on, and give its first secret, to
    be shown this once. What was published before is not sent.
    """
    with transaction.atomic(), acting(by):
        WebhookProgress.objects.create(webhook=webhook, written_to=Head.objects.get().seq)
        return new_secret(webhook, by=by)


def new_secret(webhook: Webhook, *, by: User) -> str:
    """Give the webhook a new secret, to be shown this once. For a day notices carry the signatures
    of both; of those before the last one, none.
    """
    secret = notices.new_secret()
    with transaction.atomic(), acting(by):
        WebhookProgress.objects.select_for_update().get(pk=webhook.pk)
        secrets = webhook.secrets.all()
        secrets.filter(ends_at__isnull=False).delete()
        secrets.update(ends_at=Now() + OVERLAP)
        WebhookSecret.objects.create(webhook=webhook, secret=secret, created_by=by)
    return secret


def try_out(webhook: Webhook) -> posting.Outcome:
    """Post a ping now, and say what came of it. It is in no line and no log.

    Must not run in a transaction: it waits for the other side.
    """
    name = f"{notices.message_id(webhook.public_id, 0)}_{notices.some_name()}"
    content = notices.ping(timezone.now())
    return posting.post(webhook.url, content, sending.signed(webhook, content, name=name))


def disable(webhook: Webhook, *, why: str = "", by: User) -> None:
    """Send nothing more there. What is published meanwhile waits. Raises Conflict."""
    if not webhook.is_active:
        raise Conflict("It is disabled already.")
    with transaction.atomic(), acting(by):
        sending.disable(webhook, why=clean_line(why, name="note", max_length=500) or BY_HAND)


def enable(webhook: Webhook, *, by: User) -> None:
    """Send again, from where it stopped: everything that was published meanwhile too, and each
    notice with all its attempts. Raises Conflict.
    """
    if webhook.is_active:
        raise Conflict("It is not disabled.")
    with transaction.atomic(), acting(by):
        Webhook.objects.filter(pk=webhook.pk).update(disabled_at=None, disabled_why="")
        WebhookProgress.objects.filter(pk=webhook.pk).update(rests_until=Now(), failed_at=None)
        webhook.deliveries.filter(delivered_at=None).update(attempts=0, next_at=Now())


def send_again(delivery: Delivery) -> None:
    """Put a notice back in line, whatever came of it, with all its attempts. Raises Conflict where
    its webhook is disabled.
    """
    if not delivery.webhook.is_active:
        raise Conflict("Its webhook is disabled: enable it first.")
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(attempts=0, next_at=Now(), delivered_at=None)
        WebhookProgress.objects.filter(pk=delivery.webhook_id).update(rests_until=Now())
