"""Dates as the sources give them: bounds, and the words that were printed."""

import datetime
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from factcheck.common.numbers import EARLIEST, LATEST
from factcheck.common.text import validate_line


class PartOfDay(models.TextChoices):
    """Which part of a day a source speaks of, where it gives no hour."""

    NIGHT = "night"
    EARLY_MORNING = "early-morning"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    LATE_EVENING = "late-evening"


def validate_day(day: datetime.date) -> None:
    """Refuse a day that no claim can mean and that is a slip of the keyboard."""
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(
            f"{day.isoformat()} is outside {EARLIEST.year} to {LATEST.year}.", code="absurd_date"
        )


@dataclass(frozen=True)
class DateBounds:
    """A date that is exact (both bounds the same day) or lies between two days, ends included.

    Either bound may be open. `as_printed` keeps the source's words ("the day before").
    """

    not_before: datetime.date | None = None
    not_after: datetime.date | None = None
    as_printed: str = ""
    part_of_day: str = ""
    time_zone: str = ""

    def __bool__(self) -> bool:
        """Whether anything at all is known."""
        return any((self.not_before, self.not_after, self.as_printed))

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.not_before is not None and self.not_before == self.not_after

    @classmethod
    def on(cls, day: datetime.date, **words: str) -> Self:
        """The exact day."""
        return cls(not_before=day, not_after=day, **words)

    def as_record(self) -> dict[str, str | None] | None:
        """The five facts as strings for a public record, or None where nothing is known."""
        if not self:
            return None
        return {
            "not_before": self.not_before.isoformat() if self.not_before else None,
            "not_after": self.not_after.isoformat() if self.not_after else None,
            "as_printed": self.as_printed,
            "part_of_day": self.part_of_day or None,
            "time_zone": self.time_zone or None,
        }


class DateBoundsField:
    """Adds the five columns of a DateBounds to a model, and a property that speaks of them as one.

    `said = DateBoundsField("…")` makes `said_not_before` … `said_time_zone` and `claim.said`.
    The model's Meta takes `*date_bounds_constraints("claim", "said")` along, since Django reads
    constraints from Meta alone.
    """

    def __init__(self, meaning: str) -> None:
        self.meaning = meaning

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        """Called by Django's metaclass with the attribute's name."""
        for suffix, field in self._columns(name).items():
            model.add_to_class(f"{name}_{suffix}", field)
        setattr(model, name, _bounds_property(name))

    def __get__(self, instance: Any, owner: Any = None) -> DateBounds:
        """Only for type checkers: the metaclass puts a property in this object's place."""
        raise AttributeError("A DateBoundsField belongs in a model's body.")

    def __set__(self, instance: Any, value: DateBounds) -> None:
        raise AttributeError("A DateBoundsField belongs in a model's body.")

    def _columns(self, name: str) -> dict[str, "models.Field[Any, Any]"]:
        label = name.replace("_", " ")
        return {
            "not_before": models.DateField(
                f"{label}, not before",
                null=True,
                blank=True,
                validators=[validate_day],
                help_text=f"The first possible day: {self.meaning}.",
            ),
            "not_after": models.DateField(
                f"{label}, not after",
                null=True,
                blank=True,
                validators=[validate_day],
                help_text="The last possible day; the same as the first where the day is known.",
            ),
            "as_printed": models.CharField(
                f"{label}, as printed",
                max_length=200,
                blank=True,
                validators=[validate_line],
                help_text="The source's own words for the date, such as “the day before”.",
            ),
            "part_of_day": models.CharField(
                f"{label}, part of day",
                max_length=20,
                blank=True,
                choices=PartOfDay.choices,
                help_text="Only where the source says so.",
            ),
            "time_zone": models.CharField(
                f"{label}, time zone",
                max_length=60,
                blank=True,
                validators=[validate_line],
                help_text="Only where the source says whose clock it means.",
            ),
        }


def _bounds_property(name: str) -> property:
    parts = ("not_before", "not_after", "as_printed", "part_of_day", "time_zone")

    def read(instance: models.Model) -> DateBounds:
        return DateBounds(*(getattr(instance, f"{name}_{part}") for part in parts))

    def write(instance: models.Model, bounds: DateBounds) -> None:
        for part in parts:
            setattr(instance, f"{name}_{part}", getattr(bounds, part))

    return property(read, write)


def days_can_be_meant(table: str, *columns: str) -> models.CheckConstraint:
    """The rule PostgreSQL holds for single days: each empty, or one that can be meant."""
    condition = Q()
    for column in columns:
        condition &= Q((column, None)) | Q((f"{column}__range", (EARLIEST, LATEST)))
    return models.CheckConstraint(
        name=f"{table}_days_can_be_meant",
        condition=condition,
        violation_error_message=f"Days lie from {EARLIEST.year} to {LATEST.year}.",
    )


def date_bounds_constraints(table: str, name: str) -> list[models.BaseConstraint]:
    """The rules PostgreSQL holds for one DateBounds: bounds in order, days that can be meant."""
    first, last = f"{name}_not_before", f"{name}_not_after"
    label = name.replace("_", " ")
    return [
        models.CheckConstraint(
            name=f"{table}_{name}_bounds_in_order",
            condition=Q((first, None)) | Q((last, None)) | Q((f"{first}__lte", F(last))),
            violation_error_message=f"“{label}”: not before must not be later than not after.",
        ),
        models.CheckConstraint(
            name=f"{table}_{name}_days_can_be_meant",
            condition=(Q((first, None)) | Q((f"{first}__range", (EARLIEST, LATEST))))
            & (Q((last, None)) | Q((f"{last}__range", (EARLIEST, LATEST)))),
            violation_error_message=f"“{label}”: days lie from {EARLIEST.year} to {LATEST.year}.",
        ),
    ]
