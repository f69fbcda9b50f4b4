"""The project's own PostgreSQL server: started by whoever comes first, stopped by whoever is last.

Who uses the server is known by a shared lock on `users.lock`. The kernel drops it when its process
ends, however that ends, so no count ever goes stale. Starting and stopping happen under an
exclusive lock on `start.lock`. The home holds, beside the two:

    data/           PostgreSQL's data directory, the server account's alone
    socket/         the only way in; whoever can enter it is trusted, so nobody else can
    postgres.log    what the server says
"""

import atexit
import contextlib
import fcntl
import functools
import os
import threading
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

from psycopg import pq

from factcheck.database.accounts import server_account
from factcheck.database.binaries import Binaries
from factcheck.database.directories import open_private
from factcheck.database.errors import ClusterError
from factcheck.database.home import default_home, prepare_home
from factcheck.database.server import PORT, ConnectionParameters, Server

__all__ = ["Cluster", "ClusterError", "ConnectionParameters", "default_home", "shared_cluster"]


class Cluster:
    """A PostgreSQL server in a directory of its own, shared by any number of processes.

    `settings` are added to the server's defaults, and count only for the process that launches it.
    `binaries` is a directory of programs to use instead of those that would be found. With
    `stop_when_last` false this process never stops the server.
    """

    port = PORT

    def __init__(
        self,
        home: Path | str,
        *,
        binaries: Path | None = None,
        settings: Mapping[str, str] | None = None,
        stop_when_last: bool = True,
        start_timeout: float = 300.0,
    ) -> None:
        self.home = Path(home).absolute()
        self.stop_when_last = stop_when_last
        self._server = Server(
            self.home, binaries=binaries, settings=settings or {}, start_timeout=start_timeout
        )
        self._users: int | None = None
        self._threads = threading.RLock()
        _CLUSTERS.add(self)

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self._server.data

    @property
    def socket(self) -> Path:
        """The directory of the Unix socket: the host to connect to."""
        return self._server.socket

    @property
    def log(self) -> Path:
        """The server's log."""
        return self._server.log

    @property
    def binaries(self) -> Binaries:
        """The programs that serve this home. Raises ClusterError when there are none."""
        return self._server.binaries

    @property
    def pid(self) -> int | None:
        """The number of the live postmaster, None when there is no server."""
        return self._server.pid

    @property
    def is_attached(self) -> bool:
        """Whether this process has started the server or joined it, and not released it since."""
        return self._users is not None

    def connection(self, role: str, database: str) -> ConnectionParameters:
        """Return psycopg's parameters for `role` in `database`."""
        return self._server.connection(role, database)

    def url(self, role: str, database: str) -> str:
        """Return libpq's URL for `role` in `database`."""
        return self._server.url(role, database)

    def start(self) -> Self:
        """Return once the server answers, having made and launched whatever was missing.

        Any number of processes and threads may call it at once, and again after a crash; when the
        server runs it costs one question. Raises ClusterError, naming the cure.
        """
        with self._threads:
            joining = self._users is None
            if joining:
                self._users = self._join()
            try:
                # Nobody stops a server while we hold the users' lock: no need to queue.
                if self._server.ping() != pq.Ping.OK:
                    with self._starting():
                        self._server.ensure_running()
            except BaseException:
                if joining:
                    self._leave()
                raise
            if joining:
                atexit.register(self.release)
        return self

    def release(self) -> None:
        """Stop using the server, and stop it if nobody else does. Done at exit in any case."""
        with self._threads:
            if self._users is None:
                return
            atexit.unregister(self.release)
            try:
                if self.stop_when_last and self.home.exists():
                    with self._starting():
                        fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        self._server.stop()
            except BlockingIOError:
                pass  # Somebody else still uses it.
            finally:
                self._leave()

    def stop(self, *, immediately: bool = False) -> None:
        """Stop the server, whoever uses it. `immediately` leaves recovery to the next start.

        Raises ClusterError if it does not end within a minute.
        """
        with self._threads:
            if self.home.exists():
                with self._starting():
                    self._server.stop(immediately=immediately)

    def _join(self) -> int:
        if not (self.home / "users.lock").exists():
            prepare_home(self.home, server_account(self.home))
        return self._lock("users.lock", fcntl.LOCK_SH)

    def _leave(self) -> None:
        if self._users is not None:
            os.close(self._users)
            self._users = None

    @contextlib.contextmanager
    def _starting(self) -> Iterator[None]:
        descriptor = self._lock("start.lock", fcntl.LOCK_EX)
        try:
            yield
        finally:
            os.close(descriptor)

    def _lock(self, name: str, how: int) -> int:
        try:
            descriptor = open_private(self.home / name, os.O_RDWR)
        except PermissionError as error:
            raise ClusterError(
                f"{self.home} belongs to another account: use that one, or set DATABASE_HOME to a"
                " directory of your own."
            ) from error
        try:
            fcntl.flock(descriptor, how)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _forget_parent(self) -> None:
        """Start afresh in a forked child: the lock it inherited is its parent's."""
        self._threads = threading.RLock()
        self._server.forget_child()
        self._leave()


_CLUSTERS: "weakref.WeakSet[Cluster]" = weakref.WeakSet()


@functools.cache
def shared_cluster(home: Path) -> Cluster:
    """Return this process's one Cluster for `home`."""
    return Cluster(home)


def _forget_parents() -> None:
    for cluster in list(_CLUSTERS):
        cluster._forget_parent()


os.register_at_fork(after_in_child=_forget_parents)
