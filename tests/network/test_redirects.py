"""Redirects are followed where somebody wants them to be, and each hop is vetted like the first."""

import time

import pytest

from sources.network import AddressRefused, Caps, NetworkError, TooSlow, request
from tests.network.outside import OK, SOMEWHERE, FakeOutside, put_outside, saying, serving

NAMES = {
    "first.example": [[SOMEWHERE]],
    "second.example": [[SOMEWHERE]],
    "inside.example": [["127.0.0.1"]],
}


def moved(location: str, status: int = 302) -> bytes:
    header = f"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
    return header.encode()


def leading(patch: pytest.MonkeyPatch, port: int) -> FakeOutside:
    servers = {SOMEWHERE: port, "127.0.0.1": port}
    return put_outside(patch, names=NAMES, servers=servers)


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("http://second.example/b", b"GET /b HTTP/1.1\r\nHost: second.example\r\n"),
        ("/b?c#d", b"GET /b?c HTTP/1.1\r\nHost: first.example\r\n"),
        ("b", b"GET /a/b HTTP/1.1\r\nHost: first.example\r\n"),
        ("//second.example", b"GET / HTTP/1.1\r\nHost: second.example\r\n"),
        ("/ї", b"GET /%D1%97 HTTP/1.1\r\nHost: first.example\r\n"),
    ],
)
def test_a_redirect_is_followed(
    location: str, asked: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [moved(location), OK]
    with serving(lambda connection: connection.sendall(answers.pop(0))) as server:
        leading(monkeypatch, server.port)

        with request("GET", "http://first.example/a/", redirects=5) as answer:
            assert answer.read() == b"ok"

    assert server.requests[1].startswith(asked)


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://inside.example/",
        "//127.0.0.1/",
        "http://[::ffff:7f00:1]/",
        "http://2130706433/",
        "http://me@second.example/",
        "http:\\\\127.0.0.1/",
        "file:///etc/hostname",
        "http://second.example:22/",
        "https://localhost/",
    ],
)
def test_no_redirect_leads_inside(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying(moved(location))) as server:
        outside = leading(monkeypatch, server.port)

        with (
            pytest.raises(AddressRefused),
            request("GET", "http://first.example/", redirects=5),
        ):
            pass

    assert outside.connected == [SOMEWHERE]


def test_redirects_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(saying(moved("http://second.example/"))) as server:
        outside = leading(monkeypatch, server.port)

        with (
            pytest.raises(NetworkError, match="we follow no further"),
            request("GET", "http://first.example/", redirects=5),
        ):
            pass

    assert outside.connected == [SOMEWHERE] * 6


def test_all_hops_share_the_time_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(connection: object) -> None:
        time.sleep(0.4)
        connection.sendall(moved("http://second.example/"))  # type: ignore[attr-defined]

    with serving(slowly) as server:
        leading(monkeypatch, server.port)

        with (
            pytest.raises(TooSlow),
            request("GET", "http://first.example/", redirects=5, caps=Caps(total_seconds=1)),
        ):
            pass


@pytest.mark.parametrize(("method", "redirects"), [("POST", 1), ("GET", 6)])
def test_no_more_is_promised(method: str, redirects: int) -> None:
    with (
        pytest.raises(ValueError, match="up to 5 redirects"),
        request(method, "http://first.example/", redirects=redirects),
    ):
        pass
