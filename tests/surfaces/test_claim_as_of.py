"""A claim as of a day in the past."""

from datetime import UTC, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims.views import claim as views
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from tests.factories import make_published_claim, revise_and_publish, withhold
from tests.surfaces.ledgering import bury
from tests.surfaces.reading import current, text_of

pytestmark = pytest.mark.django_db

BANNER = "What we said as of"


@pytest.fixture
def corrected():
    claim = make_published_claim(text="Twelve synthetic boats were counted.")
    return revise_and_publish(claim, text="Thirteen synthetic boats were counted.")


def test_today_is_the_newest_under_a_banner(reader: Client, corrected):
    today = timezone.now().astimezone(UTC).date()

    response = reader.get(f"{current(corrected).get_absolute_url()}?as_of={today}")

    page, text = response.content.decode(), text_of(response)
    assert response.status_code == 200
    assert BANNER in text
    assert "It was version 2, published" in text
    assert "It still stands." in text
    permanent = f'href="http://testserver/claims/{corrected.public_id}/versions/2/"'
    assert f"<a {permanent}>The permanent address of this version</a>" in page
    assert f'<link rel="canonical" {permanent}>' in page
    assert f'<a href="/claims/{corrected.public_id}/">The claim as it stands now</a>' in page
    assert '<meta name="robots" content="noindex">' in page


def test_an_earlier_day_is_the_version_that_stood_then(
    reader: Client, corrected, monkeypatch: pytest.MonkeyPatch
):
    move_second_version_to_tomorrow(monkeypatch)
    today = timezone.now().astimezone(UTC).date()

    response = reader.get(f"/claims/{corrected.public_id}/any-slug/?as_of={today}")

    text = text_of(response)
    assert response.status_code == 200
    assert "Twelve synthetic boats were counted." in text
    assert "Thirteen" not in text
    assert "It was version 1, published" in text
    assert "It still stands." not in text
    assert "This is not what we say now." in text


def move_second_version_to_tomorrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger's clock cannot be set: the page is told another time of the second version."""
    ledgers = views.versions_of

    def versions_of(claim_id: str) -> list[Publication]:
        versions = ledgers(claim_id)
        for version in versions[1:]:
            version.published_at += timedelta(days=1)
        return versions

    monkeypatch.setattr(views, "versions_of", versions_of)


def test_before_the_first_publication_there_was_nothing(reader: Client, corrected):
    response = reader.get(f"/claims/{corrected.public_id}/?as_of=2020-01-01")

    text = text_of(response)
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert "On 1 January 2020 we had published nothing of this claim yet" in text
    assert f"Claim {corrected.public_id} first went out on" in text
    assert "boats" not in text


@pytest.mark.parametrize("kind", [PublicationKind.SUSPEND, PublicationKind.REDACT])
def test_what_is_withheld_now_stays_so_at_any_day(
    reader: Client, corrected, kind: PublicationKind, monkeypatch: pytest.MonkeyPatch
):
    bury(corrected, kind)
    today = timezone.now().astimezone(UTC).date()

    now = reader.get(f"/claims/{corrected.public_id}/?as_of={today}")
    move_second_version_to_tomorrow(monkeypatch)
    then = reader.get(f"/claims/{corrected.public_id}/?as_of={today}")

    for response in (now, then):
        assert response.status_code == 410
        assert response["Cache-Control"] == "no-store"
        assert BANNER in text_of(response)
        assert "boats" not in text_of(response)


def test_what_was_retracted_is_read_as_it_stood_and_says_so(
    reader: Client, corrected, monkeypatch: pytest.MonkeyPatch
):
    withhold(corrected, PublicationKind.RETRACT)
    today = timezone.now().astimezone(UTC).date()

    retracted = text_of(reader.get(f"/claims/{corrected.public_id}/?as_of={today}"))
    move_second_version_to_tomorrow(monkeypatch)
    response = reader.get(f"/claims/{corrected.public_id}/?as_of={today}")

    assert "We have retracted this claim" in retracted
    assert "boats" not in retracted
    assert response.status_code == 200
    assert "We have retracted this claim." in text_of(response)
    assert "Twelve synthetic boats were counted." in text_of(response)


@pytest.mark.parametrize("given", ["yesterday", "2020-13-01", "9999-01-01"])
def test_what_is_no_day_is_refused(reader: Client, corrected, given: str):
    response = reader.get(f"/claims/{corrected.public_id}/?as_of={given}")

    assert response.status_code == 400
    assert response["Cache-Control"] == "no-store"


def test_of_a_claim_that_never_went_out_no_day_knows(reader: Client):
    assert reader.get("/claims/zzzzzzzzzz/?as_of=2020-01-01").status_code == 404
