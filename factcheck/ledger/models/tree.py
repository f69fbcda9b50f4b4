"""The log's tree as it is kept: full tiles, signed checkpoints, and the keys that signed them."""

import pgtrigger
from django.db import models
from django.db.models import Q

from factcheck.common.guards import Guard, insist
from factcheck.ledger.tree.notes import as_base64
from factcheck.ledger.tree.tiles import TILE_BYTES, WIDTH
from factcheck.ledger.triggers import append_only

# The RFC's hash of an entry.
LEAF = r"sha256('\x00'::bytea || convert_to(entry, 'UTF8'))"
# Row triggers of one statement see the rows that it inserted before, so it may bring many tiles.
TILE_IS_THE_TREES = f"""
    IF NEW.level = 0 THEN
        SELECT string_agg({LEAF}, ''::bytea ORDER BY seq) INTO below FROM ledger_publication
        WHERE seq > NEW.index * {WIDTH} AND seq <= (NEW.index + 1) * {WIDTH};
    ELSE
        SELECT string_agg(root, ''::bytea ORDER BY index) INTO below FROM ledger_tile
        WHERE level = NEW.level - 1
            AND index >= NEW.index * {WIDTH} AND index < (NEW.index + 1) * {WIDTH};
    END IF;
    {
    insist(
        f"octet_length(below) = {TILE_BYTES} AND NEW.hashes = below",
        name="ledger_tile_is_of_what_is_below",
        message="A tile has the hashes of 256 entries, or of 256 tiles, below it.",
    )
}
    WHILE octet_length(below) > 32 LOOP
        SELECT string_agg(
            sha256('\\x01'::bytea || substring(below FROM at FOR 64)), ''::bytea ORDER BY at
        ) INTO below FROM generate_series(1, octet_length(below), 64) AS at;
    END LOOP;
    {
    insist(
        "NEW.root = below",
        name="ledger_tile_root_is_its_own",
        message="The root of a tile is that of its hashes.",
    )
}
    RETURN NEW;
"""
CONTINUES = (
    "SELECT * INTO last FROM ledger_checkpoint ORDER BY id DESC LIMIT 1;\n"
    + insist(
        "last.id IS NULL OR NEW.size > last.size OR NEW.size = last.size AND NEW.root = last.root",
        name="ledger_checkpoint_continues",
        message="A checkpoint continues the one before it.",
    )
    + insist(
        "NEW.size <= (SELECT seq FROM ledger_head)",
        name="ledger_checkpoint_is_of_what_there_is",
        message="A checkpoint is of no more entries than there are.",
    )
    # The time is set here, so that nobody can pass one in.
    + "NEW.signed_at := clock_timestamp(); RETURN NEW;"
)


class StoredTile(models.Model):
    """A full tile of the tree over the entries. Written by `signing.sign` alone.

    What is not full yet is computed from what is below it: entries, or the roots of tiles.
    """

    level = models.SmallIntegerField(help_text="0 has the hashes of entries, 1 roots of those.")
    index = models.BigIntegerField(help_text="Which tile of its level, counted from 0.")
    hashes = models.BinaryField(help_text="256 hashes, one after the other.")
    root = models.BinaryField(help_text="The hash over them, which stands in the level above.")

    class Meta:
        db_table = "ledger_tile"
        ordering = ["level", "index"]
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="ledger_tile_is_kept_once"),
            models.CheckConstraint(
                condition=Q(level__gte=0, index__gte=0), name="ledger_tile_has_a_place"
            ),
        ]
        triggers = [
            append_only("ledger_tile"),
            Guard(
                name="is_the_trees",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("below", "bytea")],
                func=TILE_IS_THE_TREES,
            ),
        ]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.index}"


class SignedCheckpoint(models.Model):
    """How many entries the log had under which root, signed. Written by `signing.sign` alone; what
    readers save of it is what nobody here can change.
    """

    size = models.BigIntegerField(help_text="How many entries the tree has.")
    root = models.BinaryField(help_text="The hash over all of them.")
    note = models.TextField(help_text="The checkpoint as it is served, with its signatures.")
    signed_at = models.DateTimeField(help_text="By the database's clock, in UTC.")

    class Meta:
        db_table = "ledger_checkpoint"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0), name="ledger_checkpoint_is_of_something"
            ),
        ]
        triggers = [
            append_only("ledger_checkpoint"),
            Guard(
                name="continues",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("last", "ledger_checkpoint%ROWTYPE")],
                func=CONTINUES,
            ),
        ]

    def __str__(self) -> str:
        return f"checkpoint of {self.size} entries"

    @property
    def root_text(self) -> str:
        """The root as the checkpoint has it."""
        return as_base64(bytes(self.root))


class LogKey(models.Model):
    """The public half of a key that signs checkpoints, or did. Written by `signing.sign` alone."""

    verifier = models.CharField(
        max_length=300, unique=True, help_text="As a signed note's verifiers take it."
    )
    added_at = models.DateTimeField(help_text="When it first signed, by the database's clock.")

    class Meta:
        db_table = "ledger_key"
        ordering = ["pk"]
        triggers = [
            append_only("ledger_key"),
            Guard(
                name="is_dated_now",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="NEW.added_at := clock_timestamp(); RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return self.verifier
