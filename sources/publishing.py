"""Taking a subject to the public side together with what it mentions.

Knows the kinds it is given and no others: `sources.workflow` gives it actors and sources,
`claims.workflow` all four.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from factcheck.common.errors import NotReady
from factcheck.ledger import log
from factcheck.ledger.canonical import canonical_text
from factcheck.ledger.choices import PublicationKind, PublicState
from factcheck.ledger.drafts import Draft
from factcheck.ledger.models import Mention, Publication
from factcheck.ledger.records import content_hash, review_hash
from factcheck.ledger.subjects import Subject
from sources.record import Content, Quote


def no_secrets(row: Any) -> Iterable[str]:
    """Most kinds have nothing that must not be printed."""
    return ()


@dataclass(frozen=True)
class Kind:
    """How subjects of one kind are published.

    `load` reads a row anew with all that the other functions need. `name` is what the public calls
    a row that was never published. `documents` are those the content tells of, `secrets` what no
    record that mentions the row may print. `goes_along` says whether a row that was never
    published goes out with whatever mentions it; a claim never does.
    """

    model: type[models.Model]
    load: Callable[[Any], Any]
    name: Callable[[Any], str]
    content: Callable[[Any, Quote], Content]
    mentions: Callable[[Any], Iterable[models.Model]]
    documents: Callable[[Any], Iterable[models.Model]]
    schema: Mapping[str, Any]
    others_words: tuple[str, ...]
    project: Callable[[Publication], None]
    secrets: Callable[[Any], Iterable[str]] = no_secrets
    schema_version: int = 1
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

    Raises NotReady, with a sentence each, where it mentions what is not public and cannot go along,
    or would print a private person's name.
    """
    walk = Walk(instance, kinds)
    parts = {
        subject: Part(
            subject=subject,
            content=walk.contents[subject],
            mentions=frozenset(walk.mentions[subject]),
        )
        for subject in walk.rows
    }
    walk.check_secrets()
    hashes = {
        subject: content_hash(walk.contents[subject])
        for subject in walk.mentions
        if subject != walk.root
    }
    root = parts.pop(walk.root)
    along = tuple(parts[subject] for subject in sorted(parts))
    return Bundle(root, along, review_hash(root.content, hashes))


class Walk:
    """All that a row mentions, transitively: `rows` go out, the others are live and stay as they
    are. `mentions` has the direct ones of each, `contents` what the public reads of each.

    Rows are read where nothing was published, and the ledger where something was, so that nobody's
    unfinished work decides what a record says.
    """

    def __init__(self, instance: models.Model, kinds: Kinds) -> None:
        self.kinds = kinds
        self.root = subject_of(instance, kinds)
        self.rows: dict[Subject, Any] = {self.root: kinds[self.root.kind].load(instance)}
        self.named: dict[Subject, models.Model] = {}
        self.mentions: dict[Subject, set[Subject]] = {}
        self.newest: dict[Subject, Publication] = {}
        self.contents = Contents(self)
        reasons: list[str] = []
        frontier = {self.root}
        while frontier:
            self.follow(frontier)
            met = set().union(*(self.mentions[subject] for subject in frontier))
            new = met - self.mentions.keys()
            reasons += self.sort_out(new)
            frontier = new & (self.rows.keys() | self.newest.keys())
        if reasons:
            raise NotReady("Something it mentions is not public.", reasons=reasons)

    def follow(self, frontier: Collection[Subject]) -> None:
        """Note what each of the subjects mentions directly."""
        live = {
            self.newest[subject].pk: subject
            for subject in frontier
            # A claim that is mentioned is quoted by its id alone: what it mentions is its own.
            if subject not in self.rows and self.kinds[subject.kind].goes_along
        }
        for subject in frontier:
            self.mentions[subject] = set()
            if subject in self.rows:
                for row in self.kinds[subject.kind].mentions(self.rows[subject]):
                    mentioned = subject_of(row, self.kinds)
                    self.named.setdefault(mentioned, row)
                    self.mentions[subject].add(mentioned)
        for seq, kind, id_ in Mention.objects.filter(publication__in=live).values_list(
            "publication", "subject_kind", "subject_id"
        ):
            self.mentions[live[seq]].add(Subject(kind, id_))
        for subject in frontier:
            self.mentions[subject].discard(subject)

    def sort_out(self, found: Collection[Subject]) -> list[str]:
        """Put each new subject with what goes out or what is live; say what is neither."""
        self.newest |= log.newest(found)
        reasons = []
        for subject in sorted(found):
            state = log.public_state(self.newest.get(subject))
            row = self.named.get(subject)
            kind = self.kinds[subject.kind]
            if state == PublicState.NEVER and row is not None and kind.goes_along:
                self.rows[subject] = kind.load(row)
            elif state != PublicState.LIVE:
                reasons.append(f"The {subject.kind} “{row or subject.id}” is {state} in public.")
        return reasons

    def check_secrets(self) -> None:
        """Raise NotReady if a record would print what it must not."""
        secrets = {
            secret.casefold()
            for subject, row in self.named.items()
            for secret in self.kinds[subject.kind].secrets(row)
        }
        for subject, row in self.rows.items():
            if subject != self.root or self.kinds[subject.kind].goes_along:
                secrets |= {one.casefold() for one in self.kinds[subject.kind].secrets(row)}
        texts = [canonical_text(self.contents[subject]).casefold() for subject in self.rows]
        if any(secret in text for secret in secrets for text in texts):
            raise NotReady(
                "The name of a private person would be printed.",
                reasons=[
                    "A quote, a title or a speaker as printed has the name of a private person: "
                    "leave the name out, or quote other words."
                ],
            )


