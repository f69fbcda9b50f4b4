"""The whole sheet, as its page gets it once."""

from claims.sheet.chain import document_as_data
from claims.sheet.offers import choices, defaults_of
from claims.sheet.opened import Sheet
from claims.sheet.orphans import orphans_of
from claims.sheet.reading import ON_THE_SHEET, Data, rows_of


def sheet_as_data(sheet: Sheet) -> Data:
    """The document, its text, its rows, and all that the page offers."""
    return {
        "document": document_as_data(sheet.document),
        "capture": capture_as_data(sheet),
        "rows": rows_of(sheet),
        "orphans": orphans_of(sheet),
        "defaults": defaults_of(sheet).as_data(),
        "choices": choices(),
        "may": {
            "add": sheet.may_add,
            "change": sheet.may_change,
            "document": sheet.by.has_perm("sources.change_document"),
            "create": [
                kind
                for kind, permission in (
                    ("actor", "sources.add_actor"),
                    ("event", "claims.add_event"),
                    ("source", "sources.add_source"),
                    ("document", "sources.add_document"),
                )
                if sheet.by.has_perm(permission)
            ],
            "steps": [step.action for step in ON_THE_SHEET if step.roles & sheet.roles],
        },
    }


def capture_as_data(sheet: Sheet) -> Data | None:
    """The newest capture with its text, and what in it is the page's furniture."""
    capture = sheet.capture
    if capture is None:
        return None
    return {
        "id": capture.public_id,
        "captured_at": capture.captured_at.isoformat(),
        "status": capture.status,
        "text": capture.text,
        "furniture": [[one.start, one.end] for one in capture.furniture.all()],
    }
