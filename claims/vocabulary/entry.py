"""What a list of codes is made of."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from factcheck.ledger.choices import METHODOLOGY


@dataclass(frozen=True)
class Meaning:
    """What a code means: the words that a reader sees for it, and a definition.

    `since` is the day (ISO 8601) on which the code, with this meaning, came into use. `elsewhere`
    is what corresponds to it in another vocabulary; the list says in which.
    """

    reader_label: str
    definition: str
    since: str = METHODOLOGY
    elsewhere: str | int | None = None


@dataclass(frozen=True)
class CodeList:
    """All codes that can be the answer to one question, in the order in which they are printed.

    `choices` holds the codes as they are stored. `elsewhere` is the name under which the API gives
    what corresponds to a code in another vocabulary. `note` is for the page alone.
    """

    name: str
    title: str
    question: str
    choices: type[Enum]
    meanings: dict[str, Meaning]
    note: str = ""
    elsewhere: str = ""

    @property
    def since(self) -> str:
        """The day on which the first of its codes came into use."""
        return min(meaning.since for meaning in self.meanings.values())

    def as_json(self) -> dict[str, Any]:
        """The list as the API gives it."""
        return {
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "codes": [
                {
                    "code": code,
                    "label": meaning.reader_label,
                    "definition": meaning.definition,
                    "since": meaning.since,
                    **({self.elsewhere: meaning.elsewhere} if self.elsewhere else {}),
                }
                for code, meaning in self.meanings.items()
            ],
        }


@dataclass(frozen=True)
class Chapter:
    """Lists that belong together. `words` say what they have in common, in a few sentences."""

    name: str
    title: str
    words: str
    lists: tuple[CodeList, ...]
