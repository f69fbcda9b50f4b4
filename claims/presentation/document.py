"""What a document says, told by the records of the claims that cite it. Pure.

A record tells of a document what was known when it went out, so the newest one is believed. Of its
text there is only what records quote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from claims.choices import CitationRole, Stance
from claims.presentation.accounts import Account, Content

CARRIES = _("It carries this claim")
EVIDENCE = {
    Stance.SUPPORTS.value: _("Evidence that this is so"),
    Stance.REFUTES.value: _("Evidence against this"),
    Stance.CONTEXT.value: _("To understand this"),
}
# Behind all places in a text.
LAST = 2**53

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Saying:
    """Claims as the document has them: the citations, in the order of the text. Several claims
    stand together where the document carries them in the same words.
    """

    accounts: list[Account]
    citations: list[Content]


def document_in(contents: Sequence[Content], document_id: str) -> Content:
    """The document as the newest of the records tells it; they come newest first."""
    return documents_of(contents[0])[document_id]


def documents_of(content: Content) -> dict[str, Content]:
    """The documents that a record tells of, by id."""
    return {document["id"]: document for document in content["documents"]}


def sayings_of(document_id: str, told: Sequence[tuple[Account, Content]]) -> list[Saying]:
    """What the document says, in the order in which it stands in the text; what has a locator alone
    after that, and what has no place at all at the end.
    """
    found: dict[Key, Saying] = {}
    for account, content in sorted(told, key=lambda one: one[0].claim["id"]):
        citations = [one for one in content["citations"] if one["document"] == document_id]
        if citations:
            citations.sort(key=place_order)
            new = Saying([], citations)
            found.setdefault(words_carried(account, citations), new).accounts.append(account)
    return sorted(found.values(), key=lambda saying: place_order(saying.citations[0]))


def words_carried(account: Account, citations: Sequence[Content]) -> Key:
    """What claims share that stand together: the copy and the ranges of the words that carry them.
    Evidence bears on each claim in a way of its own, and what has no words shares none.
    """
    key: list[Any] = []
    for citation in citations:
        place = citation["place"]
        if citation["role"] != CitationRole.ATTRIBUTION or not place or not place["ranges"]:
            return (account.claim["id"],)
        ranges = tuple((part["start"], part["end"]) for part in place["ranges"])
        key.append((place["capture"]["id"], ranges))
    return tuple(key)


def place_order(citation: Content) -> tuple[int, int, str]:
    """Where a citation stands: by its first range, else by its locator, else at the end."""
    place = citation["place"]
    if place and place["ranges"]:
        return (0, min(part["start"] for part in place["ranges"]), "")
    if place and place["locator"]:
        return (1, LAST, place["locator"])
    return (2, LAST, "")


def bearing(citation: Content) -> str:
    """What the document is to the claim: it carries it, or bears on whether it is so."""
    if citation["role"] == CitationRole.ATTRIBUTION:
        return gettext(CARRIES)
    return gettext(EVIDENCE[citation["stance"]])


def copies_of(document_id: str, contents: Sequence[Content]) -> list[Content]:
    """The copies in which places of the document are marked, the newest first."""
    captures = {
        citation["place"]["capture"]["id"]: citation["place"]["capture"]
        for content in reversed(contents)
        for citation in content["citations"]
        if citation["document"] == document_id and citation["place"]
    }
    return sorted(captures.values(), key=lambda one: (one["captured_at"], one["id"]), reverse=True)
