"""The sheet as data: every row with what it says, where it stands, and what is missing."""

from collections.abc import Sequence
from typing import Any

from claims.choices import Stage
from claims.claim_file import ClaimFile, load_files
from claims.models import Claim, Figure
from claims.opening import open_among, subject_of_claim
from claims.record.numbers import number
from claims.rules import unmet_by
from claims.sheet.opened import Sheet
from claims.sheet.parts import RowParts, parts_of
from claims.steps import SETTLED, STEPS
from factcheck.common.dates import DateBounds
from factcheck.ledger import log
from factcheck.ledger.choices import STATE_AFTER, PublicationKind, PublicState
from factcheck.ledger.models import Decision
from sources.services import find_places

Data = dict[str, Any]

# The steps that are taken with many rows at once.
ON_THE_SHEET = tuple(STEPS[action] for action in ("submit", "approve", "return"))
# The rules are shown while somebody can still do something about them here.
NOT_READY_YET = (Stage.DRAFT, Stage.IN_REVIEW)


def rows_of(sheet: Sheet) -> list[Data]:
    """All rows of the sheet."""
    return rows_as_data(sheet, list(sheet.claims().only("pk")))


def rows_as_data(sheet: Sheet, claims: Sequence[Claim]) -> list[Data]:
    """These rows, in their order, in a number of queries that does not grow with theirs; only a
    verdict that counts evidence asks further. Leaves out what is deleted by now.
    """
    files = load_files(claims)
    states = public_states([file.claim for file in files])
    returned = notes_of_returned([file.claim for file in files])
    return [
        {
            **content_of(sheet, file),
            **standing_of(sheet, file, states.get(file.claim.public_id, PublicState.NEVER)),
            "returned": returned.get(file.claim.decision_id, ""),
        }
        for file in files
    ]


# What a row says


def content_of(sheet: Sheet, file: ClaimFile) -> Data:
    """What stands in the row's cells."""
    parts = parts_of(file, sheet.document)
    claim, citation = parts.claim, parts.citation
    return {
        "id": claim.pk,
        "public_id": claim.public_id,
        "text": claim.text,
        "language": claim.language,
        **quote_of(sheet, parts),
        "citation": citation.public_id if citation else None,
        "speaker": claim.speaker,
        "claimant": named(claim.claimant),
        "voiced_by": named(claim.voiced_by),
        "outlet": named(claim.outlet),
        "cue": citation.cue if citation else "",
        "form": citation.form if citation else "",
        "named_speaker": citation.named_speaker if citation else "",
        "about": claim.about,
        "kind": claim.kind,
        "event": named(claim.event),
        "topics": [named(topic) for topic in parts.topics],
        "figure": figure_of(parts.figures[0]) if parts.figures else None,
        "figures_more": max(len(parts.figures) - 1, 0),
        "said": bounds_of(claim.said),
        "original_words": claim.original_words,
        "original_language": claim.original_language,
        "harm_check": list(claim.harm_check),
        "origin": named(parts.origin),
        "manner": parts.relay.manner if parts.relay else "",
        "attribution_status": claim.attribution_status,
        "verification_status": claim.verification_status,
    }


def quote_of(sheet: Sheet, parts: RowParts) -> Data:
    """The words and where they stand. `found` has the places in the newest capture of words that
    are anchored in an older one, where each of them stands there once.
    """
    ranges, found = [], []
    passage = parts.passage
    if passage is not None and sheet.capture is not None:
        runs = list(passage.ranges.all())
        if passage.capture_id == sheet.capture.pk:
            ranges = [[run.start, run.end] for run in runs]
        else:
            found = only_places(sheet.text, [run.exact for run in runs])
    return {
        "quote": parts.quote,
        "ranges": ranges,
        "found": found,
        "locator": passage.locator if passage is not None else "",
        "unfound_quote": parts.citation.unfound_quote if parts.citation else "",
    }


def only_places(text: str, runs: Sequence[str]) -> list[list[int]]:
    """The place of each run of words, if every one stands in the text exactly once; else none."""
    places = [find_places(text, run, limit=2) for run in runs]
    if any(len(hits) != 1 for hits in places):
        return []
    return sorted([start, end] for [(start, end)] in places)


def named(row: Any) -> Data | None:
    """A row that the sheet refers to."""
    return None if row is None else {"id": row.pk, "label": str(row)}


def figure_of(figure: Figure) -> Data:
    """The words as printed and our reading of them."""
    return {
        "as_printed": figure.as_printed,
        "counts": figure.counts,
        "qualifier": figure.qualifier,
        "low": number(figure.low),
        "best": number(figure.best),
        "high": number(figure.high),
        "unit": figure.unit,
    }


def bounds_of(bounds: DateBounds) -> Data:
    """A date, as far as a row gives it."""
    return {
        "not_before": bounds.not_before.isoformat() if bounds.not_before else None,
        "not_after": bounds.not_after.isoformat() if bounds.not_after else None,
        "as_printed": bounds.as_printed,
    }


# Where a row stands


def standing_of(sheet: Sheet, file: ClaimFile, state: PublicState) -> Data:
    """Stage, public state, what is missing, and what this person may do now."""
    claim = file.claim
    steps = open_among(ON_THE_SHEET, claim, sheet.by, roles=sheet.roles, state=state)
    why_not = why_not_editable(sheet, claim)
    return {
        "edit_number": claim.edit_number,
        "stage": claim.stage,
        "stage_label": claim.get_stage_display(),
        "public_state": state.value,
        "url": sheet.address(claim, ""),
        "steps": [{"action": step.action, "label": step.button} for step in steps],
        "unmet": [
            {
                "name": rule.name,
                "sentence": rule.sentence,
                "url": sheet.address(claim, rule.field),
            }
            for rule in (unmet_by(file) if claim.stage in NOT_READY_YET else [])
        ],
        "removable": is_removable(sheet, claim, state),
        "editable": not why_not,
        "why_not": why_not,
    }


def is_removable(sheet: Sheet, claim: Claim, state: PublicState) -> bool:
    """Whether this person may delete the row: a draft with which no step was ever taken."""
    is_fresh = claim.stage == Stage.DRAFT and claim.decision_id is None
    return is_fresh and state == PublicState.NEVER and sheet.by.has_perm("claims.delete_claim")


def why_not_editable(sheet: Sheet, claim: Claim) -> str:
    """Why this person cannot change the row now; empty where nothing is in the way."""
    if not sheet.may_change:
        return "You may look at this, and not change it."
    return SETTLED if claim.stage == Stage.SETTLED else ""


def public_states(claims: Sequence[Claim]) -> dict[str, PublicState]:
    """What the public sees of those that were ever published, by public id."""
    newest = log.newest_of(subject_of_claim(claim) for claim in claims)
    return {
        public_id: STATE_AFTER[PublicationKind(kind)]
        for public_id, kind in newest.values_list("subject_id", "kind")
    }


def notes_of_returned(claims: Sequence[Claim]) -> dict[int | None, str]:
    """The note with which drafts were returned, by the decision that they rest on."""
    keys = {claim.decision_id for claim in claims if claim.stage == Stage.DRAFT}
    decisions = Decision.objects.filter(pk__in=keys - {None}, action="return")
    return dict(decisions.values_list("pk", "note"))
