"""The words of a page, run by run, each with the language in which the page says that it is."""

import re
from functools import cache
from html.parser import HTMLParser

from django.utils.translation import gettext, override

from tests.catalogs import messages

OURS = messages()
VOID = frozenset({"meta", "link", "input", "br", "img", "hr", "path"})
# Codes, titles (which can say no language but the page's), and code to be copied.
WITHOUT_LANGUAGE = frozenset({"code", "script", "style", "title", "textarea"})
# Names are taken out before, addresses and ids by these.
ADDRESS = re.compile(r"\S+[./](?:example|org|v1|testserver)\S*")
PUBLIC_ID = re.compile(r"\b[0-9a-hjkmnp-tv-z]{10}\b")
LATIN = re.compile(r"[A-Za-z]{3,}")


class Words(HTMLParser):
    """The runs of a page in its own language (`ours`), and all runs with their language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.open: list[tuple[str, str | None]] = []
        self.told: list[tuple[str, str]] = []

    @property
    def ours(self) -> list[str]:
        """What the page says in its own language."""
        return [words for words, language in self.told if language == self.language]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without content."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Its language is its own, or that of the element around it; None for what has none."""
        if tag in VOID:
            return
        language = self.open[-1][1] if self.open else self.language
        language = dict(attrs).get("lang", language)
        # An SVG's title is read, that of the page stands above it.
        is_without = tag in WITHOUT_LANGUAGE and not any(one == "svg" for one, _ in self.open)
        self.open.append((tag, None if is_without else language))

    def handle_endtag(self, tag: str) -> None:
        """Back to the element around it."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """A run of words."""
        language = self.open[-1][1] if self.open else None
        if data.strip() and language is not None:
            self.told.append((re.sub(r"\s+", " ", data).strip(), language))


def words_of(page: str, language: str) -> Words:
    """The page, read."""
    reading = Words(language)
    reading.feed(page)
    return reading


@cache
def translated(language: str) -> set[str]:
    """What we say in other words there."""
    with override(language):
        # A colon is a message too, for the space before it, but no word.
        return {words for _, words, _ in OURS if words != ":" and gettext(words) != words}


def english_words(page: str, language: str) -> set[str]:
    """The words of ours that stand on the page in English."""
    ours = translated(language)
    sentences = [words for words in ours if len(words.split()) > 3 and "%" not in words]
    return {
        found
        for run in words_of(page, language).ours
        for found in ([run] if run in ours else [one for one in sentences if one in run])
    }


def latin_words(page: str, names: set[str]) -> set[str]:
    """Words in Latin letters that a Ukrainian page passes off as Ukrainian, without the names."""
    longest_first = sorted(names, key=len, reverse=True)
    found = set()
    for run in words_of(page, "uk").ours:
        rest = PUBLIC_ID.sub("·", ADDRESS.sub("·", run))
        for name in longest_first:
            rest = re.sub(re.escape(name), "·", rest, flags=re.IGNORECASE)
        found |= set(LATIN.findall(rest))
    return found
