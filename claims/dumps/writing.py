"""The files of one dump, written in one pass over the ledger as it is at one moment."""

import csv
import hashlib
import io
import os
from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.db.models import Subquery

from claims.dumps.package import PACKAGE, package_of
from claims.dumps.tables import CLAIM_COLUMNS, FIGURE_COLUMNS, cells, claim_row, figure_rows
from factcheck.ledger.canonical import sha256_hex
from factcheck.ledger.choices import TOMBSTONES, SubjectKind
from factcheck.ledger.models import Head, Publication

CHUNK = 500
INDENTED = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE

Row = tuple[int, datetime, str, str, str, str, str]


class File:
    """A file of a dump, counted and hashed while it is written."""

    def __init__(self, path: Path) -> None:
        self.name, self.rows, self.bytes = path.name, 0, 0
        self._file, self._hash = open(path, "xb"), hashlib.sha256()  # noqa: SIM115 -- see `close`

    def add(self, content: bytes, *, rows: int = 1) -> None:
        """Write further."""
        self._file.write(content)
        self._hash.update(content)
        self.bytes += len(content)
        self.rows += rows

    def add_cells(self, row: Iterable[str], *, rows: int = 1) -> None:
        """Write a line of CSV (RFC 4180)."""
        text = io.StringIO(newline="")
        csv.writer(text).writerow(row)
        self.add(text.getvalue().encode(), rows=rows)

    def close(self) -> None:
        """See that it is on the disk, so that nothing names what a power cut could take."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


def write_dump(directory: Path) -> int:
    """Write a dump into the directory, which is empty, and return the place in the ledger at which
    it was taken.

    The same place gives the same bytes: there is no clock in it. Memory does not grow with the
    ledger. Raises ValueError for a record that is not what the log says.
    """
    records, tombstones, claims, figures = files = [
        File(directory / name)
        for name in ("records.jsonl", "tombstones.jsonl", "claims.csv", "figures.csv")
    ]
    claims.add_cells([column.name for column in CLAIM_COLUMNS], rows=0)
    figures.add_cells([column.name for column in FIGURE_COLUMNS], rows=0)
    seq: int = 0
    at: datetime | None = None
    entry: str | None = None
    counts = Counter[str]()
    with closing(newest_records()) as rows:
        for head, head_at, head_entry, subject_kind, kind, sha256, record in rows:
            seq, at, entry = head, head_at, head_entry
            if sha256_hex(record) != sha256:
                raise ValueError(f"A record is not what was logged, whose hash is {sha256}.")
            line = record.encode() + b"\n"
            if kind in TOMBSTONES:
                tombstones.add(line)
                continue
            records.add(line)
            counts[subject_kind] += 1
            if subject_kind == SubjectKind.CLAIM:
                add_claim(claims, figures, orjson.loads(record), sha256=sha256)
    for file in files:
        file.close()
    package = File(directory / PACKAGE)
    told = package_of(files, seq=seq, at=at, entry=entry, counts=counts)
    package.add(orjson.dumps(told, option=INDENTED))
    package.close()
    return seq


def add_claim(claims: File, figures: File, record: dict[str, Any], *, sha256: str) -> None:
    """A row for the claim, and one for each of its figures."""
    site = settings.SITE_URL
    claims.add_cells(cells(claim_row(record, sha256=sha256, site=site), CLAIM_COLUMNS))
    for row in figure_rows(record, site=site):
        figures.add_cells(cells(row, FIGURE_COLUMNS))


def newest_records() -> Generator[Row, None, None]:
    """The newest publication of every subject, by kind and id, each beside the ledger's newest
    place, its time and its entry. Nothing in an empty ledger.

    All of it is one statement, and with that one moment: whatever is published meanwhile is not in
    it. The server keeps the rows and sends them by the chunk.
    """
    head = Head.objects.values
    last = Publication.objects.filter(seq=Subquery(head("seq")))
    rows = (
        Publication.objects.using("public")
        .newest()
        .order_by("subject_kind", "subject_id")
        .values_list(
            Subquery(head("seq")),
            Subquery(head("at")),
            Subquery(last.values("entry")),
            "subject_kind",
            "kind",
            "record_sha256",
            "record",
        )
    )
    # Outside a transaction the server would have to put all of it aside first.
    with transaction.atomic(using="public"):
        yield from rows.iterator(chunk_size=CHUNK)
