"""Names, dates, numbers and codes in words, in the language that is active."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import dateformat, formats
from django.utils.translation import gettext, gettext_noop, pgettext

from claims.choices import NOT_SAID
from claims.status_line import capital
from claims.vocabulary import LISTS
from factcheck.common.languages import LANGUAGE_NAMES

Content = dict[str, Any]

# Who, when, how many


def speaker_name(speaker: Content) -> str:
    """Whose word it is, as a line begins."""
    if speaker["kind"] == NOT_SAID:
        return gettext("Not entered yet")
    named = speaker["claimant"] or speaker["outlet"]
    return capital(named["name"]) if named else gettext("Nobody named")


def bounds_words(bounds: Content | None) -> str:
    """A date with all that is known of it: “5 January 2024, in the night (Kyiv time)”.

    The clock is told in the words of the source.
    """
    if not bounds:
        return ""
    part = label(bounds["part_of_day"], "part_of_day") if bounds["part_of_day"] else ""
    clock = f" ({bounds['time_zone']})" if bounds["time_zone"] else ""
    return ", ".join(filter(None, (days_words(bounds), part))) + clock


def day_words(day: str) -> str:
    """“2024-01-05” as “5 January 2024”."""
    date = datetime.date.fromisoformat(day)
    if date.day == 1:
        return dateformat.format(
            date, pgettext("first of a month, as Django's date filter", "j E Y")
        )
    return dateformat.format(date, pgettext("day, as Django's date filter", "j E Y"))


def days_words(bounds: Content) -> str:
    """The day, or the days between which it lies; empty where none is known."""
    first, last = bounds["not_before"], bounds["not_after"]
    if not first and not last:
        return ""
    if first == last:
        return day_words(first)
    days = {"first": first and day_words(first), "last": last and day_words(last)}
    if first and last:
        return gettext("between %(first)s and %(last)s") % days
    return (gettext("on or before %(last)s") if last else gettext("on or after %(first)s")) % days


def number_words(number: str | None) -> str:
    """A decimal string with its thousands set apart; a dash where there is none."""
    if number is None:
        return "–"
    return formats.number_format(Decimal(number), use_l10n=True, force_grouping=True)


# Codes


def in_list(name: str) -> dict[str, str]:
    """The reader's labels of a list of codes, as they stand by themselves."""
    meanings = LISTS[name].meanings
    return {code: gettext(meaning.reader_label) for code, meaning in meanings.items()}


# The list of each kind of code whose labels also stand inside a sentence.
INSIDE_SENTENCES = {
    "kind": "claim-kind",
    "about": "about",
    "document": "document-kind",
    "form": "form",
    "fidelity": "fidelity",
    "basis": "evidence-basis",
    "qualifier": "qualifier",
    "figure_basis": "figure-basis",
    "counting": "counting",
    "capture": "capture-status",
    "inquiry_manner": "inquiry-manner",
    "inquiry_result": "inquiry-result",
    "finding": "media-finding",
    "part_of_day": "part-of-day",
}
# How the claim on the page stands to another one, and, “-by”, the other one to it.
RELATIONS = {
    "repeats": gettext_noop("It repeats"),
    "updates": gettext_noop("It updates"),
    "corrects": gettext_noop("It corrects"),
    "withdraws": gettext_noop("It withdraws"),
    "contradicts": gettext_noop("It contradicts"),
    "denies": gettext_noop("It denies"),
    "concedes": gettext_noop("It concedes"),
    "part-of": gettext_noop("It is part of"),
    "repeats-by": gettext_noop("Repeated in"),
    "updates-by": gettext_noop("Updated by"),
    "corrects-by": gettext_noop("Corrected by"),
    "withdraws-by": gettext_noop("Withdrawn by"),
    "contradicts-by": gettext_noop("Contradicted by"),
    "denies-by": gettext_noop("Denied by"),
    "concedes-by": gettext_noop("Conceded by"),
    "part-of-by": gettext_noop("Has as a part"),
}
PUBLICATIONS = {
    **{code: one.reader_label for code, one in LISTS["publication-kind"].meanings.items()},
    "merge": gettext_noop("Merged into another claim"),
}
BY_THEMSELVES = {
    "language": LANGUAGE_NAMES,
    "relation": RELATIONS,
    "publication": PUBLICATIONS,
}


def definition(code: str, kind: str) -> str:
    """What a code of one kind means, in a sentence; empty where there is none."""
    meaning = LISTS[INSIDE_SENTENCES[kind]].meanings.get(code)
    return gettext(meaning.definition) if meaning else ""


def label(code: str, kind: str) -> str:
    """The words for a code of one kind; the code itself where there are none."""
    if kind in BY_THEMSELVES:
        return gettext(BY_THEMSELVES[kind].get(code, code))
    meaning = LISTS[INSIDE_SENTENCES[kind]].meanings.get(code)
    if meaning is None:
        return code
    words = gettext(meaning.reader_label)
    return words[:1].lower() + words[1:]
