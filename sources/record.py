"""What is published of actors and sources, and how every record quotes documents and passages.

Pure: a function takes a row and `quote`, and returns the record's content as plain values. `quote`
gives a mentioned subject as the public side has it, so that no working row is ever quoted. Parts
stand in an order that depends on published values alone, never on row numbers or a collation. What
was merged is told as what stands for it now, documents as well.
"""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, Protocol

from django.db import models
from django.db.models import Prefetch

from factcheck.ledger.records import time_text
from sources.models import Actor, ActorRole, Capture, Control, Document, Passage, Source
from sources.models.merging import resolved, stood_for

Content = dict[str, Any]


class Quote(Protocol):
    """The public side of what a record mentions."""

    def __call__(self, mentioned: models.Model) -> Content:
        """The subject by id, and by the name under which the public knows it."""

    def content(self, mentioned: models.Model) -> Content:
        """The subject's whole content, as published or as it goes out along."""


PASSAGE_WORDS = (
    "document/title",
    "document/published/as_printed",
    "ranges/*/exact",
    "ranges/*/prefix",
    "ranges/*/suffix",
)
ACTOR_OTHERS_WORDS = (
    "/content/names/*/name",
    "/content/roles/*/as_printed",
    *(f"/content/roles/*/passage/{words}" for words in PASSAGE_WORDS),
    *(f"/content/controls/*/passage/{words}" for words in PASSAGE_WORDS),
)
SOURCE_OTHERS_WORDS = tuple(f"/content/operator_passage/{words}" for words in PASSAGE_WORDS)


# Actors


def actor_name(actor: Actor) -> str:
    """What the public calls the Actor."""
    return actor.description if actor.is_private else actor.name


def load_actor(actor: Actor) -> Actor:
    """The Actor anew, with all that its content is made from."""
    [loaded] = load_actors([actor])
    return loaded


def load_actors(actors: Iterable[Actor]) -> list[Actor]:
    """The same for many of them, in as many questions as for one."""
    return list(
        Actor.objects.prefetch_related(
            "names",
            "roles__body",
            passages("roles__passage"),
            "controls__parent",
            passages("controls__passage"),
        ).filter(pk__in=[actor.pk for actor in actors])
    )


def actor_content(actor: Actor, quote: Quote) -> Content:
    """An Actor's content. A private person is a description and nothing else."""
    if actor.is_private:
        return {
            "kind": actor.kind,
            "is_private": True,
            "name": actor_name(actor),
            "description": actor.description,
            "names": [],
            "wikidata_id": None,
            "roles": [],
            "controls": [],
        }
    return {
        "kind": actor.kind,
        "is_private": False,
        "name": actor_name(actor),
        "description": actor.description,
        "names": [
            {"name": name.name, "language": name.language, "form": name.form}
            for name in in_order(actor.names.all(), "language", "name")
        ],
        "wikidata_id": actor.wikidata_id or None,
        "roles": [
            {
                "title": role.title,
                "as_printed": role.as_printed,
                "body": quote(role.body) if role.body and is_other(role.body, actor) else None,
                "held_from": day(role.held_from),
                "held_until": day(role.held_until),
                "passage": passage_content(role.passage, quote) if role.passage else None,
            }
            for role in sorted(actor.roles.all(), key=role_order)
        ],
        "controls": [
            {
                "parent": quote(control.parent),
                "held_from": day(control.held_from),
                "held_until": day(control.held_until),
                "passage": passage_content(control.passage, quote),
            }
            for control in sorted(actor.controls.all(), key=control_order)
            if is_other(control.parent, actor)
        ],
    }


def actor_mentions(actor: Actor) -> Iterator[models.Model]:
    """The actors and sources that the Actor's content quotes."""
    if actor.is_private:
        return
    for role in actor.roles.all():
        if role.body:
            yield role.body
        yield from passage_mentions(role.passage)
    for control in actor.controls.all():
        yield control.parent
        yield from passage_mentions(control.passage)


def actor_secrets(actor: Actor) -> list[str]:
    """What no record may print: the names of a private person, under whichever row."""
    rows = [row for row in (actor, *stood_for(actor)) if row.is_private]
    return [words for row in rows for words in (row.name, *(n.name for n in row.names.all()))]


