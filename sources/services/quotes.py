"""Words found in a text. They are found, never guessed: white space and quotation marks may differ
from what is held, and nothing else; what counts are the document's own characters, at their places.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from factcheck.common.errors import InvalidInput
from factcheck.common.text import clean_quote, excerpt

MAX_QUOTE_IN_PASSAGE = 20_000

# Between two runs of words of one quote, on a line of its own.
GAP = "\n[…]\n"
_GAP = re.compile(r"\r?\n[ \t]*\[(?:…|\.\.\.)\][ \t]*\r?\n")

DOUBLE_MARKS = '"“”„‟«»＂'
SINGLE_MARKS = "'‘’‚‛‹›＇"
_TOKENS = re.compile(rf"(?P<space>\s+)|(?P<double>[{DOUBLE_MARKS}])|(?P<single>[{SINGLE_MARKS}])")
# After one of these, a character goes on: a joiner, a variation selector, a skin tone.
_JOINER = "\u200d"
_CONTINUING = re.compile("[\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True)
class Quote:
    """Words to find. Where they stand more than once, `occurrence` says which, counted from 1."""

    exact: str
    occurrence: int | None = None


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


def runs_of(words: str) -> list[str]:
    """The runs of words of one quote, which stand apart by a line with […] alone."""
    return [run for run in _GAP.split(words) if run.strip()]


def find_places(text: str, words: str, *, limit: int) -> list[tuple[int, int]]:
    """Where the words stand in `text`, as `find_quote` finds them: the first places, up to `limit`.
    Raises InvalidInput for what cannot stand in a text.
    """
    words = clean_quote(words, max_length=MAX_QUOTE_IN_PASSAGE).strip()
    return list(islice(_hits(text, words), limit)) if words else []


def whole_characters(text: str, start: int, end: int) -> tuple[int, int]:
    """The range, widened where it begins or ends within a character: an accent stays with its
    letter, a family with all its members.
    """
    while _is_inside_a_character(text, start):
        start -= 1
    while _is_inside_a_character(text, end):
        end += 1
    return start, end


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
