"""The worker as a child process beside something else."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

# The job in hand is a publication: a second or two.
PATIENCE = 10


@contextmanager
def worker_beside(*, say: Callable[[str], None]) -> Iterator[subprocess.Popen[bytes]]:
    """Run `manage.py worker` for as long as the block runs. `say` is told if it ends before.

    A signal from the terminal does not reach it: it ends when the block does, or when this process
    is gone.
    """
    process = subprocess.Popen(
        [
            sys.executable,
            settings.BASE_DIR / "manage.py",
            "worker",
            f"--parent={os.getpid()}",
            "--verbosity=0",
        ],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    ending = threading.Event()

    def watch() -> None:
        status = process.wait()
        if not ending.is_set():
            say(
                f"The worker has ended (status {status}): nothing is published at its time until "
                "quickstart is started again. The site goes on."
            )

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield process
    finally:
        ending.set()
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
