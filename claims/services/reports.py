"""Readers' reports: taken in, taken in hand, answered or closed."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.desk_choices import ReportKind, ReportState
from claims.models import Claim, Report, ReportContact
from claims.models.report import MAX_WORDS
from claims.services.people import WORKING, check_works
from factcheck.common.errors import Conflict, InvalidInput, NotFound
from factcheck.common.roles import roles_of
from factcheck.common.text import clean_line, clean_quote, clean_text
from factcheck.ledger.history import acting

MAX_CONTACT = 300


@dataclass(frozen=True)
class ReportStep:
    """One step with a report: from which states, and where it leads; what its note is kept as."""

    action: str
    button: str
    sentence: str
    states: frozenset[ReportState]
    to_state: ReportState | None
    note_is: str = ""


IN_WORK = frozenset({ReportState.NEW, ReportState.IN_HAND})
DONE = frozenset({ReportState.ANSWERED, ReportState.CLOSED})

STEPS: dict[str, ReportStep] = {
    step.action: step
    for step in (
        ReportStep(
            action="take",
            button="Take it in hand",
            sentence="You look into it; colleagues see that you do.",
            states=frozenset({ReportState.NEW}),
            to_state=ReportState.IN_HAND,
        ),
        ReportStep(
            action="answer",
            button="Keep the answer",
            sentence="You have written back. The note keeps what you wrote.",
            states=IN_WORK,
            to_state=ReportState.ANSWERED,
            note_is="answer",
        ),
        ReportStep(
            action="close",
            button="Close it",
            sentence="Nothing more is to be done. The note says what came of it.",
            states=IN_WORK | {ReportState.ANSWERED},
            to_state=ReportState.CLOSED,
            note_is="outcome",
        ),
        ReportStep(
            action="reopen",
            button="Open it again",
            sentence="It comes back to the desk, with you. What was answered stays.",
            states=DONE,
            to_state=ReportState.IN_HAND,
        ),
        ReportStep(
            action="erase",
            button="Erase how to reach them",
            sentence="The address or number is erased for good; the report stays.",
            states=frozenset(ReportState),
            to_state=None,
        ),
    )
}


def receive(
    *,
    kind: str,
    text: str,
    by: User,
    claim: Claim | None = None,
    contact: str = "",
    received_at: datetime.datetime | None = None,
) -> Report:
    """Keep a reader's report. `by` is who enters it. Raises NotAllowed, InvalidInput."""
    check_works(by)
    text = check_words(kind, text)
    with transaction.atomic(), acting(by):
        report = Report.objects.create(
            kind=kind,
            text=text,
            claim=claim,
            received_at=received_at or timezone.now(),
            created_by=by,
        )
        keep_contact(report, contact, by=by)
    report.refresh_from_db()
    return report


def check_words(kind: str, text: str) -> str:
    """What they write, as it came. Raises InvalidInput for no kind, or nothing that can be kept."""
    if kind not in ReportKind.values:
        raise InvalidInput.at("kind", "Choose one of the kinds of report.")
    text = clean_quote(text, name="text", max_length=MAX_WORDS)
    if not text.strip():
        raise InvalidInput.at("text", "Enter what they write.")
    return text


def keep_contact(report: Report, contact: str, *, by: User | None) -> None:
    """Keep how to reach who sent the report; nothing for empty words. `by` is None where they gave
    it themselves.
    """
    if words := clean_line(contact, name="contact", max_length=MAX_CONTACT):
        ReportContact.objects.create(report=report, words=words, created_by=by)


def take(action: str, report: Report, *, by: User, note: str = "") -> Report:
    """Take one step with a report. Raises NotFound for no such step, NotAllowed, Conflict where it
    is not open now, InvalidInput for a missing note.
    """
    step = STEPS.get(action)
    if step is None:
        raise NotFound("There is no such step.")
    check_works(by)
    note = clean_text(note, name="note")
    if step.note_is and not note:
        raise InvalidInput.at("note", "Write a note: this step needs one.")
    with transaction.atomic(), acting(by):
        report = Report.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
        if step not in open_steps(report, by=by):
            raise Conflict(
                f"“{step.button}” is not open to a report that is {report.get_state_display()}."
            )
        if step.to_state is None:
            ReportContact.objects.filter(report=report).delete()
            return report
        move(report, step, note=note, by=by)
    return report


def move(report: Report, step: ReportStep, *, note: str, by: User) -> None:
    """Write the state that the step leads to, with who took it, and its note."""
    assert step.to_state is not None
    now = timezone.now()
    report.state = step.to_state
    if report.taken_by_id is None or step.action == "reopen":
        report.taken_by, report.taken_at = by, now
    report.settled_by, report.settled_at = (by, now) if step.to_state in DONE else (None, None)
    if step.note_is:
        setattr(report, step.note_is, note)
    report.save()
    report.refresh_from_db(fields=["edit_number"])


def open_steps(report: Report, *, by: User) -> list[ReportStep]:
    """The steps that this person may take with the report now."""
    if not roles_of(by) & WORKING:
        return []
    has_contact = ReportContact.objects.filter(report=report).exists()
    return [
        step
        for step in STEPS.values()
        if report.state in step.states and (step.to_state is not None or has_contact)
    ]
