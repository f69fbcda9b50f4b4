"""The worker: does the jobs that are due."""

import asyncio
import contextlib
import logging
import os
import signal
import time
from argparse import ArgumentParser
from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import DeleteJobCondition
from procrastinate.psycopg_connector import PsycopgConnector
from psycopg import Error as DriverError

from claims.job_failures import forget_failure, note_failure
from factcheck.ledger import signing
from factcheck.ledger.tasks import SIGN
from factcheck.partners import sending
from factcheck.partners.tasks import SEND

# A job that is planned for a second starts within about that time after it.
POLL_SECONDS = 1.0
# Partners hear of a publication within about that time, and the time it takes to tell them; and so
# soon a checkpoint is signed that it is in.
LOOKING_SECONDS = 2.0
# What is looked for, and the job that is put in line as soon as it is there.
LOOKED_FOR = ((sending.is_due, SEND), (signing.is_due, SIGN))
# Waiting for a lost database begins with the first and doubles up to the last.
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
DATABASE_ERRORS = (OperationalError, ConnectorException, DriverError)
# What the log of the jobs shows: how each ended, and when the worker comes and goes.
SHOWN = ("job_", "start_worker")

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Do what is due at its time, such as publishing when an embargo is over. Ends after the "
        "job in hand when it is told to (SIGTERM, Ctrl-C), and waits for a database that is away."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once",
            "--no-wait",
            action="store_true",
            help="Do what is due now, and end: for a timer of your own.",
        )
        parser.add_argument(
            "--parent",
            type=int,
            metavar="PID",
            help="End as well when this process is gone, which started the worker.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        show_jobs(options["verbosity"])
        try:
            asyncio.run(run(once=options["once"], parent=options["parent"]))
        except DATABASE_ERRORS as error:
            raise CommandError(cause_of(error)) from error


def show_jobs(verbosity: int) -> None:
    """Write one line per job to standard error; with verbosity 0 only those that failed."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.addFilter(lambda record: record.levelno > logging.INFO or is_shown(record))
    for name in ("procrastinate", __name__):
        shown = logging.getLogger(name)
        shown.setLevel(logging.INFO if verbosity else logging.WARNING)
        shown.addHandler(handler)
        shown.propagate = False


def is_shown(record: logging.LogRecord) -> bool:
    """Whether a line of the library's is one of those about a job's end, or ours."""
    return record.name == __name__ or getattr(record, "action", "").startswith(SHOWN)


async def run(*, once: bool, parent: int | None) -> None:
    """Work until told to stop; with `once` until nothing is due any more.

    A lost database is waited for; with `once` it raises one of DATABASE_ERRORS.
    """
    told_to_stop = stop_signals()
    watching = asyncio.create_task(outlive_nobody(parent, told_to_stop)) if parent else None
    wait = FIRST_WAIT
    while not told_to_stop.is_set():
        began = time.monotonic()
        try:
            await work(told_to_stop, once=once)
            if once:
                return
        except DATABASE_ERRORS as error:
            if once:
                raise
            logger.warning("%s", cause_of(error))
        if told_to_stop.is_set():
            break
        # It ran well for long: what has broken off now is another matter than the last time.
        wait = FIRST_WAIT if time.monotonic() - began > LONGEST_WAIT else wait
        logger.warning("Trying again in %.0f seconds.", wait)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told_to_stop.wait(), wait)
        wait = min(2 * wait, LONGEST_WAIT)
    if watching is not None:
        watching.cancel()
    logger.info("Stopped.")


def stop_signals() -> asyncio.Event:
    """An event that is set when this process is told to stop."""
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop.set)
    return told_to_stop


async def outlive_nobody(parent: int, told_to_stop: asyncio.Event) -> None:
    """Set the event when the parent is gone. The kernel then gives this process another one; a pipe
    would stay open for as long as any other child of the parent's has a copy of it.
    """
    while os.getppid() == parent:
        await asyncio.sleep(POLL_SECONDS)
    told_to_stop.set()


async def work(told_to_stop: asyncio.Event, *, once: bool) -> None:
    """Run the library's worker until told to stop, letting the job in hand end. Returns or raises
    early when the database is lost.
    """
    # Django's own way to the database starts an embedded server, or brings it back.
    await sync_to_async(reach_database)()
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4, timeout=10)
    with app.replace_connector(connector):
        async with app.open_async():
            if once:
                await defer_periodic_jobs()
            working = asyncio.create_task(
                app.run_worker_async(
                    wait=not once,
                    # One for imports, one for notices and one for copies of pages, which can be
                    # long and of which one runs at a time each, so that another is free for what is
                    # due at its minute.
                    concurrency=4,
                    worker_middleware=[note_how_it_ended],
                    fetch_job_polling_interval=POLL_SECONDS,
                    delete_jobs=DeleteJobCondition.SUCCESSFUL,
                    install_signal_handlers=False,
                )
            )
            stopping = asyncio.create_task(told_to_stop.wait())
            looking = asyncio.create_task(look_for_work())
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            looking.cancel()
            if not working.done():
                working.cancel()  # which the library takes as: after the job in hand
            with contextlib.suppress(asyncio.CancelledError):
                await working


async def note_how_it_ended(do: Callable[[], Awaitable[Any]], context: JobContext, _: Any) -> Any:
    """Do a job, and keep the reason if it fails: the list of jobs shows it."""
    try:
        done = await do()
    except Exception as error:  # Whatever it was, it is raised again: the library ends the job.
        await sync_to_async(noted)(note_failure, context.job.id, error)
        raise
    if context.job.attempts:
        await sync_to_async(noted)(forget_failure, context.job.id)
    return done


def noted(note: Callable[..., None], *about: Any) -> None:
    """Make a note of it, unless the database is away or read-only: the job is what counts."""
    with contextlib.suppress(DatabaseError):
        note(*about)


async def look_for_work() -> None:
    """Put a job in line as soon as there is something for it to do, not only at the full minute."""
    while True:
        await asyncio.sleep(LOOKING_SECONDS)
        for is_due, job in LOOKED_FOR:
            # In line already is as good. A lost database is told of by the worker itself.
            with contextlib.suppress(AlreadyEnqueued, *DATABASE_ERRORS):
                if await sync_to_async(is_there)(is_due):
                    await app.configure_task(job).defer_async(timestamp=int(time.time()))


def is_there(is_due: Callable[[], bool]) -> bool:
    """Whether there is anything to do; a connection that was lost is left behind."""
    try:
        return is_due()
    except (InterfaceError, OperationalError):
        connection.close()
        return False


def cause_of(error: Exception) -> str:
    """What the database or its driver said; the library's own exception says less."""
    return f"The database cannot be used: {str(error.__cause__ or error).strip()}"


def reach_database() -> None:
    """Connect as Django does, and leave. Raises OperationalError."""
    connection.ensure_connection()
    connection.close()


async def defer_periodic_jobs() -> None:
    """Put every periodic job in line once, so that they are done whatever the minute is."""
    for periodic in app.periodic_registry.periodic_tasks.values():
        # One that is in line already, of those that stand there once alone, is as good.
        with contextlib.suppress(AlreadyEnqueued):
            await periodic.task.defer_async(timestamp=int(time.time()))
