"""The read-only switch, for when the desk itself cannot be reached."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from factcheck import read_only
from factcheck.common.errors import FactcheckError


class Command(BaseCommand):
    help = "Make the desk read-only, open it again, or say how it stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("state", choices=["on", "off", "status"])
        parser.add_argument("--why", default="", help="The reason; needed for on and off.")
        parser.add_argument("--by", default="", metavar="USERNAME", help="Who switches.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["state"] != "status":
            try:
                read_only.switch(
                    on=options["state"] == "on", why=options["why"], by=person(options["by"])
                )
            except FactcheckError as error:
                raise CommandError(error.message) from error
        self.stdout.write(standing())


def person(username: str) -> User | None:
    """The account of this name; None for no name. Raises CommandError for a name nobody has."""
    user = User.objects.filter(username=username).first()
    if username and user is None:
        raise CommandError(f"There is no account “{username}”.")
    return user


def standing() -> str:
    """How the switch stands, since when, by whom and why."""
    row = read_only.newest()
    if row is None:
        return "The desk is open; the switch was never touched."
    state = "The desk is read-only" if row.is_on else "The desk is open"
    by = row.by.get_username() if row.by else "somebody at the server"
    return f"{state} since {row.at:%Y-%m-%d %H:%M} UTC, by {by}: {row.why}"
