"""The form for readers in a real browser: for everybody, on any screen, without script."""

import pytest
from playwright.sync_api import Browser

from claims.models import PublicClaim, Report
from tests.in_browser import browser, serious, watched
from tests.surfaces.looking import screens
from tests.surfaces.rich import make_rich_claim

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]


def test_a_reader_writes_to_us_from_a_claim(browser: Browser, public_server: str):
    claim = make_rich_claim()
    at = PublicClaim.objects.current().get(claim_id=claim.public_id).get_absolute_url()
    for width, scheme, page in screens(browser):
        where = (width, scheme)
        complaints = watched(page)
        page.goto(public_server + at)
        assert page.locator("script[type='application/ld+json']").count() == 1
        page.locator(".tell-us a").click()
        assert page.get_by_label("Report an error").is_checked()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where
        assert (serious(page), complaints) == ([], []), where
        page.get_by_label("Your message").fill("It was thirteen.")
        page.get_by_role("button", name="Send").click()
        if "faster than people write" in page.inner_text("main"):
            assert (serious(page), complaints) == ([], []), where
            page.wait_for_timeout(3000)
            page.get_by_role("button", name="Send").click()
        assert page.locator("h1").inner_text() == "We have your message"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, where
        assert (serious(page), complaints) == ([], []), where
    texts = set(Report.objects.values_list("text", "claim__public_id"))
    assert texts == {("It was thirteen.", claim.public_id)}
