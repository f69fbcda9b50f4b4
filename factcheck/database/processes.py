"""Which processes run a server's data directory, and ending those that have lost their postmaster.

A process number alone proves nothing. A killed postmaster stays as a zombie for ever where process
1 does not reap (most containers), and after a restart its number may be anybody's. So on Linux a
server is a process that runs a program named postgres inside the data directory.
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from factcheck.database.errors import ClusterError

HAS_PROC = sys.platform.startswith("linux")
PID_FILE = "postmaster.pid"

# Backends notice within milliseconds that their postmaster is gone, unless they are computing.
ORPHANS_LEAVE_BY_THEMSELVES = 0.5
ORPHANS_MUST_BE_GONE = 20.0


def postmaster_pid(data: Path) -> int | None:
    """Return the number of the live postmaster of `data`, None if there is none."""
    try:
        pid = abs(int((data / PID_FILE).read_text().split()[0]))
    except (FileNotFoundError, ValueError, IndexError):
        return None
    return pid if serves(pid, data) else None


def end_orphans(data: Path) -> None:
    """Wait for the backends that a dead postmaster left in `data`, and kill those that stay.

    Nothing committed can be lost by it: recovery reads the log. Leaves everything alone if a
    postmaster turns out to be alive. Raises ClusterError if some do not go.
    """
    if not HAS_PROC:
        return
    started = time.monotonic()
    while orphans := list(servers_of(data)):
        waited = time.monotonic() - started
        if postmaster_pid(data) is not None:
            return
        if waited > ORPHANS_MUST_BE_GONE:
            raise ClusterError(
                f"Processes {', '.join(map(str, orphans))} of a dead server still hold {data}: end"
                " them and try again."
            )
        if waited > ORPHANS_LEAVE_BY_THEMSELVES:
            for pid in orphans:
                _kill(pid)
        time.sleep(0.01)


def servers_of(data: Path) -> Iterator[int]:
    """Yield the numbers of all processes of the server of `data`, orphans included."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and serves(int(entry.name), data):
            yield int(entry.name)


def serves(pid: int, data: Path) -> bool:
    """Whether process `pid` is alive and belongs to the server of `data`."""
    if not HAS_PROC:
        try:
            os.kill(pid, 0)
        except OSError:
            return False
        return True
    try:
        # A zombie has neither a program nor a directory.
        program = os.readlink(f"/proc/{pid}/exe")
        return os.path.basename(program).startswith("postgres") and os.path.samefile(
            f"/proc/{pid}/cwd", data
        )
    except OSError:
        return False


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
