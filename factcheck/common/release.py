"""Which release of the project is running, so that what was kept of another one is not shown."""

import functools
import hashlib
from pathlib import Path

from django.conf import settings

ROOMS = ("claims", "factcheck", "sources")
# What a page is made of, programs and words.
KINDS = frozenset({".py", ".html", ".css", ".js", ".svg", ".mo", ".json", ".toml", ".sh"})


@functools.cache
def release() -> str:
    """A name for all that pages are made of besides the ledger: the project's own files, the
    versions of what it stands on, and what the settings let pages say.
    """
    digest = hashlib.sha256()
    base = Path(settings.BASE_DIR)
    paths = [path for room in ROOMS for path in (base / room).rglob("*") if path.suffix in KINDS]
    for path in sorted([*paths, base / "requirements.txt"]):
        digest.update(f"{path.relative_to(base)}\0".encode())
        digest.update(path.read_bytes())
    said = (settings.DEMONSTRATION, settings.SITE_URL, settings.PUBLISHER)
    digest.update(repr(said).encode())
    return digest.hexdigest()
