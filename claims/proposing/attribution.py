"""Who says it: the cue of a sentence, and the words that name the speaker."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.proposing.lexicons.lexicon import QUOTED, Lexicon
from claims.proposing.proposal import Range
from claims.proposing.segments import LONGEST_SENTENCE, Sentence

MOST_WORDS = 16
_CAPITAL = r"[^\W\d_a-zа-яіїєґß-öø-ÿ]"
_NAME_WORD = rf"(?:{_CAPITAL}[\w’'.-]*|«[^«»]+»|d[eu]|of|von|van|al|ben|la)"
_NAME = re.compile(rf"{_CAPITAL}[\w’'.-]*(?:\s+{_NAME_WORD})*")
_WORD = re.compile(r"[^\W_][\w’'.-]*")


@dataclass(frozen=True)
class Attribution:
    """The cue and the speaker of a sentence, as places of the text."""

    cue: Range
    speaker: Range | None
    """None where nobody is named."""

    @property
    def clause(self) -> Range:
        """The words that say who speaks."""
        if self.speaker is None:
            return self.cue
        return min(self.cue[0], self.speaker[0]), max(self.cue[1], self.speaker[1])


def attribution_of(mask: str, sentence: Sentence, lexicon: Lexicon) -> Attribution | None:
    """Who says it, according to the sentence; None where nobody does. `mask` is the text with its
    quotations masked.
    """
    if sentence.end - sentence.start > LONGEST_SENTENCE:
        return None
    words = mask[sentence.start : sentence.end]
    found = next(_attributions(words, lexicon), None)
    if found is None:
        return None
    cue, speaker = found
    at = sentence.start
    return Attribution(
        (at + cue[0], at + cue[1]),
        (at + speaker[0], at + speaker[1]) if speaker is not None else None,
    )


def _attributions(words: str, lexicon: Lexicon) -> Iterator[tuple[Range, Range | None]]:
    """Whatever the sentence could have, the surest first."""
    if inverted := lexicon.inverted.search(words):
        group = next(name for name, value in inverted.groupdict().items() if value)
        is_nobody = not lexicon.pronouns[inverted[group].lower()]
        yield inverted.span(), None if is_nobody else inverted.span(group)
    if possessed := lexicon.possessed.search(words):
        yield possessed.span(), possessed.span(1)
    for source in lexicon.sources.finditer(words):
        if speaker := _named_behind(words, source.end(), lexicon, is_source=True):
            yield source.span(), speaker
    for cue in _cues(words, lexicon):
        if speaker := _speaker_of(words, cue, lexicon):
            yield cue.span(), speaker
    if for_whom := _for_whom(words, lexicon):
        yield for_whom
    if passive := lexicon.passive.search(words):
        yield passive.span(), None


def _cues(words: str, lexicon: Lexicon) -> list[re.Match[str]]:
    """The verbs that may hand words on, in their order."""
    sure = list(lexicon.cues.finditer(words))
    open_ones = [
        one
        for one in lexicon.cues_with_complement.finditer(words)
        if QUOTED in words or lexicon.complement.match(words, one.end())
    ]
    found = sorted([*sure, *open_ones], key=lambda one: one.start())
    return [
        one
        for one in found
        if not lexicon.not_cue_after.match(words, one.end())
        and not lexicon.negation.search(words[: one.start()])
    ]


def _speaker_of(words: str, cue: re.Match[str], lexicon: Lexicon) -> Range | None:
    before = words[: cue.start()]
    leads = lexicon.leads_to_speaker.search(before) is not None
    is_inverted = leads or not before.strip() or re.search(rf"{QUOTED}[\s,—–-]*$", before)
    # “As the mayor said, the water …”: what follows the comma is not who he is.
    behind = _named_behind(words, cue.end(), lexicon, is_alone=leads)
    if is_inverted and behind:
        return behind
    if leads:
        return None
    ahead = _named_ahead(words, cue.start(), lexicon)
    if re.search(r",\s*[—–-]?\s*$", before) is None:
        return ahead
    # “In April it rose to 412, reports the institute”: behind a comma, with nobody ahead, or where
    # that is the rule and it is somebody by name or office.
    is_rule = lexicon.speaker_often_behind and not lexicon.object_named.fullmatch(cue.group())
    is_clear = behind is not None and _is_somebody(words[slice(*behind)], lexicon)
    return behind if ahead is None or (is_rule and is_clear) else ahead


def _is_somebody(words: str, lexicon: Lexicon) -> bool:
    """Whether words have a name, a pronoun, a body or an office in them."""
    return (
        words.lower() in lexicon.pronouns
        or any(token[0].isupper() for token in _WORD.findall(words))
        or lexicon.bodies.search(words) is not None
        or lexicon.people.search(words) is not None
    )


# A speaker who stands ahead of the verb


def _named_ahead(words: str, end: int, lexicon: Lexicon) -> Range | None:
    """The subject of a verb at this place."""
    begin = _clause_start(words, end)
    clause = words[begin:end]
    while stripped := lexicon.before_verb.search(clause):
        clause = clause[: stripped.start()]
    clause = clause.rstrip()
    parts = _parts(clause)
    if not parts:
        return None
    if clause.endswith(","):
        return _with_apposition(words, begin, parts, lexicon)
    start, stop = parts[-1]
    return _trimmed(words, begin + start, begin + stop, lexicon)


def _clause_start(words: str, end: int) -> int:
    """Behind the last quotation, colon, semicolon or dash before a place."""
    marks = [
        match.end()
        for match in re.finditer(rf"{QUOTED}+[\s,.—–»”]*|[;:—–]\s+|\s[-]\s", words[:end])
    ]
    return marks[-1] if marks else 0


def _parts(clause: str) -> list[Range]:
    """What stands between commas, blank ends left out; numbers are not cut."""
    parts, start = [], 0
    for comma in [*(match.start() for match in re.finditer(r",(?!\d)", clause)), len(clause)]:
        if clause[start:comma].strip():
            parts.append((start, comma))
        start = comma + 1
    return parts


def _with_apposition(words: str, begin: int, parts: list[Range], lexicon: Lexicon) -> Range | None:
    """“Somebody, the head of something, said”: with what is between the commas if it is a name or
    an office, without it if it is a relative clause or an age.
    """
    if len(parts) < 2:
        return None
    (start, stop), (aside_start, aside_stop) = parts[-2], parts[-1]
    aside = words[begin + aside_start : begin + aside_stop]
    head = _trimmed(words, begin + start, begin + stop, lexicon)
    if head is not None and lexicon.relative.match(aside) and len(parts) > 2:
        # “The minister, Somebody, who was there, said”.
        office = _trimmed(words, begin + parts[-3][0], begin + parts[-3][1], lexicon)
        is_name = _NAME.fullmatch(words[slice(*head)]) is not None
        return (office[0], head[1]) if office and is_name else head
    if head is None or lexicon.relative.match(aside) or lexicon.before_verb.fullmatch(aside):
        return head
    if len(aside.split()) > MOST_WORDS or lexicon.clause.search(aside):
        return head
    return head[0], begin + aside_start + len(aside.rstrip())


def _trimmed(words: str, start: int, stop: int, lexicon: Lexicon) -> Range | None:
    """The speaker in a part of a clause; None where there is none."""
    part = words[start:stop]
    if cut := list(lexicon.clause.finditer(part)):
        start += cut[-1].end()
    while opening := lexicon.before_speaker.match(words, start, stop):
        start = opening.end()
    part = words[start:stop]
    start += len(part) - len(part.lstrip(' \u00a0"“'))
    stop -= len(part) - len(part.rstrip())
    return (start, stop) if _can_speak(words[start:stop], lexicon) else None


def _can_speak(words: str, lexicon: Lexicon) -> bool:
    """Whether words can name a speaker."""
    tokens = _WORD.findall(words)
    if not tokens or len(tokens) > MOST_WORDS or QUOTED in words:
        return False
    first = tokens[0].lower()
    is_owned = lexicon.determiner.match(words) is not None
    if first in lexicon.pronouns and (len(tokens) == 1 or not is_owned):
        return len(tokens) == 1
    if tokens[0][0].isdigit() or re.search(r"\b\d{4}\b", words):
        return False
    is_noun = is_owned or len(tokens) <= 3
    is_phrase = lexicon.preposition.match(words) is not None and not (
        lexicon.bodies.search(words) or lexicon.people.search(words)
    )
    return (is_noun or _is_somebody(words, lexicon)) and not is_phrase


# A speaker who stands behind the verb or behind “according to”


def _named_behind(
    words: str, start: int, lexicon: Lexicon, *, is_source: bool = False, is_alone: bool = False
) -> Range | None:
    """The speaker right behind a place, up to where the name ends: after “according to” nothing
    else can follow, and where it is `alone`, what stands behind a comma is another matter.
    """
    if told := lexicon.told.match(words, start):
        start = told.end()
    rest = words[start:]
    lead = re.match(r"[\s\u00a0]*", rest)
    begin = lead.end() if lead else 0
    while skipped := lexicon.before_verb.fullmatch(_first_word(rest[begin:])):
        if not rest[begin:].strip() or not skipped.group().strip():
            break
        begin += len(_first_word(rest[begin:]))
        begin += len(rest[begin:]) - len(rest[begin:].lstrip())
    stop = re.search(rf"[,;:.!?](?=\s|$)(?<!\b[A-Z]\.)(?<!\bJr\.)|[{QUOTED}()—–]", rest[begin:])
    end = begin + stop.start() if stop else len(rest)
    if not is_source and (cut := lexicon.ends_speaker.search(rest, begin + 1, end)):
        end = cut.start()
    part = rest[begin:end].rstrip()
    if not _can_speak(part, lexicon) or _begins_a_clause(part, lexicon):
        return None
    end = begin + len(part)
    return start + begin, start + _apposition_end(
        rest, end, lexicon, is_source=is_source or is_alone
    )


def _first_word(words: str) -> str:
    match = re.match(r"\s*[\w’'-]+", words)
    return match.group() if match else ""


def _begins_a_clause(part: str, lexicon: Lexicon) -> bool:
    return lexicon.clause.match(part) is not None or part.lower().startswith(("to ", "reporters"))


def _apposition_end(rest: str, end: int, lexicon: Lexicon, *, is_source: bool) -> int:
    """Behind an apposition that goes on where a name ends, or that place itself."""
    more = re.match(r",\s+([^,;:.!?]+?)(?=[,;:]|[.!?]?\s*$)", rest[end:])
    if more is None or QUOTED in more[1]:
        return end
    aside = more[1]
    is_name = _NAME.fullmatch(aside) is not None
    is_office = (
        not is_source
        and len(aside.split()) <= 9
        and not lexicon.relative.match(aside)
        and not lexicon.clause.search(aside)
        and not lexicon.ends_speaker.match(aside)
        and not lexicon.preposition.match(aside)
    )
    is_closed = rest[end + more.end() :].lstrip().startswith(",") or not is_source
    return end + more.end(1) if (is_name and is_closed) or is_office else end


def _for_whom(words: str, lexicon: Lexicon) -> tuple[Range, Range] | None:
    """“For General Somebody, …”: with a title or two capitals, so that no “for years” is meant."""
    opening = re.match(r"(For|Pour)\s+", words)
    if opening is None:
        return None
    end = words.find(",")
    name = words[opening.end() : end] if end > 0 else ""
    is_person = _NAME.fullmatch(name) is not None and (
        len(name.split()) >= 2 or lexicon.titles.match(name) is not None
    )
    return (opening.span(1), (opening.end(), end)) if is_person else None
