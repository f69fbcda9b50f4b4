"""What is told of a review: the words of its page; and the document that says what may be asked."""

import json
from itertools import product
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


def published(**values: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The summary and the content of a claim."""
    claim = make_published_claim(**values)
    row = PublicClaim.objects.current().get(claim_id=claim.public_id)
    content: dict[str, Any] = Publication.objects.get(seq=row.from_seq).content or {}
    return orjson.loads(row.summary), content


def judged(
    summary: dict[str, Any], content: dict[str, Any], **statuses: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same with other statuses."""
    changed = {f"{name}_status": status for name, status in statuses.items()}
    parts = {name: {**content[name], "status": status} for name, status in statuses.items()}
    return {**summary, **changed}, {**content, **parts}


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


def test_verdicts_and_findings_are_told_as_on_the_page():
    claim = published()

    for verdict, finding in product(VERDICTS, ["reported", *FINDINGS]):
        check_alike(*judged(*claim, verification=verdict, attribution=finding))
    for finding in FINDINGS:
        check_alike(*judged(*claim, attribution=finding))


def test_outlet_and_nobody_are_told_as_on_the_page():
    own_voice = published(speaker="own-voice", claimant=None, outlet=make_source())
    nobody = published(speaker="nobody-named", claimant=None, attribution_status="")

    for claim in (own_voice, nobody):
        check_alike(*judged(*claim, verification="false"))


def test_the_rows_that_are_searched_are_those_with_a_review():
    claim = published()

    for finding, verdict in product(AttributionStatus.values, VerificationStatus.values):
        PublicClaim.objects.update(attribution_status=finding, verification_status=verdict)
        _, content = judged(*claim, attribution=finding, verification=verdict)
        has_review = markup(content)["@type"] == "ClaimReview"
        assert PublicClaim.objects.current().reviewed().exists() is has_review, (finding, verdict)


def test_what_carries_no_review_is_no_answer():
    summary, _ = published()

    with pytest.raises(ValueError, match="carries no review"):
        claim_of(summary, US)


def test_title_has_who_and_both_statuses():
    summary, _ = judged(*published(), verification="false")
    summary["speaker"]["claimant"]["name"] = "Mayor of Exampleton"

    [review] = claim_of(summary, US)["claimReview"]

    assert review["title"] == f"False, reported – Mayor of Exampleton: {summary['text']}"


def test_day_that_is_not_known_is_left_out():
    summary, _ = judged(*published(), verification="false")

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
