"""What readers see of actors and sources: projections of the ledger, nothing of their own."""

from django.db import models
from django.db.models import Q

from factcheck.common.finding import likeness_index, words_index
from factcheck.ledger.choices import SubjectKind
from sources.choices import ActorKind, SourceKind


class PublicSubject(models.Model):
    """The newest live record of one subject. Written by `projection.project` alone."""

    public_id = models.CharField(max_length=10, primary_key=True)
    seq = models.BigIntegerField(unique=True)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    slug = models.CharField(max_length=100, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class PublicActor(PublicSubject):
    """An Actor as published. A private person's name is its description, and it has no slug.

    `names` are all that its record has, one a line, in whatever script: readers find it by them.
    """

    kind = models.CharField(max_length=20, choices=ActorKind.choices)
    is_private = models.BooleanField()
    names = models.TextField(db_default="")

    class Meta:
        ordering = ["name", "public_id"]
        indexes = [
            words_index("publicactor_words", "names"),
            likeness_index("publicactor_spelt_like", "names"),
        ]


class PublicSource(PublicSubject):
    """A Source as published."""

    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    operator_id = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["name", "public_id"]
        indexes = [
            words_index("publicsource_words", "name"),
            likeness_index("publicsource_spelt_like", "name"),
        ]


class PublicSuccessorQuerySet(models.QuerySet["PublicSuccessor"]):
    """What stands for what. Each answer takes one query more than there were mergers in a row."""

    def final(self, kind: str, public_id: str) -> str:
        """The id of what stands for the subject: its own, unless something took its place."""
        step = self.filter(kind=kind, public_id=public_id).values_list("successor_id", flat=True)
        while (successor := step.first()) is not None:
            public_id = successor
            step = self.filter(kind=kind, public_id=public_id).values_list(
                "successor_id", flat=True
            )
        return public_id

    def standing_for(self, kind: str, public_id: str) -> set[str]:
        """The ids of all that the subject stands for, its own among them: records that went out
        before a merger name what was merged.
        """
        found, frontier = {public_id}, {public_id}
        while frontier:
            merged = self.filter(kind=kind, successor_id__in=frontier)
            frontier = set(merged.values_list("public_id", flat=True)) - found
            found |= frontier
        return found


class PublicSuccessor(models.Model):
    """What stands in the place of a subject that was merged, or redacted in favour of another.

    Written by `projection.project_successor` alone. Old addresses lead on by it.
    """

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=SubjectKind.choices)
    public_id = models.CharField(max_length=10)
    successor_id = models.CharField(max_length=10)

    objects = PublicSuccessorQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(
                name="publicsuccessor_stands_once", fields=["kind", "public_id"]
            ),
            models.CheckConstraint(
                name="publicsuccessor_is_another", condition=~Q(successor_id=models.F("public_id"))
            ),
        ]
        indexes = [models.Index(name="publicsuccessor_of", fields=["kind", "successor_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.successor_id} for {self.public_id}"
