"""The address of a quote inside somebody else's page, as browsers find it (WICG text fragments).

`#:~:text=[prefix-,]start[,end][,-suffix]`. A convenience for readers: the page may have changed
since, and what counts is the copy that we hold. Pure.
"""

from typing import Any
from urllib.parse import quote

Content = dict[str, Any]

# A quote up to this length is looked for as a whole; of a longer one the first and last words.
LONGEST_WHOLE = 300
WORDS_AT_THE_ENDS = 5
# What is shorter than this may stand in the page more than once: the words around it tell.
LEAST_WITHOUT_CONTEXT = 5
WORDS_AROUND = 3


def address_of_quote(document: Content | None, place: Content | None) -> str:
    """The address of the place's words in the document's page; empty for none, one that we do not
    hold, that has no address on the web, or of which no words are quoted.
    """
    if not document:
        return ""
    url = document["url"] or ""
    if not document["is_held"] or not url.lower().startswith(("http://", "https://")):
        return ""
    directives = [text_directive(part) for part in (place or {}).get("ranges") or []]
    terms = "&".join(f"text={directive}" for directive in directives if directive)
    if not terms:
        return ""
    # The directive comes after the page's own fragment, where there is one.
    page = url.partition(":~:")[0]
    return f"{page}{'' if '#' in page else '#'}:~:{terms}"


def text_directive(part: Content) -> str:
    """One range of a quote as what stands after `text=`; empty where it has no words."""
    lines = [line.split() for line in part["exact"].splitlines() if line.strip()]
    if not lines:
        return ""
    words = [word for line in lines for word in line]
    if len(lines) == 1 and len(" ".join(words)) <= LONGEST_WHOLE:
        terms = [encoded(words)]
        if len(words) < LEAST_WITHOUT_CONTEXT:
            terms = [*prefix_of(part), *terms, *suffix_of(part)]
        return ",".join(terms)
    # One term may not run across paragraphs, and the two ends of a quote may stand in two of them.
    first, last = lines[0][:WORDS_AT_THE_ENDS], lines[-1][-WORDS_AT_THE_ENDS:]
    if len(lines) == 1 and len(words) < 2:
        return encoded(words)
    if len(lines) == 1 and len(words) < 2 * WORDS_AT_THE_ENDS:
        first, last = words[: len(words) // 2], words[len(words) // 2 :]
    return f"{encoded(first)},{encoded(last)}"


def prefix_of(part: Content) -> list[str]:
    """The whole words just before the quote, in the paragraph in which they stand."""
    text = part["prefix"]
    # Cut at a number of characters, it begins in the middle of a word, unless the text begins.
    is_cut = part["start"] > len(text) and not text[:1].isspace()
    line = next((line for line in reversed(text.splitlines()) if line.strip()), "")
    words = line.split()
    if is_cut and text.startswith(line):
        words = words[1:]
    return [f"{encoded(words[-WORDS_AROUND:])}-"] if words and is_apart(text[-1:], part, 0) else []


def suffix_of(part: Content) -> list[str]:
    """The whole words just after the quote, in the paragraph in which they stand; how long the
    text goes on is not known, so that the last of them may have been cut.
    """
    text = part["suffix"]
    line = next((line for line in text.splitlines() if line.strip()), "")
    words = line.split()
    if text.endswith(line) and not text[-1:].isspace():
        words = words[:-1]
    return [f"-{encoded(words[:WORDS_AROUND])}"] if words and is_apart(text[:1], part, -1) else []


def is_apart(beside: str, part: Content, end: int) -> bool:
    """Whether the quote does not end inside a word, which no browser would find."""
    return not (beside.isalnum() and part["exact"][end].isalnum())


def encoded(words: list[str]) -> str:
    """Words as one term: the marks of the syntax (`-`, `,` and `&`) escaped like all the rest."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
