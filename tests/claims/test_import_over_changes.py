"""What persons have changed comes first: no file is written over it."""

import pytest

from claims import workflow
from claims.importing import Kept, Reject, import_file
from claims.models import Citation, Claim, Figure, Relay
from sources.models import Actor, Capture
from tests.claims.import_files import ROWS, TEXT, changed, everything, people, row_of, write

__all__ = ["people", "write"]

pytestmark = [pytest.mark.django_db]


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
