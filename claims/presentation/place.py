"""Where something happened, in words."""

from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

NORTH, SOUTH = _("%(degrees)s° north"), _("%(degrees)s° south")
EAST, WEST = _("%(degrees)s° east"), _("%(degrees)s° west")
SENTENCES = {
    "exact": _("%(latitude)s, %(longitude)s: the spot itself"),
    "settlement": _("%(latitude)s, %(longitude)s: the settlement, not the spot"),
    "region": _("%(latitude)s, %(longitude)s: a point within the region, not the spot"),
    "country": _("%(latitude)s, %(longitude)s: a point within the country, not the spot"),
}


def coordinates_words(place: dict[str, Any]) -> str:
    """The coordinates of a record's place and what they stand for; empty where there are none."""
    if place["latitude"] is None:
        return ""
    return gettext(SENTENCES[place["precision"]]) % {
        "latitude": degrees(place["latitude"], NORTH, SOUTH),
        "longitude": degrees(place["longitude"], EAST, WEST),
    }


def degrees(number: str, positive: str, negative: str) -> str:
    """Degrees with their direction instead of a sign."""
    value = Decimal(number)
    words = gettext(negative if value < 0 else positive)
    return words % {"degrees": number_format(abs(value))}
