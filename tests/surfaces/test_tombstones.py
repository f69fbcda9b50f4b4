"""Pages of claims that are suspended, retracted, merged or redacted."""

import pytest
from django.test import Client

from factcheck.ledger.choices import PublicationKind
from tests.factories import (
    make_published_claim,
)
from tests.surfaces.ledgering import NOTE, bury
from tests.surfaces.reading import current, text_of

pytestmark = pytest.mark.django_db


def test_suspended_claim_says_so_and_shows_none_of_its_words(reader: Client):
    claim = make_published_claim(text="Twelve boats were counted.")
    slug = current(claim).slug
    bury(claim, PublicationKind.SUSPEND)

    for address in (
        f"/claims/{claim.public_id}/",
        f"/claims/{claim.public_id}/{slug}/",
        f"/claims/{claim.public_id}/versions/1/",
        f"/claims/{claim.public_id}/versions/2/",
    ):
        response = reader.get(address)
        text = text_of(response)
        assert response.status_code == 410
        assert response["Cache-Control"] == "no-store"
        assert "This claim is suspended" in text
        assert NOTE in text
        assert "boats" not in text


def test_retracted_claim_keeps_its_page_and_its_earlier_versions(reader: Client):
    claim = make_published_claim(text="Twelve boats were counted.")
    bury(claim, PublicationKind.RETRACT)

    now = reader.get(f"/claims/{claim.public_id}/")
    # A tombstone does not say what its note is written in.
    assert f'<span lang="" dir="auto">{NOTE}</span>' in now.content.decode()
    assert f'<p lang="" dir="auto">{NOTE}</p>' in reader.get("/").content.decode()
    earlier = reader.get(f"/claims/{claim.public_id}/versions/1/")

    assert (now.status_code, earlier.status_code) == (200, 200)
    assert "We have retracted this claim" in text_of(now)
    assert NOTE in text_of(now)
    assert "boats" not in text_of(now)
    assert "We have retracted this claim." in text_of(earlier)
    assert "Twelve boats were counted." in text_of(earlier)


def test_redacted_claim_shows_its_words_nowhere(reader: Client):
    claim = make_published_claim(text="Twelve boats were counted.")
    bury(claim, PublicationKind.REDACT)

    for address in (f"/claims/{claim.public_id}/", f"/claims/{claim.public_id}/versions/1/"):
        response = reader.get(address)
        assert response.status_code == 410
        assert "boats" not in text_of(response)


def test_merged_claim_leads_to_what_took_its_place(reader: Client):
    claim, other = make_published_claim(), make_published_claim()
    bury(claim, PublicationKind.MERGE, successor=other)

    response = reader.get(f"/claims/{claim.public_id}/")

    assert response.status_code == 200
    assert f'href="{current(other).get_absolute_url()}"' in response.content.decode()


def test_suspended_claim_is_on_no_list(reader: Client):
    claim = make_published_claim()
    bury(claim, PublicationKind.SUSPEND)

    for address in ("/", "/claims/"):
        assert claim.public_id not in reader.get(address).content.decode()
