"""Reviews of others become documents, cited for drafts: once, whatever is run how often."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims import workflow
from claims.models import Citation, Claim, ClaimRelation, ImportedReview
from claims.reviews import ReviewReport, import_reviews
from factcheck.common.roles import Role
from factcheck.ledger.models import Publication
from sources.models import Actor, Document, Source
from tests.factories import make_actor, make_claim, make_user
from tests.reviews.files import claimreview, lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "reviews.jsonl"


def numbers(report: ReviewReport) -> tuple[int, int, int, int, int]:
    rejected = len(report.rejected)
    assert report.read == report.created + report.updated + report.unchanged + rejected
    return report.read, report.created, report.updated, report.unchanged, rejected


def run(path: Path, *reviews: dict[str, Any], **options: Any) -> ReviewReport:
    return import_reviews([lines(path, *reviews)], **options)


def administrator() -> User:
    return make_user(Role.ADMINISTRATOR)


def counts() -> dict[str, int]:
    models = (Actor, Source, Document, Claim, Citation, ClaimRelation, ImportedReview, Publication)
    return {model.__name__: model.objects.count() for model in models}


def test_a_review_becomes_a_document_cited_for_a_draft(path):
    by = make_user()

    report = run(path, claimreview(), by=by)

    assert numbers(report) == (1, 1, 0, 0, 0)
    claim = Claim.objects.get()
    assert (claim.stage, claim.text) == (
        "draft",
        "SYNTHETIC. 1 boats were counted in Exampleton.",
    )
    assert (claim.verification_status, claim.attribution_status) == ("unchecked", "reported")
    assert (claim.about, claim.harm_check, claim.created_by) == ("", [], by)
    assert claim.said.not_before.isoformat() == claim.said.not_after.isoformat() == "2020-03-02"
    assert claim.claimant.name == "Synthetic Harbour Office"
    assert claim.claimant.kind == "organisation"
    citation = claim.citations.get()
    assert (citation.role, citation.stance, citation.basis) == (
        "evidence",
        "refutes",
        "not-established",
    )
    assert citation.document.url == "https://checks.example.org/reviews/1"
    assert citation.document.source.name == "Synthetic Checks"
    review = claim.imported_reviews.get()
    assert (review.label, review.suggested_status, review.tie) == ("False", "false", "made")
    assert (review.edit_number, review.citation) == (claim.edit_number, citation)


def test_the_same_file_again_changes_nothing(path):
    first = run(path, claimreview(), claimreview(2))
    before = counts()
    history = list(Claim.history.rel.related_model.objects.values_list("pgh_id"))

    second = run(path, claimreview(), claimreview(2))

    assert (numbers(first), numbers(second)) == ((2, 2, 0, 0, 0), (2, 0, 0, 2, 0))
    assert counts() == before
    assert list(Claim.history.rel.related_model.objects.values_list("pgh_id")) == history


def test_a_changed_review_changes_its_untouched_draft(path):
    run(path, claimreview())
    changed = claimreview(
        reviewRating={"alternateName": "True"},
        headline="SYNTHETIC. Boats after all",
        itemReviewed={"author": {"@type": "Organization", "name": "Synthetic Coast Guard"}},
    )

    report = run(path, changed)

    assert numbers(report) == (1, 0, 1, 0, 0)
    claim = Claim.objects.get()
    review = claim.imported_reviews.get()
    assert (claim.claimant.name, claim.said.not_before) == ("Synthetic Coast Guard", None)
    assert claim.citations.get().stance == "supports"
    assert review.document.title == "SYNTHETIC. Boats after all"
    assert (review.label, review.edit_number) == ("True", claim.edit_number)
    assert numbers(run(path, changed)) == (1, 0, 0, 1, 0)


def test_a_dry_run_says_the_same_and_writes_nothing(path):
    before = counts()

    dry = run(path, claimreview(), claimreview(), claimreview(2), dry_run=True)

    assert counts() == before
    assert numbers(dry) == numbers(run(path, claimreview(), claimreview(), claimreview(2)))


def test_a_claim_that_a_person_has_changed_stays_as_it_is(path):
    run(path, claimreview(), claimreview(2), claimreview(3))
    edited, deleted, submitted = Claim.objects.order_by("pk")
    edited.rationale = ""
    edited.unknowns = "Synthetic: who counted."
    edited.save()
    deleted.delete()
    before = Claim.objects.get(pk=edited.pk).edit_number
    label = {"alternateName": "True"}

    report = run(
        path,
        *(claimreview(number, reviewRating=label) for number in (1, 2, 3)),
        publish=True,
        by=administrator(),
    )

    assert numbers(report) == (3, 0, 1, 2, 0)
    assert sorted(report.kept.items()) == [
        ("changed here after it was imported", 1),
        ("deleted here after it was imported", 1),
    ]
    assert Claim.objects.get(pk=edited.pk).edit_number == before
    assert Claim.objects.get(pk=edited.pk).stage == "draft"
    assert set(Claim.objects.values_list("pk", flat=True)) == {edited.pk, submitted.pk}
    assert report.published == 1


def test_unmapped_labels_are_counted_and_nothing_is_guessed(path):
    label = {"alternateName": "Four Synthetic Noses"}

    report = run(path, claimreview(reviewRating=label), claimreview(2, reviewRating=label))

    assert report.unmapped == {("Four Synthetic Noses", "checks.example.org", "en"): 2}
    assert {one.stance for one in Citation.objects.all()} == {"context"}
    assert ImportedReview.objects.unmapped().count() == 2


def test_what_is_here_already_is_linked(path):
    office = make_actor(name="Synthetic Harbour Office")
    other = make_actor(name="Synthetic Coast Guard")
    text = "SYNTHETIC: 1 boats were counted in EXAMPLETON"
    here = make_claim(text=text, claimant=office)
    edits = here.edit_number
    claimed = {"author": {"@type": "Organization", "name": other.name}}

    report = run(
        path,
        claimreview(),
        claimreview(2, claimReviewed=text, itemReviewed=claimed),
        claimreview(3, claimReviewed=text, itemReviewed=claimed),
    )

    assert report.linked == {"same": 2, "repeats": 1}
    assert Claim.objects.count() == 2
    repeats = Claim.objects.exclude(pk=here.pk).get()
    assert [(one.kind, one.other) for one in repeats.relations.all()] == [("repeats", here)]
    ties = dict(ImportedReview.objects.values_list("document__url", "tie"))
    assert [ties[f"https://checks.example.org/reviews/{n}"] for n in (1, 2, 3)] == [
        "linked",
        "made",
        "cited",
    ]
    assert (repeats.citations.count(), here.citations.count()) == (2, 0)
    assert Claim.objects.get(pk=here.pk).edit_number == edits
    assert {row.edit_number for row in repeats.imported_reviews.all()} == {
        Claim.objects.get(pk=repeats.pk).edit_number
    }


def test_a_person_nobody_here_knows_is_private(path):
    claimed = {"author": {"@type": "Person", "name": "Synthetic Somebody"}}
    of_no_type = {"author": "Synthetic Other"}

    run(path, claimreview(itemReviewed=claimed), claimreview(2, itemReviewed=of_no_type))

    people = Actor.objects.order_by("pk").values_list("name", "is_private", "description")
    assert list(people) == [
        ("Synthetic Somebody", True, "claimant named in a review by Synthetic Checks"),
        ("Synthetic Other", True, "claimant named in a review by Synthetic Checks"),
    ]


def test_an_archive_goes_out_as_imported(path):
    report = run(path, claimreview(), claimreview(2), publish=True, by=administrator())

    assert (numbers(report), report.published) == ((2, 2, 0, 0, 0), 2)
    claims = Claim.objects.order_by("pk")
    assert [(one.stage, one.was_imported) for one in claims] == [("settled", True)] * 2
    assert [workflow.public_state_of(one) for one in claims] == ["live", "live"]
    again = run(path, claimreview(), claimreview(2), publish=True, by=administrator())
    assert (numbers(again), again.published) == ((2, 0, 0, 2, 0), 0)
    assert numbers(run(path, claimreview(), claimreview(2))) == (2, 0, 0, 2, 0)
