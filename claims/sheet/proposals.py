"""What the words themselves propose, where they are clear: the form of a quote, its cue, a number.

Proposed means filled in for the person to see and change. Where the words are not clear, nothing is
proposed: a wrong default that looks right is worse than an empty cell.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from claims.choices import CitationForm, Qualifier, RelayManner
from claims.proposing.lexicons.english import MONTHS, NUMBERS
from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import parse_decimal
from sources.services.quotes import DOUBLE_MARKS

# How far before and after the quote a cue is looked for, within the same sentence.
CUE_WITHIN = 120
CUES = (
    "according to|acknowledged|added|admitted|alleged|alleges|announced|asserted|claimed|claims|"
    "confirmed|declared|denied|denies|estimated|insisted|noted|reported|reports|said|says|"
    "specified|stated|states|stressed|told|warned|wrote"
)
_CUE = re.compile(rf"\b(?:{CUES})\b", re.IGNORECASE)
_QUOTED = re.compile(rf"[{DOUBLE_MARKS}][^{DOUBLE_MARKS}]*[{DOUBLE_MARKS}]")
_SENTENCE_ENDS = re.compile(r"[.!?…][\"”»]?\s|\n")


def form_of(quote: str) -> CitationForm:
    """Direct where the quote has quotation marks in it, else indirect."""
    has_marks = any(mark in quote for mark in DOUBLE_MARKS)
    return CitationForm.DIRECT if has_marks else CitationForm.INDIRECT


def is_within_marks(text: str, start: int, end: int) -> bool:
    """Whether the place lies between two quotation marks of its paragraph."""
    begins = text.rfind("\n", 0, start) + 1
    ends = text.find("\n", end)
    paragraph = text[begins : ends if ends >= 0 else len(text)]
    return any(
        one.start() + begins < start and end < one.end() + begins
        for one in _QUOTED.finditer(paragraph)
    )


def manner_of(form: str) -> RelayManner:
    """How a passage of this form took its words from where they were first said."""
    return RelayManner.QUOTES if form == CitationForm.DIRECT else RelayManner.PARAPHRASES


def cue_of(text: str, start: int, end: int, *, language: str) -> str:
    """The attributing word in or around the quote at this place; empty unless there is just one.

    Looks in its sentence alone, outside quotation marks, and for English cues only.
    """
    if language not in ("", "en"):
        return ""
    before = text[max(start - CUE_WITHIN, 0) : start]
    after = text[end : end + CUE_WITHIN]
    if ends := list(_SENTENCE_ENDS.finditer(before)):
        before = before[ends[-1].end() :]
    if next_end := _SENTENCE_ENDS.search(after):
        after = after[: next_end.start()]
    if _SENTENCE_ENDS.search(text[end - 1 : end + 1]):
        after = ""
    around = _QUOTED.sub(" ", before + text[start:end] + after)
    found = {cue.group().lower() for cue in _CUE.finditer(around)}
    return found.pop() if len(found) == 1 else ""


# Numbers


@dataclass(frozen=True)
class ReadNumber:
    """Our reading of a number as printed. `rest` is what follows it: what is counted."""

    qualifier: Qualifier
    low: Decimal | None = None
    best: Decimal | None = None
    high: Decimal | None = None
    rest: str = ""


_WORDS, _SCALES, _QUALIFIERS = NUMBERS.values, NUMBERS.scales, NUMBERS.qualifiers
# A point before exactly three digits may set thousands apart or begin a fraction: not clear.
_NUMBER = (
    r"(?P<{0}>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9,.])|[0-9]{{1,3}}(?:[\u00a0\u202f\u2009][0-9]{{3}})+"
    r"|[0-9]+(?:\.(?![0-9]{{3}}(?![0-9]))[0-9]{{1,4}})?(?![0-9]|[.,][0-9])"
    rf"|(?:{'|'.join(_WORDS)})\b)(?:\s+(?P<{{0}}_scale>{'|'.join(_SCALES)})\b)?"
)
_SINGLE = re.compile(
    "(?:(?P<qualifier>"
    + "|".join(words for _, words in _QUALIFIERS)
    + r")\s+)?"
    + _NUMBER.format("a")
    + r"(?P<rest>(?:\s|%).*|)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?:(?:between|from)\s+)?"
    + _NUMBER.format("a")
    + r"\s*(?:and|to|[-–])\s*"
    + _NUMBER.format("b")
    + r"(?P<rest>(?:\s|%).*|)",
    re.IGNORECASE,
)
_TWO_OF_A_KIND = re.compile(r"(?:between|from)\b|.*?(?:[0-9]\s*[-–]\s*[0-9]|\bto\b)", re.IGNORECASE)
_LOWEST = (Qualifier.MORE_THAN, Qualifier.AT_LEAST)
_HIGHEST = (Qualifier.UP_TO, Qualifier.FEWER_THAN)


def read_number(words: str) -> ReadNumber | None:
    """The number in the words, where it is clear: “more than 100 people” is low 100, exclusive, and
    no best. None where there is no number, or more than a single one or a span.
    """
    words = words.strip()
    if (pair := _PAIR.fullmatch(words)) and _TWO_OF_A_KIND.match(words):
        low, high = number_in(pair, "a"), number_in(pair, "b")
        if low is None or high is None or low > high or _has_number(pair["rest"]):
            return None
        return ReadNumber(Qualifier.BETWEEN, low=low, high=high, rest=pair["rest"].strip())
    single = _SINGLE.fullmatch(words)
    value = number_in(single, "a") if single else None
    if single is None or value is None or _has_number(single["rest"]):
        return None
    qualifier = qualifier_in(single["qualifier"])
    rest = single["rest"].strip()
    if qualifier in _LOWEST:
        return ReadNumber(qualifier, low=value, rest=rest)
    if qualifier in _HIGHEST:
        return ReadNumber(qualifier, high=value, rest=rest)
    return ReadNumber(qualifier, best=value, rest=rest)


def number_in(match: re.Match[str], name: str) -> Decimal | None:
    """The value of one number of a match; None beyond what can be stored."""
    literal, scale = match[name].lower(), match[f"{name}_scale"]
    digits = str(_WORDS.get(literal, re.sub(r"[,\u00a0\u202f\u2009]", "", literal)))
    try:
        value = parse_decimal(digits)
    except InvalidInput:
        return None
    value = value.scaleb(_SCALES[scale.lower()]) if scale else value
    return value if value < 10**15 else None


_QUALIFYING = "|".join(words for _, words in _QUALIFIERS)
# Not after a letter, a currency or part of a date; not before an ordinal's letters, a clock's hour.
_IN_TEXT = re.compile(
    rf"(?<![\w.,:/$€£-])(?:(?:{_QUALIFYING}|between|from)\s+)?"
    + _NUMBER.format("a")
    + r"(?:\s*(?:\band\b|\bto\b|[-–])\s*"
    + _NUMBER.format("b")
    + r")?(?![\w:/]|-\w)(?P<percent>\s?%)?",
    re.IGNORECASE,
)
_MONTHS = "|".join(MONTHS)
_MONTH_BEFORE = re.compile(rf"\b(?:{_MONTHS})\.?\s+$", re.IGNORECASE)
_DATE_AFTER = re.compile(rf"\s+(?:(?:{_MONTHS})\b|[ap]\.?m\b|o’?'?clock\b)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# With one of these the name of what is counted is at its end.
_NAME_END = re.compile(
    "a|an|the|and|or|but|nor|of|in|on|at|to|by|for|from|with|over|since|after|before|near|during|"
    "off|into|onto|that|which|who|whose|when|while|as|than|is|are|was|were|be|been|has|have|had|"
    "will|would|could|should|may|might|aimed|fired|launched|killed|injured|wounded|destroyed|hit|"
    "per|out|up|down|there|here|his|her|its|their|our",
    re.IGNORECASE,
)
_LONGEST_NAME = 4


def figure_in(words: str, *, language: str) -> str:
    """The one number in the words with what qualifies it and what is counted, as printed there;
    empty unless there is just one that is clear. Of other languages than English, the digits alone.
    """
    found = [one for one in _IN_TEXT.finditer(words) if _is_counted(words, one)]
    if len(found) != 1:
        return ""
    [one] = found
    is_english = language in ("", "en")
    printed = one.group() if is_english else one["a"]
    if is_english and not one["percent"]:
        printed += _name_after(words[one.end() :])
    return printed if read_number(printed) is not None else ""


def _is_counted(words: str, number: re.Match[str]) -> bool:
    """Whether a number is one of things, and no date, hour or “one of them”."""
    literal = number["a"].lower()
    is_day = _MONTH_BEFORE.search(words[: number.start()]) or _DATE_AFTER.match(
        words[number.end() :]
    )
    return not is_day and literal not in ("one", "zero") and not _YEAR.fullmatch(literal)


def _name_after(words: str) -> str:
    """What follows a number up to where its name ends; empty where that is too far."""
    name = re.match(r"(?:[ \u00a0](?:[^\W\d_]|[-’'])+)*", words)
    parts = name.group().split() if name else []
    ends = next((at for at, part in enumerate(parts) if _NAME_END.fullmatch(part)), len(parts))
    return "".join(f" {part}" for part in parts[:ends]) if ends <= _LONGEST_NAME else ""


def qualifier_in(words: str | None) -> Qualifier:
    """The qualifier that words before a number stand for."""
    for qualifier, options in _QUALIFIERS:
        if words is not None and words.lower() in options.split("|"):
            return qualifier
    return Qualifier.BARE


def _has_number(words: str) -> bool:
    spelt = "|".join(_WORDS)
    return re.search(rf"[0-9]|\b(?:{spelt})\b", words, re.IGNORECASE) is not None
