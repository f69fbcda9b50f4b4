"""What a webhook is sent: a thin notice, and the headers that prove it ours.

Standard Webhooks 1.0.0, with shared secrets. A notice says that something was published and where
it is read; it has no words of it, so that nothing that is withheld later lies about in logs.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from factcheck.ledger.canonical import canonical_text
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.models import Publication

PREFIX = "whsec_"
SECRET_BYTES = 32
PING = "ping"
HAPPENED = {
    PublicationKind.PUBLISH: "published",
    PublicationKind.UPDATE: "updated",
    PublicationKind.CORRECT: "corrected",
    PublicationKind.SUSPEND: "suspended",
    PublicationKind.RESTORE: "restored",
    PublicationKind.RETRACT: "retracted",
    PublicationKind.MERGE: "merged",
    PublicationKind.REDACT: "redacted",
}
# The API's addresses of records, by what they are of.
ADDRESSES = {
    SubjectKind.CLAIM: "api:claim",
    SubjectKind.ACTOR: "api:claimants",
    SubjectKind.SOURCE: "api:sources",
    SubjectKind.EVENT: "api:events",
}


def new_secret() -> str:
    """A secret nobody can guess, as the standard writes them."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def message_id(webhook_public_id: str, seq: int) -> str:
    """What the notice of that place is called, however often it is sent to this webhook."""
    return f"msg_{webhook_public_id}_{seq}"


def some_name() -> str:
    """A name that nothing else has."""
    return secrets.token_hex(8)


def notice_of(publication: Publication) -> bytes:
    """The body: the same bytes each time. The record itself is not read."""
    kind, subject = PublicationKind(publication.kind), SubjectKind(publication.subject_kind)
    return body(
        f"{subject}.{HAPPENED[kind]}",
        publication.published_at,
        {
            "seq": publication.seq,
            "kind": publication.kind,
            "subject": publication.subject_kind,
            "id": publication.subject_id,
            "version": publication.version,
            "sha256": publication.record_sha256,
            "path": reverse(ADDRESSES[subject], args=[publication.subject_id]),
        },
    )


def ping(at: datetime) -> bytes:
    """The body of a notice that only tries whether notices arrive."""
    return body(PING, at, {})


def body(type_: str, at: datetime, data: dict[str, object]) -> bytes:
    """A notice as the standard has it."""
    timestamp = at.isoformat().replace("+00:00", "Z")
    return canonical_text({"type": type_, "timestamp": timestamp, "data": data}).encode()


def headers_of(
    content: bytes, *, name: str, at: datetime, secrets_in_use: Iterable[str]
) -> dict[str, str]:
    """The headers that go with the body: one signature by each secret, so that a partner can take
    over a new one without missing a notice.
    """
    timestamp = str(int(at.timestamp()))
    signed = f"{name}.{timestamp}.".encode() + content
    return {
        "Content-Type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(signature(signed, one) for one in secrets_in_use),
    }


def signature(signed: bytes, secret: str) -> str:
    """The standard's first kind: HMAC-SHA256."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"
