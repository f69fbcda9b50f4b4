"""Whether what readers are served is what the ledger says."""

from collections.abc import Iterator

import orjson
from jsonschema import Draft202012Validator

from claims.kinds import KINDS
from factcheck.integrity.check import Check
from factcheck.integrity.ledger import ROWS_AT_ONCE
from factcheck.ledger.choices import TOMBSTONES
from factcheck.ledger.models import Publication
from factcheck.ledger.schemas import validator_of
from factcheck.public_side import rebuild


def records_unlike_their_schema() -> Iterator[str]:
    """Records that do not meet the schema whose number they name."""
    for publication in Publication.objects.exclude(record="").iterator(chunk_size=ROWS_AT_ONCE):
        try:
            record = orjson.loads(publication.record)
            validator = validator_for(publication, record["schema"])
        except (ValueError, LookupError, TypeError):
            yield f"publication {publication.seq}: it names no schema that there is."
            continue
        errors = sorted(error.json_path for error in validator.iter_errors(record))
        if errors:
            yield f"publication {publication.seq}: its schema refuses {', '.join(errors)}."


def validator_for(publication: Publication, version: int) -> Draft202012Validator:
    """The validator of such a record. Raises KeyError for a version that there is not."""
    if publication.kind in TOMBSTONES:
        return validator_of(None)
    kind = KINDS[publication.subject_kind]
    schemas = {**kind.older_schemas, kind.schema_version: kind.schema}
    return validator_of(schemas[version], version)


def projections_other_than_the_ledger() -> Iterator[str]:
    """Rows that readers are served and that a rebuild would change; publishing waits meanwhile."""
    for difference in rebuild(check_only=True):
        yield f"{difference}."


CHECKS = (
    Check("schemas", "Every record meets the schema that it names.", records_unlike_their_schema),
)
# It writes everything anew and undoes that, which no reading transaction can do.
REBUILD = Check(
    "projections",
    "All that readers are served is what the ledger says.",
    projections_other_than_the_ledger,
)
