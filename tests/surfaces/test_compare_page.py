"""What changed between two versions of a claim, for readers."""

import pytest
from django.test import Client

from factcheck.ledger.choices import PublicationKind
from tests.factories import make_published_claim, revise_and_publish, withhold
from tests.surfaces.reading import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def corrected():
    claim = make_published_claim(text="Twelve synthetic boats were counted.")
    return revise_and_publish(claim, text="Thirteen synthetic boats were counted.")


def test_compare_page_marks_what_came_and_what_went(reader: Client, corrected):
    page = reader.get(f"/claims/{corrected.public_id}/compare/1...2/")

    html = page.content.decode()
    assert page.status_code == 200
    assert "Thirteen<span" in html
    assert "Twelve<span" in html
    assert html.count("<ins>") == html.count("<del>") > 0


def test_compare_page_gives_both_versions_with_speaker_and_statuses(reader: Client, corrected):
    text = text_of(reader.get(f"/claims/{corrected.public_id}/compare/1...2/"))

    claimant = corrected.claimant.name
    assert text.count(f"{claimant} said") >= 2
    assert text.count("We have not checked whether it is so.") >= 2


def test_every_version_leads_to_what_it_changed(reader: Client, corrected):
    page = reader.get(f"/claims/{corrected.public_id}/versions/2/").content.decode()

    assert f'href="/claims/{corrected.public_id}/compare/1...2/"' in page
    assert "compare/1...1" not in page


def test_two_alike_versions_say_so(reader: Client, corrected):
    page = text_of(reader.get(f"/claims/{corrected.public_id}/compare/1...1/"))

    assert "The two say the same." in page


@pytest.mark.parametrize("pair", ["1...9", "0...1", "a...b", "1...2/..", "1..2"])
def test_versions_that_never_were_are_not_found(reader: Client, corrected, pair):
    assert reader.get(f"/claims/{corrected.public_id}/compare/{pair}/").status_code == 404


def test_what_is_suspended_is_not_compared(reader: Client, corrected):
    withhold(corrected, PublicationKind.SUSPEND)

    page = reader.get(f"/claims/{corrected.public_id}/compare/1...2/")

    assert page.status_code == 410
    assert "Twelve" not in page.content.decode()
    assert "Thirteen" not in page.content.decode()
    listed = reader.get(f"/claims/{corrected.public_id}/").content.decode()
    assert "/compare/" not in listed


def test_what_is_retracted_can_still_be_compared(reader: Client, corrected):
    withhold(corrected, PublicationKind.RETRACT)

    assert reader.get(f"/claims/{corrected.public_id}/compare/1...2/").status_code == 200
