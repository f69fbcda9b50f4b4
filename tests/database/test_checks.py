"""The system checks of the server, against a good one and a bad one."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.core.checks import Tags, registry
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from factcheck.database.accounts import server_account
from factcheck.database.checks import (
    LOCALE_CURE,
    check_connection,
    check_locale,
    check_servers,
    check_version,
)
from factcheck.database.cluster import Cluster
from factcheck.database.initdb import SUPERUSER
from factcheck.database.roles import DATABASE, OWNER, prepare_cluster
from tests.database.conftest import superuser

Connect = Callable[[Cluster, str], BaseDatabaseWrapper]


@pytest.fixture
def connect(django_db_blocker: DjangoDbBlocker) -> Iterator[Connect]:
    """Make Django connections to databases that are not those of the settings."""
    opened: list[BaseDatabaseWrapper] = []

    def make(cluster: Cluster, database: str) -> BaseDatabaseWrapper:
        handler = ConnectionHandler({
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": database,
                "USER": OWNER,
                "HOST": str(cluster.socket),
                "PORT": cluster.port,
            }
        })  # fmt: skip
        opened.append(handler["default"])
        return opened[-1]

    with django_db_blocker.unblock():
        yield make
        for connection in opened:
            connection.close()


def test_a_server_of_the_project_passes(cluster: Cluster, connect: Connect) -> None:
    assert check_connection(connect(cluster, DATABASE)) == []


def test_a_fresh_database_without_extensions_passes(cluster: Cluster, connect: Connect) -> None:
    assert check_connection(connect(cluster, "postgres")) == []


def test_a_server_that_knows_only_ascii_is_refused_with_a_cure(
    fresh_cluster: Cluster, connect: Connect
) -> None:
    make_ascii_data(fresh_cluster)
    with superuser(fresh_cluster.start()) as connection:
        prepare_cluster(connection)

    faults = check_connection(connect(fresh_cluster, DATABASE))

    assert [(fault.id, fault.msg, fault.hint) for fault in faults] == [
        (
            "factcheck.database.E002",
            "The locale of the database “default” does not know that ї is the lower case of Ї:"
            " names would not be found.",
            LOCALE_CURE,
        ),
        (
            "factcheck.database.E003",
            "The locale of the database “default” sees no letters in “Гладков”: search by"
            " similarity would find nothing.",
            LOCALE_CURE,
        ),
    ]


def make_ascii_data(cluster: Cluster) -> None:
    """Make the data directory as PostgreSQL does where nobody asks for a locale."""
    account = server_account(cluster.home)
    partial = cluster.home.parent / "partial"
    partial.mkdir()
    os.chown(partial, account.uid, account.gid)
    initdb = cluster.binaries.program("initdb")
    made = account.run(
        [initdb, "-D", partial, "-U", SUPERUSER, "--encoding=UTF8", "--locale=C", "--no-sync"]
    )
    assert made.returncode == 0, made.stderr
    cluster.home.mkdir()
    cluster.home.chmod(0o711)
    partial.rename(cluster.data)


def test_each_fault_of_a_locale_is_found_by_itself() -> None:
    assert check_locale(lowers=True, knows_words=True, alias="default") == []
    assert [
        fault.id for fault in check_locale(lowers=False, knows_words=True, alias="default")
    ] == ["factcheck.database.E002"]
    assert [
        fault.id for fault in check_locale(lowers=True, knows_words=False, alias="default")
    ] == ["factcheck.database.E003"]


@pytest.mark.parametrize(
    ("version", "faults"),
    [(140012, ["factcheck.database.E001"]), (150000, []), (150020, []), (180006, [])],
)
def test_a_server_older_than_15_is_refused(version: int, faults: list[str]) -> None:
    assert [fault.id for fault in check_version(version, alias="default")] == faults


def test_the_checks_run_only_where_databases_are_named() -> None:
    assert check_servers in registry.registry.get_checks()
    assert Tags.database in check_servers.tags
    assert check_servers(app_configs=None, databases=None) == []
