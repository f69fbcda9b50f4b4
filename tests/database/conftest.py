"""What the tests of the embedded server share."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from factcheck.database.cluster import Cluster
from factcheck.database.roles import DATABASE, OWNER, prepare_cluster
from tests.cluster import CARELESS, chosen_binaries, new_place, remove

PROJECT = Path(__file__).resolve().parents[2]
PYTHON = [sys.executable, "-W", "error"]


@pytest.fixture(scope="package")
def cluster() -> Iterator[Cluster]:
    """A prepared cluster for tests that harm nothing."""
    place = new_place()
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), settings=CARELESS).start()
    with superuser(cluster) as connection:
        prepare_cluster(connection)
    yield cluster
    cluster.release()
    remove(place)


@pytest.fixture
def owner(cluster: Cluster) -> Iterator[psycopg.Connection]:
    """The owner in a schema of the test's own."""
    with psycopg.connect(**cluster.connection(OWNER, DATABASE), autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS trial CASCADE; CREATE SCHEMA trial")
        connection.execute("GRANT USAGE ON SCHEMA trial TO factcheck_app, factcheck_reader")
        connection.execute("SET search_path = trial, public")
        yield connection
        connection.execute("DROP SCHEMA trial CASCADE")


def superuser(cluster: Cluster, database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(**cluster.connection("postgres", database), autocommit=True)


class Holder:
    """Another process that starts a home's server and holds it until told to leave."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [*PYTHON, "-m", "tests.database.holder", str(home), str(chosen_binaries() or "")],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def pid(self) -> int:
        return self.process.pid

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n", self.process.communicate()[1]

    def leave(self) -> None:
        """Let it end as a program ends, and see that it had nothing to complain about."""
        _, complaints = self.process.communicate("leave\n", timeout=60)
        assert (self.process.returncode, complaints) == (0, "")

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def hold() -> Iterator[Callable[[Path], Holder]]:
    """Make holders of a home; those that are left at the end are killed."""
    holders: list[Holder] = []

    def make(home: Path) -> Holder:
        holders.append(Holder(home))
        return holders[-1]

    yield make
    for holder in holders:
        if holder.process.poll() is None:
            holder.kill()


def wait_until(question: Callable[[], object], *, seconds: float = 20) -> None:
    """Return when `question` is answered with yes; fail if it is not in time."""
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.005)


def modes(*paths: Path) -> dict[Path, int]:
    """The modes of the paths and of everything above them."""
    return {place: place.stat().st_mode for path in paths for place in (path, *path.parents)}


def as_account(uid: int, gid: int, act: Callable[[], str]) -> str:
    """Return what `act` returns in a forked process of another account, or its error's text.

    Forked, because that account may have no way to the interpreter's files.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
            answer = act()
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(writing, answer.encode())
        os._exit(0)
    os.close(writing)
    with open(reading) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return answer
