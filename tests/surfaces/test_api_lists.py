"""The API's lists: pages that end, and filters that find what they name."""

from datetime import date

import pytest
from django.test import Client

from claims.filters import FILTERS
from claims.models import Claim, ClaimTopic, Inquiry, PublicClaim
from factcheck.common.dates import DateBounds
from tests.factories import (
    add_figure,
    make_actor,
    make_event,
    make_published_claim,
    make_ready_claim,
    make_source,
    make_topic,
    revise_and_publish,
    somebody,
)
from tests.surfaces.ledgering import publish

pytestmark = pytest.mark.django_db

CLAIMS = "/api/v1/claims/"


def ids(response) -> list[str]:
    return [claim["id"] for claim in response.json()["results"]]


# Lists


def test_list_holds_the_ready_made_summaries(reader: Client):
    claim = make_published_claim()
    summary = PublicClaim.objects.get(claim_id=claim.public_id).summary

    response = reader.get(CLAIMS)

    assert response["Content-Type"] == "application/json"
    assert response.content == b'{"next":null,"previous":null,"results":[%b]}' % summary.encode()


def test_summary_never_has_words_without_claimant_and_both_statuses(reader: Client):
    make_published_claim()

    [claim] = reader.get(CLAIMS).json()["results"]

    assert claim["speaker"]["claimant"]["name"]
    assert (claim["attribution_status"], claim["verification_status"]) == ("reported", "unchecked")
    assert claim["status_line"].endswith("We have not checked whether it is so.")


def test_empty_list_is_a_list(reader: Client):
    assert reader.get(CLAIMS).json() == {"next": None, "previous": None, "results": []}


def test_list_has_each_claim_once_by_its_newest_version(reader: Client):
    first = make_published_claim()
    second = make_published_claim()
    revise_and_publish(first, text="Thirteen boats were counted.")

    response = reader.get(CLAIMS)

    assert ids(response) == [first.public_id, second.public_id]
    assert [claim["version"] for claim in response.json()["results"]] == [2, 1]


@pytest.mark.parametrize("ordering", ["-published", "published"])
def test_pages_lead_to_the_end_and_back_again(reader: Client, ordering: str):
    claims = [make_published_claim().public_id for _ in range(5)]
    wanted = claims if ordering == "published" else claims[::-1]
    pages, address = [], f"{CLAIMS}?page_size=2&ordering={ordering}"

    while address:
        response = reader.get(address)
        pages.append(ids(response))
        address = response.json()["next"]
    back, address = [], response.json()["previous"]
    while address:
        response = reader.get(address)
        back.append(ids(response))
        address = response.json()["previous"]

    assert pages == [wanted[:2], wanted[2:4], wanted[4:]]
    assert back == [wanted[2:4], wanted[:2]]


def test_page_stays_in_place_when_something_is_published_meanwhile(reader: Client):
    claims = [make_published_claim().public_id for _ in range(3)]
    second = reader.get(f"{CLAIMS}?page_size=2").json()["next"]
    newcomer = make_published_claim()

    response = reader.get(second)

    assert ids(response) == claims[:1]
    assert ids(reader.get(response.json()["previous"])) == claims[:0:-1]
    assert ids(reader.get(CLAIMS))[0] == newcomer.public_id


def test_links_stand_in_the_header_too(reader: Client):
    for _ in range(3):
        make_published_claim()

    first = reader.get(f"{CLAIMS}?page_size=1")
    second = reader.get(first.json()["next"])

    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert second["Link"] == (
        f'<{second.json()["next"]}>; rel="next", <{second.json()["previous"]}>; rel="prev"'
    )
    assert first.json()["next"].startswith("http://testserver/api/v1/claims/?page_size=1&cursor=")


def test_cursor_is_good_for_its_own_list_only(reader: Client):
    for _ in range(3):
        make_published_claim()
    following = reader.get(f"{CLAIMS}?page_size=1").json()["next"]

    response = reader.get(f"{following}&about=toll")

    assert response.status_code == 400
    assert response.json()["errors"] == [
        {
            "parameter": "cursor",
            "detail": "This cursor was not given out for this list; start again without it.",
        }
    ]


