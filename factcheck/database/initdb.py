"""Making a data directory, and what the server is started with."""

import os
import shutil
import tempfile
from pathlib import Path

from factcheck.database.accounts import Account
from factcheck.database.binaries import Binaries
from factcheck.database.errors import ClusterError

SUPERUSER = "postgres"
PARTIAL = "data.new-"
MEGABYTE = 1024 * 1024


def default_settings() -> dict[str, str]:
    """Return the server's settings where nobody asks for others."""
    return {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{shared_buffers(_memory())}MB",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "random_page_cost": "1.1",
        "jit": "off",
        "shared_preload_libraries": "pg_stat_statements",
        "log_min_duration_statement": "500ms",
        "log_line_prefix": "%m [%p] %u@%d ",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }


def shared_buffers(memory: int) -> int:
    """Return the megabytes of cache for a machine with `memory` bytes: a quarter, at most 2 GB."""
    return max(16, min(memory // 4, 2048 * MEGABYTE) // MEGABYTE)


def make_data_directory(
    home: Path, *, account: Account, binaries: Binaries, durable: bool = True
) -> None:
    """Make `home`/data, whole or not at all.

    PostgreSQL prepares it under another name, which is given up only when everything is on disk:
    a start that is killed half-way leaves nothing that could be taken for a database. `durable`
    false skips that care. Raises ClusterError with initdb's own words.
    """
    data = home / "data"
    if data.exists() and any(data.iterdir()):
        raise ClusterError(
            f"{data} is not empty and no data directory of PostgreSQL: move it away, or set"
            " DATABASE_HOME to another directory."
        )
    partial = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=home))
    if account.switch:
        os.chown(partial, account.uid, account.gid)
    outcome = account.run([
        binaries.program("initdb"),
        f"--pgdata={partial}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        *_locale_options(binaries.major),
        "--auth-local=trust",  # The socket's directory is the lock on this door.
        "--auth-host=reject",
        "--data-checksums",
        "--no-instructions",
        *([] if durable else ["--no-sync"]),
    ])  # fmt: skip
    if outcome.returncode != 0:
        shutil.rmtree(partial, ignore_errors=True)
        raise ClusterError(f"PostgreSQL could not make {data}: {outcome.stderr.strip()}")
    partial.rename(data)
    if durable:
        _sync_directory(home)
    for leftover in home.glob(f"{PARTIAL}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _locale_options(major: int) -> list[str]:
    """Return the locale: letters of every script, sorting by code point, the same everywhere.

    Without LC_CTYPE the builtin provider lowers Cyrillic but finds no trigrams in it.
    """
    if major < 17:
        return ["--locale=C.UTF-8"]
    return [
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--lc-ctype=C.UTF-8",
    ]


def _memory() -> int:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
    except OSError:
        return memory
    return min(memory, int(limit)) if limit.isdigit() else memory


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
