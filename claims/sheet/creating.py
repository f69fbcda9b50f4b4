"""Who or what a row refers to, entered in passing; what is like it is offered first."""

from typing import Any

from django.db import transaction

from claims.models import Event
from claims.sheet.entering import enter
from claims.sheet.naming import NAMED, Data, similar
from claims.sheet.opened import Sheet
from claims.sheet.placing import Places
from claims.sheet.problems import Problem, Refused
from factcheck.common.dates import DateBounds
from factcheck.common.errors import InvalidInput
from factcheck.common.numbers import parse_date
from factcheck.common.text import clean_line, clean_name
from factcheck.ledger.history import acting
from sources.choices import ActorKind, DocumentKind, SourceKind
from sources.models import Actor, Document, Source
from sources.services import anchor_ranges

CREATED = ("actor", "event", "source", "document")
CELLS = {"title": "name", "told_by": "quote"}


class AlreadyThere(Exception):
    """Something like it is there already. Never leaves the sheet's package and its views."""

    def __init__(self, found: list[Data]) -> None:
        super().__init__("Something like this is there already.")
        self.found = found


def create(sheet: Sheet, posted: dict[str, Any], places: Places) -> Data:
    """Enter an actor, event, source, or document known by report. Raises AlreadyThere unless the
    post says `anyway`; Refused, NotAllowed, InvalidInput.
    """
    kind = posted.get("kind")
    if kind not in CREATED:
        raise InvalidInput.at("kind", f"Give one of {', '.join(CREATED)}.")
    row = new_row(sheet, kind, posted)
    found = [] if posted.get("anyway") is True else similar(kind, str(row))
    if found:
        raise AlreadyThere(found)
    with transaction.atomic(), acting(sheet.by):
        if isinstance(row, Document):
            tell_of(sheet, row, places)
        enter(row, by=sheet.by, cells=CELLS, rest="name")
    return NAMED[kind].as_data(row)


def new_row(sheet: Sheet, kind: str, posted: dict[str, Any]) -> Any:
    """The row, not saved yet, with what was said of it and defaults for the rest."""
    given = posted.get("name")
    if kind in ("actor", "source"):
        name = clean_name(given, name="name")
    else:
        name = clean_line(given, name="name")
    if not name:
        raise InvalidInput.at("name", "Give a name.")
    if kind == "actor":
        return Actor(name=name, kind=code(posted, "actor_kind", ActorKind.ORGANISATION))
    if kind == "source":
        return Source(name=name, kind=code(posted, "source_kind", SourceKind.NEWS_SITE))
    if kind == "event":
        event = Event(title=name)
        if posted.get("date") not in (None, ""):
            event.happened = DateBounds.on(parse_date(posted["date"], name="date"))
        return event
    return Document(title=name, kind=code(posted, "document_kind", DocumentKind.STATEMENT))


def code(posted: dict[str, Any], name: str, default: Any) -> str:
    """A code of the default's kind."""
    choices = type(default)
    value = posted.get(name)
    if value in (None, ""):
        return str(default)
    if not isinstance(value, str) or value not in choices.values:
        raise InvalidInput.at(name, f"Choose one of {', '.join(choices.values)}.")
    return value


def tell_of(sheet: Sheet, document: Document, places: Places) -> None:
    """Rest a document that nobody here has seen on the passage that tells of it."""
    if not places or sheet.capture is None:
        raise Refused([Problem("quote", "Select the passage that tells of this document.")])
    document.told_by = anchor_ranges(sheet.capture, places, by=sheet.by)
