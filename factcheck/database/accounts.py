"""The operating-system account that runs the server and owns its data.

PostgreSQL refuses to run as root, so root lends the server to an unprivileged account. Everybody
else runs it as themselves.
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factcheck.database.errors import ClusterError

# Tried in this order when root starts the first server of a home.
UNPRIVILEGED_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account by name and numbers."""

    name: str
    uid: int
    gid: int

    @property
    def switch(self) -> dict[str, Any]:
        """The keyword arguments that make subprocess run a program as this account."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(
        self, command: Sequence[str | Path], *, timeout: float = 300
    ) -> subprocess.CompletedProcess[str]:
        """Run `command` as this account and return its outcome, whatever the exit status.

        Raises ClusterError when the program or the account cannot be used at all.
        """
        try:
            return subprocess.run(
                command,
                cwd="/",
                env=server_environment(),
                umask=0o077,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=timeout,
                check=False,
                **self.switch,
            )
        except subprocess.TimeoutExpired as error:
            raise ClusterError(
                f"{command[0]} did not finish in {timeout:.0f} seconds: see whether the disk"
                " answers, and try again."
            ) from error
        except OSError as error:
            raise ClusterError(cannot_run(command[0], self, error)) from error

    def can_reach(self, path: Path) -> bool:
        """Whether this account may enter a directory, or run a program, and all that is above it.

        For another account the kernel is asked, so that access lists count too.
        """
        if self.uid == os.geteuid():
            return os.access(path, os.X_OK)
        return self.run(["test", "-x", path]).returncode == 0


def server_account(home: Path) -> Account:
    """Return the account that runs the server of `home`.

    Ordinary users: themselves. Root: whoever already owns the home or its data, else the first of
    UNPRIVILEGED_ACCOUNTS, so that root can come back to a home that somebody else has made.
    Raises ClusterError when there is no such account.
    """
    if os.geteuid() != 0:
        return _account_of(os.geteuid())
    for directory in (home / "data", home):
        owner = _owner(directory)
        if owner:
            return _account_of(owner)
    for name in UNPRIVILEGED_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise ClusterError(
        "PostgreSQL refuses to run as root and there is no account named"
        f" {' or '.join(UNPRIVILEGED_ACCOUNTS)}: add one, start the project from an ordinary"
        " account, or set DATABASE_URL."
    )


def server_environment() -> dict[str, str]:
    """Return the environment for PostgreSQL's programs: no secret of ours, no PG* of the caller."""
    kept = ("PATH", "LD_LIBRARY_PATH", "TZDIR")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C"}


def cannot_run(program: str | Path, account: Account, error: OSError) -> str:
    """Return the sentence that says why `program` did not start as `account`, with a cure."""
    return (
        f"{program} cannot be run as the account {account.name} ({error.strerror}): start the"
        " project from an ordinary account, set POSTGRES_BINARIES to PostgreSQL's bin directory,"
        " or set DATABASE_URL."
    )


def _owner(path: Path) -> int | None:
    try:
        return path.stat().st_uid
    except (FileNotFoundError, NotADirectoryError):
        return None


def _account_of(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise ClusterError(
            f"User id {uid} has no entry in the passwd database, and PostgreSQL makes no data"
            " directory for a nameless account: give it a name, or set DATABASE_URL."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
