"""Make a key for the log."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from factcheck.common.errors import Conflict
from factcheck.ledger.log_keys import make_key_file


class Command(BaseCommand):
    help = (
        "Write a new key for the log to FILE, for its owner alone, and print its public half. The "
        "worker takes it as LOG_KEY_FILE. To change keys, put the new one before the old one in "
        "the file: checkpoints are signed by both, until you take the old one out."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--origin",
            required=True,
            help="What the log is called for ever, such as facts.example/log: the address without "
            "https://. Every key of a log has the same.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = make_key_file(options["file"], origin=options["origin"])
        except (Conflict, OSError) as error:
            raise CommandError(str(error)) from error
        if key is None:
            raise CommandError(f"{options['file']} is there already, and no key is overwritten.")
        self.stdout.write(str(key.verifier))
