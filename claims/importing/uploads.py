"""Import files that are brought to the desk: kept, read in a dry run, then imported."""

import contextlib
import hashlib
import io
import lzma
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib.auth.models import User
from django.db import connections, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from claims.desk_choices import RunState
from claims.importing.reading import JSONL_SUFFIXES, MAX_FILE
from claims.importing.report import ImportReport
from claims.importing.run import Progress, import_file
from claims.models import ImportRun, Upload
from factcheck.common.errors import Conflict, FactcheckError, InvalidInput
from factcheck.common.text import clean_line

SUFFIXES = (*JSONL_SUFFIXES, ".csv", ".zip")
MAX_FILES_IN_ZIP = 2_000
SECONDS_BETWEEN_COUNTS = 0.5
# What the library raises where an archive is damaged, or made as it cannot read: a name that is not
# in the encoding it is said to be in is a ValueError, damaged bytes are what their unpacker says.
NOT_AN_ARCHIVE = (
    zipfile.BadZipFile,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
)
# The job that carries out what waits, by its name: claims.tasks, which has it, imports this module.
CARRY_OUT = "claims.carry_out_imports"


def keep_upload(*, name: str, content: bytes, by: User) -> ImportRun:
    """Keep a file that was brought, and ask for its dry run. Raises InvalidInput."""
    name = clean_line(name, name="file", max_length=200)
    if Path(name).suffix.lower() not in SUFFIXES:
        raise InvalidInput.at("file", "Bring a file whose name ends in .jsonl, .csv or .zip.")
    if len(content) > MAX_FILE:
        raise InvalidInput.at("file", f"The file has more than {MAX_FILE:,} bytes: divide it.")
    if not content:
        raise InvalidInput.at("file", "The file is empty.")
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        upload = Upload.objects.create(name=name, content=content, sha256=sha256, created_by=by)
        run = ImportRun.objects.create(upload=upload, dry_run=True, created_by=by)
        wake_worker()
    return run


def ask_for_import(upload: Upload, *, leave_out_rejected: bool, by: User) -> ImportRun:
    """Ask for the import of a file whose dry run is done. Raises Conflict where it is not, or where
    the file is imported, or about to be.
    """
    with transaction.atomic():
        Upload.objects.select_for_update().only("pk").get(pk=upload.pk)
        runs = upload.runs.all()
        if not runs.filter(dry_run=True, state=RunState.DONE).exists():
            raise Conflict("Wait for the dry run: it says what would become of each row.")
        if runs.filter(dry_run=False).exclude(state=RunState.FAILED).exists():
            raise Conflict("This file is being imported, or has been.")
        run = ImportRun.objects.create(
            upload=upload, dry_run=False, leave_out_rejected=leave_out_rejected, created_by=by
        )
        wake_worker()
    return run


