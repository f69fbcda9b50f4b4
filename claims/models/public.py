"""What readers see of claims and events: projections of the ledger, nothing of their own.

Written by `claims.projection.project` alone; `rebuild_public` makes them anew from the ledger.
"""

import datetime

from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from claims.choices import FINDINGS, VERDICTS
from claims.models.counting import counts_words
from factcheck.common.finding import address_index, words_index
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.models import Publication
from sources.models.public import PublicSubject


def claim_path(public_id: str, slug: str) -> str:
    """The address of a claim's page; the slug may be empty, as in scripts that have none."""
    return f"/claims/{public_id}/{slug or 'claim'}/"


# The last day on which it may have been said; what has none is older than all that has.
LAST_SAID = Coalesce("said_not_after", "said_not_before", Value(datetime.date.min))

# Which versions carry a ClaimReview; sorted, so that the index and the question read alike.
IS_REVIEWED = Q(verification_status__in=sorted(VERDICTS)) | Q(
    attribution_status__in=sorted(FINDINGS)
)


class DaysSaid(models.Func):
    """The days on which it may have been said, open where a bound is not known; null where nothing
    is.
    """

    template = (
        "CASE WHEN num_nonnulls(%(expressions)s) > 0 THEN daterange(%(expressions)s, '[]') END"
    )
    output_field = DateRangeField()


DAYS_SAID = DaysSaid("said_not_before", "said_not_after")


class PublicClaimQuerySet(models.QuerySet["PublicClaim"]):
    """Verbs over published claims."""

    def current(self) -> "PublicClaimQuerySet":
        """The versions that stand now."""
        return self.filter(until_seq=None)

    def with_record(self) -> "PublicClaimQuerySet":
        """With the bytes of the version's record as `record`: long, so for few claims at a time."""
        published = Publication.objects.filter(seq=OuterRef("from_seq"))
        return self.annotate(record=Subquery(published.values("record")))

    def reviewed(self) -> "PublicClaimQuerySet":
        """Those that carry a ClaimReview of ours, see `claims.claimreview`."""
        return self.filter(IS_REVIEWED, was_imported=False)

    def as_of(self, seq: int) -> "PublicClaimQuerySet":
        """The versions that stood when the ledger's newest entry was `seq`; none of a claim that
        was suspended and not restored since, whose earlier versions are withheld.
        """
        restored_later = Publication.objects.filter(
            subject_kind=SubjectKind.CLAIM,
            subject_id=OuterRef("subject_id"),
            version__gt=OuterRef("version"),
            kind=PublicationKind.RESTORE,
        )
        suspended = Publication.objects.filter(
            ~Exists(restored_later), subject_kind=SubjectKind.CLAIM, kind=PublicationKind.SUSPEND
        ).values("subject_id")
        stood = self.filter(Q(until_seq=None) | Q(until_seq__gt=seq), from_seq__lte=seq)
        return stood.exclude(claim_id__in=suspended)


