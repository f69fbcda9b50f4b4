"""What stood on a day in the past: how an address asks for it, and where the ledger was then."""

import datetime
import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone

from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import parse_date
from factcheck.ledger.models import Publication

PARAMETER = "as_of"
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})Z")


@dataclass(frozen=True)
class AsOf:
    """The moment until which what was published counts. `given` is as the address has it."""

    given: str
    until: datetime.datetime

    @property
    def day(self) -> str:
        """The day (ISO 8601) of which the page speaks."""
        return self.given[:10]

    def seq(self) -> int:
        """The ledger's newest place then; 0 before the first. One query."""
        before = Publication.objects.using("public").filter(published_at__lt=self.until)
        return before.order_by("-published_at", "-seq").values_list("seq", flat=True).first() or 0


def as_of(query: QueryDict) -> AsOf | None:
    """The moment asked for: a day, which counts to its end in UTC, or a second
    (2026-05-14T12:00:00Z). None where nothing is asked. Raises InvalidInput for what is neither, or
    has not come yet.
    """
    given = str(query.get(PARAMETER, "")).strip()
    if not given:
        return None
    moment = _MOMENT.fullmatch(given)
    day = parse_date(moment[1] if moment else given, name=PARAMETER)
    try:
        time = datetime.time.fromisoformat(moment[2]) if moment else datetime.time()
    except ValueError:
        raise InvalidInput.at(PARAMETER, "Give a time from 00:00:00 to 23:59:59.") from None
    until = datetime.datetime.combine(day, time, tzinfo=datetime.UTC)
    now = timezone.now()
    if until > now:
        raise InvalidInput.at(PARAMETER, "Give a day that has come: nobody knows later ones.")
    return AsOf(given, until if moment else until + datetime.timedelta(days=1))
