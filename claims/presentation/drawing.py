"""A claim's chains as a drawing: documents in rows, from what we read down to where it came from.

Pure, and only numbers and words: the template draws. What it shows stands in `nodes` in full, so
that the same can be read as a list. From top to bottom, so that it fits on a phone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from claims.choices import CitationRole, Stance
from claims.presentation.chain import Step, Walk, is_first_hand
from claims.presentation.stations import (
    ASIDE,
    BETWEEN,
    HEIGHT,
    LOST,
    MARGIN,
    NARROWEST,
    ROOM,
    WIDTH,
    Edge,
    Node,
    Size,
    height_of,
)
from claims.presentation.words import days_words

Content = dict[str, Any]

# The ways from one document to the next, as short as an arrow bears.
MANNERS: dict[tuple[str, str | None], str] = {
    ("quotes", None): _("quotes"),
    ("paraphrases", None): _("paraphrases"),
    ("translates", None): _("translates"),
    ("republishes", None): _("republishes"),
    ("excerpts", None): _("excerpts"),
    ("aggregates", None): _("puts together"),
    ("translates", "machine"): _("machine translation of"),
    ("translates", "human"): _("translation, by a person, of"),
    ("translates", "not-stated"): _("translation of"),
}
ATTRIBUTED = ((CitationRole.ATTRIBUTION, None, _("carries it")),)
WALKS = (
    *ATTRIBUTED,
    (CitationRole.EVIDENCE, Stance.SUPPORTS, _("evidence for")),
    (CitationRole.EVIDENCE, Stance.REFUTES, _("evidence against")),
    (CitationRole.EVIDENCE, Stance.CONTEXT, _("to understand it")),
)


@dataclass(frozen=True)
class Drawing:
    """All there is to draw, in the order in which it is to be read."""

    nodes: list[Node]
    size: Size

    @property
    def edges(self) -> list[Edge]:
        """Every arrow once."""
        return [edge for node in self.nodes for edge in node.onward]

    @property
    def width(self) -> int:
        """The width of the whole."""
        aside = [edge.start.x + ASIDE for edge in self.edges if edge.goes_aside]
        return max(*aside, *(node.x for node in self.nodes), 0) + self.size.width + MARGIN

    @property
    def height(self) -> int:
        """The height of the whole."""
        return max(node.bottom + LOST * node.is_lost for node in self.nodes) + MARGIN


def drawing_of(
    content: Content, walks: Iterable[tuple[str, str | None, str]] = WALKS
) -> Drawing | None:
    """The chains of a record's content, or of the part of it that tells them; None where nothing is
    cited yet. `walks` are those to draw: role, stance and what their documents do.
    """
    layout = Layout(content)
    for role, stance, words in walks:
        layout.begin()
        for chain in layout.walk.chains(role=role, stance=stance):
            layout.add(chain, gettext(words), before=None, carriers=[])
        layout.push()
    if not layout.nodes:
        return None
    layout.centre()
    layout.fit()
    return Drawing(list(layout.nodes.values()), layout.size)


class Layout:
    """Rows by the longest way to a document, columns by the order in which the walks end; what
    bears on whether it is so stands below what carries it.
    """

    def __init__(self, content: Content) -> None:
        self.walk = Walk(content)
        self.nodes: dict[int, Node] = {}
        self.columns = 0
        self.top = 0
        self.size = Size()

    def begin(self) -> None:
        """Go on at the left, below all that stands."""
        self.columns = 0
        self.top = max((node.row + 1 for node in self.nodes.values()), default=0)

    def add(
        self, chain: list[Step], words: str, *, before: Node | None, carriers: list[str]
    ) -> None:
        """The stations of a chain, and of its branches; each station once."""
        previous: Step | None = None
        for step in chain:
            manner = self.manner(previous, step, carriers)
            before = self.station(step, words, before, manner)
            carriers = [*([step.citation["id"]] if step.citation else []), *carriers]
            previous = step
        if before is not None and chain[-1].ending:
            cited = chain[-1].citation or chain[0].citation
            before.is_lost = cited is None or not is_first_hand(cited)
            if not before.is_lost and cited and cited["role"] == CitationRole.ATTRIBUTION:
                before.role = gettext("where it was first said")
        for branch in chain[-1].branches:
            self.add(branch, words, before=before, carriers=carriers)
        here = (self.top, self.columns)
        if any((node.row, node.column) == here for node in self.nodes.values()):
            self.columns += 1

    def manner(self, previous: Step | None, step: Step, carriers: list[str]) -> str:
        """How the words came: by the whole document in another one, or by a relay from one of the
        citations before, the nearest first.
        """
        hop = previous.document["hop"] if previous else None
        if hop and hop["of"] == step.document["id"]:
            way = (hop["manner"], hop["translator"])
        else:
            taken_from = step.citation["id"] if step.citation else ""
            relays = (relay for carrier in carriers for relay in self.walk.relays.get(carrier, []))
            found = (one["manner"] for one in relays if one["taken_from"] == taken_from)
            way = (next(found, ""), None)
        return gettext(MANNERS[way]) if way in MANNERS else gettext("carries")

    def station(self, step: Step, words: str, before: Node | None, manner: str) -> Node:
        """The node of a step, with the arrow that leads to it."""
        document = step.document
        if step.number not in self.nodes:
            outlet = document["source"] or document["author"]
            self.nodes[step.number] = Node(
                size=self.size,
                number=step.number,
                title=document["title"],
                outlet=outlet["name"] if outlet else gettext("no outlet"),
                day=days_words(document["published"]) if document["published"] else "",
                role=words,
                language=document["language"] or "",
                is_held=document["is_held"],
                column=self.columns,
                row=self.top,
            )
        node = self.nodes[step.number]
        node.ending = node.ending or step.ending
        if before is not None and all(edge.end is not node for edge in before.onward):
            before.onward.append(Edge(before, node, manner, leads_back=leads_to(node, before)))
        return node

    def push(self) -> None:
        """Put every document below all that lead to it."""
        for _round in self.nodes:
            for node in self.nodes.values():
                for edge in (edge for edge in node.onward if not edge.leads_back):
                    edge.end.row = max(edge.end.row, node.row + 1)

    def centre(self) -> None:
        """Put a document in the middle below those that lead to it, where nothing else stands."""
        before: dict[int, list[Node]] = {number: [] for number in self.nodes}
        for node in self.nodes.values():
            for edge in (edge for edge in node.onward if not edge.leads_back):
                before[edge.end.number].append(node)
        taken = {(node.row, node.column) for node in self.nodes.values()}
        for node in sorted(self.nodes.values(), key=lambda one: one.row):
            columns = sorted(one.column for one in before[node.number])
            middle = columns[(len(columns) - 1) // 2] if columns else node.column
            if (node.row, middle) not in taken:
                taken.remove((node.row, node.column))
                node.column = middle
                taken.add((node.row, middle))

    def fit(self) -> None:
        """Make the documents as narrow as it takes to have all beside each other, and as tall as
        their words are then.
        """
        columns = 1 + max(node.column for node in self.nodes.values())
        room = (ROOM - 2 * MARGIN + BETWEEN) // columns - BETWEEN
        self.size.width = max(NARROWEST, min(WIDTH, room))
        self.size.height = max(HEIGHT, *map(height_of, self.nodes.values()))


def leads_to(node: Node, other: Node) -> bool:
    """Whether the arrows lead from the one to the other: an arrow back would close a circle."""
    return node is other or any(
        leads_to(edge.end, other) for edge in node.onward if not edge.leads_back
    )
