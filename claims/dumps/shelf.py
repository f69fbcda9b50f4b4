"""The directory in which dumps are kept: each in one named after its place in the ledger.

A dump is there as a whole or not at all, whatever is killed when; `latest` leads to the newest.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from claims.dumps.package import PACKAGE
from claims.dumps.writing import write_dump
from factcheck.ledger.canonical import sha256_hex
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication

LATEST = "latest"
# Of what is being written, and of what is being taken away.
UNFINISHED, GONE = ".new-dump-", ".gone-dump-"


@dataclass(frozen=True)
class File:
    """A file of a dump."""

    name: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class Dump:
    """A dump on the shelf, as its package describes it."""

    directory: Path
    package: dict[str, Any]
    files: list[File]

    @property
    def seq(self) -> int:
        """The place in the ledger at which it was taken."""
        return int(self.package["as_of_seq"])


# Reading


def listed(home: Path) -> list[Dump]:
    """The dumps that may be handed out, the newest first. None of before a redaction: that was an
    order to delete, and holds from the moment at which it was published. And none of another
    ledger, which a directory can have from a database that stood here before.
    """
    dumps = on_the_shelf(home)
    last = last_redaction() if dumps else 0
    return [dump for dump in of_this_ledger(dumps) if dump.seq >= last]


def on_the_shelf(home: Path) -> list[Dump]:
    """The dumps that are there, the newest first."""
    names = os.listdir(home) if home.is_dir() else []
    found = [read(home / name) for name in names if name.isascii() and name.isdecimal()]
    return sorted((dump for dump in found if dump), key=lambda dump: dump.seq, reverse=True)


def of_this_ledger(dumps: list[Dump]) -> list[Dump]:
    """Those whose last entry is the one that the ledger has in that place."""
    places = [dump.seq for dump in dumps if dump.seq]
    rows = Publication.objects.using("public").filter(seq__in=places)
    found = rows.values_list("seq", "entry") if places else []
    entries = {seq: sha256_hex(entry) for seq, entry in found}
    return [dump for dump in dumps if dump.package["as_of_entry"] == entries.get(dump.seq)]


def read(directory: Path) -> Dump | None:
    """The dump in the directory; None where there is none, or it was taken away just now."""
    try:
        text = (directory / PACKAGE).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    package = orjson.loads(text)
    if str(package.get("as_of_seq")) != directory.name:
        return None
    files = [
        File(one["path"], one["bytes"], one["hash"].removeprefix("sha256:"), one["rows"])
        for one in package["resources"]
    ]
    return Dump(directory, package, [*files, File(PACKAGE, len(text), sha256_hex(text))])


def last_redaction() -> int:
    """The place of the newest order to delete, or nought."""
    orders = Publication.objects.using("public").filter(kind=PublicationKind.REDACT)
    return orders.order_by("-seq").values_list("seq", flat=True).first() or 0


# Writing


def export(home: Path, *, keep: int | None = None) -> Dump:
    """Put a dump of the ledger as it is now on the shelf, and take from it those from before a
    redaction, and all but the newest `keep`.
    """
    home.mkdir(parents=True, exist_ok=True)
    with alone(home):
        sweep(home)
        dump, last = add(home), last_redaction()
        while dump.seq < last:  # It was ordered while we wrote.
            dump, last = add(home), last_redaction()
        point_at(home, dump.directory.name)
        take_away(home, last=last, keep=keep)
    return dump


def add(home: Path) -> Dump:
    """Write a dump, and put it in its place as a whole."""
    new = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=home))
    try:
        new.chmod(0o755)  # Whoever serves it may be another account.
        place = home / str(write_dump(new))
        persist(new)
        put(new, place)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    dump = read(place)
    assert dump is not None
    return dump


def put(new: Path, place: Path) -> None:
    """Move a dump to its place, unless it is there already, byte for byte."""
    if place.exists():
        if (new / PACKAGE).read_bytes() == (place / PACKAGE).read_bytes():
            shutil.rmtree(new)
            return
        put_away(place)  # Of an older release, which had other columns.
    new.rename(place)
    persist(place.parent)


def look_after(home: Path, *, keep: int | None = None) -> None:
    """Take away what may not be handed out any more, and see that there is a dump at all."""
    if home.is_dir():
        with alone(home):
            sweep(home)
            take_away(home, last=last_redaction(), keep=keep)
    if not listed(home):
        export(home, keep=keep)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Wait until nobody else writes here. Ends with the process, however that ends."""
    with open(home / ".lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def sweep(home: Path) -> None:
    """Remove what somebody who was killed has left."""
    for name in os.listdir(home):
        if name.startswith((UNFINISHED, GONE)):
            path = home / name
            path.unlink() if path.is_symlink() else shutil.rmtree(path)


def take_away(home: Path, *, last: int, keep: int | None) -> None:
    """Remove the dumps from before the place of the last redaction, and all but `keep` of them."""
    dumps = of_this_ledger(on_the_shelf(home))
    staying = [dump for dump in dumps if dump.seq >= last][:keep]
    going = [dump for dump in dumps if dump not in staying]
    if going and os.path.lexists(home / LATEST) and not staying:
        (home / LATEST).unlink()
    for dump in going:
        put_away(dump.directory)


def put_away(directory: Path) -> None:
    """Remove a dump, at one stroke for those who look for it."""
    gone = directory.with_name(f"{GONE}{directory.name}")
    directory.rename(gone)
    shutil.rmtree(gone)


def point_at(home: Path, name: str) -> None:
    """Lead `latest` to the dump, at one stroke."""
    new = home / f"{UNFINISHED}{LATEST}"
    new.symlink_to(name)
    os.replace(new, home / LATEST)
    persist(home)


def persist(directory: Path) -> None:
    """See that the directory's names are on the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
