"""What is to be published or decided, checked and turned into rows that are not saved yet."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from jsonschema import Draft202012Validator

from factcheck.common.errors import FieldError, InvalidInput
from factcheck.ledger.canonical import canonical_text, sha256_hex
from factcheck.ledger.choices import TOMBSTONES, PublicationKind
from factcheck.ledger.models import Decision, Publication
from factcheck.ledger.records import Place, decision_body, entry_text, record_of
from factcheck.ledger.schemas import Schema, check_record
from factcheck.ledger.subjects import Subject

# A record is checked before its place is known; in nothing else does it differ from what goes out.
ANY_PLACE = Place(seq=1, version=1, at=datetime(2000, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One publication to be, complete but for its place, its time and its salt.

    `content` and `schema` (of the content, JSON Schema 2020-12) are given for every kind but the
    tombstones, which have neither and mention nothing. `note` is public and required for every
    kind but publish; `private_note`, `stage_from`, `stage_to` and `content_hash` are the decision's
    and never public. `others_words` names the content's fields that hold other people's words.
    """

    subject: Subject
    kind: PublicationKind
    action: str
    content: Mapping[str, Any] | None = None
    schema: Schema | None = None
    schema_version: int = 1
    mentions: frozenset[Subject] = frozenset()
    note: str = ""
    successor: Subject | None = None
    others_words: tuple[str, ...] = ()
    stage_from: str = ""
    stage_to: str = ""
    content_hash: str = ""
    private_note: str = ""

    def __post_init__(self) -> None:
        # Sets and dictionaries find a member, not the text that equals it.
        object.__setattr__(self, "kind", PublicationKind(self.kind))


def check_draft(draft: Draft, *, salt: str, validator: Draft202012Validator) -> None:
    """Raise ValueError or InvalidInput unless the draft would make a valid record somewhere."""
    is_tombstone = draft.kind in TOMBSTONES
    if is_tombstone != (draft.content is None) or is_tombstone != (draft.schema is None):
        raise ValueError("Give content and schema for a publication, neither for a tombstone.")
    if is_tombstone and (draft.mentions or draft.others_words):
        raise ValueError("A tombstone has no words: it mentions nothing and quotes nobody.")
    if draft.subject in draft.mentions or draft.subject == draft.successor:
        raise ValueError(f"The {draft.subject} cannot mention or succeed itself.")
    if draft.successor is not None and draft.successor.kind != draft.subject.kind:
        raise ValueError(f"The {draft.successor} cannot take the place of the {draft.subject}.")
    if draft.kind != PublicationKind.PUBLISH and not draft.note.strip():
        raise InvalidInput(
            "Say in the public note what changes, and why.",
            errors=[FieldError("/note", "A public note is required.")],
        )
    record = record_of_draft(draft, place=ANY_PLACE, salt=salt)
    canonical_text(record)
    check_record(record, validator)


def record_of_draft(draft: Draft, *, place: Place, salt: str) -> dict[str, Any]:
    return record_of(
        schema_version=draft.schema_version,
        place=place,
        subject=draft.subject,
        kind=draft.kind,
        note=draft.note,
        successor=draft.successor,
        salt=salt,
        others_words=draft.others_words,
        content=draft.content,
    )


def publication_of(draft: Draft, *, place: Place, salt: str, decision: Decision) -> Publication:
    """The row of a draft in its place, not saved."""
    record = canonical_text(record_of_draft(draft, place=place, salt=salt))
    record_sha256 = sha256_hex(record)
    return Publication(
        seq=place.seq,
        subject_kind=draft.subject.kind,
        subject_id=draft.subject.id,
        version=place.version,
        kind=draft.kind,
        note=draft.note,
        published_at=place.at,
        successor_id=draft.successor.id if draft.successor else "",
        record=record,
        record_sha256=record_sha256,
        entry=entry_text(
            place=place,
            subject=draft.subject,
            kind=draft.kind,
            record_sha256=record_sha256,
            decision_sha256=decision.body_sha256,
        ),
        decision=decision,
    )


def decision_of(
    *,
    subject: Subject,
    action: str,
    by: AbstractBaseUser,
    at: datetime,
    note: str,
    stage_from: str,
    stage_to: str,
    content_hash: str,
) -> Decision:
    """The row of a step, with body, hash and a salt of its own, not saved."""
    salt = secrets.token_hex(16)
    body = decision_body(
        subject=subject,
        action=action,
        stage_from=stage_from,
        stage_to=stage_to,
        by_id=by.pk,
        by_username=by.get_username(),
        at=at,
        note=note,
        content_hash=content_hash,
        salt=salt,
    )
    return Decision(
        subject_kind=subject.kind,
        subject_id=subject.id,
        action=action,
        stage_from=stage_from,
        stage_to=stage_to,
        by_id=by.pk,
        at=at,
        note=note,
        content_hash=content_hash,
        salt=salt,
        body=body,
        body_sha256=sha256_hex(body),
    )
