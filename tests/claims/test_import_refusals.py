"""Bad values, lines and files: each is refused where it stands, in words."""

import json

import pytest

from claims.importing import Reject, import_file
from claims.models import Claim, ImportedRow
from factcheck.common.errors import InvalidInput
from factcheck.ledger.models import Publication
from sources.models import Actor
from tests.claims.import_files import ROWS, changed, people, row_of, write

__all__ = ["people", "write"]

pytestmark = [pytest.mark.django_db]

REFUSALS = {
    "no such column": ("claim", "verdict", "false", "verdict", "There is no such column"),
    "no such column inside": (
        "claim",
        "figures/0/lowest",
        3,
        "figures/0/lowest",
        "There is no such column",
    ),
    "no such kind": ("town", "kind", "ghost", "kind", "“ghost” is not among actor, source"),
    "required": ("claim", "text", "", "text", "This is required."),
    "white space only": ("claim", "text", "  ", "text", "only white space"),
    "not text": ("claim", "text", 3, "text", "Give text here"),
    "unknown code": ("claim", "about", "size", "about", "“size” is not among occurrence,"),
    "absurd date": ("claim", "said/not_after", "0999-01-01", "said/not_after", "YYYY-MM-DD"),
    "no such day": ("claim", "said/not_after", "2020-02-30", "said/not_after", "YYYY-MM-DD"),
    "another format": ("claim", "said/not_after", "2.3.2020", "said/not_after", "YYYY-MM-DD"),
    "day and bounds": (
        "claim",
        "said",
        {"on": "2020-03-02", "not_after": "2020-03-03"},
        "said/on",
        "not both",
    ),
    "bounds out of order": (
        "count",
        "happened",
        {"not_before": "2020-03-02", "not_after": "2020-03-01"},
        "",
        "not before must not be later",
    ),
    "a number in words": ("claim", "figures/0/low", "twelve", "figures/0/low", "the digits 0 to 9"),
    "other digits": ("claim", "figures/0/low", "١٢", "figures/0/low", "the digits 0 to 9"),
    "a number too many": ("claim", "figures/0/best", 13, "figures/0", "do not fit the qualifier"),
    "not yes or no": (
        "claim",
        "citations/0/first_hand",
        "no",
        "citations/0/first_hand",
        "true or false",
    ),
    "not a list": ("claim", "topics", "boats", "topics", "Give a list here."),
    "not an object": ("claim", "figures/0", 12, "figures/0", "Give an object here"),
    "words that are not there": (
        "claim",
        "citations/0/quotes/0",
        "13 boats",
        "citations/0/quotes/0",
        "does not stand",
    ),
    "words that stand there twice": (
        "claim",
        "citations/0/quotes/0",
        "boats",
        "citations/0/quotes/0",
        "more than once",
    ),
    "no such occurrence": (
        "claim",
        "citations/0/quotes/0",
        {"exact": "boats", "occurrence": 9},
        "citations/0/quotes/0",
        "stands there 2 times, not 9",
    ),
    "furniture that is not there": (
        "text",
        "furniture/0/from",
        "Banner.",
        "furniture/0/from",
        "does not stand",
    ),
    "no such key": ("claim", "claimant", "mayer", "claimant", "No actor of this file has the key"),
    "no such measure": (
        "claim",
        "figures/0/measure",
        "crews",
        "figures/0/measure",
        "No event of this file",
    ),
    "no such citation": (
        "claim",
        "relays/0/taken_from",
        "wrote",
        "relays/0/taken_from",
        "No citation of this claim",
    ),
    "a citation's key twice": (
        "claim",
        "citations",
        [ROWS["claim"]["citations"][0] | {"key": key} for key in ("read", "read", "said")],
        "citations",
        "Two citations",
    ),
    "a row further down": ("count", "part_of", "count", "part_of", "stands further down"),
    "nothing held": (
        "statement",
        "told_by/document",
        "original",
        "told_by/document",
        "Nothing of this document is held",
    ),
    "a passage without words": (
        "mayor",
        "roles/0/passage",
        {"document": "article"},
        "roles/0/passage/quotes",
        "Give the exact words",
    ),
    "an invisible character in a name": ("town", "name", "Example\u200bton", "name", "U+200B"),
    "a direction switch": ("town", "name", "Example\u202eton", "name", "U+202E"),
    "no such language": (
        "mayor",
        "names/0/language",
        "xx-none",
        "names/0/language",
        "Choose a language",
    ),
    "no such address": ("site", "addresses/0", "ftp://x.example/", "addresses/0/url", "http"),
    "two of the same": (
        "mayor",
        "names",
        [ROWS["mayor"]["names"][0]] * 2,
        "names/1",
        "has this name in this",
    ),
    "a circle": (
        "town",
        "controls",
        [{"parent": "mayor", "passage": {"document": "article", "quotes": ["Exampleton"]}}],
        "controls/0/parent",
        "close a circle",
    ),
    "a translation without a translator": (
        "article",
        "hop",
        {"of": "original", "manner": "translates"},
        "",
        "who made a translation",
    ),
    "a suspicion without a reason": (
        "claim",
        "citations/0/fidelity",
        "suspected",
        "citations/0",
        "A suspicion says which words",
    ),
    "a verdict that is not dated": (
        "claim",
        "verification_status",
        "unverified",
        "",
        "as of which day",
    ),
    "an unknown target": ("claim", "advance_to", "public", "advance_to", "Choose one of draft"),
    "rules unmet": ("part", "harm_check", [], "advance_to", "Check what publishing could harm"),
    "no such file": ("text", "file", "other.txt", "file", "There is no file “other.txt” here."),
    "a file elsewhere": ("text", "file", "../other.txt", "file", "beside the import file"),
    "an absolute file": ("text", "file", "/etc/hostname", "file", "beside the import file"),
    "a file that needs more": ("text", "media_type", "text/html", "file", "only plain text"),
    "the same key twice": ("town", "key", "mayor", "key", "Row 3 has this key already."),
}


