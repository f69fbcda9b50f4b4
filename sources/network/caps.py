"""How long and how large an answer may be."""

from dataclasses import dataclass
from time import monotonic

from sources.network.errors import TooSlow

# So much may come of little: a page of one line repeated is no attack.
SWELLS_FREELY = 1024 * 1024


@dataclass(frozen=True)
class Caps:
    """`total_seconds` is for everything, from asking for the name to the last byte; `wait_seconds`
    for connecting, for the first byte, and for each one after it. `received` is counted as it comes
    over the wire, `decoded` after unpacking, which may swell it `ratio` times.
    """

    total_seconds: float = 30
    wait_seconds: float = 10
    header_bytes: int = 64 * 1024
    received_bytes: int = 25 * 1024 * 1024
    decoded_bytes: int = 50 * 1024 * 1024
    ratio: int = 100


CAPTURE = Caps()


class Clock:
    """What is left of the time that a request has."""

    def __init__(self, caps: Caps) -> None:
        self.caps = caps
        self.end = monotonic() + caps.total_seconds

    def left(self) -> float:
        """How long to wait for the next thing, at most. Raises TooSlow when the time is up."""
        remaining = self.end - monotonic()
        if remaining <= 0:
            raise self.too_slow()
        return min(remaining, self.caps.wait_seconds)

    def too_slow(self) -> TooSlow:
        """The refusal to wait any longer."""
        return TooSlow(
            f"The site took too long: we wait {self.caps.wait_seconds:g} seconds for a sign of "
            f"it, and {self.caps.total_seconds:g} in all."
        )
