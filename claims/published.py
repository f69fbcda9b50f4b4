"""What was published of a claim or another subject, read from the ledger as the public reads it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from claims.models import PublicClaim
from claims.models.public import PublicClaimQuerySet
from claims.presentation.lines import is_in_words_of_the_record
from factcheck.common.errors import NotFound
from factcheck.ledger import log
from factcheck.ledger.choices import TOMBSTONES, PublicationKind, SubjectKind
from factcheck.ledger.models import Publication
from factcheck.ledger.prepared import rows
from factcheck.ledger.subjects import Subject

NOTHING_HERE = "There is nothing at this address."
_PUBLIC_ID = re.compile(r"[0-9a-hjkmnp-tv-z]{10}")
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


TOMBSTONE_KINDS = [kind.value for kind in TOMBSTONES]
TOLD = """
SELECT kind, record_sha256, {record} FROM ledger_publication
WHERE subject_kind = %s AND subject_id = %s ORDER BY version DESC LIMIT 1
"""
TOLD_TO_ANYBODY = TOLD.format(record="record")
# Long records stay where they are for who has them already.
TOLD_TO_WHO_KNOWS = TOLD.format(
    record="CASE WHEN record_sha256 = ANY(%s) AND kind <> ALL(%s) THEN '' ELSE record END"
)


@dataclass(frozen=True)
class Told:
    """The newest record of a subject, as far as the asker does not have it, and what it did."""

    kind: str
    sha256: str
    record: str

    @property
    def is_live(self) -> bool:
        """Whether the subject can be read now."""
        return self.kind not in TOMBSTONES


def newest_told(public_id: str, kind: SubjectKind, *, known: Collection[str] = ()) -> Told:
    """The newest record, that of a live subject without its text for who knows its hash; in one
    query that makes no row of Django's. Raises NotFound where there was never one.
    """
    subject = subject_of(public_id, kind)
    if known:
        known_first = [list(known), TOMBSTONE_KINDS, subject.kind, subject.id]
        found = rows(TOLD_TO_WHO_KNOWS, known_first)
    else:
        found = rows(TOLD_TO_ANYBODY, [subject.kind, subject.id])
    if not found:
        raise NotFound(NOTHING_HERE)
    return Told(*found[0])


def newest_of(public_id: str, kind: SubjectKind = SubjectKind.CLAIM) -> Publication:
    """The newest publication of the subject. Raises NotFound where there was never one."""
    subject = subject_of(public_id, kind)
    newest = log.newest([subject], using="public").get(subject)
    if newest is None:
        raise NotFound(NOTHING_HERE)
    return newest


def versions_of(public_id: str, kind: SubjectKind = SubjectKind.CLAIM) -> list[Publication]:
    """All versions of the subject, oldest first, without their records, which can be long.

    Raises NotFound where there was never one.
    """
    subject = subject_of(public_id, kind)
    versions = list(log.versions(subject, using="public").defer("record", "entry"))
    if not versions:
        raise NotFound(NOTHING_HERE)
    return versions


def version_of(versions: Sequence[Publication], number: str) -> Publication:
    """The version with this number. Raises NotFound for another number, or none at all."""
    if _NUMBER.fullmatch(number):
        for version in versions:
            if version.version == int(number):
                return version
    raise NotFound(NOTHING_HERE)


def with_record(version: Publication) -> Publication:
    """The version with its record."""
    return Publication.objects.using("public").get(seq=version.seq)


def is_withheld(version: Publication, versions: Sequence[Publication]) -> bool:
    """Whether the version's words may not be read now: the claim was suspended after it and not
    restored since (a retraction of what is suspended brings nothing back), or they were redacted.
    A tombstone has no words, so it can be read as long as its note was not redacted.
    """
    newer = [later for later in versions if later.version > version.version]
    if any(later.kind == PublicationKind.REDACT for later in newer):
        return True
    if version.kind in TOMBSTONES:
        return False
    is_withheld_now = False
    for later in newer:
        if later.kind in (PublicationKind.SUSPEND, PublicationKind.RESTORE):
            is_withheld_now = later.kind == PublicationKind.SUSPEND
    return is_withheld_now


def subject_of(public_id: str, kind: SubjectKind = SubjectKind.CLAIM) -> Subject:
    """The subject as the ledger knows it. Raises NotFound for what cannot be an id."""
    if not is_public_id(public_id):
        raise NotFound(NOTHING_HERE)
    return Subject(kind, public_id)


def is_public_id(text: str) -> bool:
    """Whether this can be an id."""
    return _PUBLIC_ID.fullmatch(text) is not None


def told(claim: PublicClaim) -> dict[str, Any]:
    """What a published claim's line is told from: its record, where the query has fetched it (see
    `told_in_full`); else the summary, which says less.
    """
    record = getattr(claim, "record", None)
    content: dict[str, Any] = (
        orjson.loads(record)["content"] if record else orjson.loads(claim.summary)
    )
    return content


def told_in_full(claims: PublicClaimQuerySet) -> PublicClaimQuerySet:
    """The claims with all that their status lines say in the language of the page."""
    return claims if is_in_words_of_the_record() else claims.with_record()
