"""The switch for a day under attack: while it is on, the desk can be read and not changed.

The middleware refuses requests in words; triggers (`factcheck.database.switch`) refuse everything
else that would write, on the same row. What readers see goes on unchanged.
"""

from django.contrib.auth.models import User

from factcheck.common.errors import InvalidInput
from factcheck.common.text import clean_line
from factcheck.models import ReadOnlySwitch

MAX_WHY = 500


def newest() -> ReadOnlySwitch | None:
    """How the switch stands: its newest row. None where nobody has ever touched it."""
    return ReadOnlySwitch.objects.select_related("by").first()


def switched_on() -> ReadOnlySwitch | None:
    """The row that made the desk read-only; None while it can be changed."""
    row = newest()
    return row if row is not None and row.is_on else None


def switch(*, on: bool, why: str, by: User | None) -> ReadOnlySwitch:
    """Make the desk read-only, or end it. `by` is None for who does so at the server itself.

    Raises InvalidInput without a reason of one line, and where it stands so already.
    """
    why = clean_line(why, name="why", max_length=MAX_WHY)
    if not why:
        raise InvalidInput.at("why", "Say why: it stays in the history.")
    if (switched_on() is not None) == on:
        raise InvalidInput.at("on", "It is so already: nothing was changed.")
    return ReadOnlySwitch.objects.create(is_on=on, why=why, by=by)
