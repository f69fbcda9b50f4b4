"""From files to JSON values, one at a time, each with the line at which it begins.

Told apart by what they hold, not by name: one JSON document, several one after the other (JSON
lines), or HTML with JSON-LD in it. Tolerated: a byte order mark, UTF-16 with one, commas before
closing brackets, control characters inside strings, keys twice (the last one holds), comments or
CDATA around JSON-LD and entities inside it. Whatever breaks off is read up to there.
"""

import html
import json
import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from claims.reviews.report import Reject
from claims.reviews.review import Review
from claims.reviews.shapes import is_google, reviews_in
from factcheck.common.errors import InvalidInput
from factcheck.common.text import excerpt

SUFFIXES = (".json", ".jsonl", ".ndjson", ".jsonld", ".html", ".htm", ".xhtml", ".txt")
LARGEST_FILE = 1_000_000_000
LARGEST_PAGE = 25_000_000
# Lists of which every element has to be a review, or have one.
LISTS = ("dataFeedElement", "claims")

_SPACE = re.compile(r"\s*")
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])', re.DOTALL)
_WRAPPING = re.compile(r"<!--|-->|/?/?\s*/?\*?\s*<!\[CDATA\[\s*\*?/?|/?/?\s*/?\*?\s*\]\]>\s*\*?/?")


@dataclass(frozen=True)
class Found:
    """A review, where it stands, and how much of all files had been read by then."""

    review: Review
    file: str
    line: int
    done: float = 0.0


@dataclass(frozen=True)
class Value:
    """A JSON value and the line at which it begins; `is_element` of what should be a review."""

    value: Any
    line: int
    at: float
    is_element: bool = False


# Gives values, and last the position behind them.
Reading = Generator[Value | Reject, None, int]


def _text(literal: str) -> str:
    return literal


# Numbers stay as they are printed: nothing is rounded, and none is too long.
DECODER = json.JSONDecoder(strict=False, parse_int=_text, parse_float=_text, parse_constant=_text)


def read_paths(paths: Iterable[Path]) -> Iterator[Found | Reject]:
    """Every review in the files, and in the files of directories, in the order of their names.

    Raises InvalidInput where there is no such file.
    """
    files = [file for path in paths for file in files_of(path)]
    every = sum(file.stat().st_size for file in files) or 1
    before = 0
    for file in files:
        size = file.stat().st_size
        for one in read_file(file):
            if isinstance(one, Found):
                done = (before + one.done * size) / every
                one = Found(one.review, one.file, one.line, done)
            yield one
        before += size


def files_of(path: Path) -> list[Path]:
    """The file itself, or those of a directory that may hold reviews."""
    if path.is_dir():
        found = [one for one in sorted(path.rglob("*")) if one.suffix.lower() in SUFFIXES]
        return [one for one in found if one.is_file()]
    if not path.is_file():
        raise InvalidInput(f"There is no file {path}.")
    return [path]


def read_file(path: Path) -> Iterator[Found | Reject]:
    """Every review of one file; what cannot be read is rejected, with line and reason."""
    if path.stat().st_size > LARGEST_FILE:
        yield Reject(str(path), 0, f"It has more than {LARGEST_FILE:,} bytes: divide it.")
        return
    yield from read_bytes(path.read_bytes(), name=str(path))


def read_bytes(data: bytes, *, name: str) -> Iterator[Found | Reject]:
    """The same of a file's bytes. Never raises, whatever they are."""
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield Reject(name, line, "Save it as UTF-8: there are other bytes.")
        return
    has_any = False
    values = in_html(data, text) if text.lstrip()[:1] == "<" else in_json(text)
    for value in values:
        if isinstance(value, Reject):
            has_any = True
            yield Reject(name, value.line, value.reason)
            continue
        is_empty = True
        for review in reviews_in(value.value):
            is_empty, has_any = False, True
            if isinstance(review, Review):
                yield Found(review, name, value.line, value.at)
            else:
                yield Reject(name, value.line, review.message)
        if is_empty and value.is_element:
            has_any = True
            yield Reject(name, value.line, "There is no ClaimReview here.")
    if not has_any:
        yield Reject(name, 1, "There is no ClaimReview in this file.")


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 where it says so."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    return data.decode("utf-8-sig")


# JSON


def in_json(text: str) -> Iterator[Value | Reject]:
    """The values of a JSON document, of several, or of JSON lines."""
    lines = text.split("\n")
    if len(lines) > 1 and is_whole(lines[0]) and any(line.strip() for line in lines[1:]):
        yield from in_lines(lines)
    else:
        yield from Scan(text).values()


def is_whole(line: str) -> bool:
    """Whether the line is an object by itself, or would be but for a slip in it."""
    line = line.strip()
    if not line.startswith("{") or not line.endswith("}"):
        return False
    return not isinstance(value_of(line), Reject)


