"""Numbers in a sentence: as printed, and read where they can be read."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from claims.choices import Qualifier
from claims.proposing.lexicons.lexicon import NumberWords
from claims.proposing.proposal import ProposedFigure, Range
from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import parse_decimal
from factcheck.common.text import MAX_NAME

_LOWEST = (Qualifier.AT_LEAST, Qualifier.MORE_THAN)
_HIGHEST = (Qualifier.UP_TO, Qualifier.FEWER_THAN)
_LARGEST = Decimal(10) ** 15
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")
_CURRENCY = r"[$€£₴]\s?"
_SPACES = "\u0020\u00a0\u202f\u2009"
_LONGEST_NAME = 4
_LASTS = re.compile(r"\b(?:for|within)\s+$", re.IGNORECASE)
Figures = list[tuple[Range, ProposedFigure]]


class Counter:
    """Finds the numbers of one language."""

    def __init__(self, number_words: NumberWords) -> None:
        self.words = number_words
        self.scales = _longest_first(number_words.scales)
        values = _longest_first(number_words.values)
        qualifiers = "|".join(options for _, options in number_words.qualifiers)
        sets_apart = rf"(?:{number_words.thousands}|[\u00a0\u202f\u2009])"
        literal = (
            rf"[0-9]{{1,3}}(?:{sets_apart}[0-9]{{3}})+(?![0-9])"
            rf"|[0-9]+(?:{re.escape(number_words.point)}[0-9]{{1,4}})?(?![0-9])"
            rf"|(?:{values})\b|an?(?=\s+(?:hundred|thousand|million|billion|hour|day|week|month|year|decade)\b)"
        )
        scaled = rf"(?P<@>{literal})(?:[{_SPACES}](?P<@_scale>{self.scales})\b\.?)?"
        opens = "|".join(first for first, _ in number_words.pairs if first)
        joins = "|".join(dict.fromkeys(second for _, second in number_words.pairs))
        self.number = re.compile(
            rf"(?<![\w.,:/’'-])(?:(?P<qualifier>{qualifiers})[{_SPACES}]*)?"
            rf"(?:(?P<opens>{opens})\s+)?(?P<currency>{_CURRENCY})?{scaled.replace('@', 'a')}"
            rf"(?:\s*(?P<joins>{joins})\s*(?:{_CURRENCY})?{scaled.replace('@', 'b')})?"
            rf"(?P<percent>[{_SPACES}]?(?:{number_words.percent}))?(?![\w/]|:\d|-\w)",
            re.IGNORECASE,
        )
        about = _longest_first(number_words.about) or "(?!)"
        self.round = re.compile(rf"(?<!\w)(?:{about})(?!\w)", re.IGNORECASE)
        self.vague = re.compile(
            rf"(?<!\w)(?:(?:{qualifiers})\s+)?(?:{number_words.vague}|{number_words.part})(?!\w)",
            re.IGNORECASE,
        )
        self.name_end = re.compile(number_words.name_ends, re.IGNORECASE)
        self.not_counted = re.compile(number_words.not_counted, re.IGNORECASE)
        self.one_of = re.compile(number_words.one_of, re.IGNORECASE)
        self.joined_by_and = {second for first, second in number_words.pairs if first}
        self.not_counted_after = re.compile(number_words.not_counted_after, re.IGNORECASE)

    def figures_in(self, text: str, start: int, end: int) -> Figures:
        """Each number of things between two places, and where its words stand."""
        sentence = text[start:end]
        found = [*self._numbers(sentence), *self._without_digits(sentence)]
        found.sort(key=lambda one: one[0])
        kept: Figures = []
        for place, figure in found:
            if not kept or place[0] >= kept[-1][0][1]:
                kept.append((place, figure))
        return [((start + a, start + b), figure) for (a, b), figure in kept]

    def _numbers(self, sentence: str) -> Iterator[tuple[Range, ProposedFigure]]:
        for match in self.number.finditer(sentence):
            if not self._is_counted(sentence, match):
                continue
            yield from self._read(sentence, match)

    def _read(self, sentence: str, match: re.Match[str]) -> Iterator[tuple[Range, ProposedFigure]]:
        low, high = self._value(match, "a"), self._value(match, "b")
        if low is None or (match["b"] and high is None):
            return
        qualifier = self._qualifier(match["qualifier"])
        start, end = match.span()
        if high is not None:
            if match["opens"] is None and match["joins"] in self.joined_by_and - {"to", "à"}:
                return  # “Two and three” are two numbers.
            if match["a_scale"] is None and match["b_scale"] and match["currency"]:
                low *= high / (self._value_of(match["b"]) or high)
            if low > high:
                return
            qualifier = Qualifier.BETWEEN
        elif match["opens"]:
            start = match.start("a") if match["currency"] is None else match.start("currency")
        name = "" if match["percent"] or match["currency"] else self._name_after(sentence[end:])
        printed = sentence[start : end + len(name)].strip()
        numbers = {"best": low}
        if qualifier == Qualifier.BETWEEN:
            numbers = {"low": low, "high": high or low}
        elif qualifier in _LOWEST:
            numbers = {"low": low}
        elif qualifier in _HIGHEST:
            numbers = {"high": low}
        figure = ProposedFigure(printed[:MAX_NAME], qualifier, name.strip()[:MAX_NAME], **numbers)
        yield (start, end + len(name)), figure

    def _without_digits(self, sentence: str) -> Iterator[tuple[Range, ProposedFigure]]:
        for match in self.round.finditer(sentence):
            value = Decimal(self.words.about[match.group().lower()])
            name = self._name_after(sentence[match.end() :], skips="de|d['’]")
            printed = match.group() + name
            yield (
                (match.start(), match.end() + len(name)),
                ProposedFigure(printed, Qualifier.ABOUT, name.strip(), best=value),
            )
        for match in self.vague.finditer(sentence):
            name = self._name_after(sentence[match.end() :], skips="of|de|d['’]")
            printed = match.group() + name
            yield (
                (match.start(), match.end() + len(name)),
                ProposedFigure(printed[:MAX_NAME], Qualifier.VAGUE, name.strip()[:MAX_NAME]),
            )

    def _is_counted(self, sentence: str, match: re.Match[str]) -> bool:
        literal, after = match["a"].lower(), sentence[match.end() :]
        if self.not_counted.match(after) or (
            match["b"] is None and self.not_counted_after.search(sentence[: match.start("a")])
        ):
            return False
        before = sentence[: match.start()]
        if literal in ("a", "an") and not match["a_scale"]:
            return _LASTS.search(before) is not None
        if literal.isdigit() and before.endswith(", ") and after.startswith(","):
            return False  # “Somebody, 54, said”: an age.
        is_bare = not (match["qualifier"] or match["percent"] or match["b"] or match["currency"])
        if self.words.values.get(literal) in (0, 1) and not match["a_scale"] and is_bare:
            return self.one_of.match(after) is not None
        if _YEAR.fullmatch(literal) and is_bare:
            return False
        return not (literal.isdigit() and len(literal) > 1 and literal.startswith("0"))

    def _value_of(self, literal: str) -> Decimal | None:
        literal = literal.lower()
        if literal in ("a", "an"):
            return Decimal(1)
        if literal in self.words.values:
            return Decimal(self.words.values[literal])
        digits = re.sub(rf"{self.words.thousands}|[\u00a0\u202f\u2009]", "", literal)
        try:
            return parse_decimal(digits.replace(self.words.point, "."))
        except InvalidInput:
            return None

    def _value(self, match: re.Match[str], name: str) -> Decimal | None:
        if match[name] is None:
            return None
        value = self._value_of(match[name])
        scale = match[f"{name}_scale"]
        if value is None:
            return None
        value = value.scaleb(self.words.scales[scale.lower()]) if scale else value
        return value if value < _LARGEST else None

    def _qualifier(self, words: str | None) -> Qualifier:
        for qualifier, options in self.words.qualifiers:
            if words and re.fullmatch(options, words.strip(), re.IGNORECASE):
                return qualifier
        return Qualifier.BARE

    def _name_after(self, words: str, skips: str = "") -> str:
        """What follows a number up to where the name of what is counted ends."""
        lead = re.match(rf"\s(?:{skips})\s?", words) if skips else None
        begins = lead.end() if lead else 0
        name = re.match(rf"(?:[{_SPACES}]?(?:[^\W\d_]|[-’'])+)*", words[begins:])
        parts = re.findall(r"\s?\S+", name.group()) if name else []
        ends = next(
            (at for at, part in enumerate(parts) if self.name_end.fullmatch(part.strip())),
            len(parts),
        )
        # A name that does not end is none: better the number alone.
        kept = "".join(parts[:ends]) if ends <= _LONGEST_NAME else ""
        return words[:begins] + kept if kept else ""


def _longest_first(table: Mapping[str, int]) -> str:
    """The table's words as alternatives of a pattern."""
    return "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
