"""What the programs have in common: little memory, little time, no way out, and one answer.

Bytes come in by standard input, one JSON object goes out. The same bytes give the same text, as
long as the libraries stay the same.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from typing import Any

from sources.capturing.reading.characters import settled

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
MAX_TEXT = 5_000_000
MAX_TITLE = 500

Read = dict[str, str]


def answer(read: Callable[[bytes, str, str], Read]) -> None:
    """Read what was given as the two arguments say (media type, charset), and tell what was found.
    Nothing that a library prints on the way is taken for the answer.
    """
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    confine()
    found = read(sys.stdin.buffer.read(), sys.argv[1], sys.argv[2])
    if len(found["text"]) > MAX_TEXT:
        found |= {"text": "", "reason": f"Its text is longer than {MAX_TEXT:,} characters."}
    with out:
        out.write(json.dumps(found).encode())


def told(extractor: str, extractor_version: str, text: str, **more: str) -> Read:
    """One answer: text and title such as can be kept, and what else was found."""
    title = " ".join(settled(more.pop("title", "")).split())[:MAX_TITLE]
    told = {"text": settled(text), "title": title, "language": "", "reason": ""}
    return told | {"extractor": extractor, "extractor_version": extractor_version} | more


def confine() -> None:
    """Give up memory, time, files and the network, before a single byte is looked at."""
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    sys.addaudithook(refuse_ways_out)


def refuse_ways_out(event: str, arguments: tuple[Any, ...]) -> None:
    """What Python asks before it opens a connection or starts a program."""
    if event.startswith(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.send")):
        raise PermissionError("This program asks nothing of the network.")
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"):
        raise PermissionError("This program starts no other.")
