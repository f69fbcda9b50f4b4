"""The examples for partners: files to copy, each told with this installation's own addresses."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path

from claims.models import PublicCitation, PublicClaim

FOLDER = Path(__file__).parent / "examples"
# What stands in the files for what only an installation knows.
SITE, CLAIM, DAY, EVENT, ARTICLE = (
    "https://facts.example",
    "9xkq4m2c7d",
    "2026-05-14",
    "3h8vw1t5pz",
    "https://news.example/2026/boats.html",
)
LANGUAGES = {".sh": "curl", ".py": "Python", ".js": "JavaScript"}
# In this order; a file that is not named here comes after them.
ORDER = (
    "newest_checked",
    "search",
    "citing_an_address",
    "has_this_been_checked",
    "exact_bytes",
    "every_page",
    "figures_table",
    "as_of",
    "versions",
    "ask_again",
    "mirror",
)
_COMMENT = re.compile(r'"""(?P<doc>.*?)"""\s*|(?P<lines>(?:(?:#|//) [^\n]*\n)+)\s*', re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A file to copy. `sentence` says what to know of it; `code` is what stands below that."""

    path: Path
    title: str
    sentence: str
    code: str

    @property
    def name(self) -> str:
        """What it is called in its address on the page."""
        return self.path.stem.replace("_", "-")

    @property
    def language(self) -> str:
        """What it is written in, for readers."""
        return LANGUAGES[self.path.suffix]


@functools.cache
def examples() -> list[Example]:
    """Every file of the folder, those of one title together."""
    paths = [path for path in FOLDER.iterdir() if path.suffix in LANGUAGES]
    return [example_in(path) for path in sorted(paths, key=place_of)]


def place_of(path: Path) -> tuple[int, str, int]:
    """Where a file stands on the page."""
    known = ORDER.index(path.stem) if path.stem in ORDER else len(ORDER)
    return known, path.stem, list(LANGUAGES).index(path.suffix)


def example_in(path: Path) -> Example:
    """The example in a file, which begins with its title and a sentence."""
    text = path.read_text()
    found = _COMMENT.match(text)
    if found is None:
        raise ValueError(f"{path.name} begins with no title: write one as its first comment.")
    words = found["doc"] or re.sub(r"(?m)^(#|//) ", "", found["lines"])
    title, _, sentence = words.strip().partition("\n" if "\n" in words.strip() else ": ")
    return Example(path, title.strip(), " ".join(sentence.split()), text[found.end() :].strip())


def places(origin: str) -> dict[str, str]:
    """What to write in place of what stands in the files: the site itself, the newest claim and its
    day, the newest event with figures and the newest cited address. Three queries.
    """
    claims = PublicClaim.objects.using("public").current().order_by("-from_seq")
    newest = claims.values_list("claim_id", "published_at").first()
    claim, at = newest or (None, None)
    counted = claims.filter(has_figures=True).exclude(event_id="")
    event = counted.values_list("event_id", flat=True).first()
    cited = PublicCitation.objects.using("public").exclude(document_url="").order_by("-seq")
    article = cited.values_list("document_url", flat=True).first()
    day = at and at.date().isoformat()
    found = {SITE: origin, CLAIM: claim, DAY: day, EVENT: event, ARTICLE: article}
    # An address is written into three languages: one that could end a string is left out.
    return {word: value for word, value in found.items() if value and is_plain(value)}


def is_plain(value: str) -> bool:
    """Whether a value stands for itself within quotation marks in all languages."""
    return re.fullmatch(r"[\w:/.?=&%~+,;@#\-\[\]]+", value) is not None


def filled(text: str, words: dict[str, str]) -> str:
    """The text with the installation's own words."""
    for word, value in words.items():
        text = text.replace(word, value)
    return text
