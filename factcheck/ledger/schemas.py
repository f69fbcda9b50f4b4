"""The JSON Schemas (2020-12) of whole records, and the check that a record meets its own."""

import copy
import functools
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from factcheck.common.errors import FieldError, InvalidInput
from factcheck.ledger.canonical import canonical_text
from factcheck.ledger.choices import TOMBSTONES, PublicationKind

Schema = Mapping[str, Any]

ENVELOPE: Schema = json.loads((Path(__file__).parent / "schemas" / "envelope.json").read_text())
MOST_ERRORS = 20


def envelope_schema(content_schema: Schema, version: int = 1) -> dict[str, Any]:
    """The schema of a whole record whose content meets `content_schema`, which is of this version.

    The content's own `$defs` move to the top, where its references `#/$defs/…` then find them.
    Raises ValueError if one of them has a name that the envelope uses.
    """
    content = {
        key: copy.deepcopy(value)
        for key, value in content_schema.items()
        if key not in {"$schema", "$id", "$defs"}
    }
    kinds = [kind for kind in PublicationKind if kind not in TOMBSTONES]
    schema = narrowed(kinds=kinds, version=version)
    schema["properties"]["content"] = content
    schema["properties"]["successor"] = {"type": "null"}
    schema["required"].append("content")
    # Only the first publication may go out without a note.
    schema["if"] = {"properties": {"publication": {"const": PublicationKind.PUBLISH.value}}}
    schema["else"] = {"properties": {"note": {"type": "string"}}}
    for name, definition in content_schema.get("$defs", {}).items():
        if name in schema["$defs"]:
            raise ValueError(f"Name the definition “{name}” otherwise: the envelope has its own.")
        schema["$defs"][name] = copy.deepcopy(definition)
    return schema


def tombstone_schema() -> dict[str, Any]:
    """The schema of a record that says only that its subject is not there, and why."""
    schema = narrowed(kinds=[kind for kind in PublicationKind if kind in TOMBSTONES], version=1)
    schema["properties"]["note"]["type"] = "string"
    schema["if"] = {"properties": {"publication": {"const": PublicationKind.MERGE.value}}}
    schema["then"] = {"properties": {"successor": {"$ref": "#/$defs/subject"}}}
    # Anything else but a redaction has none.
    schema["else"] = {
        "if": {"properties": {"publication": {"enum": ["suspend", "retract"]}}},
        "then": {"properties": {"successor": {"type": "null"}}},
    }
    return schema


def narrowed(*, kinds: list[PublicationKind], version: int) -> dict[str, Any]:
    """A copy of the envelope for these kinds of publication and this version only."""
    schema: dict[str, Any] = copy.deepcopy(dict(ENVELOPE))
    schema["properties"]["publication"]["enum"] = [kind.value for kind in kinds]
    schema["properties"]["schema"]["const"] = version
    return schema


# Formats. jsonschema takes a format it does not know for met, so an unknown one is refused here.

formats = FormatChecker(formats=())


@formats.checks("date", raises=ValueError)
def is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    return re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is not None and bool(
        date.fromisoformat(value)
    )


@formats.checks("date-time", raises=ValueError)
def is_date_time(value: object) -> bool:
    if not isinstance(value, str):
        return True
    shape = r"[0-9-]{10}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
    return re.fullmatch(shape, value) is not None and bool(datetime.fromisoformat(value))


@formats.checks("uri")
def is_web_address(value: object) -> bool:
    """Records link to the web and to nothing else, so `uri` means http or https here."""
    if not isinstance(value, str):
        return True
    return re.fullmatch(r"https?://[^\s/?#@]+([/?#]\S*)?", value) is not None


def check_record(record: dict[str, Any], validator: Draft202012Validator) -> None:
    """Raise InvalidInput, with a JSON Pointer each, for whatever the record's schema refuses."""
    errors = sorted(validator.iter_errors(record), key=lambda error: list(map(str, error.path)))
    if errors:
        raise InvalidInput(
            "The record does not have the shape that its schema promises; nothing was published.",
            errors=[
                FieldError(pointer(error), shortened(error.message))
                for error in errors[:MOST_ERRORS]
            ],
        )


def validator_of(content_schema: Schema | None, version: int = 1) -> Draft202012Validator:
    """The compiled validator of whole records with this content, or of tombstones for None.

    Raises ValueError for a format that nobody checks, SchemaError for a schema that is none.
    """
    if content_schema is None:
        return compiled(canonical_text(tombstone_schema()))
    return compiled(canonical_text(envelope_schema(content_schema, version)))


@functools.cache
def compiled(text: str) -> Draft202012Validator:
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    unknown = formats_in(schema) - formats.checkers.keys()
    if unknown:
        raise ValueError(f"Nothing checks the format {', '.join(sorted(unknown))}.")
    return Draft202012Validator(schema, format_checker=formats)


def formats_in(schema: Any) -> set[str]:
    """The values of every `format` in a schema."""
    if isinstance(schema, list):
        return set().union(*map(formats_in, schema))
    if not isinstance(schema, dict):
        return set()
    own = {schema["format"]} if isinstance(schema.get("format"), str) else set()
    return own.union(*map(formats_in, schema.values()))


def pointer(error: ValidationError) -> str:
    """The JSON Pointer (RFC 6901) of what the error is about."""
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in error.absolute_path)
    return "".join(f"/{part}" for part in parts)


def shortened(message: str) -> str:
    """The message without the long value that jsonschema likes to repeat."""
    return message if len(message) <= 200 else f"{message[:99]} … {message[-99:]}"
