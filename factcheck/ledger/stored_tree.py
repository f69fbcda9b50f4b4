"""The tree over the entries, read from full tiles and what is not in one yet: a few rows for any
proof, however long the ledger is.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connections

from factcheck.ledger.models.tree import LEAF
from factcheck.ledger.tree.hashing import root_of
from factcheck.ledger.tree.proofs import Node, consistency_proof, inclusion_proof, root_at
from factcheck.ledger.tree.tiles import (
    WIDTH,
    Tile,
    full_tiles,
    hashes_in,
    node_in_tiles,
)

STORED = "SELECT hashes FROM ledger_tile WHERE level = %s AND index = %s"
OF_ENTRIES = f"""
    SELECT string_agg({LEAF}, ''::bytea ORDER BY seq) FROM ledger_publication
    WHERE seq > %s AND seq <= %s
"""
OF_TILES = """
    SELECT string_agg(root, ''::bytea ORDER BY index) FROM ledger_tile
    WHERE level = %s AND index >= %s AND index < %s
"""
ENTRIES = "SELECT entry FROM ledger_publication WHERE seq > %s AND seq <= %s ORDER BY seq"
NEXT = "SELECT coalesce(max(index) + 1, 0) FROM ledger_tile WHERE level = %s"
ADD = "INSERT INTO ledger_tile (level, index, hashes, root) VALUES (%s, %s, %s, %s)"


@dataclass(frozen=True)
class StoredTree:
    """The tree over the first `size` entries, all of whose full tiles are written."""

    size: int
    using: str = "default"

    @cached_property
    def node(self) -> Node:
        """The hash of a full subtree; each tile is read once."""
        return node_in_tiles(self.size, lambda tile: read_tile(tile, self.using))

    def root(self, size: int | None = None) -> bytes:
        """The root over all entries, or over the first of them."""
        return root_at(size or self.size, self.node)

    def inclusion(self, index: int) -> list[bytes]:
        """The proof that the entry at `index`, counted from 0, is in the tree."""
        return inclusion_proof(index, self.size, self.node)

    def consistency(self, old: int) -> list[bytes]:
        """The proof that the tree begins with that of the first `old` entries."""
        return consistency_proof(old, self.size, self.node)


def read_tile(tile: Tile, using: str = "default") -> bytes:
    """The tile's hashes, one after the other; fewer than its width where there are not so many."""
    stored = ask(STORED, [tile.level, tile.index], using) if tile.width == WIDTH else None
    return bytes(stored) if stored is not None else from_below(tile, using)


def from_below(tile: Tile, using: str = "default") -> bytes:
    """The same, from the entries, or from the roots of the tiles, that it is made of."""
    first = tile.index * WIDTH
    if tile.level == 0:
        return bytes(ask(OF_ENTRIES, [first, first + tile.width], using) or b"")
    return bytes(ask(OF_TILES, [tile.level - 1, first, first + tile.width], using) or b"")


def read_entries(tile: Tile, using: str = "default") -> list[bytes]:
    """The entries whose hashes are in a tile of level 0."""
    first = tile.index * WIDTH
    with connections[using].cursor() as cursor:
        cursor.execute(ENTRIES, [first, first + tile.width])
        return [entry.encode() for [entry] in cursor.fetchall()]


def read_entry(seq: int, using: str = "default") -> str:
    """The entry at a place of the ledger, counted from 1."""
    return str(ask("SELECT entry FROM ledger_publication WHERE seq = %s", [seq], using))


def ask(query: str, values: list[int], using: str) -> Any:
    """The only value that the query finds, if any."""
    with connections[using].cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return row[0] if row else None


def write_tiles(size: int) -> int:
    """Write every tile that `size` entries fill and that is not written yet, from below, and say
    how many there were. Must run in a transaction.
    """
    written, level = 0, 0
    while wanted := full_tiles(level, size):
        for index in range(ask(NEXT, [level], "default"), wanted):
            hashes = from_below(Tile(level, index))
            with connections["default"].cursor() as cursor:
                cursor.execute(ADD, [level, index, hashes, root_of(hashes_in(hashes))])
            written += 1
        level += 1
    return written
