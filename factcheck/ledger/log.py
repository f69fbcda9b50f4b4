"""The ledger's verbs: append publications, note decisions, ask what the public sees.

`append` is the only writer of the public record. It owns the lock, the bytes, the hashes, the
places, the mentions and the decisions; its callers own everything that came before.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.transaction import TransactionManagementError
from jsonschema import Draft202012Validator

from factcheck.common.errors import Conflict, NotReady
from factcheck.ledger.choices import FOLLOWS, STATE_AFTER, PublicationKind, PublicState
from factcheck.ledger.drafts import Draft, check_draft, decision_of, publication_of
from factcheck.ledger.models import Decision, Mention, Publication
from factcheck.ledger.models.publication import PublicationQuerySet
from factcheck.ledger.records import Place
from factcheck.ledger.schemas import validator_of
from factcheck.ledger.subjects import Subject

BATCH = 500
WITHOUT_RECORD = ("subject_kind", "subject_id", "version", "kind", "successor_id")


# Writing


def append(drafts: Sequence[Draft], *, by: AbstractBaseUser) -> list[Publication]:
    """Publish the drafts, in their order, at one time and in places without a gap.

    Must run inside `transaction.atomic()`, after all row locks, taken in the order of Subject: it
    takes the head of the ledger and holds it until the commit, while every other publication waits.
    Each draft gets a Decision by `by`. Nothing is locked before every draft has been checked.

    Raises InvalidInput for a record that its schema refuses or a missing note, NotReady for a
    mention of what is not live or a retraction of what something live mentions, Conflict for a kind
    that the subject's public state does not allow, ValueError for a draft that contradicts itself.
    """
    check_in_transaction()
    return append_prepared(prepare(drafts), by=by)


@dataclass(frozen=True)
class Prepared:
    """Drafts that were checked, each with the salt that its record will have."""

    drafts: Sequence[Draft]
    salts: Sequence[str]


def prepare(drafts: Sequence[Draft]) -> Prepared:
    """Check every draft against its schema, without any lock and outside of any transaction, so
    that whoever publishes many makes nobody wait for that. Raises as `append` does for a draft.
    """
    validators: dict[tuple[int, int], Draft202012Validator] = {}
    salts = [secrets.token_hex(16) for _ in drafts]
    for draft, salt in zip(drafts, salts, strict=True):
        shape = (id(draft.schema), draft.schema_version)
        if shape not in validators:
            validators[shape] = validator_of(draft.schema, draft.schema_version)
        check_draft(draft, salt=salt, validator=validators[shape])
    return Prepared(drafts, salts)


def append_prepared(prepared: Prepared, *, by: AbstractBaseUser) -> list[Publication]:
    """Publish what was prepared, as `append` does."""
    check_in_transaction()
    drafts, salts = prepared.drafts, prepared.salts
    if not drafts:
        return []

    last, at = take_places(len(drafts))
    places = places_of(drafts, first=last - len(drafts) + 1, at=at)
    decisions = Decision.objects.bulk_create(
        [
            decision_of(
                subject=draft.subject,
                action=draft.action,
                by=by,
                at=at,
                note=draft.private_note,
                stage_from=draft.stage_from,
                stage_to=draft.stage_to,
                content_hash=draft.content_hash,
            )
            for draft in drafts
        ],
        batch_size=BATCH,
    )
    publications = Publication.objects.bulk_create(
        [
            publication_of(draft, place=place, salt=salt, decision=decision)
            for draft, place, salt, decision in zip(drafts, places, salts, decisions, strict=True)
        ],
        batch_size=BATCH,
    )
    Mention.objects.bulk_create(
        [
            Mention(publication=publication, subject_kind=subject.kind, subject_id=subject.id)
            for draft, publication in zip(drafts, publications, strict=True)
            for subject in sorted(draft.mentions)
        ],
        batch_size=BATCH,
    )
    return publications


def decide(
    *,
    subject: Subject,
    action: str,
    by: AbstractBaseUser,
    note: str = "",
    stage_from: str = "",
    stage_to: str = "",
    content_hash: str = "",
) -> Decision:
    """Note a step that publishes nothing, dated by the database's clock.

    Must run inside `transaction.atomic()`, with whatever the step changes.
    """
    check_in_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [at] = cursor.fetchone()
    decision = decision_of(
        subject=subject,
        action=action,
        by=by,
        at=at,
        note=note,
        stage_from=stage_from,
        stage_to=stage_to,
        content_hash=content_hash,
    )
    decision.save(force_insert=True)
    return decision


def erase(subject: Subject) -> int:
    """Empty record and note of every version before the redaction that the subject ended with, and
    say how many there were. Entries and hashes stay; backups and mirrors are not reached.

    Must run inside `transaction.atomic()`, with that redaction. The database refuses it for
    anything that is not redacted (IntegrityError).
    """
    check_in_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_erase(%s, %s)", [subject.kind, subject.id])
        [count] = cursor.fetchone()
    return int(count)


def erase_history(subject: Subject) -> int:
    """Empty the words of the subject, and of its parts, as they were before each change, and say in
    how many rows; who changed them when stays. What the desk has now stays, and is for its people
    to mend.

    Must run inside `transaction.atomic()`, as the last thing of a redaction.
    """
    check_in_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT history_erase(%s, %s)", [subject.kind, subject.id])
        [count] = cursor.fetchone()
    return int(count)


# Asking


def newest(subjects: Iterable[Subject], *, using: str = "default") -> dict[Subject, Publication]:
    """The newest publication of each of the subjects that has one, in one query."""
    publications = newest_of(subjects).using(using)
    return {publication.subject: publication for publication in publications}


def newest_of(subjects: Iterable[Subject]) -> PublicationQuerySet:
    """The newest publication of each of the subjects that has one, to be narrowed further."""
    ids_by_kind: dict[str, set[str]] = {}
    for subject in subjects:
        ids_by_kind.setdefault(subject.kind, set()).add(subject.id)
    if not ids_by_kind:
        return Publication.objects.none()
    wanted = Q()
    for kind, ids in ids_by_kind.items():
        wanted |= Q(subject_kind=kind, subject_id__in=ids)
    return (
        Publication.objects.filter(wanted)
        .order_by("subject_kind", "subject_id", "-version")
        .distinct("subject_kind", "subject_id")
    )


def public_state(publication: Publication | None) -> PublicState:
    """What the public sees of a subject whose newest publication this is."""
    if publication is None:
        return PublicState.NEVER
    return STATE_AFTER[PublicationKind(publication.kind)]


def versions(subject: Subject, *, using: str = "default") -> PublicationQuerySet:
    """All publications of the subject, tombstones included, oldest first."""
    return Publication.objects.using(using).of(subject).order_by("version")


def live_mentions(subject: Subject, *, using: str = "default") -> PublicationQuerySet:
    """What the public sees now that mentions the subject, or something that was merged into it:
    while there is any, it must stay.
    """
    ids = [subject.id, *(merged.id for merged in merged_into(subject, using=using))]
    mentions = Mention.objects.filter(
        publication=OuterRef("pk"), subject_kind=subject.kind, subject_id__in=ids
    )
    others = Publication.objects.using(using).exclude(
        subject_kind=subject.kind, subject_id=subject.id
    )
    return others.newest().with_content().filter(Exists(mentions))


def standing(
    subjects: Iterable[Subject], *, using: str = "default", until: int | None = None
) -> dict[Subject, Subject]:
    """What stands for each of the subjects now, or stood at the place `until`: the last of those
    that it was merged into one after the other, or itself.
    """
    final = {subject: subject for subject in subjects}
    frontier = set(final)
    while frontier:
        newest_ones = newest_of(frontier).using(using).only(*WITHOUT_RECORD)
        if until is not None:
            newest_ones = newest_ones.filter(seq__lte=until)
        moved = {one.subject: one.successor for one in newest_ones if one.successor is not None}
        final = {subject: moved.get(end, end) for subject, end in final.items()}
        frontier = set(moved.values())
    return final


def merged_into(
    subject: Subject, *, using: str = "default", until: int | None = None
) -> set[Subject]:
    """All that the subject stands for now, or stood for at the place `until`, itself not among
    them.
    """
    publications = Publication.objects.using(using)
    last_ones = publications.newest() if until is None else publications.as_of(until)
    found: set[Subject] = set()
    frontier = {subject}
    while frontier:
        merged = last_ones.filter(
            subject_kind=subject.kind, successor_id__in=[one.id for one in frontier]
        )
        frontier = {one.subject for one in merged.only(*WITHOUT_RECORD)} - found
        found |= frontier
    return found


# What append does


def check_in_transaction() -> None:
    """Raise TransactionManagementError outside `transaction.atomic()`."""
    if not connection.in_atomic_block:
        raise TransactionManagementError(
            "The ledger is written inside transaction.atomic(), together with what it tells of."
        )


def take_places(count: int) -> tuple[int, datetime]:
    """Move the head by `count` and hold it: the last place taken, and the time for all of them."""
    with connection.cursor() as cursor:
        # A trigger sets the time, from the clock and never earlier than the place before.
        cursor.execute("UPDATE ledger_head SET seq = seq + %s RETURNING seq, at", [count])
        last, at = cursor.fetchone()
    return last, at


def places_of(drafts: Sequence[Draft], *, first: int, at: datetime) -> list[Place]:
    """The place of each draft, counted on from what is published.

    Raises Conflict and NotReady where what is published, or goes out before, stands against it.
    """
    subjects = set().union(*(named_in(draft) for draft in drafts))
    version: dict[Subject, int] = {}
    state: dict[Subject, PublicState] = {}
    # Without the records, which can be long: others are waiting.
    for publication in newest_of(subjects).only(*WITHOUT_RECORD):
        version[publication.subject] = publication.version
        state[publication.subject] = public_state(publication)
    places = []
    for seq, draft in enumerate(drafts, start=first):
        before = state.get(draft.subject, PublicState.NEVER)
        if draft.kind not in FOLLOWS[before]:
            raise Conflict(
                f"Cannot {draft.kind} the {draft.subject}: its public state is now “{before}”."
            )
        version[draft.subject] = version.get(draft.subject, 0) + 1
        state[draft.subject] = STATE_AFTER[draft.kind]
        places.append(Place(seq=seq, version=version[draft.subject], at=at))
    check_mentions(drafts, state)
    return places


def check_mentions(drafts: Sequence[Draft], state: Mapping[Subject, PublicState]) -> None:
    """Raise NotReady unless all that the drafts name is live, and nothing live mentions what they
    retract. Under the lock of the head, so that nobody changes it meanwhile.
    """
    named = set().union(*(named_in(draft) - {draft.subject} for draft in drafts))
    missing = {subject for subject in named if state.get(subject) != PublicState.LIVE}
    # An old record that names it would print again what was erased by order.
    redacted = {subject for subject in missing if state.get(subject) == PublicState.REDACTED}
    reasons = [
        f"The {subject} is mentioned and was never published."
        if subject not in state
        else f"The {subject} is mentioned and is {state[subject]} in public."
        for subject in sorted(missing - brought_back(drafts, missing - redacted))
    ]
    if reasons:
        raise NotReady(
            "Publish first, or together with it, what the record mentions.", reasons=reasons
        )
    for draft in drafts:
        if draft.kind == PublicationKind.RETRACT:
            mentioning = sorted(publication.subject for publication in live_mentions(draft.subject))
            if mentioning:
                raise NotReady(
                    f"Cannot {draft.kind} the {draft.subject} while something live mentions it.",
                    reasons=[f"The {subject} mentions it." for subject in mentioning],
                )


def brought_back(drafts: Sequence[Draft], missing: set[Subject]) -> set[Subject]:
    """Those that were merged into something live, and that only restored records name: such a
    record goes out as it was, with the ids that it had.
    """
    restored = [draft for draft in drafts if draft.kind == PublicationKind.RESTORE]
    others = [draft for draft in drafts if draft.kind != PublicationKind.RESTORE]
    only_there = set().union(*(draft.mentions for draft in restored)) & missing
    final = standing(only_there.difference(*(named_in(draft) for draft in others)))
    live = {
        publication.subject
        for publication in newest_of(final.values()).only(*WITHOUT_RECORD)
        if public_state(publication) == PublicState.LIVE
    }
    return {subject for subject, end in final.items() if end in live}


def named_in(draft: Draft) -> set[Subject]:
    """The draft's subject, and those that it mentions or says came in its place."""
    return {draft.subject, *draft.mentions, *([draft.successor] if draft.successor else [])}
