"""Starting, sharing and stopping a server when nothing goes wrong."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from factcheck.database.cluster import Cluster
from factcheck.database.directories import LONGEST_SOCKET_PATH
from factcheck.database.initdb import shared_buffers
from tests.cluster import chosen_binaries, remove
from tests.database.conftest import Holder, superuser, wait_until

Hold = Callable[[Path], Holder]


def test_a_server_starts_from_nothing_and_knows_every_script(fresh_cluster: Cluster) -> None:
    started = time.monotonic()

    fresh_cluster.start()

    assert time.monotonic() - started < 15
    with superuser(fresh_cluster) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute(
            "SELECT lower('Ї'), lower('É'), cardinality(show_trgm('Гладков')),"
            " (SELECT array_agg(word ORDER BY word) FROM unnest('{b,A,a,B}'::text[]) word)"
        ).fetchone() == ("ї", "é", 8, ["A", "B", "a", "b"])


def test_a_server_runs_with_the_settings_of_the_project(place: Path) -> None:
    cluster = Cluster(place / "pg", binaries=chosen_binaries()).start()

    with superuser(cluster) as connection:
        settings: dict[str, str] = dict(
            connection.execute(
                "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'jit',"
                " 'random_page_cost', 'data_checksums', 'fsync', 'full_page_writes', 'TimeZone',"
                " 'synchronous_commit', 'server_encoding', 'shared_preload_libraries', 'port')"
            ).fetchall()
        )
        reachable = connection.execute(
            "SELECT type, auth_method FROM pg_hba_file_rules WHERE auth_method <> 'reject'"
        ).fetchall()
    cluster.release()
    assert settings == {
        "TimeZone": "UTC",
        "data_checksums": "on",
        "fsync": "on",
        "full_page_writes": "on",
        "jit": "off",
        "listen_addresses": "",
        "port": "5432",
        "random_page_cost": "1.1",
        "server_encoding": "UTF8",
        "shared_preload_libraries": "pg_stat_statements",
        "synchronous_commit": "on",
    }
    assert set(reachable) == {("local", "trust")}
    assert cluster.socket.stat().st_mode & 0o777 == 0o700
    assert cluster.data.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("gigabytes", "megabytes"), [(64, 2048), (8, 2048), (4, 1024), (0.5, 128), (0.01, 16)]
)
def test_the_cache_is_a_quarter_of_the_memory_and_never_above_two_gigabytes(
    gigabytes: float, megabytes: int
) -> None:
    assert shared_buffers(int(gigabytes * 1024**3)) == megabytes


def test_what_was_written_is_there_after_a_restart(private_cluster: Cluster) -> None:
    private_cluster.start()
    with superuser(private_cluster) as connection:
        connection.execute("CREATE TABLE word AS SELECT 'Гладков' AS text")
    private_cluster.release()
    assert private_cluster.pid is None
    started = time.monotonic()

    private_cluster.start()

    assert time.monotonic() - started < 5
    with superuser(private_cluster) as connection:
        assert connection.execute("SELECT text FROM word").fetchall() == [("Гладков",)]
    assert "was not properly shut down" not in private_cluster.log.read_text()


def test_starting_again_changes_nothing(private_cluster: Cluster) -> None:
    pid = private_cluster.start().pid

    private_cluster.start()

    assert private_cluster.pid == pid is not None


def test_the_last_one_out_stops_the_server(private_cluster: Cluster, hold: Hold) -> None:
    private_cluster.start()
    holder = hold(private_cluster.home)
    holder.wait_until_ready()
    pid = private_cluster.pid

    private_cluster.release()
    pid_with_one_left = private_cluster.pid
    holder.leave()

    assert (pid_with_one_left, private_cluster.pid) == (pid, None)
    assert not (private_cluster.data / "postmaster.pid").exists()
    assert "database system is shut down" in private_cluster.log.read_text()


def test_whoever_is_told_not_to_stop_the_server_leaves_it_running(place: Path) -> None:
    cluster = Cluster(place / "pg", binaries=chosen_binaries(), stop_when_last=False).start()

    cluster.release()

    try:
        assert cluster.pid is not None
        assert not cluster.is_attached
    finally:
        cluster.stop()
    assert cluster.pid is None


@pytest.mark.parametrize("exists", [False, True], ids=["cold", "stopped"])
def test_eight_processes_may_start_one_server_at_once(
    fresh_cluster: Cluster, hold: Hold, exists: bool
) -> None:
    if exists:
        fresh_cluster.start().release()

    holders = [hold(fresh_cluster.home) for _ in range(8)]
    for holder in holders:
        holder.wait_until_ready()
    pid = fresh_cluster.pid
    for holder in holders:
        holder.leave()

    assert pid is not None
    assert fresh_cluster.pid is None
    starts = fresh_cluster.log.read_text().count("database system is ready")
    assert starts == (2 if exists else 1)
    assert sorted(path.name for path in fresh_cluster.home.iterdir()) == [
        "data",
        "postgres.log",
        "socket",
        "start.lock",
        "users.lock",
    ]


def test_processes_that_come_and_go_never_meet_a_stopped_server(private_cluster: Cluster) -> None:
    private_cluster.start().release()
    failures: list[BaseException] = []

    def come_and_go() -> None:
        # A Cluster each, because one that is shared between threads would hide the race.
        mine = Cluster(private_cluster.home, binaries=chosen_binaries())
        try:
            for _ in range(10):
                with superuser(mine.start()) as connection:
                    connection.execute("SELECT 1")
                mine.release()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=come_and_go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert private_cluster.pid is None


def test_a_forked_child_joins_by_itself_and_its_parent_stops_nothing_under_it(
    private_cluster: Cluster,
) -> None:
    private_cluster.start()
    pid = private_cluster.pid
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(writing)
        try:
            attached = private_cluster.is_attached
            private_cluster.start()
            os.read(reading, 1)
            with superuser(private_cluster) as connection:
                answer = connection.execute("SELECT 7").fetchone()
            os._exit(0 if (attached, answer) == (False, (7,)) else 1)
        except BaseException:
            os._exit(2)
    os.close(reading)
    log_lines = len(private_cluster.log.read_text().splitlines())
    time.sleep(0.3)

    private_cluster.release()
    pid_while_child_lives = private_cluster.pid
    os.close(writing)
    _, status = os.waitpid(child, 0)

    assert (pid_while_child_lives, os.waitstatus_to_exitcode(status)) == (pid, 0)
    assert len(private_cluster.log.read_text().splitlines()) == log_lines


def test_a_forked_child_that_ends_takes_nothing_with_it(private_cluster: Cluster) -> None:
    private_cluster.start()
    pid = private_cluster.pid
    child = os.fork()
    if child == 0:
        private_cluster.release()
        os._exit(0)
    os.waitpid(child, 0)

    assert private_cluster.pid == pid
    assert private_cluster.is_attached
    with superuser(private_cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_server_that_somebody_stopped_by_hand_comes_back(private_cluster: Cluster) -> None:
    private_cluster.start()
    private_cluster.stop()
    assert private_cluster.pid is None

    private_cluster.start()

    with superuser(private_cluster) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_server_that_is_shutting_down_is_waited_for(private_cluster: Cluster) -> None:
    pid = private_cluster.start().pid
    assert pid is not None
    with superuser(private_cluster) as connection:
        os.kill(pid, 15)  # The smart way: it waits for its last client.
        wait_until(lambda: "smart shutdown request" in private_cluster.log.read_text())
        late = threading.Thread(target=private_cluster.start)
        late.start()
        late.join(0.3)
        assert late.is_alive()
        connection.close()
        late.join(30)

    assert private_cluster.pid not in (None, pid)


def test_a_path_too_long_for_a_socket_is_no_obstacle(place: Path) -> None:
    home = place / ("long" * 20) / ("longer" * 15) / "pg"
    cluster = Cluster(home, binaries=chosen_binaries())
    assert len(str(home / "socket")) > LONGEST_SOCKET_PATH

    try:
        with superuser(cluster.start()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert cluster.socket.parent == Path("/tmp")
        assert cluster.socket.stat().st_mode & 0o777 == 0o700
    finally:
        cluster.release()
        remove(cluster.socket)


def test_an_address_works_for_libpq(private_cluster: Cluster) -> None:
    private_cluster.start()

    with psycopg.connect(private_cluster.url("postgres", "postgres")) as connection:
        assert connection.execute("SELECT current_user, current_database()").fetchone() == (
            "postgres",
            "postgres",
        )


def test_a_log_that_has_grown_large_is_put_aside(private_cluster: Cluster) -> None:
    private_cluster.start().release()
    with private_cluster.log.open("r+b") as log:
        log.truncate(17 * 1024 * 1024)

    private_cluster.start()

    assert private_cluster.log.stat().st_size < 100_000
    assert private_cluster.log.with_suffix(".log.1").stat().st_size == 17 * 1024 * 1024
