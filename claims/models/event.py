"""Events, who has an interest in them, and what is counted in them."""

import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from claims.choices import Counting, Interest, PlacePrecision
from factcheck.common.acyclic import acyclic, check_acyclic
from factcheck.common.dates import (
    DateBoundsField,
    date_bounds_constraints,
    days_can_be_meant,
    validate_day,
)
from factcheck.common.finding import words_index
from factcheck.common.guards import Guard, insist, touches
from factcheck.common.history import tracked
from factcheck.common.models import (
    Entered,
    Identified,
    PublicId,
    identified_triggers,
    public_id_never_changes,
)
from factcheck.common.text import validate_line, validate_text
from factcheck.ledger.triggers import merges, published_is_kept

EVENT_IN_CIRCLE = "This would put an Event inside itself."
PRIVATE_PARTY = "Interests are told of bodies and office-holders, never of private persons."


@tracked
class Event(Identified):
    """The happening that claims are about. Written by the desk and the importer."""

    title = models.CharField(
        max_length=200,
        validators=[validate_line],
        help_text="What happened, where and when, in words no side would object to.",
    )
    happened = DateBoundsField("when it happened, or is said to have happened")
    place_as_printed = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_line],
        help_text="The place in the source's words.",
    )
    place = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_line],
        help_text="The place as our style names it. No country decides a disputed place.",
    )
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="Degrees; published at settlement level unless released finer.",
    )
    longitude = models.DecimalField(
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="Degrees.",
    )
    place_precision = models.CharField(
        max_length=20,
        blank=True,
        choices=PlacePrecision.choices,
        help_text="How exactly the coordinates point.",
    )
    place_released = models.BooleanField(
        default=False,
        editable=False,
        help_text="An editor released the exact place; else it is public at settlement level.",
    )
    summary = models.TextField(
        blank=True,
        validators=[validate_text],
        help_text="What is known, who says what, what is not known.",
    )
    summary_as_of = models.DateField(
        null=True,
        blank=True,
        validators=[validate_day],
        help_text="The day the summary speaks of what is known.",
    )
    part_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The larger Event this one lies in.",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        help_text="The Event that stands for this one, which was entered twice.",
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            *date_bounds_constraints("event", "happened"),
            days_can_be_meant("event", "summary_as_of"),
            models.CheckConstraint(
                name="event_coordinates_come_together",
                condition=Q(latitude=None, longitude=None, place_precision="")
                | (
                    Q(latitude__range=(-90, 90))
                    & Q(longitude__range=(-180, 180))
                    & Q(place_precision__in=PlacePrecision.values)
                ),
                violation_error_message="Give latitude, longitude and their precision, or none.",
            ),
            models.CheckConstraint(
                name="event_is_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                violation_error_message="An Event is not merged into itself.",
            ),
            models.CheckConstraint(
                name="event_summary_is_dated",
                condition=Q(summary="", summary_as_of=None)
                | (~Q(summary="") & Q(summary_as_of__isnull=False)),
                violation_error_message="A summary and the day it speaks of go together.",
            ),
        ]
        indexes = [words_index("event_words", "title", "place")]
        triggers = [
            *identified_triggers(),
            published_is_kept("event"),
            acyclic(table="claims_event", child="id", parent="part_of_id", message=EVENT_IN_CIRCLE),
            *merges(table="claims_event", kind="event"),
            Guard(
                name="moved_place_is_not_released",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                # Unless both move together, as where a discarded change takes them back.
                func="""
                    IF NEW.place_released AND OLD.place_released
                        AND (NEW.latitude, NEW.longitude, NEW.place_precision)
                        IS DISTINCT FROM (OLD.latitude, OLD.longitude, OLD.place_precision)
                    THEN
                        NEW.place_released := FALSE;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an Event inside itself before the database does, with the same words."""
        check_acyclic(self, child="pk", parent="part_of_id", message=EVENT_IN_CIRCLE)


@tracked
class EventParty(Entered):
    """An Actor's interest in an Event, resting on a Passage wherever it says anything."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="parties")
    actor = models.ForeignKey(
        "sources.Actor",
        on_delete=models.PROTECT,
        related_name="interests",
        help_text="A body or an office-holder; never inferred from nationality.",
    )
    interest = models.CharField(
        max_length=20,
        choices=Interest.choices,
        default=Interest.NOT_ASSESSED,
        help_text="What is known of its interest; shown only on claims about this Event.",
    )
    party = models.ForeignKey(
        "sources.Actor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="spoken_for_in",
        help_text="Which party it speaks for or is a declared ally of.",
    )
    stake = models.CharField(
        max_length=300,
        blank=True,
        validators=[validate_line],
        help_text="For another stake: which.",
    )
    passage = models.ForeignKey(
        "sources.Passage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The passage that tells of the interest.",
    )

    class Meta:
        ordering = ["event_id", "id"]
        verbose_name_plural = "event parties"
        constraints = [
            models.UniqueConstraint(
                name="eventparty_actor_stands_once",
                fields=["event", "actor"],
                violation_error_message="This Actor's interest in this Event is given already.",
            ),
            models.CheckConstraint(
                name="eventparty_names_its_party",
                condition=(
                    Q(interest__in=[Interest.SPEAKS_FOR, Interest.DECLARED_ALLY_OF])
                    & Q(party__isnull=False)
                )
                | (
                    Q(interest__in=[Interest.OTHER_STAKE, Interest.NONE_KNOWN])
                    & Q(party__isnull=True)
                )
                | Q(interest=Interest.NOT_ASSESSED, party__isnull=True),
                violation_error_message="Say which party, where it speaks for or is allied to one.",
            ),
            models.CheckConstraint(
                name="eventparty_rests_on_a_passage",
                condition=Q(interest__in=[Interest.NONE_KNOWN, Interest.NOT_ASSESSED])
                | Q(passage__isnull=False),
                violation_error_message="An interest rests on the passage that tells of it.",
            ),
        ]
        triggers = [
            touches(table="claims_event", column="event_id"),
            Guard(
                name="is_no_private_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=insist(
                    "NOT (SELECT is_private FROM sources_actor WHERE id = NEW.actor_id)",
                    name="eventparty_is_no_private_person",
                    message=PRIVATE_PARTY,
                )
                + "RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.get_interest_display()}"

    def clean(self) -> None:
        """Refuse a private person before the database does."""
        if self.actor_id is not None and self.actor.is_private:
            raise ValidationError({"actor": PRIVATE_PARTY})


@tracked
class Measure(Entered):
    """A thing counted in an Event. Only figures of one Measure and basis share an axis."""

    public_id = models.CharField(
        max_length=10, unique=True, editable=False, db_default=PublicId(), db_index=False
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="measures")
    what = models.CharField(
        max_length=200,
        validators=[validate_line],
        help_text="What exactly is counted, such as “people killed”.",
    )
    unit = models.CharField(
        max_length=60, validators=[validate_line], help_text="The unit, such as “people”."
    )
    counting = models.CharField(
        max_length=20,
        choices=Counting.choices,
        help_text="Within a period of its own, or added up from the start.",
    )

    class Meta:
        ordering = ["event_id", "id"]
        constraints = [
            models.UniqueConstraint(
                name="measure_stands_once",
                fields=["event", "what", "unit", "counting"],
                violation_error_message="This Event counts this already.",
            ),
            models.CheckConstraint(
                name="measure_counting_is_known", condition=Q(counting__in=Counting.values)
            ),
        ]
        triggers = [
            public_id_never_changes(),
            touches(table="claims_event", column="event_id"),
        ]

    def __str__(self) -> str:
        return f"{self.what} ({self.get_counting_display()})"
