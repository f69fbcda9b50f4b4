"""`dbshell` for the embedded server."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import client

from factcheck.database.embedded import start_embedded_cluster


class DatabaseClient(client.DatabaseClient):
    """Runs the psql that belongs to the server, which need not be the one on the PATH."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        """Start the server and return the command line and environment of its psql."""
        cluster = start_embedded_cluster()
        address = {"HOST": str(cluster.socket), "PORT": cluster.port}
        arguments, environment = super().settings_to_cmd_args_env(
            {**settings_dict, **address}, parameters
        )
        return [str(cluster.binaries.program("psql")), *arguments[1:]], environment
