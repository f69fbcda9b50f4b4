"""Every answer ends under its caps, and comes from whoever the name stands for."""

import gzip
import resource
import socket
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from sources.network import Caps, NetworkError, TooLarge, TooSlow, Unreachable, request
from tests.network.outside import (
    ELSEWHERE,
    OK,
    SOMEWHERE,
    Authority,
    FakeOutside,
    Handler,
    put_outside,
    saying,
    serving,
)

CAPS = Caps(
    total_seconds=1.5,
    wait_seconds=0.5,
    header_bytes=20_000,
    received_bytes=100_000,
    decoded_bytes=5_000_000,
    ratio=100,
)
HEADER = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def leading_to(patch: pytest.MonkeyPatch, port: int, **given: Any) -> FakeOutside:
    """The name good.example leads to that port of this machine."""
    names = {"good.example": [[SOMEWHERE]]}
    return put_outside(patch, **{"names": names, "servers": {SOMEWHERE: port}} | given)


def ask(url: str = "http://good.example/", *, caps: Caps = CAPS) -> bytes:
    with request("GET", url, caps=caps) as answer:
        return answer.read()


# What is sent


def test_the_request_says_the_name_and_nothing_of_us(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying(b"HTTP/1.1 204 No Content\r\nX-Two: 1\r\nX-Two: 2\r\n\r\n")) as server:
        leading_to(monkeypatch, server.port)

        headers = {"Content-Type": "application/json"}
        with request("POST", "http://good.example/a?b", headers=headers, body=b"{}") as answer:
            assert (answer.status, answer.headers["x-two"]) == (204, "1, 2")
            assert answer.read() == b""

    assert server.requests == [
        b"POST /a?b HTTP/1.1\r\n"
        b"Host: good.example\r\n"
        b"Content-Length: 2\r\n"
        b"User-Agent: factcheck/1 (fact-checkers keep what they quote)\r\n"
        b"Accept-Encoding: gzip, deflate\r\n"
        b"Connection: close\r\n"
        b"Content-Type: application/json\r\n"
        b"\r\n"
        b"{}"
    ]


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying(OK)) as server, serving(saying(OK)) as proxy:
        leading_to(monkeypatch, server.port)
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")

        assert ask() == b"ok"

    assert (len(server.requests), proxy.requests) == (1, [])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_and_not_followed(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = f"HTTP/1.1 {status} Moved\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n"
    with serving(saying(moved.encode())) as server:
        outside = leading_to(monkeypatch, server.port)

        with request("GET", "http://good.example/") as answer:
            assert (answer.status, answer.headers["location"]) == (status, "http://127.0.0.1/")

    assert outside.connected == [SOMEWHERE]


def test_no_cookie_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    header = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok"
    with serving(saying(header)) as server:
        leading_to(monkeypatch, server.port)

        ask()
        ask()

    assert len(server.requests) == 2
    assert b"ookie" not in b"".join(server.requests)


# Who answers


def test_a_certificate_of_the_name_is_accepted(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(saying(OK), tls=authority.context("good.example")) as server:
        leading_to(monkeypatch, server.port, authority=authority.path)

        assert ask("https://good.example./") == b"ok"

    assert b"Host: good.example\r\n" in server.requests[0]


def test_a_certificate_of_the_address_is_accepted(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(saying(OK), tls=authority.context(SOMEWHERE)) as server:
        leading_to(monkeypatch, server.port, authority=authority.path)

        assert ask(f"https://{SOMEWHERE}/") == b"ok"


BAD: dict[str, Callable[[Authority], Any]] = {
    "expired": lambda authority: authority.context("good.example", days=-1),
    "not valid yet": lambda authority: authority.context("good.example", days=120),
    "self-signed": lambda authority: authority.context("good.example", by_itself=True),
    "of another host": lambda authority: authority.context("other.example"),
    "of a part of the name": lambda authority: authority.context("example"),
    "of the address": lambda authority: authority.context(SOMEWHERE),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_certificate_is_refused_and_nothing_is_sent(
    kind: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(saying(OK), tls=BAD[kind](authority)) as server:
        names = {"good.example": [[SOMEWHERE, ELSEWHERE]]}
        servers = {SOMEWHERE: server.port, ELSEWHERE: server.port}
        outside = leading_to(
            monkeypatch, server.port, authority=authority.path, names=names, servers=servers
        )

        with pytest.raises(Unreachable, match="its certificate is not valid"):
            ask("https://good.example/")

    assert (outside.connected, server.requests) == ([SOMEWHERE], [])


def test_an_authority_that_the_system_does_not_know_vouches_for_nobody(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(saying(OK), tls=authority.context("good.example")) as server:
        leading_to(monkeypatch, server.port)

        with pytest.raises(Unreachable, match="its certificate is not valid"):
            ask("https://good.example/")


def test_who_offers_no_tls_is_not_spoken_to_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying(OK), listens=False) as server:
        outside = leading_to(monkeypatch, server.port)

        with pytest.raises(Unreachable, match="no secure connection"):
            ask("https://good.example/")

    assert outside.connected == [SOMEWHERE]


def test_nobody_there_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    put_outside(monkeypatch, names={"good.example": [[SOMEWHERE]]})

    with pytest.raises(Unreachable, match="Nobody answers at this address"):
        ask()


# How long it takes


def dripping(first: bytes, drop: bytes) -> Handler:
    """Sends something every tenth of a second, for ever."""

    def handle(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(drop)
            time.sleep(0.1)

    return handle


def silent(connection: socket.socket) -> None:
    time.sleep(5)


SLOW = {
    "says nothing": silent,
    "drips its first line": dripping(b"HTTP/1.1 ", b"2"),
    "drips a header": dripping(HEADER, b"X"),
    "drips headers": dripping(HEADER, b"X: y\r\n"),
    "drips interim answers": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "drips its body": dripping(HEADER + b"Content-Length: 9999\r\n\r\n", b"x"),
    "drips chunks": dripping(HEADER + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "drips the length of a chunk": dripping(HEADER + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "drips without an end": dripping(HEADER + b"\r\n", b"x"),
    "stops in its body": lambda connection: (
        connection.sendall(HEADER + b"Content-Length: 9\r\n\r\nx"),
        time.sleep(5),
    ),
}


@pytest.mark.parametrize("kind", SLOW)
def test_whoever_is_slow_is_left(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(SLOW[kind]) as server:
        leading_to(monkeypatch, server.port)
        began = time.monotonic()

        with pytest.raises(TooSlow, match=r"0\.5 seconds .*, and 1\.5 in all"):
            ask()

    assert time.monotonic() - began < 2.5


def test_a_handshake_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(silent) as server:
        leading_to(monkeypatch, server.port)
        began = time.monotonic()

        with pytest.raises(NetworkError):
            ask("https://good.example/")

    assert time.monotonic() - began < 2.5


# How large it is


def endless(first: bytes, more: bytes) -> Handler:
    def handle(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(more)

    return handle


def packed(header: bytes, content: bytes) -> Handler:
    return saying(HEADER + header + b"\r\n" + content)


def bomb(pack: Callable[[bytes], bytes], times: int = 1) -> bytes:
    content = bytes(20_000_000)
    for _ in range(times):
        content = pack(content)
    return content


LARGE = {
    "a header without an end": endless(HEADER + b"X: ", b"x" * 1000),
    "headers without an end": endless(HEADER, b"X: " + b"x" * 1000 + b"\r\n"),
    "a body without an end": endless(HEADER + b"\r\n", b"x" * 1000),
    "chunks without an end": endless(
        HEADER + b"Transfer-Encoding: chunked\r\n\r\n", b"3e8\r\n" + b"x" * 1000 + b"\r\n"
    ),
    "a body that says its length": endless(
        HEADER + b"Content-Length: 999999999\r\n\r\n", b"x" * 1000
    ),
    "a gzip bomb": packed(b"Content-Encoding: gzip\r\n", bomb(gzip.compress)),
    "a deflate bomb": packed(b"Content-Encoding: deflate\r\n", bomb(zlib.compress)),
    "a bomb in a bomb": packed(b"Content-Encoding: gzip, gzip\r\n", bomb(gzip.compress, 2)),
}


@pytest.mark.parametrize("kind", LARGE)
def test_whoever_sends_too_much_is_cut_off(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(LARGE[kind]) as server:
        leading_to(monkeypatch, server.port)

        with pytest.raises(TooLarge, match="The site sends more than we take"):
            ask()


def test_a_bomb_is_not_unpacked_before_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(LARGE["a gzip bomb"]) as server:
        leading_to(monkeypatch, server.port)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        taken: list[int] = []

        with pytest.raises(TooLarge), request("GET", "http://good.example/", caps=CAPS) as answer:
            taken.extend(len(piece) for piece in answer.pieces())

    assert sum(taken) <= 2_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64_000


def test_what_is_packed_within_reason_is_unpacked_or_given_as_it_was_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = b"Synthetic words. " * 50_000
    sent = gzip.compress(content)
    with serving(packed(b"Content-Encoding: gzip\r\n", sent)) as server:
        leading_to(monkeypatch, server.port)

        assert ask() == content
        with request("GET", "http://good.example/", caps=CAPS) as answer:
            assert b"".join(answer.pieces(decoded=False)) == sent


def test_a_large_body_within_its_cap_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying(HEADER + b"Content-Length: 99999\r\n\r\n", b"x" * 99_999)) as server:
        leading_to(monkeypatch, server.port)

        assert len(ask()) == 99_999


# What is no answer

BROKEN = {
    "nothing": b"",
    "another protocol": b"220 mail.example ready\r\n",
    "the web of 1991": b"<p>Hello</p>",
    "a broken status": b"HTTP/1.1 abc\r\n\r\n",
    "half a body": HEADER + b"Content-Length: 10\r\n\r\nhalf",
    "half a chunk": HEADER + b"Transfer-Encoding: chunked\r\n\r\nff\r\nhalf",
    "no chunk": HEADER + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "no gzip": HEADER + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd",
    "too many headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_cannot_be_understood_is_said_so(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying(BROKEN[kind])) as server:
        leading_to(monkeypatch, server.port)

        with pytest.raises(NetworkError, match="broke off, or answered in a way that cannot be"):
            ask()
