"""The one embedded server of this project, as its settings describe it."""

import psycopg
from django.conf import settings

from factcheck.database.cluster import Cluster, shared_cluster
from factcheck.database.initdb import SUPERUSER
from factcheck.database.roles import prepare_cluster


def embedded_cluster() -> Cluster:
    """Return this process's Cluster in settings.DATABASE_HOME. Starts nothing."""
    return shared_cluster(settings.DATABASE_HOME)


def start_embedded_cluster() -> Cluster:
    """Start the embedded server, or find it running, and see that roles and database are there.

    Raises ClusterError, naming the cure.
    """
    cluster = embedded_cluster().start()
    address = cluster.connection(SUPERUSER, SUPERUSER)
    with psycopg.connect(**address, autocommit=True) as superuser:
        prepare_cluster(superuser)
    return cluster
