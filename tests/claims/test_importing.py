"""Files of claims: all or nothing, and twice the same."""

import json

import pytest

from claims import workflow
from claims.importing import Reject, import_file
from claims.models import Citation, Claim, EventParty, Figure, Measure, Relay, Topic
from factcheck.common.errors import NotAllowed
from factcheck.common.roles import Role
from sources.models import Actor, Capture, Document, Furniture
from tests.claims.import_files import ROWS, TEXT, changed, everything, people, row_of, write
from tests.factories import make_user

__all__ = ["people", "write"]

pytestmark = [pytest.mark.django_db]


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
