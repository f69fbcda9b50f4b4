"""What the OpenAPI document calls by name: the schemas of records, and what lists tell of them.

The schemas of records are those by which every record is checked before it is published.
"""

import copy
from pathlib import Path
from typing import Any

import orjson

from claims.api.shapes import (
    DAY,
    ID,
    MOMENT,
    PLACE,
    SHA256,
    Schema,
    many,
    nullable,
    ref,
    shape,
    told,
)
from claims.kinds import KINDS
from claims.vocabulary import LISTS
from factcheck.common.errors import FactcheckError
from factcheck.common.problems import QUOTA_EXCEEDED
from factcheck.ledger.choices import PublicationKind, SubjectKind
from factcheck.ledger.schemas import envelope_schema, tombstone_schema

CLAIM = f"ClaimRecord{KINDS[SubjectKind.CLAIM].schema_version}"
# A record of a synthetic claim as it was published; a test holds it to what is published now.
EXAMPLE = Path(__file__).parent / "described" / "claim_record.json"
NAME = {kind.value: kind.value.capitalize() for kind in SubjectKind}


def components() -> dict[str, Schema]:
    """Every named schema."""
    return {
        "Problem": PROBLEM,
        **records(),
        "ClaimSummary": claim_summary(),
        "ActorSummary": subject_summary(
            SubjectKind.ACTOR,
            ("kind", "name", "description", "names", "wikidata_id"),
            controls=many(
                shape(
                    {
                        "parent": ref("ActorRecord1", "$defs", "reference"),
                        "held_from": nullable(DAY),
                        "held_until": nullable(DAY),
                    }
                )
            ),
        ),
        "SourceSummary": subject_summary(
            SubjectKind.SOURCE, ("kind", "name", "language", "operator", "addresses")
        ),
        "EventSummary": subject_summary(
            SubjectKind.EVENT, ("name", "happened", "place", "part_of", "measures")
        ),
        "Topic": shape(TOPIC, "A topic, as the newest claim that names it tells it."),
        "Document": DOCUMENT,
        "CitedDocument": CITED_DOCUMENT,
        "FigureRow": figure_row(),
        "Sum": SUM,
        "Version": shape(VERSION),
        "CodeList": CODE_LIST,
    }


def records() -> dict[str, Schema]:
    """The schemas of whole records, one for each version of each kind that was ever published."""
    found: dict[str, Schema] = {}
    for kind, how in KINDS.items():
        schemas = {**how.older_schemas, how.schema_version: how.schema}
        for version, schema in sorted(schemas.items()):
            name = f"{NAME[kind]}Record{version}"
            found[name] = at_home(envelope_schema(schema, version), name)
            found[name]["title"] = f"Record of {a(kind)}, schema {version}"
        versions = [ref(f"{NAME[kind]}Record{version}") for version in sorted(schemas)]
        found[f"{NAME[kind]}Record"] = {
            "description": f"The record of {a(kind)}, in the schema that it names. A record never"
            " changes its shape once published.",
            "anyOf": versions,
        }
    found["ClaimRecord"]["description"] += " What the example tells is synthetic."
    found["ClaimRecord"]["examples"] = [orjson.loads(EXAMPLE.read_bytes())]
    found["Tombstone"] = at_home(tombstone_schema(), "Tombstone")
    found["Tombstone"]["title"] = "Record of something that was taken back"
    return found


def a(kind: str) -> str:
    """The kind with its article."""
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"


def at_home(schema: Schema, name: str) -> Schema:
    """The schema with its references pointed at where its definitions stand in the document."""

    def moved(part: Any) -> Any:
        if isinstance(part, list):
            return [moved(one) for one in part]
        if not isinstance(part, dict):
            return part
        return {
            key: value.replace("#/$defs/", f"#/components/schemas/{name}/$defs/")
            if key == "$ref"
            else moved(value)
            for key, value in part.items()
        }

    return {key: moved(value) for key, value in copy.deepcopy(schema).items() if key != "$schema"}


# What lists tell

HEAD: dict[str, Schema] = {
    "id": ID,
    "version": PLACE,
    "seq": {**PLACE, "description": "The place of its newest record in the public log."},
    "published_at": MOMENT,
    "sha256": {**SHA256, "description": "Of that record: the ETag of its address."},
    "path": {"type": "string", "description": "The address of its page on this site."},
}


def claim_summary() -> Schema:
    """A claim as lists tell it: never its words without who says them and both statuses."""
    names = ("status_line", "text", "language", "speaker", "said", "event", "about", "kind")
    return shape(
        {
            **HEAD,
            **{name: told(CLAIM, name) for name in (*names, "topics")},
            "attribution_status": told(CLAIM, "attribution", "status"),
            "verification_status": told(CLAIM, "verification", "status"),
            "as_of": told(CLAIM, "verification", "as_of"),
            "was_imported": told(CLAIM, "was_imported"),
            "imported_review": told(CLAIM, "imported_review"),
            "origins": shape(
                {name: {"type": "integer", "minimum": 0} for name in ("supports", "refutes")},
                "How many independent origins there are for it, and against it.",
            ),
            "figures": told(CLAIM, "figures"),
        },
        "A claim that stands now, in short. Show its words only with who says them and with both"
        " statuses: `status_line` is a sentence with all of them.",
    )


