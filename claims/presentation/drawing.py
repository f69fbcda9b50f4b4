"""A claim's chains as a drawing: documents in columns, from what we read to where it came from.

Pure, and only numbers and words: the template draws. What it shows stands in `nodes` in full, so
that the same can be read as a list.
"""

import textwrap
from dataclasses import dataclass, field
from typing import Any

from claims.choices import CitationRole, Stance
from claims.presentation.chain import HOPS, RELAYS, Step, Walk

Content = dict[str, Any]

WIDTH, HEIGHT, GAP, BETWEEN, MARGIN = 196, 76, 124, 20, 8
CHARACTERS, LINES = 25, 2

# The ways from one document to the next, as short as an arrow bears.
MANNERS = {
    **{sentence: code for code, sentence in RELAYS.items()},
    HOPS["translates", "machine"]: "machine translation",
    HOPS["translates", "human"]: "translated by a person",
    HOPS["translates", "not-stated"]: "translates",
    HOPS["republishes", None]: "republishes",
}
WALKS = (
    (CitationRole.ATTRIBUTION, None, "carries it"),
    (CitationRole.EVIDENCE, Stance.SUPPORTS, "evidence for"),
    (CitationRole.EVIDENCE, Stance.REFUTES, "evidence against"),
    (CitationRole.EVIDENCE, Stance.CONTEXT, "to understand it"),
)


@dataclass
class Node:
    """A document on the way; `number` is its place in the list that says the same."""

    number: int
    title: str
    outlet: str
    role: str
    language: str
    is_held: bool
    column: int = 0
    row: int = 0
    ending: str = ""
    onward: list["Edge"] = field(default_factory=list)

    @property
    def x(self) -> int:
        """Its left side."""
        return MARGIN + self.column * (WIDTH + GAP)

    @property
    def y(self) -> int:
        """Its upper side."""
        return MARGIN + self.row * (HEIGHT + BETWEEN)

    @property
    def middle(self) -> int:
        """Where its words are centred, which suits scripts of either direction."""
        return self.x + WIDTH // 2

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Number and title in as many lines as there is room for, each with its height."""
        lines = textwrap.wrap(
            f"{self.number}. {self.title}", CHARACTERS, max_lines=LINES, placeholder="…"
        )
        return [(self.y + 20 + 15 * number, line) for number, line in enumerate(lines)]

    @property
    def below(self) -> list[tuple[int, str]]:
        """The outlet, and what is to be known of the document."""
        seen = "" if self.is_held else "nobody here has seen it"
        texts = (textwrap.shorten(self.outlet, CHARACTERS + 4, placeholder="…"), seen or self.role)
        return [(self.y + 52 + 15 * number, text) for number, text in enumerate(texts)]


@dataclass(frozen=True)
class Edge:
    """An arrow to where the words were taken from; one that closes a circle leads back."""

    start: Node
    end: Node
    manner: str
    leads_back: bool = False

    @property
    def path(self) -> str:
        """The arrow's line, as SVG writes it."""
        x, y = self.start.x + WIDTH, self.start.y + HEIGHT // 2
        to_x, to_y = self.end.x - 3, self.end.y + HEIGHT // 2
        middle = to_x - GAP // 2
        return f"M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"

    @property
    def label(self) -> tuple[int, int]:
        """Where its word stands: just before where it leads to, one above the other."""
        return self.end.x - GAP // 2, (self.start.y + self.end.y + HEIGHT) // 2 - 6


@dataclass(frozen=True)
class Drawing:
    """All there is to draw, in the order in which it is to be read."""

    nodes: list[Node]
    node_width: int = WIDTH
    node_height: int = HEIGHT

    @property
    def edges(self) -> list[Edge]:
        """Every arrow once."""
        return [edge for node in self.nodes for edge in node.onward]

    @property
    def width(self) -> int:
        """The width of the whole."""
        return max(node.x for node in self.nodes) + WIDTH + MARGIN

    @property
    def height(self) -> int:
        """The height of the whole."""
        return max(node.y for node in self.nodes) + HEIGHT + MARGIN


def drawing_of(content: Content) -> Drawing | None:
    """The chains of a record's content, or of the part of it that tells them; None where nothing is
    cited yet.
    """
    layout = Layout()
    walk = Walk(content)
    for role, stance, words in WALKS:
        for chain in walk.chains(role=role, stance=stance):
            layout.add(chain, words, before=None)
    layout.push()
    return Drawing(list(layout.nodes.values())) if layout.nodes else None


class Layout:
    """Columns by the longest way to a document, rows by the order in which the walks end."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[str, str], Node] = {}
        self.rows = 0

    def add(self, chain: list[Step], words: str, *, before: Node | None) -> None:
        """The stations of a chain, and of its branches; each station once."""
        for step in chain:
            before = self.station(step, words, before)
        for branch in chain[-1].branches:
            self.add(branch, words, before=before)
        if any(node.row == self.rows for node in self.nodes.values()):
            self.rows += 1

    def station(self, step: Step, words: str, before: Node | None) -> Node:
        """The node of a step, with the arrow that leads to it."""
        document, citation = step.document, step.citation
        key = (citation["id"], "") if citation else (document["id"], words)
        if key not in self.nodes:
            outlet = document["source"] or document["author"]
            self.nodes[key] = Node(
                number=len(self.nodes) + 1,
                title=document["title"],
                outlet=outlet["name"] if outlet else "no outlet",
                role=words,
                language=document["language"] or "",
                is_held=document["is_held"],
                row=self.rows,
            )
        node = self.nodes[key]
        node.ending = node.ending or step.ending
        if before is not None and all(edge.end is not node for edge in before.onward):
            manner = MANNERS.get(step.how, "carries")
            before.onward.append(Edge(before, node, manner, leads_back=leads_to(node, before)))
        return node

    def push(self) -> None:
        """Put every document to the right of all that lead to it."""
        for _ in self.nodes:
            for node in self.nodes.values():
                for edge in (edge for edge in node.onward if not edge.leads_back):
                    edge.end.column = max(edge.end.column, node.column + 1)


def leads_to(node: Node, other: Node) -> bool:
    """Whether the arrows lead from the one to the other: an arrow back would close a circle."""
    return node is other or any(
        leads_to(edge.end, other) for edge in node.onward if not edge.leads_back
    )
