import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from factcheck.common.errors import FieldError, InvalidInput
from factcheck.ledger.drafts import ANY_PLACE, record_of_draft
from factcheck.ledger.schemas import (
    check_record,
    envelope_schema,
    tombstone_schema,
    validator_of,
)
from tests.ledger.conftest import ACTOR, CLAIM, CONTENT_SCHEMA, draft_of

pytestmark = pytest.mark.database

SALT = "0123456789abcdef" * 2


def record(kind="publish", **changes):
    draft = draft_of(CLAIM, kind, **changes)
    return record_of_draft(draft, place=ANY_PLACE, salt=SALT)


def errors_of(value, schema=CONTENT_SCHEMA):
    with pytest.raises(InvalidInput) as caught:
        check_record(value, validator_of(schema))
    return [error.pointer for error in caught.value.errors]


def test_the_composed_schemas_are_schemas():
    Draft202012Validator.check_schema(envelope_schema(CONTENT_SCHEMA))
    Draft202012Validator.check_schema(tombstone_schema())


@pytest.mark.parametrize("kind", ["publish", "update", "correct", "restore"])
def test_a_record_with_content_meets_its_schema(kind):
    check_record(record(kind), validator_of(CONTENT_SCHEMA))


@pytest.mark.parametrize("kind", ["suspend", "retract", "redact"])
def test_a_tombstone_meets_its_schema(kind):
    check_record(record(kind), validator_of(None))


def test_a_record_is_of_the_version_that_its_content_is_of():
    later = record(schema_version=2)

    check_record(later, validator_of(CONTENT_SCHEMA, 2))
    with pytest.raises(InvalidInput) as caught:
        check_record(later, validator_of(CONTENT_SCHEMA, 1))

    assert [error.pointer for error in caught.value.errors] == ["/schema"]


@pytest.mark.parametrize(("kind", "pointers"), [("suspend", ["/successor"]), ("redact", [])])
def test_of_tombstones_without_need_of_a_successor_only_a_redaction_may_have_one(kind, pointers):
    tombstone = record(kind, successor=ACTOR)

    try:
        check_record(tombstone, validator_of(None))
        found = []
    except InvalidInput as error:
        found = [one.pointer for one in error.errors]

    assert found == pointers


def test_a_merge_names_the_successor():
    check_record(record("merge", successor=ACTOR), validator_of(None))

    assert errors_of(record("merge"), None) == ["/successor"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("schema", 2),
        ("seq", 0),
        ("seq", 2**53),
        ("version", "1"),
        ("publication", "retract"),
        ("published_at", "2026-11-22T12:00:00Z"),
        ("published_at", "2026-13-22T12:00:00.000000Z"),
        ("published_at", "2026-11-22T12:00:00.000000Z\n"),
        ("note", " "),
        ("successor", {"kind": "claim", "id": "0c1a1m0002"}),
        ("methodology", "2026-02-30"),
        ("salt", SALT.upper()),
        ("subject", {"kind": "topic", "id": "0c1a1m0002"}),
        ("subject", {"kind": "claim", "id": "oclaim0002"}),
        ("rights", {"ours": "CC0", "others_words": []}),
        ("content", None),
    ],
)
def test_every_field_of_the_envelope_is_checked(field, value):
    pointers = errors_of({**record(), field: value})

    assert field in {pointer.split("/")[1] for pointer in pointers}


def test_no_field_is_left_out_or_added():
    whole = record()
    for field in whole:
        assert errors_of({key: whole[key] for key in whole if key != field}) == [""]

    assert errors_of({**whole, "host": "example.org"}) == [""]
    assert errors_of({**record("retract"), "content": {"text": "again"}}, None) == [""]


def test_only_the_first_publication_may_go_without_a_note():
    assert errors_of({**record("update"), "note": None}) == ["/note"]
    assert errors_of({**record("suspend"), "note": None}, None) == ["/note"]


def test_an_error_says_where_and_what():
    with pytest.raises(InvalidInput) as caught:
        check_record(record(content={"text": "", "on": "22.11.2026"}), validator_of(CONTENT_SCHEMA))

    assert caught.value.errors == [
        FieldError("/content/on", "'22.11.2026' is not a 'date'"),
        FieldError("/content/text", "'' should be non-empty"),
    ]


def test_a_long_value_is_not_repeated_in_the_error():
    with pytest.raises(InvalidInput) as caught:
        check_record(record(content={"text": ["x" * 5000]}), validator_of(CONTENT_SCHEMA))

    [error] = caught.value.errors
    assert len(error.message) <= 201


@pytest.mark.parametrize(
    ("format_name", "good", "bad"),
    [
        ("date", "2026-11-22", "2026-11-31"),
        ("date", "2026-11-22", "20261122"),
        ("date-time", "2026-11-22T12:00:00+02:00", "2026-11-22 12:00"),
        ("date-time", "2026-11-22T12:00:00.5Z", "2026-11-22T25:00:00Z"),
        ("uri", "https://example.org/a?b#c", "javascript:alert(1)"),
        ("uri", "http://example.org", "https://user@example.org/"),
        ("uri", "http://example.org:8000/", "https://example.org/a b"),
    ],
)
def test_formats_are_checked(format_name, good, bad):
    schema = {"type": "object", "properties": {"it": {"type": "string", "format": format_name}}}

    check_record(record(content={"it": good}, schema=schema), validator_of(schema))
    assert errors_of(record(content={"it": bad}, schema=schema), schema) == ["/content/it"]


def test_a_format_that_nobody_checks_is_refused():
    with pytest.raises(ValueError, match="Nothing checks the format email"):
        validator_of({"type": "string", "format": "email"})


def test_a_definition_cannot_take_the_place_of_the_envelopes():
    with pytest.raises(ValueError, match="“subject”"):
        envelope_schema({"$defs": {"subject": {"type": "string"}}})


def test_what_is_no_schema_is_refused():
    with pytest.raises(SchemaError):
        validator_of({"type": "sentence"})
