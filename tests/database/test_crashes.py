"""Whatever is killed, nothing committed is lost and the next start works."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from factcheck.database import processes
from factcheck.database.accounts import server_account
from factcheck.database.cluster import Cluster
from tests.cluster import chosen_binaries
from tests.database.conftest import Holder, superuser, wait_until

Hold = Callable[[Path], Holder]
pytestmark = pytest.mark.skipif(not processes.HAS_PROC, reason="needs /proc to find processes")


class Writers:
    """Threads that write and remember what the server has acknowledged."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.acknowledged: list[tuple[int, int]] = []
        self._done = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=[n]) for n in range(3)]
        with superuser(cluster) as connection:
            connection.execute("CREATE TABLE entry (writer integer, number integer)")

    def __enter__(self) -> "Writers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def wait_for_more(self, count: int = 30) -> None:
        goal = len(self.acknowledged) + count
        wait_until(lambda: len(self.acknowledged) >= goal)

    def missing(self) -> set[tuple[int, int]]:
        with superuser(self.cluster.start()) as connection:
            return set(self.acknowledged) - set(connection.execute("TABLE entry").fetchall())

    def _write(self, writer: int) -> None:
        number = 0
        while not self._done.is_set():
            try:
                with superuser(self.cluster) as connection:
                    while not self._done.is_set():
                        number += 1
                        connection.execute("INSERT INTO entry VALUES (%s, %s)", [writer, number])
                        self.acknowledged.append((writer, number))
            except psycopg.OperationalError:
                self.cluster.start()


