"""The tables that a language fills. Patterns are case-insensitive unless they say otherwise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from claims.choices import Qualifier

Pattern = re.Pattern[str]
# In masked text: a character of quoted words.
QUOTED = "\ufffc"


def words(*alternatives: str, flags: re.RegexFlag = re.IGNORECASE) -> Pattern:
    """A pattern of whole words."""
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(alternatives)})(?![\w-])", flags)


def word_set(spaced: str) -> frozenset[str]:
    """Words that stand apart by a space."""
    return frozenset(spaced.split())


def beginning(*alternatives: str) -> Pattern:
    """A pattern of words with which something begins."""
    return re.compile(rf"\s*(?:{'|'.join(alternatives)})(?![\w-])\s*", re.IGNORECASE)


@dataclass(frozen=True)
class NumberWords:
    """How a language writes numbers."""

    values: Mapping[str, int]
    scales: Mapping[str, int]
    """Powers of ten."""
    qualifiers: tuple[tuple[Qualifier, str], ...]
    pairs: tuple[tuple[str, str], ...]
    """What stands before the first of two numbers, and between them."""
    vague: str
    about: Mapping[str, int]
    """Words for a round number: “une quarantaine”."""
    point: str
    thousands: str
    percent: str
    part: str
    """“A third”, “half”: a number that no column holds."""
    name_ends: str
    """Words that do not belong to the name of what is counted."""
    not_counted_after: str
    """What stands before such a number: another month."""
    not_counted: str
    """What follows a number that counts nothing: a month, an hour, an age."""
    one_of: str
    """After “one”, what is counted all the same."""


@dataclass(frozen=True)
class Lexicon:
    """A language, as far as reading an article needs it."""

    cues: Pattern
    """Verbs that hand words on."""
    cues_with_complement: Pattern
    """Verbs that do so only before “that”, or with quoted words in the sentence."""
    complement: Pattern
    """What follows such a verb at once."""
    sources: Pattern
    """“According to”: who is named stands right behind."""
    possessed: Pattern
    """“In his view”: with the pronoun as group 1; never matches where there is no such thing."""
    inverted: Pattern
    """A verb with its pronoun behind it, group 1: “a-t-il dit”; may never match."""
    passive: Pattern
    """Nobody is named: “it is reported that”."""
    negation: Pattern
    """Right before a verb: nothing was said."""
    not_cue_after: Pattern
    """Right behind a word that is no cue there: “claimed 12 lives”."""
    leads_to_speaker: Pattern
    """Before a verb whose subject stands behind it: “Як”, “Про це”."""
    before_verb: Pattern
    """Adverbs and auxiliaries between a speaker and the verb."""
    before_speaker: Pattern
    """What may open a sentence before the speaker: “But”, “Meanwhile”."""
    clause: Pattern
    """Words after which another clause goes on."""
    relative: Pattern
    """What begins a relative clause, an age or an aside between commas."""
    told: Pattern
    """What may stand between a verb and its subject behind it: to whom, or where, it was said."""
    ends_speaker: Pattern
    """Words at which a speaker who stands behind the verb ends."""
    preposition: Pattern
    determiner: Pattern
    titles: Pattern
    pronouns: Mapping[str, str]
    """Each with m, f, n or p (several)."""
    bodies: Pattern
    """Nouns for bodies that speak."""
    people: Pattern
    """Nouns for people who speak, by their office or trade."""
    feminine: Pattern
    """Nouns and verbs that tell of a woman."""
    masculine: Pattern
    not_names: frozenset[str]
    """Words that no name begins with, wherever in a sentence they stand."""
    abbreviations: frozenset[str]
    """Without their last point."""
    not_asserting: Pattern
    """How sentences begin that say of nothing that it is so."""
    pledges: Pattern
    instructions: Pattern
    labels: Pattern
    """How lines begin that are the page's, where they end like no sentence."""
    notices: Pattern
    """What the page says to its readers, in whatever line."""
    lists: Pattern
    """Headings of lists of links."""
    captions: Pattern
    numbers: NumberWords
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days_ago: Mapping[str, int]
    last_week: str
    ordinal: str = ""
    object_named: Pattern = field(default_factory=lambda: re.compile(r"(?!)"))
    """Verbs behind which somebody else is named, unless a quotation stands before."""
    speaker_often_behind: bool = False
    """Whether “…, says somebody” is the rule without quotation marks too."""
    headline_source: Pattern = field(default_factory=lambda: re.compile(r"(?!)"))
    """In a headline, what follows a comma or stands before a verb."""
