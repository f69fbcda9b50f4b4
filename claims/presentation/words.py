"""Names, dates, numbers and codes in words, in the language that is active."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import dateformat, formats

from claims.choices import NOT_SAID, Speaker
from claims.status_line import capital, date_words
from claims.vocabulary import LISTS
from factcheck.common.languages import LANGUAGE_NAMES

Content = dict[str, Any]

# Who, when, how many


def speaker_name(speaker: Content) -> str:
    """Whose word it is, as a line begins."""
    if speaker["kind"] == NOT_SAID:
        return "Not entered yet"
    named = speaker["claimant"] or speaker["outlet"]
    return capital(named["name"]) if named else "Nobody named"


def speaker_part(speaker: Content) -> str:
    """What is to be said of the speaker beside the name: roles at the time, who voiced it."""
    if speaker["kind"] == Speaker.OWN_VOICE:
        return "in its own voice"
    roles = [role["title"] for role in speaker["roles"]]
    voiced = [f"through {speaker['voiced_by']['name']}"] if speaker["voiced_by"] else []
    return ", ".join([*roles, *voiced])


def bounds_words(bounds: Content | None) -> str:
    """A date with all that is known of it: “5 January 2024, in the night (Kyiv time)”."""
    if not bounds:
        return ""
    part = PART_OF_DAY[bounds["part_of_day"]] if bounds["part_of_day"] else ""
    clock = f" ({bounds['time_zone']})" if bounds["time_zone"] else ""
    return ", ".join(filter(None, (days_words(bounds), part))) + clock


def day_words(day: str) -> str:
    """“2024-01-05” as “5 January 2024”."""
    return dateformat.format(datetime.date.fromisoformat(day), "j E Y")


def days_words(bounds: Content) -> str:
    """The day, or the days between which it lies; empty where none is known."""
    first, last = bounds["not_before"], bounds["not_after"]
    if not first and not last:
        return ""
    words = date_words(bounds).strip()
    return words.removeprefix("on ") if first == last else words


def number_words(number: str | None) -> str:
    """A decimal string with its thousands set apart; a dash where there is none."""
    if number is None:
        return "–"
    return formats.number_format(Decimal(number), use_l10n=True, force_grouping=True)


# Codes


def in_list(name: str) -> dict[str, str]:
    """The reader's labels of a list of codes, as they stand by themselves."""
    return {code: meaning.reader_label for code, meaning in LISTS[name].meanings.items()}


def in_sentence(name: str, before: str = "") -> dict[str, str]:
    """The same labels as they stand inside a sentence, after the words `before`."""
    return {code: before + words[:1].lower() + words[1:] for code, words in in_list(name).items()}


PART_OF_DAY = in_sentence("part-of-day")
# The same relations, as the other claim's record tells them.
RELATIONS_TO_IT = {
    "repeats-by": "Repeated in",
    "updates-by": "Updated by",
    "corrects-by": "Corrected by",
    "withdraws-by": "Withdrawn by",
    "contradicts-by": "Contradicted by",
    "denies-by": "Denied by",
    "concedes-by": "Conceded by",
    "part-of-by": "Has as a part",
}
LABELS: dict[str, dict[str, str]] = {
    "kind": in_sentence("claim-kind"),
    "about": in_sentence("about"),
    "document": in_sentence("document-kind"),
    "form": in_sentence("form"),
    "fidelity": in_sentence("fidelity"),
    "basis": in_sentence("evidence-basis"),
    "qualifier": in_sentence("qualifier"),
    "figure_basis": in_sentence("figure-basis"),
    "counting": in_sentence("counting"),
    "language": LANGUAGE_NAMES,
    "capture": in_sentence("capture-status"),
    "relation": {**in_sentence("relation-kind", "It "), **RELATIONS_TO_IT},
    "inquiry_manner": in_sentence("inquiry-manner"),
    "inquiry_result": in_sentence("inquiry-result"),
    "finding": in_sentence("media-finding"),
    "publication": {**in_list("publication-kind"), "merge": "Merged into another claim"},
}


def label(code: str, kind: str) -> str:
    """The words for a code of one kind; the code itself where there are none."""
    return LABELS[kind].get(code, code)
