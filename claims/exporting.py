"""Claims of the desk as CSV, a row each.

Safe in a spreadsheet. Notes of the desk are in no column, and who is private is told by a
description, never by name.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from claims.choices import CitationRole
from claims.importing.spreadsheet import csv_text
from claims.models import Citation, Claim, Figure
from factcheck.ledger import log
from factcheck.ledger.choices import PublicState, SubjectKind
from factcheck.ledger.subjects import Subject
from sources.models import Actor
from sources.models.merging import resolved
from sources.record import actor_name

BATCH = 500
# As the importer names them, where it has them.
COLUMNS = (
    "public_id",
    "text",
    "language",
    "original_words",
    "original_language",
    "speaker",
    "claimant",
    "claimant_id",
    "voiced_by",
    "outlet",
    "event",
    "event_id",
    "about",
    "claim_kind",
    "topics",
    "said_not_before",
    "said_not_after",
    "said_as_printed",
    "attribution_status",
    "verification_status",
    "as_of",
    "rationale",
    "unknowns",
    "document",
    "document_id",
    "document_url",
    "quote",
    "cue",
    "form",
    "citations",
    "figure_as_printed",
    "figure_counts",
    "figure_qualifier",
    "figure_low",
    "figure_best",
    "figure_high",
    "figure_unit",
    "figures",
    "stage",
    "public_state",
    "permalink",
)


def csv_of(claims: Iterable[int]) -> Iterator[str]:
    """The claims with these primary keys as CSV, in pieces, the header first."""
    yield line(COLUMNS)
    wanted = list(claims)
    for start in range(0, len(wanted), BATCH):
        for row in rows_of(wanted[start : start + BATCH]):
            yield line(row[name] for name in COLUMNS)


def line(cells: Iterable[Any]) -> str:
    """One line of CSV (RFC 4180), each cell safe in a spreadsheet."""
    return csv_text([cells])


def rows_of(keys: list[int]) -> Iterator[dict[str, Any]]:
    """The claims as rows by column, in the order of their keys, in a fixed number of queries."""
    found = (
        Claim.objects.filter(pk__in=keys)
        .select_related("claimant__merged_into", "voiced_by__merged_into", "outlet", "event")
        .prefetch_related("topics", "figures", "citations__document", "citations__passage__ranges")
        .in_bulk()
    )
    subjects = {key: Subject(SubjectKind.CLAIM, claim.public_id) for key, claim in found.items()}
    newest = log.newest(subjects.values())
    for key in keys:
        if key in found:
            yield row_of(found[key], log.public_state(newest.get(subjects[key])))


def row_of(claim: Claim, state: PublicState) -> dict[str, Any]:
    """One claim by column, with its first carrier and its first figure, and how many there are."""
    citations, figures = list(claim.citations.all()), list(claim.figures.all())
    carriers = [one for one in citations if one.role == CitationRole.ATTRIBUTION]
    return {
        "public_id": claim.public_id,
        "text": claim.text,
        "language": claim.language,
        "original_words": claim.original_words,
        "original_language": claim.original_language,
        "speaker": claim.speaker,
        "claimant": name_of(claim.claimant),
        "claimant_id": claim.claimant and resolved(claim.claimant).public_id,
        "voiced_by": name_of(claim.voiced_by),
        "outlet": claim.outlet and claim.outlet.name,
        "event": claim.event and claim.event.title,
        "event_id": claim.event and claim.event.public_id,
        "about": claim.about,
        "claim_kind": claim.kind,
        "topics": "; ".join(topic.name for topic in claim.topics.all()),
        "said_not_before": claim.said.not_before,
        "said_not_after": claim.said.not_after,
        "said_as_printed": claim.said.as_printed,
        "attribution_status": claim.attribution_status,
        "verification_status": claim.verification_status,
        "as_of": claim.as_of,
        "rationale": claim.rationale,
        "unknowns": claim.unknowns,
        **cells_of_carrier(carriers[0] if carriers else None),
        "citations": len(citations),
        **cells_of_figure(figures[0] if figures else None),
        "figures": len(figures),
        "stage": claim.stage,
        "public_state": state.value,
        "permalink": "" if state == PublicState.NEVER else f"/claims/{claim.public_id}/",
    }


def name_of(actor: Actor | None) -> str:
    """What the public calls the actor, or whoever stands for it."""
    return "" if actor is None else actor_name(resolved(actor))


def cells_of_carrier(citation: Citation | None) -> dict[str, Any]:
    """The cells of the first citation that carries the claim."""
    if citation is None:
        return dict.fromkeys(("document", "document_id", "document_url", "quote", "cue", "form"))
    passage = citation.passage
    return {
        "document": citation.document.title,
        "document_id": citation.document.public_id,
        "document_url": citation.document.url,
        "quote": "\n[…]\n".join(run.exact for run in passage.ranges.all()) if passage else "",
        "cue": citation.cue,
        "form": citation.form,
    }


def cells_of_figure(figure: Figure | None) -> dict[str, Any]:
    """The cells of the first figure, numbers without trailing zeros."""
    names = ("as_printed", "counts", "qualifier", "low", "best", "high", "unit")
    if figure is None:
        return {f"figure_{name}": None for name in names}
    cells = {f"figure_{name}": getattr(figure, name) for name in names}
    for name in ("figure_low", "figure_best", "figure_high"):
        if cells[name] is not None:
            cells[name] = f"{cells[name].normalize():f}"
    return cells
