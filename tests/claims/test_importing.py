"""Files of claims: strict, all or nothing, twice the same, and never over a person's change."""

import csv
import io
import json
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from claims import workflow
from claims.importing import Kept, Reject, import_file
from claims.models import (
    Citation,
    Claim,
    Event,
    EventParty,
    Figure,
    ImportedRow,
    Measure,
    Relay,
    Topic,
)
from factcheck.common.errors import InvalidInput, NotAllowed
from factcheck.common.roles import Role
from factcheck.ledger.models import Publication
from sources.models import Actor, Capture, Document, Furniture, Source
from tests.factories import make_actor, make_capture, make_event, make_user

pytestmark = [pytest.mark.django_db]

TEXT = (
    "SYNTHETIC. Menu. The mayor of Exampleton said that at least 12 boats were counted. "
    "“Twelve boats,” the harbour office wrote. See also."
)
ROWS = {
    "file": {"kind": "collection", "name": "synthetic", "provenance": "Made up for tests."},
    "topic": {
        "kind": "topic",
        "key": "boats",
        "name": "Boats",
        "slug": "boats",
        "names": [{"language": "uk", "name": "Човни", "slug": "човни"}],
    },
    "mayor": {
        "kind": "actor",
        "key": "mayor",
        "actor_kind": "person",
        "name": "Synthetic Mayor",
        "names": [{"name": "the mayor", "language": "en", "form": "as-printed"}],
        "roles": [
            {
                "title": "mayor of Exampleton",
                "body": "town",
                "held_from": "2020-03-02",
                "passage": {"document": "article", "quotes": ["The mayor of Exampleton"]},
            }
        ],
        "controls": [
            {
                "parent": "town",
                "passage": {"document": "article", "quotes": ["mayor of Exampleton"]},
            }
        ],
    },
    "town": {"kind": "actor", "key": "town", "actor_kind": "government-body", "name": "Exampleton"},
    "site": {
        "kind": "source",
        "key": "site",
        "source_kind": "news-site",
        "name": "Synthetic Site",
        "addresses": ["https://synthetic.example/"],
    },
    "article": {
        "kind": "document",
        "key": "article",
        "document_kind": "article",
        "title": "Boats counted",
        "source": "site",
        "language": "en",
        "published": {"on": "2020-03-02"},
        "hop": {"of": "original", "manner": "translates", "translator": "machine"},
    },
    "text": {
        "kind": "capture",
        "key": "text",
        "document": "article",
        "file": "article.txt",
        "media_type": "text/plain",
        "status": "supplied",
        "furniture": [{"from": "Menu.", "to": "Menu."}, {"from": "See", "to": "also."}],
    },
    "original": {
        "kind": "document",
        "key": "original",
        "document_kind": "article",
        "title": "The article in its own language",
        "told_by": {"document": "article", "quotes": ["SYNTHETIC."]},
    },
    "statement": {
        "kind": "document",
        "key": "statement",
        "document_kind": "statement",
        "title": "The mayor's statement",
        "author": "mayor",
        "told_by": {"document": "article", "quotes": ["The mayor of Exampleton said"]},
    },
    "count": {
        "kind": "event",
        "key": "count",
        "title": "Count of boats",
        "happened": {"not_before": "2020-03-01", "not_after": "2020-03-02"},
        "parties": [
            {
                "actor": "mayor",
                "interest": "speaks-for",
                "party": "town",
                "passage": {"document": "article", "quotes": ["mayor of Exampleton said"]},
            }
        ],
        "measures": [
            {"key": "boats", "what": "boats counted", "unit": "boats", "counting": "cumulative"}
        ],
    },
    "claim": {
        "kind": "claim",
        "key": "twelve",
        "text": "At least twelve boats were counted.",
        "claimant": "mayor",
        "said": {"not_after": "2020-03-02", "as_printed": "on Monday"},
        "event": "count",
        "about": "toll",
        "claim_kind": "quantitative",
        "topics": ["boats"],
        "harm_check": ["none"],
        "figures": [
            {
                "as_printed": "at least 12 boats",
                "counts": "boats counted",
                "qualifier": "at-least",
                "low": 12,
                "unit": "boats",
                "measure": "boats",
            }
        ],
        "citations": [
            {
                "key": "read",
                "document": "article",
                "quotes": ["at least 12 boats were counted", {"exact": "boats", "occurrence": 2}],
                "cue": "said",
                "form": "indirect",
                "first_hand": False,
            },
            {"key": "said", "document": "statement", "first_hand": True},
        ],
        "relays": [{"carrier": "read", "taken_from": "said", "manner": "paraphrases"}],
        "advance_to": "draft",
    },
    "part": {
        "kind": "claim",
        "key": "counted",
        "text": "Boats were counted.",
        "claimant": "mayor",
        "about": "occurrence",
        "harm_check": ["none"],
        "citations": [
            {
                "key": "read",
                "document": "article",
                "quotes": ["boats were counted"],
                "first_hand": False,
            }
        ],
        "relations": [{"kind": "part-of", "other": "twelve", "note": "A premise."}],
        "advance_to": "published",
    },
}
# The quote of two ranges overlaps in the raw table; this is the one that stands there.
ROWS["claim"]["citations"][0]["quotes"] = ["at least 12 boats were counted", "“Twelve boats,”"]


