"""Every page says in which language its words are, and its own are in the reader's."""

import pytest
from django.test import Client

from tests.surfaces.every_page import make_site, names
from tests.surfaces.test_answer import opened
from tests.surfaces.wording import english_words, latin_words

pytestmark = pytest.mark.django_db(databases=["default", "public"])

STATUSES = {"not found": 404, "not yet": 404, "malformed": 400, "suspend": 410, "redact": 410}


def pages_in(language: str, reader: Client, site: dict[str, str]) -> dict[str, str]:
    """Every page of the site in a language, by what it is; and the answers to what is sent."""
    told = {
        name: reader.get(f"/{language}{address}", follow=True) for name, address in site.items()
    }
    assert {name: response.status_code for name, response in told.items()} == {
        name: STATUSES.get(name.rpartition(", ")[2], 200) for name in site
    }
    pages = {name: response.content.decode() for name, response in told.items()}
    sent = {"kind": "error", "text": "Synthetic.", "contact": "", "homepage": ""}
    for name, values in {
        "answer, nothing": {**sent, "text": "", "kind": "", "opened": opened()},
        "answer, by a program": {**sent, "homepage": "x", "opened": opened()},
        "answer, not whole": {**sent, "opened": "x"},
        "answer, too fast": {**sent, "opened": opened(0)},
        "answer, too late": {**sent, "opened": opened(10**6)},
        "answer, too long": {**sent, "contact": "x" * 301, "opened": opened()},
        "answered": {**sent, "opened": opened()},
    }.items():
        pages[name] = reader.post(f"/{language}/answer/", values).content.decode()
    return pages


def test_no_page_has_words_of_ours_in_english(reader: Client):
    site = make_site()
    for language in ("fr", "uk"):
        pages = pages_in(language, reader, site)
        found = {name: english_words(page, language) for name, page in pages.items()}
        assert {name: words for name, words in found.items() if words} == {}, language


def test_no_words_of_a_record_pass_for_those_of_the_page(reader: Client):
    pages = pages_in("uk", reader, make_site())
    found = {name: latin_words(page, names()) for name, page in pages.items()}

    assert {name: words for name, words in found.items() if words} == {}
