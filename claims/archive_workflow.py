"""The step `publish_imported` for many claims at once, such as a newsroom's own archive.

The same as `workflow.publish_imported` for each of them, in one transaction: everything is read,
made and checked before the first lock, so that nobody at the desk waits for that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.claim_file import ClaimFile, load_files, with_reviews
from claims.kinds import KINDS
from claims.lineage import with_people
from claims.models import Claim, ImportedReview
from claims.opening import check_table, subject_of_claim
from claims.rules import unmet_by
from claims.steps import ADMINISTRATORS, STEPS
from factcheck.common.errors import Conflict, FactcheckError, NotAllowed
from factcheck.common.roles import roles_of
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.drafts import Draft
from factcheck.ledger.history import acting
from factcheck.ledger.records import content_hash, review_hash
from factcheck.ledger.subjects import Subject
from sources.models import Document
from sources.publishing import lock
from sources.publishing.many import ManyWalk, Part, draft_of, project_new

STEP = STEPS["publish_imported"]
# Records in one transaction. Few, since the desk waits for each: all that can be done before the
# locks is done for as many claims as there are.
BATCH = 100

SETTLE = """
UPDATE claims_claim SET stage = %s, decision_id = settled.decision_id, reviewed_hash = ''
FROM unnest(%s::bigint[], %s::bigint[]) AS settled (claim_id, decision_id)
WHERE id = settled.claim_id
"""
MARK = "UPDATE claims_claim SET was_imported = true WHERE id = ANY(%s) AND NOT was_imported"


@dataclass
class Outcome:
    """The claims that went out, and why the others did not; by primary key."""

    published: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ready:
    """A claim whose record is made and checked, with what goes out along with it."""

    file: ClaimFile
    root: Draft
    along: tuple[Draft, ...]


def check_may_publish(by: User) -> None:
    """Raise NotAllowed unless the person's role opens the step."""
    if not ADMINISTRATORS & roles_of(by):
        raise NotAllowed(f"“{STEP.button}” is for the role administrator.")


def publish_archive(claims: Iterable[Claim], *, by: User, dry_run: bool = False) -> Outcome:
    """Publish the drafts as imported, at most `BATCH` records in one transaction. What is refused
    stays as it is, and keeps no other back.

    Raises NotAllowed for a person whose role does not open the step.
    """
    check_may_publish(by)
    outcome = Outcome()
    ready = made_ready(list(claims), outcome)
    for group in groups_of(ready):
        try:
            send(group, by=by, dry_run=dry_run)
        except FactcheckError as error:
            if len(group) == 1:
                outcome.refused[group[0].file.claim.pk] = reasons_of(error)
                continue
            # Somebody changed one of them meanwhile: find out which.
            for one in group:
                again = publish_archive([one.file.claim], by=by, dry_run=dry_run)
                outcome.published += again.published
                outcome.refused |= again.refused
        else:
            outcome.published += [one.file.claim.pk for one in group]
    return outcome


def made_ready(claims: list[Claim], outcome: Outcome) -> list[Ready]:
    """Every record as it would go out, with the rules met; no lock is held."""
    files: dict[Subject, ClaimFile] = {}
    newest = log.newest(map(subject_of_claim, claims))
    loaded = with_people(load_files(claims))
    with_reviews(file.claim for file in loaded)
    for file in loaded:
        subject = subject_of_claim(file.claim)
        try:
            check_table(
                STEP,
                file.claim,
                roles=ADMINISTRATORS,
                state=log.public_state(newest.get(subject)),
            )
        except Conflict as error:
            outcome.refused[file.claim.pk] = error.message
            continue
        # As it will be marked; nothing is written yet.
        file.claim.was_imported = True
        if unmet := unmet_by(file, is_import=True):
            outcome.refused[file.claim.pk] = " ".join(rule.sentence for rule in unmet)
            continue
        files[subject] = file
    walk = ManyWalk(files, KINDS)
    ready = []
    sent: set[Subject] = set()
    for subject, file in files.items():
        reasons = walk.reasons_against(subject)
        if reasons:
            outcome.refused[file.claim.pk] = " ".join(reasons)
            continue
        parts = [part for part in walk.along(subject) if part.subject not in sent]
        sent |= {part.subject for part in parts}
        ready.append(ready_of(file, walk, parts))
    return ready


def ready_of(file: ClaimFile, walk: ManyWalk, parts: list[Part]) -> Ready:
    """The drafts of one claim and of what goes out along."""
    subject = subject_of_claim(file.claim)
    hashes = {one: content_hash(walk.contents[one]) for one in walk.closure(subject)}
    along = tuple(
        draft_of(
            part,
            KINDS,
            action=PublicationKind.PUBLISH.value,
            content_hash=content_hash(part.content),
            private_note=f"Published along with {subject}.",
        )
        for part in parts
    )
    assert STEP.to_stage is not None
    root = draft_of(
        walk.part(subject),
        KINDS,
        action=STEP.action,
        stage_from=file.claim.stage,
        stage_to=STEP.to_stage,
        content_hash=review_hash(walk.contents[subject], hashes),
    )
    return Ready(file, root, along)


def groups_of(ready: list[Ready]) -> Iterable[list[Ready]]:
    """As many claims as make at most `BATCH` records with what goes out along."""
    group: list[Ready] = []
    size = 0
    for one in ready:
        if group and size + 1 + len(one.along) > BATCH:
            yield group
            group, size = [], 0
        group.append(one)
        size += 1 + len(one.along)
    if group:
        yield group


def send(group: list[Ready], *, by: User, dry_run: bool) -> None:
    """Publish the claims, each after what goes out along with it.

    Raises Conflict where anything has changed since the records were made.
    """
    drafts = [draft for one in group for draft in (*one.along, one.root)]
    prepared = log.prepare(drafts)
    if dry_run:
        return
    claims = [one.file.claim for one in group]
    with transaction.atomic(), acting(by):
        lock({subject for draft in drafts for subject in (draft.subject, *draft.mentions)}, KINDS)
        check_as_read(group)
        with connection.cursor() as cursor:
            cursor.execute(MARK, [[claim.pk for claim in claims]])
        publications = log.append_prepared(prepared, by=by)
        roots = [one for one in publications if one.subject_kind == SubjectKind.CLAIM]
        project_new(publications, KINDS)
        decisions = {one.subject_id: one.decision_id for one in roots}
        with connection.cursor() as cursor:
            cursor.execute(
                SETTLE,
                [
                    STEP.to_stage,
                    [claim.pk for claim in claims],
                    [decisions[claim.public_id] for claim in claims],
                ],
            )
        ImportedReview.objects.follow_claims([claim.pk for claim in claims])


def check_as_read(group: list[Ready]) -> None:
    """Raise Conflict unless claims and documents are as they were when the records were made. What
    is mentioned was locked; the ledger itself refuses what is not live any more.
    """
    wanted = {one.file.claim.pk: one.file.claim.edit_number for one in group}
    drafts = Claim.objects.filter(pk__in=wanted, stage__in=STEP.stages, decision=None)
    if dict(drafts.values_list("pk", "edit_number")) != wanted:
        raise Conflict("A claim was changed here in this moment.")
    documents = {
        document.pk: document.edit_number
        for one in group
        for document in one.file.documents.values()
    }
    found = Document.objects.filter(pk__in=documents).values_list("pk", "edit_number")
    if dict(found) != documents:
        raise Conflict("A document was changed here in this moment.")


def reasons_of(error: FactcheckError) -> str:
    """What the error says, with every reason that it gives."""
    return " ".join([error.message, *getattr(error, "reasons", [])])
