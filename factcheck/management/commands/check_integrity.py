"""Ask anew every rule that goes beyond a single row."""

from typing import Any

from django.core.management.base import BaseCommand

from factcheck.integrity import CHECKS, find_all


class Command(BaseCommand):
    help = (
        "Check every rule that goes beyond a single row, change nothing, and say what breaks one. "
        "Exits with 1 if anything does."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for check, finding in find_all():
            count += 1
            self.stdout.write(f"{check.name}: {finding}")
        found = f"{count} findings" if count > 1 else "1 finding" if count else "nothing found"
        self.stdout.write(f"{len(CHECKS)} checks, {found}.")
        if count:
            raise SystemExit(1)
