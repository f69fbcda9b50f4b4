"""Two people in one row: what stood there, what stands there now, and what was to be saved."""

from typing import Any

from claims.claim_file import load_file
from claims.models import Claim
from claims.sheet.cells import Cells
from claims.sheet.opened import Sheet
from claims.sheet.parts import RowParts, parts_as_of, parts_of
from claims.sheet.problems import Refused
from claims.sheet.reading import Data, figure_of
from claims.vocabulary import LISTS
from factcheck.common.dates import DateBounds
from factcheck.common.history import edit_began_at
from factcheck.common.numbers import MAX_INTEGER

STALE = "Somebody else has changed this row since you opened it. Nothing of yours was saved."
NOT_SAID_WHEN = "The row does not say at which edit it was opened, so it was not saved."
NOTHING = "—"

LABELS = {
    "text": "Text",
    "language": "Language",
    "quote": "Quote",
    "speaker": "Whose word",
    "claimant": "Claimant",
    "voiced_by": "Voiced by",
    "outlet": "Outlet",
    "cue": "Cue",
    "form": "Form",
    "named_speaker": "Named as speaker",
    "about": "About",
    "kind": "Kind",
    "event": "Event",
    "topics": "Topics",
    "figure": "Figure",
    "said": "Said",
    "original_words": "Original words",
    "original_language": "Original language",
    "harm_check": "Harm check",
    "origin": "Taken from",
    "manner": "Manner",
    "attribution_status": "Attribution",
}
CODES = {
    "speaker": "speaker",
    "form": "form",
    "about": "about",
    "kind": "claim-kind",
    "harm_check": "harm-check",
    "manner": "relay-manner",
    "attribution_status": "attribution-status",
}


class Stale(Exception):
    """The row is no longer what was opened. Never leaves the sheet's package."""

    def __init__(self, claim: Claim, fields: list[Data]) -> None:
        super().__init__(STALE)
        self.claim, self.fields = claim, fields

    def as_data(self) -> Data:
        """The conflict, without the row."""
        return {"sentence": STALE, "fields": self.fields}


def check_as_opened(sheet: Sheet, claim: Claim, posted: dict[str, Any], cells: Cells) -> None:
    """Raise Stale unless the row is of the edit and the stage at which it was opened; Refused where
    the post does not say.
    """
    edit, stage = posted.get("edit_number"), posted.get("stage")
    is_number = isinstance(edit, int) and not isinstance(edit, bool) and 0 <= edit <= MAX_INTEGER
    if not isinstance(edit, int) or not is_number or not isinstance(stage, str):
        raise Refused.at("edit_number", NOT_SAID_WHEN)
    if (edit, stage) != (claim.edit_number, claim.stage):
        raise Stale(claim, three_sides(sheet, claim, edit, cells))


def three_sides(sheet: Sheet, claim: Claim, edit: int, cells: Cells) -> list[Data]:
    """Each cell in which what is stored differs from what was opened, or from what was to be saved.
    An edit that the row never had has no base.
    """
    theirs = shown_parts(parts_of(load_file(claim), sheet.document))
    began = edit_began_at(claim, edit)
    base = (
        shown_parts(parts_as_of(claim, sheet.document, began))
        if began is not None and edit <= claim.edit_number
        else {}
    )
    mine = {field: shown(field, value) for field, value in cells.items() if field in LABELS}
    return [
        {
            "field": field,
            "label": label,
            "base": base.get(field, NOTHING),
            "theirs": theirs[field],
            "mine": mine.get(field, base.get(field, theirs[field])),
        }
        for field, label in LABELS.items()
        if theirs[field] != base.get(field, theirs[field])
        or theirs[field] != mine.get(field, theirs[field])
    ]


def shown_parts(parts: RowParts) -> dict[str, str]:
    """A row's cells as a person reads them."""
    claim, citation = parts.claim, parts.citation
    figure = parts.figures[0] if parts.figures else None
    values: Cells = {
        **{name: getattr(claim, name) for name in LABELS if hasattr(claim, name)},
        "quote": parts.quote or (citation.unfound_quote if citation else ""),
        "cue": citation.cue if citation else "",
        "form": citation.form if citation else "",
        "named_speaker": citation.named_speaker if citation else "",
        "topics": parts.topics,
        "figure": figure_of(figure) if figure is not None else None,
        "origin": parts.origin,
        "manner": parts.relay.manner if parts.relay else "",
    }
    return {field: shown(field, values[field]) for field in LABELS}


def shown(field: str, value: Any) -> str:
    """The value of one cell as a person reads it, stored or to be saved."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, list):
        return ", ".join(sorted(shown(field, item) for item in value))
    if field in CODES:
        return LISTS[CODES[field]].meanings[value].reader_label
    if isinstance(value, DateBounds):
        return shown_date(value)
    if isinstance(value, dict):
        return shown_figure(value)
    return str(value)


def shown_date(said: DateBounds) -> str:
    """Both days, or the one, and the words."""
    days = [day.isoformat() if day else "…" for day in (said.not_before, said.not_after)]
    span = "" if days == ["…", "…"] else " – ".join(dict.fromkeys(days))
    words = f"“{said.as_printed}”" if said.as_printed else ""
    return " ".join(filter(None, (span, words))) or NOTHING


def shown_figure(figure: Cells) -> str:
    """The words as printed, and our reading of them."""
    code = figure["qualifier"]
    qualifier = LISTS["qualifier"].meanings[code].reader_label if code else ""
    numbers = [
        f"{name} {figure[name]}" for name in ("low", "best", "high") if figure[name] is not None
    ]
    reading = ", ".join(filter(None, (qualifier, *numbers, figure["unit"])))
    return f"{figure['as_printed']} ({figure['counts'] or NOTHING}; {reading or NOTHING})"
