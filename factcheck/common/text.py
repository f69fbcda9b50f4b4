"""Text from outside: what every surface accepts, in one place.

Bad characters are refused, never stripped: a silent repair would put words into the record that
nobody wrote. Four kinds, from the freest to the strictest:

* a *quote* is other people's words: nothing in it is changed, or offsets would drift;
* a *text* is our own prose, in paragraphs;
* a *line* is a title, a label, a search: no line breaks, no direction marks;
* a *name* has no invisible characters either, so that two names that look alike are alike.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Callable
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django import forms

from factcheck.common.errors import InvalidInput

MAX_NAME = 200
MAX_LINE = 1_000
MAX_URL = 2_000
MAX_TEXT = 20_000
MAX_QUOTE = 5_000_000  # the text of a whole captured report is checked as a quote

# The Stream-Safe Text Format of Unicode (UAX #15) has the same limit. Without one, normalisation
# takes quadratic time: 40,000 piled-up accents are more than a second.
MAX_MARKS = 30

_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_SURROGATES = r"\ud800-\udfff"
_PRIVATE_USE = r"\ue000-\uf8ff\U000f0000-\U0010ffff"
_NONCHARACTERS = r"\ufdd0-\ufdef" + "".join(
    rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(0x0F)
)
_DIRECTION_SWITCHES = r"\u202a-\u202e\u2066-\u2069"
_DIRECTION_MARKS = r"\u061c\u200e\u200f"
_BREAKS = r"\t\n\r\u2028\u2029"
# Default-ignorable characters but the joiners (below) and the variation selectors, which
# Mongolian and Japanese names need.
_INVISIBLE = (
    r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff"
    r"\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
)
_VARIATION_SELECTORS = r"\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINERS = r"\u200c\u200d"
# Scripts whose letters change shape at a joiner: Arabic, Syriac, N'Ko, those of India and
# Sri Lanka, Myanmar, Khmer, Mongolian. Elsewhere a joiner is only a way to hide a difference.
_JOINING = r"\u0600-\u07ff\u0840-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af"

_NEVER = _CONTROLS + _SURROGATES
_IN_TEXT = _NEVER + _PRIVATE_USE + _NONCHARACTERS + _DIRECTION_SWITCHES
_IN_LINE = _IN_TEXT + _DIRECTION_MARKS + _BREAKS

_REFUSED_IN_QUOTE = re.compile(f"[{_NEVER}]")
_REFUSED_IN_TEXT = re.compile(f"[{_IN_TEXT}]")
_REFUSED_IN_LINE = re.compile(f"[{_IN_LINE}]")
_REFUSED_IN_NAME = re.compile(
    f"[{_IN_LINE}{_INVISIBLE}]|(?<![{_JOINING}])[{_JOINERS}]|[{_JOINERS}](?![{_JOINING}])"
)
_REFUSED_IN_URL = re.compile(rf"[{_IN_LINE}{_INVISIBLE}{_JOINERS}\s\\]")
_IGNORED_IN_SKELETON = re.compile(
    f"[{_INVISIBLE}{_VARIATION_SELECTORS}{_JOINERS}{_DIRECTION_MARKS}{_DIRECTION_SWITCHES}]"
)


def _in_schema(refused: str) -> str:
    """Characters within a pattern as JSON Schema writes it (ECMA 262 by code points), which knows
    no escapes of eight digits. Halves of characters are in no text that can be sent.
    """
    told = refused.replace(_SURROGATES, "")
    return re.sub(r"\\U([0-9a-f]{8})", lambda found: chr(int(found[1], 16)), told)


# What `clean_line` and `clean_text` take, and what `clean_quote` takes but space alone, for
# descriptions of ours.
LINE_PATTERN = f"^[^{_in_schema(_IN_LINE)}]+$"
TEXT_PATTERN = f"^[^{_in_schema(_IN_TEXT)}]+$"
QUOTE_PATTERN = f"^[^{_in_schema(_NEVER)}]*[^{_in_schema(_NEVER)}\\s][^{_in_schema(_NEVER)}]*$"

_WHAT_IT_IS = {
    "Cc": "a control character",
    "Cs": "half of a character",
    "Co": "a private-use character",
    "Cn": "a code that is no character",
    "Zs": "a space",
    "Po": "a backslash",
}

# Letters of Cyrillic and Greek that look like a Latin one in either case, after case folding, and
# the Latin characters that are taken for each other. "rn" for "m" and the like are left alone.
_LOOK_ALIKES = str.maketrans(
    "авеѕіјкмнорстухһԁԛԝ" + "αβεζηικμνορτυχϳ" + "ıl1|0",
    "abesijkmhopctyxhdqw" + "abezhikmvoptyxj" + "iiiio",
)


def clean_quote(value: object, *, name: str = "quote", max_length: int = MAX_QUOTE) -> str:
    """Other people's words, returned exactly as given: not normalised, not trimmed.

    Raises InvalidInput on NUL, other control characters but tab and line breaks, lone surrogates.
    """
    return _checked(value, _REFUSED_IN_QUOTE, name, max_length)


def clean_text(value: object, *, name: str = "text", max_length: int = MAX_TEXT) -> str:
    """Our own prose in NFC, trimmed, its line breaks as "\\n".

    Raises InvalidInput on control and private-use characters, lone surrogates and characters
    that switch the direction of writing (marks such as U+200F may stay).
    """
    text = _checked(value, _REFUSED_IN_TEXT, name)
    # Browsers send the line breaks of a text area as CRLF.
    return _normalised(text.replace("\r\n", "\n").replace("\r", "\n"), name, max_length)


def clean_line(value: object, *, name: str = "line", max_length: int = MAX_LINE) -> str:
    """One line in NFC, trimmed.

    Raises InvalidInput on what a text refuses, on line breaks, tabs and direction marks.
    """
    return _normalised(_checked(value, _REFUSED_IN_LINE, name), name, max_length)


def clean_name(value: object, *, name: str = "name", max_length: int = MAX_NAME) -> str:
    """A name in NFC, trimmed, in which every character can be seen.

    Raises InvalidInput on what a line refuses and on invisible characters: soft hyphens,
    zero-width spaces, joiners that do not stand between letters of a script that joins.
    """
    return _normalised(_checked(value, _REFUSED_IN_NAME, name), name, max_length)


def clean_url(value: object, *, name: str = "url") -> str:
    """A web address, returned exactly as given.

    Raises InvalidInput unless it is http or https with a host, a valid port if any, no user name
    or password, no spaces, backslashes or invisible characters. Says nothing on whether the
    address may be fetched: `http://127.0.0.1/` is a well-formed one.
    """
    url = _checked(value, _REFUSED_IN_URL, name, MAX_URL)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise InvalidInput.at(
            name, "Give a web address whose host and port are well formed."
        ) from None
    if parts.scheme not in ("http", "https"):
        raise InvalidInput.at(name, "Give a web address that starts with http:// or https://.")
    if "@" in parts.netloc:
        raise InvalidInput.at(name, "Remove the user name and password from the web address.")
    if port == 0 or not _is_host(host, bracketed="[" in parts.netloc):
        raise InvalidInput.at(name, "Give a web address whose host and port are well formed.")
    return url


def validate_quote(value: str) -> None:
    """Model validator for other people's words, see `clean_quote`."""
    _validate(clean_quote, value)


