"""The keys that sign checkpoints. They come from the environment or a file beside the data, and are
never in the database: whoever takes it over cannot sign.
"""

import os
from pathlib import Path

from django.conf import settings

from factcheck.common.errors import Conflict
from factcheck.ledger.tree.notes import NoteError, SigningKey, new_signing_key, parse_signing_key

NO_KEY = (
    "Nothing is signed here yet. Whoever runs the site gives the worker a key for the log "
    "(“manage.py make_log_key”, LOG_KEY or LOG_KEY_FILE); what is published then is signed within "
    "seconds."
)


def signing_keys() -> list[SigningKey]:
    """The keys, in their order; none where nothing is set. The first one's name is the origin.

    Several stand one behind the other while a new one takes over. Raises Conflict for what is no
    key, or keys of different names, without repeating any of it.
    """
    texts = settings.LOG_KEY.split()
    file: Path | None = settings.LOG_KEY_FILE
    if file is not None and file.is_file():
        texts += file.read_text().split()
    try:
        keys = [parse_signing_key(text) for text in texts]
    except NoteError as error:
        raise Conflict(f"LOG_KEY cannot be used: {error}") from error
    if len({key.name for key in keys}) > 1:
        raise Conflict("LOG_KEY cannot be used: all keys of a log have its origin as their name.")
    return keys


def make_key_file(file: Path, *, origin: str) -> SigningKey | None:
    """Write a new key to a file that its owner alone may read; None if the file is there already.

    Raises Conflict for an origin that no note can carry.
    """
    try:
        key = new_signing_key(origin)
    except NoteError as error:
        raise Conflict(f"“{origin}” cannot be an origin: {error}") from error
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return None
    with os.fdopen(descriptor, "w") as opened:
        opened.write(f"{key.secret_text()}\n")
    return key
