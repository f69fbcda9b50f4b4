"""What a Claim is found by at the desk. Derived: triggers write it, nobody's hand."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from claims.models.claim import Claim


class Codes(models.Func):
    """The facts of the closed vocabularies among the terms, in one text."""

    function = "finding_codes"
    output_field = models.TextField()


class FindingAid(models.Model):
    """One row a Claim, kept by triggers (`finding_terms` in SQL says what is in it).

    `terms` has the words of text and original words, and beside them facts as lexemes that no word
    can be: `=actor:7`, `=stage:draft`, `=public:live`. So words and filters together are one
    question to one index, and a renamed actor changes no row here. `codes` has those of the facts
    that are of closed vocabularies: which of them occur together is few, and quickly known.
    """

    claim = models.OneToOneField(
        Claim,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="finding_aid",
    )
    terms = SearchVectorField()
    codes = models.GeneratedField(
        expression=Codes("terms"), output_field=models.TextField(), db_persist=True
    )
    said_on = models.DateField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [
            GinIndex(fields=["terms"], name="findingaid_terms", fastupdate=False),
            models.Index(fields=["codes"], name="findingaid_codes"),
            models.Index(fields=["said_on"], name="findingaid_said_on"),
            models.Index(fields=["changed_at"], name="findingaid_changed_at"),
        ]

    def __str__(self) -> str:
        return f"finding aid of claim {self.pk}"
