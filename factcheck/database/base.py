"""ENGINE = "factcheck.database": Django's PostgreSQL over the embedded server.

The server starts with the first connection and not before, so that `--help` and `check` need none.
"""

from typing import Any

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base

from factcheck.database.client import DatabaseClient
from factcheck.database.cluster import ClusterError
from factcheck.database.embedded import embedded_cluster, start_embedded_cluster


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the embedded server, which it starts if need be."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Add the server's address, once it runs. Raises OperationalError if it cannot run."""
        cluster = embedded_cluster()
        if not cluster.is_attached:
            try:
                cluster.start()
            except ClusterError as error:
                raise OperationalError(str(error)) from error
        address = {"host": str(cluster.socket), "port": cluster.port}
        return {**super().get_connection_params(), **address}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; if that fails, bring server, roles and database back and try once more."""
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            try:
                start_embedded_cluster()
            except ClusterError as error:
                raise OperationalError(str(error)) from error
            return super().get_new_connection(conn_params)
