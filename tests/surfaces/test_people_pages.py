"""Pages of claimants and sources: who they are and how we know, what they said, no page of anybody
private.
"""

import re
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.kinds import KINDS
from claims.presentation.people import days_held
from factcheck.common.dates import DateBounds
from factcheck.common.roles import Role
from sources import workflow
from sources.models import Actor
from tests.claims.test_redaction import live
from tests.factories import (
    make_actor,
    make_capture,
    make_document,
    make_passage,
    make_published_claim,
    make_source,
    make_user,
    withhold,
)
from tests.surfaces.conftest import PUBLIC_TABLES
from tests.surfaces.people_rich import OWNED, People, make_people
from tests.surfaces.reading import text_of

pytestmark = pytest.mark.django_db

NOTE = "Synthetic note: entered twice."


@pytest.fixture
def people() -> People:
    return make_people()


def claimant(actor: Actor) -> str:
    return f"/claimants/{actor.public_id}/"


def page_of(reader: Client, address: str) -> str:
    """The page where the address leads."""
    response = reader.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def section(page: str, name: str) -> str:
    """One section of the page; empty where there is none."""
    start = page.find(f'<section aria-labelledby="{name}">')
    return page[start : page.index("</section>", start)] if start > 0 else ""


def step(name: str, row: Any, **further: Any) -> None:
    take = getattr(workflow, name)
    take(row, by=make_user(Role.EDITOR), note=NOTE, kinds=KINDS, **further)


def private_person(**values: Any) -> Actor:
    row = {"is_private": True, "description": "a synthetic neighbour"} | values
    return live(make_actor(kind="person", name="Synthetic Name", **row))


def make_private(person: Actor) -> None:
    person.is_private, person.description = True, "a synthetic neighbour"
    person.save()
    workflow.correct(person, by=make_user(Role.EDITOR), note=NOTE)


# Claimants


def test_a_claimant_has_its_names_in_all_languages_and_spellings(reader: Client, people: People):
    page = page_of(reader, claimant(people.office))

    assert "<h1>Harbour Office of Exampleton</h1>" in page
    assert '<p class="kicker">Government body</p>' in page
    assert "the office that counts boats" in page
    assert '<span lang="uk" dir="ltr">Портове управління Зразкова</span>' in page
    assert '<span lang="ar" dir="rtl">مكتب الميناء</span>' in page
    assert '<span class="aside">Arabic · As printed</span>' in page
    assert 'href="https://www.wikidata.org/wiki/Q4115189"' in page
    address = f"/claimants/{people.office.public_id}/feed.atom"
    link = (
        f'<link rel="alternate" type="application/atom+xml" href="{address}" title="New claims by'
    )
    assert link in page


def test_control_rests_on_the_passage_that_tells_of_it(reader: Client, people: People):
    page = section(page_of(reader, claimant(people.office)), "control")

    assert f'<a href="{claimant(people.city)}city-of-exampleton/">City of Exampleton</a>' in page
    assert "from 1 January 2019" in page
    assert "The mayor of Exampleton said on Monday that 12 boats were counted." in page
    assert "We hold a copy" in page


def test_roles_have_their_days_and_the_passage_that_they_rest_on(reader: Client, people: People):
    roles = section(page_of(reader, claimant(people.person)), "roles")

    first, last = roles.split("<li>")[1:]
    assert "<strong>spokeswoman of the harbour office</strong>" in first
    assert f'<a href="{claimant(people.office)}harbour-office-of-exampleton/">' in first
    assert "from 2 March 2020 to 9 March 2020" in first
    assert "the office's voice".replace("'", "&#x27;") in first
    assert "<blockquote" in first
    assert "days not established" in last
    assert "No passage is given for this role." in last


def test_what_held_for_a_single_day_has_one_day():
    assert days_held("2020-03-02", "2020-03-02") == "on 2 March 2020"
    assert days_held("2020-03-02", "2020-03-03") == "from 2 March 2020 to 3 March 2020"


def test_what_belongs_to_a_claimant_is_told_by_the_records_of_these(reader: Client, people: People):
    city = section(page_of(reader, claimant(people.city)), "ties")
    office = section(page_of(reader, claimant(people.office)), "ties")

    assert f'href="/sources/{people.gazette.public_id}/harbour-gazette/"' in city
    assert f'<a href="{claimant(people.office)}harbour-office-of-exampleton/">' in city
    assert "Who has a role there" not in city
    assert ">Amina Example</a>, spokeswoman of the harbour office" in office
    assert "Whom they control" not in office


