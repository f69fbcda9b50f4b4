"""The parts of a chain's drawing: documents with their words, and the arrows between them. Pure."""

import textwrap
from dataclasses import dataclass, field
from unicodedata import east_asian_width

from django.utils.translation import gettext

WIDTH, HEIGHT, GAP, BETWEEN, MARGIN = 268, 120, 46, 24, 6
CHARACTERS, LINES, SMALL_CHARACTERS = 32, 2, 38
# What a laptop's page has room for: more documents side by side become narrower, though not
# narrower than this, and taller.
ROOM, NARROWEST, LINE = 1008, 144, 16
# The last of the Latin letters; those of most other scripts are broader.
LAST_LATIN = "\u024f"
# How far an arrow goes aside that would run through others, and how far one into the unknown.
ASIDE, LOST = 22, 44


@dataclass
class Size:
    """How large all documents of a drawing are."""

    width: int = WIDTH
    height: int = HEIGHT

    @property
    def lines(self) -> int:
        """How many lines hold what two of the widest do."""
        return -(-LINES * WIDTH // self.width)

    def fitted(self, text: str, characters: int) -> list[str]:
        """The text in lines, of which the widest would have room for so many Latin letters."""
        return fitted(text, characters * self.width // WIDTH, self.lines)


@dataclass
class Node:
    """A document on the way; `number` is its place in the list that says the same."""

    size: Size
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
        return MARGIN + self.column * (self.size.width + BETWEEN)

    @property
    def y(self) -> int:
        """Its upper side."""
        return MARGIN + self.row * (self.size.height + GAP)

    @property
    def middle(self) -> int:
        """Where its words are centred, which suits scripts of either direction."""
        return self.x + self.size.width // 2

    @property
    def bottom(self) -> int:
        """Its lower side, from which arrows lead on."""
        return self.y + self.size.height

    @property
    def heading(self) -> list[str]:
        """Number and title in as many lines as there is room for."""
        return self.size.fitted(f"{self.number}. {self.title}", CHARACTERS)

    @property
    def particulars(self) -> list[str]:
        """The outlet and the day, on a line of its own where both are too long for one; what the
        document does, and whether anybody here has seen it.
        """
        seen = gettext("we hold a copy") if self.is_held else gettext("nobody here has seen it")
        told = ", ".join(filter(None, (self.outlet, self.day)))
        whole = self.size.fitted(told, SMALL_CHARACTERS)
        apart = [one for one in (self.outlet, self.day) if one]
        lines = [self.size.fitted(one, SMALL_CHARACTERS) for one in (*apart, self.role, seen)]
        if len(whole) == 1 or any(len(line) > 1 for line in lines[: len(apart)]):
            # Both on one line, or broken anywhere; else each on its own.
            lines[: len(apart)] = [whole]
        return [one for line in lines for one in line]

    @property
    def lines(self) -> list[tuple[int, str]]:
        """Number and title, each line with its height."""
        return self.placed(self.heading, 22)

    @property
    def below(self) -> list[tuple[int, str]]:
        """The particulars, each line with its height."""
        return self.placed(self.particulars, 27 + LINE * len(self.heading))

    def placed(self, texts: list[str], first: int) -> list[tuple[int, str]]:
        """The lines from this height on, and lower where the document has room to spare."""
        spare = (self.size.height - height_of(self)) // 2
        return [(self.y + first + spare + LINE * row, text) for row, text in enumerate(texts)]


def height_of(node: Node) -> int:
    """The height that the words of a document need."""
    return LINE * (len(node.heading) + len(node.particulars)) + 24


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
            x, y = self.start.x + self.start.size.width, self.start.bottom - 24
            to_y = self.end.y + 24
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
            return self.start.x + self.start.size.width, self.start.bottom + 12
        if self.start.column != self.end.column and len(self.start.onward) == 1:
            return self.start.middle, self.start.bottom + 17
        x = (self.start.middle + self.end.middle) // 2
        return x, (self.start.bottom + self.end.y) // 2 + 3


def fitted(text: str, characters: int, most: int) -> list[str]:
    """The text in at most so many lines with room for so many Latin letters."""
    room = room_for(text, characters)
    lines = textwrap.wrap(text, room)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: room - 1].rstrip()}…"]
    return lines


def room_for(text: str, characters: int) -> int:
    """How many letters of the text a line bears that has room for so many Latin ones."""
    if any(east_asian_width(letter) in "WF" for letter in text):
        return characters // 2
    letters = [letter for letter in text if letter.isalpha()]
    is_broad = sum(letter > LAST_LATIN for letter in letters) * 3 > len(letters)
    return characters * 6 // 7 if is_broad else characters
