"""Who says it in a headline: before a colon, behind a dash or a comma, before a verb."""

import re

from claims.proposing.attribution import Attribution
from claims.proposing.lexicons.lexicon import Lexicon


def _may_head(name: str, lexicon: Lexicon, names: set[str]) -> bool:
    """Whether words set apart in a headline are known, a body or somebody in office."""
    is_known = name.lower() in names or lexicon.bodies.search(name) or lexicon.people.search(name)
    is_short = len(name.split()) <= 6 and not lexicon.preposition.search(name)
    return is_short and (
        bool(is_known) or re.fullmatch(r"[^\W\d_a-zа-яіїєґ]{3,6}", name) is not None
    )


def headline_attribution(words: str, lexicon: Lexicon, names: set[str]) -> Attribution | None:
    """Who says it, as places of the headline, if anybody. `names` are known, in small letters."""
    before, colon, _ = words.partition(":")
    name = before.strip()
    if colon and _may_head(name, lexicon, names):
        return Attribution((len(before), len(before)), (0, len(name)))
    if (tail := re.search(r"\s[–—-]\s+([^–—]{2,40})$", words)) and _may_head(
        tail[1], lexicon, names
    ):
        return Attribution((tail.start(1), tail.start(1)), tail.span(1))
    if match := lexicon.headline_source.search(words):
        groups = match.groupdict()
        for cue, speaker in (("said", "behind"), ("verb", "before"), ("first", "subject")):
            if groups.get(cue) and groups.get(speaker):
                return Attribution(match.span(cue), match.span(speaker))
    return None
