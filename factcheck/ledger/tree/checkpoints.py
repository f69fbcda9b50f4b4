"""Checkpoints: a tree's size and root, as a log signs them (C2SP tlog-checkpoint)."""

import re
from dataclasses import dataclass

from factcheck.ledger.tree.hashing import HASH_BYTES
from factcheck.ledger.tree.notes import Note, NoteError, as_base64, from_base64, parse_note

SIZE = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)


@dataclass(frozen=True)
class Checkpoint:
    """What a log says of itself at one moment: who it is, how many entries, under which root."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{as_base64(self.root)}\n"


def parse_checkpoint(note: str) -> tuple[Checkpoint, Note]:
    """A signed checkpoint and the note that it is, of which nothing is verified. Lines after the
    third are signed along and mean nothing. Raises NoteError.
    """
    parsed = parse_note(note)
    lines = parsed.text.split("\n")[:-1]
    if len(lines) < 3 or not all(lines):
        raise NoteError("A checkpoint has an origin, a size and a root, in three lines.")
    origin, size, root = lines[:3]
    if not SIZE.fullmatch(size):
        raise NoteError("The size in the checkpoint is no number.")
    data = from_base64(root)
    if len(data) != HASH_BYTES:
        raise NoteError("The root in the checkpoint is no SHA-256.")
    return Checkpoint(origin, int(size), data), parsed
