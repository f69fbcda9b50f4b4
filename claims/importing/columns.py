"""The columns of a CSV of claims, in one table: the importer reads by it, and the desk prints from
it what each column means and makes a template of it.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django.db.models import Field, Model, TextChoices

from claims.choices import (
    About,
    AttributionStatus,
    CitationForm,
    ClaimKind,
    HarmCheck,
    Qualifier,
    Speaker,
    VerificationStatus,
)
from claims.models import Citation, Claim, Figure
from factcheck.common.errors import InvalidInput
from factcheck.common.text import excerpt

_BETWEEN_WORDS = re.compile(r"[\s_-]+")


@dataclass(frozen=True)
class Column:
    """A flat column and the place of its value in a claim's row, as JSON lines would give it.

    `otherwise` is what an empty cell stands for, and `example` what the template's row has there.
    """

    name: str
    label: str
    place: str
    meaning: str
    example: str = ""
    otherwise: str = ""
    choices: type[TextChoices] | None = None
    is_required: bool = False

    @property
    def codes(self) -> list[str]:
        """The words that may stand there; empty where others may."""
        return [str(code) for code in self.choices.values] if self.choices else []


def help_of(model: type[Model], name: str) -> str:
    """What the desk's own form says of the field."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return str(field.help_text)


BY_ID_OR_NAME = "By the public id, or by the name if it is one's alone."
DAY = "A day, as 2020-12-31."
WITH_FIGURE = "Needed where there is a figure."

_TABLE = (
    Column(
        "key",
        "Key",
        "key",
        "Your own name for the row, used once in the file. By it the row is known when the file "
        "comes again.",
        "synthetic-1",
        is_required=True,
    ),
    Column(
        "text",
        "Claim",
        "text",
        help_of(Claim, "text"),
        "SYNTHETIC example, overwrite this row: twelve boats were counted.",
        is_required=True,
    ),
    Column("language", "Language", "language", help_of(Claim, "language"), "en", "en"),
    Column(
        "claimant",
        "Claimant",
        "claimant",
        f"{help_of(Claim, 'claimant')} {BY_ID_OR_NAME}",
        "Synthetic harbour office",
    ),
    Column(
        "speaker",
        "Speaker",
        "speaker",
        "Whose word it is: a claimant's, the outlet's own, or nobody's by name.",
        "actor",
        Speaker.ACTOR,
        Speaker,
    ),
    Column("event", "Event", "event", f"{help_of(Claim, 'event')} {BY_ID_OR_NAME}"),
    Column(
        "about",
        "About",
        "about",
        "Which question of the event it answers.",
        "toll",
        choices=About,
        is_required=True,
    ),
    Column(
        "claim_kind",
        "Kind of claim",
        "claim_kind",
        help_of(Claim, "kind"),
        "quantitative",
        ClaimKind.FACTUAL,
        ClaimKind,
    ),
    Column("said_not_before", "Said not before", "said/not_before", DAY, "2020-03-01"),
    Column("said_not_after", "Said not after", "said/not_after", DAY, "2020-03-02"),
    Column(
        "said_as_printed",
        "Said, as printed",
        "said/as_printed",
        "The date in the document's own words.",
        "on Monday",
    ),
    Column(
        "attribution_status",
        "Attribution status",
        "attribution_status",
        "Did the claimant say it? Empty where nobody is named.",
        "reported",
        AttributionStatus.REPORTED,
        AttributionStatus,
    ),
    Column(
        "verification_status",
        "Verification status",
        "verification_status",
        help_of(Claim, "verification_status"),
        "unchecked",
        VerificationStatus.UNCHECKED,
        VerificationStatus,
    ),
    Column("unknowns", "Unknowns", "unknowns", help_of(Claim, "unknowns")),
    Column(
        "harm_check",
        "Harm check",
        "harm_check",
        f"{help_of(Claim, 'harm_check')} Several have a semicolon between them.",
        "none",
        choices=HarmCheck,
    ),
    Column(
        "document",
        "Document",
        "citations/0/document",
        f"{help_of(Citation, 'document')} By the public id, or by the title if it is one's alone.",
        "Synthetic report on boats",
        is_required=True,
    ),
    Column(
        "quote",
        "Quote",
        "citations/0/quotes",
        "The words, copied from the document, which has to be held before they can be found.",
        "Twelve boats were counted on Monday, the harbour office said.",
    ),
    Column("cue", "Cue", "citations/0/cue", help_of(Citation, "cue"), "said"),
    Column(
        "form",
        "Form",
        "citations/0/form",
        help_of(Citation, "form"),
        "indirect",
        choices=CitationForm,
    ),
    Column(
        "first_hand",
        "First hand",
        "citations/0/first_hand",
        "Is the document the claimant's own utterance, or its recording? Write true or false.",
        "false",
        "false",
    ),
    Column(
        "figure_as_printed",
        "Figure, as printed",
        "figures/0/as_printed",
        f"{help_of(Figure, 'as_printed')} {WITH_FIGURE}",
        "Twelve boats",
    ),
    Column(
        "figure_counts",
        "Figure counts",
        "figures/0/counts",
        f"What is counted, in the source's own verb and noun. {WITH_FIGURE}",
        "boats",
    ),
    Column(
        "figure_qualifier",
        "Figure qualifier",
        "figures/0/qualifier",
        help_of(Figure, "qualifier"),
        "bare",
        Qualifier.BARE,
        Qualifier,
    ),
    Column("figure_low", "Figure, lowest", "figures/0/low", "The lowest number, if one is given."),
    Column("figure_best", "Figure, best", "figures/0/best", help_of(Figure, "best"), "12"),
    Column(
        "figure_high", "Figure, highest", "figures/0/high", "The highest number, if one is given."
    ),
    Column("figure_unit", "Figure, unit", "figures/0/unit", help_of(Figure, "unit"), "boats"),
)
COLUMNS = {column.name: column for column in _TABLE}
REQUIRED = tuple(column.name for column in _TABLE if column.is_required)


def header_key(text: str) -> str:
    """A column's name or label as it is compared: case, commas and what joins words aside."""
    return _BETWEEN_WORDS.sub(" ", text.replace(",", " ")).strip().casefold()


_BY_KEY = {header_key(name): column for column in _TABLE for name in (column.name, column.label)}


def columns_of(header: list[str]) -> list[str]:
    """The names of the columns that a file's first row gives by name or by label.

    Raises InvalidInput for one that nobody knows, with the nearest known one; for one that stands
    there twice; and where one that is needed does not.
    """
    names: list[str] = []
    for cell in header:
        column = _BY_KEY.get(header_key(cell))
        if column is None:
            raise InvalidInput(
                f"There is no column “{excerpt(cell)}”; the nearest is “{nearest(cell)}”. Mend its "
                "name, or remove the column."
            )
        if column.name in names:
            raise InvalidInput(f"The column “{column.name}” stands there twice.")
        names.append(column.name)
    for name in REQUIRED:
        if name not in names:
            raise InvalidInput(f"The column “{name}” is missing.")
    return names


def nearest(cell: str) -> str:
    """The name of the known column that is written most like this."""
    # A cell may be as long as a file.
    [key] = get_close_matches(header_key(cell[:100]), _BY_KEY, n=1, cutoff=0.0)
    return _BY_KEY[key].name


def template_rows() -> list[list[str]]:
    """The template: all columns by name, and one row that is marked synthetic."""
    return [list(COLUMNS), [column.example for column in _TABLE]]
