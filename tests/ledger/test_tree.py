"""The tree, its proofs, tiles, notes and checkpoints: published examples, and a slow reference."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.ledger.tree.checkpoints import Checkpoint, parse_checkpoint
from factcheck.ledger.tree.hashing import EMPTY, leaf_hash, root_of
from factcheck.ledger.tree.notes import (
    NoteError,
    new_signing_key,
    parse_note,
    parse_signing_key,
    parse_verifier_key,
    sign_note,
    verified,
)
from factcheck.ledger.tree.proofs import (
    ProofError,
    consistency_proof,
    inclusion_proof,
    root_at,
    verify_consistency,
    verify_inclusion,
)
from factcheck.ledger.tree.tiles import (
    Tile,
    entry_bundle,
    full_tiles,
    node_in_tiles,
    parse_path,
    width_of,
)

# The leaves and roots with which implementations of Certificate Transparency test themselves.
CT_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# The example in the documentation of Go's sumdb/note.
GO_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_NOTE = (
    f"{GO_TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


# The RFC's definitions, word for word


def mth(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = power_below(len(leaves))
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m, leaves):
    if len(leaves) == 1:
        return []
    k = power_below(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m, leaves, b):
    if m == len(leaves):
        return [] if b else [mth(leaves)]
    k = power_below(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], b), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def power_below(count):
    k = 1
    while k * 2 < count:
        k *= 2
    return k


def leaves_of(size):
    return [f"synthetic entry {number}".encode() for number in range(size)]


def node_of(leaves):
    """Asked only for full subtrees; the reference hashes them."""

    def node(level, number):
        found = leaves[number << level : (number + 1) << level]
        assert len(found) == 1 << level
        return mth(found)

    return node


def tiles_of(leaves, size):
    """Every tile of a tree of this size, and nothing else."""

    def read(tile):
        assert 0 < tile.width == width_of(tile.level, tile.index, size)
        reach = 256**tile.level
        first = tile.index * 256
        return b"".join(
            mth(leaves[at * reach : (at + 1) * reach]) for at in range(first, first + tile.width)
        )

    return read


# Hashes


def test_the_published_roots_come_out():
    hashes = [leaf_hash(leaf) for leaf in CT_LEAVES]

    assert [root_of(hashes[:size]).hex() for size in range(1, 9)] == CT_ROOTS
    assert root_of([]) == EMPTY


@given(st.lists(st.binary(max_size=3), max_size=40))
def test_the_root_is_the_rfcs(leaves):
    assert root_of([leaf_hash(leaf) for leaf in leaves]) == mth(leaves)


# Proofs


@given(st.integers(1, 70), st.data())
def test_every_entry_is_proved_and_no_other(size, data):
    leaves, index = leaves_of(size), data.draw(st.integers(0, size - 1))
    root, leaf = mth(leaves), leaf_hash(leaves[index])

    proof = inclusion_proof(index, size, node_of(leaves))

    assert proof == path(index, leaves)
    verify_inclusion(leaf=leaf, index=index, size=size, proof=proof, root=root)
    other = data.draw(st.integers(0, size - 1).filter(lambda it: it != index) | st.just(size))
    for wrong in (
        {"leaf": leaf_hash(b"something else")},
        {"index": other},
        {"proof": [*proof, EMPTY]},
        {"proof": proof[:-1] if proof else [EMPTY]},
        {"proof": [EMPTY, *proof[1:]] if proof else [EMPTY]},
        {"root": EMPTY},
    ):
        right = {"leaf": leaf, "index": index, "size": size, "proof": proof, "root": root}
        with pytest.raises(ProofError):
            verify_inclusion(**right | wrong)


@given(st.integers(1, 70), st.data())
def test_every_older_tree_is_proved_and_no_other(size, data):
    leaves, old = leaves_of(size), data.draw(st.integers(1, size))
    old_root, root = mth(leaves[:old]), mth(leaves)

    proof = consistency_proof(old, size, node_of(leaves))

    assert proof == subproof(old, leaves, True)
    right = {"old": old, "old_root": old_root, "size": size, "root": root, "proof": proof}
    verify_consistency(**right)
    wrongs = [{"old_root": EMPTY}, {"root": EMPTY}, {"proof": [*proof, EMPTY]}]
    wrongs += [{"proof": proof[:-1]}, {"proof": [EMPTY, *proof[1:]]}] if proof else []
    wrongs += [{"old": size + 1}]
    for wrong in wrongs:
        with pytest.raises(ProofError):
            verify_consistency(**right | wrong)


def test_a_fork_after_an_older_tree_is_no_continuation():
    leaves = leaves_of(9)
    forked = [*leaves[:5], b"another entry", *leaves[6:]]

    with pytest.raises(ProofError, match="does not begin with the older root"):
        verify_consistency(
            old=7,
            old_root=mth(leaves[:7]),
            size=9,
            root=mth(forked),
            proof=consistency_proof(7, 9, node_of(forked)),
        )


def test_anything_begins_with_an_empty_tree():
    verify_consistency(old=0, old_root=EMPTY, size=3, root=mth(leaves_of(3)), proof=[])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_what_is_not_in_the_tree_has_no_proof(index, size):
    with pytest.raises(ValueError, match="has none with the index"):
        inclusion_proof(index, size, node_of(leaves_of(size)))


# Tiles


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 1300), st.data())
def test_tiles_give_the_same_proofs(size, data):
    leaves = leaves_of(size)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    node = node_in_tiles(size, tiles_of(leaves, size))

    assert root_at(size, node) == mth(leaves)
    assert inclusion_proof(index, size, node) == path(index, leaves)
    assert consistency_proof(old, size, node) == subproof(old, leaves, True)


def test_the_specifications_tree_of_70000_has_its_tiles():
    size = 70_000

    assert [full_tiles(level, size) for level in (0, 1, 2)] == [273, 1, 0]
    assert [width_of(*tile, size) for tile in ((0, 273), (1, 0), (1, 1), (2, 0))] == [
        112,
        256,
        17,
        1,
    ]
    assert (full_tiles(0, 256), width_of(1, 0, 256)) == (1, 1)


@pytest.mark.parametrize(
    ("path", "tile"),
    [
        ("0/000", Tile(0, 0)),
        ("0/x001/x234/067", Tile(0, 1_234_067)),
        ("1/001.p/17", Tile(1, 1, 17)),
        ("63/000.p/255", Tile(63, 0, 255)),
    ],
)
def test_tiles_have_the_specifications_addresses(path, tile):
    assert tile.path == path
    assert parse_path(path) == (tile, False)
    assert parse_path(f"entries{path[path.index('/') :]}") == (
        Tile(0, tile.index, tile.width),
        True,
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "0",
        "00/000",
        "0/0",
        "0/1000",
        "0/x000/001",
        "0/001/002",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/07",
        "0/000.p",
        "data/000",
        "0/٠٠٠",
        "0/000\n",
        "100/000",
    ],
)
def test_what_is_no_address_of_a_tile_is_none(path):
    assert parse_path(path) is None


def test_entries_stand_behind_their_lengths():
    assert entry_bundle([b"ab", b""]) == b"\x00\x02ab\x00\x00"
    with pytest.raises(OverflowError):
        entry_bundle([b"x" * 65_536])


# Notes


def test_the_published_note_comes_out_and_is_verified():
    key = parse_signing_key(GO_KEY)

    assert sign_note(GO_TEXT, [key]) == GO_NOTE
    assert str(key.verifier) == GO_VERIFIER
    assert key.secret_text() == GO_KEY
    assert verified(parse_note(GO_NOTE), [parse_verifier_key(GO_VERIFIER)]) == [key.verifier]
    assert "AYEKFALV" not in repr(key)


def test_a_note_is_verified_by_any_key_that_is_known():
    old, new = new_signing_key("log.example"), new_signing_key("log.example")
    note = parse_note(sign_note("Synthetic.\n", [old, new]))

    assert verified(note, [old.verifier]) == [old.verifier]
    assert verified(note, [new.verifier, old.verifier]) == [old.verifier, new.verifier]
    with pytest.raises(NoteError, match="No key that is known"):
        verified(note, [new_signing_key("log.example").verifier])


def test_a_false_signature_of_a_known_key_spoils_the_note():
    old, new = new_signing_key("log.example"), new_signing_key("log.example")
    signed = sign_note("Synthetic.\n", [old, new])

    with pytest.raises(NoteError, match="is not its own"):
        verified(parse_note(signed.replace("Synth", "Sinth")), [old.verifier])


@pytest.mark.parametrize(
    "key",
    [
        "",
        "PeterNeumann",
        GO_VERIFIER[:-1],
        GO_VERIFIER.replace("c74f20a3", "c74f20a4"),
        GO_VERIFIER.replace("c74f20a3", "C74F20A3"),
        GO_VERIFIER.replace("+ARpc", "+BRpc"),
        GO_VERIFIER.replace("Peter", "Peter "),
    ],
)
def test_a_mangled_key_is_refused(key):
    with pytest.raises(NoteError):
        parse_verifier_key(key)


def test_a_mangled_signing_key_is_refused_without_repeating_it():
    for mangled in (GO_KEY[1:], GO_KEY[:-1], GO_KEY.replace("AYEK", "AYEL")):
        with pytest.raises(NoteError) as refused:
            parse_signing_key(mangled)
        assert "FALVFG" not in str(refused.value)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "No signature.\n",
        "No signature.\n\n",
        "No end.\n\n— log.example AAAAAAAA",
        "No dash.\n\n- log.example AAAAAAAA\n",
        "No base64.\n\n— log.example A===\n",
        "Too short.\n\n— log.example AAAA\n",
        "A\ttab.\n\n— log.example AAAAAAAA\n",
        "Many.\n\n" + "— log.example AAAAAAAA\n" * 17,
    ],
)
def test_what_is_no_note_is_refused(note):
    with pytest.raises(NoteError):
        parse_note(note)


# Checkpoints


def test_a_checkpoint_is_read_as_it_was_written():
    key = new_signing_key("log.example/log")
    checkpoint = Checkpoint("log.example/log", 8, bytes.fromhex(CT_ROOTS[-1]))

    note = sign_note(checkpoint.text, [key])

    assert note.startswith("log.example/log\n8\nXcnaeacGWamtVZy3Ad7Zoqudgjqt")
    assert parse_checkpoint(note)[0] == checkpoint
    assert verified(parse_checkpoint(note)[1], [key.verifier]) == [key.verifier]


@pytest.mark.parametrize(
    "text",
    [
        "log.example\n8\n",
        "log.example\n08\nXcnaeacGWamtVZy3Ad7Zoqudgjqtd0lgz+Nw7/RgQyg=\n",
        "log.example\n8\nXcnaeacGWamtVZy3Ad7Z\n",
        "log.example\neight\nXcnaeacGWamtVZy3Ad7Zoqudgjqtd0lgz+Nw7/RgQyg=\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(NoteError):
        parse_checkpoint(sign_note(text, [new_signing_key("log.example")]))
