"""Connections that lead to the address they are given, and are read under caps."""

import io
import socket
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from sources.network.caps import Clock
from sources.network.errors import TooLarge
from sources.network.outside import Outside
from sources.network.targets import Target

TOO_LARGE = "The site sends more than we take."


class MeteredReader(io.RawIOBase):
    """What comes over a connection, byte by byte counted and never waited for too long."""

    def __init__(self, sock: "MeteredSocket") -> None:
        self.sock = sock
        self.raw: Any = sock.sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read what has come. Raises TooSlow and TooLarge."""
        clock = self.sock.clock
        self.sock.sock.settimeout(clock.left())
        try:
            count: int = self.raw.readinto(buffer)
        except TimeoutError as error:
            raise clock.too_slow() from error
        self.sock.received += count
        if self.sock.is_header:
            self.sock.header += bytes(buffer[:count])
        if self.sock.received > self.sock.most:
            raise TooLarge(TOO_LARGE)
        return count

    def close(self) -> None:
        """Let the connection go, if nobody else holds it."""
        self.raw.close()
        super().close()


class MeteredSocket:
    """A connected socket as `http.client` uses it, read under caps: those of a header, until the
    body begins. `sent` and `header` have what went and came until then, byte by byte.
    """

    def __init__(self, sock: socket.socket, clock: Clock) -> None:
        self.sock, self.clock = sock, clock
        self.received = 0
        self.most = clock.caps.header_bytes
        self.sent, self.header = bytearray(), bytearray()
        self.is_header = True

    def body_begins(self) -> None:
        """From here on, the larger cap holds. What was read ahead belongs to the body."""
        self.most = self.clock.caps.received_bytes + self.received
        self.is_header = False

    def sendall(self, data: Any) -> None:
        """Send it all. Raises TooSlow."""
        self.sock.settimeout(self.clock.left())
        try:
            self.sock.sendall(data)
        except TimeoutError as error:
            raise self.clock.too_slow() from error
        self.sent += data

    def makefile(self, *args: Any, **kwargs: Any) -> io.BufferedReader:
        """The stream from which header and body are read."""
        return io.BufferedReader(MeteredReader(self))

    def settimeout(self, seconds: Any) -> None:
        """Nothing: the clock says how long to wait."""

    def close(self) -> None:
        """Close, once the stream has been too."""
        self.sock.close()


class Pinned:
    """Mixed into urllib3's connections: connects to one vetted address, and never looks up a name
    again. The name stays what the Host header and TLS say.
    """

    sock: Any
    address: str
    port: int
    clock: Clock
    outside: Outside

    def _new_conn(self) -> socket.socket:
        return self.outside.connect(self.address, self.port, seconds=self.clock.left())

    def connect(self) -> None:
        """Connect, shake hands, and meter what comes."""
        super().connect()  # type: ignore[misc]
        self.sock = MeteredSocket(self.sock, self.clock)


class PinnedHTTP(Pinned, HTTPConnection):
    """In the open."""


class PinnedHTTPS(Pinned, HTTPSConnection):
    """Over TLS, verified against the target's name."""


def connection_to(
    target: Target, *, address: str, clock: Clock, outside: Outside
) -> PinnedHTTP | PinnedHTTPS:
    """A connection to the target at this address, not opened yet."""
    connection: PinnedHTTP | PinnedHTTPS
    if target.scheme == "https":
        connection = PinnedHTTPS(target.host, target.port, ssl_context=outside.tls)
    else:
        connection = PinnedHTTP(target.host, target.port)
    connection.address, connection.clock, connection.outside = address, clock, outside
    return connection
