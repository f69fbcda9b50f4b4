"""Rows of where words come from: actors, sources, documents, captures."""

from pathlib import Path

from django.utils import timezone

from claims.importing.fields import Fields
from claims.importing.things import Group, Mark, Part, Thing
from factcheck.common.errors import InvalidInput
from sources.choices import (
    ActorKind,
    CaptureStatus,
    DocumentKind,
    HopManner,
    NameForm,
    SourceKind,
    Translator,
)
from sources.models import (
    Actor,
    ActorName,
    ActorRole,
    Capture,
    Control,
    Document,
    Source,
    SourceAddress,
)
from sources.services import MAX_CONTENT


def actor(fields: Fields) -> Thing:
    """Who can speak; roles and controls rest on passages, and so are written last."""
    return Thing(
        kind="actor",
        key=fields.key(),
        model=Actor,
        values={
            "kind": fields.code("actor_kind", ActorKind, required=True),
            "name": fields.name("name", required=True),
            "description": fields.line("description"),
            "is_private": fields.flag("is_private", default=False),
            "wikidata_id": fields.line("wikidata_id"),
        },
        columns={"kind": "actor_kind"},
        groups=[Group(ActorName, "actor", [actor_name(part) for part in fields.parts("names")])],
        later_groups=[
            Group(ActorRole, "actor", [actor_role(part) for part in fields.parts("roles")]),
            Group(Control, "actor", [control(part) for part in fields.parts("controls")]),
        ],
    )


def actor_name(fields: Fields) -> Part:
    """A further name or spelling."""
    values = {
        "name": fields.name("name", required=True),
        "language": fields.line("language", required=True),
        "form": fields.code("form", NameForm, required=True),
    }
    return Part(values, fields.at)


def actor_role(fields: Fields) -> Part:
    """A dated role."""
    values = {
        "title": fields.line("title", required=True),
        "as_printed": fields.line("as_printed"),
        "body": fields.ref("body", "actor"),
        "held_from": fields.day("held_from"),
        "held_until": fields.day("held_until"),
        "passage": fields.place("passage"),
    }
    return Part(values, fields.at)


def control(fields: Fields) -> Part:
    """A dated control by a parent."""
    values = {
        "parent": fields.ref("parent", "actor", required=True),
        "held_from": fields.day("held_from"),
        "held_until": fields.day("held_until"),
        "passage": fields.place("passage", required=True),
    }
    return Part(values, fields.at)


def source(fields: Fields) -> Thing:
    """An outlet or channel."""
    addresses = [
        Part({"url": url}, f"addresses/{number}/")
        for number, url in enumerate(fields.lines("addresses"))
    ]
    return Thing(
        kind="source",
        key=fields.key(),
        model=Source,
        values={
            "kind": fields.code("source_kind", SourceKind, required=True),
            "name": fields.name("name", required=True),
            "operator": fields.ref("operator", "actor"),
            "operator_passage": fields.place("operator_passage"),
            "language": fields.line("language"),
        },
        columns={"kind": "source_kind"},
        groups=[Group(SourceAddress, "source", addresses)],
    )


def document(fields: Fields) -> Thing:
    """A citable item. The one it translates may be known only from its own text: it comes later."""
    hop = fields.inside("hop")
    later = {
        "hop_of": hop and hop.ref("of", "document", required=True),
        "hop_manner": hop.code("manner", HopManner, required=True) if hop else "",
        "translator": hop.code("translator", Translator) if hop else "",
    }
    return Thing(
        kind="document",
        key=fields.key(),
        model=Document,
        values={
            "kind": fields.code("document_kind", DocumentKind, required=True),
            "title": fields.line("title", required=True),
            "source": fields.ref("source", "source"),
            "author": fields.ref("author", "actor"),
            "url": fields.url("url"),
            "language": fields.line("language"),
            "published": fields.bounds("published"),
            "told_by": fields.place("told_by"),
        },
        columns={
            "kind": "document_kind",
            "hop_of": "hop/of",
            "hop_manner": "hop/manner",
            "translator": "hop/translator",
        },
        later=later,
    )


def capture(fields: Fields, directory: Path) -> Thing:
    """A supplied file, which lies beside the import file or below it."""
    return Thing(
        kind="capture",
        key=fields.key(),
        model=Capture,
        values={
            "document": fields.ref("document", "document", required=True),
            "media_type": fields.line("media_type", required=True),
            "status": fields.code("status", CaptureStatus, required=True),
            # The bytes come to us now; a day without its time would be half invented.
            "captured_at": timezone.now(),
        },
        columns={"content": "file", "sha256": "file", "text": "file"},
        content=file_content(fields, directory),
        furniture=[mark(part) for part in fields.parts("furniture")],
    )


def mark(fields: Fields) -> Mark:
    """A range of page furniture."""
    first, last = fields.quote("from", required=True), fields.quote("to", required=True)
    return Mark(first, last, fields.occurrence(), fields.at)


def file_content(fields: Fields, directory: Path) -> bytes:
    """The bytes of the file named in the column `file`; never of one outside the directory."""
    name = fields.line("file", required=True)
    if not name:
        return b""
    path = (directory / name).resolve()
    if not path.is_relative_to(directory.resolve()):
        fields.refuse("file", "Name a file beside the import file, or in a folder beside it.")
        return b""
    try:
        return limited_content(path, MAX_CONTENT)
    except InvalidInput as error:
        fields.refuse("file", error.message)
        return b""


def limited_content(path: Path, limit: int) -> bytes:
    """A regular file's bytes. Raises InvalidInput where there is none, or it is too large."""
    try:
        if not path.is_file():
            raise InvalidInput(f"There is no file “{path.name}” here.")
        if path.stat().st_size > limit:
            raise InvalidInput(f"“{path.name}” has more than {limit:,} bytes.")
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"“{path.name}” cannot be read: {error.strerror}.") from None
