"""Buckets: how much, how fast again, and how many of them."""

import pytest

from factcheck.partners.limits import Buckets, Policy

POLICY = Policy("anonymous", quota=60, window=30)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_bucket_is_full_at_first_and_then_empty(clock: Clock):
    buckets = Buckets(clock=clock)

    taken = [buckets.take("192.0.2.1", POLICY) for _ in range(61)]

    assert [one.wait for one in taken] == [0] * 60 + [1]
    assert taken[0].header == '"anonymous";r=59;t=1'
    assert taken[59].header == taken[60].header == '"anonymous";r=0;t=30'
    assert POLICY.header == '"anonymous";q=60;w=30'


def test_a_bucket_fills_up_steadily_and_no_further_than_it_holds(clock: Clock):
    buckets = Buckets(clock=clock)
    for _ in range(60):
        buckets.take("192.0.2.1", POLICY)

    clock.now = 1.0
    assert [buckets.take("192.0.2.1", POLICY).wait for _ in range(3)] == [0, 0, 1]
    clock.now = 1_000_000.0
    assert buckets.take("192.0.2.1", POLICY).left == 59.0


def test_a_refusal_costs_nothing_and_says_how_long_to_wait(clock: Clock):
    buckets, slow = Buckets(clock=clock), Policy("slow", quota=1, window=60)
    buckets.take("192.0.2.1", slow)

    assert [buckets.take("192.0.2.1", slow).wait for _ in range(3)] == [60, 60, 60]
    clock.now = 59.5
    assert buckets.take("192.0.2.1", slow).wait == 1
    clock.now = 60.0
    assert buckets.take("192.0.2.1", slow).wait == 0


def test_what_is_free_is_answered_with_an_empty_bucket_too(clock: Clock):
    buckets, small = Buckets(clock=clock), Policy("small", quota=1, window=60)
    buckets.take("192.0.2.1", small)

    assert buckets.take("192.0.2.1", small, cost=0).wait == 0
    assert buckets.take("192.0.2.1", small).wait == 60


def test_nobody_takes_from_anothers_bucket(clock: Clock):
    buckets = Buckets(clock=clock)
    for _ in range(61):
        buckets.take("192.0.2.1", POLICY)

    assert buckets.take("192.0.2.2", POLICY).left == 59.0
    assert buckets.take("192.0.2.1", Policy("keyed", 60, 30)).left == 59.0


def test_a_thousand_addresses_take_no_more_memory_than_the_last_ones(clock: Clock):
    buckets = Buckets(most=100, clock=clock)
    buckets.take("the first", POLICY)

    for number in range(1_000):
        buckets.take(f"address {number}", POLICY)
        buckets.take("busy", POLICY, cost=0)

    assert len(buckets) == 100
    assert buckets.take("the first", POLICY).left == 59.0  # forgotten
    buckets.take("busy", POLICY)
    assert buckets.take("busy", POLICY).left == 58.0  # asked all the time, and never forgotten


def test_a_clock_that_stands_still_gives_nothing(clock: Clock):
    buckets = Buckets(clock=clock)

    left = [buckets.take("192.0.2.1", POLICY).left for _ in range(3)]

    assert left == [59.0, 58.0, 57.0]
