"""What a dump says of itself: a Data Package (version 2)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.conf import settings

from claims.dumps.tables import CLAIM_COLUMNS, FIGURE_COLUMNS, Column
from claims.publisher import publisher_name
from factcheck.ledger.canonical import sha256_hex
from factcheck.ledger.choices import SubjectKind
from factcheck.ledger.records import LICENCE, time_text

PACKAGE = "datapackage.json"
MEDIA_TYPES = {
    ".jsonl": "application/jsonl",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
}
DESCRIPTION = (
    "All that was published, as it stood when the ledger's newest entry was that of `as_of_seq`. "
    "Whoever goes on from there with /api/v1/changes/?after=as_of_seq misses nothing. "
    "Our own words are under the licence below. Each record names in `rights.others_words` the "
    "fields that hold other people's words, which are not ours to license; in the tables these are "
    "text, original_words, claimant, said_as_printed, as_printed, counts and counted_as_printed."
)
RESOURCES: dict[str, dict[str, Any]] = {
    "records.jsonl": {
        "description": "The newest record of every claim, event, actor and source that is live: "
        "a line each, byte for byte as it was logged and as its address serves it.",
    },
    "tombstones.jsonl": {
        "description": "The newest record of everything that was suspended, retracted, merged or "
        "redacted: that it is gone, and why. Delete what you hold of it where it was redacted.",
    },
    "claims.csv": {"description": "A row for each claim that is live."},
    "figures.csv": {"description": "A row for each figure of those claims; they do not add up."},
}
TABLES: dict[str, tuple[Sequence[Column], dict[str, Any]]] = {
    "claims.csv": (CLAIM_COLUMNS, {"primaryKey": ["id"]}),
    "figures.csv": (
        FIGURE_COLUMNS,
        {
            "primaryKey": ["claim_id", "id"],
            "foreignKeys": [
                {"fields": ["claim_id"], "reference": {"resource": "claims", "fields": ["id"]}}
            ],
        },
    ),
}
ESCAPED = " A cell of words that a spreadsheet would read as a formula has an apostrophe before it."


class Described(Protocol):
    """A file that was written."""

    name: str
    rows: int
    bytes: int

    @property
    def sha256(self) -> str: ...


def package_of(
    files: Sequence[Described],
    *,
    seq: int,
    at: datetime | None,
    entry: str | None,
    counts: Mapping[str, int],
) -> dict[str, Any]:
    """The description of the files; its times are the ledger's, and none in an empty one."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "published-claims",
        "title": f"{publisher_name()}: claims, events, actors and sources, as published",
        "description": DESCRIPTION,
        "version": str(seq),
        **({"created": time_text(at)} if at else {}),
        **({"homepage": settings.SITE_URL} if settings.SITE_URL else {}),
        "licenses": [
            {
                "name": LICENCE,
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0: for our words, see the description",
            }
        ],
        "as_of_seq": seq,
        "as_of": time_text(at) if at else None,
        # The SHA-256 of the line of the log: of which ledger it is the place.
        "as_of_entry": sha256_hex(entry) if entry else None,
        "counts": {kind.value: counts.get(kind.value, 0) for kind in SubjectKind},
        "resources": [resource_of(file) for file in files],
    }


def resource_of(file: Described) -> dict[str, Any]:
    """A file by itself, with the columns where it is a table."""
    name, _, suffix = file.name.partition(".")
    resource: dict[str, Any] = {
        "name": name,
        "path": file.name,
        "format": suffix,
        "mediatype": MEDIA_TYPES[f".{suffix}"].partition(";")[0],
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        **RESOURCES[file.name],
    }
    if file.name not in TABLES:
        return resource
    columns, keys = TABLES[file.name]
    fields = [
        {"name": column.name, "type": column.type}
        | ({"description": column.description} if column.description else {})
        for column in columns
    ]
    return resource | {
        "type": "table",
        "description": resource["description"] + ESCAPED,
        "schema": {"fields": fields, **keys},
    }
