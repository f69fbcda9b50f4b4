"""What readers see of actors and sources: projections of the ledger, nothing of their own."""

import datetime

from django.db import connections, models
from django.db.models import Q

from factcheck.common.finding import likeness_index, words_index
from factcheck.ledger.choices import SubjectKind
from sources.choices import ActorKind, SourceKind

Day = datetime.date | None

# From one actor to those whose record names it as their parent, and to those that were merged into
# it. The times of a chain are those that all its controls have in common; they only get shorter, so
# that a circle, which two records of different days can make, ends.
UNDER = """
WITH RECURSIVE under (id, held_from, held_until) AS (
    SELECT %(parent)s::varchar, NULL::date, NULL::date
    UNION
    SELECT next.id, greatest(under.held_from, next.held_from),
        least(under.held_until, next.held_until)
    FROM under CROSS JOIN LATERAL (
        SELECT actor_id AS id, held_from, held_until
        FROM sources_publiccontrol WHERE parent_id = under.id
        UNION ALL
        SELECT public_id, NULL, NULL
        FROM sources_publicsuccessor WHERE kind = 'actor' AND successor_id = under.id
    ) AS next
    WHERE (
        greatest(under.held_from, next.held_from) <= least(under.held_until, next.held_until)
    ) IS NOT FALSE
)
SELECT id, held_from, held_until FROM under LIMIT %(most)s
"""


def subject_path(room: str, public_id: str, slug: str) -> str:
    """The page of one in a room of the site; a name in another script has no slug."""
    return f"/{room}/{public_id}/{slug or room.removesuffix('s')}/"


class PublicSubject(models.Model):
    """The newest live record of one subject. Written by `projection.project` alone. `summary` is
    JSON as lists show it, ready-made.
    """

    public_id = models.CharField(max_length=10, primary_key=True)
    seq = models.BigIntegerField(unique=True)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=500)
    slug = models.CharField(max_length=100, blank=True)
    summary = models.TextField(db_default="")

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


class PublicControlQuerySet(models.QuerySet["PublicControl"]):
    """Who controls whom."""

    def under(self, parent_id: str, *, most: int) -> list[tuple[str, Day, Day]]:
        """Whom the actor controls, through others as well, itself first: the id, and from which
        day until which; None for a day that nobody has told. An id can come for several times.
        With one more than `most` at most. One query.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(UNDER, {"parent": parent_id, "most": most + 1})
            return cursor.fetchall()


class PublicControl(models.Model):
    """Who controls an Actor, and when, as the Actor's record tells. Written by
    `projection.project_actor` alone.
    """

    key = models.CharField(max_length=40, primary_key=True)
    actor_id = models.CharField(max_length=10)
    parent_id = models.CharField(max_length=10)
    held_from = models.DateField(null=True)
    held_until = models.DateField(null=True)

    objects = PublicControlQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        indexes = [
            models.Index(name="publiccontrol_of", fields=["parent_id", "actor_id"]),
            models.Index(name="publiccontrol_told_by", fields=["actor_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} controls {self.actor_id}"


class PublicSource(PublicSubject):
    """A Source as published."""

    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    operator_id = models.CharField(max_length=10, blank=True, db_index=True)

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