def wake_worker() -> None:
    """Have the worker look at what waits now, not only at the next minute."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(CARRY_OUT).defer(timestamp=int(time.time()))


def carry_out_waiting() -> list[ImportRun]:
    """Carry out every run that waits or was broken off, the oldest first."""
    waiting = ImportRun.objects.to_carry_out().order_by("pk").values_list("pk", flat=True)
    return [carry_out(ImportRun.objects.get(pk=pk)) for pk in list(waiting)]


def carry_out(run: ImportRun) -> ImportRun:
    """Read the file as the person who asked for it, and note what came of it.

    Does nothing for a run that somebody else carries out, or has. What the import refuses is in the
    report; a file that cannot be read at all makes the run fail, with the reason.
    """
    mine = ImportRun.objects.to_carry_out().filter(pk=run.pk)
    if not mine.update(state=RunState.RUNNING, seen_at=timezone.now()):
        run.refresh_from_db()
        return run
    try:
        with files_of(run.upload) as path, counting(run) as progress:
            report = import_file(
                path,
                by=run.created_by,
                dry_run=run.dry_run,
                leave_out_rejected=run.leave_out_rejected,
                collection=Path(run.upload.name).stem,
                progress=progress,
            )
    except FactcheckError as error:
        return ended(run, RunState.FAILED, failure=error.message)
    except Exception:  # Raised again, for the job to fail as well; the run must not seem to go on.
        ended(run, RunState.FAILED, failure="It broke off: try again, and tell whoever runs this.")
        raise
    if report.rejected and not run.dry_run:
        failure = "Rows were refused, so nothing was written."
        return ended(run, RunState.FAILED, report=report_data(report), failure=failure)
    return ended(run, RunState.DONE, report=report_data(report))


def ended(
    run: ImportRun, state: RunState, *, report: dict[str, Any] | None = None, failure: str = ""
) -> ImportRun:
    """The run, with what came of it noted."""
    run.refresh_from_db()
    run.state, run.report, run.failure = state, report or {}, failure
    run.ended_at = timezone.now()
    run.save()
    return run


def report_data(report: ImportReport) -> dict[str, Any]:
    """The report as JSON has it: the counts by kind, and the rows that were kept or refused."""
    return {
        "collection": report.collection,
        "provenance": report.provenance,
        "kinds": [
            {
                "kind": kind,
                "created": report.created[kind],
                "updated": report.updated[kind],
                "unchanged": report.unchanged[kind],
                "kept": sum(row.kind == kind for row in report.kept),
            }
            for kind in report.kinds
        ],
        "kept": [asdict(row) for row in report.kept],
        "rejected": [asdict(row) for row in [*report.rejected, *report.left_out]],
    }


@contextmanager
def counting(run: ImportRun) -> Iterator[Progress]:
    """A progress function that others can see the counts of.

    The import is one transaction, so what it writes shows only at its end: the counts go through a
    connection of their own.
    """
    side = connections.create_connection("default")
    counted_at = 0.0

    def count(done: int, every: int) -> None:
        nonlocal counted_at
        if done < every and time.monotonic() - counted_at < SECONDS_BETWEEN_COUNTS:
            return
        counted_at = time.monotonic()
        with side.cursor() as cursor:
            cursor.execute(
                "UPDATE claims_importrun SET done = %s, every = %s, seen_at = clock_timestamp()"
                " WHERE id = %s",
                [done, every, run.pk],
            )

    try:
        yield count
    finally:
        side.close()


# Files


@contextmanager
def files_of(upload: Upload) -> Iterator[Path]:
    """The import file, with those that it names beside it, in a directory of its own."""
    with TemporaryDirectory(prefix="factcheck-import-") as directory:
        content = bytes(upload.content)
        if not upload.name.lower().endswith(".zip"):
            path = Path(directory) / f"import{Path(upload.name).suffix.lower()}"
            path.write_bytes(content)
            yield path
            return
        unpack(content, Path(directory))
        yield import_file_in(Path(directory))


def unpack(content: bytes, directory: Path) -> None:
    """The files of a ZIP archive; no more than an import may be long, whatever it says of itself.

    Raises InvalidInput for what is no such archive, too much, or would lie elsewhere.
    """
    left = MAX_FILE
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MAX_FILES_IN_ZIP:
                raise InvalidInput(f"The archive has more than {MAX_FILES_IN_ZIP:,} files.")
            for member in members:
                target = directory / safe_path(member.filename)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(member) as source:
                    # One byte more than is allowed: the sizes in the archive are only its word.
                    unpacked = source.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    raise InvalidInput(f"Unpacked, it has more than {MAX_FILE:,} bytes: divide it.")
                target.write_bytes(unpacked)
    except NOT_AN_ARCHIVE as error:
        raise InvalidInput(
            "This is not a ZIP archive that can be read: make it anew, without a password."
        ) from error


def safe_path(name: str) -> PurePosixPath:
    """The member's path, if it stays below the directory. Raises InvalidInput."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name or "\\" in name or not path.parts:
        raise InvalidInput("The archive names a file that lies outside of it.")
    return path


def import_file_in(directory: Path) -> Path:
    """The one import file of an unpacked archive. Raises InvalidInput."""
    found = [
        path
        for path in sorted(directory.rglob("*"))
        if path.suffix.lower() in (*JSONL_SUFFIXES, ".csv") and "__MACOSX" not in path.parts
    ]
    if len(found) != 1:
        raise InvalidInput(
            "Put one .jsonl or .csv file into the archive, and beside it the files it names."
        )
    return found[0]
