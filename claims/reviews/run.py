"""One import of reviews: read, written batch by batch, and published where that is asked for."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import islice
from pathlib import Path

from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, InternalError, connection, transaction

from claims.archive_workflow import check_may_publish, publish_archive
from claims.models import Claim
from claims.reviews.files import Found, read_paths
from claims.reviews.known import Known
from claims.reviews.labels import suggested_status
from claims.reviews.report import Reject, ReviewReport
from claims.reviews.review import Review
from claims.reviews.writing import Written, write_batch
from factcheck.common.errors import Conflict, NotAllowed
from factcheck.common.roles import roles_of

Progress = Callable[[float, ReviewReport], None]

BATCH = 500
LOCK = "import of reviews"
IMPORTER = "review-import"
OTHERWISE = "The same review of the same claim stands at {place}, and says something else."


def import_reviews(
    paths: Iterable[Path],
    *,
    by: User | None = None,
    publish: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ReviewReport:
    """Import all reviews of the files as draft claims, each with the review as a document that is
    cited for it, in transactions of at most `BATCH` reviews: what is killed can be run again.

    With `publish`, drafts that no person has touched go out by the step `publish_imported`, taken
    by `by`. Without a person, drafts are entered by an account of the import's own. A dry run does
    all but publishing in one transaction, and takes it back.

    Raises InvalidInput for a path that is none, NotAllowed for a person who may not, Conflict while
    another import is running.
    """
    by = check_person(by, publish=publish)
    report = ReviewReport(dry_run=dry_run)
    with alone(), transaction.atomic() if dry_run else nullcontext():
        run = Run(report, by=by, publish=publish)
        found = read_paths(paths)
        for batch in batches(found, run):
            run.write(batch)
            if progress is not None:
                progress(run.done, report)
        if dry_run:
            transaction.set_rollback(True)
    return report


def check_person(by: User | None, *, publish: bool) -> User:
    """Who enters it. Raises NotAllowed for who may not import, or not publish."""
    if publish:
        if by is None:
            raise NotAllowed("Say as whom to publish: an administrator's account.")
        check_may_publish(by)
    if by is None:
        by, is_new = User.objects.get_or_create(
            username=IMPORTER, defaults={"is_active": False, "first_name": "Import of reviews"}
        )
        if is_new:
            by.set_unusable_password()
            by.save()
        return by
    if not roles_of(by):
        raise NotAllowed(f"{by.get_username()} has no role: give the account one first.")
    return by


@contextmanager
def alone() -> Iterator[None]:
    """Let no second import run meanwhile. Raises Conflict where one does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [LOCK])
        if not cursor.fetchone()[0]:
            raise Conflict("Another import of reviews is running: wait until it has ended.")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [LOCK])


def batches(found: Iterator[Found | Reject], run: "Run") -> Iterator[list[Found]]:
    """So many reviews at a time, each key once in the whole import."""
    while True:
        read = list(islice(found, BATCH))
        run.report.rejected += [one for one in read if isinstance(one, Reject)]
        if not read:
            return
        yield [one for one in read if isinstance(one, Found) and run.is_new(one)]


class Run:
    """An import while it is running."""

    def __init__(self, report: ReviewReport, *, by: User, publish: bool) -> None:
        self.report, self.by, self.publish = report, by, publish
        self.known = Known()
        self.done = 0.0
        self.seen: dict[str, tuple[str, str]] = {}

    def is_new(self, one: Found) -> bool:
        """Whether the review was not read before in this import; if it was, it is counted."""
        self.done = one.done
        key, sha256 = one.review.key, one.review.sha256
        if key not in self.seen:
            self.seen[key] = (sha256, f"{one.file}, line {one.line}")
            self.note(one.review)
            return True
        before, place = self.seen[key]
        if before == sha256:
            self.report.unchanged += 1
            self.report.kept["twice in these files"] += 1
        else:
            self.report.rejected.append(Reject(one.file, one.line, OTHERWISE.format(place=place)))
        return False

    def note(self, review: Review) -> None:
        """Count labels that the table does not know, and days that could not be read."""
        if review.label and not suggested_status(
            review.label, site=review.site, language=review.language
        ):
            self.report.unmapped[review.label, review.site, review.language] += 1
        if not review.label:
            self.report.notes["without a label in words"] += 1
        for bounds, what in ((review.said, "claim"), (review.published, "review")):
            if bounds.as_printed and bounds.not_before is None and bounds.not_after is None:
                self.report.notes[f"with a day of the {what} that could not be read"] += 1

    def write(self, batch: list[Found]) -> None:
        """Write the batch and publish what is ready; what the database refuses is found by halves,
        so that it keeps nothing else back.
        """
        if not batch:
            return
        try:
            written = write_batch(batch, self.known, by=self.by, publish=self.publish)
        except (IntegrityError, DataError, InternalError) as error:
            if len(batch) > 1:
                half = len(batch) // 2
                self.write(batch[:half])
                self.write(batch[half:])
                return
            [one] = batch
            self.report.rejected.append(Reject(one.file, one.line, reason_of(error)))
            return
        self.count(written)
        if written.ready:
            self.send_out(written.ready)

    def count(self, written: Written) -> None:
        """Add up what became of a batch."""
        self.report.created += written.created
        self.report.updated += written.updated
        self.report.unchanged += written.unchanged
        self.report.kept.update(written.kept)
        self.report.linked.update(written.linked)

    def send_out(self, ready: dict[int, Found]) -> None:
        """Publish as imported; what is refused stays a draft, and says why."""
        claims = Claim.objects.filter(pk__in=ready).order_by("pk")
        outcome = publish_archive(claims, by=self.by, dry_run=self.report.dry_run)
        self.report.published += len(outcome.published)
        self.report.refused += [
            Reject(ready[pk].file, ready[pk].line, reason)
            for pk, reason in sorted(outcome.refused.items())
        ]


def reason_of(error: Exception) -> str:
    """PostgreSQL's own sentence."""
    diagnosis = getattr(error.__cause__, "diag", None)
    message = getattr(diagnosis, "message_primary", None)
    return f"The database refuses it: {message or 'no reason given'}."
