"""When it was said, as far as the words beside the cue tell, by the day of publication."""

import datetime
import re

from claims.proposing.lexicons.lexicon import Lexicon
from factcheck.common.dates import DateBounds
from factcheck.common.numbers import EARLIEST, LATEST

_DAY = datetime.timedelta(days=1)


class Calendar:
    """Reads days of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        months = "|".join(sorted(lexicon.months, key=len, reverse=True))
        weekdays = "|".join(sorted(lexicon.weekdays, key=len, reverse=True))
        ago = "|".join(re.escape(one) for one in sorted(lexicon.days_ago, key=len, reverse=True))
        day = rf"(?P<day{{0}}>[0-3]?\d){lexicon.ordinal}"
        year = r"(?:,?\s+(?P<year{0}>(?:19|20)\d\d))?"
        self.pattern = re.compile(
            rf"(?<![\w.-])(?:{day.format(1)}\s+(?P<month1>{months})\b\.?{year.format(1)}"
            rf"|(?P<month2>{months})\b\.?\s+{day.format(2)}\b(?!\s*[%\d]){year.format(2)}"
            rf"|(?P<ago>{ago})(?!\w)|(?P<week>{lexicon.last_week})(?!\w)"
            rf"|(?P<weekday>{weekdays})(?!\w))",
            re.IGNORECASE,
        )

    def read(self, words: str, *, published_on: datetime.date | None) -> DateBounds:
        """The one day that the words give, exact or between two days; nothing where there are
        several, or where the day of publication would have to be known and is not.
        """
        found = list(self.pattern.finditer(words))
        # “On Tuesday, January 2”: the date says more than the day of the week beside it.
        dated = [one for one in found if one["day1"] or one["day2"]]
        if len(found) > 1 and len(dated) == 1 and len(found) == 2:
            found = dated
        if len(found) != 1:
            return DateBounds()
        [one] = found
        if one["day1"] or one["day2"]:
            day = self._dated(one, published_on)
            return DateBounds.on(day, as_printed=one.group()) if day else DateBounds()
        if published_on is None:
            return DateBounds(as_printed=one.group())
        return self._counted_back(one, published_on)

    def _dated(
        self, one: re.Match[str], published_on: datetime.date | None
    ) -> datetime.date | None:
        number = "1" if one["day1"] else "2"
        month = self.lexicon.months[one[f"month{number}"].lower()]
        of_month = int(one[f"day{number}"])
        try:
            if year := one[f"year{number}"]:
                day = datetime.date(int(year), month, of_month)
            elif published_on:
                day = datetime.date(published_on.year, month, of_month)
                # Without a year it is the last one there was.
                if day > published_on + _DAY:
                    day = day.replace(year=day.year - 1)
            else:
                return None
        except ValueError:
            return None
        return day if EARLIEST <= day <= LATEST else None

    def _counted_back(self, one: re.Match[str], published_on: datetime.date) -> DateBounds:
        words = one.group()
        if one["ago"]:
            day = published_on - _DAY * self.lexicon.days_ago[words.lower()]
            return DateBounds.on(day, as_printed=words)
        if one["weekday"]:
            back = (published_on.weekday() - self.lexicon.weekdays[words.lower()]) % 7
            return DateBounds.on(published_on - _DAY * back, as_printed=words)
        monday = published_on - _DAY * (published_on.weekday() + 7)
        return DateBounds(monday, monday + 6 * _DAY, as_printed=words)
