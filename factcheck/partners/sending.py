"""Sending notices: at least once each, from the ledger, which is the outbox.

A publication and its place in the ledger are committed together, and the places are seen in their
order: whoever has read on from a place has missed nothing, and nothing that was rolled back has
one. Each webhook keeps the place up to which it has notices; each notice waits until it was taken.

One worker at a time sends to a webhook, under a lease. While something is sent, no transaction is
open. A worker that dies between sending and noting it sends again when its lease has ended, under
the same `webhook-id`.
"""

import random
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from factcheck import read_only
from factcheck.ledger.models import Head, Publication
from factcheck.partners import mails, notices
from factcheck.partners.models import Delivery, Webhook, WebhookProgress, WebhookSecret
from factcheck.partners.posting import Outcome, post

# Seconds until the next attempt, after the first one, the second one and so on: three days in all.
DELAYS = (5, 5 * 60, 30 * 60, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24)))
# Added to each at random, so that what failed together does not come back together.
JITTER = 0.1
# A webhook that has failed is left alone for so long at the most: its other notices may pass.
LONGEST_REST = 5 * 60
# Longer than an attempt can take.
LEASE = timedelta(seconds=60)
AT_ONCE = 8
BATCH = 1000
# After so many seconds a job ends; another goes on. The worker may have been told to stop.
LONG_ENOUGH = 20
KEPT = timedelta(days=30)
WITHOUT_RECORD = ("publication__record", "publication__entry", "publication__note")


@dataclass(frozen=True)
class Lease:
    """A notice that this worker alone may send until then."""

    delivery: Delivery
    until: datetime


# The job


def is_due() -> bool:
    """Whether there is anything to do: three quick questions."""
    if read_only.switched_on():
        return False
    behind = WebhookProgress.objects.behind(Head.objects.get().seq).exists()
    return behind or WebhookProgress.objects.due().exists()


def send_due() -> int:
    """Put notices in line for all that was published, send those that are due, and say how many
    attempts were made. While the desk is read-only, they wait.
    """
    if read_only.switched_on():
        return 0
    count, end = 0, monotonic() + LONG_ENOUGH
    running: dict[Future[Outcome], Lease] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while True:
            put_in_line()
            if monotonic() < end:
                for lease in take(AT_ONCE - len(running)):
                    running[pool.submit(post, *message_of(lease.delivery))] = lease
            if not running:
                return count
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                note(running.pop(future), future.result())
                count += 1


def forget_old() -> int:
    """Delete notices that were taken more than thirty days ago, and secrets that have ended."""
    WebhookSecret.objects.filter(ends_at__lte=Now()).delete()
    count, _ = Delivery.objects.filter(delivered_at__lt=Now() - KEPT).delete()
    return count


# From the ledger into the line


def put_in_line() -> None:
    """Give each active webhook a notice of everything it wants that was published since it had its
    last. Bounded: what is left is done the next time.
    """
    head = Head.objects.get().seq
    for pk in WebhookProgress.objects.behind(head).values_list("pk", flat=True):
        with transaction.atomic():
            locked = WebhookProgress.objects.select_for_update(skip_locked=True, of=("self",))
            progress = locked.behind(head).select_related("webhook").filter(pk=pk).first()
            if progress is not None:
                write_notices(progress)


def write_notices(progress: WebhookProgress) -> None:
    """Write the next notices of a webhook, whose progress is locked."""
    publications = Publication.objects.filter(seq__gt=progress.written_to).order_by("seq")
    rows = list(publications.values_list("seq", "subject_kind", "kind")[:BATCH])
    wanted = progress.webhook
    Delivery.objects.bulk_create(
        Delivery(webhook_id=progress.pk, publication_id=seq)
        for seq, subject, kind in rows
        if subject in wanted.subjects and kind in wanted.kinds
    )
    progress.written_to = rows[-1][0]
    progress.save(update_fields=["written_to"])


# Out of the line