def subject_summary(kind: SubjectKind, names: tuple[str, ...], **more: Schema) -> Schema:
    """An actor, a source or an event as lists tell it."""
    fields = {name: told(f"{NAME[kind]}Record1", name) for name in names}
    return shape({**HEAD, **fields, **more}, f"{a(kind).capitalize()} in short.")


def figure_row() -> Schema:
    """A figure with the claim that gives it."""
    figure = f"{CLAIM}/properties/content/properties/figures/items/properties"
    own = ("as_printed", "counts", "qualifier", "low", "best", "high", "unit", "period")
    statuses = {"attribution_status": "attribution", "verification_status": "verification"}
    return shape(
        {
            "figure": ID,
            "claim": ID,
            "version": PLACE,
            "seq": PLACE,
            "path": HEAD["path"],
            "speaker": told(CLAIM, "speaker", "kind"),
            **{name: told(CLAIM, "speaker", name) for name in ("claimant", "voiced_by", "outlet")},
            "said": told(CLAIM, "said"),
            **{name: ref(figure, name) for name in (*own, "counted_as_of", "basis", "measure")},
            **{name: told(CLAIM, part, "status") for name, part in statuses.items()},
            "as_of": told(CLAIM, "verification", "as_of"),
        },
        "One figure: the words as printed, and beside them numbers as numbers (decimal strings).",
    )


TEXT: Schema = {"type": "string"}
TOPIC: dict[str, Schema] = {
    "id": ID,
    "seq": PLACE,
    "slug": TEXT,
    "names": told(CLAIM, "topics", "names"),
    "claims": {"type": "integer", "minimum": 1, "description": "How many claims name it now."},
}
TOPIC["names"] = ref(f"{CLAIM}/properties/content/properties/topics/items/properties/names")
CITED_DOCUMENT = shape(
    {"id": ID, "title": TEXT, "url": TEXT, "is_held": {"type": "boolean"}, "path": TEXT},
    "A document at the address. `is_held`: we keep a copy of it.",
)
DOCUMENT_TOLD = ("id", "kind", "title", "source", "author", "url", "language", "is_held")
DOCUMENT: Schema = {
    "description": "A document as the newest claim that cites it tells it, and its page here.",
    "type": "object",
    "required": ["id", "title", "url", "is_held", "path"],
    "properties": {
        **{
            name: ref(f"{CLAIM}/properties/content/properties/documents/items/properties", name)
            for name in (*DOCUMENT_TOLD, "former_ids")
        },
        "path": TEXT,
    },
}
VERSION: dict[str, Schema] = {
    "version": PLACE,
    "publication": {"enum": [kind.value for kind in PublicationKind]},
    "seq": PLACE,
    "published_at": MOMENT,
    "note": nullable({"type": "string", "description": "Our note: what changed, and why."}),
    "sha256": SHA256,
}
DECIMAL: Schema = {"type": ["string", "null"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
SUM = shape(
    {
        "measure": {"type": "object"},
        "unit": TEXT,
        "basis": TEXT,
        "claimant": ID,
        "period": TEXT,
        "figures": {"type": "integer", "minimum": 1},
        "low": DECIMAL,
        "high": DECIMAL,
    },
    "The sum of the lowest and of the highest values; null where one figure is open on that side.",
)
CODE_LIST = shape(
    {
        "name": {"enum": list(LISTS)},
        "title": TEXT,
        "question": TEXT,
        "codes": many(
            {
                "type": "object",
                "required": ["code", "label", "definition", "since"],
                "properties": {"code": TEXT, "label": TEXT, "definition": TEXT, "since": DAY},
            }
        ),
    },
    "The codes that can be the answer to one question.",
)


def problem_types() -> list[str]:
    """Every type that a problem can have."""
    families = sorted({f"urn:factcheck:problem:{one.code}" for one in family(FactcheckError)})
    return ["about:blank", QUOTA_EXCEEDED, *families]


def family(error: type[FactcheckError]) -> list[type[FactcheckError]]:
    """The errors that are raised on purpose."""
    return [error, *(one for kind in error.__subclasses__() for one in family(kind))]


PROBLEM: Schema = {
    "title": "Problem details (RFC 9457)",
    "description": "What went wrong, in words for the person who reads it.",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
    "properties": {
        "type": {"enum": problem_types()},
        "title": TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "instance": {"type": "string", "description": "The path that was asked for."},
        "violated-policies": {
            **many(TEXT),
            "description": "The limits, by their names in `RateLimit-Policy`.",
        },
        "errors": many(
            {
                "type": "object",
                "required": ["detail"],
                "additionalProperties": False,
                "properties": {
                    "parameter": {"type": "string", "description": "Of the query."},
                    "pointer": {"type": "string", "description": "Into the body (RFC 6901)."},
                    "detail": TEXT,
                },
            },
            50,
        ),
    },
}
