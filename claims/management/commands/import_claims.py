"""The command that imports a file of claims."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from claims.importing import ImportReport, import_file
from claims.importing.spreadsheet import rejects_csv
from factcheck.common.errors import FactcheckError

SHOWN = 50


class Command(BaseCommand):
    """Reads the file, says how far it is, and then what became of its rows."""

    help = "Import claims and what they rest on from a JSONL or CSV file, all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="A file whose name ends in .jsonl or .csv.")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="Who imports.")
        parser.add_argument("--review-by", metavar="USERNAME", help="Who approves; somebody else.")
        parser.add_argument("--publish-by", metavar="USERNAME", help="Who publishes; an editor.")
        parser.add_argument("--collection", default="", help="The name of a CSV file's rows.")
        parser.add_argument("--dry-run", action="store_true", help="Check all, write nothing.")
        parser.add_argument("--rejects", type=Path, metavar="FILE", help="Write rejects as CSV.")

    def handle(self, *args: Any, **options: Any) -> None:
        review_by, publish_by = options["review_by"], options["publish_by"]
        try:
            report = import_file(
                options["file"],
                by=account(options["by"]),
                review_by=account(review_by) if review_by else None,
                publish_by=account(publish_by) if publish_by else None,
                dry_run=options["dry_run"],
                collection=options["collection"],
                progress=self.show_progress if self.stdout.isatty() else None,
            )
        except FactcheckError as error:
            raise CommandError(error.message) from error
        if options["rejects"] and report.rejected:
            write_rejects(report, options["rejects"])
        self.stdout.writelines(f"{line}\n" for line in lines_of(report))
        if report.rejected:
            raise CommandError(
                f"Nothing was written: {len(report.rejected)} problems, "
                "each with row, column and reason above."
            )

    def show_progress(self, done: int, every: int) -> None:
        """One line that is written over."""
        self.stdout.write(f"\rRow {done} of {every}", ending="\n" if done == every else "")
        self.stdout.flush()


def account(username: str) -> User:
    """The account of this name. Raises CommandError where there is none."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise CommandError(f"There is no account “{username}”.")
    return user


def lines_of(report: ImportReport) -> list[str]:
    """The report as a person reads it."""
    lines = [f"Collection {report.collection}: {report.provenance or 'no provenance given'}"]
    if report.kinds:
        lines.append(f"{'':10} {'new':>6} {'changed':>8} {'same':>6} {'kept':>6}")
    for kind in report.kinds:
        kept = sum(row.kind == kind for row in report.kept)
        lines.append(
            f"{kind:10} {report.created[kind]:>6} {report.updated[kind]:>8} "
            f"{report.unchanged[kind]:>6} {kept:>6}"
        )
    lines += [f"Kept as it is: {row.kind} {row.key}. {row.reason}" for row in report.kept]
    for reject in report.rejected[:SHOWN]:
        column = f", {reject.column}" if reject.column else ""
        lines.append(f"Row {reject.row}{column}: {reject.reason}")
    if len(report.rejected) > SHOWN:
        lines.append(f"… and {len(report.rejected) - SHOWN} more; --rejects FILE writes them all.")
    if report.dry_run:
        lines.append("Dry run: nothing was written.")
    return lines


def write_rejects(report: ImportReport, path: Path) -> None:
    """The rejects as a CSV file, safe in a spreadsheet. Raises CommandError."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(rejects_csv(report.rejected))
    except OSError as error:
        raise CommandError(f"Cannot write {path}: {error.strerror}.") from error
