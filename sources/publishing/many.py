"""The walk through what is mentioned, for many subjects at once: as many questions as for one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from factcheck.ledger import log
from factcheck.ledger.canonical import canonical_text
from factcheck.ledger.choices import PublicationKind, PublicState
from factcheck.ledger.drafts import Draft
from factcheck.ledger.models import Publication
from factcheck.ledger.subjects import Subject
from sources.publishing.kinds import Kinds
from sources.publishing.walk import Contents, Part, Walk

__all__ = ["ManyWalk", "Part", "draft_of", "project_new"]


class ManyWalk(Walk):
    """All that the rows mention, transitively; what stands against one of them keeps no other back.
    `roots` are loaded already.
    """

    def __init__(self, roots: Mapping[Subject, Any], kinds: Kinds) -> None:
        self.kinds = kinds
        self.roots = dict(roots)
        self.rows = dict(roots)
        self.named, self.mentions, self.newest = {}, {}, {}
        self.contents = Contents(self)
        self.absent: dict[Subject, str] = {}
        self.secrets: dict[Subject, frozenset[str]] = {}
        frontier = set(self.roots)
        while frontier:
            self.follow(frontier)
            new = self.met_by(frontier)
            while self.go_on_to_successors(frontier, new):
                new = self.met_by(frontier)
            self.sort_out(new)
            frontier = new & (self.rows.keys() | self.newest.keys())

    def sort_out(self, found: Collection[Subject]) -> list[str]:
        """Load what goes out along, and note of everything else that is not live that it is in the
        way.
        """
        going: dict[str, dict[int, Subject]] = {}
        for subject in sorted(found):
            state = log.public_state(self.newest.get(subject))
            row = self.named.get(subject)
            if (
                state == PublicState.NEVER
                and row is not None
                and self.kinds[subject.kind].goes_along
            ):
                going.setdefault(subject.kind, {})[row.pk] = subject
            elif state != PublicState.LIVE:
                self.absent[subject] = (
                    f"The {subject.kind} “{row or subject.id}” is {state} in public."
                )
        for name, subjects in going.items():
            kind, named = self.kinds[name], [self.named[one] for one in subjects.values()]
            loaded = kind.load_many(named) if kind.load_many else map(kind.load, named)
            self.rows |= {subjects[row.pk]: row for row in loaded}
        return []

    def closure(self, root: Subject) -> list[Subject]:
        """All that the root mentions, transitively, itself not among them."""
        found: dict[Subject, None] = {}
        waiting = [root]
        while waiting:
            new = self.mentions.get(waiting.pop(), set()) - found.keys() - {root}
            found |= dict.fromkeys(sorted(new))
            waiting += new
        return list(found)

    def part(self, subject: Subject) -> Part:
        """The subject as it would go out now."""
        return Part(subject, self.contents[subject], frozenset(self.mentions[subject]))

    def along(self, root: Subject) -> list[Part]:
        """What was never published and goes out with the root."""
        return [self.part(one) for one in sorted(self.closure(root)) if one in self.rows]

    def secrets_of(self, subject: Subject) -> frozenset[str]:
        """What no record that mentions the subject may print; asked for once."""
        if subject not in self.secrets:
            row = self.rows.get(subject, self.named.get(subject))
            found = self.kinds[subject.kind].secrets(row) if row is not None else ()
            self.secrets[subject] = frozenset(secret.casefold() for secret in found)
        return self.secrets[subject]

    def reasons_against(self, root: Subject) -> list[str]:
        """Why the root cannot go out; empty where it can."""
        mentioned = self.closure(root)
        reasons = [self.absent[one] for one in mentioned if one in self.absent]
        if reasons:
            return reasons
        secrets = set().union(*(self.secrets_of(one) for one in mentioned))
        texts = [
            canonical_text(self.contents[one]).casefold()
            for one in (root, *mentioned)
            if secrets and one in self.rows
        ]
        if any(secret in text for secret in secrets for text in texts):
            return ["The name of a private person would be printed."]
        return []


def project_new(publications: Sequence[Publication], kinds: Kinds) -> None:
    """Bring the projections into step with first publications, all of one kind at once where the
    kind can do so.
    """
    for name, kind in kinds.items():
        new = [one for one in publications if one.subject_kind == name]
        if kind.project_new is not None:
            kind.project_new(new)
        else:
            for publication in new:
                kind.project(publication)


def draft_of(part: Part, kinds: Kinds, **values: Any) -> Draft:
    """The part as a first publication."""
    kind = kinds[part.subject.kind]
    return Draft(
        subject=part.subject,
        kind=PublicationKind.PUBLISH,
        content=part.content,
        schema=kind.schema,
        schema_version=kind.schema_version,
        mentions=part.mentions,
        others_words=kind.others_words,
        **values,
    )
