"""A small site out there, of which tests say what it answers. Everything synthetic."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.network.outside import SOMEWHERE, FakeOutside, Server, put_outside, serving

HOST = "news.example"
URL = f"http://{HOST}/boats"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Boats counted in Exampleton</title></head>
<body><nav>Home Sport</nav><article><h1>Boats counted in Exampleton</h1>
<p>SYNTHETIC. The mayor of Exampleton said on Monday that {count} boats were counted in the harbour,
which is more than were ever seen there on one day.</p>
<p>“{count} boats,” the harbour office wrote to everybody who had asked it how many there were.</p>
</article></body></html>"""


def page(count: str = "12") -> bytes:
    """An article."""
    return PAGE.format(count=count).encode()


def answering(
    body: bytes = b"", *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8"
) -> bytes:
    """An answer as it goes over the wire."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode() + body


@dataclass
class Site:
    """What stands at each path; what is not there is not found. `server` has what was asked.
    After an answer the connection stays open for as many seconds as the site `lingers`.
    """

    server: Server
    outside: FakeOutside
    pages: dict[str, bytes] = field(default_factory=dict)
    lingers: float = 0

    def puts(self, *args: str | bytes, at: str = "/boats", **kwargs: str) -> None:
        """Put an answer at a path."""
        self.pages[at] = answering(*args, **kwargs)  # type: ignore[arg-type]


@contextmanager
def a_site(patch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The site, to which the one door leads for the length of the block."""

    def handle(connection: socket.socket) -> None:
        path = server.requests[-1].split(b" ")[1].decode()
        connection.sendall(site.pages.get(path, answering(b"Nothing.", status="404 Not Found")))
        time.sleep(site.lingers)

    with serving(handle) as server:
        outside = put_outside(
            patch,
            names={HOST: [[SOMEWHERE]], f"www.{HOST}": [[SOMEWHERE]]},
            servers={SOMEWHERE: server.port},
        )
        site = Site(server, outside)
        yield site