# Filters


@pytest.fixture
def described() -> Claim:
    """A claim with a value for every filter, beside one with none of them."""
    make_published_claim(about="intent", said=DateBounds())
    source = make_source()
    claim = make_ready_claim(
        speaker="own-voice",
        outlet=source,
        claimant=None,
        event=make_event(),
        kind="quantitative",
        language="uk",
        attribution_status="no-record",
        attribution_reason="We searched the site.",
        verification_status="unverified",
        why_checked="Many asked.",
        would_settle="The outlet's archive.",
        rationale="Nothing settles it.",
        as_of=date(2020, 4, 1),
        said=DateBounds(date(2020, 3, 2), date(2020, 3, 4)),
    )
    ClaimTopic.objects.create(claim=claim, topic=make_topic(slug="harbours"), created_by=somebody())
    add_figure(claim)
    Inquiry.objects.create(
        claim=claim,
        manner="looked-for",
        place="the outlet's site",
        question="The sentence, in any form.",
        asked_on=date(2020, 4, 1),
        result="nothing-found",
        created_by=somebody(),
    )
    return publish(claim)


def value_of(claim: Claim, name: str) -> str:
    public = PublicClaim.objects.get(claim_id=claim.public_id)
    return {
        "attribution_status": "no-record",
        "verification_status": "unverified",
        "about": "toll",
        "kind": "quantitative",
        "claimant": public.claimant_id,
        "outlet": public.outlet_id,
        "source": claim.citations.get(position=1).document.source.public_id,
        "event": public.event_id,
        "topic": "harbours",
        "language": "uk",
        "said_on_or_after": "2020-03-04",
        "said_on_or_before": "2020-03-02",
        "has_figures": "true",
    }[name]


@pytest.mark.parametrize("name", sorted(set(FILTERS) - {"claimant"}))
def test_filter_finds_what_it_names_and_nothing_else(reader: Client, described: Claim, name: str):
    response = reader.get(f"{CLAIMS}?{name}={value_of(described, name)}")

    assert ids(response) == [described.public_id]


def test_claims_are_found_by_claimant(reader: Client):
    actor = make_actor()
    claim, _ = make_published_claim(claimant=actor), make_published_claim()

    response = reader.get(f"{CLAIMS}?claimant={actor.public_id}")

    assert ids(response) == [claim.public_id]


def test_claims_without_figures_are_found(reader: Client, described: Claim):
    response = reader.get(f"{CLAIMS}?has_figures=false")

    assert described.public_id not in ids(response)
    assert len(ids(response)) == 1


@pytest.mark.parametrize(
    ("bounds", "query", "found"),
    [
        ((date(2020, 3, 2), date(2020, 3, 4)), "said_on_or_after=2020-03-05", False),
        ((date(2020, 3, 2), date(2020, 3, 4)), "said_on_or_after=2020-03-03", True),
        ((date(2020, 3, 2), date(2020, 3, 4)), "said_on_or_before=2020-03-01", False),
        ((date(2020, 3, 2), date(2020, 3, 4)), "said_on_or_before=2020-03-03", True),
        ((date(2020, 3, 2), None), "said_on_or_after=2021-01-01", True),
        ((None, date(2020, 3, 4)), "said_on_or_before=2019-01-01", True),
        ((None, date(2020, 3, 4)), "said_on_or_after=2020-03-05", False),
        ((None, None), "said_on_or_after=2020-01-01", False),
        ((None, None), "said_on_or_before=2020-01-01", False),
    ],
)
def test_claim_is_kept_that_may_have_been_said_then(
    reader: Client, bounds: tuple, query: str, found: bool
):
    claim = make_published_claim(said=DateBounds(*bounds))

    assert (claim.public_id in ids(reader.get(f"{CLAIMS}?{query}"))) is found


def test_filters_work_together(reader: Client, described: Claim):
    assert ids(reader.get(f"{CLAIMS}?about=toll&topic=harbours")) == [described.public_id]
    assert ids(reader.get(f"{CLAIMS}?about=intent&topic=harbours")) == []
