"""Reports that readers send by themselves: counted, so that nobody can bury the desk in them."""

import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims.models import Claim, Report, ReportCount
from claims.published import newest_of
from claims.services.reports import check_words, keep_contact
from factcheck.common.errors import NotFound, TooMany

HOUR = datetime.timedelta(hours=1)
# A newsroom's readers, and an office full of them behind one address.
MOST_OF_ALL, MOST_OF_A_NETWORK = 300, 10
EVERYBODY = b""

COUNT = """
    INSERT INTO claims_reportcount AS told (hour, network, count) VALUES (%s, %s, 1)
    ON CONFLICT (hour, network) DO UPDATE SET count = told.count + 1
    RETURNING count
"""


def receive_from_reader(
    *, kind: str, text: str, network: str | None, claim_id: str = "", contact: str = ""
) -> Report:
    """Keep what a reader has sent from a network, about a claim if it is one that was published:
    another id counts as none. Nobody is asked who they are.

    Raises InvalidInput, and TooMany once the network, or all together, have sent too much within
    the hour; nothing is kept or counted then.
    """
    text = check_words(kind, text)
    with transaction.atomic():
        count(hashed(network), most=MOST_OF_A_NETWORK)
        count(EVERYBODY, most=MOST_OF_ALL)
        report = Report.objects.create(
            kind=kind, text=text, claim=published_claim(claim_id), received_at=timezone.now()
        )
        keep_contact(report, contact, by=None)
    report.refresh_from_db()
    return report


def published_claim(claim_id: str) -> Claim | None:
    """The claim, if it was ever published: of a draft nobody learns that it exists."""
    try:
        newest_of(claim_id)
    except NotFound:
        return None
    return Claim.objects.filter(public_id=claim_id).first()


def count(network: bytes, *, most: int) -> None:
    """Count one more within this hour, in one statement, so that many at once cannot pass together.

    Raises TooMany beyond `most`; whoever calls rolls back.
    """
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    ReportCount.objects.filter(hour__lt=hour).delete()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [hour, network])
        [counted] = cursor.fetchone()
    if counted > most:
        wait = (hour + HOUR - now).total_seconds()
        raise TooMany("Too many messages have come within this hour.", retry_after=int(wait) + 1)


def hashed(network: str | None) -> bytes:
    """The network under a key of ours: the same within the hour, and nobody can read it back."""
    return salted_hmac("claims.reports", network or "unknown", algorithm="sha256").digest()
