"""Where the pages stand of what a record mentions.

A record names what it mentions by id, and by the name under which the public knows it. Whether that
has a page now, and under which address, the projections say: a private person has none.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Value

from claims.models import PublicEvent
from factcheck.ledger.choices import SubjectKind
from sources.models import PublicActor, PublicSource
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
    room = ROOMS[kind]
    return f"/{room}/{public_id}/{slug or room.removesuffix('s')}/"


def document_path(document_id: str, title: str) -> str:
    """The page of a document: what it says."""
    return f"/documents/{document_id}/{slug_of(title) or 'document'}/"


def topic_path(slug: str) -> str:
    """The page of a topic."""
    return f"/topics/{slug}/"


def addresses_of(*contents: Any) -> Addresses:
    """The pages of all actors, sources and events that the contents name, in one query."""
    ids: dict[str, set[str]] = {ACTOR: set(), SOURCE: set(), EVENT: set()}
    for content in contents:
        for kind, public_id in named_in(content):
            ids[kind].add(public_id)
    public = [
        (ACTOR, PublicActor.objects.filter(is_private=False)),
        (SOURCE, PublicSource.objects.all()),
        (EVENT, PublicEvent.objects.all()),
    ]
    rows = [
        subjects.using("public")
        .filter(public_id__in=sorted(ids[kind]))
        .order_by()
        .values_list(Value(kind), "public_id", F("slug"))
        for kind, subjects in public
        if ids[kind]
    ]
    if not rows:
        return {}
    found = rows[0].union(*rows[1:], all=True) if len(rows) > 1 else rows[0]
    return {
        (kind, public_id): subject_path(kind, public_id, slug) for kind, public_id, slug in found
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
