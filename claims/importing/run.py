"""One import: in one transaction, row by row, then through the workflow."""

from collections.abc import Callable
from pathlib import Path

from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.importing.claim_kinds import STEPS_TO
from claims.importing.lookup import ExistingLookup, Lookup, Refused
from claims.importing.reading import Reading, in_csv, read_file
from claims.importing.report import ImportReport, Kept, Problem, Reject
from claims.importing.things import Thing
from claims.importing.writing import Writer, step_reasons
from claims.kinds import KINDS
from claims.models import Claim, Event, ImportedRow
from claims.workflow import public_state_of, take
from factcheck.common.errors import FactcheckError, NotAllowed
from factcheck.common.roles import roles_of
from factcheck.ledger.choices import PublicState
from factcheck.ledger.history import acting
from factcheck.ledger.subjects import Subject
from sources.models import Capture
from sources.publishing import lock

Progress = Callable[[int, int], None]


def import_file(
    path: Path | str,
    *,
    by: User,
    dry_run: bool = False,
    review_by: User | None = None,
    publish_by: User | None = None,
    collection: str = "",
    leave_out_rejected: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import a file in one transaction; with a single rejected row, nothing of it is written.

    With `leave_out_rejected` the rest is written without those rows, which `left_out` then lists:
    they, and every row that refers to one of them.

    Rows that ask to be advanced are submitted by `by`, approved by `review_by` and published by
    `publish_by`, through the workflow. A dry run does all of it and takes it back. `collection`
    names a CSV file's rows, by default after the file; `progress` is called with what is done and
    all there is to do: every row, and every claim to be advanced.

    Raises InvalidInput where the file as a whole cannot be read, NotAllowed for people who may not.
    """
    check_people(by=by, review_by=review_by)
    reading = read_file(Path(path), collection=collection)
    people = {"submit": by, "approve": review_by, "publish": publish_by}
    report = carried_out(reading, by=by, people=people, dry_run=dry_run, progress=progress)
    left_out: list[Reject] = []
    while leave_out_rejected and report.rejected:
        left_out += report.rejected
        reading = reading.without({reject.row for reject in report.rejected})
        report = carried_out(reading, by=by, people=people, dry_run=dry_run, progress=progress)
    report.left_out = sorted(left_out, key=lambda reject: reject.row)
    return report


def carried_out(
    reading: Reading,
    *,
    by: User,
    people: dict[str, User | None],
    dry_run: bool,
    progress: Progress | None,
) -> ImportReport:
    """One attempt, in a transaction that is taken back if a row is rejected, or it is a dry run."""
    run = Import(reading, by=by, people=people, progress=progress or (lambda done, all_rows: None))
    with transaction.atomic(), acting(by):
        run.carry_out()
        run.report.dry_run = dry_run
        if dry_run or run.report.rejected:
            transaction.set_rollback(True)
    return run.report


def check_people(*, by: User, review_by: User | None) -> None:
    """Raise NotAllowed unless `by` belongs to the desk, and somebody else reviews."""
    if not roles_of(by):
        raise NotAllowed(f"{by.get_username()} has no role: give the account one first.")
    if review_by is not None and review_by.pk == by.pk:
        raise NotAllowed("Name two people: who imports cannot review it as well.")


class Import:
    """One run over one file, inside a transaction."""

    def __init__(
        self,
        reading: Reading,
        *,
        by: User,
        people: dict[str, User | None],
        progress: Progress,
    ) -> None:
        self.reading = reading
        self.by = by
        self.people = people
        self.progress = progress
        self.report = ImportReport(reading.collection, reading.provenance)
        self.report.rejected += reading.rejected
        self.changed: list[Thing] = []

    def carry_out(self) -> None:
        """Write, link, advance, and note what became of which row."""
        with connection.cursor() as cursor:
            # Two imports of one collection take turns; the second then finds it done.
            lock = f"import of {self.reading.collection}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [lock])
        kind_of_lookup = Lookup if self.reading.refers_by_key else ExistingLookup
        self.lookup = kind_of_lookup(
            collection=self.reading.collection, rows_of=self.reading.rows_of
        )
        self.writer = Writer(self.lookup, by=self.by)
        things = self.reading.things
        self._lock_changed(things)
        every = len(things) + sum(map(self._is_to_advance, things))
        for done, thing in enumerate(things, 1):
            self._refusing(thing, self._write)
            self.progress(done, every)
        for thing in self.changed:
            self._refusing(thing, self._link)
        # The ledger's head is taken by the first publication and held to the end: so it comes last.
        if not self.report.rejected:
            for done, thing in enumerate(filter(self._is_to_advance, self.changed), 1):
                self._refusing(thing, self._advance)
                self.progress(len(things) + done, every)
        if not self.report.rejected:
            self._note()
        self.report.rejected.sort(key=lambda reject: reject.row)

    def _lock_changed(self, things: list[Thing]) -> None:
        """Hold all that the file wants to change, in the order in which publications do."""
        changed = [
            Subject(thing.kind, self.lookup.objects[thing.name].public_id)
            for thing in things
            if thing.kind in KINDS and thing.name in self.lookup.objects and self._is_news(thing)
        ]
        lock(changed, KINDS)

    def _is_news(self, thing: Thing) -> bool:
        """Whether the row is new, or says something else than when it was last imported."""
        row = self.lookup.imported.get(thing.name)
        return row is None or row.row_sha256 != thing.row_sha256

    def _refusing(self, thing: Thing, verb: Callable[[Thing], None]) -> None:
        try:
            verb(thing)
        except Refused as refused:
            for problem in refused.problems:
                shown = in_csv(problem, thing)
                self.report.rejected.append(Reject(thing.row, shown.column, shown.reason))

    def _write(self, thing: Thing) -> None:
        if thing.model is Event:
            for group in thing.groups:
                self.lookup.measures |= {p.key: (thing, p) for p in group.parts if p.key}
        row = self.lookup.imported.get(thing.name)
        if row is None:
            self._check_steps(thing)
            self.lookup.objects[thing.name] = self.writer.create(thing)
            self.report.created[thing.kind] += 1
            self.changed.append(thing)
            return
        reason = self._why_kept(thing, row)
        if reason:
            self.report.kept.append(Kept(thing.row, thing.kind, thing.key, reason))
        elif row.row_sha256 == thing.row_sha256:
            self.report.unchanged[thing.kind] += 1
        else:
            self._check_steps(thing)
            self.writer.update(thing, self.lookup.objects[thing.name])
            self.report.updated[thing.kind] += 1
            self.changed.append(thing)

    def _why_kept(self, thing: Thing, row: ImportedRow) -> str:
        """Why an object from an earlier import must not be touched; empty where it may."""
        found = self.lookup.objects.get(thing.name)
        if found is None:
            return "It was deleted here after it was imported."
        is_capture = isinstance(found, Capture)
        if not is_capture and found.edit_number != row.edit_number:
            return "It was changed here after it was imported."
        if row.row_sha256 == thing.row_sha256:
            return ""
        if is_capture:
            return "A capture never changes: give another file another key."
        # From here on the file wants a change: nobody else may make one meanwhile.
        found = type(found).objects.select_for_update(no_key=True).get(pk=found.pk)
        self.lookup.objects[thing.name] = found
        if isinstance(found, Claim):
            if found.stage != "draft":
                return f"The claim is {found.get_stage_display()} here: change it at the desk."
            if public_state_of(found) != PublicState.NEVER:
                return "The claim was published before: change it at the desk."
        return "" if found.edit_number == row.edit_number else "It is being changed here just now."

    def _is_to_advance(self, thing: Thing) -> bool:
        """Whether the row is new or changed, and asks for more than a draft."""
        return self._is_news(thing) and bool(STEPS_TO.get(thing.advance_to))

    def _check_steps(self, thing: Thing) -> None:
        for action in STEPS_TO.get(thing.advance_to, ()):
            if self.people[action] is None:
                reason = f"Say who is to {action} it, or ask for less."
                raise Refused(Problem("advance_to", reason))

    def _link(self, thing: Thing) -> None:
        if thing.later or thing.later_groups:
            self.writer.link(thing, self.lookup.objects[thing.name])

    def _advance(self, thing: Thing) -> None:
        """Take a claim through review, one claim after the other: what it names is public first."""
        for action in STEPS_TO[thing.advance_to]:
            found = self.lookup.objects[thing.name]
            found.refresh_from_db()
            person = self.people[action]
            assert person is not None
            try:
                take(action, found, by=person)
            except FactcheckError as error:
                raise Refused(Problem("advance_to", step_reasons(error))) from error

    def _note(self) -> None:
        """Note which row became which object, at its edit number of now."""
        for thing in self.changed:
            found = self.lookup.objects[thing.name]
            found.refresh_from_db()
            row = self.lookup.imported.get(thing.name) or ImportedRow(
                collection=self.reading.collection,
                key=thing.key,
                kind=thing.kind,
                object_id=found.public_id,
                created_by=self.by,
            )
            row.row_sha256 = thing.row_sha256
            row.edit_number = getattr(found, "edit_number", 0)
            row.save()
