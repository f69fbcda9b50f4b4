"""Figures: numbers inside a claim, beside the words as printed."""

from django.db import models
from django.db.models import F, Q

from claims.choices import FigureBasis, Qualifier
from claims.models.claim import Claim, touches_claim
from factcheck.common.dates import DateBoundsField, date_bounds_constraints
from factcheck.common.history import tracked
from factcheck.common.models import Entered, PublicId, public_id_never_changes
from factcheck.common.text import validate_line

NO_LOW, NO_BEST, NO_HIGH = Q(low=None), Q(best=None), Q(high=None)


@tracked
class Figure(Entered):
    """A number inside a Claim. The words as printed are the fact; the numbers are our reading."""

    public_id = models.CharField(
        max_length=10, unique=True, editable=False, db_default=PublicId(), db_index=False
    )
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField(default=1, help_text="Its place in the list.")
    as_printed = models.CharField(
        max_length=200, validators=[validate_line], help_text="The number in the source's words."
    )
    counts = models.CharField(
        "what is counted",
        max_length=200,
        blank=True,
        validators=[validate_line],
        help_text="In the source's own verb and noun, such as “destroyed and intercepted drones”. "
        "A draft may leave it open.",
    )
    qualifier = models.CharField(
        max_length=20,
        choices=Qualifier.choices,
        default=Qualifier.BARE,
        help_text="“More than 100” has a lowest value and no best one; vague words have none.",
    )
    low = models.DecimalField(
        "lowest", max_digits=19, decimal_places=4, null=True, blank=True, help_text="If given."
    )
    best = models.DecimalField(
        max_digits=19, decimal_places=4, null=True, blank=True, help_text="The number itself."
    )
    high = models.DecimalField(
        "highest", max_digits=19, decimal_places=4, null=True, blank=True, help_text="If given."
    )
    unit = models.CharField(
        max_length=60, blank=True, validators=[validate_line], help_text="Such as “people”."
    )
    period = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_line],
        help_text="For which time it counts, in words, such as “that day”.",
    )
    counted_as_of = DateBoundsField("the state of the count")
    basis = models.CharField(
        max_length=20,
        choices=FigureBasis.choices,
        default=FigureBasis.CLAIMED,
        help_text="How the number was come by, according to the source.",
    )
    measure = models.ForeignKey(
        "claims.Measure",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="figures",
        help_text="The Event's Measure it belongs to: only there is it compared with others.",
    )

    class Meta:
        ordering = ["claim_id", "position", "id"]
        constraints = [
            *date_bounds_constraints("figure", "counted_as_of"),
            models.CheckConstraint(
                name="figure_numbers_fit_the_qualifier",
                condition=(
                    Q(qualifier__in=[Qualifier.BARE, Qualifier.EXACTLY, Qualifier.ABOUT])
                    & NO_LOW
                    & Q(best__isnull=False)
                    & NO_HIGH
                )
                | (
                    Q(qualifier__in=[Qualifier.AT_LEAST, Qualifier.MORE_THAN])
                    & Q(low__isnull=False)
                    & NO_BEST
                    & NO_HIGH
                )
                | (
                    Q(qualifier__in=[Qualifier.UP_TO, Qualifier.FEWER_THAN])
                    & NO_LOW
                    & NO_BEST
                    & Q(high__isnull=False)
                )
                | (Q(qualifier=Qualifier.BETWEEN) & Q(low__isnull=False) & Q(high__isnull=False))
                | (Q(qualifier=Qualifier.VAGUE) & NO_LOW & NO_BEST & NO_HIGH),
                violation_error_message=(
                    "The numbers do not fit the qualifier: a plain number is the best value alone; "
                    "“at least” and “more than” give the lowest, “up to” and “fewer than” the "
                    "highest, “between” both, vague words none."
                ),
            ),
            models.CheckConstraint(
                name="figure_numbers_in_order",
                condition=(NO_LOW | NO_HIGH | Q(low__lte=F("high")))
                & (NO_LOW | NO_BEST | Q(low__lte=F("best")))
                & (NO_BEST | NO_HIGH | Q(best__lte=F("high"))),
                violation_error_message="Lowest, best and highest must be in this order.",
            ),
            models.CheckConstraint(
                name="figure_codes_are_known",
                condition=Q(qualifier__in=Qualifier.values) & Q(basis__in=FigureBasis.values),
            ),
        ]
        triggers = [public_id_never_changes(), touches_claim()]

    def __str__(self) -> str:
        return f"{self.as_printed} ({self.counts})"
