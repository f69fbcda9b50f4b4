"""The table of a CSV's columns: what it says of each is what the importer does."""

import csv
import io

import pytest
from django.urls import reverse

from claims.exporting import csv_of
from claims.importing import claim_kinds, import_file
from claims.importing.columns import COLUMNS, REQUIRED, columns_of, template_rows
from claims.importing.csv_rows import claim_row
from claims.importing.fields import Fields
from claims.importing.report import Problem
from claims.importing.things import Thing
from claims.models import Claim
from factcheck.common.errors import InvalidInput
from tests.admin_pages import signed_in
from tests.factories import (
    add_figure,
    make_actor,
    make_capture,
    make_document,
    make_ready_claim,
    make_user,
)

EXAMPLES = dict(zip(*template_rows(), strict=True))
NEEDED = {name: EXAMPLES[name] for name in REQUIRED}
FIGURE = {name: EXAMPLES[name] for name in ("figure_as_printed", "figure_counts")}
CODED = sorted(name for name, column in COLUMNS.items() if column.codes)


def read(**cells: str) -> tuple[Thing, list[Problem]]:
    problems: list[Problem] = []
    fields = Fields(claim_row(cells, problems), problems=problems)
    thing = claim_kinds.claim(fields)
    fields.finish()
    return thing, problems


def said_by(thing: Thing) -> tuple[object, ...]:
    return thing.values, [[part.values for part in group.parts] for group in thing.groups]


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_column_says_which_codes_may_stand_there(name: str) -> None:
    problems = read(**NEEDED | FIGURE | {name: "nonsense"})[1]
    told = [problem for problem in problems if "is not among" in problem.reason]

    assert bool(told) == bool(COLUMNS[name].codes)
    for code in COLUMNS[name].codes:
        problems = read(**NEEDED | FIGURE | {name: code})[1]
        assert not [problem for problem in problems if "is not among" in problem.reason]


@pytest.mark.parametrize(
    "name", sorted(name for name, column in COLUMNS.items() if column.otherwise)
)
def test_a_column_says_what_an_empty_cell_stands_for(name: str) -> None:
    empty, given = (
        read(**NEEDED | FIGURE),
        read(**NEEDED | FIGURE | {name: COLUMNS[name].otherwise}),
    )

    assert (empty[1], given[1]) == ([], [])
    assert said_by(empty[0]) == said_by(given[0])


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_column_is_needed_if_it_says_so(name: str) -> None:
    problems = read(**NEEDED | {name: ""})[1]

    assert [problem.reason.startswith("This is required") for problem in problems] == (
        [True] if COLUMNS[name].is_required else []
    )


def test_columns_are_given_by_name_or_by_label_however_written() -> None:
    by_label = [column.label for column in COLUMNS.values()]

    assert columns_of(list(COLUMNS)) == columns_of(by_label) == list(COLUMNS)
    assert columns_of(["KEY", " claim ", "About", "document", "figure  as printed"]) == [
        "key",
        "text",
        "about",
        "document",
        "figure_as_printed",
    ]


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ("quotes", "quote"),
        ("clamant", "claimant"),
        ("Said not befor", "said_not_before"),
        ("Kind of claims", "claim_kind"),
        ("figure_lowst", "figure_low"),
    ],
)
def test_a_column_that_nobody_knows_is_refused_with_the_nearest(cell: str, known: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        columns_of([*REQUIRED, cell])

    assert refused.value.message == (
        f"There is no column “{cell}”; the nearest is “{known}”. Mend its name, or remove the "
        "column."
    )


@pytest.mark.parametrize("cell", ["", "=1+1", "٣", "x" * 100_000])
def test_any_nonsense_has_a_nearest_column(cell: str) -> None:
    with pytest.raises(InvalidInput, match="the nearest is"):
        columns_of([*REQUIRED, cell])


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ([*REQUIRED, "Claim"], "The column “text” stands there twice."),
        (["key", "text", "about"], "The column “document” is missing."),
    ],
)
def test_a_header_names_each_needed_column_once(header: list[str], message: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        columns_of(header)

    assert refused.value.message == message


# The template


def lines_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.django_db
def test_the_page_offers_a_template_and_says_what_each_column_means() -> None:
    client = signed_in(make_user())

    page = client.get(reverse("desk:imports")).content.decode()
    answer = client.get(reverse("desk:import_template"))

    assert reverse("desk:import_template") in page
    for name, column in COLUMNS.items():
        assert f"<code>{name}</code>" in page
        assert f"<td>{column.label}</td>" in page
        assert all(f"<code>{code}</code>" in page for code in column.codes)
    assert page.count("<strong>refused</strong>") == len(REQUIRED)
    assert answer["Content-Disposition"] == 'attachment; filename="claims-template.csv"'
    header, row = lines_of(answer.content)
    assert header == list(COLUMNS)
    assert row[header.index("text")].startswith("SYNTHETIC example, overwrite this row")


@pytest.mark.django_db
def test_the_template_as_it_is_becomes_nothing(tmp_path) -> None:
    path = tmp_path / "template.csv"
    path.write_bytes(signed_in(make_user()).get(reverse("desk:import_template")).content)

    report = import_file(path, by=make_user())

    assert {one.column for one in report.rejected} == {"claimant"}
    assert not Claim.objects.exists()


@pytest.mark.django_db
def test_where_what_it_names_is_there_the_template_becomes_a_draft(tmp_path) -> None:
    make_actor(name=EXAMPLES["claimant"])
    make_capture(make_document(title=EXAMPLES["document"]), EXAMPLES["quote"])
    path = tmp_path / "template.csv"
    path.write_bytes(signed_in(make_user()).get(reverse("desk:import_template")).content)

    report = import_file(path, by=make_user())

    assert report.rejected == []
    claim = Claim.objects.get()
    assert (claim.text, claim.stage) == (EXAMPLES["text"], "draft")
    assert claim.citations.get().passage.ranges.get().exact == EXAMPLES["quote"]
    assert claim.figures.get().best == 12


# There and back


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "'=", "''+", "＝", "'", "“"])
def test_what_the_desk_exports_comes_back_as_it_was(tmp_path, start: str) -> None:
    claim = make_ready_claim(
        text=f"{start}1+1 synthetic boats, were\n{start}counted.",
        unknowns=f"{start}cmd",
        claimant=make_actor(name=f"{start}Synthetic office"),
        said_as_printed=f"{start}on; Monday",
    )
    add_figure(claim, as_printed=f"{start}12 boats", low=None, best=-12, unit=f"{start}boats")
    [row] = csv.DictReader(io.StringIO("".join(csv_of([claim.pk])), newline=""))
    known = {"key": "1", **{name: cell for name, cell in row.items() if name in COLUMNS}}
    file = io.StringIO(newline="")
    csv.writer(file).writerows([known, known.values()])
    path = tmp_path / "back.csv"
    path.write_text(file.getvalue(), encoding="utf-8", newline="")

    report = import_file(path, by=make_user())

    assert report.rejected == []
    back = Claim.objects.exclude(pk=claim.pk).get()
    for name in ("text", "unknowns", "claimant", "said_as_printed", "about", "kind"):
        assert getattr(back, name) == getattr(claim, name), name
    for name in ("as_printed", "best", "unit", "counts"):
        assert getattr(back.figures.get(), name) == getattr(claim.figures.get(), name), name
    [run] = back.citations.get().passage.ranges.all()
    assert run.exact == row["quote"]
