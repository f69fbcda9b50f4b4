"""What stood at a place in the ledger, for pages as of a day in the past; now, for no place at all.

What is withheld now, or erased, is nowhere to be read, on whatever day it stood. All of this is
found by what records mention, for which there is an index at every place of the ledger: those of
the projections are for what stands now.
"""

from django.db.models import Exists, OuterRef, QuerySet

from claims.filters import merged_ids
from claims.models import PublicClaim
from claims.models.public import PublicClaimQuerySet
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.models import Mention, Publication
from factcheck.ledger.models.publication import PublicationQuerySet
from factcheck.ledger.subjects import Subject


def claims_naming(kind: SubjectKind, ids: list[str], seq: int | None) -> PublicClaimQuerySet:
    """The claims that stood there and whose record mentions the subject in whatever way; now, all
    claims that stand: their columns have indexes of their own.
    """
    claims = PublicClaim.objects.using("public")
    if seq is None:
        return claims.current()
    return claims.as_of(seq).filter(from_seq__in=mentioning(kind, ids))


def mentioning(kind: SubjectKind, ids: list[str]) -> QuerySet[Mention, int]:
    """The places in the ledger that name the subject."""
    mentions = Mention.objects.filter(subject_kind=kind, subject_id__in=ids).order_by()
    return mentions.values_list("publication_id", flat=True)


def records_naming(
    of: SubjectKind, kind: SubjectKind, ids: list[str], seq: int | None
) -> PublicationQuerySet:
    """The live records of other subjects `of` a kind that mention the subject of a `kind`."""
    publications = Publication.objects.using("public")
    if seq is None:
        stood = publications.newest().with_content()
    else:
        stood = publications.as_of(seq).with_content().exclude(record="").filter(~withheld())
    naming = stood.filter(subject_kind=of, seq__in=mentioning(kind, ids))
    return naming.exclude(subject_id__in=ids) if of == kind else naming


def withheld() -> Exists:
    """Whether the subject was suspended after a publication and not restored since."""
    same = {"subject_kind": OuterRef("subject_kind"), "subject_id": OuterRef("subject_id")}
    later = Publication.objects.filter(**same, version__gt=OuterRef("version"))
    restored = later.filter(kind=PublicationKind.RESTORE)
    return Exists(later.filter(~Exists(restored), kind=PublicationKind.SUSPEND))


def ids_at(kind: SubjectKind, public_id: str, seq: int | None) -> list[str]:
    """The ids under which records named the subject: its own, and those that it stood for."""
    if seq is None:
        return merged_ids(kind, public_id)
    merged = log.merged_into(Subject(kind, public_id), using="public", until=seq)
    return sorted({public_id, *(one.id for one in merged)})
