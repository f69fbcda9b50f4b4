"""How a name is looked up by the real network: in its time, and as a whole name."""

import socket
import time
from typing import Any

import pytest

from sources.network import TooSlow, Unreachable
from sources.network.outside import Outside


def test_a_name_is_asked_for_with_its_last_dot(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def found(host: str, port: int, **given: Any) -> list[Any]:
        asked.append((host, port, given))
        return [(0, 0, 0, "", ("1.2.3.4", port)), (0, 0, 0, "", ("2600:9000::1", port, 0, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", found)

    assert Outside().resolve("good.example", 443, seconds=1) == ["1.2.3.4", "2600:9000::1"]
    assert asked == [("good.example.", 443, {"type": socket.SOCK_STREAM})]


def test_a_name_that_nobody_knows_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: Any, **given: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(Unreachable, match="There is no site of this name"):
        Outside().resolve("good.example", 443, seconds=1)


def test_a_name_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **given: time.sleep(3) or [])
    began = time.monotonic()

    with pytest.raises(TooSlow, match="was not found in time"):
        Outside().resolve("good.example", 443, seconds=0.1)

    assert time.monotonic() - began < 1
