"""Our own proposer: rules over sentences, cues and names. Linear in the length of the text."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from claims.choices import CitationForm, ClaimKind, Speaker
from claims.proposing.attribution import Attribution, attribution_of
from claims.proposing.counting import Counter, Figures
from claims.proposing.dating import Calendar
from claims.proposing.furniture import furniture_among
from claims.proposing.headlines import headline_attribution
from claims.proposing.lexicons import LEXICONS
from claims.proposing.lexicons.lexicon import QUOTED, Lexicon
from claims.proposing.proposal import KnownName, Proposal, Range
from claims.proposing.quoting import form_of, is_asked
from claims.proposing.resolving import Resolver
from claims.proposing.segments import (
    Line,
    Sentence,
    lines_of,
    masked,
    quotes_in,
    sentences_of,
)
from factcheck.common.dates import DateBounds

# So many words a sentence has at the least that says something by itself.
FEWEST_WORDS = 3


class ArticleReader:
    """Proposes reported speech, attributed figures and what the outlet says in its own voice; page
    furniture is left out. In English, and as far as its tables go in French and Ukrainian.
    """

    def propose(
        self,
        text: str,
        *,
        language: str,
        published_on: datetime.date | None,
        title: str,
        known_names: Sequence[KnownName],
    ) -> list[Proposal]:
        """See Proposer; of other languages nothing is proposed."""
        lexicon = LEXICONS.get(language)
        if lexicon is None:
            return []
        return list(Reading(text, lexicon, published_on, title, known_names).proposals())


@cache
def counter_of(language: str) -> Counter:
    """What finds the numbers of a language."""
    return Counter(LEXICONS[language].numbers)


@cache
def calendar_of(language: str) -> Calendar:
    """What reads the days of a language."""
    return Calendar(LEXICONS[language])


@dataclass
class Said:
    """Who spoke last, for words that go on without saying so."""

    attribution: Attribution
    proposal: Proposal
    sentence: Sentence


class Reading:
    """One text being read, from its beginning to its end."""

    def __init__(
        self,
        text: str,
        lexicon: Lexicon,
        published_on: datetime.date | None,
        title: str,
        known_names: Sequence[KnownName],
    ) -> None:
        self.text, self.lexicon, self.published_on = text, lexicon, published_on
        language = next(code for code, one in LEXICONS.items() if one is lexicon)
        self.counter, self.calendar = counter_of(language), calendar_of(language)
        self.title = " ".join(title.split())
        self.names = {one.name.lower() for one in known_names}
        self.resolver = Resolver(known_names, lexicon)
        self.lines = list(lines_of(text))
        self.furniture = furniture_among(self.lines, lexicon)
        quotes = [quotes_in(line, lexicon) for line in self.lines]
        self.mask = masked(text, [one for of_line in quotes for one in of_line])
        self.quotes = quotes
        self.last: Said | None = None
        self.count = 0

    def proposals(self) -> Iterator[Proposal]:
        """What is proposed, in the order of the text."""
        is_first = True
        for number, line in enumerate(self.lines):
            if number in self.furniture:
                continue
            if is_first and self._is_headline(line):
                yield from self._headline(line)
            elif self.lexicon.captions.match(line.words):
                yield from self._caption(line, number)
            elif self._is_sentence(line):
                yield from self._paragraph(line, number)
            else:
                yield from self._heading(line)
            is_first = False

    def _is_headline(self, line: Line) -> bool:
        is_title = " ".join(line.words.split()) == self.title
        return is_title or not line.ends_like_a_sentence

    def _is_sentence(self, line: Line) -> bool:
        return line.ends_like_a_sentence or len(line.words.split()) > 25

    # Lines

    def _headline(self, line: Line) -> Iterator[Proposal]:
        if len(line.words.split()) < FEWEST_WORDS:
            return
        words = self.mask[line.start : line.end]
        found = headline_attribution(words, self.lexicon, self.names)
        proposal = Proposal(
            ((line.start, line.end),), Speaker.OWN_VOICE, form=CitationForm.HEADLINE
        )
        if found is not None and found.speaker is not None:
            (start, end), (cue, cue_end) = found.speaker, found.cue
            named = line.words[start:end]
            self.count += 1
            proposal = replace(
                proposal,
                speaker=Speaker.ACTOR,
                named_speaker=named,
                cue=line.words[cue:cue_end],
                actor=self.resolver.speaker(named, line=-9, sentence=-9),
            )
        self.resolver.note(line.words, line=-9, sentence=-9)
        yield from self._with_figures(proposal, (line.start, line.end))

    def _heading(self, line: Line) -> Iterator[Proposal]:
        """Of a heading in the text only what has a number: the rest repeats the text."""
        place = (line.start, line.end)
        figures = self.counter.figures_in(self.text, *place)
        if figures and len(line.words.split()) > FEWEST_WORDS:
            own = Proposal((place,), Speaker.OWN_VOICE, form=CitationForm.HEADLINE)
            yield from self._with_figures(own, place)

    def _caption(self, line: Line, number: int) -> Iterator[Proposal]:
        """What the picture is said to show; a credit that follows is none of it."""
        sentences = sentences_of(line, number, self.quotes[number], self.lexicon)
        said = [one for one in sentences if not self.text[one.start : one.end].isupper()]
        place = (said[0].start, said[-1].end) if said else (line.start, line.end)
        yield Proposal((place,), Speaker.OWN_VOICE, form=CitationForm.CAPTION, kind=ClaimKind.IMAGE)

    def _paragraph(self, line: Line, number: int) -> Iterator[Proposal]:
        for sentence in sentences_of(line, number, self.quotes[number], self.lexicon):
            self.count += 1
            yield from self._sentence(sentence)

    # Sentences

    def _sentence(self, sentence: Sentence) -> Iterator[Proposal]:
        place = (sentence.start, sentence.end)
        words = self.text[slice(*place)]
        attribution = attribution_of(self.mask, sentence, self.lexicon)
        if is_asked(self.text, sentence):
            self._note(words, sentence)
            return
        if attribution is not None:
            proposal = self._attributed(sentence, attribution)
            self._note(words, sentence)
            self.last = Said(attribution, proposal, sentence)
            yield from self._with_figures(proposal, place, attribution.speaker)
            return
        is_quoted = bool(sentence.quotes) and not re.search(
            r"\w", self.mask[slice(*place)].replace(QUOTED, "")
        )
        if is_quoted and self.last is not None and self.last.sentence.line == sentence.line:
            yield from self._with_figures(self._continued(sentence, self.last), place)
            return
        self._note(words, sentence)
        if not self._asserts(sentence, words):
            return
        quoted = sum(end - start for start, end in sentence.quotes)
        if 2 * quoted > len(words):
            # Somebody's words, and it is not clear whose.
            told = Proposal((place,), Speaker.ACTOR, form=CitationForm.DIRECT)
            yield from self._with_figures(told, place)
        else:
            own = Proposal((place,), Speaker.OWN_VOICE, form=CitationForm.OWN_VOICE)
            yield from self._with_figures(own, place)

    def _note(self, words: str, sentence: Sentence) -> None:
        self.resolver.note(words, line=sentence.line, sentence=self.count)

    def _asserts(self, sentence: Sentence, words: str) -> bool:
        is_open = words.rstrip("”»\"’' ").endswith(("?", ":"))
        is_call = self.lexicon.not_asserting.match(words) is not None
        return not is_open and not is_call and len(words.split()) >= FEWEST_WORDS

    def _attributed(self, sentence: Sentence, attribution: Attribution) -> Proposal:
        cue = self.text[slice(*attribution.cue)]
        proposal = Proposal(
            ((self._start(sentence, attribution), sentence.end),),
            Speaker.NOBODY_NAMED,
            form=form_of(self.text, sentence),
            cue=cue,
            kind=self._kind(cue),
            said=self._said(sentence, attribution),
        )
        if attribution.speaker is None:
            return proposal
        named = self.text[slice(*attribution.speaker)]
        actor = self.resolver.speaker(named, line=sentence.line, sentence=self.count)
        return replace(proposal, speaker=Speaker.ACTOR, named_speaker=named, actor=actor)

    def _start(self, sentence: Sentence, attribution: Attribution) -> int:
        """The sentence's own, or behind a few words and a colon that lead up to the speaker."""
        start = attribution.clause[0]
        opening = self.mask[sentence.start : start]
        is_lead = re.fullmatch(r"[^:,;.\ufffc]{1,60}:\s+", opening) is not None
        return start if is_lead else sentence.start

    def _continued(self, sentence: Sentence, last: Said) -> Proposal:
        """Words in quotation marks that go on: with the words that said who speaks."""
        start, end = last.attribution.clause
        if self.text[end : end + 1] in ".!" and end + 1 == last.sentence.end:
            end += 1
        return replace(
            last.proposal,
            ranges=((start, end), (sentence.start, sentence.end)),
            form=CitationForm.DIRECT,
            kind=ClaimKind.FACTUAL,
            figure=None,
        )

    def _kind(self, cue: str) -> ClaimKind:
        if self.lexicon.pledges.search(cue):
            return ClaimKind.PLEDGE
        return ClaimKind.INSTRUCTION if self.lexicon.instructions.search(cue) else ClaimKind.FACTUAL

    def _said(self, sentence: Sentence, attribution: Attribution) -> DateBounds:
        """The day beside the cue: before the speaker, between the two, or right behind them. A day
        within what is said tells when something happened.
        """
        start, end = attribution.clause
        behind = re.match(
            rf"[^,;:{QUOTED}]*?(?=\b(?:that|que|що)\b|[,;:.{QUOTED}]|$)",
            self.mask[end : min(end + 80, sentence.end)],
        )
        before = re.search(rf"[^{QUOTED}.]*$", self.mask[sentence.start : start])
        opening = before.group() if before and len(before.group()) <= 40 else ""
        beside = [
            opening if start - len(opening) == sentence.start else "",
            self.text[start:end],
            behind.group() if behind else "",
        ]
        return self.calendar.read(" ".join(beside), published_on=self.published_on)

    # Figures

    def _with_figures(
        self, proposal: Proposal, place: Range, speaker: Range | None = None
    ) -> Iterator[Proposal]:
        """The proposal once for each number of things in it; once without any."""
        figures: Figures = [
            (where, figure)
            for where, figure in self.counter.figures_in(self.text, *place)
            if speaker is None or where[1] <= speaker[0] or where[0] >= speaker[1]
        ]
        if not figures:
            yield proposal
        for _, figure in figures:
            yield replace(proposal, figure=figure, kind=ClaimKind.QUANTITATIVE)
