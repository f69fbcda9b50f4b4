"""Directories and files of the embedded server: how they are born and whose they are.

No mode of a directory that exists already is ever changed.
"""

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path

from factcheck.database.accounts import Account
from factcheck.database.errors import ClusterError

# Root's place for what the server's account must reach when the project lies below a closed
# directory such as /root.
SHELTER = Path("/var/lib/factcheck")

# The longest path of a Unix socket is 103 bytes on macOS and 107 on Linux.
LONGEST_SOCKET_PATH = 103
SOCKET_NAME = ".s.PGSQL.5432"


def make_directory(path: Path, *, mode: int, parents_mode: int = 0o755) -> None:
    """Make `path` with exactly `mode`, whatever the umask; leave it alone if it exists.

    It appears under its name with its mode already set: another process starting at the same
    moment never meets it half made.
    """
    if path.is_dir():
        return
    make_directory(path.parent, mode=parents_mode, parents_mode=parents_mode)
    newborn = Path(tempfile.mkdtemp(prefix=".new-", dir=path.parent))
    newborn.chmod(mode)
    try:
        newborn.rename(path)
    except OSError:
        newborn.rmdir()
        if not path.is_dir():
            raise


def socket_directory(home: Path) -> Path:
    """Return where the server of `home` listens: below the home, or in /tmp if that is too long.

    Always /tmp and never TMPDIR, because every process must arrive at the same answer.
    """
    directory = home / "socket"
    if len(os.fsencode(directory / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return directory
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:24]
    return Path("/tmp") / f"factcheck-{digest}"


def own_directory(path: Path, account: Account) -> None:
    """Make `path` if it is missing, as `account`'s alone. Raises ClusterError if it is not that."""
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, 0o700)
    if account.switch and path.lstat().st_uid == 0:
        # Root's own: made a moment ago, or by a start that was killed here.
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
    if not is_private(path, account):
        raise ClusterError(
            f"{path} is not a directory that belongs to the account {account.name} alone, as"
            " PostgreSQL's must: find out who made it and move it away."
        )


def is_private(path: Path, account: Account) -> bool:
    """Whether `path` is a real directory of `account` that nobody else may enter."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    return (
        stat.S_ISDIR(status.st_mode)
        and status.st_uid == account.uid
        and stat.S_IMODE(status.st_mode) & 0o077 == 0
    )


def open_private(path: Path, flags: int) -> int:
    """Open or make a file readable by its owner alone, owned by whoever owns its directory.

    Follows no symbolic link: root may be working in somebody else's directory.
    """
    descriptor = os.open(path, flags | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor
