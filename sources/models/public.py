"""What readers see of actors and sources: projections of the ledger, nothing of their own."""

from django.db import models

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
    """An Actor as published. A private person's name is its description, and it has no slug."""

    kind = models.CharField(max_length=20, choices=ActorKind.choices)
    is_private = models.BooleanField()

    class Meta:
        ordering = ["name", "public_id"]


class PublicSource(PublicSubject):
    """A Source as published."""

    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    operator_id = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["name", "public_id"]
