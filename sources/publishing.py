"""Taking a subject to the public side together with what it mentions.

Knows the kinds it is given and no others: `sources.workflow` gives it actors and sources,
`claims.workflow` all four.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from factcheck.common.errors import NotReady
from factcheck.ledger import log
from factcheck.ledger.choices import PublicationKind, PublicState
from factcheck.ledger.models import Mention, Publication
from factcheck.ledger.records import content_hash, review_hash
from factcheck.ledger.subjects import Subject
from sources.record import Content, Quote


@dataclass(frozen=True)
class Kind:
    """How subjects of one kind are published.

    `load` reads a row anew with all that `content` and `mentions` are made from. `name` is what the
    public calls a row that was never published. `goes_along` says whether such a row goes out with
    whatever mentions it; a claim never does.
    """

    model: type[models.Model]
    load: Callable[[Any], Any]
    name: Callable[[Any], str]
    content: Callable[[Any, Quote], Content]
    mentions: Callable[[Any], Iterable[models.Model]]
    schema: Mapping[str, Any]
    others_words: tuple[str, ...]
    project: Callable[[Publication], None]
    goes_along: bool = True


Kinds = Mapping[str, Kind]


@dataclass(frozen=True)
class Part:
    """A subject's content as it would go out now, and what that mentions."""

    subject: Subject
    content: Content
    mentions: frozenset[Subject]


@dataclass(frozen=True)
class Bundle:
    """A subject with all that is published along with it, since it was never published before.

    `review_hash` stands for the content and the content of all it mentions, transitively, as it
    will stand in public.
    """

    root: Part
    along: tuple[Part, ...]
    review_hash: str


def subject_of(instance: models.Model, kinds: Kinds) -> Subject:
    """The ledger's name of a row."""
    for name, kind in kinds.items():
        if isinstance(instance, kind.model):
            return Subject(name, instance.public_id)  # type: ignore[attr-defined]
    raise TypeError(f"{type(instance).__name__} is not published by itself.")


def gather(instance: models.Model, kinds: Kinds) -> Bundle:
    """What publishing `instance` would send out now.

    Raises NotReady, with a sentence each, where it mentions what is not public and cannot go along.
    """
    root = subject_of(instance, kinds)
    walk = Walk(instance, kinds)
    parts = {
        subject: Part(
            subject=subject,
            content=kinds[subject.kind].content(row, walk.quote),
            mentions=frozenset(walk.mentions[subject]),
        )
        for subject, row in walk.rows.items()
    }
    hashes = {
        subject: content_hash(parts[subject].content if subject in parts else walk.live[subject])
        for subject in walk.mentions
        if subject != root
    }
    along = tuple(parts[subject] for subject in sorted(parts) if subject != root)
    return Bundle(parts[root], along, review_hash(parts[root].content, hashes))


class Walk:
    """All that a row mentions, transitively: `rows` go out, `live` are public and stay as they are.

    Rows are read where nothing was published, and the ledger where something was, so that nobody's
    unfinished work decides what a record says.
    """

    def __init__(self, instance: models.Model, kinds: Kinds) -> None:
        self.kinds = kinds
        self.newest: dict[Subject, Publication] = {}
        root = subject_of(instance, kinds)
        self.rows: dict[Subject, Any] = {root: kinds[root.kind].load(instance)}
        self.live: dict[Subject, Content] = {}
        self.mentions: dict[Subject, set[Subject]] = {}
        reasons: list[str] = []
        frontier = {root}
        while frontier:
            found: dict[Subject, models.Model | None] = {}
            for subject in sorted(frontier):
                found |= self.mentioned_by(subject)
            seen = self.mentions.keys()
            new = {subject: row for subject, row in found.items() if subject not in seen}
            reasons += self.sort_out(new)
            frontier = new.keys() & (self.rows.keys() | self.live.keys())
        if reasons:
            raise NotReady("Something it mentions is not public.", reasons=reasons)

    def mentioned_by(self, subject: Subject) -> dict[Subject, models.Model | None]:
        """What the subject mentions directly; with its row, where rows are read."""
        rows: dict[Subject, models.Model | None]
        if subject in self.rows:
            mentions = self.kinds[subject.kind].mentions
            rows = {subject_of(row, self.kinds): row for row in mentions(self.rows[subject])}
        else:
            rows = {
                Subject(kind, id_): None
                for kind, id_ in Mention.objects.filter(
                    publication=self.newest[subject]
                ).values_list("subject_kind", "subject_id")
            }
        rows.pop(subject, None)
        self.mentions[subject] = set(rows)
        return rows

    def sort_out(self, found: Mapping[Subject, models.Model | None]) -> list[str]:
        """Put each new subject with what goes out or what is live; say what is neither."""
        self.newest |= log.newest(found)
        reasons = []
        for subject, row in found.items():
            state = log.public_state(self.newest.get(subject))
            if state == PublicState.LIVE:
                self.live[subject] = self.newest[subject].content or {}
            elif (
                state == PublicState.NEVER
                and row is not None
                and self.kinds[subject.kind].goes_along
            ):
                self.rows[subject] = self.kinds[subject.kind].load(row)
            else:
                reasons.append(f"The {subject.kind} “{row or subject.id}” is {state} in public.")
        return reasons

    def quote(self, mentioned: models.Model) -> Content:
        """The mentioned subject by id, and by the name under which the public knows it."""
        subject = subject_of(mentioned, self.kinds)
        if subject in self.live:
            return {"id": subject.id, "name": self.live[subject]["name"]}
        return {"id": subject.id, "name": self.kinds[subject.kind].name(mentioned)}


def lock(parts: Iterable[Subject], kinds: Kinds) -> None:
    """Lock the rows in the order of their subjects, so that two publications never wait in a ring.

    Others may still point at the rows with foreign keys.
    """
    for subject in sorted(parts):
        rows = kinds[subject.kind].model._default_manager.filter(public_id=subject.id)
        list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def send_out(
    bundle: Bundle,
    kinds: Kinds,
    *,
    kind: PublicationKind,
    by: User,
    note: str = "",
    stage_from: str = "",
    stage_to: str = "",
) -> Publication:
    """Publish the bundle, what goes along first, and bring the projections into step.

    Must run in a transaction in which `lock` holds the bundle's rows. `note` is public.
    """
    along = [
        log.Draft(
            subject=part.subject,
            kind=PublicationKind.PUBLISH,
            action=PublicationKind.PUBLISH.value,
            content=part.content,
            schema=kinds[part.subject.kind].schema,
            mentions=part.mentions,
            others_words=kinds[part.subject.kind].others_words,
            content_hash=content_hash(part.content),
            private_note=f"Published along with {bundle.root.subject}.",
        )
        for part in bundle.along
    ]
    root = log.Draft(
        subject=bundle.root.subject,
        kind=kind,
        action=kind.value,
        content=bundle.root.content,
        schema=kinds[bundle.root.subject.kind].schema,
        mentions=bundle.root.mentions,
        others_words=kinds[bundle.root.subject.kind].others_words,
        note=note,
        stage_from=stage_from,
        stage_to=stage_to,
        content_hash=bundle.review_hash,
    )
    publications = log.append([*along, root], by=by)
    for publication in publications:
        kinds[publication.subject_kind].project(publication)
    return publications[-1]
