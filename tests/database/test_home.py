"""Where the server lives, for whom, and what it leaves untouched."""

import os
import pwd
import shutil
from pathlib import Path

import pytest

from factcheck.database.accounts import server_account
from factcheck.database.binaries import locate_binaries
from factcheck.database.cluster import Cluster, ClusterError, default_home
from factcheck.database.directories import make_directory
from factcheck.database.home import network_filesystem
from tests.cluster import chosen_binaries
from tests.database.conftest import as_account, modes, superuser

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")

MOUNTS = r"""
/dev/vda / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
tank:/home /home nfs4 rw,vers=4.2 0 0
/dev/vdb /home/local ext4 rw 0 0
//server/share /mnt/two\040words cifs rw 0 0
me@host:/ /mnt/ssh fuse.sshfs rw 0 0
tank:/over /mnt/over nfs rw 0 0
tmpfs /mnt/over tmpfs rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("path", "filesystem"),
    [
        ("/srv/project/var/pg18", None),
        ("/home/ann/project/var/pg18", "nfs4"),
        ("/home", "nfs4"),
        ("/homes/ann", None),
        ("/home/local/ann", None),
        ("/mnt/two words/pg18", "cifs"),
        ("/mnt/ssh/pg18", "fuse.sshfs"),
        ("/mnt/over/pg18", None),
        ("/srv/../home/ann", "nfs4"),
    ],
)
def test_a_network_file_system_is_recognised(path: str, filesystem: str | None) -> None:
    assert network_filesystem(Path(path), MOUNTS) == filesystem


def test_a_link_to_a_network_file_system_is_followed(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/mnt/ssh")

    assert network_filesystem(tmp_path / "link" / "pg18", MOUNTS) == "fuse.sshfs"


def test_the_home_is_the_one_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_HOME", str(tmp_path / "elsewhere"))

    assert default_home(tmp_path) == tmp_path / "elsewhere"


def test_the_home_lies_in_the_project_and_is_named_after_the_major_version(
    monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    monkeypatch.delenv("DATABASE_HOME", raising=False)
    before = sorted(place.iterdir())

    assert default_home(place) == place / "var" / "pg18"
    assert sorted(place.iterdir()) == before


def test_asking_for_the_home_needs_no_postgresql(
    monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    monkeypatch.delenv("DATABASE_HOME", raising=False)
    monkeypatch.setenv("POSTGRES_BINARIES", str(place / "nothing"))

    assert default_home(place).parent == place / "var"


@needs_root
def test_below_a_closed_directory_root_keeps_the_server_in_the_shelter(
    monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    monkeypatch.delenv("DATABASE_HOME", raising=False)
    closed, shelter = place / "closed", place / "shelter"
    project = closed / "project"
    project.mkdir(parents=True)
    closed.chmod(0o700)
    before = modes(project)

    home = default_home(project, shelter=shelter)

    assert home.parent.parent == shelter
    assert home.name == "pg18"
    assert default_home(closed / "other", shelter=shelter) != home
    cluster = Cluster(home, binaries=chosen_binaries())
    with superuser(cluster.start()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    cluster.release()
    assert modes(project) == before
    assert list(project.iterdir()) == []


@needs_root
def test_data_that_cannot_be_reached_any_more_is_never_replaced_by_an_empty_database(
    monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    monkeypatch.delenv("DATABASE_HOME", raising=False)
    project = place / "project"
    project.mkdir(mode=0o755)
    home = default_home(project, shelter=place / "shelter")
    Cluster(home, binaries=chosen_binaries()).start().release()
    project.chmod(0o700)

    assert default_home(project, shelter=place / "shelter") == home
    with pytest.raises(ClusterError, match=r"cannot enter .*: set DATABASE_HOME"):
        Cluster(home, binaries=chosen_binaries()).start()
    assert project.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_no_mode_of_a_directory_that_exists_is_changed(place: Path, umask: int) -> None:
    project = place / "project"
    project.mkdir(mode=0o755)
    (project / "var").mkdir()
    (project / "var").chmod(0o751)
    (project / "var" / "notes").mkdir(mode=0o700)
    before = modes(project / "var" / "notes")
    previous = os.umask(umask)

    try:
        cluster = Cluster(project / "var" / "pg", binaries=chosen_binaries())
        cluster.start().release()
    finally:
        os.umask(previous)

    assert modes(project / "var" / "notes") == before
    assert cluster.data.stat().st_mode & 0o777 == 0o700
    others = cluster.home.stat().st_mode & 0o077
    assert others == (0o011 if os.geteuid() == 0 else 0)
    assert cluster.log.stat().st_mode & 0o077 == 0


def test_a_new_directory_has_its_mode_whatever_the_umask(place: Path) -> None:
    previous = os.umask(0o077)

    try:
        make_directory(place / "a" / "b", mode=0o711)
        make_directory(place / "a" / "b", mode=0o700)
    finally:
        os.umask(previous)

    assert [path.stat().st_mode & 0o777 for path in (place / "a", place / "a" / "b")] == [
        0o755,
        0o711,
    ]
    assert list((place / "a").iterdir()) == [place / "a" / "b"]


def test_data_of_another_release_is_refused_with_a_way_out(private_cluster: Cluster) -> None:
    private_cluster.start().release()
    (private_cluster.data / "PG_VERSION").write_text("14\n")

    with pytest.raises(ClusterError) as failure:
        private_cluster.start()

    major = private_cluster.binaries.major
    assert str(failure.value) == (
        f"{private_cluster.data} was made by PostgreSQL 14 and the programs in"
        f" {private_cluster.binaries.directory} are PostgreSQL {major}: set POSTGRES_BINARIES to"
        " those of PostgreSQL 14, or dump with them, set DATABASE_HOME to a new directory and"
        " restore there."
    )


def test_somebody_elses_files_are_never_taken_for_a_database(fresh_cluster: Cluster) -> None:
    fresh_cluster.data.mkdir(parents=True)
    (fresh_cluster.data / "thesis.txt").write_text("years of work")
    fresh_cluster.home.chmod(0o711)

    with pytest.raises(ClusterError, match="is not empty and no data directory of PostgreSQL"):
        fresh_cluster.start()

    assert (fresh_cluster.data / "thesis.txt").read_text() == "years of work"


def test_a_home_that_cannot_be_made_is_refused_with_a_way_out(place: Path) -> None:
    (place / "file").write_text("")

    with pytest.raises(ClusterError, match=r"cannot be made .*: set DATABASE_HOME to a directory"):
        Cluster(place / "file" / "pg", binaries=chosen_binaries()).start()


@pytest.mark.parametrize("trap", ["link", "open"])
def test_a_socket_directory_that_others_could_enter_is_refused(
    private_cluster: Cluster, place: Path, trap: str
) -> None:
    private_cluster.start().release()
    account = server_account(private_cluster.home)
    shutil.rmtree(private_cluster.socket)
    (place / "trap").mkdir(mode=0o700)
    if trap == "link":
        private_cluster.socket.symlink_to(place / "trap")
    else:
        (place / "trap").chmod(0o777)
        (place / "trap").rename(private_cluster.socket)
    os.chown(private_cluster.socket, account.uid, account.gid, follow_symlinks=False)

    with pytest.raises(ClusterError, match="is not a directory that belongs to the account"):
        private_cluster.start()


@needs_root
def test_an_ordinary_account_runs_its_own_server_and_root_may_come_back_to_it(place: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    mine = place / "mine"
    mine.mkdir(mode=0o700)
    os.chown(mine, nobody.pw_uid, nobody.pw_gid)
    home = mine / "var" / "pg"

    def write() -> str:
        cluster = Cluster(home, binaries=chosen_binaries() or locate_binaries()).start()
        with superuser(cluster) as connection:
            connection.execute("CREATE TABLE word AS SELECT 'kept' AS text")
        cluster.release()
        return f"{cluster.pid} {cluster.home.stat().st_mode & 0o777:o}"

    answer = as_account(nobody.pw_uid, nobody.pw_gid, write)
    cluster = Cluster(home, binaries=chosen_binaries()).start()
    with superuser(cluster) as connection:
        words = connection.execute("SELECT text FROM word").fetchall()
    servers_account = Path(f"/proc/{cluster.pid}").stat().st_uid
    cluster.release()
    answer_after_root = as_account(
        nobody.pw_uid,
        nobody.pw_gid,
        lambda: str(Cluster(home, binaries=chosen_binaries()).start().pid is not None),
    )
    Cluster(home).stop()

    assert answer == "None 700"
    assert (words, servers_account) == ([("kept",)], nobody.pw_uid)
    assert answer_after_root == "True"
    assert {path.stat().st_uid for path in home.iterdir()} == {nobody.pw_uid}


@needs_root
def test_an_ordinary_account_is_turned_away_from_roots_server_with_a_way_out(
    private_cluster: Cluster,
) -> None:
    private_cluster.start()
    nobody = pwd.getpwnam("nobody")

    answer = as_account(
        nobody.pw_uid, nobody.pw_gid, lambda: str(Cluster(private_cluster.home).start().pid)
    )

    assert answer == (
        f"ClusterError: {private_cluster.home} belongs to another account: use that one, or set"
        " DATABASE_HOME to a directory of your own."
    )


@needs_root
def test_an_account_without_a_name_is_told_what_it_lacks(place: Path) -> None:
    place.chmod(0o777)

    answer = as_account(54321, 54321, lambda: str(Cluster(place / "pg").start().pid))

    assert answer == (
        "ClusterError: User id 54321 has no entry in the passwd database, and PostgreSQL makes no"
        " data directory for a nameless account: give it a name, or set DATABASE_URL."
    )
    assert list(place.iterdir()) == []