def state_of(pid: int) -> str:
    """The kernel's letter for a process: Z is a zombie."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


def kill(pid: int | None) -> None:
    assert pid is not None
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def test_killing_the_postmaster_under_load_loses_nothing(place: Path) -> None:
    cluster = Cluster(place / "pg", binaries=chosen_binaries())
    with Writers(cluster.start()) as writers:
        for _ in range(2):
            writers.wait_for_more()
            killed = cluster.pid
            kill(killed)
            # Its backends may go on acknowledging for a moment: what they have written must stay.
            wait_until(lambda killed=killed: cluster.pid not in (None, killed))  # type: ignore[misc]
        writers.wait_for_more()

    assert writers.missing() == set()
    cluster.release()
    assert cluster.log.read_text().count("was not properly shut down") == 2


def test_killing_a_backend_under_load_loses_nothing(private_cluster: Cluster) -> None:
    pid = private_cluster.start().pid
    with Writers(private_cluster) as writers:
        for _ in range(2):
            writers.wait_for_more()
            with superuser(private_cluster) as connection:
                victim = connection.execute(
                    "SELECT min(pid) FROM pg_stat_activity WHERE query LIKE 'INSERT%'"
                ).fetchone()
            assert victim is not None
            kill(victim[0])
            private_cluster.start()
        writers.wait_for_more()

    assert writers.missing() == set()
    assert private_cluster.pid == pid


def test_killing_everything_at_once_loses_nothing(private_cluster: Cluster, hold: Hold) -> None:
    holder = hold(private_cluster.home)
    holder.wait_until_ready()
    with superuser(private_cluster) as connection:
        connection.execute("CREATE TABLE word AS SELECT 'kept' AS text")
    victims = list(processes.servers_of(private_cluster.data))

    holder.kill()
    for victim in victims:
        kill(victim)
    private_cluster.start()

    assert len(victims) > 3
    with superuser(private_cluster) as connection:
        assert connection.execute("SELECT text FROM word").fetchall() == [("kept",)]


def test_killing_a_holder_leaves_no_trace_of_it(private_cluster: Cluster, hold: Hold) -> None:
    holder = hold(private_cluster.home)
    holder.wait_until_ready()
    pid = private_cluster.pid

    holder.kill()
    private_cluster.start()
    pid_after = private_cluster.pid
    private_cluster.release()

    assert pid is not None
    assert (pid_after, private_cluster.pid) == (pid, None)


def test_a_holder_that_is_asked_to_end_harms_nobody(private_cluster: Cluster, hold: Hold) -> None:
    holder = hold(private_cluster.home)
    holder.wait_until_ready()
    pid = private_cluster.start().pid

    holder.process.terminate()
    holder.process.communicate()

    assert private_cluster.pid == pid
    with superuser(private_cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def initdb_at_work(home: Path) -> list[Path]:
    return list(home.glob("data.new-*/base"))


@pytest.mark.parametrize("initdb_too", [True, False], ids=["and-initdb", "initdb-lives-on"])
def test_killing_the_first_start_half_way_does_not_block_the_next(
    fresh_cluster: Cluster, hold: Hold, initdb_too: bool
) -> None:
    home = fresh_cluster.home
    holder = hold(home)
    wait_until(lambda: initdb_at_work(home))

    holder.kill()
    if initdb_too:
        for process in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if f"{home}/data.new-".encode() in process.read_bytes():
                    kill(int(process.parent.name))
            except (FileNotFoundError, ProcessLookupError):
                continue
    data_existed = fresh_cluster.data.exists()
    fresh_cluster.start()

    assert not data_existed
    with superuser(fresh_cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("delay", [0.02, 0.05, 0.1, 0.2])
def test_killing_a_starter_at_any_moment_does_not_block_the_next(
    private_cluster: Cluster, hold: Hold, delay: float
) -> None:
    private_cluster.start().release()
    log = private_cluster.log.stat().st_size
    holder = hold(private_cluster.home)
    wait_until(
        lambda: private_cluster.log.stat().st_size > log or (holder.process.poll() is not None)
    )

    time.sleep(delay - 0.02)
    holder.kill()
    private_cluster.start()

    with superuser(private_cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_dead_postmaster_that_nobody_buries_blocks_nothing(
    private_cluster: Cluster, hold: Hold
) -> None:
    parent = hold(private_cluster.home)
    parent.wait_until_ready()
    dead = private_cluster.pid
    assert dead is not None
    kill(dead)
    wait_until(lambda: state_of(dead) == "Z")
    started = time.monotonic()

    private_cluster.start()

    assert time.monotonic() - started < 5
    assert state_of(dead) == "Z"
    assert private_cluster.pid not in (None, dead)


def test_a_number_that_belongs_to_somebody_else_by_now_blocks_nothing(
    private_cluster: Cluster,
) -> None:
    private_cluster.start()
    kill(private_cluster.pid)
    wait_until(lambda: private_cluster.pid is None)
    account = server_account(private_cluster.home)
    with subprocess.Popen(["sleep", "60"], **account.switch) as stranger:
        for path in (
            private_cluster.data / "postmaster.pid",
            private_cluster.socket / ".s.PGSQL.5432.lock",
        ):
            lines = path.read_text().splitlines(keepends=True)
            path.write_text("".join([f"{stranger.pid}\n", *lines[1:]]))

        private_cluster.start()

        assert private_cluster.pid not in (None, stranger.pid)
        assert stranger.poll() is None
        stranger.kill()


def test_a_backend_that_has_lost_its_postmaster_and_computes_on_is_ended(
    private_cluster: Cluster,
) -> None:
    private_cluster.start()
    busy = superuser(private_cluster)
    backend = busy.info.backend_pid
    busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1000000000) a, (SELECT 1) b")
    wait_until(lambda: state_of(backend) == "R")
    kill(private_cluster.pid)
    started = time.monotonic()

    private_cluster.start()

    assert time.monotonic() - started < 10
    assert not processes.serves(backend, private_cluster.data)
    with superuser(private_cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    busy.close()


def test_a_server_that_cannot_start_shows_the_end_of_its_log(place: Path) -> None:
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), settings={"work_mem": "a lot"})

    with pytest.raises(Exception, match="PostgreSQL does not start") as failure:
        cluster.start()

    assert 'invalid value for parameter "work_mem": "a lot"' in str(failure.value)
    assert not cluster.is_attached
