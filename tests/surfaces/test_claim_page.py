"""The page of a claim and of its versions."""

import re

import pytest
from django.test import Client

from claims.vocabulary import ATTRIBUTION_MEANINGS, VERIFICATION_MEANINGS
from factcheck.ledger.choices import PublicationKind
from factcheck.ledger.models import Publication
from tests.factories import (
    make_actor,
    make_published_claim,
    revise_and_publish,
)
from tests.surfaces.ledgering import bury
from tests.surfaces.reading import current, text_of
from tests.surfaces.rich import ARABIC, make_rich_claim

pytestmark = pytest.mark.django_db


# The claim's page


def test_claim_page_begins_with_the_status_line(reader: Client):
    claim = current(make_published_claim())

    page = reader.get(claim.get_absolute_url()).content.decode()

    main = page[page.index("<main") :]
    assert claim.status_line in main
    assert main.index(claim.status_line) < main.index("<h1")


def test_claim_page_shows_both_verdicts_with_label_definition_and_reason(reader: Client):
    claim = make_rich_claim()

    text = text_of(reader.get(current(claim).get_absolute_url()))

    for meaning in (ATTRIBUTION_MEANINGS["reported"], VERIFICATION_MEANINGS["disputed"]):
        assert meaning.reader_label in text
    assert "Others carry it; we have not seen the original." in text
    assert "We read it in a machine translation and have not seen the post." in text
    assert "As of 9 March 2020 . To be looked at again by 1 June 2020" in text


def test_claim_page_tells_who_with_role_and_voice_and_the_date_as_printed(reader: Client):
    text = text_of(reader.get(current(make_rich_claim()).get_absolute_url()))

    assert "Harbour Ministry of Exampleland , authority for harbours, through Amina Example" in text
    assert (
        "2 March 2020, early in the morning ( Exampleton time )"
        " (as printed: this Monday, March 2nd )" in text
    )


def test_claim_page_tells_the_chain_from_the_text_we_hold_to_the_utterance(reader: Client):
    text = text_of(reader.get(current(make_rich_claim()).get_absolute_url()))

    stations = [
        "We can follow the words only part of the way back:",
        "Twelve boats “fired”, ministry says",
        "We hold a copy, supplied as a file",
        "that it had “fired” 12 boats aimed at the port. […] “We counted more than 12 boats,”",
        "We suspect an accidental distortion. The words “fired” should probably read “shot at”.",
        "It is a machine translation of:",
        "Douze bateaux « tirés » selon le ministère",
        "Nobody here has seen this. We know of it from",
        "The words are quoted from, on its channel :",
        "Post on the number of boats",
        "Here the chain ends. It is said to be where the words were first said;",
    ]
    way = text[text.index("Each station, and what we hold of it") :]
    places = [way.index(station) for station in stations[1:]]
    assert places == sorted(places)
    assert text.index(stations[0]) < text.index("Each station")


def test_claim_page_shows_figures_as_printed_beside_numbers(reader: Client):
    page = reader.get(current(make_rich_claim()).get_absolute_url()).content.decode()

    [row, between] = re.findall(r'<tr role="row">\n(.*?)</tr>', page, re.DOTALL)
    cells = [re.sub(r"<[^>]+>", " ", cell).split() for cell in row.strip().split("\n")]
    assert [" ".join(cell) for cell in cells] == [
        "more than 12 boats",
        "boats counted in boats for that day",
        "12",
        "–",
        "–",
        "more than",
        "2 March 2020 (as printed: this Monday )",
        "stated, not shown how",
        "boats off the port, per period",
    ]
    assert "12,000" in between
    assert "15,000" in between


def test_words_in_another_language_say_which_and_in_which_direction(reader: Client):
    page = reader.get(current(make_rich_claim()).get_absolute_url()).content.decode()

    assert f'<blockquote class="quoted" lang="ar" dir="rtl"><p>{ARABIC}</p>' in page
    assert '<cite lang="fr" dir="ltr">Douze bateaux' in page