@pytest.fixture
def people():
    return {
        "by": make_user(Role.REPORTER),
        "review_by": make_user(Role.CHECKER),
        "publish_by": make_user(Role.EDITOR),
    }


@pytest.fixture
def write(tmp_path):
    """Writes the rows as JSON lines, with some of them changed; a row of None is left out."""
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")

    def written(**changes: dict | None) -> Path:
        rows = [
            ROWS[name] | (changes.get(name) or {})
            for name in ROWS
            if not (name in changes and changes[name] is None)
        ]
        path = tmp_path / "claims.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        return path

    return written


def changed(name: str, place: str, value: object) -> dict:
    """The row with one value, anywhere inside, set anew."""
    row = json.loads(json.dumps(ROWS[name]))
    *way, last = [int(step) if step.isdigit() else step for step in place.split("/")]
    inner = row
    for step in way:
        inner = inner[step]
    inner[last] = value
    return row


def row_of(name: str) -> int:
    return list(ROWS).index(name) + 1


def everything() -> dict[str, list]:
    """All rows of the project, history and ledger included, but for the accounts'."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for label in ("ledger", "sources", "claims")
        for model in apps.get_app_config(label).get_models()
    }


# What a file becomes


def test_an_import_writes_what_the_rows_say(write, people):
    report = import_file(write(), **people)

    assert report.rejected == []
    assert dict(report.created) == {
        "topic": 1,
        "actor": 2,
        "source": 1,
        "document": 3,
        "capture": 1,
        "event": 1,
        "claim": 2,
    }
    assert (report.collection, report.provenance) == ("synthetic", "Made up for tests.")
    assert report.written
    twelve, counted = Claim.objects.order_by("pk")
    assert (twelve.stage, counted.stage) == ("draft", "settled")
    assert twelve.claimant.names.get().name == "the mayor"
    assert twelve.claimant.roles.get().body == Actor.objects.get(name="Exampleton")
    assert twelve.claimant.controls.get().passage.ranges.get().exact == "mayor of Exampleton"
    assert twelve.said.as_printed == "on Monday"
    assert twelve.figures.get().measure == Measure.objects.get(what="boats counted")
    read, said = twelve.citations.all()
    assert [one.exact for one in read.passage.ranges.all()] == [
        "at least 12 boats were counted",
        "“Twelve boats,”",
    ]
    assert (read.first_hand, said.first_hand, said.passage) == (False, True, None)
    assert twelve.relays.get().taken_from == said
    assert counted.relations.get().other == twelve
    article = Document.objects.get(title="Boats counted")
    assert (article.hop_of.title, article.translator) == (
        "The article in its own language",
        "machine",
    )
    assert article.source.addresses.get().url == "https://synthetic.example/"
    capture = Capture.objects.get()
    assert bytes(capture.content) == TEXT.encode()
    assert [capture.text[one.start : one.end] for one in Furniture.objects.all()] == [
        "Menu.",
        "See also.",
    ]
    assert EventParty.objects.get().party.name == "Exampleton"
    assert Topic.objects.get().names.get().slug == "човни"
    assert {row.created_by for row in Citation.objects.all()} == {people["by"]}


def test_claims_are_advanced_by_three_people_through_the_workflow(write, people):
    import_file(write(), **people)

    counted = Claim.objects.get(text="Boats were counted.")
    assert [
        (one.action, one.by.username)
        for one in workflow.Decision.objects.filter(subject_id=counted.public_id).order_by("pk")
    ] == [
        ("submit", people["by"].username),
        ("approve", people["review_by"].username),
        ("publish", people["publish_by"].username),
    ]
    assert workflow.public_state_of(counted) == "live"


def test_the_order_of_a_rows_columns_makes_no_difference(write, people):
    import_file(write(), **people)
    path = write()
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    path.write_text(
        "\n".join(json.dumps(dict(reversed(line.items()))) for line in lines[:1] + lines[1:])
    )

    report = import_file(path, **people)

    assert sum(report.unchanged.values()) == 11


def test_progress_counts_rows_and_claims_to_advance(write, people):
    steps: list[tuple[int, int]] = []

    import_file(write(), **people, progress=lambda done, every: steps.append((done, every)))

    assert steps == [(done, 12) for done in range(1, 13)]


# Twice


def test_a_second_run_writes_nothing_at_all(write, people):
    import_file(write(), **people)
    before = everything()

    report = import_file(write(), by=people["by"])

    assert everything() == before
    assert (sum(report.unchanged.values()), report.written) == (11, False)
    assert (report.kept, report.rejected) == ([], [])
    assert [dict(one) for one in (report.created, report.updated)] == [{}, {}]


def test_a_dry_run_finds_the_same_and_writes_nothing(write, people):
    before = everything()

    report = import_file(write(), **people, dry_run=True)

    assert everything() == before
    assert sum(report.created.values()) == 11
    assert (report.dry_run, report.written) == (True, False)
    bad = import_file(write(part={"about": "ghost"}), **people, dry_run=True)
    assert [(one.row, one.column) for one in bad.rejected] == [(row_of("part"), "about")]


def test_a_changed_row_changes_a_draft_and_only_what_differs(write, people):
    import_file(write(), **people)
    claim = Claim.objects.get(stage="draft")
    earlier = claim.history.count()
    before = {
        model: set(model.objects.values_list("pk", flat=True))
        for model in (Citation, Relay, Figure)
    }
    row = changed("claim", "citations/0/cue", "told us")
    row["text"] = "At least 12 boats were counted."

    report = import_file(write(claim=row), **people)

    assert dict(report.updated) == {"claim": 1}
    claim.refresh_from_db()
    assert claim.text == "At least 12 boats were counted."
    assert claim.citations.first().cue == "told us"
    after = {model: set(model.objects.values_list("pk", flat=True)) for model in before}
    assert after == before
    assert claim.history.count() == earlier + 2
    assert claim.citations.first().history.get().cue == "said"
    assert claim.figures.get().history.count() == 0
    again = import_file(write(claim=row), **people)
    assert sum(again.unchanged.values()) == 11


def test_a_changed_row_may_add_and_remove_parts(write, people):
    import_file(write(), **people)
    event = changed("count", "parties", [])
    event["measures"] = [
        *ROWS["count"]["measures"],
        {"key": "crews", "what": "crews counted", "unit": "crews", "counting": "per-period"},
    ]
    claim = changed("claim", "figures/0/qualifier", "bare")
    claim["figures"][0] |= {"low": None, "best": "12.5"}
    claim["citations"].append({"key": "more", "document": "original", "first_hand": False})
    claim["relays"].append({"carrier": "more", "taken_from": "said", "manner": "excerpts"})

    report = import_file(write(count=event, claim=claim), **people)

    assert report.rejected == []
    assert dict(report.updated) == {"event": 1, "claim": 1}
    assert EventParty.objects.count() == 0
    assert [one.what for one in Measure.objects.order_by("pk")] == [
        "boats counted",
        "crews counted",
    ]
    figure = Figure.objects.get()
    assert (figure.low, str(figure.best)) == (None, "12.5000")
    assert Relay.objects.count() == 2


def test_a_new_row_may_refer_to_what_came_before(write, people):
    import_file(write(part=None), **people)

    report = import_file(write(), **people)

    assert (dict(report.created), sum(report.unchanged.values())) == ({"claim": 1}, 10)


# Persons come first


@pytest.mark.parametrize("file_changes", [False, True])
def test_what_a_person_has_changed_is_never_touched(write, people, file_changes):
    import_file(write(), **people)
    claim = Claim.objects.get(stage="draft")
    claim.text = "A person's own words."
    claim.save()
    before = everything()

    row = changed("claim", "text", "The file's new words.") if file_changes else ROWS["claim"]
    report = import_file(write(claim=row), **people)

    assert everything() == before
    assert report.kept == [
        Kept(row_of("claim"), "claim", "twelve", "It was changed here after it was imported.")
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Figure.objects.update(unit="vessels"),
        lambda: Citation.objects.filter(cue="said").update(cue="told"),
        lambda: Relay.objects.all().delete(),
    ],
    ids=["figure", "citation", "relay"],
)
def test_a_persons_change_of_a_claims_parts_counts(write, people, change):
    import_file(write(), **people)
    change()

    report = import_file(write(claim=changed("claim", "text", "New words.")), **people)

    assert [one.key for one in report.kept] == ["twelve"]
    assert Claim.objects.filter(text="New words.").count() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda: Actor.objects.get(name="Synthetic Mayor").names.update(form="alias"),
        lambda: Actor.objects.get(name="Synthetic Mayor").roles.get().delete(),
        lambda: Actor.objects.filter(name="Synthetic Mayor").update(description="Ours."),
    ],
    ids=["name", "role", "row"],
)
def test_a_persons_change_of_an_actor_or_its_parts_counts(write, people, change):
    import_file(write(), **people)
    change()
    before = everything()

    report = import_file(write(mayor=changed("mayor", "names/0/name", "the mayoress")), **people)

    assert everything() == before
    assert [(one.kind, one.key) for one in report.kept] == [("actor", "mayor")]
    assert report.kept[0].reason == "It was changed here after it was imported."


def test_the_importers_own_changes_are_no_persons(write, people):
    import_file(write(), **people)
    once = changed("mayor", "names/0/name", "the mayoress")
    import_file(write(mayor=once), **people)

    report = import_file(write(mayor=once | {"description": "Changed by the file."}), **people)

    assert dict(report.updated) == {"actor": 1}
    assert Actor.objects.get(name="Synthetic Mayor").names.get().name == "the mayoress"


def test_a_claim_beyond_draft_is_kept_with_the_reason(write, people):
    import_file(write(), **people)

    report = import_file(write(part={"text": "Other words."}), **people)

    reason = "The claim is settled here: change it at the desk."
    assert report.kept == [Kept(row_of("part"), "claim", "counted", reason)]


def test_a_published_claim_in_revision_is_kept_with_the_reason(write, people):
    import_file(write(), **people)
    workflow.revise(Claim.objects.get(stage="settled"), by=people["by"])

    report = import_file(write(part={"text": "Other words."}), **people)

    assert [one.reason for one in report.kept] == [
        "The claim was published before: change it at the desk."
    ]


def test_what_a_person_has_deleted_does_not_come_back(write, people):
    import_file(write(part=None), **people)
    Claim.objects.get().delete()

    report = import_file(write(), **people)

    assert [one.reason for one in report.kept] == ["It was deleted here after it was imported."]
    assert report.rejected == [
        Reject(
            row_of("part"),
            "relations/0/other",
            "The claim “twelve” was deleted here after it was imported.",
        )
    ]
    assert Claim.objects.count() == 0


def test_a_capture_never_changes(write, people, tmp_path):
    import_file(write(), **people)
    (tmp_path / "article.txt").write_text(TEXT + " More.", encoding="utf-8")

    report = import_file(tmp_path / "claims.jsonl", **people)

    assert [(one.key, one.reason) for one in report.kept] == [
        ("text", "A capture never changes: give another file another key.")
    ]
    assert Capture.objects.count() == 1


# Refusals


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


# People


def test_advancing_needs_somebody_for_every_step(write, people):
    report = import_file(write(), by=people["by"], review_by=people["review_by"])

    assert report.rejected == [
        Reject(row_of("part"), "advance_to", "Say who is to publish it, or ask for less.")
    ]


def test_two_people_stand_behind_an_import(write, people):
    with pytest.raises(NotAllowed, match="Name two people"):
        import_file(write(), by=people["by"], review_by=people["by"])


def test_who_has_no_role_cannot_import(write, django_user_model):
    nobody = django_user_model.objects.create_superuser("nobody")

    with pytest.raises(NotAllowed, match="nobody has no role"):
        import_file(write(), by=nobody)


def test_a_step_that_the_workflow_refuses_rejects_the_file(write, people):
    people["review_by"] = make_user(Role.REPORTER)

    report = import_file(write(), **people)

    assert [(one.row, one.column) for one in report.rejected] == [(row_of("part"), "advance_to")]
    assert "is for the role checker or editor" in report.rejected[0].reason
    assert Claim.objects.count() == 0


# CSV


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
        ("first_hand", "", "first_hand", "says whether it is first-hand"),
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


# The command


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


def test_the_command_has_a_clear_message_for_every_wrong_call(write, people, tmp_path):
    assert run(write(), "--by", "ghost") == ("", "There is no account “ghost”.")
    missing = run(tmp_path / "none.jsonl", "--by", people["by"].username)
    assert missing == ("", "There is no file “none.jsonl” here.")
    assert Event.objects.count() == Source.objects.count() == 0
