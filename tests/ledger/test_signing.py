"""Checkpoints: signed from the rows, kept outside, and never against what was signed before."""

import stat

import pytest
from django.db import IntegrityError, connection, transaction

from factcheck.common.errors import Conflict
from factcheck.ledger import kept_outside, log, signing
from factcheck.ledger.log_keys import make_key_file, signing_keys
from factcheck.ledger.models import LogKey, Publication, SignedCheckpoint, StoredTile
from factcheck.ledger.stored_tree import StoredTree, read_entries, read_tile, write_tiles
from factcheck.ledger.subjects import Subject
from factcheck.ledger.tree.checkpoints import parse_checkpoint
from factcheck.ledger.tree.hashing import leaf_hash, root_of
from factcheck.ledger.tree.notes import new_signing_key, parse_verifier_key, verified
from factcheck.ledger.tree.proofs import verify_consistency, verify_inclusion
from factcheck.ledger.tree.tiles import Tile
from tests.ledger.conftest import ACTOR, CLAIM, OTHER_CLAIM, draft_of

ORIGIN = "log.example/log"


@pytest.fixture
def home(settings, tmp_path):
    """A log with a key, and a place for its checkpoints."""
    settings.LOG_KEY = new_signing_key(ORIGIN).secret_text()
    settings.LOG_KEY_FILE = None
    settings.CHECKPOINTS_DIR = tmp_path / "checkpoints"
    signing.refused.size = -1
    return settings.CHECKPOINTS_DIR


@pytest.fixture
def publish_many(by):
    """Publish so many subjects at once."""

    def publish(count):
        first = Publication.objects.count()
        with transaction.atomic():
            log.append(
                [draft_of(Subject("claim", f"0{first + n:09}")) for n in range(count)], by=by
            )

    return publish


def switch_guards(state):
    with connection.cursor() as cursor:
        for table in ("publication", "decision", "mention", "head", "tile", "checkpoint"):
            cursor.execute(f"ALTER TABLE ledger_{table} {state} TRIGGER USER")


def with_guards_off(sql):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        switch_guards("DISABLE")
        cursor.execute(sql)
        switch_guards("ENABLE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def leaves():
    return [leaf_hash(row.entry.encode()) for row in Publication.objects.order_by("seq")]


# Signing


def test_a_checkpoint_is_of_all_that_is_published(home, publish):
    publish(CLAIM)
    publish(ACTOR)

    signed = signing.sign_due()

    checkpoint, note = parse_checkpoint(signed.note)
    [key] = LogKey.objects.all()
    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == (ORIGIN, 2, root_of(leaves()))
    assert (signed.size, bytes(signed.root)) == (2, checkpoint.root)
    assert verified(note, [parse_verifier_key(key.verifier)]) != []
    assert (home / "2.checkpoint").read_text() == signed.note
    assert not signing.is_due()
    assert signing.sign_due() == signed


def test_something_is_due_as_soon_as_it_is_published(home, publish):
    assert not signing.is_due()
    assert signing.sign_due() is None

    publish(CLAIM)

    assert signing.is_due()


def test_without_a_key_nothing_is_signed(home, publish, settings):
    settings.LOG_KEY = ""
    publish(CLAIM)

    assert not signing.is_due()
    assert signing.sign_due() is None
    assert not home.exists()


def test_while_a_new_key_takes_over_both_sign(home, publish, settings):
    old = signing_keys()[0]
    publish(CLAIM)
    signing.sign_due()
    new = new_signing_key(ORIGIN)
    settings.LOG_KEY = f"{new.secret_text()} {old.secret_text()}"

    assert signing.is_due()
    both = signing.sign_due()
    settings.LOG_KEY = new.secret_text()
    publish(ACTOR)
    alone = signing.sign_due()

    def signers(signed):
        _, note = parse_checkpoint(signed.note)
        return verified(note, [old.verifier, new.verifier])

    assert (both.size, signers(both)) == (1, [new.verifier, old.verifier])
    assert (alone.size, signers(alone)) == (2, [new.verifier])
    assert {key.verifier for key in LogKey.objects.all()} == {str(old.verifier), str(new.verifier)}


def test_a_copy_that_was_not_written_is_written_later(home, publish):
    publish(CLAIM)
    signing.sign_due()
    (home / "1.checkpoint").unlink()

    signing.sign_due()

    assert [path.name for path in home.iterdir()] == ["1.checkpoint"]


def test_tiles_are_written_as_they_are_full(home, publish_many):
    publish_many(300)
    signing.sign_due()
    publish_many(250)
    signed = signing.sign_due()

    tree = StoredTree(550)
    assert list(StoredTile.objects.values_list("level", "index")) == [(0, 0), (0, 1)]
    assert bytes(StoredTile.objects.get(index=1).hashes) == b"".join(leaves()[256:512])
    assert bytes(signed.root) == root_of(leaves())
    assert read_tile(Tile(0, 2, 38)) == b"".join(leaves()[512:])
    assert read_tile(Tile(0, 0, 44)) == b"".join(leaves()[:44])
    assert read_tile(Tile(1, 0, 2)) == root_of(leaves()[:256]) + root_of(leaves()[256:512])
    assert read_entries(Tile(0, 1, 1)) == [Publication.objects.get(seq=257).entry.encode()]
    for index in (0, 255, 256, 549):
        proof = tree.inclusion(index)
        verify_inclusion(
            leaf=leaves()[index], index=index, size=550, proof=proof, root=bytes(signed.root)
        )
    verify_consistency(
        old=300,
        old_root=tree.root(300),
        size=550,
        root=bytes(signed.root),
        proof=tree.consistency(300),
    )
    assert tree.root(300) == bytes(SignedCheckpoint.objects.get(size=300).root)


# Refusing


def test_nothing_is_signed_once_the_last_entries_are_gone(home, publish):
    publish(CLAIM)
    publish(ACTOR)
    signing.sign_due()
    with_guards_off(
        "DELETE FROM ledger_checkpoint; DELETE FROM ledger_publication WHERE seq = 2;"
        "UPDATE ledger_head SET seq = 1"
    )

    with pytest.raises(Conflict, match=r"ends at place 1, and the one kept in .* reaches to 2: "):
        signing.sign_due()

    assert not signing.is_due()
    assert not SignedCheckpoint.objects.exists()


def test_nothing_is_signed_once_an_entry_was_changed(home, publish):
    publish(CLAIM)
    signing.sign_due()
    with_guards_off("UPDATE ledger_publication SET entry = replace(entry, 'claim', 'event')")
    publish(ACTOR)

    with pytest.raises(Conflict, match="up to place 1 are not those of the last one in the"):
        signing.sign_due()


def test_nothing_is_signed_beside_the_copies_of_another_log(home, publish, settings):
    publish(CLAIM)
    signing.sign_due()
    settings.LOG_KEY = new_signing_key("other.example/log").secret_text()
    publish(ACTOR)

    with pytest.raises(Conflict, match=r"The origin is “other\.example/log”, and the last one"):
        signing.sign_due()


def test_a_copy_that_is_no_checkpoint_is_told_of(home, publish):
    publish(CLAIM)
    home.mkdir()
    (home / "9.checkpoint").write_text("Not one.")

    with pytest.raises(Conflict, match=r"9\.checkpoint is no checkpoint"):
        signing.sign_due()


@pytest.mark.parametrize(
    "key",
    ["nonsense", f"{new_signing_key('a').secret_text()} {new_signing_key('b').secret_text()}"],
)
def test_a_key_that_cannot_be_used_is_told_of_by_the_job(home, publish, settings, key):
    settings.LOG_KEY = key
    publish(CLAIM)

    assert not signing.is_due()
    with pytest.raises(Conflict, match="LOG_KEY cannot be used"):
        signing.sign_due()


# What the database insists on


def insert(table, **values):
    columns, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_{table} ({columns}) VALUES ({marks})", list(values.values())
        )


