"""The command that writes all that is published into files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.dumps import shelf


class Command(BaseCommand):
    help = (
        "Write all that is published now into DIR/<place in the ledger>/: exact records, tables of "
        "claims and figures, datapackage.json. DIR/latest leads to the newest. Dumps in DIR from "
        "before a redaction are deleted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", metavar="DIR", type=Path)
        parser.add_argument(
            "--keep", type=int, metavar="N", help="Delete all but the newest N; without it, none."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("Keep 1 or more.")
        try:
            dump = shelf.export(options["directory"], keep=keep)
        except (OSError, ValueError) as error:
            raise CommandError(f"Nothing was exported: {error}") from error
        self.stdout.write(f"Exported the ledger as of {dump.seq} to {dump.directory}.")
        for file in dump.files:
            self.stdout.write(f"{file.sha256}  {file.name}  {file.bytes} bytes")
