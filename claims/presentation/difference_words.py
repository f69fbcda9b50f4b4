"""What the fields and entries of a claim's record are called where two contents are compared."""

from dataclasses import dataclass
from typing import Any

from claims.presentation.words import bounds_words, label

Content = dict[str, Any]
MAX_TITLE = 90

# Made from the rest; who compares two contents sees it there.
DERIVED = {
    "status_line",
    "corroboration.utterances",
    "corroboration.supports.ends",
    "corroboration.refutes.ends",
    *(f"{entry}.id" for entry in ("citations", "documents", "figures", "inquiries")),
    *(f"{entry}.id" for entry in ("media_findings", "topics")),
    "figures.measure.id",
}


@dataclass(frozen=True)
class Entries:
    """What one entry of a list is called, and several; `key` is what identifies it."""

    one: str
    several: str
    key: tuple[str, ...] = ("id",)


LISTS_OF_ENTRIES = {
    "figures": Entries("Figure", "figures"),
    "citations": Entries("Citation", "citations"),
    "relays": Entries("Relay", "relays", ("carrier", "taken_from")),
    "documents": Entries("Document", "documents"),
    "inquiries": Entries("Inquiry", "inquiries"),
    "media_findings": Entries("Finding on the image or video", "findings"),
    "relations": Entries("Relation to another claim", "relations", ("kind", "claim")),
    "topics": Entries("Topic", "topics"),
    "overrides": Entries("Override", "overrides", ("rule",)),
}

FIELDS = {
    "text": "Claim",
    "language": "Language of the text",
    "original.words": "Original words",
    "original.language": "Original language",
    "original.translation_reviewed": "Translation reviewed",
    "speaker.kind": "Whose word it is",
    "speaker.roles": "Roles at the time",
    "said": "When it was said",
    "about": "What it is about",
    "kind": "Kind of statement",
    "attribution.status": "Did they say it?",
    "attribution.reason": "Why: did they say it?",
    "verification.status": "Is it so?",
    "verification.rationale": "Why: is it so?",
    "verification.as_of": "Checked as of",
    "verification.review_by": "To be looked at again by",
    "unknowns": "What we don’t know",
    "would_settle": "What would settle it",
    "why_checked": "Why it was taken up",
    "was_imported": "Imported, without review here",
    "depiction.media": "Image or video",
    "depiction.shows": "What it is said to show",
    "depiction.place": "Where it is said to be taken",
    "depiction.taken": "When it is said to be taken",
    "corroboration.carriers": "Outlets that carry it",
    "corroboration.open_chains": "Open chains",
    "corroboration.supports.origins": "Independent origins for it",
    "corroboration.refutes.origins": "Independent origins against it",
    "corroboration.unanswered": "Against it, without our answer",
    "corroboration.contested": "Evidence on both sides",
    "figures.measure.what": "Measure",
    "figures.measure.unit": "Unit of the measure",
    "figures.measure.counting": "How the measure counts",
    "citations.place": "Quote",
    "citations.fidelity.finding": "Fidelity",
    "citations.fidelity.words": "Which words",
    "citations.fidelity.reason": "Why: fidelity",
    "citations.basis": "How the source knows",
    "citations.answer": "Our answer",
    "documents.is_held": "We hold a copy",
    "documents.hop.of": "Carries the whole of",
    "documents.hop.manner": "How it carries it",
    "documents.told_by.document": "We know of it from",
    "documents.told_by.place": "The words that tell of it",
    "relations.claim": "The other claim",
    "relations.statuses.attribution": "The other: did they say it?",
    "relations.statuses.verification": "The other: is it so?",
    "inquiries.anchor": "The words of the answer",
}

CODES = {
    "speaker.kind": "speaker",
    "about": "about",
    "kind": "claim-kind",
    "attribution.status": "attribution-status",
    "verification.status": "verification-status",
    "figures.qualifier": "qualifier",
    "figures.basis": "figure-basis",
    "figures.measure.counting": "counting",
    "citations.role": "citation-role",
    "citations.stance": "stance",
    "citations.form": "form",
    "citations.basis": "evidence-basis",
    "citations.fidelity.finding": "fidelity",
    "relays.manner": "relay-manner",
    "documents.kind": "document-kind",
    "documents.hop.manner": "hop-manner",
    "documents.hop.translator": "translator",
    "media_findings.finding": "media-finding",
    "inquiries.manner": "inquiry-manner",
    "inquiries.result": "inquiry-result",
    "relations.kind": "relation-kind",
    "relations.statuses.attribution": "attribution-status",
    "relations.statuses.verification": "verification-status",
}


def key_of(name: str, entry: Content) -> tuple[Any, ...]:
    """What identifies an entry in both contents."""
    return tuple(entry.get(part) for part in LISTS_OF_ENTRIES[name].key)


def title_of(name: str, entry: Content, content: Content) -> str:
    """What one entry is called: its kind, and the words by which people know it."""
    words = shortened(words_of(name, entry, content))
    return f"{LISTS_OF_ENTRIES[name].one}: {words}" if words else LISTS_OF_ENTRIES[name].one


def words_of(name: str, entry: Content, content: Content) -> str:
    """The words by which people know an entry."""
    documents = {row["id"]: row["title"] for row in content.get("documents", [])}
    cited = {row["id"]: documents.get(row["document"], "") for row in content.get("citations", [])}
    if name == "relays":
        return f"{cited.get(entry['carrier'], '')} ← {cited.get(entry['taken_from'], '')}"
    if name == "citations":
        return documents.get(entry["document"], "")
    if name == "topics":
        return str(entry["names"][0]["name"]) if entry.get("names") else ""
    if name == "media_findings":
        return label(entry["finding"], "finding")
    known_by = {
        "figures": "as_printed",
        "documents": "title",
        "inquiries": "question",
        "relations": "claim",
        "overrides": "rule",
    }
    return str(entry.get(known_by[name], ""))


def shortened(text: str) -> str:
    """As much of it as a heading bears."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_TITLE else f"{line[: MAX_TITLE - 1]}…"


def bounds_text(bounds: Content) -> str:
    """A date with the words as printed."""
    printed = f"(as printed: “{bounds['as_printed']}”)" if bounds["as_printed"] else ""
    return " ".join(filter(None, (bounds_words(bounds), printed)))


def place_text(place: Content) -> str:
    """A passage by its words, or by its locator."""
    runs = [run["exact"] for run in place["ranges"] or []]
    return " […] ".join(filter(None, [*runs, place.get("locator") or ""]))
