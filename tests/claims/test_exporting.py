"""Claims as CSV: what stands at the desk, safe in a spreadsheet, without the desk's own notes."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.exporting import COLUMNS, csv_of
from claims.importing.spreadsheet import plain_cell, safe_cell
from claims.models import Claim
from tests.factories import (
    add_figure,
    make_actor,
    make_claim,
    make_published_claim,
    make_ready_claim,
)


def exported(*claims: Claim) -> list[dict[str, str]]:
    text = "".join(csv_of(claim.pk for claim in claims))
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.django_db
def test_a_claim_is_a_row_with_its_first_carrier_and_figure():
    claim = make_ready_claim(text="Synthetic boats were counted.", claimant=make_actor(name="M"))
    add_figure(claim, low=12, best=None, qualifier="more-than")
    add_figure(claim, position=2)

    row = exported(claim)[0]

    wanted = {
        "public_id": claim.public_id,
        "text": "Synthetic boats were counted.",
        "claimant": "M",
        "said_not_before": "2020-03-02",
        "quote": "The mayor of Exampleton said on Monday that 12 boats were counted.",
        "cue": "said",
        "citations": "2",
        "figure_as_printed": "12 boats",
        "figure_low": "12",
        "figure_best": "",
        "figures": "2",
        "stage": "draft",
        "public_state": "never",
        "permalink": "",
    }
    assert {name: row[name] for name in wanted} == wanted
    assert tuple(row) == COLUMNS


@pytest.mark.django_db
def test_a_published_claim_has_its_permanent_address():
    claim = make_published_claim()

    row = exported(claim)[0]

    assert (row["public_state"], row["permalink"]) == ("live", f"/claims/{claim.public_id}/")


@pytest.mark.django_db
def test_who_is_private_is_told_by_a_description():
    person = make_actor(
        kind="person", name="Synthetic Name", description="a neighbour", is_private=True
    )

    text = "".join(csv_of([make_claim(claimant=person).pk]))

    assert "a neighbour" in text
    assert "Synthetic Name" not in text


@pytest.mark.django_db
def test_notes_of_the_desk_stay_at_the_desk():
    claim = make_claim(harm_check=["source-at-risk"], harm_note="SYNTHETIC-CANARY")

    text = "".join(csv_of([claim.pk]))

    assert "SYNTHETIC-CANARY" not in text
    assert "source-at-risk" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_an_export_asks_as_often_for_many_claims_as_for_one(django_assert_num_queries, count):
    claims = [make_ready_claim() for _ in range(count)]

    with django_assert_num_queries(8):
        rows = exported(*claims)

    assert [row["public_id"] for row in rows] == [claim.public_id for claim in claims]


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "'=", "＝"])
def test_no_cell_begins_like_a_formula(start):
    claim = make_claim()
    Claim.objects.filter(pk=claim.pk).update(text=f"{start}1+1")

    cells = exported(claim)[0]

    assert cells["text"].startswith("'")
    assert plain_cell(cells["text"]) == f"{start}1+1"


@given(st.text())
def test_a_cell_made_safe_is_read_as_what_it_was(text):
    assert plain_cell(safe_cell(text)) == text


@given(st.text())
def test_a_safe_cell_never_begins_like_a_formula(text):
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
