"""The front page: what was checked, what was put right, what our answers mean."""

import re

import pytest
from django.test import Client

from tests.factories import make_published_claim, make_topic, revise_and_publish, withhold
from tests.surfaces.listing import found, make_checked_claim, make_claim_on
from tests.surfaces.reading import text_of

pytestmark = pytest.mark.django_db


def test_an_empty_front_page_is_useful(reader: Client):
    page = reader.get("/")

    text = text_of(page)
    assert "Nothing has been published yet." in text
    assert "No published claim has been corrected or retracted yet." in text
    assert 'href="/answer/?kind=check">Ask for it' in page.content.decode()
    assert '<form class="search" method="get" action="/claims/" role="search">' in (
        page.content.decode()
    )


def test_both_questions_are_told_with_all_answers(reader: Client):
    page = reader.get("/").content.decode()

    answers = re.findall(r'href="/methodology/#(attribution|verification)-status-', page)
    assert (answers.count("attribution"), answers.count("verification")) == (9, 10)


def test_what_was_checked_stands_above_what_is_recorded(reader: Client):
    checked = [make_checked_claim().public_id for _ in range(2)]
    recorded = make_published_claim().public_id

    assert found(reader, "/") == [*checked[::-1], recorded]
    text = text_of(reader.get("/"))
    assert text.index("Checked lately") < text.index("Register: recorded, not checked")


def test_nothing_checked_yet_is_said(reader: Client):
    make_published_claim()

    assert "No claim has been checked yet. What is recorded stands below." in text_of(
        reader.get("/")
    )


def test_corrections_stand_with_claimant_and_both_statuses(reader: Client):
    claim = make_checked_claim()
    revise_and_publish(claim, text="Thirteen boats were counted.")
    gone = make_published_claim(text="A canarybird was counted.")
    withhold(gone, "retract", note="Synthetic note: it was never said.")

    page = reader.get("/")

    text = text_of(page)
    assert (
        f"Synthetic note: the text was wrong. {claim.claimant.name}: Thirteen boats were counted. "
        "Reported: we have not seen the original Checked, not settled"
    ) in text
    assert "Retracted" in text
    way = f'<p class="aside"><a href="/claims/{gone.public_id}/">'
    assert f"Synthetic note: it was never said.</p>\n{way}" in page.content.decode()
    assert "canarybird" not in text


def test_topics_stand_with_their_numbers(reader: Client):
    topic = make_topic(name="Boats", slug="boats")
    make_claim_on(topic)
    make_claim_on(topic)

    page = reader.get("/").content.decode()

    assert (
        '<a href="/topics/boats/" lang="en" dir="ltr">Boats</a> <span class="count">2</span>'
    ) in page


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(reader: Client, django_assert_num_queries, count: int):
    for _ in range(count):
        make_claim_on(make_topic())
        revise_and_publish(make_checked_claim(), text="Thirteen boats were counted.")

    with django_assert_num_queries(6, using="public"):
        reader.get("/")
