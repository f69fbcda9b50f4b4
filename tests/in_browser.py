"""What tests in a real browser share: the browser, signing in, what it complains of."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.admin_pages import signed_in

CHROMIUM = "/usr/bin/chromium"
ADVICE = ("[DOM]", "Autofocus processing was blocked")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def open_desk(browser: Browser, live_server: Any, user: User, **options: Any) -> Page:
    """A page in a browser context of its own, in which the person has signed in at the desk.

    `options` go to the context: `viewport`, `color_scheme`. Close with `page.context.close()`.
    """
    cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return context.new_page()


def watched(page: Page) -> list[str]:
    """What the browser complains of, from here on."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # A status that is no 200 is always reported, and here expected; the others begin advice.
        expected = "the server responded with a status of" in message.text
        if not expected and not message.text.startswith(ADVICE):
            complaints.append(message.text)

    def fail(request: Request) -> None:
        # The next page may be asked for before the last one's icon has come.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.url}: {request.failure}")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", fail)
    return complaints


def serious(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], [node["html"] for node in one["nodes"]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
