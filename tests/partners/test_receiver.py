"""The receiver that partners copy does what it says."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from factcheck.partners import notices

SOURCE = Path(__file__).parent / "receiver.py"
OLD, SECRET, OTHER = (notices.new_secret() for _ in range(3))


@pytest.fixture
def receiver() -> Iterator[tuple[subprocess.Popen[str], str]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, SOURCE],
        env=os.environ | {"WEBHOOK_SECRET": SECRET, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.1)
    yield process, f"http://127.0.0.1:{port}/"
    process.kill()
    process.wait()


def post(url: str, body: bytes, *, name: str, secrets: list[str], minutes: int = 0) -> int:
    at = timezone.now() - timedelta(minutes=minutes)
    headers = notices.headers_of(body, name=name, at=at, secrets_in_use=secrets)
    try:
        return urllib.request.urlopen(urllib.request.Request(url, body, headers)).status
    except urllib.error.HTTPError as error:
        return error.code


def test_the_receiver_takes_what_is_ours_once_and_nothing_else(
    receiver: tuple[subprocess.Popen[str], str],
) -> None:
    process, url = receiver
    body = notices.ping(timezone.now())

    answers = [
        post(url, body, name="msg_a_1", secrets=[SECRET]),
        post(url, body, name="msg_a_1", secrets=[SECRET]),
        post(url, body, name="msg_a_2", secrets=[OLD, SECRET]),
        post(url, body, name="msg_a_3", secrets=[OTHER]),
        post(url, body, name="msg_a_4", secrets=[SECRET], minutes=10),
    ]
    process.terminate()
    printed, _ = process.communicate()

    assert answers == [204, 204, 204, 400, 400]
    assert printed.splitlines() == [body.decode()] * 2


def test_it_is_short() -> None:
    code = [line for line in SOURCE.read_text().splitlines() if line.strip()]

    assert len(code) <= 25
