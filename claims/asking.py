"""What somebody types into a search, part by part, and the questions that are made of it.

Words, “phrases” and what must not be there (-word): at the desk and on the pages alike. A part is
answered by words, or by facts (`=actor:7`), lexemes that no word can be.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_TYPED = 2_000
MAX_PARTS = 10

_PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTATION_MARKS = str.maketrans("“”„«»", '"""""')


@dataclass(frozen=True)
class Part:
    """A word or phrase that was typed."""

    typed: str
    is_unwanted: bool
    is_begun: bool
    """Whether it may be the beginning of a word: the last one, while somebody types."""
    is_phrase: bool = False


@dataclass(frozen=True)
class Found:
    """A part, its words as a query, and the facts by which a claim matches it as well."""

    words: str
    facts: tuple[str, ...]
    is_unwanted: bool

    @property
    def by_facts(self) -> str:
        """A query for any of the facts."""
        return " | ".join(lexeme(fact) for fact in self.facts)

    @property
    def either(self) -> str:
        """A query for the words or any of the facts."""
        return " | ".join(filter(None, [self.words and f"({self.words})", self.by_facts]))


def parts_of(typed: str) -> list[Part]:
    """What was typed, part by part; an unbalanced quotation mark reaches to the end."""
    typed = typed[:MAX_TYPED].translate(_QUOTATION_MARKS)
    return list(_parts(typed))[:MAX_PARTS]


def _parts(typed: str) -> Iterator[Part]:
    for found in _PART.finditer(typed):
        text = found["word"] or found["phrase"] or ""
        if not any(char.isalnum() for char in text):
            continue
        is_last = found.end() == len(typed)
        yield Part(
            text,
            bool(found["minus"]),
            is_begun=is_last and text[-1:].isalnum(),
            is_phrase=found["phrase"] is not None,
        )


def lexeme(text: str) -> str:
    """The text as a lexeme in a query."""
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def by_words(parts: list[Found]) -> str:
    """The query for claims that have all the words themselves; empty where a part has none."""
    if any(not part.words for part in parts if not part.is_unwanted):
        return ""
    return all_of([part.words for part in parts if not part.is_unwanted], parts)


def by_names(parts: list[Found]) -> str:
    """The query for claims that have at least one part by name; empty where none leads to one."""
    wanted = [part for part in parts if not part.is_unwanted]
    ways = [
        all_of([part.by_facts, *(other.either for other in wanted if other is not part)], parts)
        for part in wanted
        if part.facts
    ]
    return " | ".join(f"({way})" for way in ways)


def by_either(parts: list[Found]) -> str:
    """The query for claims that have each part, by its words or by name."""
    return all_of([part.either for part in parts if not part.is_unwanted], parts)


def all_of(queries: Iterable[str], parts: list[Found]) -> str:
    """The query for all of these and none of the unwanted parts."""
    unwanted = [f"!({part.either})" for part in parts if part.is_unwanted]
    return " & ".join([f"({query})" for query in queries] + unwanted)