def test_what_they_said_stands_by_the_day_of_saying_with_both_statuses(
    reader: Client, people: People
):
    make_published_claim(
        claimant=people.office, text="On a day that nobody knows.", said=DateBounds()
    )

    page = section(page_of(reader, claimant(people.office)), "said")

    texts = re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", page)
    assert texts == [
        "The office counted 12 boats.",
        "The office counted 11 boats.",
        "The office counted ten boats.",
        "On a day that nobody knows.",
    ]
    assert page.count("Reported: we have not seen the original") == len(texts)
    assert page.count("Not checked yet") == len(texts)
    assert page.count('<span class="name">Harbour Office of Exampleton</span>') == len(texts)


def test_the_number_of_claims_says_what_it_rests_on(reader: Client, people: People):
    text = text_of(reader.get(claimant(people.office), follow=True))
    nobody = text_of(reader.get(claimant(people.city), follow=True))

    assert re.search(
        r"We have published 3 claims by this claimant since \d+ \w+ \d{4} ?\. Which ones we "
        r"take up is our choice, so the number says nothing about how often they are right\.",
        text,
    )
    assert "We have published no claim by this claimant." in nobody
    assert "%" not in text


def test_more_claims_than_a_page_shows_are_in_the_list(
    reader: Client, people: People, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("claims.views.said.said.__kwdefaults__", {"most": 2})

    page = section(page_of(reader, claimant(people.office)), "said")

    assert page.count("<article>") == 2
    link = f"/claims/?sort=said&amp;claimant={people.office.public_id}"
    assert f'<a href="{link}">All 3 claims as a list</a>' in page
    assert page_of(reader, link.replace("&amp;", "&")).count("<article>") == 3


def test_what_somebody_voiced_for_others_stands_apart(reader: Client, people: People):
    page = page_of(reader, claimant(people.person))

    assert "We have published no claim by this claimant." in section(page, "said")
    assert section(page, "voiced").count("<article>") == 3


def test_corrections_of_their_claims_are_told(reader: Client, people: People):
    page = section(page_of(reader, claimant(people.office)), "corrections")

    assert page.count("<strong>Corrected</strong>") == 1
    assert "The office counted ten boats." in page
    assert f'href="/claims/{people.claims[0].public_id}/compare/1...2/"' in page


def test_a_suspended_claim_is_nowhere_on_the_page_of_who_said_it(reader: Client, people: People):
    withhold(people.claims[0], "suspend", note="Synthetic note: withheld.")

    page = page_of(reader, claimant(people.office))

    assert "ten boats" not in page
    assert "Synthetic note: withheld." not in page
    assert people.claims[0].public_id not in page
    assert "We have published 2 claims" in page


def test_a_retracted_claim_of_theirs_is_told_without_its_words(reader: Client, people: People):
    withhold(people.claims[1], "retract", note="Synthetic note: nobody said it.")

    page = section(page_of(reader, claimant(people.office)), "corrections")

    assert "Synthetic note: nobody said it." in page
    assert "11 boats" not in page
    assert f'href="/claims/{people.claims[1].public_id}/"' in page


# Sources


def test_a_source_says_who_runs_it_and_how_we_know(reader: Client, people: People):
    page = page_of(reader, f"/sources/{people.gazette.public_id}/")

    assert "<h1" in page
    assert "Harbour Gazette</h1>" in page
    assert '<p class="kicker">Newspaper</p>' in page
    assert 'href="https://gazette.example/"' in page
    operator = section(page, "operator")
    assert (
        f'<a href="{claimant(people.city)}city-of-exampleton/">City of Exampleton</a>' in operator
    )
    assert OWNED in operator
    assert "Who owns whom" in operator


def test_a_source_whose_operator_nobody_knows_says_so(reader: Client):
    source = live(make_source())

    page = section(page_of(reader, f"/sources/{source.public_id}/"), "operator")

    assert "Nobody here knows who runs it." in page


def test_what_a_source_says_itself_stands_apart_from_what_was_read_in_it(
    reader: Client, people: People
):
    page = page_of(reader, f"/sources/{people.gazette.public_id}/")
    own, read = section(page, "said"), section(page, "read")

    assert re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", own) == ["The port is the largest of all."]
    assert "We have published 1 claim by this source in its own voice since" in own
    assert len(re.findall("<article>", read)) == 3
    assert "The port is the largest" not in read
    assert "We have published 3 claims of others that were read in this source" in read


# Addresses


def test_another_slug_leads_to_the_right_one_in_the_same_language(reader: Client, people: People):
    right = f"{claimant(people.office)}harbour-office-of-exampleton/"

    for prefix in ("", "/uk"):
        bare = reader.get(f"{prefix}{claimant(people.office)}?x=1")
        other = reader.get(f"{prefix}{claimant(people.office)}other/")
        assert (bare.status_code, bare["Location"]) == (302, f"{prefix}{right}?x=1")
        assert (other.status_code, other["Location"]) == (301, prefix + right)
        assert reader.get(prefix + right).status_code == 200


def test_what_was_merged_leads_on_and_the_successor_has_the_claims_of_both(
    reader: Client, people: People
):
    twin = live(make_actor(name="Port Office"))
    make_published_claim(claimant=twin, text="The twin counted boats.")
    step("merge", twin, into=people.office)

    response = reader.get(claimant(twin))

    assert response.status_code == 302
    assert response["Location"] == f"{claimant(people.office)}harbour-office-of-exampleton/"
    page = page_of(reader, response["Location"])
    assert "The twin counted boats." in section(page, "said")
    assert "We have published 4 claims" in page


@pytest.mark.parametrize("make", [make_actor, make_source])
@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("suspend", 410, "This page is suspended"),
        ("retract", 200, "We have retracted this page"),
    ],
)
def test_what_is_withheld_keeps_a_page_that_says_so_and_why(
    reader: Client, make: Any, name: str, status: int, words: str
):
    row = live(make(name="Synthetic and gone"))
    step(name, row)
    room = "claimants" if isinstance(row, Actor) else "sources"

    for slug in ("", "synthetic-and-gone/"):
        response = reader.get(f"/{room}/{row.public_id}/{slug}")
        assert response.status_code == status
        assert words in text_of(response)
        assert NOTE in text_of(response)
        assert "Synthetic and gone" not in text_of(response)


