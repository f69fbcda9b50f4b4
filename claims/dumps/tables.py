"""Claims and figures as flat tables, from records alone. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from claims.choices import CitationRole
from claims.importing.spreadsheet import safe_cell
from claims.models.public import claim_path
from claims.projection import speaker_name
from sources.projection import slug_of

# Of these no cell can be a formula, and "-5" has to stay the number that it is.
NOT_WORDS = frozenset({"integer", "number"})


@dataclass(frozen=True)
class Column:
    """A column: its name, its type as Table Schema calls it, and what stands in it."""

    name: str
    type: str = "string"
    description: str = ""


SPOKEN = (
    Column("speaker", description="actor, outlet (in its own voice) or nobody-named."),
    Column("claimant", description="Who says it; a description where they are private."),
    Column("claimant_id"),
    Column("voiced_by"),
    Column("voiced_by_id"),
    Column("event"),
    Column("event_id"),
    Column("about"),
    Column("said_not_before", "date"),
    Column("said_not_after", "date"),
    Column("said_as_printed"),
)
JUDGED = (
    Column(
        "fidelity",
        description="Whether those who carry it have its words right: each finding once.",
    ),
    Column("attribution_status", description="Whether they said so; empty: nobody is named."),
    Column("verification_status", description="Whether it is so; unchecked is no verdict."),
    Column("verified_as_of", "date"),
    Column("seq", "integer", "The place in the ledger of the record that says all this."),
    Column("permalink"),
)
CLAIM_COLUMNS = (
    Column("id"),
    Column("version", "integer"),
    Column("published_at", "datetime"),
    Column("status_line", description="Who said what, and what we know of it, in one sentence."),
    Column("text"),
    Column("language"),
    Column("original_words"),
    Column("original_language"),
    *SPOKEN,
    Column("kind"),
    Column("topics"),
    Column("figures", "integer", "How many figures it has; they stand in figures.csv."),
    *JUDGED,
    Column("sha256", description="Of the record, as in the log."),
)
FIGURE_COLUMNS = (
    Column("id"),
    Column("claim_id"),
    *SPOKEN,
    Column("as_printed", description="The words of the figure, as they were printed."),
    Column("counts", description="What is counted. Figures that count otherwise do not add up."),
    Column("qualifier"),
    Column("low", "number"),
    Column("best", "number"),
    Column("high", "number"),
    Column("unit"),
    Column("period"),
    Column("counted_not_before", "date"),
    Column("counted_not_after", "date"),
    Column("counted_as_printed"),
    Column("basis"),
    Column("measure"),
    Column("measure_id"),
    Column("counting"),
    *JUDGED,
)


def claim_row(record: dict[str, Any], *, sha256: str, site: str) -> dict[str, Any]:
    """A live claim by column; `site` is where its page stands."""
    content = record["content"]
    original = content["original"] or {}
    return {
        "id": record["subject"]["id"],
        "version": record["version"],
        "published_at": record["published_at"],
        "status_line": content["status_line"],
        "text": content["text"],
        "language": content["language"],
        "original_words": original.get("words"),
        "original_language": original.get("language"),
        "kind": content["kind"],
        "topics": "; ".join(topic["names"][0]["name"] for topic in content["topics"]),
        "figures": len(content["figures"]),
        "sha256": sha256,
        **shared_cells(record, site),
    }


def figure_rows(record: dict[str, Any], *, site: str) -> Iterator[dict[str, Any]]:
    """The figures of a live claim by column, in the claim's order."""
    shared = shared_cells(record, site)
    for figure in record["content"]["figures"]:
        measure, counted = figure["measure"] or {}, figure["counted_as_of"] or {}
        yield {
            **shared,
            **{name: figure[name] for name in ("id", "as_printed", "counts", "qualifier")},
            **{name: figure[name] for name in ("low", "best", "high", "period", "basis")},
            "claim_id": record["subject"]["id"],
            "unit": figure["unit"] or measure.get("unit"),
            "counted_not_before": counted.get("not_before"),
            "counted_not_after": counted.get("not_after"),
            "counted_as_printed": counted.get("as_printed"),
            "measure": measure.get("what"),
            "measure_id": measure.get("id"),
            "counting": measure.get("counting"),
        }


def shared_cells(record: dict[str, Any], site: str) -> dict[str, Any]:
    """What stands beside every claim and every figure: who says it, and what came of it."""
    content, public_id = record["content"], record["subject"]["id"]
    speaker, said, event = content["speaker"], content["said"] or {}, content["event"] or {}
    voiced_by = speaker["voiced_by"] or {}
    named = speaker["claimant"] or speaker["outlet"] or {}
    slug = slug_of(speaker_name(speaker), content["text"])
    return {
        "speaker": speaker["kind"],
        "claimant": speaker_name(speaker),
        "claimant_id": named.get("id"),
        "voiced_by": voiced_by.get("name"),
        "voiced_by_id": voiced_by.get("id"),
        "event": event.get("name"),
        "event_id": event.get("id"),
        "about": content["about"],
        "said_not_before": said.get("not_before"),
        "said_not_after": said.get("not_after"),
        "said_as_printed": said.get("as_printed"),
        "fidelity": "; ".join(fidelity_of(content)),
        "attribution_status": content["attribution"]["status"],
        "verification_status": content["verification"]["status"],
        "verified_as_of": content["verification"]["as_of"],
        "seq": record["seq"],
        "permalink": f"{site}{claim_path(public_id, slug)}",
    }


def fidelity_of(content: dict[str, Any]) -> list[str]:
    """What was found of the words of those who carry the claim, each finding once."""
    carriers = (one for one in content["citations"] if one["role"] == CitationRole.ATTRIBUTION)
    return list(dict.fromkeys(carrier["fidelity"]["finding"] for carrier in carriers))


def cells(row: dict[str, Any], columns: Sequence[Column]) -> list[str]:
    """The row in the order of the columns: words safe in a spreadsheet, numbers as they are.

    Raises an error for a number that is none.
    """
    return [cell_of(row[column.name], column) for column in columns]


def cell_of(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if column.type in NOT_WORDS:
        Decimal(value)
        return str(value)
    return safe_cell(str(value))