def take(most: int) -> list[Lease]:
    """Of so many webhooks the first notice that is due, each of them leased to this worker."""
    with transaction.atomic():
        locked = WebhookProgress.objects.select_for_update(skip_locked=True, of=("self",))
        keys = list(locked.due().values_list("pk", flat=True)[:most]) if most else []
        if not keys:
            return []
        leased = WebhookProgress.objects.filter(pk__in=keys)
        leased.update(leased_until=Now() + LEASE)
        until = dict(leased.values_list("pk", "leased_until"))
    return [Lease(delivery, until[delivery.webhook_id]) for delivery in firsts(keys)]


def firsts(webhooks: list[int]) -> Iterator[Delivery]:
    """The first due notice of each of the webhooks."""
    due = Delivery.objects.due().select_related("webhook", "publication").defer(*WITHOUT_RECORD)
    for pk in webhooks:
        # None, where somebody has disabled it or sent it by hand meanwhile.
        if (first := due.filter(webhook=pk).order_by("publication").first()) is not None:
            yield first


def message_of(delivery: Delivery) -> tuple[str, bytes, dict[str, str]]:
    """Where the notice goes, its body and its headers, signed with the secrets of the moment."""
    webhook = delivery.webhook
    content = notices.notice_of(delivery.publication)
    name = notices.message_id(webhook.public_id, delivery.publication_id)
    return webhook.url, content, signed(webhook, content, name=name)


def signed(webhook: Webhook, content: bytes, *, name: str) -> dict[str, str]:
    """The headers of a notice that is sent now."""
    secrets = WebhookSecret.objects.valid().filter(webhook=webhook)
    return notices.headers_of(
        content,
        name=name,
        at=timezone.now(),
        secrets_in_use=secrets.values_list("secret", flat=True),
    )


# What came of it


def note(lease: Lease, outcome: Outcome) -> None:
    """Write what came of an attempt, and end the lease. A webhook that wants no more, or has failed
    ten times with the same notice, is disabled, and who looks after it is told by mail.
    """
    delivery = lease.delivery
    attempts = delivery.attempts + 1
    row = Delivery.objects.filter(pk=delivery.pk, delivered_at=None)
    tried = {"attempts": attempts, "tried_at": Now()}
    tried |= {"status": outcome.status, "outcome": outcome.sentence}
    progress = WebhookProgress.objects.filter(pk=delivery.webhook_id)
    # The progress first, as whoever enables it does: two who wait for each other end in an error.
    with transaction.atomic():
        if outcome.is_taken:
            progress.update(succeeded_at=Now(), failed_at=None)
            row.update(**tried, delivered_at=Now(), next_at=None)
        else:
            delay = delay_after(attempts, outcome)
            rest = max(min(delay, LONGEST_REST), outcome.retry_after)
            progress.update(failed_at=Now(), rests_until=Now() + timedelta(seconds=rest))
            row.update(**tried, next_at=Now() + timedelta(seconds=delay))
        # Somebody else's by now, if it had ended.
        progress.filter(leased_until=lease.until).update(leased_until=Now())
    if why := why_disabled(attempts, outcome):
        with transaction.atomic():
            if disable(delivery.webhook, why=why):
                mails.put_in_line(delivery.webhook)


def delay_after(attempts: int, outcome: Outcome) -> float:
    """Seconds until the next attempt, after so many."""
    delay = DELAYS[min(attempts, len(DELAYS)) - 1]
    return max(delay * random.uniform(1, 1 + JITTER), outcome.retry_after)


def why_disabled(attempts: int, outcome: Outcome) -> str:
    """Why nothing more is sent after this attempt; empty where more is."""
    if outcome.is_gone:
        return outcome.sentence
    if attempts > len(DELAYS) and not outcome.is_taken:
        return f"{attempts} attempts at the same notice failed. The last one: {outcome.sentence}"
    return ""


def disable(webhook: Webhook, *, why: str) -> bool:
    """Send nothing more there, until somebody enables it; False where somebody has done so before.
    What waits goes on waiting.
    """
    active = Webhook.objects.active().filter(pk=webhook.pk)
    return bool(active.update(disabled_at=Now(), disabled_why=why))
