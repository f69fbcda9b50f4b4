"""All that a publication would send out, and what each of its records says."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models

from factcheck.common.errors import NotReady
from factcheck.ledger import log
from factcheck.ledger.canonical import canonical_text
from factcheck.ledger.choices import PublicState
from factcheck.ledger.models import Mention, Publication
from factcheck.ledger.records import content_hash, review_hash
from factcheck.ledger.subjects import Subject
from sources.models.merging import resolved
from sources.publishing.kinds import Kinds, subject_of, subject_told
from sources.record import Content


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
    will stand in public. `loaded` is the subject's row as its kind loads it.
    """

    root: Part
    along: tuple[Part, ...]
    review_hash: str
    loaded: Any


def gather(instance: models.Model, kinds: Kinds, *, loaded: Any = None) -> Bundle:
    """What publishing `instance` would send out now; `loaded` spares loading it once more.

    Raises NotReady, with a sentence each, where it mentions what is not public and cannot go along,
    or would print a private person's name.
    """
    return bundle_of(Walk(instance, kinds, loaded=loaded))


def bundle_of(walk: "Walk") -> Bundle:
    """What the walk found, as it would be sent out. Raises NotReady as `gather` does."""
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
    return Bundle(root, along, review_hash(root.content, hashes), walk.rows[walk.root])


class Walk:
    """All that a row mentions, transitively: `rows` go out, the others are live and stay as they
    are. `mentions` has the direct ones of each, `contents` what the public reads of each.

    Rows are read where nothing was published, and the ledger where something was, so that nobody's
    unfinished work decides what a record says. What was merged is met as what stands for it.
    """

    def __init__(self, instance: models.Model, kinds: Kinds, *, loaded: Any = None) -> None:
        self.kinds = kinds
        self.root = subject_of(instance, kinds)
        self.rows: dict[Subject, Any] = {self.root: loaded or kinds[self.root.kind].load(instance)}
        self.named: dict[Subject, models.Model] = {}
        self.mentions: dict[Subject, set[Subject]] = {}
        self.newest: dict[Subject, Publication] = {}
        self.contents = Contents(self)
        reasons: list[str] = []
        frontier = {self.root}
        while frontier:
            self.follow(frontier)
            new = self.met_by(frontier)
            while self.go_on_to_successors(frontier, new):
                new = self.met_by(frontier)
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
                for row in map(resolved, self.kinds[subject.kind].mentions(self.rows[subject])):
                    mentioned = subject_of(row, self.kinds)
                    self.named.setdefault(mentioned, row)
                    self.mentions[subject].add(mentioned)
        for seq, kind, id_ in Mention.objects.filter(publication__in=live).values_list(
            "publication", "subject_kind", "subject_id"
        ):
            self.mentions[live[seq]].add(Subject(kind, id_))
        for subject in frontier:
            self.mentions[subject].discard(subject)

    def met_by(self, frontier: Collection[Subject]) -> set[Subject]:
        """What these mention and the walk has not followed yet, with its newest publication."""
        met = set().union(*(self.mentions[subject] for subject in frontier))
        new = met - self.mentions.keys()
        self.newest |= log.newest(new - self.newest.keys())
        return new

    def go_on_to_successors(self, frontier: Collection[Subject], new: Collection[Subject]) -> bool:
        """Put what stands for it now in the place of what was merged since a live record named it;
        whether there was any.
        """
        moved = {
            subject: successor
            for subject in new
            if subject in self.newest and (successor := self.newest[subject].successor) is not None
        }
        for subject in frontier if moved else ():
            told = {moved.get(mentioned, mentioned) for mentioned in self.mentions[subject]}
            self.mentions[subject] = told - {subject}
        return bool(moved)

    def sort_out(self, found: Collection[Subject]) -> list[str]:
        """Put each new subject with what goes out or what is live; say what is neither."""
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
        subject = subject_told(mentioned, self.walk.kinds)
        if subject in self.walk.rows:
            # By its name alone, so that two that mention each other do not go in a circle.
            name = self.walk.kinds[subject.kind].name(self.walk.rows[subject])
        else:
            name = self.walk.contents[subject]["name"]
        return {"id": subject.id, "name": name}

    def content(self, mentioned: models.Model) -> Content:
        """The subject's whole content."""
        return self.walk.contents[subject_told(mentioned, self.walk.kinds)]
