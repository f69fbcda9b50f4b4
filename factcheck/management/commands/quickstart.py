"""From nothing to a running demonstration, in one command."""

import secrets
import socket
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian.constants import Interfaces
from granian.server import Server

from claims.models import PublicClaim
from factcheck.accounts import make_account
from factcheck.common.errors import FactcheckError
from factcheck.common.roles import Role
from factcheck.example import load_example
from factcheck.ledger.log_keys import make_key_file
from factcheck.worker_beside import worker_beside

DEMO_ROLES = (Role.REPORTER, Role.CHECKER, Role.EDITOR)
ADDRESS = "127.0.0.1"


class Command(BaseCommand):
    help = "Set up a demonstration with the seed article's claims, and serve it, worker included."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=port, default=8000, help="Where to serve; 8000.")
        parser.add_argument("--no-serve", action="store_true", help="Stop after the set-up.")
        parser.add_argument(
            "--reset-passwords", action="store_true", help="Give the demo accounts new passwords."
        )
        parser.add_argument(
            "--example",
            action="store_true",
            help="Load the worked example as well: a flood in an invented country, fiction "
            "throughout.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "quickstart makes demo accounts and loads a demonstration. To do so on the server "
                "that DATABASE_URL names, set DEMONSTRATION=1."
            )
        if not options["no_serve"]:
            check_port_is_free(options["port"])
        with self.step("Database: PostgreSQL, roles, tables, grants"):
            call_command("prepare_database", verbosity=0)
        with self.step("Demo accounts"):
            passwords = make_demo_accounts(reset=options["reset_passwords"])
        self.make_log_key(options["port"])
        with self.step("Seed article: document, claims, review, publication"):
            self.load_seeds()
        if options["example"]:
            with self.step("Worked example, fiction: import, then what followed"):
                self.load_example()
        self.tell(passwords, options["port"], serving=not options["no_serve"])
        if not options["no_serve"]:
            connections.close_all()
            with worker_beside(say=self.stderr.write):
                serve(options["port"])

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Say what is being done, and then how long it took."""
        self.stdout.write(f"{name} …")
        self.stdout.flush()
        started = time.monotonic()
        yield
        self.stdout.write(f"  done in {time.monotonic() - started:.1f} s")

    def make_log_key(self, port: int) -> None:
        """Make the key that signs the log, unless there is one. It stays in a file beside the data,
        for its owner alone.
        """
        if settings.LOG_KEY or settings.LOG_KEY_FILE is None:
            return
        site = settings.SITE_URL.partition("://")[2] or f"{ADDRESS}:{port}"
        if make_key_file(settings.LOG_KEY_FILE, origin=f"{site}/log") is not None:
            self.stdout.write(f"Key of the log: {settings.LOG_KEY_FILE}")

    def load_seeds(self) -> None:
        """Load the seed article through services and workflow, as the demo accounts. Running it
        again changes nothing, and nothing that a person has changed is touched.
        """
        call_command(
            "import_claims",
            settings.SEEDS_DIR / "claims.jsonl",
            by=Role.REPORTER.value,
            review_by=Role.CHECKER.value,
            publish_by=Role.EDITOR.value,
            stdout=self.stdout,
            stderr=self.stderr,
        )

    def load_example(self) -> None:
        """Load the worked example, as the demo accounts. Running it again changes nothing."""
        reporter, checker, editor = (
            User.objects.get(username=role.value)
            for role in (Role.REPORTER, Role.CHECKER, Role.EDITOR)
        )
        try:
            report = load_example(by=reporter, review_by=checker, publish_by=editor)
        except FactcheckError as error:
            raise CommandError(error.message) from error
        count = report.created["claim"]
        done = f"{count} claims, each marked as fiction" if count else "it was loaded before"
        self.stdout.write(f"  {done}")

    def tell(self, passwords: dict[str, str], port: int, *, serving: bool) -> None:
        """Say what there is now, and what to open next."""
        site = f"http://{ADDRESS}:{port}"
        claim = PublicClaim.objects.current().order_by("from_seq").first()
        self.stdout.write("")
        if passwords:
            self.stdout.write("Demo accounts, with passwords that are shown only now:")
            for username, password in passwords.items():
                self.stdout.write(f"  {username:<10} {password}")
        else:
            self.stdout.write(
                "The demo accounts reporter, checker and editor keep their passwords; "
                "--reset-passwords gives them new ones."
            )
        self.stdout.write("")
        self.stdout.write("Open next:" if serving else "When it is served (quickstart), open:")
        self.stdout.write(f"  {site}/claims/                 what readers see")
        if claim is not None:
            self.stdout.write(f"  {site}{claim.get_absolute_url()}")
        self.stdout.write(f"  {site}/admin/                  what fact-checkers see; sign in")
        self.stdout.write(f"  {site}/api/v1/claims/          what partners see")
        self.stdout.write(f"  {site}/admin/partners/apikey/  their keys (after createsuperuser)")
        if serving:
            self.stdout.write("Stop it with Ctrl-C. The data stays.")


def port(text: str) -> int:
    """A port that may be listened on. Raises ValueError, as argparse expects."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise ValueError(text)
    return int(text)


def check_port_is_free(number: int) -> None:
    """Raise CommandError before any work is done for nothing."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, number))
        except OSError as error:
            raise CommandError(
                f"Port {number} is taken or not allowed: end what serves there (an earlier "
                "quickstart, perhaps), or choose another with --port."
            ) from error


def make_demo_accounts(*, reset: bool) -> dict[str, str]:
    """Make the accounts that are missing, or all anew; the passwords of those made."""
    passwords = {}
    for role in DEMO_ROLES:
        if reset or not User.objects.filter(username=role.value).exists():
            password = secrets.token_urlsafe(12)
            make_account(role.value, role=role, password=password)
            passwords[role.value] = password
    return passwords


def serve(number: int) -> None:
    """Run the production server until it is told to stop."""
    Server(
        "factcheck.wsgi:application",
        address=ADDRESS,
        port=number,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()
