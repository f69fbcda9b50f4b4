"""What came, byte by byte, and what it is once it is unpacked."""

import gzip
import zlib

import pytest

from sources.network import Caps, NetworkError, TooLarge, request
from sources.network.answers import header_in
from sources.network.door import user_agent
from sources.network.unpacking import unpacked
from tests.network.outside import SOMEWHERE, put_outside, saying, serving

CAPS = Caps()
TEXT = b"Twelve boats were counted. " * 2_000


def bare(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("packed", "ways"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), "X-GZIP"),
        (gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]) + b"\0\0", "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (bare(TEXT), "deflate"),
        (gzip.compress(zlib.compress(TEXT)), "deflate, gzip"),
    ],
)
def test_what_was_packed_is_unpacked(packed, ways):
    assert unpacked(packed, ways, caps=CAPS) == TEXT


@pytest.mark.parametrize(
    ("packed", "ways", "error"),
    [
        (gzip.compress(bytes(60_000_000)), "gzip", TooLarge),
        (gzip.compress(bytes(2_000_000)), "gzip", TooLarge),  # a thousand times as much
        (gzip.compress(gzip.compress(bytes(60_000_000))), "gzip, gzip", TooLarge),
        (zlib.compress(bytes(60_000_000)), "deflate", TooLarge),
        (gzip.compress(TEXT)[:-9], "gzip", NetworkError),
        (b"no gzip", "gzip", NetworkError),
        (b"no zlib", "deflate", NetworkError),
        (TEXT, "br", NetworkError),
    ],
)
def test_what_swells_or_is_damaged_is_refused(packed, ways, error):
    with pytest.raises(error):
        unpacked(packed, ways, caps=CAPS)


def test_a_header_ends_where_the_body_begins():
    header = b"HTTP/1.1 200 OK\r\nX: 1\r\n\r\n"

    assert header_in(header + b"ahead\r\n\r\n") == header
    assert header_in(b"HTTP/1.1 100 Continue\r\n\r\n" + header + b"ahead") == header
    assert header_in(b"HTTP/1.0 200 OK\nX: 1\n\nahead") == b"HTTP/1.0 200 OK\nX: 1\n\n"


def test_an_answer_has_both_bodies_and_what_was_said(monkeypatch):
    header = b"HTTP/1.1 200 OK\r\nCONTENT-encoding: gzip\r\n\r\n"
    packed = gzip.compress(TEXT)
    moved = b"HTTP/1.1 302 Moved\r\nLocation: /next\r\nContent-Length: 4\r\n\r\ngone"
    answers = [moved, header + packed]
    passed = []
    with serving(lambda connection: connection.sendall(answers.pop(0))) as server:
        names = {"good.example": [[SOMEWHERE]]}
        put_outside(monkeypatch, names=names, servers={SOMEWHERE: server.port})

        with request(
            "GET",
            "http://good.example/",
            redirects=1,
            passed=lambda answer: passed.append((answer.status, answer.both())),
        ) as answer:
            found = (answer.header, answer.sent, answer.both())

    assert found == (header, server.requests[1], (packed, TEXT))
    assert passed == [(302, (b"gone", b"gone"))]


def test_who_asks_is_said_with_the_site_that_runs_it(settings):
    settings.SITE_URL = "https://facts.example"

    assert (
        user_agent() == "factcheck/1 (fact-checkers keep what they quote; +https://facts.example)"
    )


def test_what_is_longer_than_we_take_is_refused_while_it_comes(monkeypatch):
    header = b"HTTP/1.1 200 OK\r\n\r\n"
    with serving(saying(header, bytes(200_000))) as server:
        names = {"good.example": [[SOMEWHERE]]}
        put_outside(monkeypatch, names=names, servers={SOMEWHERE: server.port})

        caps = Caps(received_bytes=100_000)
        with request("GET", "http://good.example/", caps=caps) as answer, pytest.raises(TooLarge):
            answer.both()
