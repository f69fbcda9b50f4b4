"""What is set once on the document, and inherited by all claims of the sheet."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Q

from claims.choices import Stage
from claims.models import Claim
from claims.sheet.cells import Cells, code_of, language_of, reference, said
from claims.sheet.conflicts import NOTHING, shown_date
from claims.sheet.entering import enter
from claims.sheet.offers import Defaults, carried_down
from claims.sheet.opened import Sheet
from claims.sheet.problems import Problem, Refused, refused_input
from claims.sheet.reading import Data, bounds_of, named
from claims.sheet.writing import with_clock
from factcheck.common.dates import DateBounds
from factcheck.common.errors import InvalidInput
from factcheck.common.history import edit_began_at, rows_as_of
from factcheck.common.numbers import parse_int
from factcheck.ledger.history import acting
from sources.choices import HopManner, Translator
from sources.models import Document

READERS: dict[str, Callable[[str, Any], Any]] = {
    "source": reference("source"),
    "author": reference("actor"),
    "language": language_of(is_blank=True),
    "published": said,
    "hop_of": reference("document"),
    "hop_manner": code_of(HopManner, is_blank=True),
    "translator": code_of(Translator, is_blank=True),
}
LABELS = {
    "source": "Source",
    "author": "Author",
    "language": "Language",
    "published": "Published",
    "hop_of": "Carries",
    "hop_manner": "How it carries it",
    "translator": "Translator",
}
CELLS = {f"published_{part}": "published" for part in ("not_before", "not_after", "as_printed")}
STALE = "Somebody else has changed this document since you opened it. Nothing was saved."


class StaleDocument(Exception):
    """The document is no longer what was opened. Never leaves the sheet's package and its views."""

    def __init__(self, fields: list[Data]) -> None:
        super().__init__(STALE)
        self.fields = fields


def document_as_data(document: Document) -> Data:
    """What the sheet shows of its document, and lets people set."""
    return {
        "id": document.pk,
        "public_id": document.public_id,
        "edit_number": document.edit_number,
        "kind": document.kind,
        "title": document.title,
        "address": document.url,
        "source": named(document.source),
        "author": named(document.author),
        "language": document.language,
        "published": bounds_of(document.published),
        "hop_of": named(document.hop_of),
        "hop_manner": document.hop_manner,
        "translator": document.translator,
    }


def set_on_document(sheet: Sheet, posted: dict[str, Any]) -> list[Claim]:
    """Change the document, and let its drafts inherit what they had from it and nobody has said
    otherwise. Returns the drafts that changed. Raises StaleDocument, Refused, InvalidInput,
    NotAllowed.
    """
    cells = read_document(posted)
    edit = parse_int(posted.get("edit_number"), name="edit_number", low=0)
    with transaction.atomic(), acting(sheet.by):
        rows = Document.objects.select_for_update(no_key=True, of=("self",))
        document = rows.get(pk=sheet.document.pk)
        if document.edit_number != edit:
            raise StaleDocument(three_sides(document, edit, cells))
        before = carried_down(document, None)
        for name, value in cells.items():
            old = document.published
            setattr(document, name, with_clock(value, old) if name == "published" else value)
        if "hop_of" in cells and document.hop_of is None:
            document.hop_manner = document.translator = ""
        if document.hop_manner == HopManner.TRANSLATES:
            document.translator = document.translator or Translator.NOT_STATED
        elif "hop_manner" in cells and "translator" not in cells:
            document.translator = ""
        enter(document, by=sheet.by, cells=CELLS)
        return inherit(sheet, before, carried_down(document, None))


def read_document(posted: dict[str, Any]) -> Cells:
    """What was posted for the document. Raises Refused."""
    cells: Cells = {}
    problems: list[Problem] = []
    for name, value in posted.items():
        if name in READERS:
            try:
                cells[name] = READERS[name](name, value)
            except InvalidInput as error:
                problems += refused_input(name, error).problems
            except Refused as refused:
                problems += refused.problems
    if problems:
        raise Refused(problems)
    return cells


def inherit(sheet: Sheet, before: Defaults, now: Defaults) -> list[Claim]:
    """Give the sheet's drafts the document's new date, and the language of its original, wherever
    they have what it said before.
    """
    changed = []
    drafts = sheet.claims().filter(stage=Stage.DRAFT)
    for claim in drafts.select_for_update(no_key=True, of=("self",)):
        had = (claim.said, claim.original_language)
        if claim.said == before.said:
            claim.said = now.said
        if claim.original_language == before.original_language and (
            now.original_language or not claim.original_words
        ):
            claim.original_language = now.original_language
        if (claim.said, claim.original_language) != had:
            enter(claim, by=sheet.by, cells={})
            changed.append(claim)
    return changed


def three_sides(document: Document, edit: int, cells: Cells) -> list[Data]:
    """Each field in which what is stored differs from what was opened, or was to be saved."""
    theirs = shown_document(document)
    began = edit_began_at(document, edit) if edit < document.edit_number else None
    base: dict[str, str] = {}
    if began is not None:
        own, then = Q(pk=document.pk), Q(pgh_obj_id=document.pk)
        [was] = rows_as_of(Document, own=own, then=then, at=began).values()
        base = shown_document(was)
    mine = {name: shown(value) for name, value in cells.items()}
    return [
        {
            "field": name,
            "label": label,
            "base": base.get(name, NOTHING),
            "theirs": theirs[name],
            "mine": mine.get(name, base.get(name, theirs[name])),
        }
        for name, label in LABELS.items()
        if theirs[name] != base.get(name, theirs[name])
        or theirs[name] != mine.get(name, theirs[name])
    ]


def shown_document(document: Any) -> dict[str, str]:
    """Its fields as a person reads them."""
    return {name: shown(getattr(document, name)) for name in LABELS}


def shown(value: Any) -> str:
    """One of them."""
    if isinstance(value, DateBounds):
        return shown_date(value)
    return str(value) if value not in (None, "") else NOTHING
