"""What the sheet offers: codes with their definitions, and what a new row begins with."""

from dataclasses import dataclass, field
from typing import Any

from claims.choices import About, AttributionStatus, ClaimKind
from claims.models import Claim, Event, Topic
from claims.sheet.opened import Sheet
from claims.sheet.reading import Data, bounds_of, named
from claims.vocabulary import LISTS
from factcheck.common.dates import DateBounds
from factcheck.common.languages import LANGUAGES
from sources.choices import HopManner
from sources.models import Document

# Of these a row has its own part, which is not carried down.
NEEDS_ITS_OWN_PART = (ClaimKind.QUANTITATIVE, ClaimKind.IMAGE)

# The name of a choice on the sheet, and of its list in the vocabulary.
VOCABULARY = {
    "about": "about",
    "kind": "claim-kind",
    "speaker": "speaker",
    "form": "form",
    "manner": "relay-manner",
    "qualifier": "qualifier",
    "harm_check": "harm-check",
    "actor_kind": "actor-kind",
    "source_kind": "source-kind",
    "document_kind": "document-kind",
    "hop_manner": "hop-manner",
    "translator": "translator",
    "attribution_status": "attribution-status",
}


def choices() -> dict[str, list[Data]]:
    """Every choice of the sheet: value, label and definition."""
    offered = {
        name: [
            {"value": str(code), "label": meaning.reader_label, "definition": meaning.definition}
            for code, meaning in LISTS[codes].meanings.items()
        ]
        for name, codes in VOCABULARY.items()
    }
    offered["language"] = [
        {"value": code, "label": name, "definition": ""} for code, name in LANGUAGES
    ]
    return offered


@dataclass(frozen=True)
class Defaults:
    """What a new row says where nobody has said anything: from the document, and the row above."""

    language: str
    original_language: str
    said: DateBounds
    about: str = ""
    kind: str = ClaimKind.FACTUAL
    event: Event | None = None
    topics: list[Topic] = field(default_factory=list)

    def as_data(self) -> Data:
        """The same as the page gets it."""
        return {
            "language": self.language,
            "original_language": self.original_language,
            "said": bounds_of(self.said),
            "about": self.about,
            "kind": self.kind,
            "event": named(self.event),
            "topics": [named(topic) for topic in self.topics],
            "speaker": "",
            "attribution_status": AttributionStatus.REPORTED,
        }


def defaults_of(sheet: Sheet) -> Defaults:
    """What the next row of the sheet begins with."""
    last = sheet.claims().select_related("event").prefetch_related("topics").last()
    return carried_down(sheet.document, last)


def carried_down(document: Document, above: Claim | None) -> Defaults:
    """What the document says of all its claims, and what the row above it says of itself."""
    inherited: dict[str, Any] = {
        "language": document.language or "en",
        "original_language": original_language(document),
        "said": said_by(document),
    }
    if above is None:
        return Defaults(**inherited)
    is_carried = above.kind not in NEEDS_ITS_OWN_PART
    return Defaults(
        **inherited,
        about=above.about if above.about in About.values else "",
        kind=above.kind if is_carried else ClaimKind.FACTUAL,
        event=above.event,
        topics=list(above.topics.all()),
    )


def said_by(document: Document) -> DateBounds:
    """When what the document carries was said: by the day on which it was published. When it began
    to be said, the document's date does not tell.
    """
    return DateBounds(None, document.published.not_after or document.published.not_before)


def original_language(document: Document) -> str:
    """The language in which it was said: for a translation that of what it translates."""
    original = document.hop_of
    if document.hop_manner != HopManner.TRANSLATES or original is None:
        return ""
    return original.language
