"""The API's pages in a real browser: the description is drawn, offline, under a strict policy."""

import pytest
from django.test import Client
from playwright.sync_api import Browser

from claims.api.openapi import document
from tests.in_browser import browser, serious, watched
from tests.surfaces.conftest import public_server
from tests.surfaces.looking import screens

__all__ = ["browser", "public_server"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]

# Swagger UI puts a button to copy the path into the button that opens an operation.
OF_THE_LIBRARY = {"nested-interactive"}
DOCS, EXAMPLES = "/api/docs/", "/api/examples/"


def test_policy_of_the_description_lets_in_no_script_but_this_sites_own():
    policy = Client().get(DOCS)["Content-Security-Policy"]

    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
        " base-uri 'none'"
    )


def test_description_is_drawn_whole_from_this_site_alone(browser: Browser, public_server: str):
    operations = sum(len(one) for one in document()["paths"].values())

    for width, scheme, page in screens(browser):
        complaints, asked = watched(page), []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(public_server + DOCS)
        page.wait_for_selector(".opblock")
        assert page.locator(".opblock").count() == operations
        page.locator("#operations-vocabulary-getVocabularyList .opblock-summary-control").click()
        page.wait_for_selector("#operations-vocabulary-getVocabularyList .responses-table")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert complaints == [], (width, scheme)
        assert [url for url in asked if not url.startswith((public_server, "data:"))] == []
        assert [one for one in serious(page) if one[0] not in OF_THE_LIBRARY] == [], (width, scheme)


def test_examples_are_readable_by_everybody(browser: Browser, public_server: str):
    for width, scheme, page in screens(browser):
        complaints = watched(page)
        page.goto(public_server + EXAMPLES)
        assert complaints == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert serious(page) == [], (width, scheme)
