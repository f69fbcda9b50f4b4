"""One row's values, read strictly: each is used, or the row is refused with column and reason."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

from claims.importing.report import Problem
from factcheck.common.dates import DateBounds, PartOfDay
from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import parse_date, parse_decimal, parse_int
from factcheck.common.text import (
    clean_line,
    clean_name,
    clean_quote,
    clean_text,
    clean_url,
    excerpt,
)
from sources.services import Quote

MAX_KEY = 100
MAX_PARTS = 500
MAX_CODES_SHOWN = 15


@dataclass(frozen=True)
class Ref:
    """Another row, by its kind and key (or by what `Existing` finds), and where it is named."""

    kind: str
    key: str
    column: str


@dataclass(frozen=True)
class Own:
    """A citation of the same claim, by its key."""

    key: str
    column: str


@dataclass(frozen=True)
class Place:
    """Words in a document of the file, which become a Passage."""

    document: Ref
    quotes: tuple[Quote, ...]
    locator: str
    column: str


class Fields:
    """The values of one object of a row. Every method notes what is wrong and goes on, so that a
    person sees all problems of a row at once; `finish` notes what nobody asked for.
    """

    def __init__(self, data: dict[str, Any], *, problems: list[Problem], at: str = "") -> None:
        self.data = data
        self.problems = problems
        self.at = at
        self._asked: set[str] = set()
        self._inside: list[Fields] = []

    def finish(self) -> None:
        """Refuse every column that has not been asked for, here and further in."""
        for name in self.data:
            if name not in self._asked:
                self.refuse(excerpt(name), "There is no such column: remove it, or mend its name.")
        for fields in self._inside:
            fields.finish()

    def refuse(self, name: str, reason: str) -> None:
        """Note that a column is wrong."""
        self.problems.append(Problem(self.at + name, reason))

    # Words

    def key(self) -> str:
        """The row's own key."""
        return self._text("key", clean_line, required=True, max_length=MAX_KEY)

    def name(self, name: str, *, required: bool = False) -> str:
        """Somebody's or something's name."""
        return self._text(name, clean_name, required=required)

    def line(self, name: str, *, required: bool = False) -> str:
        """One line of our own words."""
        return self._text(name, clean_line, required=required)

    def text(self, name: str, *, required: bool = False) -> str:
        """Our own prose."""
        return self._text(name, clean_text, required=required)

    def quote(self, name: str, *, required: bool = False) -> str:
        """Other people's words, not changed in any way."""
        return self._text(name, clean_quote, required=required)

    def url(self, name: str) -> str:
        """A web address."""
        return self._text(name, clean_url)

    def code(
        self, name: str, choices: type[TextChoices], *, default: str = "", required: bool = False
    ) -> str:
        """One of the code words."""
        value = self._take(name)
        if value is None:
            if required:
                self.refuse(name, f"This is required: {_listed(choices.values)}.")
            return default
        return self._code(name, value, choices) or default

    def codes(self, name: str, choices: type[TextChoices]) -> list[str]:
        """Several of the code words."""
        return [
            self._code(f"{name}/{number}", value, choices)
            for number, value in enumerate(self._list(name))
        ]

    # Numbers, days, yes and no

    def number(self, name: str) -> Decimal | None:
        """A number."""
        return self._parsed(name, parse_decimal)

    def day(self, name: str, *, required: bool = False) -> datetime.date | None:
        """A day."""
        return self._parsed(name, parse_date, required=required)

    def flag(self, name: str, *, default: bool | None = None) -> bool | None:
        """True or false."""
        value = self._take(name)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self.refuse(name, "Write true or false.")
        return default

    def occurrence(self) -> int | None:
        """Which of several places is meant."""
        return self._parsed("occurrence", lambda value: parse_int(value, low=1, high=100_000))

    def bounds(self, name: str) -> DateBounds:
        """A date: {"on": day}, or its bounds and the words as printed."""
        fields = self.inside(name)
        if fields is None:
            return DateBounds()
        on = fields.day("on")
        not_before, not_after = fields.day("not_before"), fields.day("not_after")
        if on is not None and (not_before or not_after):
            fields.refuse("on", "Give the day, or its bounds; not both.")
        return DateBounds(
            not_before=on or not_before,
            not_after=on or not_after,
            as_printed=fields.line("as_printed"),
            part_of_day=fields.code("part_of_day", PartOfDay),
            time_zone=fields.line("time_zone"),
        )

    # Objects inside

    def inside(self, name: str) -> "Fields | None":
        """The object in a column."""
        value = self._take(name)
        if value is None:
            return None
        return self._object(name, value)

    def parts(self, name: str) -> "list[Fields]":
        """The objects in a column's list."""
        found = (
            self._object(f"{name}/{number}", value) for number, value in enumerate(self._list(name))
        )
        return [fields for fields in found if fields is not None]

    def lines(self, name: str) -> list[str]:
        """The texts in a column's list, not yet checked."""
        texts = []
        for number, value in enumerate(self._list(name)):
            if isinstance(value, str) and value:
                texts.append(value)
            else:
                self.refuse(f"{name}/{number}", "Give text here.")
        return texts

    # References

    def ref(self, name: str, kind: str, *, required: bool = False) -> Ref | None:
        """Another row."""
        key = self._text(name, clean_line, required=required)
        return Ref(kind, key, self.at + name) if key else None

    def refs(self, name: str, kind: str) -> list[Ref]:
        """Other rows."""
        return [
            Ref(kind, key, f"{self.at}{name}/{number}")
            for number, key in enumerate(self.lines(name))
        ]

    def own(self, name: str, keys: Iterable[str]) -> Own | None:
        """A citation of the same claim."""
        key = self._text(name, clean_line, required=True)
        if key and key not in keys:
            self.refuse(name, f"No citation of this claim has the key “{excerpt(key)}”.")
            return None
        return Own(key, self.at + name) if key else None

    def quotes(self, name: str = "quotes") -> tuple[Quote, ...]:
        """Exact words, each as text or as {"exact": …, "occurrence": …}."""
        quotes = []
        for number, value in enumerate(self._list(name)):
            if isinstance(value, str):
                value = {"exact": value}
            fields = self._object(f"{name}/{number}", value)
            if fields is not None:
                exact = fields.quote("exact", required=True)
                quotes.append(Quote(exact, fields.occurrence()))
        return tuple(quotes)

    def place(self, name: str, *, required: bool = False) -> Place | None:
        """Words in a document: {"document": key, "quotes": […], "locator": …}."""
        fields = self.inside(name)
        if fields is None:
            if required:
                self.refuse(name, "This is required: give the document and its exact words.")
            return None
        place = fields.words_in(fields.ref("document", "document", required=True))
        if place is None and fields.data.get("document"):
            fields.refuse("quotes", "Give the exact words, or a page, timecode or frame.")
        return place

    def words_in(self, document: Ref | None) -> Place | None:
        """The words or the locator that this object gives in a document; None without any."""
        quotes, locator = self.quotes(), self.line("locator")
        if document is None or not (quotes or locator):
            return None
        return Place(document, quotes, locator, self.at + "quotes")

    # The reading itself

    def _take(self, name: str) -> Any:
        self._asked.add(name)
        value = self.data.get(name)
        return None if isinstance(value, str) and not value else value

    def _text(
        self, name: str, clean: Callable[..., str], *, required: bool = False, **limits: int
    ) -> str:
        value = self._take(name)
        if value is None:
            if required:
                self.refuse(name, "This is required.")
            return ""
        try:
            text = clean(value, **limits)
        except InvalidInput as error:
            self.refuse(name, _reason(error))
            return ""
        if required and not text:
            self.refuse(name, "This is required; there is only white space.")
        return text

    def _parsed(self, name: str, parse: Callable[[object], Any], *, required: bool = False) -> Any:
        value = self._take(name)
        if value is None:
            if required:
                self.refuse(name, "This is required.")
            return None
        try:
            return parse(value)
        except InvalidInput as error:
            self.refuse(name, _reason(error))
            return None

    def _code(self, name: str, value: object, choices: type[TextChoices]) -> str:
        if isinstance(value, str) and value in choices.values:
            return value
        self.refuse(name, f"“{excerpt(str(value))}” is not among {_listed(choices.values)}.")
        return ""

    def _list(self, name: str) -> list[Any]:
        value = self._take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(name, "Give a list here.")
            return []
        if len(value) > MAX_PARTS:
            self.refuse(name, f"Give at most {MAX_PARTS} of these in one row.")
            return []
        return value

    def _object(self, name: str, value: object) -> "Fields | None":
        if not isinstance(value, dict):
            self.refuse(name, "Give an object here, with its columns in braces.")
            return None
        fields = Fields(value, problems=self.problems, at=f"{self.at}{name}/")
        self._inside.append(fields)
        return fields


def _reason(error: InvalidInput) -> str:
    return error.errors[0].message if error.errors else error.message


def _listed(values: list[str]) -> str:
    shown = ", ".join(values[:MAX_CODES_SHOWN])
    return shown if len(values) <= MAX_CODES_SHOWN else f"{shown} and others"
