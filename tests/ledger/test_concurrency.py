"""Several people publish at once, each in a connection and a thread of their own."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connections, transaction

from factcheck.common.errors import Conflict
from factcheck.ledger import log
from factcheck.ledger.models import Decision, Head, Mention, Publication
from factcheck.ledger.subjects import Subject
from tests.ledger.conftest import ACTOR, CLAIM, draft_of

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("committed_db"),
]

WRITERS, ROUNDS = 8, 15


class GivenUp(Exception):
    """Something went wrong after the ledger was written."""


def at_once(*tasks: Callable[[], None]) -> None:
    """Run the tasks in threads that start together; what one of them raises is raised here."""
    gate = threading.Barrier(len(tasks))
    raised = []

    def run(task):
        try:
            gate.wait(timeout=20)
            task()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads)
    if raised:
        raise raised[0]


def subject(writer: int, round_: int) -> Subject:
    return Subject("claim", f"{writer:05}{round_:05}")


def test_eight_writers_leave_no_gap_and_a_reader_misses_nothing(by):
    with transaction.atomic():
        log.append([draft_of(ACTOR)], by=by)
    done = threading.Event()
    seen: list[tuple[int, str]] = []

    def write(writer):
        person = User.objects.get(pk=by.pk)
        for round_ in range(ROUNDS):
            mentions = frozenset({ACTOR})
            drafts = [draft_of(subject(writer, round_), mentions=mentions)]
            if round_ % 3 == 0:
                drafts.append(draft_of(subject(writer, round_), "update"))
            try:
                with transaction.atomic():
                    log.append(drafts, by=person)
                    if round_ % 5 == 1:
                        raise GivenUp
            except GivenUp:
                pass

    def write_all():
        try:
            at_once(*[lambda writer=writer: write(writer) for writer in range(WRITERS)])
        finally:
            done.set()

    def read():
        last = 0
        while True:
            was_done = done.is_set()
            rows = list(Publication.objects.filter(seq__gt=last).values_list("seq", "entry"))
            seen.extend(rows)
            last = rows[-1][0] if rows else last
            if was_done and not rows:
                return

    at_once(write_all, read)

    kept = [round_ for round_ in range(ROUNDS) if round_ % 5 != 1]
    expected = 1 + WRITERS * sum(2 if round_ % 3 == 0 else 1 for round_ in kept)
    stored = list(Publication.objects.values_list("seq", "entry"))
    assert [seq for seq, _ in stored] == list(range(1, expected + 1))
    assert seen == stored
    times = list(Publication.objects.order_by("seq").values_list("published_at", flat=True))
    assert times == sorted(times)
    assert (Head.objects.get().seq, Head.objects.get().at) == (expected, times[-1])
    assert Decision.objects.count() == expected
    assert Mention.objects.count() == WRITERS * len(kept)


def test_of_two_who_publish_the_same_subject_first_one_does(by):
    outcomes: Counter[str] = Counter()

    def write():
        try:
            with transaction.atomic():
                log.append([draft_of(CLAIM)], by=by)
            outcomes["published"] += 1
        except Conflict:
            outcomes["refused"] += 1

    at_once(*[write] * 4)

    assert outcomes == {"published": 1, "refused": 3}
    assert list(Publication.objects.values_list("seq", "version")) == [(1, 1)]


def test_updates_of_one_subject_get_versions_one_after_the_other(by):
    with transaction.atomic():
        log.append([draft_of(CLAIM)], by=by)

    def write():
        for _ in range(5):
            with transaction.atomic():
                log.append([draft_of(CLAIM, "update")], by=by)

    at_once(*[write] * 4)

    versions = list(Publication.objects.values_list("seq", "version"))
    assert versions == [(number, number) for number in range(1, 22)]


def test_a_bad_draft_does_not_wait_for_the_one_who_publishes(by):
    publishing, refused = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            log.append([draft_of(ACTOR)], by=by)
            publishing.set()
            assert refused.wait(timeout=20)

    def fail():
        assert publishing.wait(timeout=20)
        with pytest.raises(ValueError, match="cannot mention"), transaction.atomic():
            log.append([draft_of(CLAIM, mentions=frozenset({CLAIM}))], by=by)
        refused.set()

    at_once(hold, fail)

    assert Head.objects.get().seq == 1


def test_a_place_that_stays_empty_is_refused_at_the_commit():
    with pytest.raises(IntegrityError, match="filled before the commit"), transaction.atomic():
        log.take_places(1)

    assert Head.objects.get().seq == 0
