"""Sources and their addresses."""

from django.db import models
from django.db.models import F, Q

from factcheck.common.finding import address_index, likeness_index, words_index
from factcheck.common.guards import touches
from factcheck.common.history import tracked
from factcheck.common.languages import validate_language
from factcheck.common.models import Entered, Identified, identified_triggers
from factcheck.common.text import validate_name, validate_url
from factcheck.ledger.triggers import merges, published_is_kept
from sources.choices import SourceKind


@tracked
class Source(Identified):
    """An outlet or channel through which words reach us. Written by the desk and the importer."""

    kind = models.CharField(
        max_length=20, choices=SourceKind.choices, help_text="What kind of outlet or channel it is."
    )
    name = models.CharField(
        max_length=200,
        validators=[validate_name],
        help_text="The outlet's name in our style; for an unnamed website, what it is.",
    )
    operator = models.ForeignKey(
        "sources.Actor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="operated_sources",
        help_text="Who runs it. Leave empty when unknown: an unknown operator is never an origin.",
    )
    operator_passage = models.ForeignKey(
        "sources.Passage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The passage that tells who runs it.",
    )
    language = models.CharField(
        max_length=20,
        blank=True,
        validators=[validate_language],
        help_text="The language it publishes in, such as en or fr.",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        help_text="The Source that stands for this one, which was entered twice.",
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="source_operator_rests_on_a_passage",
                condition=Q(operator=None, operator_passage=None)
                | (Q(operator__isnull=False) & Q(operator_passage__isnull=False)),
                violation_error_message="An operator and the passage that tells of it go together.",
            ),
            models.CheckConstraint(
                name="source_kind_is_known", condition=Q(kind__in=SourceKind.values)
            ),
            models.CheckConstraint(
                name="source_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]
        indexes = [
            models.Index(name="source_by_name", fields=["name", "id"]),
            words_index("source_words", "name"),
            likeness_index("source_spelt_like", "name"),
        ]
        triggers = [
            *identified_triggers(),
            published_is_kept("source"),
            *merges(table="sources_source", kind="source"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class SourceAddress(Entered):
    """An address under which a Source publishes."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="addresses")
    url = models.CharField(
        "address",
        max_length=2000,
        validators=[validate_url],
        help_text="The site's or account's address, with https://.",
    )

    class Meta:
        ordering = ["source_id", "url"]
        constraints = [
            models.UniqueConstraint(
                name="sourceaddress_is_given_once",
                fields=["source", "url"],
                violation_error_message="This Source has this address already.",
            ),
            models.CheckConstraint(
                name="sourceaddress_is_http", condition=Q(url__regex=r"^https?://[^\s@]+$")
            ),
        ]
        indexes = [address_index("sourceaddress_key", "url")]
        triggers = [touches(table="sources_source", column="source_id")]

    def __str__(self) -> str:
        return self.url
