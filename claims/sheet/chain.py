"""What is set once on the document, and inherited by all claims of the sheet."""

from claims.sheet.reading import Data, bounds_of, named
from sources.models import Document


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
