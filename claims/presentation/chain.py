"""The way of the words: from the text we hold, along hops and relays, to the first utterance."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_noop

from claims.choices import CitationRole, EvidenceBasis
from sources.choices import HopManner, Translator

Content = dict[str, Any]


@dataclass
class Step:
    """One station on the way from the text we hold to the first utterance.

    `number` is the station's own wherever it is told; where it was told before, it is the same.
    `manner` is the way that leads to it, as short as an arrow bears; `how` says it in full.
    """

    number: int
    document: Content
    citation: Content | None
    manner: str = ""
    how: str = ""
    how_words: str = ""
    branches: list[list["Step"]] = field(default_factory=list)
    seen_before: bool = False
    told_before: bool = False
    ending: str = ""
    is_complete: bool = False


# What a hop and a relay are called: on an arrow, and before the document that they lead to.
HOPS: dict[tuple[str, str | None], tuple[str, str]] = {
    (HopManner.TRANSLATES, Translator.MACHINE): (
        gettext_noop("machine translation"),
        gettext_noop("It is a machine translation of"),
    ),
    (HopManner.TRANSLATES, Translator.HUMAN): (
        gettext_noop("translated by a person"),
        gettext_noop("It is a translation, made by a person, of"),
    ),
    (HopManner.TRANSLATES, Translator.NOT_STATED): (
        gettext_noop("translates"),
        gettext_noop("It is a translation, by whom is not said, of"),
    ),
    (HopManner.REPUBLISHES, None): (
        gettext_noop("republishes"),
        gettext_noop("It republishes"),
    ),
}
OTHER_HOP = (gettext_noop("carries"), gettext_noop("It carries"))
RELAYS = {
    "quotes": (gettext_noop("quotes"), gettext_noop("The words are quoted from")),
    "paraphrases": (gettext_noop("paraphrases"), gettext_noop("The words are paraphrased from")),
    "translates": (gettext_noop("translates"), gettext_noop("The words are translated from")),
    "republishes": (gettext_noop("republishes"), gettext_noop("The words are republished from")),
    "excerpts": (gettext_noop("excerpts"), gettext_noop("The words are an excerpt from")),
    "aggregates": (gettext_noop("aggregates"), gettext_noop("The words are put together from")),
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
        self.numbers: dict[tuple[str, str, str | None], int] = {}
        self.walked: tuple[str, str | None] = ("", None)

    def chains(self, *, role: str, stance: str | None = None) -> list[list[Step]]:
        """A chain for every citation of that role and stance from which nothing was taken."""
        self.walked = (role, stance)
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
        self,
        document: Content,
        citation: Content | None,
        way: tuple[str, str] = ("", ""),
        how_words: str = "",
    ) -> list[Step]:
        """The steps from here on; where the way forks, the last of them has branches.

        A hop is gone before a relay: the words came to the outer document with the whole inner one.
        """
        steps = [self.step(document, citation, way, how_words)]
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
            way = HOPS.get((inner["hop"]["manner"], inner["hop"]["translator"]), OTHER_HOP)
            inner = self.documents[inner["hop"]["of"]]
            cited = self.citation_in(inner, like=citation)
            steps.append(self.step(inner, cited, way))
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
        self,
        document: Content,
        citation: Content | None,
        way: tuple[str, str],
        how_words: str = "",
    ) -> Step:
        """A station; what its document is, and how we know of it, is told at the first one only.

        A citation is one station, and so is, for each role, a document that is passed uncited.
        """
        told_before = document["id"] in self.told
        self.told.add(document["id"])
        station = (citation["id"], "", None) if citation else (document["id"], *self.walked)
        number = self.numbers.setdefault(station, len(self.numbers) + 1)
        manner, how = map(gettext, way)
        return Step(number, document, citation, manner, how, how_words, told_before=told_before)

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
            step.ending = gettext("Where the words were taken from, nobody here knows.")
        elif step.document["is_held"]:
            step.ending = gettext("It is first-hand, and we hold a copy.")
            step.is_complete = True
        elif citation["role"] == CitationRole.ATTRIBUTION:
            step.ending = gettext(
                "It is said to be where the words were first said; we have not seen it."
            )
        else:
            step.ending = gettext("It is said to know this at first hand; we have not seen it.")


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