def test_related_claim_is_shown_by_its_own_status_line(reader: Client):
    claim = make_rich_claim()
    other = claim.relations.get().other

    page = reader.get(current(claim).get_absolute_url()).content.decode()

    link = f'<a href="{current(other).get_absolute_url()}">{current(other).status_line}</a>'
    assert link in page


def test_related_claim_that_is_no_longer_live_is_not_shown(reader: Client):
    claim = make_rich_claim()
    other = claim.relations.get().other
    bury(other, PublicationKind.SUSPEND)

    page = reader.get(current(claim).get_absolute_url()).content.decode()

    assert other.public_id not in page


def test_claim_page_gives_the_record_and_how_to_check_it(reader: Client):
    claim = make_published_claim()
    publication = Publication.objects.get(subject_kind="claim", subject_id=claim.public_id)

    page = reader.get(current(claim).get_absolute_url()).content.decode()

    address = f"http://testserver/api/v1/claims/{claim.public_id}/versions/1/"
    assert publication.record_sha256 in page
    assert f"curl -s {address} | sha256sum" in page
    assert reader.get(address).content == publication.record_bytes


def test_correction_stands_near_the_top_and_among_the_versions(reader: Client):
    claim = revise_and_publish(make_published_claim(), text="Thirteen boats were counted.")

    text = text_of(reader.get(current(claim).get_absolute_url()))

    assert re.search(r"Corrected \d+ \w+ \d{4} ?\. Synthetic note: the text was wrong\.", text)
    assert text.count("Synthetic note: the text was wrong.") == 2


def test_title_says_who_and_both_statuses_before_the_words(reader: Client):
    claim = current(make_published_claim())

    page = reader.get(claim.get_absolute_url()).content.decode()

    [title] = re.findall(r"<title>(.*?)</title>", page)
    assert title == f"Not checked yet, reported – {claim.claimant_name}: {claim.text}"


# Addresses


def test_address_without_slug_leads_to_the_claim(reader: Client):
    claim = current(make_published_claim())

    response = reader.get(f"/claims/{claim.claim_id}/")

    assert (response.status_code, response["Location"]) == (302, claim.get_absolute_url())


def test_wrong_slug_leads_to_the_right_one_for_good(reader: Client):
    claim = current(make_published_claim())

    response = reader.get(f"/claims/{claim.claim_id}/something-else/")

    assert (response.status_code, response["Location"]) == (301, claim.get_absolute_url())
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_claim_without_latin_letters_has_a_page_at_a_word_in_its_place(reader: Client):
    actor = make_actor(name="Порт")
    claim = make_published_claim(claimant=actor, text="Дванадцять човнів.", language="uk")

    response = reader.get(f"/claims/{claim.public_id}/", follow=True)

    assert response.redirect_chain == [(f"/claims/{claim.public_id}/claim/", 302)]
    assert response.status_code == 200
    assert '<h1 class="words" lang="uk" dir="ltr">' in response.content.decode()


# Versions


def test_each_version_stays_as_it_was(reader: Client):
    claim = make_published_claim(text="Twelve boats were counted.")
    address = f"/claims/{claim.public_id}/versions/1/"
    revise_and_publish(claim, text="Thirteen boats were counted.")

    text = text_of(reader.get(address))

    assert "Twelve boats were counted." in text
    assert "Thirteen" not in text
    assert "This is not what we say now. It is version 1, published" in text


def test_newest_version_has_no_banner(reader: Client):
    claim = make_published_claim()

    response = reader.get(f"/claims/{claim.public_id}/versions/1/")

    assert response.status_code == 200
    assert "This is not what we say now." not in response.content.decode()


@pytest.mark.parametrize("number", ["0", "2", "-1", "01", "one", "1.0", "9" * 10, "9" * 5000, "１"])
def test_version_that_does_not_exist_is_not_found(reader: Client, number: str):
    claim = make_published_claim()

    response = reader.get(f"/claims/{claim.public_id}/versions/{number}/")

    assert response.status_code == 404
