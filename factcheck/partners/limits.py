"""How much a program may ask: token buckets in the memory of each process.

Nothing is written for a read and nothing is shared, so the limits are approximate: behind several
processes a caller may have several times as much, and a restart fills every bucket. They keep a
server for everybody; they are no contract.
"""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from factcheck.common.client import network_in

ANONYMOUS, KEYED = "anonymous", "keyed"

# Past this, who has not asked for longest is forgotten, and begins with a full bucket.
MOST_BUCKETS = 10_000


@dataclass(frozen=True)
class Policy:
    """A bucket of `quota` requests, filled up again within `window` seconds, steadily."""

    name: str
    quota: int
    window: int

    @property
    def header(self) -> str:
        """As RateLimit-Policy says it (draft-ietf-httpapi-ratelimit-headers-11)."""
        return f'"{self.name}";q={self.quota};w={self.window}'


@dataclass(frozen=True)
class Standing:
    """What is left to a caller. `wait` is 0, or after how many seconds to ask again."""

    policy: Policy
    left: float
    wait: int = 0

    @property
    def header(self) -> str:
        """As RateLimit says it: what is left, and in how many seconds all of it will be there."""
        missing = (self.policy.quota - self.left) * self.policy.window / self.policy.quota
        return f'"{self.policy.name}";r={math.floor(self.left)};t={math.ceil(missing)}'


class Buckets:
    """Everybody's bucket, of the `most` who asked last."""

    def __init__(
        self, *, most: int = MOST_BUCKETS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most = most
        self.clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, who: str, policy: Policy, *, cost: int = 1) -> Standing:
        """Take `cost` out of the caller's bucket, or nothing and say how long to wait."""
        place = (policy.name, who)
        rate = policy.quota / policy.window
        with self._lock:
            now = self.clock()
            left, at = self._buckets.pop(place, (float(policy.quota), now))
            left = min(float(policy.quota), left + (now - at) * rate)
            is_enough = left >= cost
            left -= cost if is_enough else 0
            self._buckets[place] = (left, now)
            while len(self._buckets) > self.most:
                self._buckets.popitem(last=False)
        wait = 0 if is_enough else max(1, math.ceil((cost - left) / rate))
        return Standing(policy, left, wait)


class Limits:
    """How much callers of each kind may ask, and what of it is left to each of them."""

    def __init__(self, limits: Mapping[str, tuple[int, int] | None]) -> None:
        self.buckets = Buckets()
        self.policies = {name: Policy(name, *limit) for name, limit in limits.items() if limit}

    def standing(
        self, meta: Mapping[str, Any], *, key_prefix: str = "", cost: int = 1
    ) -> Standing | None:
        """What is left after this request; None where nothing is counted. A key has a bucket of its
        own, and all who ask without one share that of their network.
        """
        policy = self.policies.get(KEYED if key_prefix else ANONYMOUS)
        if policy is None:
            return None
        who = key_prefix or network_in(meta) or ""
        # Whoever may ask little may ask for anything once the bucket is full.
        return self.buckets.take(who, policy, cost=min(cost, policy.quota))
