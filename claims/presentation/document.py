"""What a document says, told by the records of the claims that cite it. Pure.

A record tells of a document what was known when it went out, so the newest one is believed. Of its
text there is only what records quote.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Saying:
    """One claim as the document has it: the citations of it, in the order of the text."""

    account: Account
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
    sayings = [
        Saying(
            account,
            sorted(
                (one for one in content["citations"] if one["document"] == document_id),
                key=place_order,
            ),
        )
        for account, content in told
    ]
    return sorted(
        (saying for saying in sayings if saying.citations),
        key=lambda saying: (place_order(saying.citations[0]), saying.account.claim["id"]),
    )


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
