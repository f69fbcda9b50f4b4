"""Where the embedded server lives."""

import hashlib
import os
import re
from pathlib import Path

from factcheck.database.accounts import Account, server_account
from factcheck.database.binaries import locate_binaries, major_version
from factcheck.database.directories import SHELTER, make_directory
from factcheck.database.errors import ClusterError

NETWORK_FILESYSTEM = re.compile(
    r"afs|beegfs|ceph|cifs|coda|davfs|gfs2|glusterfs|gpfs|lustre|ncpfs|nfs4?|ocfs2|orangefs|panfs"
    r"|pvfs2|smb2|smb3|smbfs"
    r"|fuse\.(ceph|ceph-fuse|cephfs|davfs2|gcsfuse|glusterfs|goofys|grpcfuse|juicefs|rclone|s3fs"
    r"|smbnetfs|sshfs)"
)


def default_home(base_dir: Path, *, shelter: Path = SHELTER) -> Path:
    """Return where the embedded server of the project at `base_dir` lives. Creates nothing.

    DATABASE_HOME if it is set, else var/pg<major> below the project. As root, if the server's
    account cannot get there, a directory below `shelter` that is named after the project's path.
    Never raises for want of binaries: settings ask, and most commands need no server.
    """
    chosen = os.environ.get("DATABASE_HOME")
    if chosen:
        return Path(chosen).absolute()
    try:
        name = f"pg{major_version(locate_binaries())}"
    except ClusterError:
        name = "pg"  # Nothing is ever made there: starting a server raises this very error.
    base_dir = base_dir.absolute()
    home = base_dir / "var" / name
    # Data that is already there is never passed over in silence for an empty database elsewhere.
    if os.geteuid() != 0 or (home / "data").exists():
        return home
    if server_account(home).can_reach(_nearest_existing(home)):
        return home
    digest = hashlib.sha256(os.fsencode(base_dir)).hexdigest()[:12]
    return shelter / f"{base_dir.name}-{digest}" / name


def prepare_home(home: Path, account: Account) -> None:
    """Make `home` and what is missing above it, so that `account` can enter.

    Raises ClusterError on a network file system, and when the home cannot be made or entered.
    """
    mounts = Path("/proc/mounts")
    if mounts.exists():
        filesystem = network_filesystem(home, mounts.read_text(errors="surrogateescape"))
        if filesystem:
            raise ClusterError(
                f"{home} is on a network file system ({filesystem}), where a database's locks and"
                " writes cannot be relied on: set DATABASE_HOME to a local directory, or set"
                " DATABASE_URL."
            )
    try:
        make_directory(home, mode=0o711 if account.switch else 0o700)
    except OSError as error:
        raise ClusterError(
            f"{home} cannot be made ({error.strerror}): set DATABASE_HOME to a directory that can"
            " be written to, or set DATABASE_URL."
        ) from error
    if not account.can_reach(home):
        raise ClusterError(
            f"The account {account.name}, which runs PostgreSQL, cannot enter {home}: set"
            " DATABASE_HOME to a directory that it can reach, or set DATABASE_URL."
        )


def network_filesystem(path: Path, mounts: str) -> str | None:
    """Return the type of the network file system that holds `path`, None if it is a local one.

    `mounts` is the text of /proc/mounts; `path` need not exist yet.
    """
    path = Path(os.path.realpath(path))
    holder, kind = Path("/"), ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mounted_at = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[1]))
        # A later line hides an earlier one at the same place, hence "at least as deep".
        if path.is_relative_to(mounted_at) and len(mounted_at.parts) >= len(holder.parts):
            holder, kind = mounted_at, fields[2]
    return kind if NETWORK_FILESYSTEM.fullmatch(kind) else None


def _nearest_existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
