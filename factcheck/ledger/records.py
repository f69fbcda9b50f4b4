"""The three texts of a publication: its record, its entry, and the body of the decision behind it.

Pure functions from values to values; who calls them gives place, time and salt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from factcheck.ledger.canonical import canonical_text, sha256_hex
from factcheck.ledger.choices import METHODOLOGY
from factcheck.ledger.subjects import Subject

LICENCE = "CC-BY-4.0"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the ledger something goes: given by the head and by the versions before."""

    seq: int
    version: int
    at: datetime


def time_text(at: datetime) -> str:
    """A time as the ledger writes it: UTC, always six decimals, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def record_of(
    *,
    schema_version: int,
    place: Place,
    subject: Subject,
    kind: str,
    note: str,
    successor: Subject | None,
    salt: str,
    others_words: Sequence[str],
    content: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """What the public reads of one publication; a tombstone (`content=None`) has no content."""
    record = {
        "schema": schema_version,
        "seq": place.seq,
        "subject": subject.as_json(),
        "version": place.version,
        "publication": str(kind),
        "published_at": time_text(place.at),
        "note": note or None,
        "successor": successor.as_json() if successor else None,
        "methodology": METHODOLOGY,
        "salt": salt,
        "rights": {"ours": LICENCE, "others_words": list(others_words)},
    }
    return record if content is None else {**record, "content": content}


def entry_text(
    *, place: Place, subject: Subject, kind: str, record_sha256: str, decision_sha256: str
) -> str:
    """The line of the log: no free text, so that it stands when a record's words are erased."""
    return canonical_text(
        {
            "seq": place.seq,
            "kind": str(kind),
            "subject": subject.as_json(),
            "version": place.version,
            "time": time_text(place.at),
            "record_sha256": record_sha256,
            "decision_sha256": decision_sha256,
        }
    )


def decision_body(
    *,
    subject: Subject,
    action: str,
    stage_from: str,
    stage_to: str,
    by_id: int,
    by_username: str,
    at: datetime,
    note: str,
    content_hash: str,
    salt: str,
) -> str:
    """All that a decision says, as the text whose hash the entry carries."""
    return canonical_text(
        {
            "subject": subject.as_json(),
            "action": action,
            "from": stage_from,
            "to": stage_to,
            "by": {"id": by_id, "username": by_username},
            "at": time_text(at),
            "note": note,
            "content_hash": content_hash,
            "salt": salt,
        }
    )


def content_hash(content: Mapping[str, Any]) -> str:
    """The hash of a content alone: equal where nothing that the public reads has changed."""
    return sha256_hex(canonical_text(content))


def review_hash(content: Mapping[str, Any], mentioned: Mapping[Subject, str]) -> str:
    """The hash of what a reviewer saw: the content, and the content hash of all it mentions."""
    mentions = [[subject.kind, subject.id, mentioned[subject]] for subject in sorted(mentioned)]
    return sha256_hex(canonical_text({"content": content, "mentions": mentions}))
