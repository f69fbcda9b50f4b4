"""The way of the words: from the text we hold, along hops and relays, to the first utterance."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from claims.choices import CitationRole, EvidenceBasis
from sources.choices import HopManner, Translator

Content = dict[str, Any]


@dataclass
class Step:
    """One station on the way from the text we hold to the first utterance."""

    document: Content
    citation: Content | None
    how: str = ""
    how_words: str = ""
    branches: list[list["Step"]] = field(default_factory=list)
    seen_before: bool = False
    told_before: bool = False
    ending: str = ""
    is_complete: bool = False


HOPS: dict[tuple[str, str | None], str] = {
    (HopManner.TRANSLATES, Translator.MACHINE): "It is a machine translation of",
    (HopManner.TRANSLATES, Translator.HUMAN): "It is a translation, made by a person, of",
    (HopManner.TRANSLATES, Translator.NOT_STATED): "It is a translation, by whom is not said, of",
    (HopManner.REPUBLISHES, None): "It republishes",
}
RELAYS = {
    "quotes": "The words are quoted from",
    "paraphrases": "The words are paraphrased from",
    "translates": "The words are translated from",
    "republishes": "The words are republished from",
    "excerpts": "The words are an excerpt from",
    "aggregates": "The words are put together from",
}


class Walk:
    """The walks along hops and relays, from the citations that nothing else was taken from."""

    def __init__(self, content: Content) -> None:
        self.documents: dict[str, Content] = {row["id"]: row for row in content["documents"]}
        self.citations: dict[str, Content] = {row["id"]: row for row in content["citations"]}
        self.relays: dict[str, list[Content]] = {}
        for relay in content["relays"]:
            self.relays.setdefault(relay["carrier"], []).append(relay)
        self.taken_from = {relay["taken_from"] for relay in content["relays"]}
        self.seen: set[str] = set()
        self.told: set[str] = set()

    def chains(self, *, role: str, stance: str | None = None) -> list[list[Step]]:
        """A chain for every citation of that role and stance from which nothing was taken."""
        heads = [
            citation
            for citation in self.citations.values()
            if (citation["role"], citation["stance"]) == (role, stance)
            and citation["id"] not in self.taken_from
        ]
        return [
            self.chain(self.documents[head["document"]], head)
            for head in heads
            if head["id"] not in self.seen
        ]

    def chain(
        self, document: Content, citation: Content | None, how: str = "", how_words: str = ""
    ) -> list[Step]:
        """The steps from here on; where the way forks, the last of them has branches.

        A hop is gone before a relay: the words came to the outer document with the whole inner one.
        """
        steps = [self.step(document, citation, how, how_words)]
        if citation is not None:
            if citation["id"] in self.seen:
                steps[0].seen_before = True
                return steps
            self.seen.add(citation["id"])
        onward = self.relays.get(citation["id"], []) if citation else []
        inner = document
        met = {document["id"]}
        while inner["hop"] and inner["hop"]["of"] not in met:
            met.add(inner["hop"]["of"])
            how = HOPS.get((inner["hop"]["manner"], inner["hop"]["translator"]), "It carries")
            inner = self.documents[inner["hop"]["of"]]
            cited = self.citation_in(inner, like=citation)
            steps.append(self.step(inner, cited, how))
            if cited is not None:
                self.seen.add(cited["id"])
                onward = onward + self.relays.get(cited["id"], [])
        ways = [self.relayed(relay) for relay in onward]
        if len(ways) == 1:
            return steps + ways[0]
        steps[-1].branches = ways
        if not ways:
            self.end(steps[-1], steps[-1].citation or citation)
        return steps

    def step(
        self, document: Content, citation: Content | None, how: str, how_words: str = ""
    ) -> Step:
        """A station; how we know of its document is told at the first one only."""
        told_before = document["id"] in self.told
        self.told.add(document["id"])
        return Step(document, citation, how, how_words, told_before=told_before)

    def relayed(self, relay: Content) -> list[Step]:
        """The steps from the citation on from which a relay took the words."""
        citation = self.citations[relay["taken_from"]]
        document = self.documents[citation["document"]]
        return self.chain(document, citation, RELAYS[relay["manner"]], relay["words"])

    def citation_in(self, document: Content, *, like: Content | None) -> Content | None:
        """The citation of an inner document that plays the same role and was not met yet."""
        for citation in self.citations.values():
            is_there = citation["document"] == document["id"] and citation["id"] not in self.seen
            if is_there and like is not None and citation["role"] == like["role"]:
                return citation
        return None

    def end(self, step: Step, citation: Content | None) -> None:
        """Say where the chain ends, and whether it is complete; a hop inherits its citation."""
        if citation is None or not is_first_hand(citation):
            step.ending = "Where the words were taken from, nobody here knows."
        elif step.document["is_held"]:
            step.ending, step.is_complete = "It is first-hand, and we hold a copy.", True
        elif citation["role"] == CitationRole.ATTRIBUTION:
            step.ending = "It is said to be where the words were first said; we have not seen it."
        else:
            step.ending = "It is said to know this at first hand; we have not seen it."


def is_first_hand(citation: Content) -> bool:
    """The claimant's own utterance, or a source that knows by itself."""
    if citation["role"] == CitationRole.ATTRIBUTION:
        return bool(citation["first_hand"])
    return citation["basis"] in (EvidenceBasis.SAW_OR_MEASURED, EvidenceBasis.HOLDS_RECORD)


def endings(chain: list[Step]) -> Iterator[Step]:
    """The last step of every branch."""
    last = chain[-1]
    if not last.branches:
        yield last
    for branch in last.branches:
        yield from endings(branch)
