"""Detail for programs: JSON-LD, comparisons, and who is told that nothing has changed."""

import hashlib
import json

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import workflow
from claims.models import PublicClaim
from factcheck.ledger.choices import PublicationKind
from factcheck.partners.middleware import CORS
from tests.claims.mergers import live
from tests.factories import (
    add_figure,
    make_actor,
    make_published_claim,
    make_ready_claim,
    make_user,
    revise_and_publish,
)
from tests.surfaces.ledgering import NOTE, bury, publish
from tests.surfaces.rich import make_rich_claim

pytestmark = pytest.mark.django_db

CLAIMS = "/api/v1/claims/"
JSON_LD = {"accept": "application/ld+json"}


# JSON-LD


def test_json_ld_is_what_stands_on_the_page(reader: Client):
    claim = make_rich_claim()
    page_at = PublicClaim.objects.current().get(claim_id=claim.public_id).get_absolute_url()
    page = reader.get(page_at).content.decode()
    start = page.index('<script type="application/ld+json">') + 35

    response = reader.get(f"{CLAIMS}{claim.public_id}/", headers=JSON_LD)

    assert response["Content-Type"] == "application/ld+json"
    assert response["Vary"] == "Accept, Accept-Encoding"
    assert response.json() == json.loads(page[start : page.index("</script>", start)])
    assert response.json()["@type"] == "ClaimReview"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/ld+json", "application/ld+json"),
        ("application/ld+json, */*", "application/ld+json"),
        ("application/ld+json, application/json;q=0.9", "application/ld+json"),
        ("application/ld+json;q=0.5, */*;q=0.1", "application/ld+json"),
        ("application/json, application/ld+json", "application/json"),
        ("*/*, application/ld+json;q=0.5", "application/json"),
        ("application/ld+json;q=0", "application/json"),
        ("application/ld+json;q=nan", "application/json"),
        ("text/html", "application/json"),
        ("*/*", "application/json"),
        ("", "application/json"),
    ],
)
def test_what_is_accepted_decides_and_json_is_what_everybody_gets(
    reader: Client, claim_id: str, accept: str, media_type: str
):
    response = reader.get(f"{CLAIMS}{claim_id}/", headers={"accept": accept})

    assert (response.status_code, response["Content-Type"]) == (200, media_type)
    assert response["Vary"] == "Accept, Accept-Encoding"


def test_each_form_has_its_own_etag(reader: Client, claim_id: str):
    address = f"{CLAIMS}{claim_id}/"
    plain, markup = reader.get(address), reader.get(address, headers=JSON_LD)
    assert plain["ETag"] != markup["ETag"]

    for response, accept in ((plain, {}), (markup, JSON_LD)):
        known = {"if-none-match": response["ETag"]}
        again = reader.get(address, headers={**accept, **known})
        assert (again.status_code, again.content, again["Vary"]) == (
            304,
            b"",
            "Accept, Accept-Encoding",
        )
        other = reader.get(address, headers={**({} if accept else JSON_LD), **known})
        assert other.status_code == 200


def test_json_ld_of_what_is_not_live_is_its_tombstone(reader: Client):
    claim = make_published_claim()
    tombstone = bury(claim, PublicationKind.SUSPEND)

    response = reader.get(f"{CLAIMS}{claim.public_id}/", headers=JSON_LD)

    assert (response.status_code, response.content) == (410, tombstone.record.encode())


def test_tombstone_is_sent_to_who_knows_its_hash(reader: Client):
    claim = make_published_claim()
    tombstone = bury(claim, PublicationKind.SUSPEND)

    response = reader.get(
        f"{CLAIMS}{claim.public_id}/",
        headers={"if-none-match": f'"{tombstone.record_sha256}"'},
    )

    assert (response.status_code, response.content) == (410, tombstone.record.encode())


# Compare


def test_comparison_tells_fields_by_the_codes_of_the_record(reader: Client):
    claim = revise_and_publish(
        make_published_claim(text="Twelve boats were counted."), text="Thirteen boats."
    )

    answer = reader.get(f"{CLAIMS}{claim.public_id}/compare/1...2/").json()

    assert (answer["claim"], answer["before"]["version"]) == (claim.public_id, 1)
    assert answer["after"]["publication"] == "correct"
    assert answer["after"]["note"] == "Synthetic note: the text was wrong."
    assert answer["differences"] == [
        {
            "part": "claim",
            "key": None,
            "title": "The claim",
            "how": "changed",
            "changes": [
                {
                    "field": "text",
                    "label": "Claim",
                    "how": "changed",
                    "before": "Twelve boats were counted.",
                    "after": "Thirteen boats.",
                }
            ],
        }
    ]


