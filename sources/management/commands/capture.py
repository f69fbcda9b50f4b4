"""The command that keeps copies of web pages."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from factcheck.common.errors import FactcheckError
from sources.capturing.by_address import capture_address
from sources.models import Capture

STATES = {
    "live": "kept",
    "changed": "kept; the page has changed since the copy before",
    "gone": "gone",
    "blocked": "blocked",
    "failed": "failed",
}


class Command(BaseCommand):
    """Keeps one address after the other, and says what came of each."""

    help = (
        "Keep a copy of each web page as a capture, at once and without trying again. A document "
        "that has the address, or the one it leads on to, gets one capture more; where there is "
        "none, and the page is there, a new document is entered: an article with the page's title "
        "and language, of the source on whose site it lies, if one is known by its addresses. "
        "Correct at the desk what of that is wrong. Ends with 1 if any page was not kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("urls", nargs="+", metavar="URL", help="A web address.")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="Who captures.")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"There is no account “{options['by']}”.")
        not_kept = [url for url in options["urls"] if not self.capture(url, by=by)]
        if not_kept:
            raise CommandError(f"Not kept: {len(not_kept)} of {len(options['urls'])}.")

    def capture(self, url: str, *, by: User) -> bool:
        """Whether the page is kept; says what came of it."""
        try:
            capture = capture_address(url, by=by)
        except FactcheckError as error:
            self.stdout.write(f"{url}: {error.message}")
            return False
        self.stdout.write(f"{url}: {line_of(capture)}")
        return capture.status in ("live", "changed")


def line_of(capture: Capture) -> str:
    """What came of it, for the person who waits."""
    same = ", the same as before" if capture.revisit_of_id else ""
    document = f"capture {capture.public_id} of “{capture.document}” ({capture.document.public_id})"
    reason = f" {capture.reason}" if capture.reason else ""
    return f"{STATES[capture.status]}{same}, {document}.{reason}"
