"""Front page, list, search and topics in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from claims.models import TopicName
from tests.factories import make_event, make_published_claim, make_topic, somebody, withhold
from tests.in_browser import browser
from tests.surfaces.listing import make_checked_claim, make_claim_on, make_named_actor
from tests.surfaces.looking import check_pages

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]

PAGES = {
    "home": "/",
    "home in French": "/fr/",
    "list": "/claims/",
    "search": "/claims/?q=trawlers",
    "search in the original": "/claims/?q=قاربا",
    "misspelt": "/claims/?q=Prykladowa",
    "nothing found": "/claims/?q=unicorn+-canary&about=toll",
    "narrowed": "/claims/?about=toll&checked=no&sort=said",
    "topics": "/topics/",
    "topic": "/topics/boats/",
}


@pytest.fixture
def claims() -> None:
    """Claims of every sort that these pages show."""
    actor = make_named_actor("Amina Prykladova", ("uk", "Аміна Прикладова"))
    event = make_event(title="Trawlers off the port of Exampleton")
    topic = make_topic(name="Boats", slug="boats")
    TopicName.objects.create(
        topic=topic, language="fr", name="Bateaux", slug="bateaux", created_by=somebody()
    )
    make_checked_claim(text="“Eleven trawlers” were counted.", claimant=actor, event=event)
    make_claim_on(
        topic,
        text="She counted a few trawlers and “several” boats.",
        original_words="أحصينا أكثر من ١٢ قاربا",
        original_language="ar",
    )
    withhold(make_published_claim(about="intent"), "retract")


def test_pages_are_accessible_quiet_and_no_wider_than_the_screen(
    browser: Browser, public_server: str, claims: None
):
    today = f"/claims/?as_of={timezone.now():%Y-%m-%d}"
    check_pages(browser, public_server, {**PAGES, "as of": today})


def test_a_reader_searches_narrows_and_takes_it_back_by_keyboard(
    browser: Browser, public_server: str, claims: None
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(public_server + "/")

    page.get_by_label("Search in all claims").press_sequentially("trawlers")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{public_server}/claims/?q=trawlers")
    assert page.locator(".lines > li").count() == 2
    assert page.locator("mark").all_inner_texts() == ["trawlers", "trawlers"]
    page.get_by_role("link", name="Boats", exact=True).press("Enter")
    page.wait_for_url(f"{public_server}/claims/?q=trawlers&topic=boats")
    assert page.locator(".lines > li").count() == 1
    page.get_by_role("link", name="Without the filter: on the topic: Boats").press("Enter")
    page.wait_for_url(f"{public_server}/claims/?q=trawlers")
    context.close()


def test_words_of_a_script_from_right_to_left_stand_so(
    browser: Browser, public_server: str, claims: None
):
    page = browser.new_page()
    page.goto(public_server + "/claims/?q=قاربا")

    quote = page.locator(".found-in q")

    assert quote.get_attribute("dir") == "rtl"
    assert quote.locator("mark").inner_text() == "قاربا"
    page.close()
