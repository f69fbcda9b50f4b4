"""What can be done with documents: keep a copy, point at words in it, mark what is furniture.

Quotes are found, never guessed: white space and quotation marks may differ from what is held, and
nothing else; what is stored are the document's own characters, at their own places.
"""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NoReturn, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction

from factcheck.common.errors import FieldError, InvalidInput
from factcheck.common.text import MAX_QUOTE, clean_quote, excerpt
from factcheck.ledger.history import acting
from sources.choices import CaptureStatus
from sources.models import Capture, Document, Furniture, Passage, PassageRange
from sources.models.passage import CONTEXT_LENGTH

MAX_CONTENT = 50_000_000
MAX_RANGES = 20
MAX_QUOTE_IN_PASSAGE = 20_000

PLAIN_TEXT = "text/plain"
PLAIN_TEXT_EXTRACTOR = ("plain text in UTF-8", "1")
GIVEN_TEXT_EXTRACTOR = ("text given with the copy", "1")

DOUBLE_MARKS = '"“”„‟«»＂'
SINGLE_MARKS = "'‘’‚‛‹›＇"
_TOKENS = re.compile(rf"(?P<space>\s+)|(?P<double>[{DOUBLE_MARKS}])|(?P<single>[{SINGLE_MARKS}])")
# After one of these, a character goes on: a joiner, a variation selector, a skin tone.
_JOINER = "\u200d"
_CONTINUING = re.compile("[\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff]")

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Quote:
    """Words to find. Where they stand more than once, `occurrence` says which, counted from 1."""

    exact: str
    occurrence: int | None = None


def add_capture(
    document: Document,
    *,
    content: bytes,
    media_type: str,
    status: CaptureStatus | str,
    captured_at: datetime.datetime,
    by: User,
    final_url: str = "",
    supplied_by: User | None = None,
    text: str | None = None,
) -> Capture:
    """Keep an immutable copy of a Document: the bytes, their hash and the text taken from them.

    Without `text`, plain text is read as UTF-8; other media types need it. Neither bytes nor text
    are changed in any way. Raises InvalidInput.
    """
    if len(content) > MAX_CONTENT:
        raise InvalidInput.at("content", f"A copy has at most {MAX_CONTENT:,} bytes.")
    if captured_at.tzinfo is None:
        raise InvalidInput.at("captured_at", "Say in which time zone this time is.")
    extractor, version = GIVEN_TEXT_EXTRACTOR if text is not None else PLAIN_TEXT_EXTRACTOR
    capture = Capture(
        document=document,
        content=content,
        media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(),
        captured_at=captured_at,
        final_url=final_url,
        status=status,
        supplied_by=supplied_by,
        text=_decoded(content, media_type) if text is None else text,
        extractor=extractor,
        extractor_version=version,
        created_by=by,
    )
    return _entered(capture, by=by)


def anchor_passage(
    capture: Capture, quotes: Sequence[Quote], *, by: User, locator: str = ""
) -> Passage:
    """Make a Passage of the places where the quotes stand in the Capture's text.

    Raises InvalidInput where words are not found, are found more than once without `occurrence`,
    or where two quotes overlap. Without quotes a locator (page, timecode, frame) is needed.
    """
    if not quotes and not locator:
        raise InvalidInput.at("quotes", "Give the exact words, or a page, timecode or frame.")
    if len(quotes) > MAX_RANGES:
        raise InvalidInput.at("quotes", f"Give at most {MAX_RANGES} runs of words.")
    places = sorted(
        find_quote(capture.text, quote, name=f"quotes/{number}")
        for number, quote in enumerate(quotes)
    )
    for (_, end), (start, _) in pairwise(places):
        if start < end:
            raise InvalidInput.at("quotes", "Two of these quotes overlap; give their words once.")
    with transaction.atomic():
        passage = _entered(Passage(capture=capture, locator=locator, created_by=by), by=by)
        for start, end in places:
            _entered(_range(passage, start, end, by=by), by=by)
    return passage


def mark_furniture(capture: Capture, start: int, end: int, *, by: User) -> Furniture:
    """Mark the code points from `start` to before `end` as the page's, not the item's.

    Raises InvalidInput for a range that is empty, beyond the text, or marked already.
    """
    return _entered(Furniture(capture=capture, start=start, end=end, created_by=by), by=by)