def actor_documents(actor: Actor) -> list[Document]:
    """The documents that the Actor's content tells of."""
    passages_told = [
        *(role.passage for role in actor.roles.all()),
        *(control.passage for control in actor.controls.all()),
    ]
    return [passage.capture.document for passage in passages_told if passage is not None]


# Sources


def load_source(source: Source) -> Source:
    """The Source anew, with all that its content is made from."""
    [loaded] = load_sources([source])
    return loaded


def load_sources(sources: Iterable[Source]) -> list[Source]:
    """The same for many of them, in as many questions as for one."""
    return list(
        Source.objects.select_related("operator")
        .prefetch_related("addresses", passages("operator_passage"))
        .filter(pk__in=[source.pk for source in sources])
    )


def source_content(source: Source, quote: Quote) -> Content:
    """A Source's content. The desk's grades are no part of it."""
    return {
        "kind": source.kind,
        "name": source.name,
        "language": source.language or None,
        "operator": quote(source.operator) if source.operator else None,
        "operator_passage": (
            passage_content(source.operator_passage, quote) if source.operator_passage else None
        ),
        "addresses": [address.url for address in in_order(source.addresses.all(), "url")],
    }


def source_mentions(source: Source) -> Iterator[models.Model]:
    """The actors and sources that the Source's content quotes."""
    if source.operator:
        yield source.operator
    yield from passage_mentions(source.operator_passage)


def source_documents(source: Source) -> list[Document]:
    """The documents that the Source's content tells of."""
    passage = source.operator_passage
    return [passage.capture.document] if passage is not None else []


# Parts of every record


def passages(path: str) -> Prefetch:
    """What to prefetch for passages that records tell."""
    return Prefetch(path, queryset=Passage.objects.for_records())


def document_content(document: Document, quote: Quote, *, is_held: bool) -> Content:
    """A Document as records tell it: never its text, only what and where it is."""
    return {
        "id": document.public_id,
        "kind": document.kind,
        "title": document.title,
        "source": quote(document.source) if document.source else None,
        "author": quote(document.author) if document.author else None,
        "url": document.url or None,
        "language": document.language or None,
        "published": document.published.as_record(),
        "is_held": is_held,
    }


def document_mentions(document: Document | None) -> Iterator[models.Model]:
    """The subjects that a Document's content quotes."""
    if document is None:
        return
    if document.source:
        yield document.source
    if document.author:
        yield document.author


def capture_content(capture: Capture) -> Content:
    """What readers may know of a Capture."""
    return {
        "id": capture.public_id,
        "sha256": capture.sha256,
        "captured_at": time_text(capture.captured_at),
        "status": capture.status,
    }


def control_order(control: Control) -> tuple[str, int]:
    """Controls by the id under which the parent is told."""
    return (resolved(control.parent).public_id, control.pk)


def is_other(mentioned: Actor, actor: Actor) -> bool:
    """Whether the mentioned one is not told as the Actor itself, since they were merged."""
    return resolved(mentioned) != actor


def role_order(role: ActorRole) -> tuple[str, str, str]:
    """Roles by their first day, then by name; those without a day first."""
    return (day(role.held_from) or "", day(role.held_until) or "", role.title)


def passage_content(passage: Passage, quote: Quote) -> Content:
    """A Passage with its words, as W3C TextQuote and TextPosition selectors give them."""
    document = resolved(passage.capture.document)
    return {
        "document": document_content(document, quote, is_held=True),
        **place_content(passage),
    }


def place_content(passage: Passage) -> Content:
    """The Passage's place in its Capture, where the Document is told already."""
    return {
        "capture": capture_content(passage.capture),
        "locator": passage.locator or None,
        "ranges": [
            {
                "exact": part.exact,
                "prefix": part.prefix,
                "suffix": part.suffix,
                "start": part.start,
                "end": part.end,
            }
            for part in in_order(passage.ranges.all(), "start")
        ],
    }


def passage_mentions(passage: Passage | None) -> Iterator[models.Model]:
    """The subjects that a Passage's content quotes."""
    if passage is not None:
        yield from document_mentions(resolved(passage.capture.document))


def in_order(rows: Iterable[Any], *attributes: str) -> list[Any]:
    """The rows by code points of their attributes, so that no server's collation moves a hash."""
    return sorted(rows, key=attrgetter(*attributes))


def day(value: Any) -> str | None:
    """A date as ISO 8601, or None."""
    return value.isoformat() if value else None
