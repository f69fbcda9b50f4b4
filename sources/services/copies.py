"""Keeping a copy of a Document, pointing at words in it, marking what of it is furniture."""

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NoReturn, TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models, transaction

from factcheck.common.errors import FieldError, InvalidInput
from factcheck.common.text import MAX_QUOTE, clean_quote
from factcheck.ledger.history import acting
from sources.choices import CaptureStatus
from sources.models import Capture, Document, Furniture, Passage, PassageRange
from sources.models.passage import CONTEXT_LENGTH
from sources.services.quotes import Quote, find_quote, whole_characters

MAX_CONTENT = 50_000_000
MAX_RANGES = 20

PLAIN_TEXT = "text/plain"
PLAIN_TEXT_EXTRACTOR = ("plain text in UTF-8", "1")
GIVEN_TEXT_EXTRACTOR = ("text given with the copy", "1")

Row = TypeVar("Row", bound=models.Model)


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
    extractor: tuple[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Capture:
    """Keep an immutable copy of a Document: the bytes, their hash and the text taken from them.

    Without `text`, plain text is read as UTF-8; other media types need it. `extractor` says what
    took the text, and its version; without it, the text was given with the copy. `more` has what is
    known of a copy that we fetched ourselves. Neither bytes nor text are changed in any way. Raises
    InvalidInput.
    """
    if len(content) > MAX_CONTENT:
        raise InvalidInput.at("content", f"A copy has at most {MAX_CONTENT:,} bytes.")
    if captured_at.tzinfo is None:
        raise InvalidInput.at("captured_at", "Say in which time zone this time is.")
    taken_by, version = extractor or (
        GIVEN_TEXT_EXTRACTOR if text is not None else PLAIN_TEXT_EXTRACTOR
    )
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
        extractor=taken_by,
        extractor_version=version,
        created_by=by,
        **(more or {}),
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
    return _anchored(capture, places, by=by, locator=locator)


def anchor_ranges(capture: Capture, ranges: Sequence[tuple[int, int]], *, by: User) -> Passage:
    """Make a Passage of these code points of the Capture's text, half-open, each range widened to
    whole characters. Raises InvalidInput where one is empty or beyond the text, or two overlap.
    """
    return _anchored(capture, whole_ranges(capture.text, ranges), by=by)


def whole_ranges(text: str, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in their order in the text, each widened to whole characters. Raises
    InvalidInput at `ranges` where one is empty or beyond the text.
    """
    if not 0 < len(ranges) <= MAX_RANGES:
        raise InvalidInput.at("ranges", f"Give at least one and at most {MAX_RANGES} ranges.")
    for start, end in ranges:
        if not 0 <= start < end <= len(text):
            raise InvalidInput.at(
                "ranges",
                f"A range begins before it ends, and ends within the {len(text):,} "
                "characters of the text.",
            )
    return sorted(whole_characters(text, start, end) for start, end in ranges)


def newest_capture(document: Document) -> Capture | None:
    """The capture in which a new quote of the document is looked for: the newest that has a text. A
    picture that is supplied later takes no words away.
    """
    held = document.captures.with_words()
    return held.exclude(text="").newest_first().first() or held.newest_first().first()


def mark_furniture(capture: Capture, start: int, end: int, *, by: User) -> Furniture:
    """Mark the code points from `start` to before `end` as the page's, not the item's.

    Raises InvalidInput for a range that is empty, beyond the text, or marked already.
    """
    return _entered(Furniture(capture=capture, start=start, end=end, created_by=by), by=by)


def _anchored(
    capture: Capture, places: Sequence[tuple[int, int]], *, by: User, locator: str = ""
) -> Passage:
    for (_, end), (start, _) in pairwise(places):
        if start < end:
            raise InvalidInput.at("quotes", "Two of these quotes overlap; give their words once.")
    with transaction.atomic():
        passage = _entered(Passage(capture=capture, locator=locator, created_by=by), by=by)
        for start, end in places:
            _entered(_range(passage, start, end, by=by), by=by)
    return passage


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
