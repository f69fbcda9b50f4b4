"""What every test can rely on."""

import os
from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from pytest_django import DjangoDbBlocker, Settings

from factcheck.accounts import make_groups
from factcheck.database.switch import obey_switch
from factcheck.database.tables import switched_tables
from tests.ledger_flush import committed_db, flush_by_owner

__all__ = ["committed_db", "django_db_setup", "flush_by_owner", "one_connection_for_all_aliases"]

# Playwright's synchronous interface runs an event loop in the thread that also asks the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,  # pytest-django's own, which this one comes after
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Put on the triggers of the read-only switch and make the groups, as `prepare_database` does
    after migrating. Both stay, whatever a test commits.
    """
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        obey_switch(cursor, tables=switched_tables())
        make_groups()


@pytest.fixture(autouse=True)
def one_connection_for_all_aliases(request: pytest.FixtureRequest) -> Iterator[None]:
    """`owner` and `public` are the connection of `default`, so that they see what a test has not
    committed. What each role may do is tested on its own in tests/database.
    """
    if {"db", "transactional_db"} & set(request.fixturenames):
        # Only after Django has forbidden the aliases that a test does not name.
        request.getfixturevalue("_django_db_helper")
    own = {alias: connections[alias] for alias in ("owner", "public")}
    for alias in own:
        connections[alias] = connections["default"]
    yield
    for alias, connection in own.items():
        connections[alias] = connection


@pytest.fixture
def connection_stays(db: None) -> Iterator[None]:
    """The end of a request to a WSGI application closes no connection that a test's transaction is
    on, as the test client sees to by itself.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Hashing that is slow on purpose would be most of what the tests do."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
