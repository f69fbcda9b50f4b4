"""How to cite a version."""

import json
import re

import pytest
from django.test import Client, override_settings

from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from tests.factories import make_published_claim, revise_and_publish
from tests.surfaces.ledgering import bury
from tests.surfaces.reading import current

pytestmark = pytest.mark.django_db


def test_a_version_is_cited_by_its_permanent_address(reader: Client):
    claim = revise_and_publish(make_published_claim(), text="Thirteen boats were counted.")
    at = Publication.objects.get(seq=current(claim).from_seq).published_at
    url = f"http://testserver/claims/{claim.public_id}/versions/2/"

    page = reader.get(current(claim).get_absolute_url()).content.decode()

    [cited] = re.findall(r'<blockquote class="citation"><p>(.*?)</p>', page)
    assert cited == (
        f"Factcheck: “Not checked yet, reported – {claim.claimant.name}: Thirteen boats were"
        f" counted.” Claim {claim.public_id}, version 2, {at.day} {at:%B %Y}. {url}"
    )
    assert f'<a href="{url}">{url}</a>' in page
    assert (
        f'<link rel="alternate" href="{url}cite.json"'
        ' type="application/vnd.citationstyles.csl+json">'
    ) in page


def test_programs_get_the_citation_as_csl_json(reader: Client):
    claim = make_published_claim(text="Twelve boats were counted.")
    revise_and_publish(claim, text="Thirteen boats were counted.")
    at = Publication.objects.get(
        subject_kind="claim", subject_id=claim.public_id, version=1
    ).published_at

    response = reader.get(f"/claims/{claim.public_id}/versions/1/cite.json")

    assert response.status_code == 200
    assert response["Content-Type"] == "application/vnd.citationstyles.csl+json"
    assert response["ETag"].startswith('W/"')
    status_line = Publication.objects.get(
        subject_kind="claim", subject_id=claim.public_id, version=1
    ).content["status_line"]
    assert json.loads(response.content) == [
        {
            "id": f"{claim.public_id}-1",
            "type": "webpage",
            "title": (
                f"Not checked yet, reported – {claim.claimant.name}: Twelve boats were counted."
            ),
            "author": [{"literal": "Factcheck"}],
            "publisher": "Factcheck",
            "issued": {"date-parts": [[at.year, at.month, at.day]]},
            "version": "1",
            "language": "en",
            "abstract": status_line,
            "URL": f"http://testserver/claims/{claim.public_id}/versions/1/",
        }
    ]


@override_settings(SITE_URL="https://facts.example", PUBLISHER={"name": "Synthetic Newsroom"})
def test_a_citation_names_the_publisher_and_the_sites_own_address(reader: Client):
    claim = make_published_claim()

    [item] = json.loads(reader.get(f"/fr/claims/{claim.public_id}/versions/1/cite.json").content)

    assert item["author"] == [{"literal": "Synthetic Newsroom"}]
    assert item["URL"] == f"https://facts.example/fr/claims/{claim.public_id}/versions/1/"


@pytest.mark.parametrize("kind", [PublicationKind.SUSPEND, PublicationKind.REDACT])
def test_a_withheld_version_is_not_cited(reader: Client, kind: PublicationKind):
    claim = make_published_claim(text="Twelve boats were counted.")
    bury(claim, kind)

    for number in (1, 2):
        response = reader.get(f"/claims/{claim.public_id}/versions/{number}/cite.json")
        assert response.status_code == 410
        assert b"boats" not in response.content


def test_a_version_that_does_not_exist_is_not_cited(reader: Client):
    claim = make_published_claim()

    assert reader.get(f"/claims/{claim.public_id}/versions/2/cite.json").status_code == 404
    assert reader.get("/claims/zzzzzzzzzz/versions/1/cite.json").status_code == 404
