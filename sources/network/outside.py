"""What is beyond the door: names, addresses, certificates. Tests put another in its place."""

import queue
import socket
import ssl
import threading
from dataclasses import dataclass
from functools import cached_property

from sources.network.errors import TooSlow, Unreachable

NO_SUCH_NAME = "There is no site of this name. Is it spelled right?"


@dataclass(frozen=True)
class Outside:
    """The network as this machine sees it."""

    ports: frozenset[int] = frozenset({80, 443})

    def resolve(self, host: str, port: int, *, seconds: float) -> list[str]:
        """All addresses of the name, as the system finds them. Raises Unreachable, TooSlow."""
        found: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

        def ask() -> None:
            try:
                # The dot at its end keeps the system from trying the name inside our own domain.
                rows = socket.getaddrinfo(f"{host}.", port, type=socket.SOCK_STREAM)
                found.put([str(row[4][0]) for row in rows])
            except OSError as error:
                found.put(error)

        # The system's own question knows no time limit; whoever waits for it does.
        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = found.get(timeout=seconds)
        except queue.Empty:
            raise TooSlow("The name of the site was not found in time.") from None
        if isinstance(answer, OSError):
            raise Unreachable(NO_SUCH_NAME) from answer
        return answer

    def connect(self, address: str, port: int, *, seconds: float) -> socket.socket:
        """A connection to the address, which is given as numbers. Raises OSError."""
        return socket.create_connection((address, port), timeout=seconds)

    @cached_property
    def tls(self) -> ssl.SSLContext:
        """Certificates and names are verified, against the authorities that the system trusts."""
        return ssl.create_default_context()