def refused(constraint, table, **values):
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        insert(table, **values)
    assert error.value.__cause__.diag.constraint_name == constraint


def test_a_false_tile_is_refused(home, publish_many):
    publish_many(256)
    hashes, root = b"".join(leaves()), root_of(leaves())

    of_below, its_own = "ledger_tile_is_of_what_is_below", "ledger_tile_root_is_its_own"
    refused(of_below, "tile", level=0, index=0, hashes=hashes[:-1] + b"x", root=root)
    refused(of_below, "tile", level=0, index=1, hashes=hashes, root=root)
    refused(of_below, "tile", level=1, index=0, hashes=hashes, root=root)
    refused(its_own, "tile", level=0, index=0, hashes=hashes, root=hashes[:32])
    assert write_tiles(256) == 1
    refused("ledger_tile_is_kept_once", "tile", level=0, index=0, hashes=hashes, root=root)


def test_a_checkpoint_out_of_line_is_refused(home, publish):
    publish(CLAIM)
    publish(OTHER_CLAIM)
    signed = signing.sign_due()
    new = {"note": signed.note, "signed_at": "2000-01-01T00:00:00Z"}

    continues = "ledger_checkpoint_continues"
    refused(continues, "checkpoint", size=1, root=bytes(signed.root), **new)
    refused(continues, "checkpoint", size=2, root=b"other", **new)
    too_many = "ledger_checkpoint_is_of_what_there_is"
    refused(too_many, "checkpoint", size=3, root=b"other", **new)
    insert("checkpoint", size=2, root=bytes(signed.root), **new)
    first, second = SignedCheckpoint.objects.order_by("pk")
    assert first.signed_at <= second.signed_at


@pytest.mark.parametrize("table", ["tile", "checkpoint", "key"])
def test_what_was_signed_is_never_changed_or_removed(db, table):
    name = f"ledger_{table}"
    for statement in (f"DELETE FROM {name}", f"UPDATE {name} SET id = 1", f"TRUNCATE {name}"):
        never = pytest.raises(IntegrityError, match="never changed or removed")
        with never, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


# Keys and copies


def test_a_key_file_is_for_its_owner_alone_and_is_never_overwritten(tmp_path, settings):
    file = tmp_path / "log" / "key"

    key = make_key_file(file, origin=ORIGIN)

    settings.LOG_KEY, settings.LOG_KEY_FILE = "", file
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert signing_keys() == [key]
    assert make_key_file(file, origin=ORIGIN) is None
    assert signing_keys() == [key]
    with pytest.raises(Conflict, match="cannot be an origin"):
        make_key_file(tmp_path / "other", origin="two words")


def test_the_newest_copy_is_the_largest(tmp_path):
    key = new_signing_key(ORIGIN)
    note = signing.sign_note(signing.Checkpoint(ORIGIN, 10, bytes(32)).text, [key])
    kept_outside.keep(tmp_path, note)
    kept_outside.keep(tmp_path, note.replace("\n10\n", "\n9\n"))
    (tmp_path / "notes.checkpoint").write_text("somebody else's")

    found = kept_outside.newest(tmp_path)

    assert found is not None
    assert found[0].size == 10
