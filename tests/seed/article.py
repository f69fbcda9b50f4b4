"""The first article and what is entered of it, as the seed's tests read them."""

import json
import re
from itertools import pairwise
from typing import Any

from django.conf import settings

from sources.services import Quote, find_quote

FILE = settings.SEEDS_DIR / "claims.jsonl"
ARTICLE = settings.SEEDS_DIR / "seed-article.txt"
README = settings.SEEDS_DIR / "README.md"

# Bytes, not universal newlines: offsets count what was supplied.
TEXT = ARTICLE.read_bytes().decode("utf-8")

Row = dict[str, Any]
Range = tuple[int, int]


def rows_of(name: str) -> list[Row]:
    """The rows of a file of JSON lines beside the article."""
    lines = (settings.SEEDS_DIR / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


ROWS = rows_of("claims.jsonl")
CLAIMS = {row["key"]: row for row in ROWS if row["kind"] == "claim"}
EVENTS = {row["key"]: row for row in ROWS if row["kind"] == "event"}
LEFT_OUT = rows_of("left-out.jsonl")


def quotes_in(value: object) -> list[str]:
    """Every exact quote of a row, however deep."""
    if isinstance(value, list):
        return [quote for one in value for quote in quotes_in(one)]
    if not isinstance(value, dict):
        return []
    inside = [quote for one in value.values() for quote in quotes_in(one)]
    return [*value.get("quotes", []), *inside]


def read_citation(row: Row) -> Row:
    """The citation of what we hold, which is a claim's first one."""
    citation: Row = row["citations"][0]
    return citation


def cited_ranges() -> list[Range]:
    """Where the words stand that claims cite."""
    quotes = {quote for row in CLAIMS.values() for quote in quotes_in(row["citations"])}
    return [find_quote(TEXT, Quote(quote)) for quote in quotes]


def furniture_ranges() -> list[Range]:
    """The ranges that the capture's row marks as page furniture."""
    capture = next(row for row in ROWS if row["kind"] == "capture")
    ranges = []
    for mark in capture["furniture"]:
        start, _ = find_quote(TEXT, Quote(mark["from"], mark.get("occurrence")))
        _, end = find_quote(TEXT[start:], Quote(mark["to"], 1))
        ranges.append((start, start + end))
    return ranges


def left_out_ranges(what: str) -> list[Range]:
    """Where the words stand for which there is a written reason of that kind."""
    return [find_quote(TEXT, Quote(row["words"])) for row in LEFT_OUT if row["what"] == what]


def figure_ranges() -> list[Range]:
    """Where the numbers stand that figures give as printed."""
    ranges = []
    for row in CLAIMS.values():
        for figure in row.get("figures", []):
            quote = next(q for q in read_citation(row)["quotes"] if figure["as_printed"] in q)
            start = TEXT.index(quote) + quote.index(figure["as_printed"])
            ranges.append((start, start + len(figure["as_printed"])))
    return ranges


def without(text: str, ranges: list[Range]) -> str:
    """The text with these ranges blanked out, every other code point at its place."""
    for start, end in ranges:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


BODY = without(TEXT, furniture_ranges())
SENTENCE_END = re.compile(r"(?<=[.!?:])[”»]?\s+(?=[“A-Z])|\n+")


def sentences_of(text: str) -> list[Range]:
    """The sentences, headings and captions of a text; cut too often rather than too seldom."""
    bounds = [0, *(end.end() for end in SENTENCE_END.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(bounds) if re.search(r"\w", text[start:end])]
