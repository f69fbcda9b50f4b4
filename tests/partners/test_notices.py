"""What partners are told, in which words, signed by which secrets."""

import base64
import re

import pytest
from django.db import transaction
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from claims import workflow
from factcheck.common.roles import Role
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.models import Publication
from factcheck.partners import notices, sending, webhooks
from factcheck.partners.models import Webhook, WebhookProgress, WebhookSecret
from sources.models import PublicActor
from tests.factories import (
    make_published_claim,
    make_user,
    revise_and_publish,
    withhold,
)
from tests.partners.hooks import Partner, make_webhook, only_claims, state

pytestmark = pytest.mark.django_db


# What is sent


def test_a_publication_is_told_in_a_signed_and_thin_notice(partner: Partner) -> None:
    webhook, secret = only_claims()
    claim = make_published_claim(text="Twelve synthetic boats were counted.")
    publication = Publication.objects.get(subject_id=claim.public_id)

    assert sending.send_due() == 1

    [body] = partner.verified(secret)
    assert body == {
        "type": "claim.published",
        "timestamp": publication.published_at.isoformat().replace("+00:00", "Z"),
        "data": {
            "seq": publication.seq,
            "kind": "publish",
            "subject": "claim",
            "id": claim.public_id,
            "version": 1,
            "sha256": publication.record_sha256,
            "path": f"/api/v1/claims/{claim.public_id}/",
        },
    }
    assert partner.requests[0].startswith(b"POST /hook HTTP/1.1\r\nHost: partner.example\r\n")
    assert partner.names == [f"msg_{webhook.public_id}_{publication.seq}"]
    assert b"boats" not in partner.requests[0]
    assert state(webhook) == [(1, 204, "Taken: answered 204.")]


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("update", "claim.updated"),
        ("correct", "claim.corrected"),
        ("suspend", "claim.suspended"),
        ("retract", "claim.retracted"),
        ("redact", "claim.redacted"),
    ],
)
def test_each_kind_has_its_type(kind: str, type_: str, partner: Partner) -> None:
    claim = make_published_claim()
    _, secret = only_claims()

    if kind in ("update", "correct"):
        revise_and_publish(claim, kind, text="Other synthetic words.")
    else:
        role = Role.ADMINISTRATOR if kind == "redact" else Role.EDITOR
        workflow.take(kind, claim, by=make_user(role), note="Synthetic note.")
    sending.send_due()

    assert [body["type"] for body in partner.verified(secret)] == [type_]


def test_every_kind_of_publication_has_a_word_and_every_subject_an_address() -> None:
    assert set(notices.HAPPENED) == set(PublicationKind)
    assert set(notices.ADDRESSES) == set(SubjectKind)


def test_the_address_in_a_notice_gives_the_record_of_its_hash(partner: Partner) -> None:
    _, secret = make_webhook()
    make_published_claim()
    assert PublicActor.objects.exists()

    sending.send_due()
    told = partner.verified(secret)

    assert {body["type"] for body in told} >= {"claim.published", "actor.published"}
    for body in told:
        response = Client().get(body["data"]["path"])
        assert response["ETag"].strip('"') == body["data"]["sha256"]


def test_what_is_not_asked_for_is_not_sent(partner: Partner) -> None:
    webhook, secret = make_webhook(subjects=["claim", "actor"], kinds=["retract"])
    claim = make_published_claim()
    withhold(claim, "retract")

    sending.send_due()

    assert [body["type"] for body in partner.verified(secret)] == ["claim.retracted"]
    assert WebhookProgress.objects.get(pk=webhook.pk).written_to == Publication.objects.count()


def test_a_new_webhook_hears_of_nothing_that_was_before(partner: Partner) -> None:
    make_published_claim()
    only_claims()

    assert sending.send_due() == 0


def test_notices_are_sent_in_the_order_of_the_ledger_and_once(partner: Partner) -> None:
    _, secret = only_claims()
    claims = [make_published_claim() for _ in range(3)]

    assert sending.send_due() == 3
    assert sending.send_due() == 0

    ids = [body["data"]["id"] for body in partner.verified(secret)]
    assert ids == [claim.public_id for claim in claims]
    assert not sending.is_due()


def test_nothing_of_what_was_rolled_back_is_sent(partner: Partner) -> None:
    _, secret = only_claims()

    with transaction.atomic():
        make_published_claim()
        transaction.set_rollback(True)
    sending.send_due()
    kept = make_published_claim()
    sending.send_due()

    assert [body["data"]["id"] for body in partner.verified(secret)] == [kept.public_id]


def test_more_than_a_batch_is_put_in_line_in_several(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    webhook, _ = make_webhook()
    make_published_claim()
    count = Publication.objects.count()
    assert count > 2

    assert sending.send_due() == count

    assert webhook.deliveries.count() == count


def test_two_partners_are_told_apart(partner: Partner) -> None:
    first, secret = only_claims()
    second, other = only_claims()
    make_published_claim()

    assert sending.send_due() == 2

    assert len(set(partner.names)) == 2
    with pytest.raises(WebhookVerificationError):
        partner.verified(secret)
    for webhook, own in ((first, secret), (second, other)):
        [request] = [one for one in partner.requests if webhook.public_id.encode() in one]
        assert Partner(requests=[request]).verified(own)


# Secrets


def test_a_secret_has_thirty_two_random_bytes() -> None:
    _, secret = make_webhook()

    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert secret != make_webhook()[1]


def test_a_notice_carries_the_signatures_of_two_secrets_for_a_day(partner: Partner) -> None:
    webhook, old = only_claims()
    new = webhooks.new_secret(webhook, by=make_user(Role.ADMINISTRATOR))
    make_published_claim()

    sending.send_due()
    signatures = partner.headers[0]["webhook-signature"]
    assert re.fullmatch(r"v1,[A-Za-z0-9+/=]{44} v1,[A-Za-z0-9+/=]{44}", signatures)
    assert partner.verified(old) == partner.verified(new)

    WebhookSecret.objects.filter(secret=old).update(ends_at=Now())
    make_published_claim()
    sending.send_due()
    partner.requests.pop(0)
    assert partner.verified(new)
    with pytest.raises(WebhookVerificationError):
        partner.verified(old)


def test_of_three_secrets_the_first_has_ended() -> None:
    webhook, first = make_webhook()
    by = make_user(Role.ADMINISTRATOR)
    second, third = webhooks.new_secret(webhook, by=by), webhooks.new_secret(webhook, by=by)

    assert [one.secret for one in WebhookSecret.objects.valid()] == [third, second]
    assert not WebhookSecret.objects.filter(secret=first).exists()


def test_no_history_keeps_a_secret() -> None:
    assert not hasattr(WebhookSecret, "history")
    assert not any(
        "secret" in field.name for field in Webhook.history.rel.related_model._meta.fields
    )


def test_a_signature_is_that_of_the_reference() -> None:
    secret, body = notices.new_secret(), b'{"synthetic":"\xd1\x97"}'
    headers = notices.headers_of(body, name="msg_a_1", at=timezone.now(), secrets_in_use=[secret])

    assert Verifier(secret).verify(body, headers) == {"synthetic": "ї"}
