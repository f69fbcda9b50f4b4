"""The claim's pages and its card in a real browser, on a phone and on a laptop, in both schemes."""

import http.server
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from claims.models import PublicClaim
from factcheck.ledger.choices import PublicationKind
from tests.factories import make_published_claim
from tests.in_browser import browser, watched
from tests.surfaces.claim_rich import make_told_claim
from tests.surfaces.ledgering import bury
from tests.surfaces.looking import check_pages

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
]


@pytest.fixture
def addresses() -> dict[str, str]:
    """Every kind of page about one claim."""
    claim, gone = make_told_claim(), make_published_claim()
    bury(gone, PublicationKind.RETRACT)
    at = f"/claims/{claim.public_id}/"
    return {
        "claim": PublicClaim.objects.current().get(claim_id=claim.public_id).get_absolute_url(),
        "as of": f"{at}?as_of={today()}",
        "not yet": f"{at}?as_of=2020-01-01",
        "compared": f"{at}compare/1...2/",
        "retracted": f"/claims/{gone.public_id}/",
        "card": f"{at}embed/",
    }


def today() -> str:
    published = PublicClaim.objects.current().latest("published_at").published_at
    return f"{published:%Y-%m-%d}"


def test_pages_of_a_claim_are_accessible_quiet_and_no_wider_than_the_screen(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    check_pages(browser, public_server, addresses, statuses={"not yet": 404}, without_axe=["card"])


def test_the_drawing_fits_on_a_phone_and_is_reached_by_keyboard(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(public_server + addresses["claim"])

    box = page.locator("svg.drawing-chain").bounding_box()
    page.locator("[role=region].drawing").focus()

    assert box is not None
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.activeElement.className") == "drawing"
    context.close()


def test_the_original_stands_beside_the_words_where_there_is_room(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(public_server + addresses["claim"])
    words, original = page.locator(".said h1"), page.locator(".said .original")

    wide = (words.bounding_box(), original.bounding_box())
    page.set_viewport_size({"width": 390, "height": 844})
    narrow = (words.bounding_box(), original.bounding_box())

    assert None not in (*wide, *narrow)
    assert wide[1]["x"] >= wide[0]["x"] + wide[0]["width"]
    assert narrow[1]["y"] >= narrow[0]["y"] + narrow[0]["height"]
    assert page.locator(".original blockquote").evaluate(
        "quote => getComputedStyle(quote).direction"
    ) == ("rtl")
    page.close()


@pytest.fixture
def somebodys_page(public_server: str, addresses: dict[str, str]) -> Iterator[str]:
    """A page of another origin, with the card in it and a script that reaches for it."""
    html = f"""<!doctype html><title>Somebody</title>
<iframe id="card" src="{public_server}{addresses["card"]}" width="600" height="320"></iframe>"""

    class Somebody(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Somebody)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def test_the_card_stands_in_somebodys_page_and_cannot_be_reached_from_it(
    browser: Browser, somebodys_page: str
):
    page = browser.new_page()
    complaints = watched(page)
    page.goto(somebodys_page)
    card = page.frame_locator("#card")

    assert card.locator("h1").inner_text().startswith("The harbour ministry counted")
    assert card.locator("main").evaluate("main => getComputedStyle(main).borderLeftWidth") == "3px"
    assert page.evaluate("document.getElementById('card').contentDocument") is None
    assert complaints == []
    with page.context.expect_page() as opened:
        card.locator("h1 a").click()
    assert "/claims/" in opened.value.url
    assert opened.value.evaluate("window.opener") is None
    page.context.close()


def test_a_printed_claim_is_dark_on_white_without_what_only_screens_need(
    browser: Browser, public_server: str, addresses: dict[str, str]
):
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(public_server + addresses["claim"])

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("svg.drawing-chain").is_visible()
    for hidden in (".site-header nav", ".embed", ".there", ".record pre"):
        assert not page.locator(hidden).first.is_visible(), hidden
    context.close()
