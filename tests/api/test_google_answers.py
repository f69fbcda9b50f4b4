"""What is told of a review: the words of its page; and the document that says what may be asked."""

import json
from pathlib import Path
from typing import Any

import googleapiclient.discovery_cache
import orjson
import pytest
from django.test import Client

from claims.api.google.answers import Publisher, claim_of
from claims.api.google.selecting import SHAPE, selected, selection_of
from claims.choices import FINDINGS, VERDICTS, AttributionStatus, VerificationStatus
from claims.claimreview import Place, markup_of
from claims.models import PublicClaim
from factcheck.ledger.models import Publication
from tests.api.asking_google import DISCOVERY
from tests.factories import make_published_claim, make_source

pytestmark = pytest.mark.django_db

US = Publisher("Synthetic newsroom", "https://www.facts.example")
GOOGLES = Path(googleapiclient.discovery_cache.__file__).with_name("documents")


def told(**values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A claim's summary and content, as they would be with other statuses."""
    claim = make_published_claim(**values.pop("claim", {}))
    row = PublicClaim.objects.current().get(claim_id=claim.public_id)
    summary = orjson.loads(row.summary)
    content: dict[str, Any] = Publication.objects.get(seq=row.from_seq).content or {}
    for name, status in values.items():
        summary[f"{name}_status"] = status
        content[name] = {**content[name], "status": status}
    return summary, content


def markup(content: dict[str, Any]) -> dict[str, Any]:
    """The JSON-LD of the claim's page."""
    times = {"first_at": "2020-03-02T00:00:00Z", "at": "2020-03-03T00:00:00Z"}
    return markup_of(content, Place(US.origin, "/claims/0/a/", "0", 1, **times))


def check_alike(summary: dict[str, Any], content: dict[str, Any]) -> None:
    """What a program is told is what stands in the JSON-LD of the page."""
    claim, page = claim_of(summary, US), markup(content)
    [review] = claim["claimReview"]
    reviewed = page["itemReviewed"]
    assert page["@type"] == "ClaimReview"
    assert claim["text"] == reviewed["text"]
    assert claim.get("claimant") == reviewed.get("author", {}).get("name")
    assert claim.get("claimDate", "")[:10] == reviewed.get("datePublished", "")
    assert review["textualRating"] == page["reviewRating"]["alternateName"]
    assert review["languageCode"] == page["inLanguage"]
    assert None not in claim.values()


@pytest.mark.parametrize("verdict", sorted(VERDICTS))
@pytest.mark.parametrize("finding", ["reported", *sorted(FINDINGS)])
def test_verdict_is_told_as_on_the_page(verdict: str, finding: str):
    check_alike(*told(verification=verdict, attribution=finding))


@pytest.mark.parametrize("finding", sorted(FINDINGS))
def test_finding_is_told_as_on_the_page(finding: str):
    check_alike(*told(attribution=finding))


def test_outlet_and_nobody_are_told_as_on_the_page():
    own_voice = {"speaker": "own-voice", "claimant": None}
    check_alike(*told(verification="false", claim={**own_voice, "outlet": make_source()}))
    nobody = {"speaker": "nobody-named", "claimant": None}
    check_alike(*told(verification="false", claim={**nobody, "attribution_status": ""}))


@pytest.mark.parametrize("attribution", AttributionStatus.values)
@pytest.mark.parametrize("verification", VerificationStatus.values)
def test_the_rows_that_are_searched_are_those_with_a_review(attribution: str, verification: str):
    _, content = told(attribution=attribution, verification=verification)
    PublicClaim.objects.update(attribution_status=attribution, verification_status=verification)

    assert PublicClaim.objects.current().reviewed().exists() is (
        markup(content)["@type"] == "ClaimReview"
    )


def test_title_has_who_and_both_statuses():
    summary, _ = told(verification="false")
    summary["speaker"]["claimant"]["name"] = "Mayor of Exampleton"

    [review] = claim_of(summary, US)["claimReview"]

    assert review["title"] == f"False, reported – Mayor of Exampleton: {summary['text']}"


def test_day_that_is_not_known_is_left_out():
    summary, _ = told(verification="false")

    for said in (None, {"not_before": None, "not_after": "2020-03-02"}):
        assert "claimDate" not in claim_of({**summary, "said": said}, US)


# Fields


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("claims", {"claims": None}),
        ("*", dict.fromkeys(SHAPE)),
        ("claims/text,claims/claimDate", {"claims": {"text": None, "claimDate": None}}),
        ("claims/text,claims", {"claims": None}),
        (
            "nextPageToken,claims(text,claimReview(url,publisher/name))",
            {
                "nextPageToken": None,
                "claims": {
                    "text": None,
                    "claimReview": {"url": None, "publisher": {"name": None}},
                },
            },
        ),
    ],
)
def test_fields_are_understood(fields: str, wanted: dict[str, Any]):
    assert selection_of(fields) == wanted


def test_what_is_not_wanted_is_left_out_everywhere():
    answer = {"claims": [{"text": "a", "claimant": "b"}, {"claimant": "c"}], "nextPageToken": "t"}

    assert selected(answer, selection_of("claims/text")) == {"claims": [{"text": "a"}, {}]}
    assert selected({}, selection_of("claims/text")) == {}
    assert selected(answer, None) is answer


# The discovery document


def bones(part: Any) -> Any:
    """A part of a discovery document without its sentences."""
    if isinstance(part, dict):
        return {
            name: bones(value)
            for name, value in part.items()
            if name not in ("enumDescriptions",)
            and not (name == "description" and isinstance(value, str))
        }
    return [bones(one) for one in part] if isinstance(part, list) else part


def test_discovery_document_has_the_bones_of_googles(reader: Client):
    googles = json.loads((GOOGLES / "factchecktools.v1alpha1.json").read_bytes())

    response = reader.get(DISCOVERY, {"version": "v1alpha1", "key": "anything"})

    ours = response.json()
    assert response["Content-Type"] == "application/json"
    for name in ("resources", "schemas", "parameters", "id", "name", "version", "revision", "auth"):
        assert bones(ours[name]) == bones(googles[name]), name
    methods = [m["id"] for r in ours["resources"].values() for m in r["methods"].values()]
    assert len(methods) == 7
    assert ours["rootUrl"] == ours["baseUrl"] == "http://testserver/"


def test_discovery_document_is_kept_by_who_has_it(reader: Client):
    etag = reader.get(DISCOVERY)["ETag"]

    again = reader.get(DISCOVERY, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
