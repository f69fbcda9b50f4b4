"""Mails to whoever looks after a webhook that was disabled because nobody took its notices.

The job that sends them is put in line in the transaction that disables the webhook; the worker
sends them afterwards, with no lock held. Such a job may be repeated, and a mail come twice.
"""

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.urls import reverse
from procrastinate.contrib.django import app

from factcheck.common.roles import Role
from factcheck.partners.models import Webhook

# The job by its name: factcheck.partners.tasks, which has it, imports this module.
TELL = "partners.tell_of_disabled_webhook"
SUBJECT = "A webhook was disabled: {webhook}"
BODY = """\
Nothing more is sent to the webhook “{webhook}”, since {at:%Y-%m-%d %H:%M} UTC.

{why}

What is published meanwhile waits, and nothing is lost. Ask the partner what is wrong; then try the
webhook and enable it at

{address}

You are sent this because you entered the webhook or are an administrator.
"""


def put_in_line(webhook: Webhook) -> None:
    """Have the mails sent once the transaction at hand is committed, and never if it is not."""
    app.configure_task(TELL).defer(webhook_id=webhook.pk)


def tell(webhook_id: int) -> int:
    """Send the mails, and say how many. None where the webhook was enabled again meanwhile, or
    where nobody who is concerned has an address. Raises OSError where the server does not take
    them. Never inside a transaction.
    """
    webhook = Webhook.objects.select_related("created_by").get(pk=webhook_id)
    if webhook.is_active:
        return 0
    messages = [
        EmailMessage(
            subject=SUBJECT.format(webhook=webhook.description),
            body=BODY.format(
                webhook=webhook.description,
                at=webhook.disabled_at,
                why=webhook.disabled_why,
                address=address_of(webhook),
            ),
            to=[address],
        )
        for address in addresses(webhook)
    ]
    return int(get_connection().send_messages(messages) or 0) if messages else 0


def addresses(webhook: Webhook) -> list[str]:
    """Those of who entered the webhook and of all administrators, while their accounts are open."""
    concerned = Q(pk=webhook.created_by_id) | Q(groups__name=Role.ADMINISTRATOR.value)
    people = User.objects.filter(concerned, is_active=True).exclude(email="")
    return sorted(set(people.values_list("email", flat=True)))


def address_of(webhook: Webhook) -> str:
    """The webhook's page at the desk; its path alone where nobody has said what the site's is."""
    return settings.SITE_URL + reverse("admin:partners_webhook_change", args=[webhook.pk])
