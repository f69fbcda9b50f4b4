"""The command that imports reviews of other organisations."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.importing.spreadsheet import csv_text
from claims.management.commands.import_claims import account
from claims.reviews import Reject, ReviewReport, import_reviews
from factcheck.common.errors import FactcheckError

SHOWN = 50
WIDTH = 30


class Command(BaseCommand):
    """Reads the files, says how far it is, and then what became of their reviews."""

    help = (
        "Import reviews of other fact-checkers (ClaimReview as JSON, JSON lines, DataFeed or "
        "JSON-LD in HTML, and answers of Google's Fact Check Tools) as draft claims, each with the "
        "review cited for it. A file that was imported before changes nothing; what was killed is "
        "finished by running it again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="Files, or directories of files."
        )
        parser.add_argument("--dry-run", action="store_true", help="Check all, write nothing.")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="Publish the drafts as imported, for a newsroom's own archive: the record says "
            "whose verdict it is. Who gives this vouches that what was published there may be "
            "published here. What a person has changed here is left alone.",
        )
        parser.add_argument(
            "--as",
            dest="by",
            metavar="USERNAME",
            help="Who imports; an administrator, to publish. Without it, an account of the "
            "import's own enters the drafts.",
        )
        parser.add_argument("--rejects", type=Path, metavar="FILE", help="Write rejects as CSV.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.began_at = time.monotonic()
        by = account(options["by"]) if options["by"] else None
        try:
            report = import_reviews(
                options["paths"],
                by=by,
                publish=options["publish"],
                dry_run=options["dry_run"],
                progress=self.show_progress if self.stdout.isatty() else None,
            )
        except FactcheckError as error:
            raise CommandError(error.message) from error
        if options["rejects"] and (report.rejected or report.refused):
            write_rejects(report, options["rejects"])
        self.stdout.writelines(f"{line}\n" for line in lines_of(report, publish=options["publish"]))
        if report.rejected or report.refused:
            raise CommandError(
                f"{len(report.rejected)} rejected and {len(report.refused)} not published, each "
                "with its reason above or in the file of rejects. All else is done."
            )

    def show_progress(self, done: float, report: ReviewReport) -> None:
        """One line that is written over: a bar, how much was read, and how fast."""
        bar = ("█" * round(done * WIDTH)).ljust(WIDTH, "░")
        speed = report.read / max(time.monotonic() - self.began_at, 0.001)
        line = f"\r{bar} {done:4.0%}  {report.read:,} read, {speed:,.0f} a second"
        self.stdout.write(line, ending="\n" if done >= 1 else "")
        self.stdout.flush()


def lines_of(report: ReviewReport, *, publish: bool) -> list[str]:
    """The report as a person reads it."""
    numbers = {
        "read": report.read,
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": len(report.rejected),
    }
    lines = [f"{name:10} {number:>9,}" for name, number in numbers.items()]
    if publish:
        verb = "would be published" if report.dry_run else "published"
        lines.append(f"{verb} as imported: {report.published:,}; refused: {len(report.refused):,}")
    lines += [f"Left as it is: {number:,} {reason}." for reason, number in report.kept.items()]
    ties = {"same": "about a claim that is here", "repeats": "repeats a claim that is here"}
    lines += [f"Linked: {report.linked[tie]:,} {words}." for tie, words in ties.items()]
    lines += [f"Note: {number:,} {words}." for words, number in report.notes.items()]
    unmapped = report.unmapped.most_common()
    if unmapped:
        lines.append(f"Labels without a suggested status: {len(unmapped):,}.")
    lines += [
        f"  {number:>7,}  “{label}” ({site}, {language})"
        for (label, site, language), number in unmapped[:SHOWN]
    ]
    lines += more_than_shown(len(unmapped))
    for verb, rejects in (("Rejected", report.rejected), ("Not published", report.refused)):
        lines += [f"{verb}: {line_of(reject)}" for reject in rejects[:SHOWN]]
        lines += more_than_shown(len(rejects))
    if report.dry_run:
        lines.append("Dry run: nothing was written.")
    return lines


def line_of(reject: Reject) -> str:
    """Where it stands, and the reason."""
    return f"{reject.file}, line {reject.line}: {reject.reason}"


def more_than_shown(number: int) -> list[str]:
    """How many more there are than are shown."""
    return [f"  … and {number - SHOWN:,} more."] if number > SHOWN else []


def write_rejects(report: ReviewReport, path: Path) -> None:
    """What was rejected and not published as a CSV file. Raises CommandError."""
    rows = [["file", "line", "what", "reason"]]
    for what, rejects in (("rejected", report.rejected), ("not published", report.refused)):
        rows += [[one.file, str(one.line), what, one.reason] for one in rejects]
    try:
        path.write_text(csv_text(rows), encoding="utf-8", newline="")
    except OSError as error:
        raise CommandError(f"Cannot write {path}: {error.strerror}.") from error
