"""From where a row's passage took its words: a second citation, and the relay to it."""

from typing import Any

from claims.choices import CitationRole
from claims.models import Citation, Relay
from claims.sheet.cells import Cells
from claims.sheet.entering import enter, next_position, remove
from claims.sheet.opened import Sheet
from claims.sheet.problems import Refused
from claims.sheet.proposals import manner_of
from sources.models import Document


def write_origin(sheet: Sheet, citation: Citation, cells: Cells) -> None:
    """The relay from the row's passage to the document in which the words were first said."""
    relay = citation.relays.select_related("taken_from").first()
    manner = cells.get("manner") or ""
    if "origin" in cells:
        origin: Document | None = cells["origin"]
        stands = relay.taken_from.document_id if relay is not None else None
        if relay is not None and (origin is None or origin.pk != stands):
            take_out(relay, by=sheet.by)
            relay = None
        if origin is not None and relay is None:
            relay = relay_to(sheet, citation, origin)
    if relay is None:
        if manner:
            raise Refused.at("origin", "Say first from where the words were taken.")
        return
    relay.manner = manner or relay.manner or manner_of(citation.form)
    enter(relay, by=sheet.by, cells={"taken_from": "origin", "carrier": "origin"}, rest="origin")


def relay_to(sheet: Sheet, citation: Citation, origin: Document) -> Relay:
    """A relay, not saved yet, to the claim's citation of that document, made if there is none."""
    if origin.pk == sheet.document.pk:
        raise Refused.at("origin", "The words stand in this document: choose where it has them.")
    claim = citation.claim
    cited = claim.citations.filter(document=origin, role=CitationRole.ATTRIBUTION).first()
    if cited is None:
        cited = Citation(
            claim=claim,
            document=origin,
            role=CitationRole.ATTRIBUTION,
            first_hand=True,
            position=next_position(claim.citations),
        )
        enter(cited, by=sheet.by, cells={"document": "origin"}, rest="origin")
    return Relay(claim=claim, carrier=citation, taken_from=cited)


def take_out(relay: Relay, *, by: Any) -> None:
    """The relay, and the citation that it led to if that says nothing else: no words, no relay of
    its own, nobody else's origin.
    """
    cited = relay.taken_from
    remove(relay, by=by)
    is_bare = cited.passage_id is None and cited.first_hand and not cited.unfound_quote
    if is_bare and not cited.relays.exists() and not cited.relayed_by.exists():
        remove(cited, by=by)
