"""Make the public side anew from the ledger."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from factcheck.public_side import rebuild


class Command(BaseCommand):
    help = "Make all that readers are served anew from the ledger, and say what was different."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Change nothing; only say what is different."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        differences = rebuild(check_only=options["check"])
        for difference in differences:
            self.stdout.write(str(difference))
        self.stdout.write(f"{len(differences)} differences.")
        if differences and options["check"]:
            raise SystemExit(1)
