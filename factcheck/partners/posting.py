"""Posting one notice through the door, and what came of it. Knows nothing of the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from factcheck.common.errors import InvalidInput
from sources.network import AddressRefused, Caps, NetworkError, Target, request, target_of

# Nothing of the answer is read but its header.
CAPS = Caps(total_seconds=15, wait_seconds=15, received_bytes=64 * 1024)
# Statuses that ask us to wait, and for how long we do so at the most.
ASK_TO_WAIT = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
LONGEST_WAIT = 24 * 60 * 60
OVER_TLS = "Give an address that begins with https://: notices go over TLS alone."


@dataclass(frozen=True)
class Outcome:
    """What came of one attempt: in words, with the status where there was an answer.

    `retry_after` is how many seconds the answer asks us to wait.
    """

    sentence: str
    status: int | None = None
    retry_after: int = 0

    @property
    def is_taken(self) -> bool:
        """Whether the notice has arrived: 2xx and nothing else."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether the other side wants no more, for good."""
        return self.status == HTTPStatus.GONE


def check_address(url: str) -> Target:
    """Where an address for notices leads. Nothing is looked up or sent.

    Raises InvalidInput for what is no https address out in the public network.
    """
    target = target_of(url)
    if target.scheme != "https":
        raise AddressRefused(OVER_TLS)
    return target


def post(url: str, content: bytes, headers: Mapping[str, str]) -> Outcome:
    """Post it, and say what came of it; nothing is raised for what others do. Takes 15 seconds at
    the most. Never inside a transaction.
    """
    try:
        check_address(url)
        with request("POST", url, headers=headers, body=content, caps=CAPS) as answer:
            status = answer.status
            retry_after = seconds_of(answer.headers.get("retry-after", ""))
    except (InvalidInput, NetworkError) as error:
        return Outcome(error.message)
    wait = min(retry_after, LONGEST_WAIT) if status in ASK_TO_WAIT else 0
    return Outcome(sentence_of(status), status, wait)


def sentence_of(status: int) -> str:
    """An answer in words of ours; what else it says is nobody's to read."""
    if 200 <= status < 300:
        return f"Taken: answered {status}."
    if 300 <= status < 400:
        return f"Answered {status}, which leads elsewhere: we follow nowhere. Give the address."
    if status == HTTPStatus.GONE:
        return "Answered 410: it wants no more notices."
    if status in ASK_TO_WAIT:
        return f"Answered {status}: it asks us to wait."
    return f"Answered {status}, which is no success."


def seconds_of(text: str) -> int:
    """What a Retry-After asks for: seconds, or a date. Nothing for what is neither."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return 0
    return max(0, int((at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds()))