class PublicClaim(models.Model):
    """One published version of a Claim, from its seq until that of what took its place.

    A list *as of* a date is the rows that stood at that seq; now, those with no `until_seq`. Those
    alone are found by `words`: the claim's own, those of the names and titles that its record
    tells, and as facts (`=actor:` and an id) whom it names, whose other names stand with them.
    """

    from_seq = models.BigIntegerField(primary_key=True)
    until_seq = models.BigIntegerField(null=True)
    claim_id = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    slug = models.CharField(max_length=100)
    text = models.TextField()
    status_line = models.TextField()
    language = models.CharField(max_length=20)
    speaker = models.CharField(max_length=20)
    claimant_id = models.CharField(max_length=10, blank=True)
    claimant_name = models.CharField(max_length=500, blank=True)
    voiced_by_id = models.CharField(max_length=10, blank=True)
    outlet_id = models.CharField(max_length=10, blank=True)
    event_id = models.CharField(max_length=10, blank=True)
    topics = ArrayField(models.CharField(max_length=100), default=list)
    topic_ids = ArrayField(models.CharField(max_length=10), default=list, db_default=[])
    about = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    attribution_status = models.CharField(max_length=20, blank=True)
    verification_status = models.CharField(max_length=20)
    said_not_before = models.DateField(null=True)
    said_not_after = models.DateField(null=True)
    has_figures = models.BooleanField()
    origins = models.PositiveIntegerField(db_default=0)
    published_at = models.DateTimeField()
    first_published_at = models.DateTimeField()
    was_imported = models.BooleanField(default=False, db_default=False)
    record_sha256 = models.CharField(max_length=64)
    summary = models.TextField()
    original_words = models.TextField(db_default="")
    original_language = models.CharField(max_length=20, db_default="")
    words = SearchVectorField(db_default="")

    objects = PublicClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-from_seq"]
        constraints = [
            models.UniqueConstraint(
                name="publicclaim_version_stands_once", fields=["claim_id", "version"]
            ),
            models.UniqueConstraint(
                name="publicclaim_one_is_current",
                fields=["claim_id"],
                condition=Q(until_seq=None),
            ),
        ]
        indexes = [
            models.Index(name=f"publicclaim_{name}", fields=[*fields, "-from_seq"], condition=now)
            for now in [Q(until_seq=None)]
            for name, fields in {
                "newest": [],
                "claimant": ["claimant_id"],
                "event": ["event_id"],
                "verification": ["verification_status"],
                "attribution": ["attribution_status"],
                "voiced_by": ["voiced_by_id"],
                "outlet": ["outlet_id"],
                "about": ["about"],
                "kind": ["kind"],
                "language": ["language"],
                "first": ["first_published_at"],
            }.items()
        ] + [
            models.Index(
                LAST_SAID.desc(),
                F("from_seq").desc(),
                name="publicclaim_said",
                condition=Q(until_seq=None),
            ),
            # What was checked comes first in every list, and may be few among many.
            models.Index(
                fields=["-from_seq"],
                name="publicclaim_checked",
                condition=Q(until_seq=None) & ~Q(verification_status="unchecked"),
            ),
            models.Index(
                fields=["-from_seq"],
                name="publicclaim_figures",
                condition=Q(until_seq=None, has_figures=True),
            ),
            models.Index(
                fields=["origins", "-from_seq"],
                name="publicclaim_origins",
                condition=Q(until_seq=None, origins__gt=0),
            ),
            # What was examined is few among many on past days as well, whatever became of it.
            models.Index(
                fields=["verification_status", "-from_seq"],
                name="publicclaim_ever_verified",
                condition=~Q(verification_status="unchecked"),
            ),
            models.Index(
                fields=["attribution_status", "-from_seq"],
                name="publicclaim_ever_attributed",
                condition=~Q(attribution_status="reported"),
            ),
            # Which of the versions stood on a past day is told by the ledger's place alone: without
            # these, a rare value is looked for among all that were ever published.
            *(
                models.Index(name=f"publicclaim_ever_{field}", fields=[field, "-from_seq"])
                for field in ("about", "kind", "language")
            ),
            GistIndex(DAYS_SAID, name="publicclaim_days_said", condition=Q(until_seq=None)),
            *(
                models.Index(
                    fields=fields,
                    name=f"publicclaim_{name}",
                    condition=Q(until_seq=None) & IS_REVIEWED,
                )
                for name, fields in {
                    "reviewed": ["-from_seq"],
                    "reviewed_in": ["language", "-from_seq"],
                    "reviewed_said": ["said_not_after"],
                }.items()
            ),
            *(
                GinIndex(
                    fields=[name],
                    name=f"publicclaim_{name}",
                    fastupdate=False,
                    condition=Q(until_seq=None),
                )
                for name in ("topics", "topic_ids", "words")
            ),
        ]
        triggers = counts_words()

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """The claim's page."""
        return claim_path(self.claim_id, self.slug)


class PublicEvent(PublicSubject):
    """An Event as published."""

    happened_not_before = models.DateField(null=True)
    happened_not_after = models.DateField(null=True)

    class Meta:
        ordering = ["-seq"]
        indexes = [words_index("publicevent_words", "name")]


class PublicTopic(models.Model):
    """A Topic as the newest of the claims that name it now tells it, and how many they are.

    `names` are the record's (language, name, slug), the English ones first. No row stands for a
    topic that no claim names.
    """

    public_id = models.CharField(max_length=10, primary_key=True)
    seq = models.BigIntegerField()
    names = models.JSONField()
    slugs = ArrayField(models.CharField(max_length=100))
    claims = models.PositiveIntegerField()

    class Meta:
        ordering = ["-claims", "public_id"]
        indexes = [
            GinIndex(fields=["slugs"], name="publictopic_slugs", fastupdate=False),
            models.Index(fields=["-claims", "public_id"], name="publictopic_largest"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def slug(self) -> str:
        """The English name, as it stands in the address of its page."""
        return str(self.names[0]["slug"])


class PublicCitationQuerySet(models.QuerySet["PublicCitation"]):
    """Verbs over what published claims cite."""

    def document_now(self, document_id: str) -> str | None:
        """The Document that stands for one that no claim cites any more, as the newest record that
        says so has it; None where none does.
        """
        told = self.filter(former_ids__contains=[document_id])
        return told.order_by("-seq").values_list("document_id", flat=True).first()


class PublicCitation(models.Model):
    """A Document as a published Claim cites it: what the page and API of a Document draw from.

    `former_ids` are those of what was merged into it: their addresses lead on to it.
    """

    citation_id = models.CharField(max_length=10, primary_key=True)
    claim_id = models.CharField(max_length=10, db_index=True)
    seq = models.BigIntegerField()
    role = models.CharField(max_length=20)
    document_id = models.CharField(max_length=10, db_index=True)
    former_ids = ArrayField(models.CharField(max_length=10), default=list, db_default=[])
    document_title = models.CharField(max_length=500)
    document_url = models.CharField(max_length=2000, blank=True)
    # By its bytes, so that a domain with all below it is one range.
    host = models.CharField(max_length=300, db_default="", db_collation="C")
    is_held = models.BooleanField()
    source_id = models.CharField(max_length=10, blank=True, db_index=True)

    objects = PublicCitationQuerySet.as_manager()

    class Meta:
        ordering = ["document_id", "claim_id", "citation_id"]
        indexes = [
            address_index("publiccitation_key", "document_url"),
            models.Index(name="publiccitation_host", fields=["host"], condition=~Q(host="")),
            GinIndex(name="publiccitation_former_ids", fields=["former_ids"], fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.document_title
