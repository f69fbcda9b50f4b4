"""What goes wrong before there is a server to talk to."""


class ClusterError(Exception):
    """The embedded PostgreSQL cannot be found, made, started or stopped; says what to do."""
