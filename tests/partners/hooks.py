"""A webhook of a synthetic partner, and the partner at its other end."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db.models.functions import Now
from standardwebhooks import Webhook as Verifier

from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.partners import webhooks
from factcheck.partners.models import Delivery, Webhook, WebhookProgress
from tests.factories import make_user
from tests.network.outside import SOMEWHERE, Authority, put_outside, serving

URL = "https://partner.example/hook"


def make_webhook(url: str = URL, **values: Any) -> tuple[Webhook, str]:
    """A webhook that hears of everything, and its secret."""
    administrator = make_user(Role.ADMINISTRATOR)
    given = {
        "url": url,
        "description": "Synthetic partner",
        "subjects": SubjectKind.values,
        "kinds": PublicationKind.values,
        "created_by": administrator,
    }
    webhook = Webhook.objects.create(**given | values)
    webhook.refresh_from_db()
    return webhook, webhooks.set_up(webhook, by=administrator)


def state(webhook: Webhook) -> list[tuple[int, int | None, str]]:
    """Attempts, status and words of each notice, in the order of the ledger."""
    rows = webhook.deliveries.order_by("publication")
    return [(row.attempts, row.status, row.outcome) for row in rows]


def only_claims(**values: Any) -> tuple[Webhook, str]:
    """One that hears of claims alone, of which a test publishes several things along."""
    return make_webhook(subjects=[SubjectKind.CLAIM], **values)


@dataclass
class Partner:
    """What a partner was sent; `answers` is what it says to each, the last one for ever, and
    `before` what it does first.
    """

    answers: list[bytes] = field(default_factory=lambda: [answer(204)])
    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    before: Callable[[], None] = lambda: None

    def handle(self, connection: socket.socket) -> None:
        self.before()
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        connection.sendall(said)

    @property
    def headers(self) -> list[dict[str, str]]:
        """The headers of each request, by lower-case name."""
        return [headers_of(one) for one in self.requests]

    @property
    def names(self) -> list[str]:
        """The `webhook-id` of each request."""
        return [headers["webhook-id"] for headers in self.headers]

    def verified(self, secret: str) -> list[dict[str, Any]]:
        """Every body, verified by the reference library."""
        return [
            Verifier(secret).verify(one.partition(b"\r\n\r\n")[2], headers_of(one))
            for one in self.requests
        ]


def headers_of(request: bytes) -> dict[str, str]:
    lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}


def answer(status: int, *headers: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status} Synthetic", *headers, "", ""]).encode()


@contextmanager
def partner_at(authority: Authority, **given: Any) -> Iterator[Partner]:
    """A partner who listens, on some port of this machine."""
    partner = Partner(**given)
    with serving(partner.handle, tls=authority.context("partner.example")) as server:
        partner.port, partner.requests = server.port, server.requests
        yield partner


def lead_to(patch: pytest.MonkeyPatch, port: int, authority: Path) -> Any:
    """The door leads to that partner, and to nobody else."""
    return put_outside(
        patch,
        names={"partner.example": [[SOMEWHERE]]},
        servers={SOMEWHERE: port},
        authority=authority,
    )


def all_due() -> None:
    """As if everything that waits had waited long enough, and no worker held anything."""
    Delivery.objects.filter(delivered_at=None).update(next_at=Now())
    WebhookProgress.objects.update(rests_until=Now(), leased_until=Now())
