"""Claims from a spreadsheet."""

import csv
import io
from pathlib import Path

import pytest

from claims.importing import import_file
from claims.models import Claim
from tests.claims.import_files import people
from tests.factories import make_actor, make_capture, make_event

__all__ = ["people"]

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def here():
    """What a CSV file refers to: an actor, an event, a held document."""
    actor, event, capture = make_actor(name="Harbour Office"), make_event(), make_capture()
    return actor, event, capture.document


def cells(here: tuple, **changes: str) -> dict[str, str]:
    actor, event, document = here
    row = {
        "key": "twelve",
        "text": "Twelve boats were counted.",
        "claimant": actor.name,
        "event": event.public_id,
        "about": "toll",
        "claim_kind": "quantitative",
        "said_not_before": "2020-03-01",
        "said_not_after": "2020-03-02",
        "said_as_printed": "on Monday",
        "harm_check": "none",
        "document": document.title,
        "quote": '"Twelve boats," the harbour office wrote.',
        "cue": "wrote",
        "form": "direct",
        "first_hand": "false",
        "figure_as_printed": "Twelve boats",
        "figure_counts": "boats",
        "figure_best": "12",
        "figure_unit": "boats",
    }
    return row | changes


def write_csv(path: Path, *rows: dict[str, str], start: str = "\ufeff") -> Path:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(start + file.getvalue(), encoding="utf-8", newline="")
    return path


def test_a_csv_row_becomes_a_claim(tmp_path, people, here):
    path = write_csv(tmp_path / "boats.csv", cells(here, text="Twelve boats,\nas counted."))

    report = import_file(path, **people)

    assert report.rejected == []
    assert (report.collection, dict(report.created)) == ("boats", {"claim": 1})
    claim = Claim.objects.get()
    assert (claim.text, claim.language, claim.stage) == (
        "Twelve boats,\nas counted.",
        "en",
        "draft",
    )
    assert (claim.claimant, claim.event, claim.harm_check) == (here[0], here[1], ["none"])
    assert claim.citations.get().passage.ranges.get().exact == (
        "“Twelve boats,” the harbour office wrote."
    )
    assert claim.figures.get().best == 12
    again = import_file(path, **people)
    assert (dict(again.unchanged), again.written) == ({"claim": 1}, False)


@pytest.mark.parametrize(
    ("cell", "is_first_hand"),
    [("", False), ("false", False), ("FALSE", False), ("true", True), ("TRUE", True)],
)
def test_what_carries_a_claim_is_not_first_hand_unless_said(
    tmp_path, people, here, cell, is_first_hand
):
    path = write_csv(tmp_path / "boats.csv", cells(here, first_hand=cell))

    report = import_file(path, **people)

    assert report.rejected == []
    assert Claim.objects.get().citations.get().first_hand is is_first_hand


def test_csv_keeps_a_line_separator_inside_a_cell(tmp_path, people, here):
    path = write_csv(tmp_path / "boats.csv", cells(here, unknowns="One.\u2028Two."))

    report = import_file(path, **people)

    assert report.rejected == []
    assert Claim.objects.get().unknowns == "One.\u2028Two."


@pytest.mark.parametrize(
    ("column", "cell", "told", "reason"),
    [
        ("text", "", "text", "This is required."),
        ("about", "size", "about", "is not among"),
        ("said_not_before", "2.3.2020", "said_not_before", "YYYY-MM-DD"),
        ("figure_best", "1e3", "figure_best", "the digits 0 to 9"),
        ("first_hand", "no", "first_hand", "Write true or false."),
        ("harm_check", "none; doubt", "harm_check", "“doubt” is not among"),
        ("quote", "13 boats", "quote", "does not stand"),
        ("claimant", "Harbour Offices", "claimant", "No actor here has the public id or the name"),
        ("document", "Nothing", "document", "No document here"),
    ],
)
def test_a_bad_cell_is_refused_with_row_and_column(
    tmp_path, people, here, column, cell, told, reason
):
    good, bad = cells(here), cells(here, **{"key": "bad", column: cell})

    report = import_file(write_csv(tmp_path / "boats.csv", good, bad), **people)

    assert {(one.row, one.column) for one in report.rejected} == {(3, told)}
    assert reason in report.rejected[0].reason
    assert Claim.objects.count() == 0


def test_a_name_of_two_needs_the_public_id(tmp_path, people, here):
    other = make_actor(name="Harbour Office")
    path = tmp_path / "boats.csv"

    report = import_file(write_csv(path, cells(here)), **people)
    by_id = import_file(write_csv(path, cells(here, claimant=other.public_id)), **people)

    assert report.rejected[0].reason == (
        "More than one actor has the name “Harbour Office”: give the public id."
    )
    assert by_id.rejected == []
    assert Claim.objects.get().claimant == other


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('twelve,"Twelve"s,toll,x\n', "not well-formed CSV"),
        ("twelve,Twelve\n", "The row has 2 columns, the header 4."),
        ('twelve,"Twelve', "not well-formed CSV (unexpected end of data)"),
        (f"twelve,{'a' * 200_000},toll,x\n", "not well-formed CSV (field larger"),
    ],
)
def test_a_malformed_csv_row_is_refused_with_its_number(tmp_path, people, line, reason):
    path = tmp_path / "boats.csv"
    path.write_text("key,text,about,document\n" + line)

    report = import_file(path, **people)

    assert [(one.row, one.column) for one in report.rejected] == [(2, "")]
    assert reason in report.rejected[0].reason
