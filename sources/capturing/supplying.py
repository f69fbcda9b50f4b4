"""A file that somebody brings: kept as it came, with the text that can be read from it."""

import re
from pathlib import PurePath

from django.contrib.auth.models import User
from django.utils import timezone

from factcheck.common.errors import InvalidInput
from sources.capturing.extracting import extract
from sources.capturing.keeping import MAX_REASON
from sources.choices import CaptureStatus
from sources.models import Capture, Document
from sources.services import add_capture

MAX_FILE = 25 * 1024 * 1024
# By the end of the name, and by how the bytes of each begin, where all of them begin alike.
KINDS: dict[str, tuple[str, re.Pattern[bytes] | None]] = {
    ".txt": ("text/plain", None),
    ".html": ("text/html", None),
    ".htm": ("text/html", None),
    ".mhtml": ("multipart/related", re.compile(rb"[A-Za-z-]+:|From ")),
    ".mht": ("multipart/related", re.compile(rb"[A-Za-z-]+:|From ")),
    ".pdf": ("application/pdf", re.compile(rb"[\s\S]{0,1024}?%PDF-")),
    ".png": ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ".jpg": ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    ".jpeg": ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    ".gif": ("image/gif", re.compile(rb"GIF8[79]a")),
    ".webp": ("image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
}
TAKEN = "a text (.txt), a saved page (.html, .mhtml), a PDF or an image (.png, .jpg, .gif, .webp)"
TOO_LARGE = "The file is larger than 25 MB: supply a shorter one."
EMPTY = "The file is empty: choose one with the document in it."


def supply(document: Document, *, name: str, content: bytes, by: User) -> Capture:
    """Keep a file as a *supplied* capture of the document, brought by that person now.

    Text in UTF-8 is kept character by character; from everything else it is taken by a program
    that may fail, which loses no file: the capture then says why it has no text. Raises
    InvalidInput for a file that is none of our kinds, or not of the kind that its name says.
    """
    if len(content) > MAX_FILE:
        raise InvalidInput.at("file", TOO_LARGE)
    if not content:
        raise InvalidInput.at("file", EMPTY)
    media_type = media_type_of(name, content)
    text, taken_by, reason = read(content, media_type)
    return add_capture(
        document,
        content=content,
        media_type=media_type,
        status=CaptureStatus.SUPPLIED,
        captured_at=timezone.now(),
        supplied_by=by,
        text=text,
        extractor=taken_by,
        more={"reason": reason[:MAX_REASON]},
        by=by,
    )


def media_type_of(name: str, content: bytes) -> str:
    """What the file is. Raises InvalidInput."""
    ending = PurePath(name).suffix.lower()
    if ending not in KINDS:
        raise InvalidInput.at("file", f"Supply {TAKEN}.")
    media_type, begins = KINDS[ending]
    if begins is not None and not begins.match(content):
        raise InvalidInput.at(
            "file", f"The file is not what its name says: it is no {ending} file."
        )
    return media_type


def read(content: bytes, media_type: str) -> tuple[str | None, tuple[str, str] | None, str]:
    """Text, what took it, and why there is none. None for what is kept character by character."""
    if media_type == "text/plain":
        try:
            content.decode()
        except UnicodeDecodeError:
            pass
        else:
            return None, None, ""
    found = extract(content, media_type=media_type)
    return found.text, (found.extractor, found.extractor_version), found.reason
