"""What stands in a claim's record, and the sentences made from it."""

import json
from pathlib import Path
from typing import Any

import pytest

from claims import choices
from claims.claim_file import load_file
from claims.corroboration import Why
from claims.kinds import KINDS
from claims.status_line import status_line
from factcheck.common.dates import PartOfDay
from factcheck.ledger.canonical import canonical_text, sha256_hex
from factcheck.ledger.models import Publication
from sources import choices as source_choices
from sources.publishing import gather
from tests.factories import add_figure, make_event, make_published_claim, make_ready_claim

BASE = Path(__file__).resolve().parent.parent.parent


def content(**changes: Any) -> dict[str, Any]:
    """The smallest content that has a status line."""
    return {
        "text": "Twelve boats were counted",
        "kind": "factual",
        "speaker": {
            "kind": "actor",
            "claimant": {"id": "a", "name": "the harbour office"},
            "voiced_by": None,
            "outlet": None,
        },
        "said": {"not_before": "2020-03-02", "not_after": "2020-03-02", "as_printed": ""},
        "attribution": {"status": "reported", "reason": ""},
        "verification": {"status": "unchecked", "as_of": None},
        "documents": [document()],
        "citations": [{"role": "attribution", "document": "d"}],
    } | changes


def document(**changes: Any) -> dict[str, Any]:
    return {
        "id": "d",
        "source": {"id": "s", "name": "the Gazette"},
        "is_held": True,
        "hop": None,
    } | changes


def bounds(first: str | None, last: str | None, printed: str = "") -> dict[str, Any]:
    return {"not_before": first, "not_after": last, "as_printed": printed}


START = "The harbour office said on 2 March 2020: Twelve boats were counted."
READ = "We read it in the Gazette; we have not seen the original."
UNCHECKED = "We have not checked whether it is so."
ORIGINAL = {"id": "o", "source": None, "is_held": False, "hop": None}
BY_MACHINE = {"of": "o", "manner": "translates", "translator": "machine"}

