"""Signing checkpoints, after what they are of was committed: never under the lock of the head.

A log signs nothing that contradicts what it has signed before. What contradicts its own copies, in
the database or outside it, stays unsigned until somebody has looked at it.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from factcheck.common.errors import Conflict
from factcheck.ledger import kept_outside
from factcheck.ledger.log_keys import signing_keys
from factcheck.ledger.models import Head, LogKey, SignedCheckpoint
from factcheck.ledger.stored_tree import StoredTree, write_tiles
from factcheck.ledger.tree.checkpoints import Checkpoint, parse_checkpoint
from factcheck.ledger.tree.notes import NoteError, SigningKey, parse_note, sign_note


@dataclass
class Refused:
    """Up to which place signing was refused in this process: the job of the minute tries again and
    complains again, which would be too often every two seconds.
    """

    size: int = -1


refused = Refused()


def is_due() -> bool:
    """Whether there are entries that no checkpoint with all our keys is of: two quick questions.

    Keys that cannot be used are for the job of the minute to complain of.
    """
    try:
        keys = signing_keys()
    except Conflict:
        return False
    size = Head.objects.get().seq
    return bool(keys) and size != refused.size and not is_signed(newest(), size, keys)


def sign_due() -> SignedCheckpoint | None:
    """Sign all that is published, and keep a copy outside; None where there is nothing to sign, or
    no key to sign with. Bears being done twice, or by two at once.

    Raises Conflict where the ledger contradicts what was signed before, or a key is none.
    """
    keys, size = signing_keys(), Head.objects.get().seq
    last = newest()
    if keys and size and not is_signed(last, size, keys):
        refused.size = size
        last = sign(size, keys)
        refused.size = -1
    if last is not None and settings.CHECKPOINTS_DIR is not None:
        keep_outside(settings.CHECKPOINTS_DIR, last)
    return last if keys else None


def newest() -> SignedCheckpoint | None:
    """The checkpoint that was signed last."""
    return SignedCheckpoint.objects.order_by("-pk").first()


def is_signed(last: SignedCheckpoint | None, size: int, keys: list[SigningKey]) -> bool:
    """Whether the checkpoint is of so many entries and has a signature by each of the keys."""
    if last is None:
        return size == 0
    signed = {(name, key_id) for name, key_id, _ in parse_note(last.note).signatures}
    return last.size == size and signed >= {(key.name, key.verifier.id) for key in keys}


def sign(size: int, keys: list[SigningKey]) -> SignedCheckpoint:
    """Write the tiles that are full, and a checkpoint of the first `size` entries."""
    with transaction.atomic():
        write_tiles(size)
        tree = StoredTree(size)
        checkpoint = Checkpoint(keys[0].name, size, tree.root())
        for before, where in signed_before():
            check_continues(checkpoint, tree, before, where)
        for key in keys:
            LogKey.objects.get_or_create(verifier=str(key.verifier))
        return SignedCheckpoint.objects.create(
            size=size, root=checkpoint.root, note=sign_note(checkpoint.text, keys)
        )


def signed_before() -> list[tuple[Checkpoint, str]]:
    """The newest checkpoint in the database, and the newest outside it, with where each is."""
    found = []
    last = newest()
    if last is not None:
        try:
            found.append((parse_checkpoint(last.note)[0], "the last one in the database"))
        except NoteError as error:
            raise Conflict(f"The last checkpoint in the database is none: {error}") from error
    home: Path | None = settings.CHECKPOINTS_DIR
    outside = kept_outside.newest(home) if home is not None else None
    if outside is not None:
        found.append((outside[0], f"the one kept in {home}"))
    return found


def check_continues(new: Checkpoint, tree: StoredTree, before: Checkpoint, where: str) -> None:
    """Raise Conflict unless the tree begins with that of the earlier checkpoint."""
    advice = (
        "Nothing is signed. Find out who changed what (manage.py verify_log --checkpoint FILE); "
        "another log needs another origin and another directory."
    )
    if before.origin != new.origin:
        raise Conflict(
            f"The origin is “{new.origin}”, and {where} is of “{before.origin}”. {advice}"
        )
    if before.size > new.size:
        raise Conflict(
            f"The ledger ends at place {new.size}, and {where} reaches to {before.size}: what was "
            f"published after is gone. {advice}"
        )
    if tree.root(before.size) != before.root:
        raise Conflict(
            f"The entries up to place {before.size} are not those of {where}: some were changed. "
            f"{advice}"
        )


def keep_outside(home: Path, last: SignedCheckpoint) -> None:
    """Put a copy of the checkpoint outside, unless it is there."""
    outside = kept_outside.newest(home)
    if outside is None or (outside[1] != last.note and outside[0].size <= last.size):
        kept_outside.keep(home, last.note)
