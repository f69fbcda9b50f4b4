"""The throw-away server of a test run: there for Django, and gone afterwards."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck.database.cluster import Cluster
from tests.database.conftest import PROJECT, wait_until

SUITE = """
import os, time
from pathlib import Path
import psycopg

def test_it():
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        Path("writing").write_text(f"{connection.info.user} {connection.info.host}")
    Path("writing").rename("seen")
    time.sleep(float(os.environ["SECONDS"]))
"""


def start_pytest(place: Path, *, seconds: float = 0, **environment: str) -> subprocess.Popen[str]:
    """Run a suite of one test, which writes down its role and its server's socket directory."""
    (place / "test_it.py").write_text(SUITE)
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_", "PYTEST_", "DJANGO_"))
    }
    options = f"-c {os.devnull} --rootdir . -p no:cacheprovider -p tests.cluster"
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *options.split(), "test_it.py"],
        cwd=place,
        # Plugins that happen to be installed have no part in it, and take their time to load.
        env=inherited
        | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        | {"PYTHONPATH": str(PROJECT), "SECONDS": str(seconds)}
        | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Who is started by a shell in the background ignores Ctrl-C, and so do its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


@pytest.mark.parametrize(
    ("how", "status"), [(None, 0), (signal.SIGINT, 2), (signal.SIGTERM, 2)], ids=str
)
def test_the_server_of_a_run_goes_with_it(
    place: Path, how: signal.Signals | None, status: int
) -> None:
    with start_pytest(place, seconds=60 if how else 0) as run:
        wait_until(lambda: (place / "seen").exists() or run.poll() is not None)
        if how:
            run.send_signal(how)
        output = run.communicate(timeout=60)[0]

    assert run.returncode == status, output
    role, socket = (place / "seen").read_text().split()
    home = Path(socket).parent
    assert role == "factcheck_owner"
    assert Cluster(home).pid is None
    assert not home.parent.exists()


def test_an_address_that_is_given_is_used_and_its_server_left_alone(
    place: Path, cluster: Cluster
) -> None:
    given = cluster.url("factcheck_app", "factcheck")

    with start_pytest(place, DATABASE_URL=given) as run:
        output = run.communicate(timeout=60)[0]

    assert run.returncode == 0, output
    assert (place / "seen").read_text() == f"factcheck_app {cluster.socket}"
    assert cluster.pid is not None
