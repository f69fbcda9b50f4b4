"""Where the pages stand of what a record mentions.

A record names what it mentions by id, and by the name under which the public knows it. Whether that
has a page now, and under which address, the projections say: a private person has none.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import F, Value

from claims.models import PublicEvent
from factcheck.ledger import log
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.subjects import Subject
from sources.models import PublicActor, PublicSource
from sources.models.public import subject_path as path_in
from sources.projection import slug_of

ACTOR, SOURCE, EVENT = SubjectKind.ACTOR.value, SubjectKind.SOURCE.value, SubjectKind.EVENT.value
ROOMS = {ACTOR: "claimants", SOURCE: "sources", EVENT: "events"}
# What a record calls those whom it names, and what they are.
KINDS = {
    "claimant": ACTOR,
    "voiced_by": ACTOR,
    "author": ACTOR,
    "asked_of": ACTOR,
    "actor": ACTOR,
    "party": ACTOR,
    "body": ACTOR,
    "parent": ACTOR,
    "operator": ACTOR,
    "outlet": SOURCE,
    "source": SOURCE,
    "newsroom": SOURCE,
    "event": EVENT,
    "part_of": EVENT,
}

# The kind and the id of what is mentioned, to the path of its page.
Addresses = dict[tuple[str, str], str]


def subject_path(kind: str, public_id: str, slug: str) -> str:
    """The page of an actor, a source or an event; a name in another script has no slug."""
    return path_in(ROOMS[kind], public_id, slug)


def document_path(document_id: str, title: str) -> str:
    """The page of a document: what it says."""
    return f"/documents/{document_id}/{slug_of(title) or 'document'}/"


def topic_path(slug: str) -> str:
    """The page of a topic."""
    return f"/topics/{slug}/"


def addresses_of(*contents: Any) -> Addresses:
    """The pages of all actors, sources and events that the contents name, in one query; what was
    merged since leads to what stands for it now, which takes further ones.
    """
    named = {pair for content in contents for pair in named_in(content)}
    pages = pages_of(named)
    if gone := named - pages.keys():
        standing = log.standing((Subject(*pair) for pair in gone), using="public")
        finals = pages_of({(final.kind, final.id) for final in standing.values()})
        pages |= finals
        for old, final in standing.items():
            pages[old.kind, old.id] = finals.get((final.kind, final.id), "")
    return {pair: path for pair, path in pages.items() if path}


def pages_of(pairs: Collection[tuple[str, str]]) -> Addresses:
    """The page of each of them that is live, in one query; empty for a private person."""
    public = [
        (ACTOR, PublicActor.objects.annotate(hidden=F("is_private"))),
        (SOURCE, PublicSource.objects.annotate(hidden=Value(False))),
        (EVENT, PublicEvent.objects.annotate(hidden=Value(False))),
    ]
    rows = [
        subjects.using("public")
        .filter(public_id__in=ids)
        .order_by()
        .values_list(Value(kind), "public_id", F("slug"), "hidden")
        for kind, subjects in public
        if (ids := sorted(public_id for other, public_id in pairs if other == kind))
    ]
    if not rows:
        return {}
    found = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
    return {
        (kind, key): "" if is_hidden else subject_path(kind, key, slug)
        for kind, key, slug, is_hidden in found
    }


def named_in(content: Any) -> Iterator[tuple[str, str]]:
    """Kind and id of each subject that a record's content, or a part of it, names."""
    if isinstance(content, list):
        for part in content:
            yield from named_in(part)
    elif isinstance(content, dict):
        for key, value in content.items():
            if key in KINDS and isinstance(value, dict) and "id" in value:
                yield KINDS[key], value["id"]
            yield from named_in(value)
