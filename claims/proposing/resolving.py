"""Whom a speaker's words mean, among known names: by the name, by what was named before. Where more
than one could be meant, nobody is.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.proposing.lexicons.lexicon import Lexicon
from claims.proposing.proposal import Key, KnownName

_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_CAPITALS = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ][\w’'-]+)(?:\s+(?:[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ]\.\s+)?[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ][\w’'-]+)+"
)
# Who was named longer ago than so many others is forgotten, so that long texts take no longer.
MOST_MENTIONS = 400
# Forms of one name share so much of their beginning, in languages that decline names.
_STEM = 5


def folded(words: str) -> tuple[str, ...]:
    """Words as they are compared: small letters, one kind of apostrophe."""
    return tuple(word.lower().replace("’", "'") for word in _WORD.findall(words))


@dataclass
class Mention:
    """Somebody who was named."""

    words: tuple[str, ...]
    key: Key | None
    is_person: bool
    gender: str = ""
    line: int = 0
    sentence: int = 0
    is_speaker: bool = False

    @property
    def identity(self) -> object:
        """What tells one from another."""
        return self.key if self.key is not None else self.words


@dataclass
class Resolver:
    """Knows names, and remembers who was named so far in a text."""

    known: Sequence[KnownName]
    lexicon: Lexicon
    mentions: dict[object, Mention] = field(default_factory=dict)
    """Everybody who was named, as they were last, the latest at the end."""

    def __post_init__(self) -> None:
        self.by_words: dict[tuple[str, ...], set[Key]] = defaultdict(set)
        self.persons: set[Key] = set()
        for one in self.known:
            if words := self._bare(folded(one.name)):
                self.by_words[words].add(one.key)
            if one.is_person:
                self.persons.add(one.key)
        self.longest = max((len(words) for words in self.by_words), default=0)

    def note(self, words: str, *, line: int, sentence: int) -> None:
        """Remember whom a sentence names, so that later words can mean them."""
        names = [(one, self._bare(folded(one.group()))) for one in _CAPITALS.finditer(words)]
        keys = self._keys_within(folded(words))
        for key, found in keys:
            # With the title that stands before it: “the governor” may come later.
            titled = next((parts for _, parts in names if set(found) <= set(parts)), found)
            is_person = key in self.persons
            self._remember(Mention(titled, key, is_person, "", line, sentence))
        for name, parts in names:
            is_known = any(
                set(found) <= set(parts) or set(parts) <= set(found) for _, found in keys
            )
            is_body = self.lexicon.bodies.search(name.group()) is not None
            if len(parts) >= 2 and not is_known and not is_body:
                self._remember(Mention(parts, None, True, "", line, sentence))

    def speaker(self, words: str, *, line: int, sentence: int) -> Key | None:
        """Whose key is meant, and remember the speaker."""
        parts = folded(words)
        mention = self._meant(words, parts, line=line, sentence=sentence)
        key = mention.key if mention is not None else None
        self._remember(self._as_mention(words, parts, mention, line, sentence))
        return key

    def _remember(self, mention: Mention) -> None:
        """With all that this one was called before; who was named longest ago is forgotten."""
        identity = mention.identity
        if before := self.mentions.pop(identity, None):
            mention.words += tuple(word for word in before.words if word not in mention.words)
            mention.gender = mention.gender or before.gender
            mention.is_speaker |= before.is_speaker and before.sentence == mention.sentence
        self.mentions[identity] = mention
        if len(self.mentions) > MOST_MENTIONS:
            del self.mentions[next(iter(self.mentions))]

    def _as_mention(
        self, words: str, parts: tuple[str, ...], meant: Mention | None, line: int, sentence: int
    ) -> Mention:
        gender = self._gender(words)
        if meant is not None:
            gender = meant.gender or gender
            # What he is called here may be asked for again: “the governor”.
            both = (*meant.words, *(part for part in parts if part not in meant.words))
            is_person = meant.is_person
            return Mention(both, meant.key, is_person, gender, line, sentence, is_speaker=True)
        is_body = self.lexicon.bodies.search(words) is not None
        is_person = self.lexicon.people.search(words) is not None or (
            not is_body and _CAPITALS.search(words) is not None
        )
        return Mention(self._bare(parts), None, is_person, gender, line, sentence, is_speaker=True)

    # Whom words mean

    def _meant(
        self, words: str, parts: tuple[str, ...], *, line: int, sentence: int
    ) -> Mention | None:
        if len(parts) == 1 and parts[0] in self.lexicon.pronouns:
            return self._antecedent(self.lexicon.pronouns[parts[0]], line, sentence)
        if key := self._by_name(words):
            return Mention(self._bare(parts), key, key in self.persons, self._gender(words))
        return self._named_before(words, self._bare(parts))

    def _by_name(self, words: str) -> Key | None:
        """A known name that the words are, or that is their head."""
        whole = self._bare(folded(words))
        if len(keys := self._keys_of(whole)) == 1:
            return next(iter(keys))
        candidates: set[Key] = set()
        for part in self._heads(words):
            tokens = self._bare(folded(part))
            printed = _WORD.findall(part)[-len(tokens) :] if tokens else []
            for start in range(len(tokens)):
                keys = self._keys_of(tokens[start:])
                if len(keys) == 1 and self._leads_up(printed[:start], keys):
                    candidates |= keys
                    break
        return next(iter(candidates)) if len(candidates) == 1 else None

    def _leads_up(self, before: Sequence[str], keys: set[Key]) -> bool:
        """Whether words before a name leave it what it is: “New Estovia” is not Estovia."""
        lexicon = self.lexicon
        return keys <= self.persons or all(
            word[0].islower() or lexicon.bodies.fullmatch(word) or lexicon.people.fullmatch(word)
            for word in before
        )

    def _heads(self, words: str) -> list[str]:
        """The parts between commas, each up to its first preposition: whose spokesman it is, or
        from where, names somebody else. Whoever owns it does as well.
        """
        heads = []
        for part in re.split(r",\s", words):
            cut = self.lexicon.preposition.search(part)
            head = part[: cut.start()] if cut else part
            owned = list(re.finditer(r"[’']s\s", head))
            heads.append(head[owned[-1].end() :] if owned else head)
        return heads

    def _named_before(self, words: str, parts: tuple[str, ...]) -> Mention | None:
        """The only one so far whose words have all of these: a surname, “the ministry”."""
        if not parts:
            return None
        is_titled = self.lexicon.titles.match(words) is not None and len(parts) > 1
        wanted = parts[1:] if is_titled else parts
        fits = {
            identity: one
            for identity, one in self.mentions.items()
            if self._has_all(one.words, wanted)
        }
        known = [one for one in fits.values() if one.key is not None]
        if len({one.key for one in known}) == 1 and len(fits) <= 1 + _unknown_parts(fits, known):
            return known[-1]
        return next(iter(fits.values())) if len(fits) == 1 else None

    def _has_all(self, has: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
        return all(any(_same(one, other) for other in has) for one in wanted)

    def _antecedent(self, gender: str, line: int, sentence: int) -> Mention | None:
        """The only one that a pronoun can mean: in this sentence and the one before, else the one
        who spoke last in this paragraph or right before it.
        """
        if gender in ("p", ""):
            return None
        wants_person = gender != "n"
        fitting = [
            one
            for one in self.mentions.values()
            if one.is_person == wants_person
            and (not one.gender or not wants_person or one.gender == gender)
            and one.line >= line - 1
        ]
        for near in (
            [one for one in fitting if one.sentence >= sentence - 1 and one.is_speaker],
            [one for one in fitting if one.sentence >= sentence - 1],
            [one for one in fitting if one.is_speaker],
            fitting,
        ):
            if len({one.identity for one in near}) == 1:
                return near[-1]
            if near:
                return None
        return None

    # Words

    def _keys_within(self, parts: tuple[str, ...]) -> list[tuple[Key, tuple[str, ...]]]:
        """The known names in a sentence, the longest at each place."""
        found, at = [], 0
        while at < len(parts):
            for length in range(min(self.longest, len(parts) - at), 0, -1):
                words = parts[at : at + length]
                if len(keys := self._keys_of(words)) == 1:
                    found.append((next(iter(keys)), words))
                    at += length - 1
                    break
            at += 1
        return found

    def _keys_of(self, words: tuple[str, ...]) -> set[Key]:
        return self.by_words.get(words, set())

    def _bare(self, parts: tuple[str, ...]) -> tuple[str, ...]:
        """Words without the article, what is stuck to it, and what else opens a sentence."""
        parts = tuple(re.sub(r"^(?:l|d)'", "", part) for part in parts)
        while len(parts) > 1 and parts[0] in self.lexicon.not_names:
            parts = parts[1:]
        return parts

    def _gender(self, words: str) -> str:
        is_feminine = self.lexicon.feminine.search(words) is not None
        is_masculine = self.lexicon.masculine.search(words) is not None
        return "" if is_feminine == is_masculine else "f" if is_feminine else "m"


def _unknown_parts(fits: dict[object, Mention], known: list[Mention]) -> int:
    """How many that are not known may be the known one, named by a part of the name."""
    own = {word for one in known for word in one.words}
    return sum(1 for one in fits.values() if one.key is None and set(one.words) <= own)


def _same(one: str, other: str) -> bool:
    """The same word, or a form of it where words are declined."""
    if one == other or one == f"{other}'s" or other == f"{one}'s":
        return True
    is_cyrillic = "а" <= one[:1] <= "я" or one[:1] in "іїєґ"
    shared = max(_STEM, min(len(one), len(other)) - 2)
    return is_cyrillic and len(one) >= _STEM and one[:shared] == other[:shared]
