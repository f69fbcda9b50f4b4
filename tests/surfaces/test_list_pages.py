"""Home and the list of claims."""

import re

import pytest
from django.test import Client

from tests.factories import (
    make_event,
    make_published_claim,
)
from tests.surfaces.reading import current, text_of

pytestmark = pytest.mark.django_db


def test_list_shows_no_words_without_claimant_and_both_statuses(reader: Client):
    claim = current(make_published_claim(event=make_event(title="Boats off Exampleton")))

    for address in ("/", "/claims/"):
        text = text_of(reader.get(address))
        assert (
            f"{claim.claimant_name} · 2 March 2020 {claim.text} Did they say it? Reported: we have "
            "not seen the original Is it so? Not checked yet Boats off Exampleton · published "
        ) in text


def test_list_is_newest_first_and_goes_on_from_page_to_page(reader: Client, monkeypatch):
    monkeypatch.setattr("claims.filters.PAGE_SIZE", 2)
    claims = [make_published_claim() for _ in range(5)]
    seen, address = [], "/claims/?about=toll"

    while address:
        page = reader.get(address).content.decode()
        seen.append(re.findall(r'<h3[^>]*><a href="/claims/(\w+)/', page))
        [address] = re.findall(r'<a href="([^"]*)" rel="next"', page) or [""]
        address = address.replace("&amp;", "&")

    ids = [claim.public_id for claim in reversed(claims)]
    assert seen == [ids[:2], ids[2:4], ids[4:]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("about=toll", True),
        ("about=intent", False),
        ("kind=factual", True),
        ("kind=opinion", False),
        ("attribution_status=reported", True),
        ("attribution_status=on-record", False),
        ("verification_status=unchecked", True),
        ("verification_status=false", False),
        ("about=&kind=&utm_source=elsewhere", True),
    ],
)
def test_list_is_filtered_by_what_was_chosen(reader: Client, query: str, found: bool):
    claim = make_published_claim()

    page = reader.get(f"/claims/?{query}").content.decode()

    assert (claim.public_id in page) is found


def test_filter_that_came_by_a_link_is_named_and_can_be_taken_away(reader: Client):
    event = make_event(title="Boats off Exampleton")
    make_published_claim(event=event)

    page = reader.get(f"/claims/?about=toll&event={event.public_id}").content.decode()

    assert "Only about Boats off Exampleton" in page
    assert 'href="/claims/?about=toll"' in page


def test_empty_list_says_why(reader: Client):
    nothing = text_of(reader.get("/claims/"))
    make_published_claim()
    filtered = text_of(reader.get("/claims/?about=intent"))

    assert "Nothing has been published yet." in nothing
    assert "No published claim fits all of these." in filtered


def test_bad_filter_is_refused_in_words(reader: Client):
    response = reader.get("/claims/?about=everything")

    assert response.status_code == 400
    assert "about: Choose one of occurrence, responsibility" in text_of(response)
