"""The page around an article: teasers, buttons, notices, credits, what stands there twice."""

import re
from collections import Counter
from collections.abc import Sequence

from claims.proposing.lexicons.lexicon import Lexicon
from claims.proposing.segments import Line

# A line that stands there so often is the page's, whatever it says.
OFTEN = 3
LONGEST_LABEL = 120
LONGEST_LINK = 140
# A caption taken from the page twice.
SHORTEST_REPEATED = 40


def furniture_among(lines: Sequence[Line], lexicon: Lexicon) -> set[int]:
    """The numbers of the lines that belong to the page, not to the article."""
    often = Counter(line.words for line in lines)
    found: set[int] = set()
    seen = ""
    for number, line in enumerate(lines):
        is_again = often[line.words] >= OFTEN or (
            len(line.words) >= SHORTEST_REPEATED and line.words in seen
        )
        if (
            is_again
            or _is_of_the_page(line, lexicon)
            or _begins_the_next(lines, number)
            or (len(line.words) < SHORTEST_REPEATED and line.words.isupper() and line.words in seen)
        ):
            found.add(number)
        seen += "\n" + line.words if len(seen) < 20_000 else ""
    return found | _links(lines, lexicon)


def _is_of_the_page(line: Line, lexicon: Lexicon) -> bool:
    bare = line.words.lstrip("•*·–- ")
    if lexicon.captions.match(bare):
        return False
    is_label = (
        lexicon.labels.match(bare) is not None
        and len(bare) <= LONGEST_LABEL
        and (not line.ends_like_a_sentence or ":" in bare[:30])
    )
    return (
        is_label
        or lexicon.notices.search(line.words) is not None
        or not re.search(r"[^\W\d_]", _without_days(bare, lexicon))
        or line.words.startswith("©")
    )


def _without_days(words: str, lexicon: Lexicon) -> str:
    """What is left of a line without the names of months and days, and the hour."""
    names = {*lexicon.months, *lexicon.weekdays, "am", "pm", "gmt", "utc", "cet", "est", "at", "à"}
    if len(words) > LONGEST_LABEL or not re.search(r"\d", words):
        return words
    return re.sub(r"[^\W\d_]+", lambda word: "" if word[0].lower() in names else word[0], words)


def _begins_the_next(lines: Sequence[Line], number: int) -> bool:
    """Whether a first line is the head of the page: the beginning of the headline beneath it."""
    if number > 2 or number + 1 >= len(lines):
        return False
    ours, next_one = (_letters(lines[at].words) for at in (number, number + 1))
    return len(ours) >= 15 and ours != next_one and next_one.startswith(ours)


def _letters(words: str) -> str:
    return "".join(re.findall(r"[^\W\d_]", words)).lower()


def _links(lines: Sequence[Line], lexicon: Lexicon) -> set[int]:
    """The short lines beneath a heading of links, up to the next that ends like a sentence."""
    found, is_list = set(), False
    for number, line in enumerate(lines):
        if lexicon.lists.fullmatch(line.words):
            is_list = True
        elif line.ends_like_a_sentence or len(line.words) > LONGEST_LINK:
            is_list = False
        if is_list:
            found.add(number)
    return found
