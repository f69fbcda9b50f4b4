"""A process that starts a home's server, says "ready", and leaves when its input says so."""

import sys
from pathlib import Path

from factcheck.database.cluster import Cluster

home, binaries = sys.argv[1:]
cluster = Cluster(
    home,
    binaries=Path(binaries) if binaries else None,
    settings={"shared_buffers": "128MB", "fsync": "off"},
)
cluster.start()
print("ready", flush=True)
sys.stdin.readline()
