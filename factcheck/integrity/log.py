"""Whether the log is what it was signed to be: tree, tiles, checkpoints and the copies outside,
recomputed from the entries alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import connection

from factcheck.integrity.check import Check
from factcheck.ledger.models import LogKey, SignedCheckpoint, StoredTile
from factcheck.ledger.models.tree import LEAF
from factcheck.ledger.tree.checkpoints import Checkpoint, parse_checkpoint
from factcheck.ledger.tree.hashing import node_hash
from factcheck.ledger.tree.notes import (
    Note,
    NoteError,
    VerifierKey,
    parse_verifier_key,
    verified,
)
from factcheck.ledger.tree.proofs import root_at
from factcheck.ledger.tree.tiles import HEIGHT, WIDTH, full_tiles, hashes_in

LEAVES = f"SELECT {LEAF} FROM ledger_publication ORDER BY seq"
ROWS_AT_ONCE = 100


@dataclass
class WholeTree:
    """Every full subtree over the entries, recomputed. `levels[h][n]` has 2**h entries under it."""

    levels: list[list[bytes]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many entries there are."""
        return len(self.levels[0])

    def root(self, size: int) -> bytes:
        """The root over the first entries; at least one."""
        return root_at(size, lambda level, number: self.levels[level][number])


def tree_of_rows() -> WholeTree:
    """The tree, from the entries as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(LEAVES)
        row = [bytes(leaf) for [leaf] in cursor.fetchall()]
    tree = WholeTree([row])
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        tree.levels.append(row)
    return tree


def wrong_tiles(tree: WholeTree) -> Iterator[str]:
    """Tiles that are not what the entries make, by the entry where that can be told."""
    there: set[tuple[int, int]] = set()
    for tile in StoredTile.objects.order_by("level", "index").iterator(ROWS_AT_ONCE):
        there.add((tile.level, tile.index))
        name = f"tile {tile.level}/{tile.index}"
        if tile.index >= full_tiles(tile.level, tree.size):
            yield f"{name}: it is of entries that are gone; there are {tree.size}."
            continue
        hashes = tree.levels[HEIGHT * tile.level][tile.index * WIDTH : (tile.index + 1) * WIDTH]
        if bytes(tile.root) != tree.levels[HEIGHT * (tile.level + 1)][tile.index]:
            yield f"{name}: its root is not that of the entries below it."
        for at, (kept, found) in enumerate(
            zip(hashes_in(bytes(tile.hashes)), hashes, strict=True), start=tile.index * WIDTH
        ):
            if kept != found and tile.level == 0:
                yield f"publication {at + 1}: its entry is not the one that {name} was made of."
            elif kept != found:
                yield f"{name}: the hash {at} in it is not that of the entries below it."
    signed = SignedCheckpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    level = 0
    while wanted := full_tiles(level, min(signed, tree.size)):
        for index in range(wanted):
            if (level, index) not in there:
                yield f"tile {level}/{index}: it is missing, and was signed."
        level += 1


@dataclass
class Signed:
    """The checkpoints, as far as they hold, and the keys that are to be trusted."""

    tree: WholeTree
    trusted: list[VerifierKey]
    known: list[VerifierKey]
    origin: str = ""
    last_good: int = 0

    def findings(self, name: str, checkpoint: Checkpoint) -> Iterator[str]:
        """What of the checkpoint is not so, by the entries among which it has to be looked for."""
        if self.origin and checkpoint.origin != self.origin:
            yield f"{name}: it is of another log, “{checkpoint.origin}”, not “{self.origin}”."
        elif checkpoint.size > self.tree.size:
            yield (
                f"{name}: it has {checkpoint.size} entries, and there are {self.tree.size}: the "
                "last ones are gone."
            )
        elif self.tree.root(checkpoint.size) != checkpoint.root:
            before = self.last_good if self.last_good < checkpoint.size else 0
            yield (
                f"{name}: the entries from {before + 1} to {checkpoint.size} are not those that "
                "were signed."
            )
        else:
            self.last_good = max(self.last_good, checkpoint.size)

    def trust(self, name: str, note: Note) -> Iterator[str]:
        """Whether somebody who is trusted has signed; then all its signers are from then on."""
        try:
            signers = verified(note, [*self.known, *self.trusted])
        except NoteError as error:
            yield f"{name}: {error}"
            return
        if not self.trusted:
            self.trusted = signers
        elif not set(signers) & set(self.trusted):
            yield (
                f"{name}: it is signed by the key {signers[0].id.hex()} alone, to which no earlier "
                "key has handed over."
            )
        else:
            self.trusted += [key for key in signers if key not in self.trusted]


def known_keys() -> Iterator[VerifierKey | str]:
    """The keys in the database; a sentence for what is none."""
    for key in LogKey.objects.order_by("pk"):
        try:
            yield parse_verifier_key(key.verifier)
        except NoteError as error:
            yield f"key {key.pk}: {error}"


def check(*, saved: Sequence[tuple[str, str]], pinned: Sequence[VerifierKey]) -> Check:
    """The check of the log against these checkpoints and keys."""
    return Check(
        "log",
        "Tree, tiles and checkpoints are what was signed.",
        lambda: findings(saved=saved, pinned=pinned),
    )


def findings(
    *, saved: Sequence[tuple[str, str]] = (), pinned: Sequence[VerifierKey] = ()
) -> Iterator[str]:
    """All that is wrong with tree, tiles and checkpoints. `saved` are names and notes of
    checkpoints that were kept outside; with `pinned` keys those alone are trusted, and to whom
    they handed over.
    """
    tree = tree_of_rows()
    yield from wrong_tiles(tree)
    keys = list(known_keys())
    yield from (key for key in keys if isinstance(key, str))
    known = [key for key in keys if not isinstance(key, str)]
    signed = Signed(tree, list(pinned), known)
    size, root = 0, b""
    for row in SignedCheckpoint.objects.order_by("pk").iterator(ROWS_AT_ONCE):
        name = f"checkpoint {row.pk}"
        try:
            checkpoint, note = parse_checkpoint(row.note)
        except NoteError as error:
            yield f"{name}: {error}"
            continue
        signed.origin = signed.origin or checkpoint.origin
        if (checkpoint.size, checkpoint.root) != (row.size, bytes(row.root)):
            yield f"{name}: its columns are not what it says."
        if checkpoint.size < size or (checkpoint.size == size and checkpoint.root != root):
            yield f"{name}: it does not continue the one before it."
        size, root = checkpoint.size, checkpoint.root
        yield from signed.trust(name, note)
        yield from signed.findings(name, checkpoint)
    for name, text in saved:
        try:
            checkpoint, note = parse_checkpoint(text)
        except NoteError as error:
            yield f"{name}: {error}"
            continue
        try:
            verified(note, signed.trusted)
        except NoteError as error:
            yield f"{name}: {error} The log's keys were changed, or it is of another log."
        yield from signed.findings(name, checkpoint)