@pytest.mark.parametrize("address", ["/claimants/{}/", "/sources/{}/", "/claimants/{}/slug/"])
@pytest.mark.parametrize("public_id", ["zzzzzzzzzz", "no-id", "ZZZZZZZZZZ", "зззззззззз"])
def test_there_is_nothing_at_an_id_that_nobody_has(reader: Client, address: str, public_id: str):
    assert reader.get(address.format(public_id)).status_code == 404


def test_one_kind_has_no_page_at_the_address_of_another(reader: Client, people: People):
    assert reader.get(f"/sources/{people.office.public_id}/").status_code == 404
    assert reader.get(f"/claimants/{people.gazette.public_id}/").status_code == 404


# Private persons


@pytest.mark.parametrize("name", ["", "suspend", "retract", "redact"])
def test_a_private_person_has_no_page_in_whatever_state(reader: Client, name: str):
    person = private_person()
    if name == "redact":
        workflow.redact(person, by=make_user(Role.ADMINISTRATOR), note=NOTE, kinds=KINDS)
    elif name:
        step(name, person)
    nothing = reader.get("/claimants/zzzzzzzzzz/")

    for slug in ("", "a-synthetic-neighbour/"):
        response = reader.get(f"{claimant(person)}{slug}")
        assert (response.status_code, response.content) == (404, nothing.content)


def test_a_merger_leads_neither_from_a_private_person_nor_to_one(reader: Client):
    person, other = private_person(), private_person()
    twin, public = live(make_actor()), live(make_actor(kind="person", name="Synthetic Name"))
    step("merge", person, into=other)
    step("merge", twin, into=public)
    assert reader.get(claimant(twin)).status_code == 302

    make_private(public)

    for row in (person, other, twin, public):
        assert reader.get(claimant(row)).status_code == 404


def test_who_became_private_has_no_page_any_more(reader: Client):
    person = live(make_actor(kind="person", name="Synthetic Name"))

    make_private(person)

    assert reader.get(f"{claimant(person)}synthetic-name/").status_code == 404


def test_a_claim_by_a_private_person_in_a_source_shows_no_name(reader: Client):
    person = private_person()
    source = make_source(name="Harbour Gazette")
    passage = make_passage(make_capture(make_document(source=source)))
    make_published_claim(claimant=person, passage=passage)

    page = page_of(reader, f"/sources/{source.public_id}/")

    assert "A synthetic neighbour" in page
    assert "Synthetic Name" not in page
    assert person.public_id not in page


# Queries


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(reader: Client, count: int):
    people = make_people(claims=count)
    asked = {}

    for name, address in {
        "office": f"{claimant(people.office)}harbour-office-of-exampleton/",
        "source": f"/sources/{people.gazette.public_id}/harbour-gazette/",
    }.items():
        with CaptureQueriesContext(connections["public"]) as captured:
            assert reader.get(address).status_code == 200
        asked[name] = [query["sql"] for query in captured]

    assert {name: len(queries) for name, queries in asked.items()} == {"office": 15, "source": 10}
    tables = set(
        re.findall(
            r'(?:FROM|JOIN) "(\w+)"',
            " ".join(query for queries in asked.values() for query in queries),
        )
    )
    assert tables <= set(PUBLIC_TABLES)


def test_a_page_that_is_kept_costs_one_query(reader: Client, people: People):
    address = f"{claimant(people.office)}harbour-office-of-exampleton/"
    etag = reader.get(address)["ETag"]

    with CaptureQueriesContext(connections["public"]) as captured:
        response = reader.get(address, headers={"If-None-Match": etag})

    assert (response.status_code, len(captured)) == (304, 1)
