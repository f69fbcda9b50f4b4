"""Documents that were entered twice: records that go out later tell the one that stands for the
other. A Document has no public record of its own, so this is a matter of the desk alone.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from factcheck.common.errors import Conflict, InvalidInput, NotAllowed
from factcheck.common.roles import Role, roles_of
from factcheck.ledger.history import acting
from sources.models import Document
from sources.models.document import carries
from sources.models.merging import resolved

# What records tell of a Document beside its title.
TOLD = {
    "source": "source",
    "author": "author",
    "url": "address",
    "language": "language",
    "hop_of": "what it translates or republishes",
}


def merge_document(document: Document, *, into: Document, by: User) -> Document:
    """Let another Document stand for this one: records tell the other one from now on. An editor's
    step. The passages and captures of both stay where they are.

    Raises NotAllowed, Conflict for one that was merged already, InvalidInput at `successor` for one
    that cannot stand for it.
    """
    check_editor(by)
    with transaction.atomic(), acting(by):
        lock_documents(document, into)
        if document.merged_into_id is not None:
            raise Conflict("It was merged already. Undo that first.")
        if into == document:
            raise InvalidInput.at("successor", "Choose another document.")
        if into.merged_into_id is not None:
            raise InvalidInput.at(
                "successor", f"“{into}” was merged itself: choose what stands for it."
            )
        if carries(document, into) or carries(into, document):
            raise InvalidInput.at(
                "successor", "One of them carries the other: they are two documents."
            )
        check_loses_nothing(document, into)
        return point_document_at(document, into)


def check_loses_nothing(document: Document, into: Document) -> None:
    """Raise InvalidInput where records would tell less, or something else, of the other one: a
    Document that says no outlet would take the outlet, and the translation, out of every claim.
    """
    if document.kind != into.kind:
        raise InvalidInput.at(
            "successor",
            f"One is {document.get_kind_display()}, the other {into.get_kind_display()}: "
            "they are two documents.",
        )
    lost = [
        words for name, words in TOLD.items() if getattr(document, name) and not getattr(into, name)
    ]
    if lost:
        raise InvalidInput.at(
            "successor", f"Enter there first what this one says: {', '.join(lost)}."
        )
    if standing_behind(document) != standing_behind(into):
        raise InvalidInput.at(
            "successor",
            "They say different things of who runs the outlet, who wrote it or what it carries: "
            "make them agree first, or claims would count another origin.",
        )


def standing_behind(document: Document) -> tuple[Any, ...]:
    """Who is behind a Document as an origin: its outlet's operator, its author, what it carries."""
    source = resolved(document.source) if document.source else None
    named = (source and source.operator, document.author, document.hop_of)
    return tuple(resolved(one).pk if one else None for one in named)


def unmerge_document(document: Document, *, by: User) -> Document:
    """Let a Document stand for itself again. An editor's step. Raises NotAllowed, Conflict."""
    check_editor(by)
    with transaction.atomic(), acting(by):
        lock_documents(document)
        if document.merged_into_id is None:
            raise Conflict("It was not merged into another.")
        return point_document_at(document, None)


def check_editor(by: User) -> None:
    """Raise NotAllowed for anybody but an editor."""
    if Role.EDITOR not in roles_of(by):
        raise NotAllowed(f"Merging is for the role {Role.EDITOR}.")


def lock_documents(*documents: Document) -> None:
    """Lock the rows in one go, and read them anew."""
    rows = Document.objects.filter(pk__in=[document.pk for document in documents])
    list(rows.order_by("public_id").select_for_update(no_key=True).values_list("pk"))
    for document in documents:
        document.refresh_from_db()


def point_document_at(document: Document, into: Document | None) -> Document:
    """Set what stands for the Document."""
    document.merged_into = into
    document.save(update_fields=["merged_into"])
    document.refresh_from_db(fields=["edit_number"])
    return document
