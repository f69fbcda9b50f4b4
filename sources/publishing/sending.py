"""Writing a subject's publications, and bringing the projections into step."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from django.contrib.auth.models import User

from factcheck.common.errors import NotReady
from factcheck.ledger import log
from factcheck.ledger.canonical import canonical_text
from factcheck.ledger.choices import PublicationKind, PublicState
from factcheck.ledger.drafts import Draft
from factcheck.ledger.models import Mention, Publication
from factcheck.ledger.records import content_hash
from factcheck.ledger.subjects import Subject
from sources.publishing.kinds import Kinds
from sources.publishing.walk import Bundle


def lock(subjects: Iterable[Subject], kinds: Kinds) -> None:
    """Lock the rows, kind by kind from what is mentioned to what mentions, so that two publications
    never wait in a ring. Others may still point at the rows with foreign keys.
    """
    wanted = sorted(subjects)
    for name, kind in kinds.items():
        ids = [subject.id for subject in wanted if subject.kind == name]
        rows = kind.model._default_manager.filter(public_id__in=ids).order_by("public_id")
        list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def send_out(
    bundle: Bundle,
    kinds: Kinds,
    *,
    kind: PublicationKind,
    by: User,
    note: str = "",
    action: str = "",
    stage_from: str = "",
    stage_to: str = "",
) -> Publication:
    """Publish the bundle, what goes along first, and bring the projections into step.

    Must run in a transaction in which `lock` holds the bundle's rows. `note` is public; `action` is
    what the decision says was done, where that is not the kind itself.
    """
    along = [
        Draft(
            subject=part.subject,
            kind=PublicationKind.PUBLISH,
            action=PublicationKind.PUBLISH.value,
            content=part.content,
            schema=kinds[part.subject.kind].schema,
            schema_version=kinds[part.subject.kind].schema_version,
            mentions=part.mentions,
            others_words=kinds[part.subject.kind].others_words,
            content_hash=content_hash(part.content),
            private_note=f"Published along with {bundle.root.subject}.",
        )
        for part in bundle.along
    ]
    root = Draft(
        subject=bundle.root.subject,
        kind=kind,
        action=action or kind.value,
        content=bundle.root.content,
        schema=kinds[bundle.root.subject.kind].schema,
        schema_version=kinds[bundle.root.subject.kind].schema_version,
        mentions=bundle.root.mentions,
        others_words=kinds[bundle.root.subject.kind].others_words,
        note=note,
        stage_from=stage_from,
        stage_to=stage_to,
        content_hash=bundle.review_hash,
    )
    publications = log.append([*along, root], by=by)
    for publication in publications:
        kinds[publication.subject_kind].project(publication)
    return publications[-1]


def take_off(
    subject: Subject,
    kinds: Kinds,
    *,
    kind: PublicationKind,
    by: User,
    note: str,
    stage: str = "",
    successor: Subject | None = None,
) -> Publication:
    """Suspend, retract, merge or redact: put a record without words into the place of what is
    public. A redaction erases the words of all earlier versions, and keeps the successor that the
    subject had, unless it names another.

    Must run in a transaction in which `lock` holds the row, and that of the successor. Raises
    NotReady for a retraction while something live mentions the subject.
    """
    if kind == PublicationKind.REDACT and successor is None:
        successor = live_successor(subject)
    draft = Draft(
        subject=subject,
        kind=kind,
        action=kind.value,
        note=note,
        successor=successor,
        stage_from=stage,
        stage_to=stage,
    )
    [publication] = log.append([draft], by=by)
    kinds[subject.kind].project(publication)
    if kind == PublicationKind.REDACT:
        log.erase(subject)
    return publication


def live_successor(subject: Subject) -> Subject | None:
    """What stands for the subject now, if that is another and live."""
    end = log.standing([subject])[subject]
    is_live = log.public_state(log.newest([end]).get(end)) == PublicState.LIVE
    return end if is_live and end != subject else None


def send_again(
    subject: Subject, kinds: Kinds, *, by: User, note: str, stage: str = ""
) -> Publication:
    """Restore: publish again what the public last read of the subject, as it was.

    Must run in a transaction in which `lock` holds the row and all that is mentioned. Raises
    NotReady where something it mentions is not live any more, nor what that was merged into.
    """
    kind = kinds[subject.kind]
    last = orjson.loads(last_with_content(subject).record)
    check_prints_nobody(last["content"], last_mentions(subject), kinds)
    is_current = last["schema"] == kind.schema_version
    draft = Draft(
        subject=subject,
        kind=PublicationKind.RESTORE,
        action=PublicationKind.RESTORE.value,
        content=last["content"],
        schema=kind.schema if is_current else kind.older_schemas[last["schema"]],
        schema_version=last["schema"],
        mentions=frozenset(last_mentions(subject)),
        others_words=tuple(last["rights"]["others_words"]),
        note=note,
        stage_from=stage,
        stage_to=stage,
        content_hash=content_hash(last["content"]),
    )
    [publication] = log.append([draft], by=by)
    kind.project(publication)
    return publication


def check_prints_nobody(
    content: Mapping[str, Any], mentioned: Iterable[Subject], kinds: Kinds
) -> None:
    """Raise NotReady if the content has the name of somebody who has become a private person."""
    text = canonical_text(content).casefold()
    for name, kind in kinds.items():
        ids = [subject.id for subject in mentioned if subject.kind == name]
        for row in kind.model._default_manager.filter(public_id__in=ids):
            if any(secret.casefold() in text for secret in kind.secrets(row)):
                raise NotReady(
                    "The name of a private person would be printed.",
                    reasons=["What it names has become a private person: it cannot come back so."],
                )


def last_with_content(subject: Subject) -> Publication:
    """The newest publication of the subject that is no tombstone."""
    return log.versions(subject).with_content().latest("version")


def last_mentions(subject: Subject) -> list[Subject]:
    """What that publication mentions."""
    mentions = Mention.objects.filter(publication=last_with_content(subject))
    return [Subject(*pair) for pair in mentions.values_list("subject_kind", "subject_id")]