def find_quote(text: str, quote: Quote, *, name: str = "quote") -> tuple[int, int]:
    """Where the quote stands in `text`: its first code point, and the one after its last.

    Runs of white space, kinds of quotation marks, and composed or decomposed accents make no
    difference. Half a character is never a hit: "e" does not stand in a decomposed "é".
    Raises InvalidInput at `name`.
    """
    words = clean_quote(quote.exact, name=name, max_length=MAX_QUOTE_IN_PASSAGE).strip()
    if not words:
        raise InvalidInput.at(name, "Give the words that stand there.")
    if quote.occurrence is not None and quote.occurrence < 1:
        raise InvalidInput.at(name, "Occurrences are counted from 1.")
    wanted = quote.occurrence or 1
    found = 0
    place: tuple[int, int] | None = None
    for hit in _hits(text, words):
        found += 1
        if found == wanted:
            place = hit
        if found > 1 and quote.occurrence is None:
            raise InvalidInput.at(
                name,
                f"“{excerpt(words)}” stands there more than once: "
                "say which occurrence, or quote more words.",
            )
        if place is not None and quote.occurrence is not None:
            break
    if place is None:
        raise InvalidInput.at(name, _not_there(words, found, wanted))
    return place


def _not_there(words: str, found: int, wanted: int) -> str:
    if found:
        return f"“{excerpt(words)}” stands there {found} times, not {wanted}."
    return f"“{excerpt(words)}” does not stand in what we hold: copy the words from there."


def _hits(text: str, words: str) -> Iterator[tuple[int, int]]:
    pattern = _pattern(words)
    hit = pattern.search(text)
    while hit is not None:
        if not _is_inside_a_character(text, hit.start()) and not _is_inside_a_character(
            text, hit.end()
        ):
            yield hit.span()
        hit = pattern.search(text, hit.start() + 1)


def _pattern(words: str) -> re.Pattern[str]:
    parts: list[str] = []
    end = 0
    for token in _TOKENS.finditer(words):
        parts.append(_spelt(words[end : token.start()]))
        if token["space"]:
            parts.append(r"\s+")
        else:
            parts.append(f"[{DOUBLE_MARKS}]" if token["double"] else f"[{SINGLE_MARKS}]")
        end = token.end()
    parts.append(_spelt(words[end:]))
    return re.compile("".join(parts))


def _spelt(words: str) -> str:
    """A pattern of the words with each accented letter composed or decomposed."""
    if words.isascii():
        return re.escape(words)
    spellings = []
    for cluster in _clusters(words):
        composed = unicodedata.normalize("NFC", cluster)
        forms = {cluster, composed, unicodedata.normalize("NFD", cluster)}
        options = [re.escape(form) for form in sorted(forms)]
        spellings.append(options[0] if len(options) == 1 else f"(?:{'|'.join(options)})")
    return "".join(spellings)


def _clusters(words: str) -> Iterator[str]:
    start = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or not unicodedata.combining(words[index]):
            yield words[start:index]
            start = index


def _is_inside_a_character(text: str, position: int) -> bool:
    if not 0 < position < len(text):
        return False
    following = text[position]
    return (
        unicodedata.category(following) in ("Mn", "Mc", "Me")
        or _CONTINUING.match(following) is not None
        or text[position - 1] == _JOINER
        or (text[position - 1] == "\r" and following == "\n")
    )


def _range(passage: Passage, start: int, end: int, *, by: User) -> PassageRange:
    text = passage.capture.text
    return PassageRange(
        passage=passage,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(start - CONTEXT_LENGTH, 0) : start],
        suffix=text[end : end + CONTEXT_LENGTH],
        created_by=by,
    )


def _decoded(content: bytes, media_type: str) -> str:
    if media_type.partition(";")[0].strip() != PLAIN_TEXT:
        raise InvalidInput.at("text", "Give the text of this copy; only plain text is read here.")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput.at(
            "content", f"Save this as UTF-8; byte {error.start} is something else."
        ) from None
    return clean_quote(text, name="content", max_length=MAX_QUOTE)


def _entered(row: Row, *, by: User) -> Row:
    """Check and insert a row; ValidationError becomes InvalidInput with the fields' names."""
    try:
        row.full_clean()
    except ValidationError as error:
        _refuse(error)
    with acting(by):
        row.save(force_insert=True)
    return row


def _refuse(error: ValidationError) -> NoReturn:
    errors = [
        FieldError("" if field == "__all__" else field, message)
        for field, messages in error.message_dict.items()
        for message in messages
    ]
    raise InvalidInput(" ".join(one.message for one in errors), errors)
