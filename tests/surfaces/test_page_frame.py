"""What every page has around it: its language, its address, and how it is kept."""

import re

import pytest
from django.db import connections
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from tests.factories import make_published_claim, revise_and_publish
from tests.surfaces.reading import current, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("prefix", "code"), [("", "en"), ("/fr", "fr"), ("/uk", "uk")])
def test_the_address_says_the_language(reader: Client, prefix: str, code: str):
    claim = current(make_published_claim())

    response = reader.get(f"{prefix}{claim.get_absolute_url()}", headers={"accept-language": "de"})

    assert response.status_code == 200
    assert f'<html lang="{code}" dir="ltr">' in response.content.decode()
    assert response["Content-Language"] == code
    # Packed or not, and nothing else: neither the readers' languages nor a cookie.
    assert response["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("code", ["de", "en", "fr-ca", "zz"])
def test_other_languages_have_no_pages(reader: Client, code: str):
    assert reader.get(f"/{code}/claims/").status_code == 404


def test_neither_the_readers_languages_nor_a_cookie_has_a_say(reader: Client):
    reader.cookies["django_language"] = "fr"

    response = reader.get("/claims/", headers={"accept-language": "uk,fr"})

    assert response["Content-Language"] == "en"


def test_a_page_leads_to_itself_in_other_languages(reader: Client):
    page = reader.get("/fr/claims/?about=toll").content.decode()

    assert '<link rel="canonical" href="http://testserver/fr/claims/?about=toll">' in page
    assert (
        '<link rel="alternate" hreflang="uk" href="http://testserver/uk/claims/?about=toll">'
        in page
    )
    assert '<a href="/claims/?about=toll" hreflang="en" lang="en" dir="ltr">English</a>' in page


def test_links_stay_in_the_language(reader: Client):
    claim = current(make_published_claim())

    links = set()
    for address in ("/fr/", "/fr/claims/", f"/fr{claim.get_absolute_url()}", "/fr/methodology/"):
        page = reader.get(address).content.decode()
        links |= set(re.findall(r'(?:href|action)="(/[^"]*)"(?! hreflang)', page))

    assert f"/fr{claim.get_absolute_url()}" in links
    assert {link for link in links if not link.startswith(("/fr/", "/api/", "/static/"))} == set()


@override_settings(SITE_URL="https://facts.example")
def test_pages_are_known_under_the_sites_own_address(reader: Client):
    page = reader.get("/claims/").content.decode()

    assert '<link rel="canonical" href="https://facts.example/claims/">' in page


def test_who_has_the_page_is_told_so_after_one_query(reader: Client):
    address = current(make_published_claim()).get_absolute_url()
    etag = reader.get(address)["ETag"]

    with CaptureQueriesContext(connections["public"]) as captured:
        response = reader.get(address, headers={"if-none-match": f'"other", {etag}'})

    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert len(captured) == 1


def test_whatever_is_published_is_seen_at_once(reader: Client):
    claim = make_published_claim()
    address = current(claim).get_absolute_url()
    etag = reader.get(address)["ETag"]

    revise_and_publish(claim, text="Synthetic words that came later.")
    response = reader.get(address, headers={"if-none-match": etag}, follow=True)

    assert response.status_code == 200
    assert "Synthetic words that came later." in text_of(response)


def test_an_etag_is_good_for_one_address_and_language(reader: Client):
    make_published_claim()

    etags = [reader.get(at)["ETag"] for at in ("/", "/fr/", "/claims/", "/claims/?about=toll")]

    assert len(set(etags)) == 4


@pytest.mark.parametrize("address", ["/nothing/", "/claims/zzzzzzzzzz/", "/claims/?about=nonsense"])
def test_what_is_no_page_is_never_said_to_be_kept(reader: Client, address: str):
    response = reader.get(address, headers={"if-none-match": "*"})

    assert response.status_code in (400, 404)
    assert "ETag" not in response.headers
