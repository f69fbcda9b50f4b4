"""Documents: the citable items, held by us or known by report."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from factcheck.common.acyclic import acyclic, check_acyclic
from factcheck.common.dates import DateBoundsField, date_bounds_constraints
from factcheck.common.finding import address_index, words_index
from factcheck.common.history import tracked
from factcheck.common.languages import validate_language
from factcheck.common.models import Identified, identified_triggers
from factcheck.common.text import validate_line, validate_url
from factcheck.ledger.triggers import merges_in_line
from sources.choices import DocumentKind, HopManner, Translator
from sources.models.merging import resolved

HOP_IN_CIRCLE = "This hop would close a circle: no Document is carried by what it carries."


class IsHeld(models.Func):
    """`document_is_held(id)` in SQL: a Capture in which the document itself was seen, of it or of
    what was merged into it, and not erased since.
    """

    function = "document_is_held"
    arity = 1
    output_field = models.BooleanField()


class FormerIds(models.Func):
    """`document_former_ids(id)` in SQL."""

    function = "document_former_ids"
    arity = 1
    output_field = ArrayField(models.CharField(max_length=10))


class DocumentQuerySet(models.QuerySet["Document"]):
    """Verbs over Documents."""

    def held(self) -> "DocumentQuerySet":
        """Documents of which we hold a Capture."""
        return self.filter(IsHeld("pk"))

    def known_by_report(self) -> "DocumentQuerySet":
        """Documents that nobody here has seen."""
        return self.exclude(IsHeld("pk"))

    def for_records(self) -> "DocumentQuerySet":
        """With all that records tell of a Document, `is_held` among it, and without the bytes and
        texts of captures. It is held as well through what was merged into it, whose ids are
        `former_ids`.
        """
        return (
            self.annotate(is_held=IsHeld("pk"), former_ids=FormerIds("pk"))
            .select_related("source", "author", "hop_of", "told_by__capture__document")
            .defer("told_by__capture__content", "told_by__capture__text")
            .prefetch_related("told_by__ranges")
        )


@tracked
class Document(Identified):
    """One citable item. *Held* with at least one Capture, else *known by report*: then it needs no
    address or text, only what it is said to be and the passage that tells of it.

    A *hop* says that it translates or republishes another whole Document. Written by the desk, the
    importer and (later) by intake.
    """

    kind = models.CharField(
        max_length=20, choices=DocumentKind.choices, help_text="What kind of item it is."
    )
    title = models.CharField(
        max_length=500,
        validators=[validate_line],
        help_text="Its headline; for one known by report, what it is said to be.",
    )
    source = models.ForeignKey(
        "sources.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        help_text="Where it was published. Empty when nobody here knows.",
    )
    author = models.ForeignKey(
        "sources.Actor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        help_text="Whose words it holds as a whole, where that is one Actor.",
    )
    url = models.CharField(
        "address",
        max_length=2000,
        blank=True,
        validators=[validate_url],
        help_text="Where it is found, with https://. Empty when unknown.",
    )
    language = models.CharField(
        max_length=20,
        blank=True,
        validators=[validate_language],
        help_text="The language of this item itself. Empty when nobody here knows.",
    )
    published = DateBoundsField("when it was published")
    hop_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_by",
        help_text="The whole Document that this one translates or republishes.",
    )
    hop_manner = models.CharField(
        max_length=20, blank=True, choices=HopManner.choices, help_text="How it carries the other."
    )
    translator = models.CharField(
        max_length=20,
        blank=True,
        choices=Translator.choices,
        help_text="For a translation: who made it. A machine's is said to the reader.",
    )
    told_by = models.ForeignKey(
        "sources.Passage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents_told_of",
        help_text="For a Document known by report: the passage that tells of it.",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        help_text="The Document that stands for this one, which was entered twice.",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            *date_bounds_constraints("document", "published"),
            models.CheckConstraint(
                name="document_hop_has_a_manner",
                condition=Q(hop_of=None, hop_manner="")
                | (Q(hop_of__isnull=False) & Q(hop_manner__in=HopManner.values)),
                violation_error_message="A hop needs the other Document and the manner, both.",
            ),
            models.CheckConstraint(
                name="document_translation_has_a_translator",
                condition=(Q(hop_manner=HopManner.TRANSLATES) & Q(translator__in=Translator.values))
                | (~Q(hop_manner=HopManner.TRANSLATES) & Q(translator="")),
                violation_error_message=(
                    "Say who made a translation (a machine, a person, not stated), and only there."
                ),
            ),
            models.CheckConstraint(
                name="document_address_is_http",
                condition=Q(url="") | Q(url__regex=r"^https?://[^\s@]+$"),
                violation_error_message="An address begins with http:// or https://.",
            ),
            models.CheckConstraint(
                name="document_kind_is_known", condition=Q(kind__in=DocumentKind.values)
            ),
            models.CheckConstraint(
                name="document_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]
        indexes = [words_index("document_words", "title"), address_index("document_key", "url")]
        triggers = [
            *identified_triggers(),
            acyclic(
                table="sources_document", child="id", parent="hop_of_id", message=HOP_IN_CIRCLE
            ),
            merges_in_line("sources_document"),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a circle of hops before the database does, with the same words."""
        check_acyclic(self, child="pk", parent="hop_of_id", message=HOP_IN_CIRCLE)
        # The trigger sees rows alone; records tell what was merged as what stands for it.
        if self.hop_of is not None and carries(self.hop_of, resolved(self)):
            raise ValidationError({"hop_of": HOP_IN_CIRCLE})


def carries(document: Document, other: Document) -> bool:
    """Whether a walk along whole documents leads from the one to the other, mergers included."""
    step, seen = document, set()
    while step.hop_of is not None and step.pk not in seen:
        seen.add(step.pk)
        step = resolved(step.hop_of)
        if step == other:
            return True
    return False
