"""Times that an authority signs, and that are believed only if they should be."""

import shutil
import socket
from dataclasses import dataclass, field

import pytest
from django.db import IntegrityError, transaction
from rfc3161_client import decode_timestamp_response

from sources.capturing.stamping import BadStamp, stamp_due
from sources.models import CaptureStamp
from tests.factories import make_capture
from tests.intake.stamps import StampingAuthority, new_stamping_authority
from tests.network.outside import SOMEWHERE, put_outside, serving

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl for the authority"),
]

ADDRESS = "http://clock.example/stamp"


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    base = tmp_path_factory.mktemp("clocks")
    return [new_stamping_authority(base / name) for name in ("one", "other")]


@dataclass
class Clock:
    """What answers at the address; `lies` takes the place of an answer."""

    authority: StampingAuthority
    asked: list[bytes] = field(default_factory=list)
    lies: bytes = b""


@pytest.fixture
def clock(authorities, monkeypatch, settings):
    there = Clock(authorities[0])

    def handle(connection: socket.socket) -> None:
        there.asked.append(server.requests[-1].partition(b"\r\n\r\n")[2])
        answer = there.lies or there.authority.answer(there.asked[-1])
        header = f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\n\r\n"
        connection.sendall(header.encode() + answer)

    with serving(handle) as server:
        put_outside(
            monkeypatch,
            names={"clock.example": [[SOMEWHERE]]},
            servers={SOMEWHERE: server.port},
        )
        settings.TIMESTAMP_AUTHORITY = ADDRESS
        settings.TIMESTAMP_ROOTS = str(authorities[0].root)
        yield there


def test_a_capture_is_stamped_once_and_the_stamp_is_kept_beside_it(clock):
    capture = make_capture()

    [stamp] = stamp_due()

    given = decode_timestamp_response(bytes(stamp.token))
    assert given.tst_info.message_imprint.message.hex() == capture.sha256
    assert (capture.stamp, stamp.authority) == (stamp, ADDRESS)
    assert stamp.stamped_at == given.tst_info.gen_time
    assert stamp_due() == []
    assert len(clock.asked) == 1
    with pytest.raises(IntegrityError, match="A stamp never changes"), transaction.atomic():
        CaptureStamp.objects.update(token=b"")


def test_a_stamp_that_cannot_be_believed_is_not_kept_and_asked_for_again(clock, authorities):
    make_capture()
    make_capture()

    clock.authority = authorities[1]  # whom no root of ours vouches for
    with pytest.raises(BadStamp):
        stamp_due()
    clock.authority = authorities[0]
    for lie in (b"no stamp", clock.authority.answer(clock.asked[0])):  # the answer to another
        clock.lies = lie
        with pytest.raises(BadStamp, match="The time-stamping authority gave no valid stamp"):
            stamp_due()
    kept = CaptureStamp.objects.count()
    clock.lies = b""

    assert kept == 0
    assert len(stamp_due()) == 2


def test_nobody_is_asked_unless_an_authority_is_set(clock, settings):
    settings.TIMESTAMP_AUTHORITY = ""
    make_capture()

    assert (stamp_due(), clock.asked) == ([], [])
