"""Everything a database needs before the site can run on it; idempotent, for every deployment."""

from argparse import ArgumentParser
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from factcheck.accounts import make_groups
from factcheck.database.embedded import start_embedded_cluster
from factcheck.database.grants import apply_grants
from factcheck.database.roles import prepare_cluster
from factcheck.database.switch import obey_switch
from factcheck.database.tables import (
    append_only_tables,
    editing_tables,
    functions_for_app,
    readable_tables,
    switched_tables,
)


class Command(BaseCommand):
    help = "Make roles and database where it may, migrate as the owner, grant, make the groups."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--superuser-url",
            help="A superuser's address on the server of DATABASE_URL, to make the three roles, "
            "the database and its extensions. Without it they must be there.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.make_roles(options["superuser_url"])
        call_command("migrate", database="owner", verbosity=options["verbosity"], interactive=False)
        with connections["owner"].cursor() as cursor:
            obey_switch(cursor, tables=switched_tables())
        self.grant()
        make_groups(using="owner")

    def make_roles(self, superuser_url: str | None) -> None:
        """Make the roles on the embedded server, or on the one whose superuser is given."""
        if settings.DATABASES["owner"]["ENGINE"] == "factcheck.database":
            start_embedded_cluster()
        elif superuser_url:
            try:
                with psycopg.connect(superuser_url, autocommit=True) as superuser:
                    prepare_cluster(superuser)
            except psycopg.OperationalError as error:
                raise CommandError(f"The superuser cannot connect: {error}") from error

    def grant(self) -> None:
        """Give app and reader exactly what they need."""
        owner, app, reader = (
            settings.DATABASES[alias]["USER"] for alias in ("owner", "default", "public")
        )
        if owner in (app, reader):
            self.stderr.write(
                "DATABASE_URL, DATABASE_OWNER_URL and DATABASE_PUBLIC_URL should name three roles: "
                "with fewer, only triggers keep what is published from being changed."
            )
            return
        with connections["owner"].cursor() as cursor:
            apply_grants(
                cursor,
                app_role=app,
                reader_role=reader,
                append_only=append_only_tables(),
                readable=readable_tables(),
                tables=editing_tables(),
                functions=functions_for_app(),
            )
