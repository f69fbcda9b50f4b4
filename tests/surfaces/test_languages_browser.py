"""Words of other scripts and pages of other languages in a real browser."""

import pytest
from playwright.sync_api import Browser

from tests import factories
from tests.in_browser import browser, serious, watched
from tests.surfaces.ledgering import publish
from tests.surfaces.reading import current
from tests.surfaces.rich import ARABIC, make_rich_claim

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]

HEBREW = "ספרנו שתים עשרה סירות"
DIRECTIONS = """texts => texts.map(text => {
  const found = [...document.querySelectorAll('main *')].filter(
    one => one.childElementCount == 0 && one.textContent.includes(text))
  return [...new Set(found.map(one => getComputedStyle(one).direction))]
})"""


def test_words_of_right_to_left_scripts_run_from_right_to_left(
    browser: Browser, public_server: str
):
    hebrew = factories.make_document(title="SYNTHETIC " + HEBREW, language="he")
    capture = factories.make_capture(hebrew, f"SYNTHETIC. {HEBREW}.")
    claim = publish(factories.make_ready_claim(passage=factories.make_passage(capture, HEBREW)))
    addresses = {
        current(claim).get_absolute_url(): HEBREW,
        current(make_rich_claim()).get_absolute_url(): ARABIC,
    }
    page = browser.new_page()

    for prefix in ("", "/fr", "/uk"):
        for address, words in addresses.items():
            page.goto(f"{public_server}{prefix}{address}")
            assert page.evaluate(DIRECTIONS, [words]) == [["rtl"]], (prefix, words)
            assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"


def test_pages_in_other_languages_fit_a_phone_and_are_accessible(
    browser: Browser, public_server: str
):
    address = current(make_rich_claim()).get_absolute_url()
    page = browser.new_page(viewport={"width": 390, "height": 844})
    complaints = watched(page)

    for language in ("fr", "uk"):
        for path in (address, "/", "/claims/", "/methodology/"):
            page.goto(f"{public_server}/{language}{path}")
            assert page.get_attribute("html", "lang") == language
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, (language, path)
            assert serious(page) == [], (language, path)
    assert complaints == []
