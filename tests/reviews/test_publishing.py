"""An archive that goes out says on every surface whose verdict it is; no private name slips out."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from claims import workflow
from claims.claimreview import Place, markup_of
from claims.models import Claim, ImportedReview, PublicClaim
from claims.reviews import ReviewReport, import_reviews
from claims.status_line import status_line
from factcheck.common.errors import NotAllowed
from factcheck.common.roles import Role
from factcheck.ledger.models import Decision, Publication
from sources.models import Actor, PublicActor
from tests.factories import make_user
from tests.reviews.files import claimreview, lines

pytestmark = pytest.mark.django_db(databases=["default", "public"])

LINE = (
    "Imported: Synthetic Checks judged it “False” on 5 March 2020; nobody here has reviewed it. "
    "False, as of 5 March 2020."
)


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "reviews.jsonl"


def publish(path: Path, *reviews: dict[str, Any]) -> ReviewReport:
    by = make_user(Role.ADMINISTRATOR)
    return import_reviews([lines(path, *reviews)], publish=True, by=by)


def content() -> dict[str, Any]:
    publication = Publication.objects.filter(subject_kind="claim").latest("seq")
    assert publication.content is not None
    return publication.content


def test_the_record_says_whose_verdict_it_is(path):
    publish(path, claimreview(reviewRating={"alternateName": "False", "ratingExplanation": "Two."}))

    told = content()
    review = ImportedReview.objects.get()
    assert told["was_imported"] is True
    assert told["imported_review"] == {
        "basis": "imported",
        "publisher": "Synthetic Checks",
        "label": "False",
        "explanation": "Two.",
        "language": "en",
        "published": review.published.as_record(),
        "url": "https://checks.example.org/reviews/1",
        "citation": review.citation.public_id,
    }
    assert told["verification"]["status"] == "false"
    assert told["verification"]["as_of"] == "2020-03-05"
    assert told["status_line"].endswith(LINE)
    assert (told["status_line"]) == status_line(told)
    decision = Decision.objects.get(subject_kind="claim")
    assert (decision.action, decision.stage_to) == ("publish_imported", "settled")


def test_a_label_that_nobody_knows_is_no_verdict(path):
    publish(path, claimreview(reviewRating={"alternateName": "Four Synthetic Noses"}))

    told = content()
    assert told["verification"]["status"] == "unchecked"
    assert told["imported_review"]["label"] == "Four Synthetic Noses"
    assert told["status_line"].endswith(
        "Imported: Synthetic Checks judged it “Four Synthetic Noses” on 5 March 2020; nobody here "
        "has reviewed it. We have not checked whether it is so."
    )


def test_no_machine_takes_the_review_for_ours(path):
    publish(path, claimreview())
    place = Place(
        origin="https://us.example.org",
        path="/claims/x/",
        claim_id="x",
        version=1,
        first_at="2020-04-01",
        at="2020-04-01",
    )

    markup = markup_of(content(), place)

    assert markup["@type"] == "Claim"
    assert '"ClaimReview"' not in json.dumps(markup)
    assert markup["review"] == {
        "@type": "Review",
        "url": "https://checks.example.org/reviews/1",
        "author": {"@type": "Organization", "name": "Synthetic Checks"},
        "inLanguage": "en",
        "datePublished": "2020-03-05",
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
    }
    assert PublicClaim.objects.get().was_imported
    assert not PublicClaim.objects.reviewed().exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Whose verdict", "In their words")),
        ("fr", ("De qui vient le verdict", "Dans leurs termes")),
        ("uk", ("Чий вердикт", "Їхніми словами")),
    ],
)
def test_the_page_says_so_before_the_status(path, language, words):
    publish(path, claimreview())
    row = PublicClaim.objects.get()

    prefix = "" if language == "en" else f"/{language}"
    answer = Client().get(f"{prefix}/claims/{row.claim_id}/{row.slug}/")

    assert answer.status_code == 200
    page = answer.content.decode()
    places = [page.index(one) for one in (*words, 'class="verdicts"')]
    assert places == sorted(places)
    assert page.count("Synthetic Checks") >= 2
    # Our definition of the status promises what nobody here has looked at.
    assert page.count('class="definition"') == 1
    assert re.search(r'<q class="quoted" lang="en"[^>]*>False</q>', page)


def test_a_private_name_is_never_published(path):
    person = {"author": {"@type": "Person", "name": "Synthetic Somebody"}}
    named = claimreview(claimReviewed="SYNTHETIC. Synthetic Somebody counts.", itemReviewed=person)

    report = publish(path, claimreview(2, itemReviewed=person), named)

    assert report.published == 1
    assert [one.reason for one in report.refused] == [
        "The name of a private person would be printed."
    ]
    assert "Synthetic Somebody" not in "".join(Publication.objects.values_list("record", flat=True))
    assert PublicActor.objects.get(is_private=True).name == (
        "claimant named in a review by Synthetic Checks"
    )
    assert Claim.objects.get(text__contains="Somebody").stage == "draft"


def test_drafts_from_before_go_out_when_that_is_asked_for(path):
    import_reviews([lines(path, claimreview())])

    report = publish(path, claimreview())

    assert (report.updated, report.published) == (1, 1)
    assert workflow.public_state_of(Claim.objects.get()) == "live"
    assert publish(path, claimreview()).unchanged == 1


def test_what_is_published_is_left_to_the_desk(path):
    publish(path, claimreview())
    before = Publication.objects.count()

    report = publish(path, claimreview(reviewRating={"alternateName": "True"}))

    assert (report.unchanged, Publication.objects.count()) == (1, before)
    assert report.kept == {"under review or public here, and reviewed otherwise now": 1}
    assert ImportedReview.objects.get().label == "False"


def test_what_is_revised_here_is_ours_from_then_on(path):
    publish(path, claimreview())
    claim = workflow.revise(Claim.objects.get(), by=make_user())

    report = publish(path, claimreview())

    assert (report.unchanged, report.published) == (1, 0)
    claim.refresh_from_db()
    assert (claim.stage, claim.was_imported) == ("draft", False)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.CHECKER, Role.EDITOR])
def test_nobody_but_an_administrator_publishes_an_archive(path, role):
    with pytest.raises(NotAllowed):
        import_reviews([lines(path, claimreview())], publish=True, by=make_user(role))

    with pytest.raises(NotAllowed):
        import_reviews([lines(path, claimreview())], publish=True)
    assert (Claim.objects.count(), Actor.objects.count()) == (0, 0)
