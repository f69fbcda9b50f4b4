"""Tiles: the tree's hashes in files that never change (C2SP tlog-tiles)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from factcheck.ledger.tree.hashing import HASH_BYTES, root_of
from factcheck.ledger.tree.proofs import Node

WIDTH = 256
HEIGHT = 8
TILE_BYTES = WIDTH * HASH_BYTES
ENTRIES = "entries"
PATH = re.compile(
    r"(?P<level>entries|0|[1-9][0-9]?)"
    r"/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


@dataclass(frozen=True, order=True)
class Tile:
    """`width` hashes of a level, from `index` * 256 on; each stands for 256**level entries."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Its address under …/tile/."""
        return f"{self.level}/{index_path(self.index)}{partial(self.width)}"


def index_path(index: int) -> str:
    """A number in groups of three digits, all but the last behind an x: x001/x234/067."""
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups)


def partial(width: int) -> str:
    """What marks a tile that is not full."""
    return "" if width == WIDTH else f".p/{width}"


def parse_path(path: str) -> tuple[Tile, bool] | None:
    """The tile at an address under …/tile/, and whether its entries are asked for instead of its
    hashes; None for what is no such address, written as it must be.
    """
    match = PATH.fullmatch(path)
    if match is None:
        return None
    level = 0 if match["level"] == ENTRIES else int(match["level"])
    index = int(match["index"].replace("x", "").replace("/", ""))
    width = int(match["width"] or WIDTH)
    tile = Tile(level, index, width)
    is_written_so = match["index"] == index_path(index)
    is_partial = match["width"] is None or width < WIDTH
    return (tile, match["level"] == ENTRIES) if is_written_so and is_partial else None


def width_of(level: int, index: int, size: int) -> int:
    """How many hashes the tile has in a tree of `size` entries: 0 to 256."""
    return min(max((size >> HEIGHT * level) - index * WIDTH, 0), WIDTH)


def full_tiles(level: int, size: int) -> int:
    """How many full tiles of the level a tree of `size` entries has."""
    return size >> HEIGHT * (level + 1)


def hashes_in(data: bytes) -> list[bytes]:
    """The hashes that a tile is made of."""
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def node_in_tiles(size: int, read: Callable[[Tile], bytes]) -> Node:
    """How proofs about a tree of `size` entries read its hashes: from its tiles, each read once."""
    found: dict[Tile, bytes] = {}

    def node(level: int, number: int) -> bytes:
        above = level % HEIGHT
        first, count = number << above, 1 << above
        index = first // WIDTH
        tile = Tile(level // HEIGHT, index, width_of(level // HEIGHT, index, size))
        if tile not in found:
            found[tile] = read(tile)
        start = (first % WIDTH) * HASH_BYTES
        return root_of(hashes_in(found[tile][start : start + count * HASH_BYTES]))

    return node


def entry_bundle(entries: Iterable[bytes]) -> bytes:
    """Entries as they are served, each behind its length in two bytes.

    Raises OverflowError for one of more than 65,535 bytes.
    """
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
