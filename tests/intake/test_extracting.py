"""The text of bytes, taken by a process of its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from pypdf import PdfWriter

from factcheck.common.text import clean_quote
from sources.capturing import extracting
from sources.capturing.extracting import TOO_MUCH, UNREADABLE, extract
from sources.capturing.reading.characters import decoded, settled
from sources.capturing.reading.confined import refuse_ways_out
from tests.intake.site import page

SENTENCE = "Дванадцять човнів було пораховано у гавані, сказала синтетична мерка міста."


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        (SENTENCE.encode(), "", SENTENCE),
        (SENTENCE.encode("cp1251"), "windows-1251", SENTENCE),
        (SENTENCE.encode("cp1251") * 3, "", SENTENCE * 3),
        (SENTENCE.encode("koi8-u"), "no-such-charset", None),
        (SENTENCE.encode("utf-16"), "utf-8", SENTENCE),
        (b"\xef\xbb\xbf12", "", "12"),
        ("“12 €”".encode("cp1252"), "ISO-8859-1", "“12 €”"),
        (b'<meta charset="windows-1251">' + "човни".encode("cp1251"), "", None),
    ],
)
def test_bytes_become_characters_as_the_web_means_them(content, charset, text):
    found = decoded(content, charset)

    assert found == text if text is not None else "\ufffd" not in found


def test_a_text_has_nothing_that_cannot_stand_in_a_quote():
    text = settled("".join(map(chr, range(0x100))) + "a\r\nb\rc\ud800")

    assert clean_quote(text) == text
    assert text.endswith("a\nb\nc\ufffd")


@pytest.mark.parametrize("event", ["socket.connect", "socket.getaddrinfo", "subprocess.Popen"])
def test_the_programs_have_no_way_out(event):
    with pytest.raises(PermissionError):
        refuse_ways_out(event, ())


def test_a_page_gives_its_article_and_the_same_each_time():
    first, second = (extract(page(), media_type="text/html") for _ in range(2))

    assert first == second
    assert (first.title, first.language, first.reason) == ("Boats counted in Exampleton", "en", "")
    assert "Sport" not in first.text
    assert clean_quote(first.text) == first.text


def test_a_saved_page_is_read_like_one():
    saved = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=cut\r\n\r\n"
        b"--cut\r\nContent-Type: image/png\r\n\r\nno page\r\n"
        b"--cut\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page() + b"\r\n--cut--\r\n"
    )

    assert "12 boats were counted" in extract(saved, media_type="multipart/related").text


def pdf(tmp_path, *, password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    writer.write(tmp_path / "synthetic.pdf")
    return (tmp_path / "synthetic.pdf").read_bytes()


def test_what_gives_no_text_says_why(tmp_path):
    asked = [
        (pdf(tmp_path), "application/pdf"),
        (pdf(tmp_path, password="synthetic"), "application/pdf"),
        (b"%PDF-1.7 damaged", "application/pdf"),
        (b"\x89PNG", "image/png"),
    ]

    reasons = [extract(content, media_type=kind).reason for content, kind in asked]

    assert reasons == [
        "The file holds no text, only pictures of it.",
        "The file is locked with a password.",
        UNREADABLE,
        "No text is taken from this kind of file.",
    ]


def test_what_takes_too_long_ends(monkeypatch):
    monkeypatch.setattr(extracting, "SECONDS", 0.01)

    assert extract(b"12 boats", media_type="text/plain").reason == TOO_MUCH


CONFINED = """
import sys
from sources.capturing.reading import confined
confined.{limit}
def greedy(content, media_type, charset):
    {does}
confined.answer(greedy)
"""


@pytest.mark.parametrize(
    ("limit", "does", "end"),
    [
        ("MEMORY = 300_000_000", "held = bytearray(400_000_000)", "MemoryError"),
        ("SECONDS = 1", "exec('while True: pass')", -24),
        ("SECONDS = 1", "import socket; socket.create_connection(('192.0.2.1', 80))", "Permission"),
        (
            "SECONDS = 1",
            "open('/proc/self/comm', 'w').write('x' * 10); import os; os.system('true')",
            "Permission",
        ),
    ],
)
def test_a_program_ends_at_its_limits(limit, does, end):
    done = subprocess.run(
        [sys.executable, "-c", CONFINED.format(limit=limit, does=does), "text/plain", ""],
        input=b"",
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(settings.BASE_DIR)},
    )

    if isinstance(end, int):
        assert done.returncode in (end, -9)
    else:
        assert end in done.stderr.decode()
    assert done.stdout == b""