class Contents(dict[Subject, Content]):
    """What the public reads of each subject of a walk, made or read when it is first asked for."""

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self.walk = walk

    def __missing__(self, subject: Subject) -> Content:
        if subject in self.walk.rows:
            kind = self.walk.kinds[subject.kind]
            self[subject] = kind.content(self.walk.rows[subject], Quoter(self.walk))
        else:
            self[subject] = self.walk.newest[subject].content or {}
        return self[subject]


@dataclass(frozen=True)
class Quoter:
    """What a record quotes of what it mentions: the public side, or what goes out along."""

    walk: Walk

    def __call__(self, mentioned: models.Model) -> Content:
        """The subject by id, and by the name under which the public knows it."""
        subject = subject_of(mentioned, self.walk.kinds)
        if subject in self.walk.rows:
            # By its name alone, so that two that mention each other do not go in a circle.
            name = self.walk.kinds[subject.kind].name(self.walk.rows[subject])
        else:
            name = self.walk.contents[subject]["name"]
        return {"id": subject.id, "name": name}

    def content(self, mentioned: models.Model) -> Content:
        """The subject's whole content."""
        return self.walk.contents[subject_of(mentioned, self.walk.kinds)]


def lock(subjects: Iterable[Subject], kinds: Kinds) -> None:
    """Lock the rows, kind by kind from what is mentioned to what mentions, so that two publications
    never wait in a ring. Others may still point at the rows with foreign keys.
    """
    wanted = sorted(subjects)
    for name, kind in kinds.items():
        ids = [subject.id for subject in wanted if subject.kind == name]
        rows = kind.model._default_manager.filter(public_id__in=ids).order_by("public_id")
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
        Draft(
            subject=part.subject,
            kind=PublicationKind.PUBLISH,
            action=PublicationKind.PUBLISH.value,
            content=part.content,
            schema=kinds[part.subject.kind].schema,
            schema_version=kinds[part.subject.kind].schema_version,
            mentions=part.mentions,
            others_words=kinds[part.subject.kind].others_words,
            content_hash=content_hash(part.content),
            private_note=f"Published along with {bundle.root.subject}.",
        )
        for part in bundle.along
    ]
    root = Draft(
        subject=bundle.root.subject,
        kind=kind,
        action=kind.value,
        content=bundle.root.content,
        schema=kinds[bundle.root.subject.kind].schema,
        schema_version=kinds[bundle.root.subject.kind].schema_version,
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


def take_off(
    subject: Subject, kinds: Kinds, *, kind: PublicationKind, by: User, note: str, stage: str = ""
) -> Publication:
    """Suspend or retract: put a record without words into the place of what is public.

    Must run in a transaction in which `lock` holds the row. Raises NotReady for a retraction while
    something live mentions the subject.
    """
    draft = Draft(
        subject=subject, kind=kind, action=kind.value, note=note, stage_from=stage, stage_to=stage
    )
    [publication] = log.append([draft], by=by)
    kinds[subject.kind].project(publication)
    return publication


def send_again(
    subject: Subject, kinds: Kinds, *, by: User, note: str, stage: str = ""
) -> Publication:
    """Restore: publish again what the public last read of the subject.

    Must run in a transaction in which `lock` holds the row and all that is mentioned. Raises
    NotReady where something it mentions is not live any more.
    """
    last = last_with_content(subject)
    content = last.content or {}
    draft = Draft(
        subject=subject,
        kind=PublicationKind.RESTORE,
        action=PublicationKind.RESTORE.value,
        content=content,
        schema=kinds[subject.kind].schema,
        schema_version=kinds[subject.kind].schema_version,
        mentions=frozenset(last_mentions(subject)),
        others_words=kinds[subject.kind].others_words,
        note=note,
        stage_from=stage,
        stage_to=stage,
        content_hash=content_hash(content),
    )
    [publication] = log.append([draft], by=by)
    kinds[subject.kind].project(publication)
    return publication


def last_with_content(subject: Subject) -> Publication:
    """The newest publication of the subject that is no tombstone."""
    return log.versions(subject).with_content().latest("version")


def last_mentions(subject: Subject) -> list[Subject]:
    """What that publication mentions."""
    mentions = Mention.objects.filter(publication=last_with_content(subject))
    return [Subject(*pair) for pair in mentions.values_list("subject_kind", "subject_id")]
