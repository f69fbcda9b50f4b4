"""The text of bytes that we hold, taken by a process of its own that may fail for itself."""

import json
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings

SECONDS = 30
TOO_MUCH = "Its text could not be read: it takes more time or memory than we give it."
UNREADABLE = "Its text could not be read: the file is damaged, or not of the kind it says it is."
NO_KIND = "No text is taken from this kind of file."
NO_TEXT = ("none", "1")

PROGRAMS = {
    "text/html": "pages",
    "application/xhtml+xml": "pages",
    "multipart/related": "pages",
    "message/rfc822": "pages",
    "application/pdf": "pdf",
    "application/json": "plain",
    "application/ld+json": "plain",
    "application/xml": "plain",
}


@dataclass(frozen=True)
class Extracted:
    """The text, and what the document says of itself. Where `text` is empty, `reason` says why."""

    text: str
    extractor: str
    extractor_version: str
    title: str = ""
    language: str = ""
    reason: str = ""


def extract(content: bytes, *, media_type: str, charset: str = "") -> Extracted:
    """The text of the bytes. Never raises for what they hold: what cannot be read, takes too long
    or too much memory, gives an empty text and the reason. The same bytes give the same text.
    """
    program = PROGRAMS.get(media_type) or ("plain" if media_type.startswith("text/") else None)
    if program is None:
        return nothing(NO_KIND)
    module = f"sources.capturing.reading.{program}"
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-P", "-B", "-m", module, media_type, charset],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={"PYTHONPATH": str(settings.BASE_DIR), "LC_ALL": "C.UTF-8"},
            cwd="/",
            check=False,
        )
    except subprocess.TimeoutExpired:
        return nothing(TOO_MUCH)
    if done.returncode < 0 or b"MemoryError" in done.stderr[-2000:]:
        return nothing(TOO_MUCH)
    if done.returncode:
        return nothing(UNREADABLE)
    return Extracted(**json.loads(done.stdout))


def nothing(reason: str) -> Extracted:
    """No text, and why."""
    return Extracted("", *NO_TEXT, reason=reason)
