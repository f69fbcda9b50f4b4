"""Days as reviews print them, in half a dozen styles; what could be two days is none.

Read are ISO 8601 and its relatives, months by name in the languages below, RFC 2822, days with
points, which begin with the day everywhere, and Unix time. With slashes or hyphens and the day not
beyond the twelfth, 03/04/2020 is one day in London and another one in Chicago: it stays unread.
"""

import calendar
import datetime
import re
from email.utils import parsedate
from functools import cache

from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT

from factcheck.common.dates import DateBounds
from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import EARLIEST, LATEST
from factcheck.common.text import clean_line, excerpt

LANGUAGES = (
    *("en", "fr", "uk", "es", "pt", "de", "it", "ru", "pl", "nl", "tr", "id", "ro", "cs", "sv"),
    *("da", "nb", "fi", "hu", "el", "hr", "sk", "bg", "ca", "lt"),
)
LONGEST = 200

_TIME = r"(?:[T ,]\s*[\d:.]+.*)?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.DOTALL)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T.*)?", re.DOTALL)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"(1[89]\d\d|20\d\d)")
_POINTS = re.compile(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}){_TIME}", re.DOTALL)
_SLASHES = re.compile(rf"(\d{{1,2}})([/-])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.DOTALL)
_UNIX = re.compile(r"(\d{9,10})(\d{3})?")
_WEEKDAY = r"(?:[^\W\d_]+\.?,?\s+)?"
_OF = r"(?:\s+(?:of|de|del|d’|d')\s*|[\s.-]+)"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?{_OF}([^\W\d_]+)\.?,?{_OF}?(\d{{4}})"
    rf"(?:\s*(?:р\.|г\.|року))?{_TIME}",
    re.DOTALL,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}([^\W\d_]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){_TIME}", re.DOTALL
)
_MAIL = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} [A-Z][a-z]{2} \d{4} \d")
_MONTH_AND_YEAR = re.compile(r"([^\W\d_]+)\.?,?\s+(?:de\s+)?(\d{4})")


def read_day(printed: str) -> DateBounds:
    """The day, or the days between which it lies; with the words as printed where they are more
    than a plain date, and these alone where no day can be read with certainty.
    """
    printed = " ".join(printed.split())
    found = bounds_in(printed) if printed.isprintable() else None
    if found is None:
        return DateBounds(as_printed=presentable(printed))
    first, last = found
    if not EARLIEST <= first <= last <= LATEST:
        return DateBounds(as_printed=presentable(printed))
    words = "" if re.fullmatch(r"[\dTZ:.+ -]+", printed) else presentable(printed)
    return DateBounds(first, last, words)


def presentable(printed: str) -> str:
    """The words as they can stand beside a date."""
    try:
        return clean_line(excerpt(printed, limit=LONGEST))
    except InvalidInput:
        return ""


def bounds_in(printed: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day that the words can mean."""
    try:
        return _bounds_in(printed)
    except (ValueError, OverflowError, OSError):
        return None  # The 31st of February, the year 0000.


def _bounds_in(printed: str) -> tuple[datetime.date, datetime.date] | None:
    if found := _ISO.fullmatch(printed):
        return day_of(found[1], found[3], found[4])
    if found := _COMPACT.fullmatch(printed):
        return day_of(*found.groups())
    if found := _UNIX.fullmatch(printed):
        day = datetime.datetime.fromtimestamp(int(found[1]), datetime.UTC).date()
        return day, day
    if found := _POINTS.fullmatch(printed):
        return day_of(found[3], found[2], found[1])
    if found := _SLASHES.fullmatch(printed):
        one, other = int(found[1]), int(found[3])
        if min(one, other) > 12 or (max(one, other) <= 12 and one != other):
            return None
        return day_of(found[4], min(one, other), max(one, other))
    if _MAIL.match(printed) and (mail := parsedate(printed)):
        return day_of(*mail[:3])
    if found := _DAY_FIRST.fullmatch(printed):
        return day_of(found[3], month_of(found[2]), found[1])
    if found := _MONTH_FIRST.fullmatch(printed):
        return day_of(found[3], english_month(found[1]) or month_of(found[1]), found[2])
    if found := _MONTH.fullmatch(printed):
        return month_bounds(int(found[1]), int(found[2]))
    if found := _MONTH_AND_YEAR.fullmatch(printed):
        return month_bounds(int(found[2]), month_of(found[1]))
    if found := _YEAR.fullmatch(printed):
        year = int(found[1])
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return None


def day_of(
    year: str | int, month: str | int, day: str | int
) -> tuple[datetime.date, datetime.date]:
    """One day as bounds. Raises ValueError for one that does not exist."""
    found = datetime.date(int(year), int(month), int(day))
    return found, found


def month_bounds(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    """A month as bounds. Raises ValueError for one that does not exist."""
    first = datetime.date(year, month, 1)
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def month_of(name: str) -> int:
    """The month of this name. Raises ValueError for one that no language has, or two as two."""
    return month_names().get(name.casefold(), 0)


def english_month(name: str) -> int:
    """The month of this English name, whole or short; 0 for any other. Only in English does the day
    stand behind the month, so “Mar 2” is no Finnish November.
    """
    names = [one[:length].casefold() for length in (3, 9) for one in calendar.month_name[1:]]
    short = name.casefold()
    return names.index(short) % 12 + 1 if short in names else 0


@cache
def month_names() -> dict[str, int]:
    """Months by their names, whole and short, in the languages that Django has words for; without
    those that are one month here and another one there (“listopad”).
    """
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            for names in (MONTHS, MONTHS_ALT, MONTHS_3):
                for number, name in names.items():
                    found.setdefault(str(name).casefold().rstrip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}