@pytest.mark.parametrize(
    ("name", "place", "value", "column", "reason"), REFUSALS.values(), ids=REFUSALS
)
def test_a_bad_value_is_refused_with_row_column_and_reason(
    write, people, name, place, value, column, reason
):
    report = import_file(write(**{name: changed(name, place, value)}), **people)

    mine = [one for one in report.rejected if one.row == row_of(name)]
    assert [(one.row, one.column) for one in mine] == [(row_of(name), column)]
    assert reason in mine[0].reason
    assert not report.written
    assert [model.objects.count() for model in (Actor, Claim, ImportedRow, Publication)] == [0] * 4


def test_all_problems_of_all_rows_are_told_at_once(write, people):
    claim = changed("claim", "figures/0/low", "x")
    claim["about"] = "y"

    report = import_file(write(town={"actor_kind": "z"}, claim=claim), **people)

    assert [(one.row, one.column) for one in report.rejected] == [
        (row_of("mayor"), "roles/0/body"),
        (row_of("town"), "actor_kind"),
        (row_of("count"), "parties/0/party"),
        (row_of("claim"), "figures/0/low"),
        (row_of("claim"), "about"),
        (row_of("part"), "relations/0/other"),
    ]
    assert report.rejected[0].reason == (
        f"The actor “town” of row {row_of('town')} was refused, or stands further down: "
        "mend it, or move it up."
    )


LINES = {
    "malformed": (b'{"kind": "actor",', "not well-formed JSON"),
    "deep": (b"[" * 50_000, "Nest lists and objects at most"),
    "deep inside": (b'{"kind": ' + b"[" * 12 + b"]" * 12 + b"}", "Nest lists and objects"),
    "a list": (b"[1, 2]", "Every line is one object"),
    "a NUL": (b'{"kind": "actor", "name": "a\x00b"}', "NUL"),
    "an escaped NUL": (b'{"kind": "actor", "name": "a\\u0000b"}', "NUL"),
    "a lone surrogate": (b'{"kind": "actor", "name": "\\ud800"}', "surrogate"),
    "other bytes": (b'{"kind": "actor", "name": "caf\xe9"}', "UTF-8"),
    "a key twice": (b'{"kind": "actor", "kind": "actor"}', "twice"),
    "not a number": (b'{"kind": "actor", "name": NaN}', "NaN"),
    "too long": (b'{"kind": "' + b"a" * 1_000_000 + b'"}', "at most 1,000,000 bytes"),
    "no kind": (b"{}", "is not among"),
    "a list as kind": (b'{"kind": ["actor"]}', "is not among"),
}


@pytest.mark.parametrize(("line", "reason"), LINES.values(), ids=LINES)
def test_a_bad_line_is_refused_with_its_number(tmp_path, people, line, reason):
    path = tmp_path / "claims.jsonl"
    path.write_bytes(json.dumps(ROWS["file"]).encode() + b"\n\n" + line + b"\n")

    report = import_file(path, **people)

    assert [one.row for one in report.rejected] == [3]
    assert reason in report.rejected[0].reason


def test_a_malformed_line_says_at_which_character(tmp_path, people):
    path = tmp_path / "claims.jsonl"
    path.write_bytes(json.dumps(ROWS["file"]).encode() + b'\n{"kind": actor}\n')

    report = import_file(path, **people)

    assert report.rejected == [
        Reject(2, "", "This is not well-formed JSON (Expecting value) at character 10.")
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("claims.xlsx", b"", "ends in .jsonl or .csv"),
        ("claims.jsonl", b"", "The file is empty."),
        ("claims.jsonl", b'{"kind": "actor"}', "The first line names the file"),
        ("claims.csv", b"", "The file is empty."),
        ("claims.csv", b"key,text,about,document,verdict\n", "no column “verdict”"),
        ("claims.csv", b"key,text,about,document,key\n", "“key” stands there twice"),
        ("claims.csv", b"key,text,about\n", "“document” is missing"),
        ("claims.csv", b"key,text,about,document\n\x00", "NUL character in line 2"),
        ("claims.csv", b"key,text,about,document\ncaf\xe9", "other bytes in line 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path, people, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(InvalidInput, match=message):
        import_file(path, **people)


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path, people):
    (tmp_path / "folder.jsonl").mkdir()

    for name in ("none.jsonl", "folder.jsonl"):
        with pytest.raises(InvalidInput, match=rf"There is no file “{name}” here\."):
            import_file(tmp_path / name, **people)
