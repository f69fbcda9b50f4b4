"""The word of a time-stamping authority (RFC 3161) that our bytes were there at a time.

Off unless TIMESTAMP_AUTHORITY names one. What it answers is believed only if it leads to one of the
roots in TIMESTAMP_ROOTS, and is about the very bytes.
"""

from datetime import timedelta
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from rfc3161_client import (
    HashAlgorithm,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from factcheck.common.errors import NoAnswer
from factcheck.ledger.history import acting
from sources import network
from sources.models import Capture, CaptureStamp

CAPS = network.Caps(total_seconds=20, received_bytes=100_000, decoded_bytes=100_000)
HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
# A stamp that comes days after the copy says little.
WORTH_IT = timedelta(days=2)
AT_ONCE = 20


class BadStamp(NoAnswer):
    """What the authority answered is no stamp of these bytes that can be believed."""

    code = "bad-stamp"
    title = "Bad stamp"


def stamp_due() -> list[CaptureStamp]:
    """Have what was captured of late stamped, if there is an authority. What it does not answer, or
    not as it should, is tried again by the next job. Raises NetworkError, and BadStamp once all
    have been tried.
    """
    if not settings.TIMESTAMP_AUTHORITY:
        return []
    bare = Capture.objects.filter(
        stamp=None, erased_at=None, created_at__gt=timezone.now() - WORTH_IT
    )
    given, bad = [], None
    for key in list(bare.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        try:
            given.append(stamp(Capture.objects.get(pk=key)))
        except BadStamp as error:
            bad = error
    if bad is not None:
        raise bad
    return given


def stamp(capture: Capture) -> CaptureStamp:
    """Have the authority stamp the bytes that we keep. Raises NetworkError, BadStamp."""
    content = bytes(capture.content)
    question = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
    with network.request(
        "POST",
        settings.TIMESTAMP_AUTHORITY,
        headers=HEADERS,
        body=question.as_bytes(),
        caps=CAPS,
    ) as answer:
        token = answer.read()
    given = believed(token, question, content)
    by = capture.created_by
    row = CaptureStamp(
        capture=capture,
        authority=settings.TIMESTAMP_AUTHORITY,
        stamped_at=given.tst_info.gen_time,
        token=token,
        created_by=by,
    )
    return entered(row, by=by)


def entered(row: CaptureStamp, *, by: User) -> CaptureStamp:
    """Insert the stamp, in the name of whom the copy was taken for."""
    row.full_clean()
    with transaction.atomic(), acting(by):
        row.save(force_insert=True)
    return row


def believed(token: bytes, question: TimeStampRequest, content: bytes) -> TimeStampResponse:
    """The answer, once it is known to be about these bytes, to our question, and signed by somebody
    whom a root of ours vouches for. Raises BadStamp.
    """
    try:
        given = decode_timestamp_response(token)
        verifier = VerifierBuilder.from_request(question)
        for root in roots():
            verifier = verifier.add_root_certificate(root)
        verifier.build().verify_message(given, content)
    except (VerificationError, ValueError) as error:
        raise BadStamp(f"The time-stamping authority gave no valid stamp: {error}") from error
    return given


def roots() -> list[x509.Certificate]:
    """The certificates that we trust. Raises ValueError where there are none."""
    return x509.load_pem_x509_certificates(Path(settings.TIMESTAMP_ROOTS).read_bytes())
