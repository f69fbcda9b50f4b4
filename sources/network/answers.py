"""What came back through the door, read piece by piece."""

import re
from collections.abc import Iterator

from urllib3 import HTTPHeaderDict
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from sources.network.caps import SWELLS_FREELY, Caps
from sources.network.connections import TOO_LARGE, MeteredSocket
from sources.network.errors import NetworkError, TooLarge
from sources.network.targets import Target
from sources.network.unpacking import unpacked

PIECE = 64 * 1024
ANNOUNCES = re.compile(rb"HTTP/[0-9.]+ 1[0-9][0-9]")
BROKEN = "The site broke off, or answered in a way that cannot be understood."


class Answer:
    """Status, headers and body of one answer. The body is read by `pieces`, `read` or `both`, once.

    `sent` is the request, and `header` the answer's status and headers, byte by byte.
    """

    def __init__(
        self, response: BaseHTTPResponse, sock: MeteredSocket, *, target: Target, address: str
    ) -> None:
        self.response, self.sock = response, sock
        self.target, self.address = target, address
        self.before = sock.received
        self.sent, self.header = bytes(sock.sent), header_in(bytes(sock.header))

    @property
    def status(self) -> int:
        """Such as 200."""
        return self.response.status

    @property
    def headers(self) -> HTTPHeaderDict:
        """By name in any case; those that were sent twice are joined."""
        return self.response.headers

    def pieces(self, *, decoded: bool = True) -> Iterator[bytes]:
        """The body as it comes: unpacked, or as it was sent. Raises TooLarge, TooSlow, and
        NetworkError where it breaks off.
        """
        caps, count = self.sock.clock.caps, 0
        try:
            for piece in self.response.stream(PIECE, decode_content=decoded):
                count += len(piece)
                if decoded:
                    self.check_size(count, caps)
                yield piece
        except (HTTPError, OSError) as error:
            raise refusal_of(error) from error

    def read(self) -> bytes:
        """The whole body, unpacked."""
        return b"".join(self.pieces())

    def both(self) -> tuple[bytes, bytes]:
        """The whole body as it was sent, without the pieces in which it came, and unpacked. Raises
        as `pieces` does, and NetworkError where it is packed in a way that nobody asked for.
        """
        packed = b"".join(self.pieces(decoded=False))
        ways = self.headers.get("content-encoding", "")
        return packed, unpacked(packed, ways, caps=self.sock.clock.caps)

    def check_size(self, count: int, caps: Caps) -> None:
        """Raise TooLarge where unpacking has made too much of what came."""
        came = max(self.sock.received - self.before, 1)
        if count > caps.decoded_bytes or count > max(caps.ratio * came, SWELLS_FREELY):
            raise TooLarge(TOO_LARGE)


def refusal_of(error: Exception) -> NetworkError:
    """Our own refusal, where one lies behind what the library says; else, that it broke off."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, NetworkError):
            return cause
        cause = cause.__cause__ or cause.__context__
    return NetworkError(BROKEN)


def header_in(read: bytes) -> bytes:
    """Status and headers with the empty line at their end, without what was read ahead of the body
    and without the answers that only announce one (100 Continue).
    """
    while True:
        ends = [read.find(end) + len(end) for end in (b"\r\n\r\n", b"\n\n") if end in read]
        header, rest = (read[: min(ends)], read[min(ends) :]) if ends else (read, b"")
        if not (ANNOUNCES.match(header) and rest.startswith(b"HTTP/")):
            return header
        read = rest
