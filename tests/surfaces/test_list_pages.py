"""The list of claims: in two parts, narrowed, in order, as it stood."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from factcheck.common.dates import DateBounds
from factcheck.ledger.models import Publication
from tests.factories import (
    make_actor,
    make_event,
    make_published_claim,
    make_topic,
    revise_and_publish,
    withhold,
)
from tests.surfaces.listing import found, make_checked_claim, make_claim_on, make_named_actor
from tests.surfaces.reading import current, text_of

pytestmark = pytest.mark.django_db


def next_of(page: str) -> str:
    [address] = re.findall(r'<a href="([^"]*)" rel="next"', page) or [""]
    return address.replace("&amp;", "&")


def test_list_shows_no_words_without_claimant_and_both_statuses(reader: Client):
    claim = current(make_published_claim(event=make_event(title="Boats off Exampleton")))

    for address in ("/", "/claims/"):
        text = text_of(reader.get(address))
        assert (
            f"{claim.claimant_name} · 2 March 2020 {claim.text} Did they say it? Reported: we have "
            "not seen the original Is it so? Not checked yet Boats off Exampleton · published "
        ) in text


def test_what_was_checked_comes_first_and_the_register_after_it(reader: Client):
    checked = [make_checked_claim().public_id for _ in range(2)]
    recorded = [make_published_claim().public_id for _ in range(2)]

    text = text_of(reader.get("/claims/"))

    assert found(reader, "/claims/") == [*checked[::-1], *recorded[::-1]]
    assert text.index(" Checked Synthetic") < text.index(" Register: recorded, not checked ")
    assert found(reader, "/claims/?sort=newest") == [*recorded[::-1], *checked[::-1]]
    assert (
        text_of(reader.get("/claims/?sort=newest")).count(" Register: not checked published ") == 2
    )


@pytest.mark.parametrize("sort", ["", "&sort=said"])
def test_list_goes_on_from_page_to_page_and_back(reader: Client, monkeypatch, sort: str):
    monkeypatch.setattr("claims.listing.PAGE_SIZE", 2)
    claims = [make_published_claim() for _ in range(5)]
    seen, address = [], f"/claims/?about=toll{sort}"

    while address:
        page = reader.get(address).content.decode()
        seen.append(re.findall(r'<h3[^>]*><a href="/claims/(\w+)/', page))
        address = next_of(page)
    [back] = re.findall(r'<a href="([^"]*)" rel="prev"', page)

    ids = [claim.public_id for claim in reversed(claims)]
    assert seen == [ids[:2], ids[2:4], ids[4:]]
    assert found(reader, back.replace("&amp;", "&")) == ids[2:4]


def test_said_last_comes_first_and_without_a_day_last(reader: Client):
    day = datetime.date(2020, 3, 2)
    bounds = [
        DateBounds(None, datetime.date(2020, 1, 1)),
        DateBounds(),
        DateBounds.on(day),
        DateBounds(datetime.date(2019, 1, 1), datetime.date(2020, 5, 1)),
        DateBounds(datetime.date(2020, 4, 1), None),
    ]
    claims = [make_published_claim(said=said).public_id for said in bounds]

    assert found(reader, "/claims/?sort=said") == [claims[n] for n in (3, 4, 2, 0, 1)]


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("about=toll", True),
        ("about=intent", False),
        ("kind=factual", True),
        ("kind=opinion", False),
        ("attribution_status=reported", True),
        ("attribution_status=on-record", False),
        ("verification_status=unchecked", True),
        ("verification_status=false", False),
        ("checked=no", True),
        ("checked=yes", False),
        ("about=&kind=&utm_source=elsewhere", True),
        ("sort=relevance", True),
    ],
)
def test_list_is_filtered_by_what_was_chosen(reader: Client, query: str, is_found: bool):
    claim = make_published_claim()

    assert found(reader, f"/claims/?{query}") == ([claim.public_id] if is_found else [])


def test_filters_are_named_and_can_be_taken_away(reader: Client):
    event = make_event(title="Boats off Exampleton")
    make_published_claim(event=event)

    page = reader.get(f"/claims/?about=toll&event={event.public_id}").content.decode()

    assert "Only about Boats off Exampleton" in page
    assert 'href="/claims/?about=toll" aria-label="Without the filter: about Boats off' in page
    assert f'href="/claims/?event={event.public_id}" aria-label="Without the filter: about' in page


def test_empty_list_says_why(reader: Client):
    nothing = text_of(reader.get("/claims/"))
    make_published_claim()
    filtered = reader.get("/claims/?about=intent")

    assert "Nothing has been published yet." in nothing
    assert "No published claim fits all of these." in text_of(filtered)
    assert 'href="/answer/?kind=check">Ask for it' in filtered.content.decode()


def test_nothing_checked_among_them_is_said(reader: Client):
    make_published_claim()

    assert "Checked None of these has been checked yet." in text_of(reader.get("/claims/"))


def test_bad_filter_is_refused_in_words(reader: Client):
    response = reader.get("/claims/?about=everything")

    assert response.status_code == 400
    assert "about: Choose one of occurrence, responsibility" in text_of(response)


def test_one_question_has_one_address(reader: Client):
    make_published_claim()

    page = reader.get("/claims/?utm_source=x&sort=newest&kind=&about=toll&q=+boats+")

    assert (
        '<link rel="canonical" href="http://testserver/claims/?q=boats&amp;about=toll&amp;sort=newest">'
    ) in page.content.decode()


# Counts


def counts(page: Any) -> list[tuple[str, str, str]]:
    """What the list can be narrowed to: address, words, number."""
    found = re.findall(
        r'<li><a href="([^"]*)">((?:(?!</a>)[\s\S])*)</a> <span class="count">(.*?)</span>',
        page.content.decode(),
    )
    return [
        (address.replace("&amp;", "&"), re.sub(r"<[^>]+>", "", words).strip(), number)
        for address, words, number in found
    ]


def test_counts_are_links_that_narrow_the_list(reader: Client):
    actor, topic = make_actor(name="Amina Prykladova"), make_topic(name="Boats", slug="boats")
    make_checked_claim(claimant=actor, about="intent")
    make_claim_on(topic, claimant=actor)
    make_published_claim(claimant=make_actor(name="Ministry"), kind="assessment")

    page = reader.get("/claims/")

    assert "3 claims" in text_of(page)
    expected = [
        ("/claims/?checked=yes", "Checked", "1"),
        ("/claims/?checked=no", "Recorded, not checked", "2"),
        ("/claims/?verification_status=unchecked", "Not checked yet", "2"),
        ("/claims/?verification_status=unverified", "Checked, not settled", "1"),
        ("/claims/?about=toll", "toll or size", "2"),
        ("/claims/?about=intent", "intent", "1"),
        ("/claims/?kind=factual", "factual", "2"),
        ("/claims/?kind=assessment", "assessment", "1"),
        ("/claims/?topic=boats", "Boats", "1"),
        (f"/claims/?claimant={actor.public_id}", "Amina Prykladova", "2"),
    ]
    shown = counts(page)
    assert [one for one in shown if one in expected] == shown[: len(shown) - 1]
    assert len(shown) == len(expected) + 1
    for address, _, number in shown:
        assert len(found(reader, address)) == int(number), address


def test_counts_speak_of_what_was_found(reader: Client):
    actor = make_actor(name="Amina Prykladova")
    make_published_claim(text="A trawler.", claimant=actor)
    make_published_claim(text="A trawler.", about="intent")
    make_published_claim()

    page = reader.get(f"/claims/?q=trawler&claimant={actor.public_id}")

    assert "1 claim " in text_of(page)
    assert counts(reader.get("/claims/?q=trawler&about=intent&kind=factual")) == []
    assert ("/claims/?q=trawler&about=intent", "intent", "1") in counts(
        reader.get("/claims/?q=trawler")
    )


def test_private_people_are_not_counted_by_name(reader: Client):
    person = make_named_actor(
        "Canarybird", kind="person", is_private=True, description="a fisherman of Exampleton"
    )
    make_published_claim(claimant=person)
    make_published_claim()

    assert f"claimant={person.public_id}" not in reader.get("/claims/").content.decode()


def test_counts_stop_where_they_would_cost_too_much(reader: Client, monkeypatch):
    monkeypatch.setattr("claims.facets.MOST_COUNTED", 2)
    make_published_claim(about="intent")
    make_published_claim(about="intent")
    at_the_edge = text_of(reader.get("/claims/"))
    make_published_claim()

    page = reader.get("/claims/")

    assert "2 claims" in at_the_edge
    assert "More than 2 claims. The numbers beside the list count the newest 2" in text_of(page)
    assert ("/claims/?about=intent", "intent", "1") in counts(page)
    assert ("/claims/?about=toll", "toll or size", "1") in counts(page)


# As of a day


def test_list_as_of_the_day_it_stands_is_the_list_by_publication(reader: Client):
    checked, recorded = make_checked_claim(), make_published_claim()
    day = Publication.objects.latest("seq").published_at.date()

    page = reader.get(f"/claims/?as_of={day}&about=toll")

    assert found(reader, f"/claims/?as_of={day}") == [recorded.public_id, checked.public_id]
    text = text_of(page)
    assert "This is the list as it stood at the end of" in text
    body = page.content.decode()
    assert f'<a href="/claims/?about=toll&amp;as_of={day}">Permanent link' in body
    assert '<a href="/claims/?about=toll">The list as it stands now</a>' in body
    assert '<meta name="robots" content="noindex">' in body
    assert 'class="count"' not in body


def test_list_as_of_a_moment_has_what_stood_then(reader: Client, monkeypatch):
    claim = make_published_claim(text="Eleven trawlers.")
    first = Publication.objects.latest("seq")
    monkeypatch.setattr("claims.as_of.AsOf.seq", lambda asked: first.seq)
    revise_and_publish(claim, text="Eleven canoes.", about="intent")
    make_published_claim()

    then = "/claims/?as_of=2020-03-02T10:00:00Z"

    assert found(reader, then) == [claim.public_id]
    assert "Eleven trawlers." in text_of(reader.get(then))
    assert found(reader, f"{then}&about=toll") == [claim.public_id]
    assert found(reader, f"{then}&about=intent") == []
    withhold(claim, "suspend")
    assert found(reader, then) == []


def test_list_before_the_first_publication_says_so(reader: Client):
    make_published_claim()

    text = text_of(reader.get("/claims/?as_of=2001-01-01"))

    assert "Nothing had been published by then." in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=boats", "q: Words can be looked for in what stands now"),
        ("sort=said", "sort: The list as of a past day is in the order of publication."),
        ("source=zzzzzzzzzz", "source: Which claims were read in a source is told for today"),
    ],
)
def test_what_a_past_day_cannot_answer_is_refused_in_words(reader: Client, query: str, words: str):
    response = reader.get(f"/claims/?as_of=2020-03-02&{query}")

    assert response.status_code == 400
    assert words in text_of(response)