def in_lines(lines: list[str]) -> Iterator[Value | Reject]:
    """Each line by itself: a broken one keeps no other back."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        value = value_of(line)
        if isinstance(value, Reject):
            yield Reject("", number, value.reason)
        else:
            yield Value(value, number, number / len(lines), is_element=True)


def value_of(text: str) -> Any:
    """The value of a whole JSON text, or a Reject."""
    for attempt in (text, without_commas(text)):
        try:
            value, end = DECODER.raw_decode(attempt, len(attempt) - len(attempt.lstrip()))
        except (ValueError, RecursionError) as error:
            reason = reason_of(error)
            continue
        if attempt[end:].strip():
            reason = "something stands after the end of it"
            continue
        return value
    return Reject("", 1, f"This is not well-formed JSON: {reason}.")


def reason_of(error: Exception) -> str:
    """What the parser found, in few words."""
    if isinstance(error, RecursionError):
        return "it is nested too deep"
    message = getattr(error, "msg", "") or str(error)
    return excerpt(message[:1].lower() + message[1:])


def without_commas(text: str) -> str:
    """The text without commas before closing brackets, which add nothing."""
    return _STRING_OR_COMMA.sub(lambda found: "" if found[0] == "," else found[0], text)


class Scan:
    """One pass over a JSON text that gives the elements of its long lists one by one, each with its
    line, before the rest is known to be well formed.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.counted, self.lines, self.last = 0, 1, 0
        self.is_mended = False

    def values(self) -> Iterator[Value | Reject]:
        """The values, and last a Reject where the text breaks off or goes wrong."""
        position = self.after_space(0)
        try:
            while position < len(self.text):
                if self.text[position] == "[":
                    position = yield from self.elements(position + 1, are_reviews=False)
                elif self.text[position] == "{":
                    position = yield from self.members(position)
                else:
                    position = yield from self.one(position, is_element=False)
                position = self.after_space(position)
        except (ValueError, RecursionError, IndexError) as error:
            reason = "it breaks off" if isinstance(error, IndexError) else reason_of(error)
            yield Reject("", self.line_of(self.last), f"From here on it cannot be read: {reason}.")

    def members(self, start: int) -> Reading:
        """An object: of its long lists every element, or the object as a whole."""
        position, found = self.after_space(start + 1), {}
        has_list = False
        while self.text[position] != "}":
            if self.text[position] == ",":
                position = self.after_space(position + 1)
                continue
            key, position = self.decode(position)
            position = self.after_space(position)
            if not isinstance(key, str) or self.text[position] != ":":
                raise ValueError("a key and a colon are missing")
            position = self.after_space(position + 1)
            if key in LISTS and self.text[position] == "[":
                has_list = True
                position = yield from self.elements(position + 1, are_reviews=True)
            else:
                found[key], position = self.decode(position)
            position = self.after_space(position)
        if not has_list or is_google(found):
            yield Value(found, self.line_of(start), position / len(self.text))
        return position + 1

    def elements(self, position: int, *, are_reviews: bool) -> Reading:
        """The elements of a list, from behind its bracket on; the position behind its end."""
        position = self.after_space(position)
        while self.text[position] != "]":
            if self.text[position] == ",":
                position = self.after_space(position + 1)
                continue
            position = yield from self.one(position, is_element=are_reviews)
            position = self.after_space(position)
        return position + 1

    def one(self, position: int, *, is_element: bool) -> Reading:
        """One value; the position behind it."""
        value, end = self.decode(position)
        yield Value(value, self.line_of(position), end / len(self.text), is_element)
        return end

    def decode(self, position: int) -> tuple[Any, int]:
        """The value at a position, and where it ends."""
        self.last = position
        try:
            return DECODER.raw_decode(self.text, position)
        except ValueError:
            if self.is_mended:
                raise
            # Commas are taken out of the rest once, since that is a pass over all of it.
            self.is_mended = True
            self.text = self.text[:position] + without_commas(self.text[position:])
            return DECODER.raw_decode(self.text, position)

    def after_space(self, position: int) -> int:
        """The position of the next character that is no space."""
        found = _SPACE.match(self.text, position)
        return found.end() if found else position

    def line_of(self, position: int) -> int:
        """The line of a position, which never goes back far."""
        if position >= self.counted:
            self.lines += self.text.count("\n", self.counted, position)
            self.counted = position
            return self.lines
        return self.lines - self.text.count("\n", position, self.counted)


# HTML


def in_html(data: bytes, text: str) -> Iterator[Value | Reject]:
    """The JSON-LD of a page: all of it as one value, since its parts may refer to each other."""
    if len(data) > LARGEST_PAGE:
        yield Reject("", 1, f"The page has more than {LARGEST_PAGE:,} bytes.")
        return
    try:
        page = document_fromstring(text.encode(), parser=HTMLParser(encoding="utf-8"))
    except (etree.LxmlError, ValueError):
        yield Reject("", 1, "This is no HTML that can be read.")
        return
    values, line = [], 0
    for script in page.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        value = in_script(script.text or "")
        if isinstance(value, Reject):
            yield Reject("", script.sourceline or 1, value.reason)
        else:
            values.append(value)
            line = line or script.sourceline or 1
    if values:
        yield Value(values, line, 1.0)


def in_script(text: str) -> Any:
    """The value of one script, whatever is wrapped around it; a Reject where there is none."""
    text = _WRAPPING.sub(" ", text).strip().rstrip(";")
    if not text:
        return []
    value = value_of(text)
    return value_of(html.unescape(text)) if isinstance(value, Reject) else value
