"""Copies that are asked for at the desk: put in line, carried out by the worker, tried again.

The rows decide what there is to do, and a job only has them looked at: it may be lost, repeated or
late. What is written is written in one transaction at the end, so that a worker that dies in the
middle leaves a request that somebody takes up again, and nothing else.
"""

import contextlib
import time
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from factcheck.common.errors import Conflict, InvalidInput
from sources import network
from sources.capturing.fetching import fetch
from sources.capturing.keeping import keep, read
from sources.capturing.outcomes import Outcome, outcome_of
from sources.choices import CaptureStatus, RequestState
from sources.models import CaptureRequest, Document

# The jobs by their names: sources.tasks, which has them, imports this module.
CARRY_OUT = "sources.carry_out_captures"
STAMP = "sources.stamp_captures"
# What may pass is tried five times in all: after so many minutes, or later if the site says so.
WAITS = (1, 5, 30, 180)
LONGEST_WAIT = timedelta(hours=6)
# After so many seconds a job ends; another goes on. The worker may have been told to stop.
LONG_ENOUGH = 60
# What there is to know of the page is known: it is kept, or there is none any more.
ANSWERS = (CaptureStatus.LIVE, CaptureStatus.GONE)

NO_ADDRESS = "This document has no address: enter one and save, or supply a file of it."
BEING_TAKEN = "A copy of this document is being taken already."
BROKE_OFF = "It broke off: try again, and tell whoever runs this."


def ask_for_copy(document: Document, *, by: User) -> CaptureRequest:
    """Have the worker take a copy of the document from its address, as soon as it can.

    Raises InvalidInput where there is none, or one that nobody may ask for, and Conflict where a
    copy is being taken already.
    """
    if not document.url:
        raise InvalidInput(NO_ADDRESS)
    network.target_of(document.url)
    check_none_is_open(document)
    request = CaptureRequest(
        document=document, url=document.url, next_try_at=timezone.now(), created_by=by
    )
    request.clean_fields()
    with transaction.atomic():
        request.save(force_insert=True)
        wake_worker()
    return request


def try_again(request: CaptureRequest) -> CaptureRequest:
    """Have one that waits for its next try, or has failed, tried at once. Raises Conflict."""
    with transaction.atomic():
        request = locked(request)
        if request.state == RequestState.FAILED:
            check_none_is_open(request.document)
            request.attempts, request.ended_at, request.capture = 0, None, None
        elif request.state != RequestState.WAITING:
            raise Conflict("Only what waits or has failed can be tried again.")
        request.state, request.next_try_at = RequestState.WAITING, timezone.now()
        request.save()
        wake_worker()
    return request


def cancel(request: CaptureRequest) -> CaptureRequest:
    """Have one that waits not be tried any more. Raises Conflict."""
    with transaction.atomic():
        request = locked(request)
        if request.state != RequestState.WAITING:
            raise Conflict("Only what waits can be cancelled.")
        request.state, request.ended_at = RequestState.CANCELLED, timezone.now()
        request.save()
    return request


def check_none_is_open(document: Document) -> None:
    """Raise Conflict where a copy is being taken already. The database holds it, too."""
    if document.capture_requests.open().exists():
        raise Conflict(BEING_TAKEN)


def locked(request: CaptureRequest) -> CaptureRequest:
    """The row anew, which nobody else changes until the transaction ends."""
    rows = CaptureRequest.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("document").get(pk=request.pk)


def wake_worker() -> None:
    """Have the worker look at what waits now, not only at the next minute."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(CARRY_OUT).defer(timestamp=int(time.time()))


# What the worker does


def carry_out_due() -> list[CaptureRequest]:
    """Carry out what is due, the oldest first, for about a minute."""
    done: list[CaptureRequest] = []
    end = time.monotonic() + LONG_ENOUGH
    while time.monotonic() < end:
        request = CaptureRequest.objects.due().order_by("next_try_at", "pk").first()
        if request is None:
            return done
        done.append(carry_out(request))
    wake_worker()
    return done


def carry_out(request: CaptureRequest) -> CaptureRequest:
    """Take the copy, or note why not and when it is tried again. Does nothing for a request that
    somebody else carries out, or has.
    """
    began = timezone.now()
    mine = CaptureRequest.objects.due().filter(pk=request.pk)
    if mine.update(state=RequestState.RUNNING, seen_at=began, attempts=F("attempts") + 1):
        request.refresh_from_db()
        try:
            take_copy(request, began=began)
        except Exception:  # Raised again, for the job to fail as well; it must not seem to go on.
            with transaction.atomic():
                if still_mine(request, began=began):
                    ended(request, RequestState.FAILED, reason=BROKE_OFF)
            raise
    request.refresh_from_db()
    return request


def take_copy(request: CaptureRequest, *, began: datetime) -> None:
    """Fetch and read without a transaction, then write what came of it in one."""
    fetched = fetch(request.url)
    outcome = outcome_of(fetched)
    is_tried_again = outcome.is_passing and request.attempts <= len(WAITS)
    found = None if is_tried_again else read(fetched, outcome)
    with transaction.atomic():
        if not still_mine(request, began=began):
            return
        if found is None:
            wait_for_next_try(request, outcome)
            return
        capture = keep(request.document, fetched, outcome, found, by=request.created_by)
        request.capture = capture
        state = RequestState.DONE if outcome.status in ANSWERS else RequestState.FAILED
        ended(request, state, reason=capture.reason)


def still_mine(request: CaptureRequest, *, began: datetime) -> bool:
    """Whether nobody has taken it up since, as from a worker that was thought dead."""
    rows = CaptureRequest.objects.select_for_update(no_key=True)
    return rows.filter(pk=request.pk, state=RequestState.RUNNING, seen_at=began).exists()


def wait_for_next_try(request: CaptureRequest, outcome: Outcome) -> None:
    """Note why nothing came of it, and when it is tried again."""
    wait = timedelta(minutes=WAITS[request.attempts - 1])
    asked = min(timedelta(seconds=outcome.after), LONGEST_WAIT)
    request.state, request.reason = RequestState.WAITING, outcome.reason
    request.next_try_at = timezone.now() + max(wait, asked)
    request.save()


def ended(request: CaptureRequest, state: RequestState, *, reason: str) -> None:
    """Note what came of it."""
    request.state, request.reason, request.ended_at = state, reason, timezone.now()
    request.save()
