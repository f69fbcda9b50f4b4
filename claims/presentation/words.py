"""Names, dates, numbers and codes in words. They stand here once, in English."""

from decimal import Decimal
from typing import Any

from claims.choices import (
    About,
    CitationForm,
    ClaimKind,
    EvidenceBasis,
    Fidelity,
    FigureBasis,
    Qualifier,
    RelationKind,
    Speaker,
)
from claims.status_line import capital, date_words
from factcheck.common.dates import PartOfDay
from factcheck.common.languages import LANGUAGE_NAMES
from sources.choices import CaptureStatus, DocumentKind

Content = dict[str, Any]

# Who, when, how many


def speaker_name(speaker: Content) -> str:
    """Whose word it is, as a line begins."""
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


def days_words(bounds: Content) -> str:
    """The day, or the days between which it lies; empty where none is known."""
    first, last = bounds["not_before"], bounds["not_after"]
    if not first and not last:
        return ""
    words = date_words(bounds).strip()
    return words.removeprefix("on ") if first == last else words


def number_words(number: str | None) -> str:
    """A decimal string with its thousands set apart; a dash where there is none."""
    return f"{Decimal(number):,}" if number is not None else "–"


PART_OF_DAY: dict[str, str] = {
    PartOfDay.NIGHT: "in the night",
    PartOfDay.EARLY_MORNING: "early in the morning",
    PartOfDay.MORNING: "in the morning",
    PartOfDay.AFTERNOON: "in the afternoon",
    PartOfDay.EVENING: "in the evening",
    PartOfDay.LATE_EVENING: "late in the evening",
}


# Codes


def in_sentence(choices: list[tuple[str, Any]]) -> dict[str, str]:
    """Labels as they stand inside a sentence: without the capital that Django gives them."""
    return {code: str(words)[:1].lower() + str(words)[1:] for code, words in choices}


LABELS: dict[str, dict[str, str]] = {
    "kind": in_sentence(ClaimKind.choices),
    "about": in_sentence(About.choices),
    "document": in_sentence(DocumentKind.choices),
    "form": {
        **in_sentence(CitationForm.choices),
        CitationForm.DIRECT: "direct quote",
        CitationForm.INDIRECT: "indirect speech",
    },
    "fidelity": in_sentence(Fidelity.choices),
    "basis": in_sentence(EvidenceBasis.choices),
    "qualifier": {**in_sentence(Qualifier.choices), Qualifier.BARE: "a bare number"},
    "figure_basis": in_sentence(FigureBasis.choices),
    "counting": {"per-period": "per period", "cumulative": "from the start"},
    "language": LANGUAGE_NAMES,
    "capture": {
        **in_sentence(CaptureStatus.choices),
        CaptureStatus.SUPPLIED: "supplied as a file",
        CaptureStatus.LIVE: "taken from its address",
    },
    "relation": {
        RelationKind.REPEATS: "It repeats",
        RelationKind.UPDATES: "It updates",
        RelationKind.CORRECTS: "It corrects",
        RelationKind.WITHDRAWS: "It withdraws",
        RelationKind.CONTRADICTS: "It contradicts",
        RelationKind.DENIES: "It denies",
        RelationKind.CONCEDES: "It concedes",
        RelationKind.PART_OF: "It is part of",
    },
    "publication": {
        "publish": "First published",
        "update": "Updated",
        "correct": "Corrected",
        "suspend": "Suspended",
        "restore": "Restored",
        "retract": "Retracted",
        "merge": "Merged into another claim",
        "redact": "Removed",
    },
}


def label(code: str, kind: str) -> str:
    """The words for a code of one kind; the code itself where there are none."""
    return LABELS[kind].get(code, code)