LINES = {
    "as design.md has it": ({}, f"{START} {READ} {UNCHECKED}"),
    "between two days": (
        {"said": bounds("2020-03-02", "2020-03-04")},
        "The harbour office said between 2 March 2020 and 4 March 2020: "
        f"Twelve boats were counted. {READ} {UNCHECKED}",
    ),
    "on or before": (
        {"said": bounds(None, "2020-03-04")},
        "The harbour office said on or before 4 March 2020: "
        f"Twelve boats were counted. {READ} {UNCHECKED}",
    ),
    "no date at all": (
        {"said": None},
        "The harbour office said on a date not established: "
        f"Twelve boats were counted. {READ} {UNCHECKED}",
    ),
    "through a machine": (
        {"documents": [document(hop=BY_MACHINE), ORIGINAL]},
        f"{START} We read it in the Gazette (machine translation); we have not seen the original. "
        f"{UNCHECKED}",
    ),
    "on record": (
        {"attribution": {"status": "on-record", "reason": ""}},
        f"{START} We read it in the Gazette; we have seen the original. {UNCHECKED}",
    ),
    "made up": (
        {"attribution": {"status": "fabricated", "reason": "x"}},
        "The harbour office is quoted as saying on 2 March 2020: Twelve boats were counted. "
        "We read it in the Gazette; there is evidence that the words were made up. "
        f"{UNCHECKED}",
    ),
    "own voice": (
        {
            "speaker": {
                "kind": "own-voice",
                "claimant": None,
                "voiced_by": None,
                "outlet": {"id": "s", "name": "the Gazette"},
            }
        },
        "The Gazette is reported to say in its own voice on 2 March 2020: "
        "Twelve boats were counted. "
        f"{READ} {UNCHECKED}",
    ),
    "nobody named": (
        {
            "speaker": {
                "kind": "nobody-named",
                "claimant": None,
                "voiced_by": None,
                "outlet": None,
            },
            "attribution": {"status": None, "reason": ""},
        },
        "It is said, with nobody named, on 2 March 2020: Twelve boats were counted. "
        f"We read it in the Gazette. {UNCHECKED}",
    ),
    "false": (
        {"verification": {"status": "false", "as_of": "2020-03-05"}},
        f"{START} {READ} False, as of 5 March 2020.",
    ),
    "opinion": (
        {"kind": "opinion", "verification": {"status": "not-checkable", "as_of": None}},
        f"{START} {READ} It is an opinion, which is not checked as a fact.",
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_the_status_line_says_who_what_when_and_whether(name):
    changes, line = LINES[name]

    assert status_line(content(**changes)) == line


def test_every_status_has_a_sentence():
    for status in choices.AttributionStatus:
        assert status_line(content(attribution={"status": status.value, "reason": "x"}))
    for status in set(choices.VerificationStatus) - {choices.VerificationStatus.NOT_CHECKABLE}:
        line = status_line(content(verification={"status": status.value, "as_of": "2020-03-05"}))
        assert "as of 5 March 2020" in line or status == choices.VerificationStatus.UNCHECKED


# The schema of what was published is never changed: a new code makes a new schema.

CODES: list[tuple[str, list[str], type]] = [
    ("claims/schemas/claim.3.json", ["properties", "about"], choices.About),
    ("claims/schemas/claim.3.json", ["properties", "kind"], choices.ClaimKind),
    (
        "claims/schemas/claim.3.json",
        ["properties", "verification", "properties", "status"],
        choices.VerificationStatus,
    ),
    (
        "claims/schemas/claim.3.json",
        ["properties", "attribution", "properties", "status"],
        choices.AttributionStatus,
    ),
    (
        "claims/schemas/claim.3.json",
        ["properties", "figures", "items", "properties", "qualifier"],
        choices.Qualifier,
    ),
    (
        "claims/schemas/claim.3.json",
        ["properties", "relays", "items", "properties", "manner"],
        choices.RelayManner,
    ),
    (
        "claims/schemas/claim.3.json",
        ["properties", "relations", "items", "properties", "kind"],
        choices.RelationKind,
    ),
    (
        "claims/schemas/claim.3.json",
        ["properties", "media_findings", "items", "properties", "finding"],
        choices.MediaFindingKind,
    ),
    (
        "claims/schemas/claim.3.json",
        ["properties", "inquiries", "items", "properties", "manner"],
        choices.InquiryManner,
    ),
    (
        "claims/schemas/claim.3.json",
        ["properties", "inquiries", "items", "properties", "result"],
        choices.InquiryResult,
    ),
    (
        "claims/schemas/claim.3.json",
        ["$defs", "origins", "properties", "ends", "items", "properties", "why"],
        Why,
    ),
    ("claims/schemas/claim.3.json", ["$defs", "bounds", "properties", "part_of_day"], PartOfDay),
    (
        "claims/schemas/event.1.json",
        ["properties", "parties", "items", "properties", "interest"],
        choices.Interest,
    ),
    ("sources/schemas/actor.1.json", ["properties", "kind"], source_choices.ActorKind),
    ("sources/schemas/source.1.json", ["properties", "kind"], source_choices.SourceKind),
]


@pytest.mark.parametrize(("file", "path", "codes"), CODES, ids=lambda value: str(value)[:60])
def test_the_schema_has_exactly_the_codes(file, path, codes):
    schema = json.loads((BASE / file).read_text())
    for part in path:
        schema = schema[part]

    assert [code for code in schema["enum"] if code is not None] == list(
        codes.values if hasattr(codes, "choices") else codes
    )


# The bytes


@pytest.mark.django_db
def test_the_same_file_is_the_same_content():
    claim = make_ready_claim(event=make_event())
    add_figure(claim)

    first, second = (gather(claim, KINDS) for _ in range(2))

    assert canonical_text(first.root.content) == canonical_text(second.root.content)
    assert first.review_hash == second.review_hash


@pytest.mark.django_db
def test_a_record_is_canonical_json_and_its_hash_is_of_its_bytes():
    make_published_claim()

    for publication in Publication.objects.all():
        assert canonical_text(json.loads(publication.record)) == publication.record
        assert sha256_hex(publication.record) == publication.record_sha256


@pytest.mark.django_db
def test_a_numbers_record_is_a_decimal_string():
    claim = make_ready_claim()
    add_figure(claim, position=1, best="36.5000")
    add_figure(claim, position=2, best="100")

    figures = gather(claim, KINDS).root.content["figures"]

    assert [figure["best"] for figure in figures] == ["36.5", "100"]


@pytest.mark.django_db
@pytest.mark.parametrize("citations", [1, 3])
def test_a_files_queries_do_not_grow_with_it(citations, django_assert_num_queries):
    claim = make_ready_claim()
    for number in range(citations - 1):
        claim.citations.create(
            position=number + 3,
            document=claim.citations.get(position=1).document,
            passage=claim.citations.get(position=1).passage,
            first_hand=False,
            created_by=claim.created_by,
        )

    with django_assert_num_queries(15):
        load_file(claim)


@pytest.mark.django_db
def test_no_record_reads_the_bytes_or_the_text_of_a_capture(django_assert_num_queries):
    claim = make_ready_claim()

    with django_assert_num_queries(15) as queries:
        load_file(claim)

    everything = " ".join(query["sql"] for query in queries.captured_queries)
    assert '"sources_capture"."content"' not in everything
    assert '"sources_capture"."text"' not in everything
