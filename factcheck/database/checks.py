"""System checks of the database server, run by `migrate` and `check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

OLDEST_VERSION = 150000
LOCALE_CURE = (
    "Make the database anew with a locale that knows the letters of every script, such as"
    " CREATE DATABASE … TEMPLATE template0 LOCALE 'C.UTF-8', and restore a dump into it."
)


@register(Tags.database)
def check_servers(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a server that is too old or whose locale does not know Cyrillic."""
    return [
        message for alias in databases or () for message in check_connection(connections[alias])
    ]


def check_connection(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Return what is wrong with the server and database behind one connection."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::integer, lower('Ї') = 'ї',"
            " to_regprocedure('show_trgm(text)') IS NOT NULL"
        )
        version, lowers, has_trigrams = cursor.fetchone()
        knows_words = True
        if has_trigrams:  # Before the first migration of a fresh database there is no extension.
            cursor.execute("SELECT show_trgm('Гладков') <> '{}'")
            knows_words = cursor.fetchone()[0]
    return [
        *check_version(version, alias=connection.alias),
        *check_locale(lowers=lowers, knows_words=knows_words, alias=connection.alias),
    ]


def check_version(version: int, *, alias: str) -> list[CheckMessage]:
    """Return an error for a server older than PostgreSQL 15; `version` is server_version_num."""
    if version >= OLDEST_VERSION:
        return []
    return [
        Error(
            f"The server of the database “{alias}” is PostgreSQL {version // 10000}, which is too"
            " old.",
            hint="Move the database to PostgreSQL 15 or newer.",
            id="factcheck.database.E001",
        )
    ]


def check_locale(*, lowers: bool, knows_words: bool, alias: str) -> list[CheckMessage]:
    """Return an error for each thing that the database's locale cannot do with Cyrillic."""
    faults: list[CheckMessage] = []
    if not lowers:
        faults.append(
            Error(
                f"The locale of the database “{alias}” does not know that ї is the lower case of"
                " Ї: names would not be found.",
                hint=LOCALE_CURE,
                id="factcheck.database.E002",
            )
        )
    if not knows_words:
        faults.append(
            Error(
                f"The locale of the database “{alias}” sees no letters in “Гладков”: search by"
                " similarity would find nothing.",
                hint=LOCALE_CURE,
                id="factcheck.database.E003",
            )
        )
    return faults
