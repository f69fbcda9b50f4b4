"""Recompute the log from its rows, and hold it to what was signed."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from factcheck.integrity import PUBLISHED, find_in_snapshot, log
from factcheck.ledger.models import Publication, SignedCheckpoint
from factcheck.ledger.tree.notes import VerifierKey, parse_verifier_key


class Command(BaseCommand):
    help = (
        "Recompute everything that is public from the rows: records, entries, hashes, places, "
        "decisions, projections, captures, tree and checkpoints. Says what is wrong, and exits "
        "with 1 if anything is. Changes nothing, and nobody waits for it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--checkpoint",
            metavar="FILE",
            type=Path,
            action="append",
            default=[],
            help="A checkpoint that was kept outside (/log/checkpoint), or a directory of them: "
            "the log has to begin with it. Those in CHECKPOINTS_DIR are always asked.",
        )
        parser.add_argument(
            "--key",
            type=key,
            action="append",
            default=[],
            help="The log's public key, as you wrote it down: no other is trusted then, but those "
            "to which it handed over.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began, count = time.monotonic(), 0
        outside = [settings.CHECKPOINTS_DIR] if settings.CHECKPOINTS_DIR is not None else []
        files = files_of([*options["checkpoint"], *outside])
        saved = [(str(file), read(file)) for file in files]
        for check, finding in find_in_snapshot(
            [*PUBLISHED, log.check(saved=saved, pinned=options["key"])]
        ):
            count += 1
            self.stdout.write(f"{check.name}: {finding}")
        entries, checkpoints = Publication.objects.count(), SignedCheckpoint.objects.count()
        found = f"{count} findings" if count > 1 else "1 finding" if count else "nothing found"
        self.stdout.write(
            f"{entries} entries, {checkpoints} checkpoints, {len(saved)} kept outside: {found}, in "
            f"{time.monotonic() - began:.1f} s."
        )
        if count:
            raise SystemExit(1)


def key(text: str) -> VerifierKey:
    """A key as it is printed. Raises ValueError, as argparse expects."""
    return parse_verifier_key(text)


def files_of(paths: list[Path]) -> list[Path]:
    """The files, and those in the directories."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.glob("*.checkpoint")) if path.is_dir() else [path]
    return found


def read(file: Path) -> str:
    """The file's text. Raises CommandError."""
    try:
        return file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} cannot be read: {error}") from error
