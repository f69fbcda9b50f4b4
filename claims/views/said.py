"""What a claimant or a source said, on its page: the newest of it, and how much there is."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef

from claims.models import PublicCitation, PublicClaim
from claims.models.public import LAST_SAID, PublicClaimQuerySet
from claims.views.lists import Line, line_of
from claims.views.past import claims_naming, mentioning
from factcheck.ledger.choices import SubjectKind

# Claims that a page shows of each kind; a link leads to the list of all.
MOST_SAID = 20
MOST_READ = 10


@dataclass(frozen=True)
class Said:
    """The claims that were said last, how many there are in all, and since when."""

    lines: list[Line]
    count: int
    since: datetime.datetime | None

    @property
    def has_more(self) -> bool:
        """Whether there are others than those shown."""
        return self.count > len(self.lines)


def said(claims: PublicClaimQuerySet, *, most: int = MOST_SAID) -> Said:
    """Those of the claims that were said last, and the number of all; two queries."""
    told = claims.aggregate(count=Count("from_seq"), since=Min("first_published_at"))
    newest = claims.order_by(LAST_SAID.desc(), "-from_seq")
    rows = newest.values_list("summary", "published_at")[:most]
    return Said([line_of(*row) for row in rows], told["count"], told["since"])


def claims_of(kind: SubjectKind, ids: list[str], seq: int | None = None) -> PublicClaimQuerySet:
    """The claims that an actor says, or an outlet in its own voice, now or at a place in the
    ledger.
    """
    column = "claimant_id__in" if kind == SubjectKind.ACTOR else "outlet_id__in"
    return claims_naming(kind, ids, seq).filter(**{column: ids})


def claims_ever_of(kind: SubjectKind, ids: list[str]) -> PublicClaimQuerySet:
    """Every version of such claims, whatever became of it, found by what they mention; to be asked
    for as a part of another query.
    """
    column = "claimant_id__in" if kind == SubjectKind.ACTOR else "outlet_id__in"
    versions = PublicClaim.objects.order_by()
    return versions.filter(from_seq__in=mentioning(kind, ids), **{column: ids})


def claims_voiced_by(ids: list[str], seq: int | None = None) -> PublicClaimQuerySet:
    """The claims of others that a person voiced for them, now or at a place in the ledger."""
    voiced = claims_naming(SubjectKind.ACTOR, ids, seq)
    if seq is None:
        voiced = voiced.filter(from_seq__in=mentioning(SubjectKind.ACTOR, ids))
    return voiced.filter(voiced_by_id__in=ids).exclude(claimant_id__in=ids)


def claims_read_in(ids: list[str]) -> PublicClaimQuerySet:
    """The live claims that cite a document of the source, and that it does not say itself."""
    cited = PublicCitation.objects.filter(claim_id=OuterRef("claim_id"), source_id__in=ids)
    read = PublicClaim.objects.using("public").current().filter(Exists(cited))
    return read.exclude(outlet_id__in=ids)
