"""What programs can ask the list of claims for beside what readers can."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from claims.models import Claim, PublicCitation, PublicClaim
from factcheck.common.dates import DateBounds
from factcheck.common.hosts import ascii_host, below, host_key, host_of
from factcheck.public_side import rebuild
from sources.models import Actor, Control, PublicControl
from tests.claims.mergers import live, merge
from tests.factories import (
    make_actor,
    make_capture,
    make_document,
    make_passage,
    make_published_claim,
    revise_and_publish,
    somebody,
    withhold,
)
from tests.surfaces.rich import make_rich_claim

pytestmark = pytest.mark.django_db

CLAIMS = "/api/v1/claims/"
DAY = datetime.timedelta(days=1)


def ids(reader: Client, **query: Any) -> list[str]:
    response = reader.get(CLAIMS, query)
    assert response.status_code == 200, response.content.decode()
    return [claim["id"] for claim in response.json()["results"]]


def refused(reader: Client, **query: Any) -> dict[str, str]:
    response = reader.get(CLAIMS, query)
    assert response.status_code == 400, response.content.decode()
    return {error["parameter"]: error["detail"] for error in response.json()["errors"]}


def control(actor: Actor, parent: Actor, **days: Any) -> None:
    Control.objects.create(
        actor=actor, parent=parent, passage=make_passage(), created_by=somebody(), **days
    )


def claim_at(url: str, **values: Any) -> Claim:
    """A published claim that cites a document at the address."""
    return make_published_claim(
        passage=make_passage(make_capture(make_document(url=url))), **values
    )


def published_on(claim: Claim) -> datetime.date:
    """The day of its newest version."""
    return PublicClaim.objects.current().get(claim_id=claim.public_id).published_at.date()


# Control


def test_claims_of_all_that_an_actor_controls_are_found(reader: Client):
    state, ministry, service = make_actor(), make_actor(), make_actor()
    control(service, ministry)
    control(ministry, state)
    own, theirs, below_them = (
        make_published_claim(claimant=actor) for actor in (state, ministry, service)
    )
    make_published_claim()

    assert ids(reader, controlled_by=state.public_id) == [
        claim.public_id for claim in (below_them, theirs, own)
    ]
    assert ids(reader, controlled_by=service.public_id) == [below_them.public_id]
    assert ids(reader, claimant=state.public_id) == [own.public_id]


def test_control_counts_in_its_own_time(reader: Client):
    parent, body = make_actor(), make_actor()
    control(body, parent, held_until=datetime.date(2020, 3, 2))
    during, after, nobody_knows = (
        make_published_claim(claimant=body, said=said)
        for said in (
            DateBounds.on(datetime.date(2020, 3, 2)),
            DateBounds.on(datetime.date(2020, 3, 3)),
            DateBounds(),
        )
    )

    found = ids(reader, controlled_by=parent.public_id)

    assert found == [during.public_id]
    assert {after.public_id, nobody_knows.public_id}.isdisjoint(found)


def test_control_is_known_through_mergers(reader: Client):
    parent, twin, body = make_actor(), make_actor(), make_actor()
    control(body, twin)
    claim = make_published_claim(claimant=body)
    live(parent)
    assert ids(reader, controlled_by=parent.public_id) == []

    merge(twin, parent)

    assert ids(reader, controlled_by=parent.public_id) == [claim.public_id]
    assert ids(reader, controlled_by=twin.public_id) == [claim.public_id]
    assert rebuild() == []


def test_circle_of_records_of_different_days_ends(reader: Client):
    one, other = make_actor(), make_actor()
    control(one, other)
    claim = make_published_claim(claimant=one)
    PublicControl.objects.create(key="0-1", actor_id=other.public_id, parent_id=one.public_id)

    assert ids(reader, controlled_by=one.public_id) == [claim.public_id]


def test_more_than_can_be_asked_for_is_refused_in_words(
    reader: Client, monkeypatch: pytest.MonkeyPatch
):
    parent = make_actor()
    for body in (make_actor(), make_actor()):
        control(body, parent)
        make_published_claim(claimant=body)
    monkeypatch.setattr("claims.api.filters.MOST_CONTROLLED", 2)

    assert refused(reader, controlled_by=parent.public_id) == {
        "controlled_by": "More than 2 actors are controlled by this one: ask for those below it"
        " one by one."
    }


# Documents and domains


def test_claims_are_found_by_the_address_of_a_document(reader: Client):
    claim = claim_at("https://www.news.example/Boats?id=7&utm_source=feed#top")
    claim_at("https://news.example/boats/others")

    for url in (
        "https://www.news.example/Boats?id=7&utm_source=feed#top",
        "http://news.example/boats?id=7",
    ):
        assert ids(reader, document=url) == [claim.public_id]
    assert ids(reader, document="https://news.example/boats") == []


def test_claims_are_found_by_domain_with_all_below_it(reader: Client):
    main = claim_at("https://www.news.example/a")
    below_it = claim_at("http://Sport.News.example:8080/b")
    claim_at("https://othernews.example/c")
    claim_at("https://news.example.org/d")

    assert ids(reader, domain="news.example") == [below_it.public_id, main.public_id]
    assert ids(reader, domain="WWW.news.example.") == [below_it.public_id, main.public_id]
    assert ids(reader, domain="sport.news.example") == [below_it.public_id]


def test_domain_in_another_script_is_the_same_domain(reader: Client):
    claim = claim_at("https://новини.приклад/a")

    assert ids(reader, domain="новини.приклад") == [claim.public_id]
    assert ids(reader, domain="xn--b1amarcd.xn--80aikifvh") == [claim.public_id]


@pytest.mark.parametrize(
    "domain", ["https://news.example", "news.example/a", "a b.example", "example", "..", "a..b"]
)
def test_what_is_no_domain_is_refused(reader: Client, domain: str):
    assert refused(reader, domain=domain) == {
        "domain": "Give a domain, such as example.org, without a path."
    }


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.news.example/a", "news.example"),
        ("http://NEWS.example:80", "news.example"),
        ("https://[::1", ""),
        ("", ""),
        ("nothing", ""),
    ],
)
def test_host_of_an_address(url: str, host: str):
    assert host_of(url) == host


def test_key_of_a_host_is_the_beginning_of_those_below():
    first, behind = below(host_key("news.example"))

    assert (first, behind) == ("example.news.", "example.news/")
    assert first <= host_key("sport.news.example") < behind
    assert not first <= host_key("newsroom.example") < behind
    assert (host_key(""), ascii_host("a" * 64 + ".example")) == ("", None)


# Days of publication, origins, order


def test_claims_are_found_by_the_day_of_publication(reader: Client):
    claim = make_published_claim()
    day = published_on(claim)

    assert ids(reader, published_on_or_after=day) == [claim.public_id]
    assert ids(reader, published_on_or_before=day) == [claim.public_id]
    assert ids(reader, published_on_or_after=day + DAY) == []
    assert ids(reader, published_on_or_before=day - DAY) == []


def test_claims_are_found_by_the_day_on_which_they_came_out(reader: Client):
    claim = revise_and_publish(make_published_claim(), text="Thirteen boats were counted.")
    long_ago = datetime.datetime(2020, 3, 2, 23, 59, 59, tzinfo=datetime.UTC)
    PublicClaim.objects.update(first_published_at=long_ago)

    assert ids(reader, first_published_on_or_before="2020-03-02") == [claim.public_id]
    assert ids(reader, first_published_on_or_before="2020-03-01") == []
    assert ids(reader, first_published_on_or_after="2020-03-02") == [claim.public_id]
    assert ids(reader, first_published_on_or_after="2020-03-03") == []
    assert ids(reader, published_on_or_before="2020-03-02") == []


def test_claims_are_found_by_independent_origins_as_their_record_counts_them(reader: Client):
    rich = make_rich_claim()
    counted = PublicClaim.objects.current().get(claim_id=rich.public_id).origins

    assert counted == 1
    assert ids(reader, min_origins=1) == [rich.public_id]
    assert ids(reader, min_origins=2) == []
    [told] = reader.get(CLAIMS, {"min_origins": 1}).json()["results"]
    assert told["origins"] == {"supports": 1, "refutes": 1}


def test_claims_are_found_by_who_voiced_them(reader: Client):
    rich = make_rich_claim()

    assert ids(reader, voiced_by=rich.voiced_by.public_id) == [rich.public_id]
    assert ids(reader, voiced_by=rich.claimant.public_id) == []


def test_claims_are_found_by_words_the_newest_first(reader: Client):
    first = make_published_claim(text="A trawler was counted.")
    second = make_published_claim(text="Two trawlers: a trawler, and another trawler.")
    make_published_claim(text="Nothing was counted.")

    assert ids(reader, q="trawler") == [second.public_id, first.public_id]
    assert ids(reader, q="trawler -another") == [first.public_id]
    assert ids(reader, q="???") == []


@pytest.mark.parametrize("ordering", ["said", "-said"])
def test_order_by_the_day_of_saying_leads_to_the_end_and_back(reader: Client, ordering: str):
    days = [datetime.date(2020, 3, 2), datetime.date(2020, 3, 1), datetime.date(2020, 3, 2)]
    claims = [make_published_claim(said=DateBounds.on(day)).public_id for day in days]
    wanted = [claims[1], claims[0], claims[2]]
    wanted = wanted if ordering == "said" else wanted[::-1]

    there = list(walk(reader, f"{CLAIMS}?page_size=1&ordering={ordering}", "next"))
    back = list(walk(reader, there[-1][1], "previous"))

    assert [page for page, _ in there] == [[one] for one in wanted]
    assert [page for page, _ in back] == [[one] for one in wanted[::-1]]


def test_places_of_equal_days_stay_when_more_is_published(reader: Client):
    said = DateBounds.on(datetime.date(2020, 3, 2))
    claims = [make_published_claim(said=said).public_id for _ in range(3)]
    second = reader.get(f"{CLAIMS}?page_size=2&ordering=-said").json()["next"]
    make_published_claim(said=said)
    make_published_claim(said=DateBounds.on(datetime.date(2020, 3, 3)))

    assert [one["id"] for one in reader.get(second).json()["results"]] == claims[:1]


def walk(reader: Client, address: str | None, way: str) -> Iterator[tuple[list[str], str]]:
    """The pages from an address on, each with its address."""
    while address:
        answer = reader.get(address).json()
        yield [one["id"] for one in answer["results"]], address
        address = answer[way]


# As of a past day


def test_list_as_of_a_day_is_what_stood_then(reader: Client, monkeypatch: pytest.MonkeyPatch):
    claim = make_published_claim(text="Twelve boats were counted.")
    seq = PublicClaim.objects.get().from_seq
    revise_and_publish(claim, text="Thirteen boats were counted.")
    make_published_claim()
    monkeypatch.setattr("claims.as_of.AsOf.seq", lambda asked: seq)

    def texts(**query: Any) -> list[str]:
        answer = reader.get(CLAIMS, {"as_of": "2020-03-02", **query}).json()
        return [one["text"] for one in answer["results"]]

    assert texts() == ["Twelve boats were counted."]
    assert texts(claimant=claim.claimant.public_id) == ["Twelve boats were counted."]
    assert texts(claimant=make_actor().public_id) == []
    assert texts(about="intent") == []
    withhold(claim, "suspend")
    assert texts() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("q", "boats"),
        ("source", "zzzzzzzzzz"),
        ("controlled_by", "zzzzzzzzzz"),
        ("document", "https://news.example/"),
        ("domain", "news.example"),
    ],
)
def test_what_is_known_of_today_alone_is_not_asked_of_a_past_day(
    reader: Client, name: str, value: str
):
    assert refused(reader, as_of="2020-03-02", **{name: value}) == {
        name: f"Only the claims that stand now can be asked by {name}, not those of a past day."
        f" Leave out {name}, or leave out as_of."
    }


def test_past_list_is_in_the_order_of_publication(reader: Client):
    assert refused(reader, as_of="2020-03-02", ordering="-said") == {
        "ordering": "The list as of a past day is in the order of publication. Leave out ordering,"
        " or leave out as_of."
    }


# The projection


def test_rebuild_makes_the_same_rows_and_fills_old_ones(reader: Client):
    parent, body = make_actor(), make_actor()
    control(body, parent, held_from=datetime.date(2019, 1, 1))
    claim = claim_at("https://news.example/boats", claimant=body)
    assert rebuild() == []
    before = list(PublicControl.objects.values())
    PublicControl.objects.all().delete()
    PublicCitation.objects.update(host="")

    changed = {str(one).split()[0] for one in rebuild()}

    assert changed == {"sources_publiccontrol", "claims_publiccitation"}
    assert list(PublicControl.objects.values()) == before
    assert [(one["parent_id"], one["actor_id"], str(one["held_from"])) for one in before] == [
        (parent.public_id, body.public_id, "2019-01-01")
    ]
    assert ids(reader, domain="news.example") == [claim.public_id]


def test_control_ends_with_the_record_that_told_it(reader: Client):
    parent, body = make_actor(), make_actor()
    control(body, parent)
    live(body)
    assert PublicControl.objects.count() == 1
    other = make_actor()
    live(other)

    merge(body, other)

    assert PublicControl.objects.count() == 0