def test_comparison_tells_entries_by_what_identifies_them(reader: Client):
    claim = make_ready_claim()
    figure = add_figure(claim, qualifier="more-than", low=12, best=None)
    publish(claim)
    workflow.revise(claim, by=make_user("reporter"))
    figure.as_printed, figure.low = "more than 13 boats", 13
    figure.save()
    claim.refresh_from_db()
    workflow.submit(claim, by=make_user("reporter"))
    workflow.approve(claim, by=make_user("checker"))
    workflow.take("correct", claim, by=make_user("editor"), note=NOTE)

    answer = reader.get(f"{CLAIMS}{claim.public_id}/compare/1...2/").json()

    [figures] = [group for group in answer["differences"] if group["part"] == "figures"]
    assert (figures["key"], figures["how"]) == ({"id": figure.public_id}, "changed")
    assert {
        change["field"]: (change["before"], change["after"]) for change in figures["changes"]
    } == {
        "figures.as_printed": ("12 boats", "more than 13 boats"),
        "figures.low": ("12", "13"),
    }


@pytest.mark.parametrize("kind", [PublicationKind.SUSPEND, PublicationKind.REDACT])
def test_comparison_of_withheld_versions_is_gone(reader: Client, kind: PublicationKind):
    claim = revise_and_publish(make_published_claim(), text="Thirteen boats were counted.")
    bury(claim, kind)

    response = reader.get(f"{CLAIMS}{claim.public_id}/compare/1...2/")

    assert response.status_code == 410
    assert response.json()["detail"] == f"Version 1 is withheld: {NOTE}"
    assert b"boats" not in response.content


def test_comparison_with_a_tombstone_says_that_it_has_no_words(reader: Client):
    claim = make_published_claim()
    bury(claim, PublicationKind.RETRACT)

    response = reader.get(f"{CLAIMS}{claim.public_id}/compare/1...2/")

    assert response.status_code == 410
    assert response.json()["detail"] == f"Version 2 has no words to compare: {NOTE}"


# Conditional requests


def test_whoever_has_an_answer_is_told_so_after_one_query(reader: Client):
    claim = make_rich_claim()
    document = claim.citations.order_by("position")[0].document
    event = claim.event.public_id
    for address in (
        CLAIMS,
        f"{CLAIMS}?q=boats&about=toll&ordering=-said",
        f"{CLAIMS}?controlled_by={claim.claimant.public_id}",
        f"{CLAIMS}{claim.public_id}/",
        f"{CLAIMS}{claim.public_id}/versions/",
        f"{CLAIMS}{claim.public_id}/versions/1/",
        f"{CLAIMS}{claim.public_id}/compare/1...2/",
        "/api/v1/claimants/",
        f"/api/v1/claimants/{claim.claimant.public_id}/",
        "/api/v1/sources/",
        "/api/v1/events/",
        f"/api/v1/events/{event}/",
        f"/api/v1/events/{event}/figures/",
        "/api/v1/topics/",
        "/api/v1/topics/harbours/",
        "/api/v1/documents/?url=https://news.example/boats",
        f"/api/v1/documents/{document.public_id}/",
    ):
        first = reader.get(address)
        assert first.status_code == 200, address
        with CaptureQueriesContext(connections["public"]) as captured:
            again = reader.get(address, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content, len(captured)) == (304, b"", 1), address
        assert again["ETag"] == first["ETag"], address
        assert first["Cache-Control"] == again["Cache-Control"], address
        assert again["Access-Control-Allow-Origin"] == "*", address
        assert set(CORS) <= set(again.headers), address


def test_publication_makes_every_list_new(reader: Client):
    before = reader.get(CLAIMS)["ETag"]
    live(make_actor())

    response = reader.get(CLAIMS, headers={"if-none-match": before})

    assert response.status_code == 200
    assert response["ETag"] != before


def test_refusal_has_no_etag(reader: Client):
    for address in (f"{CLAIMS}?colour=red", "/api/v1/documents/", f"{CLAIMS}zzzzzzzzzz/versions/"):
        assert "ETag" not in reader.get(address).headers, address


def test_the_same_question_at_another_page_has_another_etag(reader: Client, claim_id: str):
    one, other = reader.get(CLAIMS), reader.get(f"{CLAIMS}?page_size=1")

    assert one.content == other.content
    assert one["ETag"] != other["ETag"]


def test_hash_of_the_record_is_what_it_was(reader: Client, claim_id: str):
    response = reader.get(f"{CLAIMS}{claim_id}/")

    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