def validate_text(value: str) -> None:
    """Model validator for our own prose, see `clean_text`."""
    _validate(clean_text, value)


def validate_line(value: str) -> None:
    """Model validator for one line, see `clean_line`."""
    _validate(clean_line, value)


def validate_name(value: str) -> None:
    """Model validator for a name, see `clean_name`."""
    _validate(clean_name, value)


def validate_url(value: str) -> None:
    """Model validator for a web address, see `clean_url`."""
    _validate(clean_url, value)


class CleanCharField(forms.CharField):
    """A form field that returns what one of the `clean_…` functions makes of the input.

    A model's validators can refuse but not normalise; forms that edit text use this field, and
    django-filter's CharFilter takes it as `field_class`.
    """

    def __init__(self, *, cleaner: Callable[[object], str] = clean_line, **options: Any) -> None:
        # The cleaner decides on trimming: a quote keeps its spaces.
        super().__init__(**{**options, "strip": False})
        self.cleaner = cleaner

    def to_python(self, value: Any) -> Any:
        """The cleaned text. Raises ValidationError with the cleaner's sentence."""
        text = super().to_python(value)
        if text in self.empty_values:
            return text
        try:
            return self.cleaner(text) or self.empty_value
        except InvalidInput as error:
            raise error.for_form() from error


def name_skeleton(name: str) -> str:
    """What is left of a cleaned name when look-alikes are taken for one another.

    Two names with the same skeleton may be one name in two spellings, or one posing as the other:
    worth a warning, never a refusal. A small cousin of the skeleton of Unicode's UTS #39.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    seen = _IGNORED_IN_SKELETON.sub("", unicodedata.normalize("NFKC", folded))
    return " ".join(seen.translate(_LOOK_ALIKES).split())


def excerpt(text: str, *, limit: int = 100) -> str:
    """The beginning of somebody's input, fit to be repeated in a message, a log or a terminal."""
    short = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(char if char.isprintable() else "\ufffd" for char in short)


def _checked(
    value: object, refused: re.Pattern[str], name: str, max_length: int | None = None
) -> str:
    if not isinstance(value, str):
        raise InvalidInput.at(name, "Give text here, not a number, a list or an object.")
    if found := refused.search(value):
        raise InvalidInput.at(name, _refusal_of(found[0], found.start() + 1))
    if max_length is not None:
        _check_length(value, name, max_length)
    return value


def _normalised(text: str, name: str, max_length: int) -> str:
    if not text.isascii():
        _check_marks(text, name)
        text = unicodedata.normalize("NFC", text)
    text = text.strip()
    _check_length(text, name, max_length)
    return text


def _check_length(text: str, name: str, max_length: int) -> None:
    if len(text) > max_length:
        raise InvalidInput.at(
            name, f"Shorten this from {len(text):,} to at most {max_length:,} characters."
        )


def _check_marks(text: str, name: str) -> None:
    for is_mark, run in groupby(text, key=lambda char: unicodedata.combining(char) != 0):
        if is_mark and sum(1 for _ in run) > MAX_MARKS:
            raise InvalidInput.at(
                name, f"Remove accents: no letter can carry more than {MAX_MARKS} of them."
            )


def _refusal_of(char: str, position: int) -> str:
    what = _WHAT_IT_IS.get(unicodedata.category(char), "an invisible character")
    if char in "\t\n\r\u2028\u2029":
        what = "a tab or line break"
    return f"Remove character {position} (U+{ord(char):04X}): {what} cannot stand here."


def _is_host(host: str, *, bracketed: bool) -> bool:
    if bracketed:
        try:
            ipaddress.IPv6Address(host)
        except ValueError:
            return False
        return "%" not in host
    labels = host.removesuffix(".").split(".")
    return len(host) <= 253 and all(
        0 < len(label) <= 63 and not re.search(r"[\x00-,/:-@\[-^`{-\x7f]", label)
        for label in labels
    )


def _validate(clean: Callable[[object], str], value: object) -> None:
    try:
        clean(value)
    except InvalidInput as error:
        raise error.for_form() from error
