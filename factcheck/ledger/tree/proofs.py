"""Proofs that an entry is in a tree, and that one tree begins with another (RFC 6962, 2.1)."""

from collections.abc import Callable, Iterator, Sequence

from factcheck.ledger.tree.hashing import node_hash

# The hash of the 2**level entries from number * 2**level on.
Node = Callable[[int, int], bytes]


class ProofError(ValueError):
    """A proof that proves nothing, with the reason in words."""


# Making


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The hashes that lead from the entry `index`, counted from 0, to the root over `size` entries.

    `node` is asked for full subtrees only. Raises ValueError unless 0 <= index < size.
    """
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} entries has none with the index {index}.")
    return [range_hash(start, end, node) for start, end in beside(index, 0, size)]


def consistency_proof(old: int, size: int, node: Node) -> list[bytes]:
    """The hashes that show that the tree of `size` entries begins with that of `old` ones.

    Raises ValueError unless 0 < old <= size.
    """
    if not 0 < old <= size:
        raise ValueError(f"A tree of {size} entries does not begin with one of {old}.")
    return [range_hash(start, end, node) for start, end in between(old, 0, size, is_known=True)]


def root_at(size: int, node: Node) -> bytes:
    """The root over the first `size` entries; at least one."""
    return range_hash(0, size, node)


def beside(index: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges beside the way from an entry up to the range's root, from below (PATH)."""
    if end - start == 1:
        return
    middle = start + split(end - start)
    if index < middle:
        yield from beside(index, start, middle)
        yield middle, end
    else:
        yield from beside(index, middle, end)
        yield start, middle


def between(old: int, start: int, end: int, *, is_known: bool) -> Iterator[tuple[int, int]]:
    """The ranges of a consistency proof, from below (SUBPROOF). `is_known` says that the root over
    the range is the old root, which the verifier has.
    """
    if old == end:
        if not is_known:
            yield start, end
        return
    middle = start + split(end - start)
    if old <= middle:
        yield from between(old, start, middle, is_known=is_known)
        yield middle, end
    else:
        yield from between(old, middle, end, is_known=False)
        yield start, middle


def split(count: int) -> int:
    """The largest power of two below the count."""
    return 1 << (count - 1).bit_length() - 1


def range_hash(start: int, end: int, node: Node) -> bytes:
    """The hash over the entries of a range that occurs in a proof: it begins at a multiple of its
    largest full subtree, so full subtrees that get smaller make it up.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append(node(level, start >> level))
        start += 1 << level
    whole = found.pop()
    while found:
        whole = node_hash(found.pop(), whole)
    return whole


# Verifying, after RFC 9162, sections 2.1.3.2 and 2.1.4.2, which say the same in loops


def verify_inclusion(
    *, leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Raise ProofError unless the leaf hash stands at the index of the tree with this root."""
    if not 0 <= index < size:
        raise ProofError(f"A tree of {size} entries has none with the index {index}.")
    way, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise ProofError("The proof of inclusion is too long.")
        if way & 1 or way == last:
            found = node_hash(step, found)
            while not way & 1 and way:
                way, last = way >> 1, last >> 1
        else:
            found = node_hash(found, step)
        way, last = way >> 1, last >> 1
    if last:
        raise ProofError("The proof of inclusion is too short.")
    if found != root:
        raise ProofError("The proof of inclusion leads to another root.")


def verify_consistency(
    *, old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> None:
    """Raise ProofError unless the tree of `size` entries begins with the older one. Anything begins
    with an empty tree.
    """
    if not 0 <= old <= size:
        raise ProofError(f"The tree has only {size} entries; the older one had {old}.")
    if old in (0, size):
        if proof:
            raise ProofError("The proof of consistency is too long.")
        if old and old_root != root:
            raise ProofError(f"Two trees of {size} entries have different roots.")
        return
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        raise ProofError("The proof of consistency is too short.")
    way, last = old - 1, size - 1
    while way & 1:
        way, last = way >> 1, last >> 1
    found_old = found = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise ProofError("The proof of consistency is too long.")
        if way & 1 or way == last:
            found_old, found = node_hash(step, found_old), node_hash(step, found)
            while not way & 1 and way:
                way, last = way >> 1, last >> 1
        else:
            found = node_hash(found, step)
        way, last = way >> 1, last >> 1
    if last:
        raise ProofError("The proof of consistency is too short.")
    if found_old != old_root:
        raise ProofError("The proof of consistency does not begin with the older root.")
    if found != root:
        raise ProofError("The proof of consistency leads to another root.")
