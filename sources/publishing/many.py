"""The walk through what is mentioned, for many subjects at once: as many questions as for one."""

from collections.abc import Collection, Mapping
from typing import Any

from factcheck.ledger.canonical import canonical_text
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.drafts import Draft
from factcheck.ledger.subjects import Subject
from sources.publishing.kinds import Kinds
from sources.publishing.walk import Contents, Part, Walk

__all__ = ["ManyWalk", "Part", "draft_of"]


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
        frontier = set(self.roots)
        while frontier:
            self.follow(frontier)
            new = self.met_by(frontier)
            while self.go_on_to_successors(frontier, new):
                new = self.met_by(frontier)
            self.sort_out(new)
            frontier = new & (self.rows.keys() | self.newest.keys())

    def sort_out(self, found: Collection[Subject]) -> list[str]:
        """Note of each new subject why it is in the way, if it is."""
        for subject in found:
            for reason in super().sort_out([subject]):
                self.absent[subject] = reason
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

    def reasons_against(self, root: Subject) -> list[str]:
        """Why the root cannot go out; empty where it can."""
        mentioned = self.closure(root)
        reasons = [self.absent[one] for one in mentioned if one in self.absent]
        if reasons:
            return reasons
        secrets = {
            secret.casefold()
            for one in mentioned
            for row in [self.rows.get(one, self.named.get(one))]
            if row is not None
            for secret in self.kinds[one.kind].secrets(row)
        }
        texts = [
            canonical_text(self.contents[one]).casefold()
            for one in (root, *mentioned)
            if secrets and one in self.rows
        ]
        if any(secret in text for secret in secrets for text in texts):
            return ["The name of a private person would be printed."]
        return []


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
