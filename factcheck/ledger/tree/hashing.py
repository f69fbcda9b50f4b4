"""The hashes of a Merkle tree (RFC 6962, section 2.1)."""

import hashlib
from collections.abc import Sequence

HASH_BYTES = 32
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry. The byte before it keeps an entry from passing for two hashes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of what stands under two hashes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, or over the roots of full subtrees of one size; EMPTY over none.

    What has no right neighbour goes up as it is, which is the RFC's split at the largest power of
    two.
    """
    row = list(hashes)
    if not row:
        return EMPTY
    while len(row) > 1:
        above = [node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        row = above + row[len(row) - len(row) % 2 :]
    return row[0]
