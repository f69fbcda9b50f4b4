"""A text cut into lines, quoted words and sentences. Places are code points of the whole text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from claims.proposing.lexicons.lexicon import QUOTED, Lexicon
from claims.proposing.proposal import Range

# Which marks may close what a mark has opened; texts that went through a machine mix them.
_CLOSED_BY = {"“": '”»"', "„": '“”"', "«": "»”", "‟": "”"}
_SINGLE = re.compile(r"(?<![\w’'])['‘](?=\w)(?:[^'’\n]|(?<=\w)['’](?=\w))+['’](?!\w)")
_ENDS = re.compile(r"[.!?…]+(?:\s?[»”“\"’'])?[)\]]?(\s+)(?=\S)")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?![^\S\n]*\n))+")
_BREAK = re.compile(r"(?<=\S)\n(?=\S)")
_BREAK_WITHIN = re.compile(r"(?<=[^\s.!?:;])\n(?=[a-zа-яіїєґß-öø-ÿ])")
_FEWEST_WITHIN = 3
_LAST_WORD = re.compile(r"([\w.]+)\.$")
_DIALOGUE = re.compile(r"\s*[—–]\s+")
_DATELINE = re.compile(
    r"[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ]{2}[^a-zа-яіїєґß-öø-ÿ\n—–-]{0,40}"
    r"(?:,?\s?[^\W\d_]{3,9}\.?\s\d{1,2})?(?:\s?\([^()\n]{2,30}\))?\s[—–-]\s+"
)
_INSERTED = re.compile(r"(?<=[,?!…])\s+[—–-]\s+([^—–«»“”\n]{3,90}?)(?=[.,]\s+[—–-]|[.,]?$)")
_LONGEST_NAME = 3
LONGEST_SENTENCE = 2_000


@dataclass(frozen=True)
class Line:
    """A line of the text without the white space at its ends."""

    start: int
    end: int
    words: str

    @property
    def ends_like_a_sentence(self) -> bool:
        """Whether it ends with a mark that sentences end with."""
        return re.search(r"[.!?…:;][\s»”“\"’')\]]*$", self.words) is not None


@dataclass(frozen=True)
class Sentence:
    """A sentence, with the words in it that are quoted."""

    start: int
    end: int
    quotes: tuple[Range, ...]
    line: int
    """The number of its line."""


def lines_of(text: str) -> Iterator[Line]:
    """The lines that have anything but white space. Where a text was set, as in a PDF, its lines
    end anywhere, and what counts are the paragraphs between blank lines.
    """
    breaks = len(_BREAK.findall(text))
    within = len(_BREAK_WITHIN.findall(text))
    is_set = within >= _FEWEST_WITHIN and 4 * within >= breaks
    for match in (_PARAGRAPH if is_set else _LINE).finditer(text):
        words = match.group()
        if stripped := words.strip():
            start = match.start() + words.index(stripped)
            yield Line(start, start + len(stripped), stripped)


def quotes_in(line: Line, lexicon: Lexicon) -> list[Range]:
    """The words of a line that stand between quotation marks, or behind a dash that lets somebody
    speak; without what is inserted to say who speaks.
    """
    words = line.words
    found = [*_spoken_behind_a_dash(words, lexicon)]
    at = found[-1][1] if found else 0
    while at < len(words):
        mark = words[at]
        end = -1
        if mark in _CLOSED_BY:
            end = _closed(words, at + 1, _CLOSED_BY[mark])
            if end < 0 and at == 0:
                end = len(words)
        elif mark == '"':
            end = words.find('"', at + 1) + 1 or -1
        elif mark in "'‘" and (single := _SINGLE.match(words, at)):
            end = single.end()
        if end > 0 and not _is_name(words, at, end):
            found += _without_inserted(words, at, end, lexicon)
        at = max(end, at + 1)
    return [(line.start + start, line.start + end) for start, end in found]


def _is_name(words: str, start: int, end: int) -> bool:
    """Whether marks stand around a name, as in the company “Sample”: nobody says it."""
    inside = words[start + 1 : end - 1].strip()
    before = words[:start].rstrip()
    is_short = len(inside.split()) <= _LONGEST_NAME and inside[-1:].isalnum()
    return is_short and inside[:1].isupper() and before[-1:].isalpha()


def _closed(words: str, at: int, marks: str) -> int:
    """Behind the first of these marks; -1 where there is none."""
    places = [place for mark in marks if (place := words.find(mark, at)) >= 0]
    return min(places) + 1 if places else -1


def _spoken_behind_a_dash(words: str, lexicon: Lexicon) -> Iterator[Range]:
    """“— Words, said somebody.”"""
    opening = _DIALOGUE.match(words)
    if opening is None:
        return
    for cue in lexicon.cues.finditer(words):
        before = words[: cue.start()].rstrip(" —–")
        if before.endswith((",", "?", "!", "…")) and len(before) > opening.end():
            yield (opening.end(), len(before))
            return


def _without_inserted(words: str, start: int, end: int, lexicon: Lexicon) -> Iterator[Range]:
    quoted = words[start:end]
    for inserted in _INSERTED.finditer(quoted):
        if lexicon.cues.search(inserted[1]):
            yield (start, start + inserted.start())
            start += inserted.end()
            break
    if start < end:
        yield (start, end)


def masked(text: str, quotes: Sequence[Range]) -> str:
    """The text with every quoted character replaced, so that no verb in a quotation is a cue."""
    parts, at = [], 0
    for start, end in quotes:
        parts += [text[at:start], QUOTED * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def sentences_of(
    line: Line, number: int, quotes: Sequence[Range], lexicon: Lexicon
) -> list[Sentence]:
    """The sentences of a line. A quotation is never cut, however many sentences it has, and stays
    with the words that say who speaks.
    """
    dateline = _DATELINE.match(line.words)
    starts = [dateline.end() if dateline else 0]
    for end in _ENDS.finditer(line.words):
        space, after = line.start + end.start(1), line.words[end.end() :]
        if any(first < space < last for first, last in quotes):
            continue
        if _goes_on(line.words, end, after, lexicon):
            continue
        starts.append(end.end())
    bounds = [*starts, len(line.words)]
    cut = []
    for first, last in pairwise(bounds):
        start, end_at = line.start + first, line.start + len(line.words[:last].rstrip())
        inside = tuple(
            (max(a, start), min(b, end_at)) for a, b in quotes if a < end_at and b > start
        )
        if start < end_at:
            cut.append(Sentence(start, end_at, inside, number))
    return _joined_to_who_asks(line, cut, lexicon)


def _goes_on(words: str, end: re.Match[str], after: str, lexicon: Lexicon) -> bool:
    """Whether what looks like the end of a sentence is none."""
    first = after[:1]
    if first.islower() or first in ",;)":
        return True
    if end.group().startswith(".") and (last := _LAST_WORD.search(words[: end.start() + 1])):
        word = last[1].split()[-1]
        is_initial = len(word) == 1 and word.isalpha() and word.isupper()
        return is_initial or word.lower() in lexicon.abbreviations
    return False


def _joined_to_who_asks(line: Line, cut: list[Sentence], lexicon: Lexicon) -> list[Sentence]:
    """“Why?” The mayor asked.: two sentences by their marks, and one in truth."""
    joined: list[Sentence] = []
    for one in cut:
        before = joined[-1] if joined else None
        words = line.words[one.start - line.start : one.end - line.start]
        is_question = before is not None and re.search(
            r"[?!][»”\"’']$", line.words[: before.end - line.start]
        )
        is_short = len(words.split()) <= 8 and not one.quotes
        has_cue = lexicon.cues.search(words) or lexicon.cues_with_complement.search(words)
        if before and is_question and is_short and has_cue:
            joined[-1] = Sentence(before.start, one.end, before.quotes, before.line)
        else:
            joined.append(one)
    return joined
