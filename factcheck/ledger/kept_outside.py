"""Copies of checkpoints in a directory outside the database: whoever rolls that back or rewrites it
does not reach them, if they lie, or are carried, where the database's keeper has no hand.
"""

import os
import tempfile
from pathlib import Path

from factcheck.common.errors import Conflict
from factcheck.ledger.tree.checkpoints import Checkpoint, parse_checkpoint
from factcheck.ledger.tree.notes import NoteError

SUFFIX = ".checkpoint"


def keep(home: Path, note: str) -> Path:
    """Put a signed checkpoint there as a whole or not at all, whatever is killed when."""
    checkpoint, _ = parse_checkpoint(note)
    home.mkdir(parents=True, exist_ok=True)
    place = home / f"{checkpoint.size}{SUFFIX}"
    descriptor, new = tempfile.mkstemp(dir=home, prefix=".new-")
    with os.fdopen(descriptor, "w") as file:
        file.write(note)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(new, 0o644)  # Whoever carries copies away may be another account.
    os.replace(new, place)
    directory = os.open(home, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
    return place


def newest(home: Path) -> tuple[Checkpoint, str] | None:
    """The largest checkpoint kept there, and its note. Raises Conflict if it is none."""
    sizes = [int(path.stem) for path in home.glob(f"*{SUFFIX}") if path.stem.isdecimal()]
    if not sizes:
        return None
    file = home / f"{max(sizes)}{SUFFIX}"
    try:
        note = file.read_text()
        return parse_checkpoint(note)[0], note
    except (NoteError, UnicodeDecodeError) as error:
        raise Conflict(f"{file} is no checkpoint: {error}") from error
