"""The one sentence group that stands wherever a claim's words stand.

*WHO said WHAT on DATE. We read it in OUTLET; have we seen the original? Is it so?* Made from the
record's content by one function, in English whatever language is active, since it is part of the
record; `presentation.lines` tells the same on pages in other languages.
"""

import datetime
from typing import Any

from claims.choices import (
    NOT_SAID,
    AttributionStatus,
    CitationRole,
    ClaimKind,
    Speaker,
    VerificationStatus,
)
from claims.vocabulary import VERIFICATION_MEANINGS
from sources.choices import Translator

SAID = {AttributionStatus.REPORTED.value, AttributionStatus.ON_RECORD.value}

ORIGINAL = {
    AttributionStatus.ON_RECORD.value: "we have seen the original",
    AttributionStatus.REPORTED.value: "we have not seen the original",
    AttributionStatus.NO_RECORD.value: "we searched for the original and found none",
    AttributionStatus.DISOWNED.value: "the named speaker denies having said it",
    AttributionStatus.MISQUOTED.value: "the original, which we hold, has other words",
    AttributionStatus.MISTRANSLATED.value: "the original, which we hold, says something else",
    AttributionStatus.OUT_OF_CONTEXT.value: "the original, which we hold, gives it another meaning",
    AttributionStatus.MISATTRIBUTED.value: "somebody else said it",
    AttributionStatus.FABRICATED.value: "there is evidence that the words were made up",
}

# What circulates departs from the original.
DEPARTS = {
    AttributionStatus.MISQUOTED.value,
    AttributionStatus.MISTRANSLATED.value,
    AttributionStatus.OUT_OF_CONTEXT.value,
}

NOT_CHECKABLE = {
    ClaimKind.OPINION.value: "It is an opinion, which is not checked as a fact.",
    ClaimKind.PLEDGE.value: "It is a pledge, which is not checked as a fact.",
    ClaimKind.INSTRUCTION.value: "It is an instruction, which is not checked as a fact.",
    ClaimKind.PREDICTION.value: "It is a prediction, which is not checked before its date.",
}


def status_line(content: dict[str, Any]) -> str:
    """The status line of a claim's content (which need not have one yet)."""
    sentences = (
        said_sentence(content),
        read_sentence(content),
        imported_sentence(content),
        so_sentence(content),
    )
    return " ".join(filter(None, sentences))


def said_sentence(content: dict[str, Any]) -> str:
    """Who said what, when."""
    return f"{speaker_words(content)} {date_words(content['said'])}: {sentence(content['text'])}"


def speaker_words(content: dict[str, Any]) -> str:
    """Who, with the verb that claims no more than we know."""
    speaker, status = content["speaker"], content["attribution"]["status"]
    if speaker["kind"] == NOT_SAID:
        return "It is said, by somebody not entered yet,"
    if speaker["kind"] == Speaker.NOBODY_NAMED:
        return "It is said, with nobody named,"
    if speaker["kind"] == Speaker.OWN_VOICE:
        said = "said" if status == AttributionStatus.ON_RECORD else "is reported to say"
        return f"{capital(speaker['outlet']['name'])} {said} in its own voice"
    who = capital(speaker["claimant"]["name"])
    if speaker["voiced_by"]:
        who = f"{who}, through {speaker['voiced_by']['name']},"
    return f"{who} said" if status in SAID else f"{who} is quoted as saying"


def date_words(said: dict[str, Any] | None) -> str:
    """When, as exactly as it is known."""
    if not said:
        return "on a date not established"
    first, last = said["not_before"], said["not_after"]
    if first and first == last:
        return f"on {long_date(first)}"
    if first and last:
        return f"between {long_date(first)} and {long_date(last)}"
    if last:
        return f"on or before {long_date(last)}"
    if first:
        return f"on or after {long_date(first)}"
    return f"(“{said['as_printed']}”)"


def read_sentence(content: dict[str, Any]) -> str:
    """Where we read it, and whether we have seen the original."""
    outlets = [
        f"{name or 'a document without an outlet'}{' (machine translation)' if translated else ''}"
        for name, translated in outlets_of(content)
    ]
    original = ORIGINAL.get(content["attribution"]["status"] or "")
    if not outlets:
        read = "We hold no copy of it"
    elif len(outlets) <= 2:
        read = f"We read it in {' and '.join(outlets)}"
    else:
        read = f"We read it in {outlets[0]} and {len(outlets) - 1} other outlets"
    return f"{read}; {original}." if original else f"{read}."


def outlets_of(content: dict[str, Any]) -> list[tuple[str, bool]]:
    """Where we read it: each outlet's name (empty for none), and whether a machine has translated
    on the way to us.
    """
    documents = {document["id"]: document for document in content["documents"]}
    departs = content["attribution"]["status"] in DEPARTS
    outlets: dict[tuple[str, bool], None] = {}
    for citation in content["citations"]:
        if departs and citation.get("first_hand"):
            continue  # The original says something else: it is not where we read this.
        document = documents[citation["document"]]
        if citation["role"] == CitationRole.ATTRIBUTION and document["is_held"]:
            name = str(document["source"]["name"]) if document["source"] else ""
            outlets[name, is_machine_translated(document, documents)] = None
    return list(outlets)


def is_machine_translated(document: dict[str, Any], documents: dict[str, dict[str, Any]]) -> bool:
    """Whether a machine has translated anywhere between the first document and this one."""
    hop: dict[str, Any] | None = document["hop"]
    while hop is not None:
        if hop["translator"] == Translator.MACHINE:
            return True
        hop = documents[hop["of"]]["hop"]
    return False


def imported_sentence(content: dict[str, Any]) -> str:
    """Whose verdict it is, where it is not ours; nothing of what was reviewed here."""
    if not content.get("was_imported"):
        return ""
    review = content.get("imported_review")
    if review is None:
        return "It comes from another newsroom’s archive; nobody here has reviewed it."
    who, when = capital(review["publisher"]), date_words(review["published"])
    if not review["label"]:
        return f"Imported: {who} reviewed it {when}; nobody here has reviewed it."
    return f"Imported: {who} judged it “{review['label']}” {when}; nobody here has reviewed it."


def so_sentence(content: dict[str, Any]) -> str:
    """Whether it is so, as far as we say."""
    verification = content["verification"]
    if verification["status"] == VerificationStatus.UNCHECKED:
        return "We have not checked whether it is so."
    if verification["status"] == VerificationStatus.NOT_CHECKABLE:
        return NOT_CHECKABLE[content["kind"]]
    label = VERIFICATION_MEANINGS[verification["status"]].reader_label
    return f"{label}, as of {long_date(verification['as_of'])}."


def long_date(day: str) -> str:
    """“2024-01-05” as “5 January 2024”, whatever the server's language."""
    date = datetime.date.fromisoformat(day)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
]


def capital(name: str) -> str:
    """The name with a capital, as a sentence begins."""
    return name[:1].upper() + name[1:]


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends a sentence by itself, in quotation marks or not."""
    return text if text.rstrip("”»\"')").endswith((".", "!", "?", "…")) else f"{text}."
