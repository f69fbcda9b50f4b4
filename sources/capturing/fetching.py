"""Asking for a page through the one door, and keeping all that was said on the way."""

import datetime
import re
from dataclasses import dataclass, field
from email.message import Message

from django.utils import timezone

from sources import network
from sources.network import AddressRefused, Answer, NetworkError

REDIRECTS = 5
MOST_OF_A_REDIRECT = 64 * 1024
# Not packed, if the site can help it: the same page packed anew may be other bytes.
HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/pdf, */*;q=0.8",
    "Accept-Encoding": "identity",
}
# For what comes without saying what it is.
BEGINNINGS = (
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"\s*(<!doctype html|<html)", re.IGNORECASE), "text/html"),
)
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Exchange:
    """One question and its answer, asked for since `at`. `request` and `header` are as they went
    over the wire, `packed` is the body without the pieces in which it came; of one that leads on
    maybe only its beginning.
    """

    url: str
    address: str
    at: datetime.datetime
    request: bytes
    status: int
    headers: dict[str, str]
    header: bytes
    packed: bytes
    is_cut: bool = False


@dataclass(frozen=True)
class Fetched:
    """What came of asking for `url`: the answers in their order, the last of them first where it
    ends. `body` is unpacked. `failure` says why there is no whole answer.
    """

    url: str
    at: datetime.datetime
    exchanges: list[Exchange] = field(default_factory=list)
    body: bytes = b""
    failure: NetworkError | AddressRefused | None = None

    @property
    def last(self) -> Exchange | None:
        """The answer that does not lead on, if it came."""
        return None if self.failure else self.exchanges[-1]

    @property
    def final_url(self) -> str:
        """Where it ended, as far as it came."""
        return self.exchanges[-1].url if self.exchanges else ""

    @property
    def redirects(self) -> list[str]:
        """The addresses that led on."""
        return [one.url for one in (self.exchanges if self.failure else self.exchanges[:-1])]

    @property
    def packed(self) -> bytes:
        """The body as it was sent."""
        return self.last.packed if self.last else b""

    @property
    def kind(self) -> tuple[str, str]:
        """Media type and charset of the body, by the header or else by its beginning."""
        return kind_of(self.last.headers.get("content-type", "") if self.last else "", self.body)


def kind_of(header: str, body: bytes) -> tuple[str, str]:
    """Media type and charset, as a Content-Type says them; for what says nothing, the media type
    that the bytes begin with.
    """
    message = Message()
    message["Content-Type"] = header
    said = message.get_content_type() if header else UNKNOWN
    if said == UNKNOWN:
        said = next((kind for begins, kind in BEGINNINGS if begins.match(body)), UNKNOWN)
    return said[:100], str(message.get_content_charset() or "")


def fetch(url: str) -> Fetched:
    """Ask for the page once, through all redirects. Never raises for what happens outside; raises
    AddressRefused for an address that nobody may ask for.
    """
    network.target_of(url)
    at, exchanges = timezone.now(), []

    def passed(answer: Answer) -> None:
        packed, is_cut = beginning(answer)
        exchanges.append(exchange_of(answer, packed, at=at, is_cut=is_cut))

    try:
        with network.request(
            "GET", url, headers=HEADERS, redirects=REDIRECTS, passed=passed
        ) as answer:
            packed, body = answer.both()
            exchanges.append(exchange_of(answer, packed, at=at))
    except (NetworkError, AddressRefused) as failure:
        return Fetched(url, at, exchanges, failure=failure)
    return Fetched(url, at, exchanges, body)


def beginning(answer: Answer) -> tuple[bytes, bool]:
    """The body of an answer that leads on, which nobody reads, and whether there is more of it."""
    packed = b""
    for piece in answer.pieces(decoded=False):
        packed += piece
        if len(packed) > MOST_OF_A_REDIRECT:
            return packed[:MOST_OF_A_REDIRECT], True
    return packed, False


def exchange_of(
    answer: Answer, packed: bytes, *, at: datetime.datetime, is_cut: bool = False
) -> Exchange:
    """The answer as values that outlive its connection."""
    return Exchange(
        url=answer.target.url,
        address=answer.address,
        at=at,
        request=answer.sent,
        status=answer.status,
        headers={name.lower(): value for name, value in answer.headers.items()},
        header=answer.header,
        packed=packed,
        is_cut=is_cut,
    )
