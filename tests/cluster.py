"""A pytest plugin: one throw-away PostgreSQL for the whole run.

Loaded by `-p tests.cluster`, before pytest-django sets Django up. With DATABASE_URL in the
environment (as in the processes of pytest-xdist) it uses that server and starts nothing.
TEST_POSTGRES_BINARIES names the programs of another PostgreSQL to run the tests on.
"""

import atexit
import functools
import os
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from types import FrameType

import psycopg
import pytest

from factcheck.database.cluster import Cluster
from factcheck.database.roles import DATABASE, OWNER, READER, prepare_cluster

SMALL = {"shared_buffers": "128MB"}
# What a killed process has written is safe with the kernel: fsync is for power cuts.
UNSYNCED = {**SMALL, "fsync": "off"}
# And nothing kills this one.
CARELESS = {**UNSYNCED, "synchronous_commit": "off", "full_page_writes": "off"}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Give Django a server and an environment; a wrapper runs before pytest-django's own hook."""
    asked = early_config.known_args_namespace
    if "DATABASE_URL" not in os.environ and not (asked.help or asked.version):
        start_throw_away_cluster()
    url = os.environ.get("DATABASE_URL", "")
    for name, value in {
        "DATABASE_OWNER_URL": url,
        "DATABASE_PUBLIC_URL": url,
        "SECRET_KEY": "of the tests alone, and long enough for every check of its length",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "HTTPS": "0",
        # What is counted has tests of its own, in tests/partners.
        "API_LIMIT_ANONYMOUS": "off",
        "API_LIMIT_KEYED": "off",
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    }.items():
        os.environ.setdefault(name, value)
    return (yield)


def start_throw_away_cluster() -> None:
    """Start a server, point the environment at it, and see that nothing of it stays behind.

    The address is the owner's, who makes the test databases.
    """
    place = new_place()
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), settings=CARELESS)
    atexit.register(remove, place)
    # Being asked to end, as by a build server out of patience, must not leave a server running.
    signal.signal(signal.SIGTERM, _interrupt)
    cluster.start()
    with psycopg.connect(**cluster.connection("postgres", "postgres"), autocommit=True) as root:
        prepare_cluster(root)
    os.environ["DATABASE_URL"] = cluster.url(OWNER, DATABASE)
    os.environ["DATABASE_OWNER_URL"] = cluster.url(OWNER, DATABASE)
    os.environ["DATABASE_PUBLIC_URL"] = cluster.url(READER, DATABASE)


def new_place() -> Path:
    """Make a temporary directory that a server's account can enter, root's included."""
    place = Path(tempfile.mkdtemp(prefix="factcheck-tests-"))
    place.chmod(0o711)
    return place


def remove(place: Path) -> None:
    """Delete a temporary directory, even one that a server is just leaving."""
    shutil.rmtree(place, ignore_errors=True)


def chosen_binaries() -> Path | None:
    """Return the programs to test on, None for those that the project itself would find."""
    chosen = os.environ.get("TEST_POSTGRES_BINARIES")
    return Path(chosen) if chosen else None


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory for a cluster of the test's own."""
    directory = new_place()
    yield directory
    remove(directory)


@pytest.fixture
def fresh_cluster(place: Path) -> Iterator[Cluster]:
    """A cluster of the test's own, of which nothing exists yet, that the test may kill."""
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), settings=UNSYNCED)
    yield cluster
    cluster.stop(immediately=True)
    cluster.release()


@pytest.fixture
def private_cluster(fresh_cluster: Cluster) -> Cluster:
    """A cluster of the test's own, made but not yet started, that the test may kill."""
    shutil.copytree(data_to_copy(), fresh_cluster.data, copy_function=shutil.copy)
    if os.geteuid() == 0:
        owner = data_to_copy().stat()
        fresh_cluster.home.chmod(0o711)
        for path in (fresh_cluster.data, *fresh_cluster.data.rglob("*")):
            os.chown(path, owner.st_uid, owner.st_gid)
    return fresh_cluster


@functools.cache
def data_to_copy() -> Path:
    """A data directory fresh from PostgreSQL: copying it takes a fifth of the time of making it."""
    place = new_place()
    atexit.register(remove, place)
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), settings=UNSYNCED).start()
    cluster.release()
    return cluster.data


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
