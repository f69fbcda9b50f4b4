"""A claim's chains as a drawing: documents in rows, from what we read down to where it came from.

Pure, and only numbers and words: the template draws. What it shows stands in `nodes` in full, so
that the same can be read as a list. From top to bottom, so that it fits on a phone.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from unicodedata import east_asian_width

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from claims.choices import CitationRole, Stance
from claims.presentation.chain import Step, Walk, is_first_hand
from claims.presentation.words import days_words

Content = dict[str, Any]

WIDTH, HEIGHT, GAP, BETWEEN, MARGIN = 268, 120, 46, 24, 6
CHARACTERS, LINES, SMALL_CHARACTERS = 32, 2, 38
# The last of the Latin letters; those of most other scripts are broader.
LAST_LATIN = "\u024f"
# How far an arrow goes aside that would run through others, and how far one into the unknown.
ASIDE, LOST = 22, 44

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


@dataclass
class Node:
    """A document on the way; `number` is its place in the list that says the same."""

    number: int
    title: str
    outlet: str
    day: str
    role: str
    language: str
    is_held: bool
    column: int = 0
    row: int = 0
    ending: str = ""
    is_lost: bool = False
    onward: list["Edge"] = field(default_factory=list)

    @property
    def x(self) -> int:
        """Its left side."""
        return MARGIN + self.column * (WIDTH + BETWEEN)

    @property
    def y(self) -> int:
        """Its upper side."""
        return MARGIN + self.row * (HEIGHT + GAP)

    @property
    def middle(self) -> int:
        """Where its words are centred, which suits scripts of either direction."""
        return self.x + WIDTH // 2

    @property
    def bottom(self) -> int:
        """Its lower side, from which arrows lead on."""
        return self.y + HEIGHT

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Number and title in as many lines as there is room for, each with its height."""
        lines = fitted(f"{self.number}. {self.title}", CHARACTERS)
        top = self.y + 22 + 8 * (LINES - len(lines))
        return [(top + 16 * number, line) for number, line in enumerate(lines)]

    @property
    def below(self) -> list[tuple[int, str]]:
        """The outlet and the day, on a line of its own where both are too long for one; what the
        document does, and whether anybody here has seen it.
        """
        seen = gettext("we hold a copy") if self.is_held else gettext("nobody here has seen it")
        told = ", ".join(filter(None, (self.outlet, self.day)))
        is_short = len(told) <= room_for(told, SMALL_CHARACTERS)
        apart = [one for one in (self.outlet, self.day) if one]
        fits = all(len(one) <= room_for(one, SMALL_CHARACTERS) for one in apart)
        # Both on one line, each on its own, or broken anywhere.
        lines = [told] if is_short else apart if fits else fitted(told, SMALL_CHARACTERS)
        texts = [*filter(None, lines), self.role, seen]
        top = self.y + 59 + 8 * (LINES + 2 - len(texts))
        return [(top + 16 * number, text) for number, text in enumerate(texts)]


@dataclass(frozen=True)
class Edge:
    """An arrow to where the words were taken from; one that closes a circle leads back."""

    start: Node
    end: Node
    manner: str
    leads_back: bool = False

    @property
    def goes_aside(self) -> bool:
        """Whether it would run through what stands between, and goes past it on the right."""
        is_next = self.end.row == self.start.row + 1
        return not is_next and self.start.column == self.end.column

    @property
    def path(self) -> str:
        """The arrow's line, as SVG writes it."""
        if self.goes_aside:
            x, y, to_y = self.start.x + WIDTH, self.start.bottom - 24, self.end.y + 24
            return f"M{x} {y}C{x + ASIDE} {y} {x + ASIDE} {to_y} {x + 3} {to_y}"
        x, y, to_x, to_y = self.start.middle, self.start.bottom, self.end.middle, self.end.y - 3
        half = (y + to_y) // 2
        return f"M{x} {y}C{x} {half} {to_x} {half} {to_x} {to_y}"

    @property
    def label(self) -> tuple[int, int]:
        """Where its word stands: half-way; of one that goes aside, or alone into another column
        where many may arrive, where it sets out.
        """
        if self.goes_aside:
            return self.start.x + WIDTH, self.start.bottom + 12
        if self.start.column != self.end.column and len(self.start.onward) == 1:
            return self.start.middle, self.start.bottom + 17
        x = (self.start.middle + self.end.middle) // 2
        return x, (self.start.bottom + self.end.y) // 2 + 3


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
        aside = [edge.start.x + ASIDE for edge in self.edges if edge.goes_aside]
        return max(*aside, *(node.x for node in self.nodes), 0) + WIDTH + MARGIN

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
        for chain in layout.walk.chains(role=role, stance=stance):
            layout.add(chain, gettext(words), before=None, carriers=[])
    layout.push()
    return Drawing(list(layout.nodes.values())) if layout.nodes else None


class Layout:
    """Rows by the longest way to a document, columns by the order in which the walks end."""

    def __init__(self, content: Content) -> None:
        self.walk = Walk(content)
        self.nodes: dict[tuple[str, str], Node] = {}
        self.columns = 0

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
        if any(node.column == self.columns for node in self.nodes.values()):
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
        document, citation = step.document, step.citation
        key = (citation["id"], "") if citation else (document["id"], words)
        if key not in self.nodes:
            outlet = document["source"] or document["author"]
            self.nodes[key] = Node(
                number=len(self.nodes) + 1,
                title=document["title"],
                outlet=outlet["name"] if outlet else gettext("no outlet"),
                day=days_words(document["published"]) if document["published"] else "",
                role=words,
                language=document["language"] or "",
                is_held=document["is_held"],
                column=self.columns,
            )
        node = self.nodes[key]
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


def fitted(text: str, characters: int) -> list[str]:
    """The text in at most two lines with room for so many Latin letters."""
    room = room_for(text, characters)
    lines = textwrap.wrap(text, room)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], f"{lines[LINES - 1][: room - 1].rstrip()}…"]
    return lines


def room_for(text: str, characters: int) -> int:
    """How many letters of the text a line bears that has room for so many Latin ones."""
    if any(east_asian_width(letter) in "WF" for letter in text):
        return characters // 2
    letters = [letter for letter in text if letter.isalpha()]
    is_broad = sum(letter > LAST_LATIN for letter in letters) * 3 > len(letters)
    return characters * 6 // 7 if is_broad else characters


def leads_to(node: Node, other: Node) -> bool:
    """Whether the arrows lead from the one to the other: an arrow back would close a circle."""
    return node is other or any(
        leads_to(edge.end, other) for edge in node.onward if not edge.leads_back
    )
