"""Numbers and days from outside: ASCII digits only, always within bounds.

Python's own `int("٣٦")` is 36. Here it is refused: a figure that decides a verdict is typed in the
digits in which it is shown.
"""

import datetime
import re
from decimal import Decimal
from typing import Any

from django import forms

from factcheck.common.errors import InvalidInput

# The integers that every JSON reader keeps exactly (RFC 8259 §6, RFC 8785).
MAX_INTEGER = 2**53 - 1
MAX_INTEGER_DIGITS = 15
MAX_DECIMAL_PLACES = 4

EARLIEST = datetime.date(1800, 1, 1)
LATEST = datetime.date(2200, 12, 31)

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,15})")
_DECIMAL = re.compile(rf"-?(?:0|[1-9][0-9]{{0,{MAX_INTEGER_DIGITS - 1}}})(?:\.([0-9]+))?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def parse_int(
    value: object, *, name: str = "number", low: int = -MAX_INTEGER, high: int = MAX_INTEGER
) -> int:
    """The whole number that is written in `value`, or that a JSON document held there.

    Raises InvalidInput for anything but plain ASCII digits between `low` and `high`, ends included.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        number: int | None = value
    elif isinstance(value, str) and _INTEGER.fullmatch(value):
        number = int(value)
    else:
        number = None
    if number is None or not low <= number <= high:
        raise InvalidInput.at(
            name, f"Give a whole number from {low} to {high}, in the digits 0 to 9."
        )
    return number


def parse_decimal(
    value: object,
    *,
    name: str = "number",
    low: Decimal | int | None = None,
    high: Decimal | int | None = None,
    places: int = MAX_DECIMAL_PLACES,
) -> Decimal:
    """The number that is written in `value`, or that a JSON document held there.

    At most 15 digits before the point and `places` after it; no exponent, no thousands separator.
    Raises InvalidInput for anything else, NaN, infinity and floats included.
    """
    text = _plainly(value)
    digits = _DECIMAL.fullmatch(text)
    if digits is None or len(digits[1] or "") > places:
        raise InvalidInput.at(
            name,
            f"Give a number in the digits 0 to 9, with at most {MAX_INTEGER_DIGITS} of them before"
            f" the decimal point and {places} after it.",
        )
    number = Decimal(text)
    if low is not None and number < low:
        raise InvalidInput.at(name, f"Give a number that is not below {low}.")
    if high is not None and number > high:
        raise InvalidInput.at(name, f"Give a number that is not above {high}.")
    return number


def parse_date(
    value: object,
    *,
    name: str = "date",
    low: datetime.date = EARLIEST,
    high: datetime.date = LATEST,
) -> datetime.date:
    """The day that is written in `value` as YYYY-MM-DD.

    Raises InvalidInput for any other format, for days that no calendar has, and for absurd years.
    """
    day = None
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            day = None
    if day is None or not low <= day <= high:
        raise InvalidInput.at(
            name, f"Give a day from {low} to {high} as YYYY-MM-DD, for example 2024-05-14."
        )
    return day


class BoundedIntegerField(forms.IntegerField):
    """A form field for whole numbers, see `parse_int`; `min_value` and `max_value` bound it."""

    def to_python(self, value: Any) -> int | None:
        """The number, None for an empty field. Raises ValidationError."""
        if value in self.empty_values:
            return None
        low, high = self.min_value, self.max_value
        try:
            return parse_int(
                _trimmed(value),
                low=-MAX_INTEGER if low is None else low,
                high=MAX_INTEGER if high is None else high,
            )
        except InvalidInput as error:
            raise error.for_form() from error


class BoundedDecimalField(forms.DecimalField):
    """A form field for decimal numbers, see `parse_decimal`."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number, None for an empty field. Raises ValidationError."""
        if value in self.empty_values:
            return None
        places = MAX_DECIMAL_PLACES if self.decimal_places is None else self.decimal_places
        try:
            return parse_decimal(
                _trimmed(value), low=self.min_value, high=self.max_value, places=places
            )
        except InvalidInput as error:
            raise error.for_form() from error


class IsoDateField(forms.DateField):
    """A form field for days, see `parse_date`; it reads what `<input type="date">` sends."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> datetime.date | None:
        """The day, None for an empty field. Raises ValidationError."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.datetime):
            value = value.date()
        if isinstance(value, datetime.date):
            value = value.isoformat()
        try:
            return parse_date(_trimmed(value))
        except InvalidInput as error:
            raise error.for_form() from error


def _plainly(value: object) -> str:
    """The value as a person would type it; empty when it is no number at all."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        # A number with thousands of digits is slow to print, and refused in any case.
        return str(value) if abs(value) <= 10**MAX_INTEGER_DIGITS else ""
    if not isinstance(value, Decimal):
        return ""
    # Printing Decimal("1e999999999") without an exponent would fill the memory.
    is_small = (
        value.is_finite() and abs(value.adjusted()) < 40 and len(value.as_tuple().digits) < 40
    )
    return format(value, "f") if is_small else ""


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value
