"""The command that imports a file."""

import csv
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim, Event
from sources.models import Source
from tests.claims.import_files import people, row_of, write

__all__ = ["people", "write"]

pytestmark = [pytest.mark.django_db]


def run(*args: object) -> tuple[str, str]:
    """What the command prints, and the message with which it ends."""
    out = StringIO()
    try:
        call_command("import_claims", *map(str, args), stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def options(people: dict) -> list[str]:
    return [
        "--by",
        people["by"].username,
        "--review-by",
        people["review_by"].username,
        "--publish-by",
        people["publish_by"].username,
    ]


def test_the_command_says_what_became_of_the_rows(write, people):
    path = write()

    dry, _ = run(path, *options(people), "--dry-run")
    first, end = run(path, *options(people))
    second, _ = run(path, *options(people))

    assert "Dry run: nothing was written." in dry
    assert first.splitlines()[0] == "Collection synthetic: Made up for tests."
    assert "document        3        0      0      0" in first.splitlines()
    assert end == ""
    assert "claim           0        0      2      0" in second.splitlines()
    assert Claim.objects.count() == 2


def test_the_command_lists_rejects_writes_them_and_fails(write, people, tmp_path):
    rejects = tmp_path / "rejects.csv"
    path = write(town={"actor_kind": "ghost"}, mayor={"roles": [], "controls": []}, count=None)

    out, end = run(path, *options(people), "--rejects", rejects)

    assert f"Row {row_of('town')}, actor_kind: “ghost” is not among" in out
    assert end.startswith("Nothing was written: ")
    rows = list(csv.reader(StringIO(rejects.read_text())))
    assert rows[0] == ["row", "column", "reason"]
    assert rows[1][:2] == [str(row_of("town")), "actor_kind"]
    assert Claim.objects.count() == 0


def test_the_commands_rejects_are_safe_in_a_spreadsheet(write, people, tmp_path):
    rejects = tmp_path / "rejects.csv"

    run(write(town={"=1+1": 1}), *options(people), "--rejects", rejects)

    columns = [row[1] for row in csv.reader(StringIO(rejects.read_text()))]
    assert "'=1+1" in columns
    assert "=1+1" not in columns


def test_the_command_has_a_clear_message_for_every_wrong_call(write, people, tmp_path):
    assert run(write(), "--by", "ghost") == ("", "There is no account “ghost”.")
    missing = run(tmp_path / "none.jsonl", "--by", people["by"].username)
    assert missing == ("", "There is no file “none.jsonl” here.")
    assert Event.objects.count() == Source.objects.count() == 0
