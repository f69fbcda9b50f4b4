"""What the fields and entries of a claim's record are called where two contents are compared."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

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
    """What one entry of a list is called, and the order of several; `key` is what identifies it."""

    one: str
    order: str
    key: tuple[str, ...] = ("id",)


LISTS_OF_ENTRIES = {
    "figures": Entries(_("Figure"), _("Order of figures")),
    "citations": Entries(_("Citation"), _("Order of citations")),
    "relays": Entries(_("Relay"), _("Order of relays"), ("carrier", "taken_from")),
    "documents": Entries(_("Document"), _("Order of documents")),
    "inquiries": Entries(_("Inquiry"), _("Order of inquiries")),
    "media_findings": Entries(_("Finding on the image or video"), _("Order of findings")),
    "relations": Entries(
        _("Relation to another claim"), _("Order of relations"), ("kind", "claim")
    ),
    "topics": Entries(_("Topic"), _("Order of topics")),
    "overrides": Entries(_("Override"), _("Order of overrides"), ("rule",)),
}

FIELDS = {
    "text": _("Claim"),
    "language": _("Language of the text"),
    "original.words": _("Original words"),
    "original.language": _("Original language"),
    "original.translation_reviewed": _("Translation reviewed"),
    "speaker.kind": _("Whose word it is"),
    "speaker.roles": _("Roles at the time"),
    "said": _("When it was said"),
    "about": _("What it is about"),
    "kind": _("Kind of statement"),
    "attribution.status": _("Did they say it?"),
    "attribution.reason": _("Why: did they say it?"),
    "verification.status": _("Is it so?"),
    "verification.rationale": _("Why: is it so?"),
    "verification.as_of": _("Checked as of"),
    "verification.review_by": _("To be looked at again by"),
    "unknowns": _("What we don’t know"),
    "would_settle": _("What would settle it"),
    "why_checked": _("Why it was taken up"),
    "was_imported": _("Imported, without review here"),
    "imported_review.basis": _("Basis of the imported verdict"),
    "imported_review.publisher": _("Whose verdict was imported"),
    "imported_review.label": _("The imported verdict in their words"),
    "imported_review.explanation": _("Why, in their words"),
    "imported_review.language": _("Language of the imported verdict"),
    "imported_review.published": _("Of when the imported verdict is"),
    "imported_review.url": _("Address of the imported review"),
    "imported_review.citation": _("Citation of the imported review"),
    "depiction.media": _("Image or video"),
    "depiction.shows": _("What it is said to show"),
    "depiction.place": _("Where it is said to be taken"),
    "depiction.taken": _("When it is said to be taken"),
    "corroboration.carriers": _("Outlets that carry it"),
    "corroboration.open_chains": _("Open chains"),
    "corroboration.supports.origins": _("Independent origins for it"),
    "corroboration.refutes.origins": _("Independent origins against it"),
    "corroboration.unanswered": _("Against it, without our answer"),
    "corroboration.contested": _("Evidence on both sides"),
    "figures.counts": _("What is counted"),
    "figures.low": _("Lowest"),
    "figures.best": _("The number"),
    "figures.high": _("Highest"),
    "figures.basis": _("How it was come by"),
    "figures.measure.what": _("Measure"),
    "figures.measure.unit": _("Unit of the measure"),
    "figures.measure.counting": _("How the measure counts"),
    "citations.place": _("Quote"),
    "citations.fidelity.finding": _("Fidelity"),
    "citations.fidelity.words": _("Which words"),
    "citations.fidelity.reason": _("Why: fidelity"),
    "citations.basis": _("How the source knows"),
    "citations.answer": _("Our answer"),
    "documents.is_held": _("We hold a copy"),
    "documents.former_ids": _("Ids that now lead to it"),
    "documents.hop.of": _("Carries the whole of"),
    "documents.hop.manner": _("How it carries it"),
    "documents.told_by.document": _("We know of it from"),
    "documents.told_by.place": _("The words that tell of it"),
    "relations.claim": _("The other claim"),
    "relations.statuses.attribution": _("The other: did they say it?"),
    "relations.statuses.verification": _("The other: is it so?"),
    "inquiries.anchor": _("The words of the answer"),
}

# Fields that are called by their own name, and how a part changed: here to be translated.
BY_THEIR_OWN_NAME = (
    _("Author"),
    _("Asked of"),
    _("Asked on"),
    _("Answer"),
    _("Answered on"),
    _("As printed"),
    _("Anonymity reason"),
    _("Basis"),
    _("Carrier"),
    _("Claimant"),
    _("Compared with"),
    _("Counted as of"),
    _("Cue"),
    _("Deadline"),
    _("Depiction"),
    _("Document"),
    _("Event"),
    _("Evidence"),
    _("Explanation"),
    _("Finding"),
    _("First hand"),
    _("Form"),
    _("Hop"),
    _("Kind"),
    _("Language"),
    _("Likely reading"),
    _("Manner"),
    _("Measure"),
    _("Name"),
    _("Named speaker"),
    _("Newsroom"),
    _("Note"),
    _("Original"),
    _("Outlet"),
    _("Period"),
    _("Place"),
    _("Published"),
    _("Qualifier"),
    _("Question"),
    _("Reason"),
    _("Result"),
    _("Role"),
    _("Rule"),
    _("Slug"),
    _("Source"),
    _("Stance"),
    _("Taken from"),
    _("Title"),
    _("Told by"),
    _("Translator"),
    _("Unit"),
    _("Url"),
    _("Voiced by"),
    _("Words"),
)
HOW_IT_CHANGED = (_("added"), _("removed"), _("changed"))

# Words of the editors, in the language of the claim; and those of others, in whatever language.
OUR_WORDS = {
    *("text", "unknowns", "would_settle", "why_checked"),
    *("attribution.reason", "verification.rationale", "depiction.shows", "depiction.place"),
    *("event", "speaker.roles", "speaker.roles.*.title"),
    *(f"figures.{name}" for name in ("counts", "unit", "period", "measure.what", "measure.unit")),
    *(f"citations.{name}" for name in ("anonymity_reason", "answer")),
    *(f"citations.fidelity.{name}" for name in ("likely_reading", "reason")),
    *(f"inquiries.{name}" for name in ("question", "place", "answer")),
    *("media_findings.explanation", "relations.note", "overrides.reason"),
}
OTHERS_WORDS = {
    *("original.words", "figures.as_printed", "relays.words", "documents.title"),
    *(f"citations.{name}" for name in ("place", "cue", "named_speaker", "fidelity.words")),
    *("documents.told_by.document", "documents.told_by.place", "inquiries.anchor"),
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
    one, words = gettext(LISTS_OF_ENTRIES[name].one), shortened(words_of(name, entry, content))
    return gettext("%(kind)s: %(words)s") % {"kind": one, "words": words} if words else one


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
    words = {"words": bounds["as_printed"]}
    printed = gettext("(as printed: “%(words)s”)") % words if bounds["as_printed"] else ""
    return " ".join(filter(None, (bounds_words(bounds), printed)))


def place_text(place: Content) -> str:
    """A passage by its words, or by its locator."""
    runs = [run["exact"] for run in place["ranges"] or []]
    return " […] ".join(filter(None, [*runs, place.get("locator") or ""]))
