"""The server process of one home: launching it, asking it, stopping it, clearing up after a crash.

Nothing here knows who uses the server; Cluster holds the locks that keep two callers apart.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict
from urllib.parse import quote

from psycopg import pq
from psycopg.conninfo import make_conninfo

from factcheck.database import processes
from factcheck.database.accounts import cannot_run, server_account, server_environment
from factcheck.database.binaries import Binaries, find_binaries
from factcheck.database.directories import (
    SOCKET_NAME,
    is_private,
    open_private,
    own_directory,
    socket_directory,
)
from factcheck.database.errors import ClusterError
from factcheck.database.home import prepare_home
from factcheck.database.initdb import SUPERUSER, default_settings, make_data_directory

PORT = 5432
POLL = 0.005
STOP_TIMEOUT = 60.0
LARGEST_LOG = 16 * 1024 * 1024
# Another starter may have died between launching a server and seeing it listen.
LAUNCHES = 3


class ConnectionParameters(TypedDict):
    """What psycopg.connect() needs to reach a database of a server."""

    host: str
    port: int
    user: str
    dbname: str


class Server:
    """The PostgreSQL server of `home`, whether it runs or not."""

    def __init__(
        self,
        home: Path,
        *,
        binaries: Path | None,
        settings: Mapping[str, str],
        start_timeout: float,
    ) -> None:
        self.home = home
        self.data = home / "data"
        self.log = home / "postgres.log"
        self.socket = socket_directory(home)
        self._binaries_directory = binaries
        self._settings = dict(settings)
        self._start_timeout = start_timeout
        self._child: _Child | None = None

    @property
    def binaries(self) -> Binaries:
        """The programs that serve this home. Raises ClusterError when there are none."""
        return find_binaries(server_account(self.home), directory=self._binaries_directory)

    @property
    def pid(self) -> int | None:
        """The number of the live postmaster, None when there is none."""
        return processes.postmaster_pid(self.data)

    def connection(self, role: str, database: str) -> ConnectionParameters:
        """Return psycopg's parameters for `role` in `database`."""
        return {"host": str(self.socket), "port": PORT, "user": role, "dbname": database}

    def url(self, role: str, database: str) -> str:
        """Return libpq's URL for `role` in `database`."""
        host = quote(str(self.socket), safe="")
        return f"postgresql://{quote(role)}@/{quote(database)}?host={host}&port={PORT}"

    def ping(self) -> pq.Ping:
        """Ask for a sign of life. A socket that others can enter is not the server's: never asked.

        Otherwise whoever is first in /tmp could be taken for our server.
        """
        if not is_private(self.socket, server_account(self.home)):
            return pq.Ping.NO_RESPONSE
        address = make_conninfo(**self.connection(SUPERUSER, SUPERUSER), connect_timeout=5)
        return pq.Ping(pq.PGconn.ping(address.encode()))

    def ensure_running(self) -> None:
        """Launch the server unless it lives, and wait for it, through a crash recovery if need be.

        Raises ClusterError, with the end of the server's log where that says why.
        """
        deadline = time.monotonic() + self._start_timeout
        launches = 0
        while time.monotonic() < deadline:
            answer = self.ping()
            if answer == pq.Ping.OK:
                return
            if answer == pq.Ping.REJECT or self._is_alive():
                time.sleep(POLL)
                continue
            if launches == LAUNCHES:
                raise ClusterError(
                    f"PostgreSQL does not start in {self.home}; its log ends:\n{self._log_end()}"
                )
            self._launch()
            launches += 1
        raise ClusterError(
            f"PostgreSQL did not answer within {self._start_timeout:.0f} seconds: see {self.log}."
        )

    def stop(self, *, immediately: bool = False) -> None:
        """Stop the server if it runs; raises ClusterError if it has not ended after a minute."""
        pid = self.pid
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT if immediately else signal.SIGINT)
        deadline = time.monotonic() + STOP_TIMEOUT
        while self._is_alive():
            if time.monotonic() > deadline:
                raise ClusterError(
                    f"PostgreSQL (process {pid}) did not stop within {STOP_TIMEOUT:.0f} seconds:"
                    f" see {self.log}."
                )
            time.sleep(POLL)

    def forget_child(self) -> None:
        """In a forked process: the server may be our parent's child, but it is not ours."""
        self._child = None

    def _launch(self) -> None:
        account = server_account(self.home)
        prepare_home(self.home, account)
        binaries = find_binaries(account, directory=self._binaries_directory)
        settings = default_settings() | self._settings
        settings |= {"unix_socket_directories": str(self.socket), "port": str(PORT)}
        if (self.data / "PG_VERSION").exists():
            self._check_version(binaries)
        else:
            durable = settings.get("fsync") != "off"
            make_data_directory(self.home, account=account, binaries=binaries, durable=durable)
        own_directory(self.socket, account)
        self._clear_after_crash()
        program = binaries.program("postgres")
        log = self._open_log()
        try:
            self._child = _Child(
                [program, "-D", self.data, *(f"--{name}={settings[name]}" for name in settings)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=server_environment(),
                umask=0o077,
                start_new_session=True,  # Ctrl-C is for us, not for the server.
                **account.switch,
            )
        except OSError as error:
            raise ClusterError(cannot_run(program, account, error)) from error
        finally:
            os.close(log)

    def _check_version(self, binaries: Binaries) -> None:
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != str(binaries.major):
            raise ClusterError(
                f"{self.data} was made by PostgreSQL {version} and the programs in"
                f" {binaries.directory} are PostgreSQL {binaries.major}: set POSTGRES_BINARIES to"
                f" those of PostgreSQL {version}, or dump with them, set DATABASE_HOME to a new"
                " directory and restore there."
            )

    def _clear_after_crash(self) -> None:
        """Take away what a killed server left, if it would keep the next one from starting.

        PostgreSQL trusts the process number in its lock files, which may be a zombie's or
        somebody else's by now.
        """
        if not processes.HAS_PROC or not (self.data / processes.PID_FILE).exists():
            return
        processes.end_orphans(self.data)
        if self.pid is None:
            for path in (
                self.socket / f"{SOCKET_NAME}.lock",
                self.socket / SOCKET_NAME,
                self.data / processes.PID_FILE,
            ):
                path.unlink(missing_ok=True)

    def _is_alive(self) -> bool:
        if self._child is not None and self._child.poll() is None:
            return True
        return self.pid is not None

    def _open_log(self) -> int:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        return open_private(self.log, os.O_WRONLY | os.O_APPEND)

    def _log_end(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-10:])


class _Child(subprocess.Popen[bytes]):
    """A server that may outlive us: other processes can be using it."""

    def __del__(self) -> None:
        # Popen would warn that its process still runs. Poll once, so that no zombie of ours stays.
        self.poll()
